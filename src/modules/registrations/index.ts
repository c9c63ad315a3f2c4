import type { Module } from '../../core/module.ts';
import { onSessionChange } from '../sessions/index.ts';
import { registrationsSentences } from './registrations.sentences.ts';
import { onChange } from './session-changes.ts';

// Read and offered through this door as well: who registers people needs to know of one module only.
export {
  type AttendeeInput,
  type AttendeeView,
  acceptOffer,
  blankRegistrations,
  comingOf,
  declineOffer,
  isMinor,
  majority,
  offerAgain,
  offerSeats,
  offerUntil,
  onRegistrationChange,
  opens,
  pastRegistrations,
  type Registered,
  type RegisterInput,
  type RegistrationChange,
  type RegistrationState,
  type RegistrationTarget,
  type RegistrationView,
  registrationByReference,
  registrationsByIds,
  registrationsOf,
  registrationsOfPerson,
  releaseAllRanOut,
  requestOf,
  upcomingRegistrations,
} from '../seating/index.ts';
export { type CancelInput, cancelRegistration, giveAllBack } from './cancel.ts';
export {
  type ConfirmRegistration,
  confirmRegistration,
  confirmRegistrationSchema,
} from './confirm.ts';
export { foresee, giveToOrganisation } from './foresee.ts';
export { type Guest, type GuestsDone, guestSchema, importGuests, inviteGuests } from './guest-list.ts';
export { acceptInvitation } from './invitation.ts';
export { changePeople, type PeopleInput } from './people.ts';
export { register } from './register.ts';

onSessionChange.push(onChange);

/** Registering for what people gather for: asked, confirmed, changed, given back, invited; what follows when the session changes. */
export const registrations: Module = { name: 'registrations', sentences: registrationsSentences };
