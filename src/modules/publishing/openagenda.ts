import { createHash } from 'node:crypto';
import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { pictureUrl } from '../../core/files.ts';
import { type I18nText, typeset } from '../../core/i18n.ts';
import { normaliseName } from '../../core/names.ts';
import { type AgendaItem, pointOf, tell, urlOf } from '../agenda/index.ts';
import { type SessionView, seatsLeft } from '../sessions/index.ts';

/** OpenAgenda names things by whole numbers: 48 bits of the id's hash, the same for ever. */
export const numberOf = (id: string): number => createHash('sha256').update(id).digest().readUIntBE(0, 6);

/** The longest short description it takes. */
const longestSummary = 200;

/** Its attendance modes and its statuses, by number. */
const modes = { here: 1, online: 2 } as const;
const statuses = { scheduled: 1, postponed: 4, full: 5, cancelled: 6 } as const;

const cut = (text: string): string =>
  text.length > longestSummary ? `${text.slice(0, longestSummary - 1).trimEnd()}…` : text;

const each = (text: I18nText, make: (words: string) => string = (words) => words): I18nText =>
  Object.fromEntries(
    Object.entries(text).map(([locale, words]) => [locale, make(locale === 'fr' ? typeset(words) : words)]),
  );

const slugOf = (title: string, reference: string): string =>
  [normaliseName(title).replaceAll(' ', '-').slice(0, 80), reference.toLowerCase()].filter(Boolean).join('-');

function statusOf(session: SessionView): number {
  if (session.status === 'cancelled') return statuses.cancelled;
  if (session.status === 'postponed') return statuses.postponed;
  return seatsLeft(session) === 0 ? statuses.full : statuses.scheduled;
}

function locationOf(ctx: Ctx, session: SessionView) {
  if (session.placeKind === 'online') return null;
  const { site, stop, address } = session;
  const at = pointOf(session);
  const place =
    session.placeKind === 'stop' && stop
      ? { key: stop.id, name: tell(ctx, stop.place), street: stop.address, town: stop.commune, insee: stop.communeCode }
      : session.placeKind === 'address' && address
        ? {
            key: address.name,
            name: address.name,
            street: address.street,
            town: [address.postcode, address.town].filter(Boolean).join(' '),
            insee: address.communeCode,
          }
        : {
            key: site.id,
            name: tell(ctx, site.name),
            street: site.address,
            town: site.commune,
            insee: site.communeCode,
          };
  const written = place.street ?? '';
  return {
    uid: numberOf(place.key),
    name: place.name,
    address: [written, place.town && !written.includes(place.town) ? place.town : ''].filter(Boolean).join(', '),
    ...(place.town ? { city: place.town } : {}),
    // INSEE codes are French; OpenAgenda knows no other.
    ...(place.insee && /^\w{5}$/.test(place.insee) ? { insee: place.insee } : {}),
    countryCode: /^([A-Z]{2})-/.exec(place.insee ?? '')?.[1] ?? ctx.territory.country,
    latitude: at?.lat ?? null,
    longitude: at?.lon ?? null,
  };
}

function eventOf(ctx: Ctx, session: SessionView) {
  const url = urlOf(ctx, session);
  return {
    uid: numberOf(session.id),
    slug: slugOf(tell(ctx, session.title), session.reference),
    title: each(session.title),
    description: each(Object.keys(session.summary).length > 0 ? session.summary : session.title, cut),
    longDescription: each(session.description),
    keywords: session.line ? each(session.line.name) : {},
    timings: [{ begin: toRfc3339(session.start, session.timeZone), end: toRfc3339(session.end, session.timeZone) }],
    timezone: session.timeZone,
    location: locationOf(ctx, session),
    attendanceMode: session.placeKind === 'online' ? modes.online : modes.here,
    ...(session.placeKind === 'online' ? { onlineAccessLink: url } : {}),
    status: statusOf(session),
    registration: [
      { type: 'link', value: url },
      ...(session.site.telephone ? [{ type: 'phone', value: session.site.telephone }] : []),
    ],
    conditions: conditionsOf(session),
    age: session.ageMin === null && session.ageMax === null ? null : { min: session.ageMin, max: session.ageMax },
    image: session.photo ? { filename: `${ctx.publicUrl}${pictureUrl(session.photo, 1200)}` } : null,
    accessibilityNotes: each(session.accessibility),
  };
}

const free: I18nText = { fr: 'Gratuit', nl: 'Gratis', en: 'Free' };

/** What it costs, in each language; nothing where no price was set. */
function conditionsOf(session: SessionView): I18nText {
  if (session.priceKind === 'free') return free;
  if (session.priceKind === 'unknown') return {};
  const euros = (cents: number) => `${(cents / 100).toFixed(2).replace('.', ',').replace(',00', '')} €`;
  return {
    fr: session.tariffs.map(({ name, cents }) => [name.fr, euros(cents)].filter(Boolean).join(' ')).join(', '),
  };
}

/** Sessions in the form in which OpenAgenda reads and gives events, version 2. */
export function openAgenda(ctx: Ctx, items: readonly AgendaItem[], next: string | null) {
  const events = items.flatMap((item) => (item.kind === 'session' ? [eventOf(ctx, item.session)] : []));
  return { success: true, total: events.length, events, after: next };
}
