import { has } from '../../core/access.ts';
import type { Module } from '../../core/module.ts';
import { setupMessages } from './setup.messages.ts';
import { setupRoutes } from './setup.routes.tsx';
import { setupSentences } from './setup.sentences.ts';

export { communeChoices, communeOf } from './commune.ts';
export { ArchiveBox, back, backToSite, Door, GuideSteps } from './doors.parts.tsx';
export { type Found, find, ownerRoots, resourceOf, siteOf, siteRoot, spaceOf } from './found.ts';
export {
  claim,
  mustRunSite,
  mustRunTerritory,
  namedOnce,
  type Owner,
  type OwnerKind,
  refuseField,
  stale,
} from './owner.ts';
export { durationText, RuleFields, ruleValues } from './rules.parts.tsx';
export {
  decimal,
  i18nFields,
  optionalDecimal,
  optionalDuration,
  optionalId,
  optionalWhole,
  ruleFields,
  rulesFrom,
  textFrom,
  textValues,
  version,
} from './setup.fields.ts';
export { withShared } from './setup.messages.ts';
export {
  CommuneField,
  DayField,
  doneNotice,
  Folded,
  I18nField,
  Refusals,
  SetupForm,
  setupPage,
  Text,
} from './setup.parts.tsx';
export { changedKeys, freeSlug, type Range, rangeOf } from './setup.rules.ts';
export {
  activeBooking,
  allGroups,
  allLines,
  communeNames,
  liveUnits,
  managedSites,
  type ResourceRow,
  resourcesOf,
  type SiteRow,
  type SpaceRow,
  spacesOf,
} from './setup.store.ts';
export { blank, type Form, isGuide, languagesOf, refused, runsTerritory, submit } from './setup.web.ts';
export { zoneOptions } from './zones.ts';

/** The door of the administration of places, and what its rooms share: who may, forms, parts of pages, words. */
export const setup: Module = {
  name: 'setup',
  routes: setupRoutes,
  sentences: setupSentences,
  menu: (ctx) =>
    has(ctx.actor, 'administrator') ? [{ href: '/gestion', label: setupMessages[ctx.locale].title, rank: 90 }] : [],
};
