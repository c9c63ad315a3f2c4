import { sql } from 'kysely';
import { z } from 'zod';
import { has, mustHave } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { isUuid, newId } from '../../core/ids.ts';
import { instant, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import type { AgeBand, SessionStatus } from '../../core/schema.ts';
import { earlyMinutes, leadsNow } from './access.ts';

/** The eight bands of the national record of digital help: nothing finer is ever asked of somebody without a name. */
export const ageBands = ['under_12', '12_18', '18_24', '25_39', '40_59', '60_69', '70_over', 'unsaid'] as const;

export const walkInSchema = z.object({
  /** Made by the phone that wrote it down, so that it is counted once however often it is sent. */
  id: uuid.optional(),
  siteId: uuid,
  sessionId: uuid.optional(),
  stopId: uuid.optional(),
  lineId: uuid.optional(),
  ageBand: z.enum(ageBands).default('unsaid'),
  occurredAt: instant.optional(),
});

export type WalkInInput = Omit<z.output<typeof walkInSchema>, 'ageBand'> & { ageBand?: AgeBand | undefined };

/** Counts somebody who came without a name, by service and age band at most. Returns the id; the same id twice counts once. */
export function walkIn(ctx: Ctx, input: WalkInInput): Promise<string> {
  const ageBand = input.ageBand ?? 'unsaid';
  const team = has(ctx.actor, 'team', input.siteId);
  if (!team && !input.sessionId) throw notFound();
  return atomically(ctx, async (inside) => {
    const session = await mustBelong(inside, input);
    if (!team && !(session && leadsNow(inside, session))) throw notFound();
    const id = input.id ?? newId();
    // Counted when all is over, they came while it went on.
    const now = session && session.end < inside.now ? session.end : inside.now;
    const occurredAt = input.occurredAt ?? now;
    if (occurredAt > addMinutes(inside.now, 15)) throw new Refusal('attendance.ahead', 'unprocessable');
    const { numInsertedOrUpdatedRows } = await inside.db
      .insertInto('visit')
      .values({
        id,
        site_id: input.siteId,
        session_id: input.sessionId ?? null,
        stop_id: input.stopId ?? session?.stopId ?? null,
        line_id: input.lineId ?? session?.lineId ?? null,
        age_band: ageBand,
        occurred_at: occurredAt,
        recorded_at: inside.now,
        recorded_by: inside.actor.personId,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) {
      const data = { sessionId: input.sessionId ?? null, ageBand };
      await record(inside, { kind: 'visit.counted', subjectKind: 'visit', subjectId: id, occurredAt, data });
    } else {
      const known = inside.db.selectFrom('visit').select('id').where('id', '=', id).where('site_id', '=', input.siteId);
      if (!(await known.executeTakeFirst())) throw notFound();
    }
    return id;
  });
}

type Gathering = {
  siteId: string;
  lineId: string | null;
  stopId: string | null;
  start: Date;
  end: Date;
  leaderIds: string[];
};

/** What is named must be this site's; a session tells the service and the stop, and takes people when it is about to begin. */
async function mustBelong(
  ctx: Ctx,
  { siteId, sessionId, stopId, lineId }: WalkInInput,
): Promise<Gathering | undefined> {
  const { db } = ctx;
  if (stopId) {
    const stops = db.selectFrom('stop').select('id').where('id', '=', stopId).where('site_id', '=', siteId);
    if (!(await stops.executeTakeFirst())) throw notFound();
  }
  const line = db.selectFrom('line').select('id');
  if (lineId && !(await line.where('id', '=', lineId).executeTakeFirst())) throw notFound();
  if (!sessionId) return undefined;
  const session = await gatheringOf(ctx, sessionId);
  if (session?.siteId !== siteId) throw notFound();
  if (session.status !== 'published') throw new Refusal('attendance.not_held', 'conflict');
  if (ctx.now < addMinutes(session.start, -earlyMinutes)) {
    throw new Refusal('attendance.not_yet', 'conflict', { start: session.start });
  }
  return session;
}

async function gatheringOf(ctx: Ctx, sessionId: string) {
  const { rows } = await sql<Gathering & { status: SessionStatus }>`
    select s.site_id as "siteId", s.status, s.line_id as "lineId", s.stop_id as "stopId", s.starts_at as start,
      s.ends_at as "end", array(select d.person_id::text from session_leader d where d.session_id = s.id) as "leaderIds"
    from session s where s.id = ${sessionId}`.execute(ctx.db);
  return rows[0];
}

/** Takes back somebody counted by mistake: the row stays, said to be withdrawn, and no longer counts. */
export function withdrawWalkIn(ctx: Ctx, visitId: string): Promise<void> {
  return atomically(ctx, async (inside) => {
    if (!isUuid(visitId)) throw notFound();
    const visits = inside.db
      .selectFrom('visit')
      .select(['id', 'site_id', 'session_id', 'withdrawn_at'])
      .where('id', '=', visitId);
    const visit = await visits.forUpdate().executeTakeFirst();
    if (!visit) throw notFound();
    const session = visit.session_id ? await gatheringOf(inside, visit.session_id) : undefined;
    if (!session || !leadsNow(inside, session)) mustHave(inside.actor, 'team', visit.site_id);
    if (visit.withdrawn_at) return;
    const set = { withdrawn_at: inside.now, withdrawn_by: inside.actor.personId };
    await inside.db.updateTable('visit').set(set).where('id', '=', visit.id).execute();
    await record(inside, { kind: 'visit.withdrawn', subjectKind: 'visit', subjectId: visit.id });
  });
}
