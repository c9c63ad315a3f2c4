import type { Module } from '../../core/module.ts';
import { mailHandlers } from './handlers.ts';
import { schedules } from './jobs.ts';

export { type Both, registrationCalendar, registrationPath } from './calendar.ts';
export { eraseAnswers, remind, thank } from './jobs.ts';
export { type MailFact, type MailWay, mailFacts, waysOut } from './more.ts';
export { formatOf, namesOf, priceOf, type ReadState, readState, titleOf, whenOf, whereOf, words } from './said.ts';
export { isVisit } from './visits.ts';

/** What people receive about their registrations: mails, calendars, reminders, thanks; and how a registration is said. */
export const tidings: Module = { name: 'tidings', handlers: mailHandlers, schedules };
