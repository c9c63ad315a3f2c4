import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { pictureUrl } from '../../core/files.ts';
import { markdownToText } from '../../core/markdown.ts';
import { type SessionView, seatsLeft } from '../sessions/index.ts';
import { pointOf, tell } from './agenda.words.ts';

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

const statuses = { cancelled: 'EventCancelled', postponed: 'EventPostponed' } as const;

/** The full address of a session's page. */
export const urlOf = (ctx: Pick<Ctx, 'publicUrl' | 'locale'>, { reference }: Pick<SessionView, 'reference'>): string =>
  `${ctx.publicUrl}/${ctx.locale}/agenda/${reference}`;

/** A session as schema.org describes an event, for search engines and assistants; without anybody's name, nor the link online. */
export function eventOf(ctx: Ctx, session: SessionView, parts: readonly SessionView[] = []): Record<string, unknown> {
  const url = urlOf(ctx, session);
  const left = seatsLeft(session);
  const about = tell(ctx, session.summary) || markdownToText(tell(ctx, session.description)).slice(0, 500);
  const off = session.status === 'cancelled' || session.status === 'postponed' ? statuses[session.status] : undefined;
  const availability = left === 0 ? 'SoldOut' : 'InStock';
  return {
    '@context': schema,
    '@type': session.kind === 'training' ? 'EducationEvent' : 'Event',
    name: tell(ctx, session.title),
    url,
    startDate: toRfc3339(session.start, session.timeZone),
    endDate: toRfc3339(session.end, session.timeZone),
    eventStatus: schema + (off ?? 'EventScheduled'),
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
    ...(session.priceKind === 'amount' && !off
      ? {
          offers: session.tariffs.map((tariff) => ({
            '@type': 'Offer',
            name: tell(ctx, tariff.name),
            price: (tariff.cents / 100).toFixed(2),
            priceCurrency: 'EUR',
            availability: schema + availability,
            url,
          })),
        }
      : {}),
    ...(parts.length > 0 ? { subEvent: parts.map((part) => eventOf(ctx, part)) } : {}),
  };
}

/** JSON that can stand inside a script element: no character in it can end the element. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
