import { registrationKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { type CalendarMethod, invitedTo, toIcs, uidOf, writeCalendar } from '../notices/index.ts';
import type { RegistrationView } from '../registrations/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { titleOf, whereOf, words } from './said.ts';

export type Both = { view: RegistrationView; session: SessionView };

/** The path of a registration or of one of its gestures, without its locale; the key goes along for who is not signed in. */
export function registrationPath(
  reference: string,
  gesture = '',
  key?: string | undefined,
  query: Record<string, string> = {},
): string {
  const text = new URLSearchParams({ ...query, ...(key ? { cle: key } : {}) }).toString();
  return `/inscriptions/${reference}${gesture ? `/${gesture}` : ''}${text ? `?${text}` : ''}`;
}

/** The full address that a mail carries: it opens a page without signing in, and does nothing by being opened. */
export const registrationLink = (
  ctx: Pick<Ctx, 'publicUrl' | 'secret'>,
  view: { id: string; reference: string },
  locale: Locale,
  gesture = '',
): string =>
  `${ctx.publicUrl}/${locale}${registrationPath(view.reference, gesture, registrationKey(ctx.secret, view.id))}`;

/** A registration as an event: same UID for ever, SEQUENCE from its version, so that a later file replaces an earlier one. */
function eventOf(ctx: Ctx, { view, session }: Both, locale: Locale, attendee?: string) {
  const main = ctx.territory.mainLanguage;
  const off = view.status === 'cancelled' || session.status === 'cancelled' || session.status === 'postponed';
  const about = [
    `${words[locale][session.kind === 'appointment' ? 'appointment' : 'reference']} ${view.reference}`,
    session.kind === 'appointment' ? '' : say(session.summary, locale, main),
    session.placeKind === 'online' ? (session.onlineUrl ?? '') : '',
    session.placeKind === 'address' ? say(session.address?.instructions ?? {}, locale, main) : '',
    session.placeKind === 'site' ? say(session.site.howToCome, locale, main) : '',
    session.site.telephone ?? '',
  ];
  const event = toIcs(ctx, {
    uid: uidOf(ctx, view.id),
    summary: titleOf(ctx, session, locale),
    sequence: view.version,
    status: off ? 'CANCELLED' : view.status === 'registered' ? 'CONFIRMED' : 'TENTATIVE',
    start: session.start,
    end: session.end,
    location: whereOf(ctx, session, locale).join(', '),
    description: about.filter(Boolean).join('\n'),
    url: `${ctx.publicUrl}/${locale}${registrationPath(view.reference)}`,
  });
  return attendee ? invitedTo(ctx, event, attendee) : event;
}

/** A calendar of registrations for the person they belong to. */
export const registrationCalendar = (
  ctx: Ctx,
  all: readonly Both[],
  locale: Locale,
  method: CalendarMethod = 'PUBLISH',
  attendee?: string,
): string =>
  writeCalendar(
    method,
    words[locale].calendar(ctx.territory.name),
    all.map((one) => eventOf(ctx, one, locale, attendee)),
  );
