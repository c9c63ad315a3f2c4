import { hour } from '../../core/clock.ts';
import type { Line, LineColour, TagKind } from '../../ui/components/index.ts';
import type { Pen } from '../day/index.ts';
import { programmeMessages } from '../preparing/index.ts';
import { type SessionView, stateOf } from '../timetable/index.ts';

/** How a session stands, for the team. */
export function stateTag(pen: Pen, view: SessionView): { text: string; kind: TagKind } {
  const m = programmeMessages[pen.ctx.locale].states;
  switch (stateOf(view, pen.ctx.now)) {
    case 'draft':
      return view.optionUntil
        ? { text: m.option(untilText(pen, view.optionUntil)), kind: 'info' }
        : { text: m.draft, kind: 'plain' };
    case 'postponed':
      return { text: m.postponed, kind: 'warning' };
    case 'cancelled':
      return { text: m.cancelled, kind: 'bad' };
    case 'done':
      return { text: m.done, kind: 'plain' };
    case 'running':
      return { text: m.running, kind: 'good' };
    case 'not_yet':
      return { text: m.notYet, kind: 'info' };
    case 'closed':
      return { text: m.closed, kind: 'plain' };
    case 'full':
      return { text: m.full, kind: 'warning' };
    default:
      return { text: m.open, kind: 'good' };
  }
}

/** Midnight is the evening of the day before: nobody reads "Wednesday at 0:00" as Tuesday night. */
const untilText = (pen: Pen, until: Date): string =>
  pen.f.clock(until) === '00:00'
    ? programmeMessages[pen.ctx.locale].evening(pen.f.day(new Date(until.getTime() - 1)))
    : pen.f.dayTime(until);

/** "8 / 12, 2 attendent", or that one comes as one likes. */
export function seatsText(pen: Pen, view: SessionView): string {
  const m = programmeMessages[pen.ctx.locale];
  if (view.enrolment === 'none') return m.enrolments.none;
  const taken = view.seats === null ? m.takenOnly(view.taken) : m.takenOf(view.taken, view.seats);
  return view.waiting > 0 ? `${taken}, ${m.waiting(view.waiting)}` : taken;
}

/** Where it happens, and the rooms it takes. */
export function whereText(pen: Pen, view: SessionView): string {
  const m = programmeMessages[pen.ctx.locale];
  const rooms = view.things.map((thing) => pen.say(thing.name)).join(', ');
  const place = {
    site: '',
    stop: view.stop ? `${view.stop.commune}, ${pen.say(view.stop.place)}` : '',
    address: [view.address?.name, view.address?.town].filter(Boolean).join(', '),
    online: m.places.online,
  }[view.placeKind];
  return [place, rooms].filter(Boolean).join(' · ');
}

/** So far away, a day without its year could be last year's. */
const farDays = 200;

/** The day and the hours, both days where it lasts several; the year where it could be mistaken. */
export function whenText(pen: Pen, view: { start: Date; end: Date }): string {
  const sameDay = pen.f.isoDay(view.start) === pen.f.isoDay(new Date(view.end.getTime() - 1));
  const range = pen.f.range(view.start, view.end);
  const far = Math.abs(view.start.getTime() - pen.ctx.now.getTime()) > farDays * 24 * hour;
  return sameDay ? `${far ? pen.f.dayLong(view.start) : pen.f.day(view.start)}, ${range}` : range;
}

/** The bullet of its line. */
export const lineOfSession = (pen: Pen, { line }: SessionView): Line | undefined =>
  line ? { letter: line.letter, colour: line.colour as LineColour, name: pen.say(line.name) } : undefined;

export const kindText = (pen: Pen, view: SessionView): string => programmeMessages[pen.ctx.locale].kinds[view.kind];
