import type { Module } from '../../core/module.ts';
import { onRegistrationChange } from '../registrations/index.ts';
import { mailFacts } from '../tidings/index.ts';
import { appointmentsApi } from './appointments.api.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import { appointmentsSentences } from './appointments.sentences.ts';
import { findRoutes } from './find.routes.tsx';
import { freeTheTime, whatToBring } from './hooks.ts';
import { takeRoutes } from './take.routes.tsx';

export { isTheirs, mayReadAppointment, seenAppointment } from './access.ts';
export { appointmentsMessages } from './appointments.messages.ts';
export { appointmentByReference, appointmentsOf } from './appointments.store.ts';
export type { AppointmentTime, AppointmentView, MakeInput } from './appointments.types.ts';
export { cancelAppointment, type MoveInput, moveAppointment } from './change.ts';
export {
  type Answers,
  type AskedTimes,
  answersFor,
  byDay,
  type DayOfTimes,
  readAsked,
  readTime,
} from './find.input.ts';
export { Call, FindPage } from './find.pages.tsx';
export { helpOffer, homeSection } from './home.tsx';
export { asTeamOf, isTeam, makeAppointment, taken } from './make.ts';
export { type Counter, openTake, postTake } from './take.routes.tsx';
export { appointmentPlace, placeLine, placeMore, placeName, timeValue, whenWords, whoComes } from './words.ts';

onRegistrationChange.push(freeTheTime);
mailFacts.push(whatToBring);

/** The time of one who helps, taken by one who comes: made, moved, given back; why is read by them and the team alone. */
export const appointments: Module = {
  name: 'appointments',
  routes: (app) => {
    findRoutes(app);
    takeRoutes(app);
  },
  api: appointmentsApi,
  sentences: appointmentsSentences,
  menu: (ctx) => [{ href: '/rendez-vous', label: appointmentsMessages[ctx.locale].menu, rank: 15 }],
};
