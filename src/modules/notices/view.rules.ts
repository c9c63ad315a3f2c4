import type { BookingView } from './view.store.ts';

/** How a booking stands for those who look at it: what is stored, and what time made of it. */
export const states = [
  'requested',
  'held',
  'option',
  'expired',
  'confirmed',
  'checked_in',
  'done',
  'cancelled',
  'displaced',
  'no_show',
] as const;
export type BookingState = (typeof states)[number];

type Standing = Pick<BookingView, 'status' | 'end' | 'holdExpiresAt' | 'optionUntil' | 'endedEarlyAt'>;

/** The state in which a booking is read at an instant. */
export function stateOf(view: Standing, now: Date): BookingState {
  if (view.status === 'held') {
    const until = view.optionUntil ?? view.holdExpiresAt;
    if (until && until <= now) return 'expired';
    return view.optionUntil ? 'option' : 'held';
  }
  if (view.status === 'checked_in' && (view.end <= now || view.endedEarlyAt)) return 'done';
  if (view.status === 'confirmed' && view.end <= now) return 'done';
  return view.status;
}

/** What a person pays in all, in cents, where it can be computed from the price; undefined otherwise. */
export function totalCents(
  price: { priceKind: string; priceCents: number | null; pricePer: string | null },
  minutes: number,
): number | undefined {
  if (price.priceKind !== 'amount' || price.priceCents === null) return undefined;
  if (price.pricePer === 'hour') return Math.round((price.priceCents * minutes) / 60);
  return price.pricePer === 'booking' ? price.priceCents : undefined;
}
