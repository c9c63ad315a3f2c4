import { generateIcsCalendar, type IcsCalendar, type IcsEvent } from 'ts-ics';
import type { Ctx } from '../../core/context.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { senderOf } from '../../core/mail.ts';
import { stateOf } from './view.rules.ts';
import type { BookingView } from './view.store.ts';
import { placeOf, words } from './view.words.ts';

/** PUBLISH: a file to keep. REQUEST and CANCEL: an invitation that mailboxes put in the calendar, change and take out. */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

const prodId = '-//Quai//Quai//FR';

export type Event = Pick<IcsEvent, 'uid' | 'summary' | 'sequence' | 'status'> & {
  start: Date;
  end: Date;
  location?: string | undefined;
  description?: string | undefined;
  url?: string | undefined;
};

/** An event in universal time: every calendar shows it in its own zone, on the days the clocks change too. */
export function toIcs(ctx: Pick<Ctx, 'now'>, { start, end, location, description, url, ...event }: Event): IcsEvent {
  return {
    ...event,
    summary: oneLine(event.summary ?? ''),
    stamp: { date: ctx.now },
    start: { date: start },
    end: { date: end },
    ...(location ? { location: oneLine(location) } : {}),
    ...(description ? { description: noReturns(description) } : {}),
    ...(url ? { url } : {}),
  };
}

/** The library escapes texts, but neither a calendar's name nor an organiser's: a line break there would write lines of its own. */
const oneLine = (words: string): string => words.replace(/\p{Cc}+/gu, ' ').trim();
const quoted = (words: string): string => `"${oneLine(words).replaceAll('"', "'")}"`;
const noReturns = (words: string): string => words.replaceAll('\r', '');

export const write = (method: CalendarMethod, name: string, events: IcsEvent[]): string => {
  const calendar: IcsCalendar = { version: '2.0', prodId, method, name: oneLine(name), events };
  return generateIcsCalendar(calendar);
};

/** The host of a calendar's identifiers: the same for ever, whatever the file or feed. */
export const uidOf = (ctx: Pick<Ctx, 'publicUrl'>, id: string): string => `${id}@${new URL(ctx.publicUrl).hostname}`;

/** A booking as an event: same UID for ever, SEQUENCE from its version, so that a later file replaces an earlier one. */
export function bookingEvent(ctx: Ctx, view: BookingView, locale: Locale, attendee?: string): IcsEvent {
  const { resource } = view;
  const main = ctx.territory.mainLanguage;
  const state = stateOf(view, ctx.now);
  const off = state === 'cancelled' || state === 'displaced' || state === 'expired';
  const sure = view.status === 'confirmed' || view.status === 'checked_in' || view.status === 'no_show';
  const lines = [
    `${words[locale].reference} ${view.reference}`,
    say(resource.requirement, locale, main),
    say(resource.site.howToCome, locale, main),
    resource.site.telephone ?? '',
  ];
  const event = toIcs(ctx, {
    uid: uidOf(ctx, view.id),
    summary: `${say(resource.name, locale, main)} · ${say(resource.site.name, locale, main)}`,
    sequence: view.version,
    status: off ? 'CANCELLED' : sure ? 'CONFIRMED' : 'TENTATIVE',
    start: view.start,
    end: view.endedEarlyAt ?? view.end,
    location: placeOf(view.resource, locale, main).join(', '),
    description: lines.filter(Boolean).join('\n'),
    url: `${ctx.publicUrl}/${locale}/reservations/${view.reference}`,
  });
  return attendee ? invitedTo(ctx, event, attendee) : event;
}

/** An event as an invitation that somebody has already accepted: mailboxes put it in their calendar. */
export function invitedTo(ctx: Ctx, event: IcsEvent, attendee: string): IcsEvent {
  const sender = senderOf(ctx.territory, ctx.publicUrl, undefined);
  return {
    ...event,
    organizer: { name: quoted(sender.name), email: sender.address },
    attendees: [{ email: attendee, partstat: 'ACCEPTED', rsvp: false }],
  };
}

/** A calendar of bookings for the person they belong to. */
export function bookingCalendar(
  ctx: Ctx,
  views: readonly BookingView[],
  locale: Locale,
  method: CalendarMethod = 'PUBLISH',
  attendee?: string,
): string {
  const name = words[locale].calendar(ctx.territory.name);
  return write(
    method,
    name,
    views.map((view) => bookingEvent(ctx, view, locale, attendee)),
  );
}

export type SiteEvent = { id: string; version: number; start: Date; end: Date; name: string; location: string };

/** The calendar of a site: what is taken and when, and nobody's name. */
export function siteCalendar(ctx: Ctx, name: string, events: readonly SiteEvent[], taken: string): string {
  return write(
    'PUBLISH',
    name,
    events.map((event) =>
      toIcs(ctx, {
        // Not the booking's own UID: those who have both calendars keep both events.
        uid: uidOf(ctx, `site-${event.id}`),
        summary: taken ? `${taken} · ${event.name}` : event.name,
        sequence: event.version,
        status: 'CONFIRMED',
        start: event.start,
        end: event.end,
        location: event.location,
      }),
    ),
  );
}
