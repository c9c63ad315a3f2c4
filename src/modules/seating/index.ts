import { inTurn } from '../../core/each.ts';
import type { Module } from '../../core/module.ts';
import { beforeSeatsCount } from '../sessions/index.ts';
import { letGoOfRanOut } from './lapse.ts';
import { offerAgain, offerTopic, offerWhatRemains, releaseAllRanOut } from './offers.ts';

export { acceptOffer, declineOffer } from './answer.ts';
export { onRegistration, opens, type Scene } from './enter.ts';
export { changed, onRegistrationChange, type RegistrationChange } from './hooks.ts';
export { letGoOfRanOut } from './lapse.ts';
export { offerAgain, offerSeats, offerWhatRemains, releaseAllRanOut, releaseRanOut } from './offers.ts';
export {
  canPass,
  decide,
  isLate,
  isMinor,
  majority,
  offerUntil,
  seeRegistration,
  seeSession,
} from './seating.rules.ts';
export {
  active,
  blankRegistrations,
  comingOf,
  growSeats,
  lockRegistrations,
  pastRegistrations,
  type RegistrationRow,
  registrationByReference,
  registrationsByIds,
  registrationsOf,
  registrationsOfPerson,
  requestOf,
  type Standing,
  seatAll,
  standingsOf,
  standUp,
  statesOf,
  upcomingRegistrations,
  update,
  withCourse,
} from './seating.store.ts';
export type {
  AttendeeInput,
  AttendeeView,
  Registered,
  RegisterInput,
  RegistrationState,
  RegistrationTarget,
  RegistrationView,
} from './seating.types.ts';
export { dropCalls, noted, reminderCall, tell } from './telling.ts';

beforeSeatsCount.push(async (inside, sessionId) => void (await letGoOfRanOut(inside, [sessionId])));

/** Who sits and who waits: seats named, turns kept, freed seats offered; who may come, as pure rules. Others register through `registrations`. */
export const seating: Module = {
  name: 'seating',
  handlers: {
    [offerTopic]: (ctx, payload) =>
      offerAgain(ctx, String(payload.sessionId), (payload.passed as string[] | undefined) ?? []),
  },
  schedules: [{ name: 'registrations-lapse', everyMinutes: 1, run: inTurn(releaseAllRanOut, offerWhatRemains) }],
};
