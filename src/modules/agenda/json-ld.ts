import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { pictureUrl } from '../../core/files.ts';
import { markdownToText } from '../../core/markdown.ts';
import { tell } from '../../ui/told.ts';
import { type SessionState, type SessionView, seatsLeft, stateOf } from '../timetable/index.ts';
import { pointOf } from './agenda.words.ts';

const schema = 'https://schema.org/';

/** The country of a commune is the two letters before its code, where it has them; else the territory's. */
const countryOf = (ctx: Ctx, code: string | null | undefined): string =>
  /^([A-Z]{2})-/.exec(code ?? '')?.[1] ?? ctx.territory.country;

function placeOf(ctx: Ctx, session: SessionView): Record<string, unknown> {
  const { site, stop, address } = session;
  if (session.placeKind === 'online') return { '@type': 'VirtualLocation', url: urlOf(ctx, session) };
  const at = pointOf(session);
  const [name, street, town, code, postcode] =
    session.placeKind === 'stop' && stop
      ? [tell(ctx, stop.place), stop.address, stop.commune, stop.communeCode, undefined]
      : session.placeKind === 'address' && address
        ? [address.name, address.street, address.town, address.communeCode, address.postcode]
        : [tell(ctx, site.name), site.address, site.commune, site.communeCode, undefined];
  return {
    '@type': 'Place',
    name,
    address: {
      '@type': 'PostalAddress',
      ...(street ? { streetAddress: street } : {}),
      ...(postcode ? { postalCode: postcode } : {}),
      ...(town ? { addressLocality: town } : {}),
      addressCountry: countryOf(ctx, code),
    },
    ...(at ? { geo: { '@type': 'GeoCoordinates', latitude: at.lat, longitude: at.lon } } : {}),
  };
}

/** How a state of registration is told where things are for sale; past its end nothing is left. */
const availabilities: Partial<Record<SessionState, string>> = { open: 'InStock', not_yet: 'PreOrder' };

/** A price each, what is free included: asked for by those who show events. What nobody priced is not offered. */
function offersOf(ctx: Ctx, session: SessionView): object[] {
  const tariffs = session.priceKind === 'free' ? [{ name: {}, cents: 0 }] : session.tariffs;
  const from = session.opensAt ?? session.publishedAt;
  return tariffs.map(({ name, cents }) => ({
    '@type': 'Offer',
    ...(tell(ctx, name) ? { name: tell(ctx, name) } : {}),
    price: (cents / 100).toFixed(2),
    priceCurrency: 'EUR',
    availability: schema + (availabilities[stateOf(session, ctx.now)] ?? 'SoldOut'),
    url: urlOf(ctx, session),
    ...(from ? { validFrom: toRfc3339(from, session.timeZone) } : {}),
  }));
}

const statuses = { cancelled: 'EventCancelled', postponed: 'EventPostponed' } as const;

/** The full address of a session's page. */
export const urlOf = (ctx: Pick<Ctx, 'publicUrl' | 'locale'>, { reference }: Pick<SessionView, 'reference'>): string =>
  `${ctx.publicUrl}/${ctx.locale}/agenda/${reference}`;

/** A session as schema.org describes an event, for search engines and assistants; without anybody's name, nor the link online. */
export function eventOf(
  ctx: Ctx,
  session: SessionView,
  { parts = [], former }: { parts?: readonly SessionView[]; former?: Date | undefined } = {},
): Record<string, unknown> {
  const url = urlOf(ctx, session);
  const left = seatsLeft(session);
  const about = tell(ctx, session.summary) || markdownToText(tell(ctx, session.description)).slice(0, 500);
  const off = session.status === 'cancelled' || session.status === 'postponed' ? statuses[session.status] : undefined;
  const status = off ?? (former ? 'EventRescheduled' : 'EventScheduled');
  return {
    '@context': schema,
    '@type': session.kind === 'training' ? 'EducationEvent' : 'Event',
    name: tell(ctx, session.title),
    url,
    startDate: toRfc3339(session.start, session.timeZone),
    endDate: toRfc3339(session.end, session.timeZone),
    eventStatus: schema + status,
    ...(former ? { previousStartDate: toRfc3339(former, session.timeZone) } : {}),
    eventAttendanceMode: `${schema}${session.placeKind === 'online' ? 'Online' : 'Offline'}EventAttendanceMode`,
    location: placeOf(ctx, session),
    inLanguage: session.language,
    ...(about ? { description: about } : {}),
    ...(session.photo ? { image: ctx.publicUrl + pictureUrl(session.photo, 1200) } : {}),
    organizer: (session.organisations.length > 0
      ? session.organisations.map(({ name }) => ({ '@type': 'Organization', name }))
      : [{ '@type': 'Organization', name: ctx.territory.name, url: ctx.publicUrl }]) satisfies object[],
    ...(session.priceKind === 'free' ? { isAccessibleForFree: true } : {}),
    ...(session.ageMin !== null || session.ageMax !== null
      ? { typicalAgeRange: `${session.ageMin ?? 0}-${session.ageMax ?? ''}` }
      : {}),
    ...(session.seats !== null
      ? { maximumAttendeeCapacity: session.seats, remainingAttendeeCapacity: left ?? session.seats }
      : {}),
    ...(session.priceKind !== 'unknown' && !off ? { offers: offersOf(ctx, session) } : {}),
    ...(parts.length > 0 ? { subEvent: parts.map((part) => eventOf(ctx, part)) } : {}),
  };
}

/** JSON that can stand inside a script element: no character in it can end the element. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
