import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** What somebody receives for, beside what they did already. */
export async function offer(ctx: Ctx, helperId: string, reasonIds: readonly string[]): Promise<void> {
  if (reasonIds.length === 0) return;
  await sql`insert into appointment_offer (reason_id, helper_id)
    select r.id, ${helperId}::uuid from appointment_reason r where r.id = any(${[...reasonIds]}::uuid[])
    on conflict do nothing`.execute(ctx.db);
}
