import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/**
 * Notes that a periodic work runs now, and says when it last did: what fell between the two, nobody was there to see to.
 * Undefined the first time.
 */
export async function runsNow(ctx: Ctx, work: string): Promise<Date | undefined> {
  const runs = ctx.db.selectFrom('job_run').select('ran_at').where('name', '=', work);
  const before = await runs.executeTakeFirst();
  await sql`
    insert into job_run (name, ran_at) values (${work}, ${ctx.now})
    on conflict (name) do update set ran_at = greatest(job_run.ran_at, excluded.ran_at)`.execute(ctx.db);
  return before?.ran_at;
}
