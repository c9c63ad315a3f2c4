import type { Ctx } from '../../core/context.ts';
import { requestHash, withIdempotency } from '../../core/idempotency.ts';
import { findOrCreateOrganisation } from '../accounts/index.ts';
import type { Item, Reserved, reserve } from '../booking/index.ts';
import { bookingPath, readSpan, resourceView } from '../notices/index.ts';
import { askerOf, keepName } from '../visitors/index.ts';
import type { BookingForm } from './form.input.ts';
import type { WantedView } from './form.parts.tsx';
import { giveToOrganisation } from './form.store.ts';

export type WantedItems = readonly [WantedView, ...WantedView[]];

export const toItem = (item: WantedView): Item => ({
  resourceId: item.resource.id,
  start: item.start,
  end: item.end,
});

/** Reads what a form or an address wants; what does not exist is left out. */
export async function readItems(ctx: Ctx, texts: readonly string[]): Promise<WantedView[]> {
  const items: WantedView[] = [];
  for (const text of texts.slice(0, 60)) {
    const [slug = '', start, end] = text.split('|');
    const span = readSpan(start, end);
    const resource = span && (await resourceView(ctx, slug, span.start, span.end));
    if (span && resource) items.push({ ...span, resource });
  }
  return items;
}

/** The first of what was booked, and what becomes of it. */
export type BookedByForm = { reference: string; status: Reserved['bookings'][number]['status'] };

/** Where a form leads once it is kept: to the code of the mail, or to the booking, which says what was done. */
export const pathAfter = ({ reference, status }: BookedByForm): string =>
  status === 'held'
    ? `/reservations/${reference}/confirmation`
    : bookingPath(reference, '', undefined, { fait: status === 'requested' ? 'demande' : 'confirmation' });

type Take = (ctx: Ctx, input: Parameters<typeof reserve>[1]) => Promise<Reserved>;

/** Books what a form asks, once however often the form is sent; changed and sent again, it is another request. */
export async function book(ctx: Ctx, items: Item[], form: BookingForm, key: string, take: Take): Promise<BookedByForm> {
  const hash = requestHash([items, form]);
  const answer = await withIdempotency(ctx, `form:${key}:${hash.slice(0, 16)}`, hash, async (inside) => {
    const { personId } = ctx.actor;
    await keepName(inside, form.nom);
    const wanted =
      form.pour === 'organisation' && form.organisation
        ? { name: form.organisation, country: form.pays, registration: form.numero }
        : undefined;
    const organisationId = wanted && personId ? await findOrCreateOrganisation(inside, wanted) : undefined;
    const { bookings } = await take(inside, {
      items,
      people: form.personnes,
      person: askerOf(ctx, form),
      organisationId,
      newOrganisation: wanted !== undefined,
      purpose: form.objet,
      channel: 'web',
    });
    const first = bookings[0]!;
    if (wanted && !personId) {
      const id = await findOrCreateOrganisation(inside, wanted, first.personId);
      await giveToOrganisation(
        inside,
        bookings.map((one) => one.id),
        id,
      );
    }
    return { status: 201, body: { reference: first.reference, status: first.status } satisfies BookedByForm };
  });
  return answer.body as BookedByForm;
}
