import type { Module } from '../../core/module.ts';
import { routes } from './feeds.routes.ts';
import { handlers } from './mails.ts';
import { schedules } from './notices.jobs.ts';

export {
  bookingCalendar,
  type CalendarMethod,
  type Event,
  invitedTo,
  toIcs,
  uidOf,
  write as writeCalendar,
} from './calendar.ts';
export { isDaytime, toldSince } from './eve.rules.ts';
export { answerCalendar } from './feeds.routes.ts';
export { InsteadList } from './instead.list.tsx';
export { type Instead, insteadLabel, insteadOf } from './instead.ts';
export { bookingPath, type Gesture, mailLink } from './links.ts';
export { permanentAddress, QrCard, QrCode, qrPng } from './qr.tsx';
export { Reasons, type Refused, refusedBy } from './reasons.tsx';
export { readSpan, writeSpan } from './span.ts';
export { type BookingState, stateOf } from './view.rules.ts';
export {
  type BookingView,
  listOf,
  pastOf,
  type ResourceView,
  resourceView,
  storyOf,
  type Told,
  upcomingOf,
  viewByReference,
  viewsByIds,
  viewsTogether,
} from './view.store.ts';
export {
  formatOf,
  isTooLate,
  lineOf,
  minutesOf,
  placeOf,
  priceOf,
  ruleSentences,
  rulesOf,
  tooLateSentence,
  whenOf,
  words,
} from './view.words.ts';
export { When } from './when.tsx';

/** What people receive about their bookings: mails, calendars, QR codes, reminders; and how a booking is read and said. */
export const notices: Module = { name: 'notices', routes, handlers, schedules };
