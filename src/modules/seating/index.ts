import type { Module } from '../../core/module.ts';
import { releaseAllRanOut } from './lapse.ts';
import { offerAgain, offerTopic } from './offers.ts';

export { changed, onRegistrationChange, type RegistrationChange } from './hooks.ts';
export { releaseAllRanOut, releaseRanOut } from './lapse.ts';
export { acceptOffer, declineOffer, offerAgain, offerSeats } from './offers.ts';
export { dropCalls, noted, onRegistration, opens, reminderCall, type Scene, tell } from './scene.ts';
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

/** Who sits and who waits: seats named, turns kept, freed seats offered; who may come, as pure rules. Others register through `registrations`. */
export const seating: Module = {
  name: 'seating',
  handlers: {
    [offerTopic]: (ctx, payload) =>
      offerAgain(ctx, String(payload.sessionId), (payload.passed as string[] | undefined) ?? []),
  },
  schedules: [{ name: 'registrations-lapse', everyMinutes: 1, run: async (ctx) => void (await releaseAllRanOut(ctx)) }],
};
