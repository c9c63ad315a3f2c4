import type { Module } from '../../core/module.ts';
import { onSessionChange } from '../sessions/index.ts';
import { releaseAllRanOut } from './lapse.ts';
import { offerAgain, offerTopic } from './offers.ts';
import { registrationsSentences } from './registrations.sentences.ts';
import { onChange } from './session-changes.ts';

export { type CancelInput, cancelRegistration } from './cancel.ts';
export {
  type ConfirmRegistration,
  codeAskedByLink,
  codeAskedFor,
  confirmRegistration,
  confirmRegistrationSchema,
} from './confirm.ts';
export { foresee, giveToOrganisation } from './foresee.ts';
export { onRegistrationChange, type RegistrationChange } from './hooks.ts';
export { acceptInvitation, type Guest, type GuestsDone, guestSchema, inviteGuests } from './invitation.ts';
export { releaseAllRanOut } from './lapse.ts';
export { acceptOffer, declineOffer, offerAgain, offerSeats } from './offers.ts';
export { changePeople, type PeopleInput } from './people.ts';
export { register } from './register.ts';
export { isMinor, majority, offerUntil } from './registrations.rules.ts';
export {
  blankRegistrations,
  pastRegistrations,
  registrationByReference,
  registrationsByIds,
  registrationsOf,
  registrationsOfPerson,
  requestOf,
  upcomingRegistrations,
} from './registrations.store.ts';
export type {
  AttendeeInput,
  AttendeeView,
  Registered,
  RegisterInput,
  RegistrationState,
  RegistrationTarget,
  RegistrationView,
} from './registrations.types.ts';
export { opens } from './scene.ts';

onSessionChange.push(onChange);

/** Who comes to what people gather for: seats given, waited for, offered, given back. */
export const registrations: Module = {
  name: 'registrations',
  sentences: registrationsSentences,
  handlers: {
    [offerTopic]: (ctx, payload) =>
      offerAgain(ctx, String(payload.sessionId), (payload.passed as string[] | undefined) ?? []),
  },
  schedules: [{ name: 'registrations-lapse', everyMinutes: 1, run: async (ctx) => void (await releaseAllRanOut(ctx)) }],
};
