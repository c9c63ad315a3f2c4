import { type Ctx, system } from '../../core/context.ts';
import { changed } from './hooks.ts';
import { ranOut } from './queue.store.ts';
import { type RegistrationRow, standUp, update } from './seating.store.ts';
import { dropCalls, noted, tell } from './telling.ts';

/**
 * Lets go of the holds nobody confirmed and the offers nobody answered in time, under the lock of their sessions: from then on
 * their seats are as free as any. Returns the sessions in which some were. A hold keeps its end: its code still registers, if
 * there are seats.
 */
export async function letGoOfRanOut(
  outer: Ctx,
  sessionIds: readonly string[],
  except: readonly string[] = [],
): Promise<string[]> {
  const ctx = { ...outer, actor: system };
  const rows = (await ranOut(ctx, sessionIds)).filter((row) => !except.includes(row.id));
  if (rows.length === 0) return [];
  await standUp(
    ctx,
    rows.map((row) => row.id),
  );
  const lapsed: RegistrationRow[] = [];
  for (const row of rows) lapsed.push(await lapse(ctx, row));
  const offers = lapsed.filter((_, index) => rows[index]!.status === 'offered');
  // The dates of a course are told in one mail.
  for (const together of Map.groupBy(offers, (row) => row.request_id ?? row.id).values()) {
    await tellExpired(ctx, together);
  }
  return [...new Set(rows.map((row) => row.session_id))];
}

async function lapse(ctx: Ctx, row: RegistrationRow): Promise<RegistrationRow> {
  const after = await update(ctx, row, { status: 'cancelled', cancelled_at: ctx.now, cancel_cause: 'expired' });
  await noted(ctx, 'expired', after);
  await changed(ctx, { kind: 'expired', registrationId: row.id, sessionId: row.session_id });
  return after;
}

async function tellExpired(ctx: Ctx, rows: readonly RegistrationRow[]): Promise<void> {
  const ids = rows.map((row) => row.id);
  await dropCalls(ctx, ids, ['offered']);
  const row = rows[0]!;
  const person = await ctx.db.selectFrom('person').select('email').where('id', '=', row.person_id).executeTakeFirst();
  const to = { row, personEmail: person?.email ?? null, timeZone: ctx.territory.timeZone };
  await tell(ctx, to, 'offer_expired', undefined, { ids });
}
