import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import type { SessionView } from '../timetable/index.ts';
import { attendanceMessages } from './attendance.messages.ts';
import type { HalfDay, Sitting } from './attendance.rules.ts';
import type { RollMark, RollPerson } from './roll.types.ts';

/** What the pages of one session's attendance write with. */
export type Pen = {
  ctx: Ctx;
  session: SessionView;
  m: (typeof attendanceMessages)['fr'];
  f: Formatter;
  /** Its title; what an appointment is about stays between two people. */
  title: string;
  when: string;
  /** An address below the session's own: "/affiche". */
  href: (path: string) => string;
};

/** The pen of a session. */
export function penOf(ctx: Ctx, session: SessionView): Pen {
  const m = attendanceMessages[ctx.locale];
  const f = formatter(ctx.locale, session.timeZone);
  const range = f.range(session.start, session.end);
  const sameDay = f.isoDay(session.start) === f.isoDay(new Date(session.end.getTime() - 1));
  return {
    ctx,
    session,
    m,
    f,
    title: session.kind === 'appointment' ? m.appointment : say(session.title, ctx.locale, ctx.territory.mainLanguage),
    when: sameDay ? `${f.day(session.start)}, ${range}` : range,
    href: (path) => `/${ctx.locale}/presence/${session.reference}${path}`,
  };
}

/** Where a session happens, in a few words. */
export function placeOf({ ctx, session }: Pick<Pen, 'ctx' | 'session'>): string {
  const words = (text: Parameters<typeof say>[0]) => say(text, ctx.locale, ctx.territory.mainLanguage);
  if (session.placeKind === 'stop' && session.stop) return `${words(session.stop.place)}, ${session.stop.commune}`;
  if (session.placeKind === 'address' && session.address) {
    return [session.address.name, session.address.town].filter(Boolean).join(', ');
  }
  return words(session.site.name);
}

/** "2026-11-28-am": a half-day as an address carries it. */
export const halfParam = (halfDay: string): string => halfDay.replace(' ', '-');

/** The sitting an address or a form names, if it is one of the session's. */
export const sittingNamed = (sittings: readonly Sitting[], given: string | undefined): Sitting | undefined =>
  sittings.find(({ halfDay }) => halfDay === given || halfParam(halfDay) === given);

/** "samedi 28 novembre, matin". */
export function halfName({ m, f }: Pen, { halfDay, start }: Pick<Sitting, 'halfDay' | 'start'>): string {
  return m.halfOf(f.day(start), m.half[halfDay.endsWith('am') ? 'am' : 'pm']);
}

/** Somebody as the list names them. */
export const nameOf = ({ m }: Pen, one: Pick<RollPerson, 'name' | 'erased'>): string =>
  one.name ?? (one.erased ? m.erased : m.noName);

/** How a mark was made, in words. */
export const modeOf = ({ m }: Pen, mark: Pick<RollMark, 'mode' | 'strokes'>): string =>
  mark.mode === 'signature' && mark.strokes === null ? m.onPaper : m.modes[mark.mode];

export const markOf = (one: Pick<RollPerson, 'marks'>, halfDay: HalfDay): RollMark | undefined =>
  one.marks.find((mark) => mark.halfDay === halfDay);
