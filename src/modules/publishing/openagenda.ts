import { createHash } from 'node:crypto';
import { addDays, dayOf, instantOf, toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { pictureUrl } from '../../core/files.ts';
import { type I18nText, type Locale, locales, typeset } from '../../core/i18n.ts';
import { normaliseName } from '../../core/names.ts';
import { tell } from '../../ui/told.ts';
import { aboardWords, pointOf, urlOf } from '../agenda/index.ts';
import { type SessionView, seatsLeft } from '../timetable/index.ts';
import { madeAt } from './changed.ts';

/**
 * Events in the form in which OpenAgenda gives and takes them, after its own documentation: developers.openagenda.com,
 * "Structure d'un événement", "Structure d'un lieu" and "Lecture d'événements" (API v2).
 */

/** OpenAgenda names things by whole numbers: 48 bits of the id's hash, the same for ever. */
export const numberOf = (id: string): number => createHash('sha256').update(id).digest().readUIntBE(0, 6);

/** The most characters that each takes. */
const longest = {
  title: 140,
  summary: 200,
  description: 10_000,
  conditions: 255,
  name: 100,
  address: 255,
  access: 1000,
};
/** Nothing is said to be for people older. */
const oldest = 120;
/** A span of time lasts a day at most. */
const longestMs = 24 * 3_600_000;

/** Its attendance modes, its statuses, and its word for "published", by number. */
const modes = { here: 1, online: 2 } as const;
const statuses = { scheduled: 1, rescheduled: 2, postponed: 4, full: 5, cancelled: 6 } as const;
const published = 2;

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

const each = (text: I18nText, most: number): I18nText =>
  Object.fromEntries(
    Object.entries(text).map(([locale, words]) => [locale, cut(locale === 'fr' ? typeset(words) : words, most)]),
  );

/** What several texts say, in each language in which one of them says something. */
const together = (texts: readonly I18nText[]): I18nText =>
  Object.fromEntries(
    locales
      .map(
        (locale) =>
          [
            locale,
            texts
              .map((text) => text[locale])
              .filter(Boolean)
              .join('\n\n'),
          ] as const,
      )
      .filter(([, words]) => words),
  );

const slugOf = (title: string, reference: string): string =>
  [normaliseName(title).replaceAll(' ', '-').slice(0, 80), reference.toLowerCase()].filter(Boolean).join('-');

function statusOf(session: SessionView, moved: boolean): number {
  if (session.status === 'cancelled') return statuses.cancelled;
  if (session.status === 'postponed') return statuses.postponed;
  if (seatsLeft(session) === 0) return statuses.full;
  return moved ? statuses.rescheduled : statuses.scheduled;
}

/** When: what lasts longer than a day is told night by night. */
function timingsOf({ start, end, timeZone }: SessionView) {
  const edges = [start];
  if (end.getTime() - start.getTime() > longestMs) {
    for (let day = addDays(dayOf(start, timeZone), 1); ; day = addDays(day, 1)) {
      const midnight = instantOf(day, '00:00', timeZone);
      if (midnight >= end) break;
      edges.push(midnight);
    }
  }
  edges.push(end);
  return edges.slice(1).map((to, index) => ({
    begin: toRfc3339(edges[index]!, timeZone),
    end: toRfc3339(to, timeZone),
  }));
}

function placeOf(ctx: Ctx, { placeKind, site, stop, address }: SessionView) {
  if (placeKind === 'stop' && stop) {
    const { id, place, commune, communeCode } = stop;
    return { key: id, name: tell(ctx, place), street: stop.address, town: commune, code: communeCode };
  }
  if (placeKind === 'address' && address) {
    const { name, street, postcode, town, communeCode } = address;
    return { key: name, name, street, postcode, town, code: communeCode };
  }
  return {
    key: site.id,
    name: tell(ctx, site.name),
    street: site.address,
    town: site.commune,
    code: site.communeCode,
  };
}

/** Where: a name, an address and a country are required of a place. */
function locationOf(ctx: Ctx, session: SessionView) {
  if (session.placeKind === 'online') return null;
  const { key, name, street, postcode, town, code } = placeOf(ctx, session);
  const at = pointOf(session);
  const written = street ?? '';
  const line = [postcode, town && !written.includes(town) ? town : ''].filter(Boolean).join(' ');
  const ours = session.placeKind === 'site';
  return {
    uid: numberOf(key),
    name: cut(name, longest.name),
    address: cut([written, line].filter(Boolean).join(', ') || name, longest.address),
    ...(postcode ? { postalCode: postcode } : {}),
    ...(town ? { city: town } : {}),
    // INSEE codes are French; OpenAgenda knows no other.
    ...(code && /^\w{5}$/.test(code) ? { insee: code } : {}),
    countryCode: /^([A-Z]{2})-/.exec(code ?? '')?.[1] ?? ctx.territory.country,
    ...(at ? { latitude: at.lat, longitude: at.lon } : {}),
    timezone: session.timeZone,
    ...(ours ? { access: each(session.site.howToCome, longest.access) } : {}),
    ...(ours && session.site.telephone ? { phone: session.site.telephone } : {}),
  };
}

/** The picture, both as it is read (a folder and a name in it) and as it is taken (an address). */
function imageOf(ctx: Ctx, session: SessionView) {
  if (!session.photo) return null;
  const url = ctx.publicUrl + pictureUrl(session.photo, 1200);
  const name = url.lastIndexOf('/') + 1;
  return { url, base: url.slice(0, name), filename: url.slice(name) };
}

const free: I18nText = { fr: 'Gratuit', nl: 'Gratis', en: 'Free' };

/** What it costs, in each language; nothing where no price was set. */
function conditionsOf(ctx: Ctx, { priceKind, tariffs }: SessionView): I18nText {
  if (priceKind === 'free') return free;
  if (priceKind === 'unknown') return {};
  const price = (locale: Locale, cents: number) =>
    cents === 0
      ? free[locale]!
      : new Intl.NumberFormat(locale, {
          style: 'currency',
          currency: 'EUR',
          minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
        }).format(cents / 100);
  const words = (locale: Locale) =>
    tariffs
      .map(({ name, cents }) => [tell({ ...ctx, locale }, name), price(locale, cents)].filter(Boolean).join('\u00a0: '))
      .join(', ');
  return each(Object.fromEntries(locales.map((locale) => [locale, words(locale)])), longest.conditions);
}

/** What is known of a session beside itself. */
export type Known = { changed: ReadonlyMap<string, Date>; former: ReadonlyMap<string, Date> };

function eventOf(ctx: Ctx, session: SessionView, { changed, former }: Known) {
  const url = urlOf(ctx, session);
  const online = session.placeKind === 'online';
  const aboard = session.placeKind === 'stop' ? aboardWords({ ...ctx, locale: 'fr' }, session.stop?.aboard) : undefined;
  const { ageMin, ageMax, site, line } = session;
  const said = Object.keys(session.summary).length > 0 ? session.summary : session.title;
  return {
    uid: numberOf(session.id),
    slug: slugOf(tell(ctx, session.title), session.reference),
    extIds: [{ key: 'quai', value: session.id }],
    title: each(session.title, longest.title),
    description: each(said, longest.summary),
    longDescription: each(
      together([session.description, aboard ? { fr: aboard } : {}, session.accessibility]),
      longest.description,
    ),
    keywords: Object.fromEntries(Object.entries(line?.name ?? {}).map(([locale, words]) => [locale, [words]])),
    timings: timingsOf(session),
    timezone: session.timeZone,
    location: locationOf(ctx, session),
    attendanceMode: online ? modes.online : modes.here,
    // The address of the page, where one registers: the link itself is for those who come.
    ...(online ? { onlineAccessLink: url } : {}),
    status: statusOf(session, former.has(session.id)),
    state: published,
    registration: [{ type: 'link', value: url }, ...(site.telephone ? [{ type: 'phone', value: site.telephone }] : [])],
    conditions: conditionsOf(ctx, session),
    age:
      ageMin === null && ageMax === null
        ? null
        : { min: Math.min(ageMin ?? 0, oldest), max: Math.min(ageMax ?? oldest, oldest) },
    image: imageOf(ctx, session),
    createdAt: madeAt(session.id).toISOString(),
    updatedAt: (changed.get(session.id) ?? madeAt(session.id)).toISOString(),
  };
}

/** A page of sessions as OpenAgenda answers: how many there are in all, and the value that asks for those that follow. */
export function openAgenda(
  ctx: Ctx,
  { sessions, total, next }: { sessions: readonly SessionView[]; total: number; next: string | null },
  known: Known,
) {
  const events = sessions.map((session) => eventOf(ctx, session, known));
  return { success: true, total, events, after: next ? [next] : null };
}
