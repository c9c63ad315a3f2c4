import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { SessionView } from '../timetable/index.ts';

/** When each of these was to begin before it last changed its date, for those that did since anybody could read of them. */
export async function formerStarts(
  ctx: Ctx,
  sessions: readonly Pick<SessionView, 'id' | 'start'>[],
): Promise<Map<string, Date>> {
  if (sessions.length === 0) return new Map();
  const { rows } = await sql<{ id: string; was: Date }>`
    select distinct on (j.subject_id) j.subject_id as id, (j.data ->> 'from')::timestamptz as was
    from journal j join session s on s.id = j.subject_id
    where j.subject_id = any(${sessions.map(({ id }) => id)}::uuid[])
      and j.kind = any(${['session.moved', 'session.resumed']}::text[]) and j.data ? 'from'
      and j.recorded_at >= s.published_at
    order by j.subject_id, j.occurred_at desc, j.id desc`.execute(ctx.db);
  const starts = new Map(sessions.map(({ id, start }) => [id, start.getTime()]));
  return new Map(rows.filter(({ id, was }) => was.getTime() !== starts.get(id)).map(({ id, was }) => [id, was]));
}
