import type { Module } from '../../core/module.ts';
import { onSessionChange } from '../sessions/index.ts';
import { registrationsSentences } from './registrations.sentences.ts';
import { onChange } from './session-changes.ts';

// Read and offered through this door as well: who registers people needs to know of one module only.
export {
  type AttendeeInput,
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
export { cancelRegistration, giveAllBack } from './cancel.ts';
export { confirmRegistration } from './confirm.ts';
export { foresee, giveToOrganisation } from './foresee.ts';
export { type Guest, type GuestsDone, guestSchema, importGuests, inviteGuests } from './guest-list.ts';
export { acceptInvitation } from './invitation.ts';
export { changePeople } from './people.ts';
export { register } from './register.ts';

onSessionChange.push(onChange);

/** Registering for what people gather for: asked, confirmed, changed, given back, invited; what follows when the session changes. */
export const registrations: Module = { name: 'registrations', sentences: registrationsSentences };
