import type { Module } from '../../core/module.ts';
import { agendaMessages } from './agenda.messages.ts';
import { agendaRoutes } from './agenda.routes.tsx';

export { type Listed, listItems } from './agenda.list.ts';
export { agendaMessages } from './agenda.messages.ts';
export { type Asked, chosenWords, readAsked } from './agenda.query.ts';
export { askedSession } from './agenda.routes.tsx';
export { byDay, readAfter, writeAfter } from './agenda.rules.ts';
export type { AgendaItem, AgendaQuery, StopView } from './agenda.types.ts';
export {
  aboardWords,
  addressWords,
  capital,
  hrefOf,
  placeWords,
  pointOf,
  priceWords,
  stateWords,
  stopTitle,
  titleOf,
  whoWords,
  writeIn,
  zoneOf,
} from './agenda.words.ts';
export { urlOf } from './json-ld.ts';
export { formerStarts } from './moves.store.ts';
export { agendaOfSite, agendaSection } from './sections.tsx';
export { type Choice, choices } from './stops.store.ts';

/** What is on, for everybody: the list, each session. */
export const agenda: Module = {
  name: 'agenda',
  routes: agendaRoutes,
  menu: (ctx) => [{ href: '/agenda', label: agendaMessages[ctx.locale].menu, rank: 20 }],
};
