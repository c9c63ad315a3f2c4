import { bookingKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';

/** What can be opened of a booking: the page itself, or one of its gestures. */
export type Gesture = '' | 'annulation' | 'deplacement' | 'bulletin' | 'presence' | 'fin' | 'agenda.ics';

/** The path of a booking or of one of its gestures, without its locale; the key goes along for who is not signed in. */
export function bookingPath(
  reference: string,
  gesture: Gesture = '',
  key?: string | undefined,
  query: Record<string, string> = {},
): string {
  const params = new URLSearchParams({ ...query, ...(key ? { cle: key } : {}) });
  const text = params.toString();
  return `/reservations/${reference}${gesture ? `/${gesture}` : ''}${text ? `?${text}` : ''}`;
}

/** The full address that a mail carries: it opens a page without signing in, and does nothing by being opened. */
export const mailLink = (
  ctx: Pick<Ctx, 'publicUrl' | 'secret'>,
  booking: { id: string; reference: string },
  locale: Locale,
  gesture: Gesture = '',
  query: Record<string, string> = {},
): string =>
  `${ctx.publicUrl}/${locale}${bookingPath(booking.reference, gesture, bookingKey(ctx.secret, booking.id), query)}`;
