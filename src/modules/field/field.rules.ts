import { addDays, type Day, dayOf, type Span, wholeDay } from '../../core/clock.ts';
import { sittingsOf } from '../attendance/index.ts';
import type { Block, FieldDay, FieldSession, Mark } from './field.types.ts';

const within = (at: Date, { start, end }: Span): boolean => at >= start && at < end;

/** The day as it is lived: stop after stop where the site travels, what happens at none of them last; else in one piece. */
export function blocksOf({ stops, bookings, sessions, walkIns }: Omit<FieldDay, 'site' | 'day'>): Block[] {
  const blocks: Block[] = stops.map((stop) => ({
    stop,
    bookings: bookings.filter((one) => within(one.start, stop)),
    sessions: sessions.filter((one) => one.stopId === stop.id || (!one.stopId && within(one.start, stop))),
    walkIns: walkIns.filter((one) => one.stopId === stop.id),
  }));
  const placed = new Set(blocks.flatMap((block) => [...block.bookings, ...block.sessions]));
  const rest: Block = {
    stop: null,
    bookings: bookings.filter((one) => !placed.has(one)),
    sessions: sessions.filter((one) => !placed.has(one)),
    walkIns: walkIns.filter((one) => !stops.some((stop) => stop.id === one.stopId)),
  };
  const holds = rest.bookings.length + rest.sessions.length + rest.walkIns.length > 0;
  return stops.length === 0 || holds ? [...blocks, rest] : blocks;
}

/** The half-days of a session that fall on this day, each signed for on its own. */
export const halfDaysOn = (session: Pick<FieldSession, 'start' | 'end' | 'timeZone'>, day: Day): string[] =>
  sittingsOf(session, session.timeZone)
    .map((sitting) => sitting.halfDay)
    .filter((halfDay) => halfDay.startsWith(day));

/** The mark that stands for a half-day. */
export const markOn = (marks: readonly Mark[], halfDay: string): Mark | undefined =>
  marks.find((mark) => mark.halfDay === halfDay);

/** Seconds until the day is over where the site is: a phone counts them from when it keeps the day, whatever its clock shows. */
export function secondsLeft(day: Day, now: Date, timeZone: string): number {
  const { end } = wholeDay(day, timeZone);
  return Math.max(0, Math.round((end.getTime() - now.getTime()) / 1000));
}

/** The day looked at, if it may be kept by a phone: today's and tomorrow's, nothing past nor further ahead. */
export const mayBeKept = (day: Day, now: Date, timeZone: string): boolean =>
  day === dayOf(now, timeZone) || day === addDays(dayOf(now, timeZone), 1);
