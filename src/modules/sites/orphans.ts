import { sql } from 'kysely';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';

/** One that was just written may still be on its way to what will show it. */
const atLeastMinutes = 24 * 60;

/** Forgets the pictures that nothing shows any more, whatever points at pictures; returns how many. */
export async function forgetOrphans(ctx: Ctx): Promise<number> {
  // Asked of the database itself: a table that points at pictures tomorrow is counted without a word here.
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'file'::regclass`.execute(ctx.db);
  const shown = rows.map(
    (one) => sql`and not exists (select from ${sql.raw(one.table)} x where x.${sql.ref(one.column)} = f.id)`,
  );
  const gone = await sql`
    delete from file f where f.created_at < ${addMinutes(ctx.now, -atLeastMinutes)} ${sql.join(shown, sql` `)}`.execute(
    ctx.db,
  );
  return Number(gone.numAffectedRows ?? 0);
}
