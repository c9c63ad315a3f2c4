import { addDays, dayOf, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import type { Line, LineColour, TagKind } from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { dayMessages } from './day.messages.ts';
import { standpointOf } from './day.rules.ts';
import type { Arrival, DaySite, What } from './day.types.ts';

/** What the pages of one site write with: words, dates of its zone, its own addresses. */
export type Pen = {
  ctx: Ctx;
  site: DaySite;
  m: (typeof dayMessages)['fr'];
  f: Formatter;
  say: (text: I18nText | null) => string;
  /** An address below the site's own: "/planning". */
  href: (path: string) => string;
  today: string;
};

/** The pen of a site. */
export function penOf(ctx: Ctx, site: DaySite): Pen {
  return {
    ctx,
    site,
    m: dayMessages[ctx.locale],
    f: formatter(ctx.locale, site.time_zone),
    say: (text) => (text ? say(text, ctx.locale, ctx.territory.mainLanguage) : ''),
    href: (path) => `/${ctx.locale}/equipe/${site.slug}${path}`,
    today: dayOf(ctx.now, site.time_zone),
  };
}

/** A day's noon, to write the day with. */
export const noonOf = (day: string, site: DaySite): Date => instantOf(day, '12:00', site.time_zone);

export const dayBefore = (day: string): string => addDays(day, -1);
export const dayAfter = (day: string): string => addDays(day, 1);

/** The line of what is booked. */
export const lineOf = (pen: Pen, what: What): Line | undefined =>
  what.letter && what.colour
    ? { letter: what.letter, colour: what.colour as LineColour, name: pen.say(what.line) }
    : undefined;

/** The hours, with the day where it is not the one looked at. */
export function whenOf(pen: Pen, span: { start: Date; end: Date }, day?: string): string {
  const range = pen.f.range(span.start, span.end);
  const own = pen.f.isoDay(span.start);
  const sameDay = own === pen.f.isoDay(new Date(span.end.getTime() - 1));
  return own === day || !sameDay ? range : `${pen.f.day(span.start)}, ${range}`;
}

/** Where somebody stands, in words. */
export function standingOf(pen: Pen, one: Arrival): { text: string; kind: TagKind } {
  const { m, f, ctx } = pen;
  switch (standpointOf(one, ctx.now)) {
    case 'late':
      // No delay gives this place back any more: only the team knows whether they came.
      if (!one.release_at) return { text: m.status.asked, kind: 'warning' };
      return {
        text: one.release_at > ctx.now ? m.status.lateUntil(f.time(one.release_at)) : m.status.late,
        kind: 'warning',
      };
    case 'option':
      return { text: m.status.option(f.dayTime(one.option_until ?? one.start)), kind: 'info' };
    case 'here':
      return { text: one.checked_in_at ? m.status.hereSince(f.time(one.checked_in_at)) : m.status.here, kind: 'good' };
    case 'over':
      return { text: m.status.over, kind: 'plain' };
    case 'absent':
      return { text: one.pardoned_at ? m.status.pardoned : m.status.absent, kind: 'bad' };
    case 'displaced':
      return { text: m.status.displaced, kind: 'warning' };
    default:
      return { text: m.status.expected, kind: 'plain' };
  }
}
