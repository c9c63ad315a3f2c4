import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { findSessions, readable, type SessionView, sessionsByIds } from '../timetable/index.ts';

/** A session as the hall is told of it: at which hour it was to be, where it is elsewhere today; and when it is, where that is not today. */
export type BoardSession = {
  at: Date;
  session: SessionView;
  was: Date | null;
  movedTo: Date | null;
  reserved: boolean;
};

type Move = { id: string; was: Date; movedAt: Date };

/** How far back a move still matters to those who come, and how far ahead something may have been put. */
const newsDays = 2;
const backDays = 31;
const aheadDays = 120;
const day = 86_400_000;

/** The moves of a site's sessions: when each was to begin before. */
async function movesAt(ctx: Ctx, siteId: string): Promise<Move[]> {
  const { rows } = await sql<Move>`
    select j.subject_id as id, (j.data ->> 'from')::timestamptz as was, j.recorded_at as "movedAt"
    from session s join journal j on j.subject_id = s.id
    where s.site_id = ${siteId} and s.kind <> 'appointment' and s.status <> 'draft'
      and s.starts_at > ${new Date(ctx.now.getTime() - backDays * day)}
      and s.starts_at < ${new Date(ctx.now.getTime() + aheadDays * day)}
      and j.kind = 'session.moved' and j.data ? 'from'
      and j.occurred_at > ${new Date(ctx.now.getTime() - backDays * day)}
    order by j.occurred_at, j.id`.execute(ctx.db);
  return rows;
}

/**
 * The sessions of a site that are not over in a window, those that were to begin in it included; never an appointment. What is
 * for some only is there too, for they must find their room, but is `reserved` for whoever may not read of it.
 */
export async function boardSessions(
  ctx: Ctx,
  siteId: string,
  from: Date,
  to: Date,
  limit: number,
): Promise<BoardSession[]> {
  const [here, moves] = await Promise.all([
    findSessions(ctx, { from, to, siteId, parts: true, closed: true, limit }),
    movesAt(ctx, siteId),
  ]);
  const ids = new Set(here.map(({ id }) => id));
  const gone = moves.filter(({ id, was }) => !ids.has(id) && was >= from && was < to);
  const elsewhere = await sessionsByIds(ctx, [...new Set(gone.map(({ id }) => id))]);
  const known = elsewhere.map((session) => {
    const { was } = gone.find(({ id }) => id === session.id)!;
    return { at: was, session, was, movedTo: session.start };
  });
  const news = ctx.now.getTime() - newsDays * day;
  const shown = here.map((session) => {
    const was = moves.find((one) => one.id === session.id && one.movedAt.getTime() > news)?.was ?? null;
    return { at: session.start, session, was: was?.getTime() === session.start.getTime() ? null : was, movedTo: null };
  });
  const all = [...shown, ...known];
  const told = await readable(
    ctx,
    all.map(({ session }) => session),
  );
  const names = new Set(told.map(({ id }) => id));
  return all.map((one) => ({ ...one, reserved: !names.has(one.session.id) }));
}
