import type { Module } from '../../core/module.ts';
import { findingApi } from './finding.api.ts';
import { findingMessages, findingSentences } from './finding.messages.ts';
import { findingRoutes } from './finding.routes.tsx';

export { holidaysOf } from '../../core/holidays.ts';
export { bookingHref } from './answer-card.tsx';
export { nearNamed, readWindow } from './asked.api.ts';
export type { Candidate } from './candidates.store.ts';
export { type Equivalent, type EquivalentQuery, equivalents } from './equivalents.ts';
export { fits, placesFor, type Room, type SlotQuestion, slotStarts, spread } from './finding.rules.ts';
export { type Freedom, type FreedomQuery, freedom } from './finding.store.ts';
export { readSearch } from './form.ts';
export { type HomeSection, homeSections } from './home.ts';
export { isNeed, kindWord, type Need, needKeys, needSentence } from './needs.ts';
export { offersFor, type Searched, whenNothingIsFree } from './offers.ts';
export { type HoursRead, hoursSql, type OpeningsQuery, openings, openingsFrom } from './openings.ts';
export { type Found, type SearchQuery, search } from './search.ts';
export type { Answer } from './slots.ts';

/** Finding what is free: by need, day, hour, number of people and place. */
export const finding: Module = {
  name: 'finding',
  routes: findingRoutes,
  api: findingApi,
  sentences: findingSentences,
  menu: (ctx) => [{ href: '', label: findingMessages[ctx.locale].menu, rank: 10 }],
};
