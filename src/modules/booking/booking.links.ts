import type { NextStep } from '../../core/errors.ts';

/** Where a next step leads: the only place of the module that knows these addresses. */
export type Place = { siteSlug: string; slug: string; siteTelephone: string | null; timeZone: string };

/** To the week of the same thing. */
export const seeWeek = (place: Place): NextStep => ({
  code: 'booking.next.week',
  href: `/lieux/${place.siteSlug}/${place.slug}`,
});

/** To the search, for what else is free at that time. */
export function findOther(day: string, from: string, minutes: number, people: number): NextStep {
  const query = new URLSearchParams({
    jour: day,
    heure: from,
    duree: String(minutes),
    personnes: String(people),
  });
  return { code: 'booking.next.find', href: `/trouver?${query}` };
}

/** To the booking itself. */
export const seeBooking = (reference: string): NextStep => ({
  code: 'booking.next.booking',
  href: `/reservations/${reference}`,
});

export const signIn = (): NextStep => ({ code: 'booking.next.sign_in', href: '/connexion' });

export const myBookings = (): NextStep => ({ code: 'booking.next.mine', href: '/mes-reservations' });

/** To somebody: the site's telephone, where it has one. */
export const callSite = (place: Pick<Place, 'siteTelephone'>): NextStep | undefined =>
  place.siteTelephone
    ? {
        code: 'booking.next.call',
        params: { telephone: place.siteTelephone },
        href: `tel:${place.siteTelephone.replace(/[^\d+]/g, '')}`,
      }
    : undefined;
