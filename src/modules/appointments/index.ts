import type { Module } from '../../core/module.ts';
import { onRegistrationChange } from '../registrations/index.ts';
import { mailFacts } from '../tidings/index.ts';
import { appointmentsApi } from './appointments.api.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import { appointmentsSentences } from './appointments.sentences.ts';
import { findRoutes } from './find.routes.tsx';
import { freeTheTime, whatToBring } from './hooks.ts';
import { mineRoutes } from './mine.routes.tsx';
import { takeRoutes } from './take.routes.tsx';

export { mayReadAppointment } from './access.ts';
export { appointmentsOf } from './appointments.store.ts';
export type { AppointmentTime, AppointmentView, MakeInput } from './appointments.types.ts';
export { cancelAppointment, type MoveInput, moveAppointment } from './change.ts';
export { type Answers, type AskedTimes, answersFor, byDay, type DayOfTimes, readAsked } from './find.input.ts';
export { FindPage } from './find.pages.tsx';
export { helpOffer, homeSection } from './home.tsx';
export { asTeamOf, makeAppointment } from './make.ts';
export { timeValue, whoComes } from './mine.pages.tsx';
export { readTime } from './mine.routes.tsx';
export { type Counter, openTake, postTake } from './take.routes.tsx';
export { appointmentPlace, placeMore, placeName, whenWords } from './words.ts';

onRegistrationChange.push(freeTheTime);
mailFacts.push(whatToBring);

/** The time of one who helps, taken by one who comes: made, moved, given back; why is read by them and the team alone. */
export const appointments: Module = {
  name: 'appointments',
  routes: (app) => {
    findRoutes(app);
    takeRoutes(app);
    mineRoutes(app);
  },
  api: appointmentsApi,
  sentences: appointmentsSentences,
  menu: (ctx) => [{ href: '/rendez-vous', label: appointmentsMessages[ctx.locale].menu, rank: 15 }],
};
