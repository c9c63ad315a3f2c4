import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { lockHelpers } from '../booking/index.ts';
import { runHelper } from './access.ts';

const longestDays = 400;

/** Refuses a time when somebody cannot be absent: ended before it began, over, or without end. */
export function checkAbsence(ctx: Ctx, { start, end }: Span): void {
  if (end <= start) throw new Refusal('presence.order', 'unprocessable', { field: 'to' });
  if (end <= ctx.now) throw new Refusal('presence.past', 'unprocessable', { field: 'to' });
  if (end.getTime() - start.getTime() > longestDays * 86_400_000) {
    throw new Refusal('presence.long', 'unprocessable', { field: 'to' });
  }
}

/** Notes that somebody is not there; appointments already taken stand until they are moved or cancelled. */
export async function addAbsence(ctx: Ctx, input: Span & { helperId: string }): Promise<void> {
  await runHelper(ctx, input.helperId);
  checkAbsence(ctx, input);
  await atomically(ctx, async (inside) => {
    await lockHelpers(inside, [input.helperId]);
    const same = await inside.db
      .selectFrom('absence')
      .select('id')
      .where('helper_id', '=', input.helperId)
      .where('starts_at', '=', input.start)
      .where('ends_at', '=', input.end)
      .executeTakeFirst();
    if (same) return;
    const row = { helper_id: input.helperId, starts_at: input.start, ends_at: input.end, created_at: ctx.now };
    await inside.db
      .insertInto('absence')
      .values({ id: newId(), ...row })
      .execute();
    await record(inside, {
      kind: 'absence.added',
      subjectKind: 'helper',
      subjectId: input.helperId,
      data: { start: input.start, end: input.end },
    });
  });
}

/** Somebody is there after all. */
export async function removeAbsence(ctx: Ctx, absenceId: string): Promise<string> {
  const row = await ctx.db.selectFrom('absence').select('helper_id').where('id', '=', absenceId).executeTakeFirst();
  if (!row) throw notFound();
  await runHelper(ctx, row.helper_id);
  await atomically(ctx, async (inside) => {
    await inside.db.deleteFrom('absence').where('id', '=', absenceId).execute();
    await record(inside, { kind: 'absence.removed', subjectKind: 'helper', subjectId: row.helper_id });
  });
  return row.helper_id;
}
