import { sql } from 'kysely';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';

const daysAhead = 30;
const daysBack = 7;

/** The sessions whose list somebody leads, has led these last days, or will. */
export async function sessionsLed(ctx: Ctx): Promise<SessionView[]> {
  const [since, until] = [addMinutes(ctx.now, -daysBack * 1440), addMinutes(ctx.now, daysAhead * 1440)];
  const { rows } = await sql<{ id: string }>`
    select s.id from session_leader d join session s on s.id = d.session_id
    where d.person_id = ${ctx.actor.personId} and s.status = 'published' and s.kind <> 'appointment'
      and s.ends_at > ${since} and s.starts_at < ${until}
    order by s.starts_at limit 30`.execute(ctx.db);
  return rows.length === 0
    ? []
    : sessionsByIds(
        ctx,
        rows.map(({ id }) => id),
      );
}
