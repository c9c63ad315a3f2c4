import type { Ctx } from '../../core/context.ts';
import { optionalText } from '../../core/input.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, onBooking, targetSchema, update } from './change.ts';
import { entryOf, journalRows } from './taking.ts';
import { write } from './write.store.ts';

export const pardonSchema = targetSchema.extend({ reason: optionalText(500) });

/** Forgives an absence: it stays in the journal and no longer counts. */
export function pardon(ctx: Ctx, input: Target & { reason?: string | undefined }): Promise<Booked> {
  return onBooking(ctx, input, { team: true }, async (inside, { row, thing }) => {
    mustBe(row, 'no_show');
    if (row.pardoned_at) return bookedOf(row, thing.siteId);
    const after = await update(inside, row, { pardoned_at: inside.now });
    const more = { reason: input.reason ?? null, onBehalfOf: row.person_id };
    await write(inside.db, { journal: journalRows(inside, entryOf('booking.pardoned', row.id, more)) });
    return bookedOf(after, thing.siteId);
  });
}

/** The absences of a person since an instant that nobody forgave. */
export async function absencesOf(ctx: Ctx, personId: string, since: Date): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('booking')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('person_id', '=', personId)
    .where('status', '=', 'no_show')
    .where('pardoned_at', 'is', null)
    .where('starts_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}
