import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { instant, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';

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

export type WalkInInput = z.input<typeof walkInSchema>;

/** Counts somebody who came without a name, by service and age band at most. Returns the id; the same id twice counts once. */
export function walkIn(ctx: Ctx, given: WalkInInput): Promise<string> {
  const input = walkInSchema.parse(given);
  mustHave(ctx.actor, 'team', input.siteId);
  return atomically(ctx, async (inside) => {
    await mustBelong(inside, input);
    const id = input.id ?? newId();
    const occurredAt = input.occurredAt ?? inside.now;
    if (occurredAt > addMinutes(inside.now, 15)) throw new Refusal('attendance.ahead', 'unprocessable');
    const { numInsertedOrUpdatedRows } = await inside.db
      .insertInto('visit')
      .values({
        id,
        site_id: input.siteId,
        session_id: input.sessionId ?? null,
        stop_id: input.stopId ?? null,
        line_id: input.lineId ?? null,
        age_band: input.ageBand,
        occurred_at: occurredAt,
        recorded_at: inside.now,
        recorded_by: inside.actor.personId,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) {
      const data = { sessionId: input.sessionId ?? null, ageBand: input.ageBand };
      await record(inside, { kind: 'visit.counted', subjectKind: 'visit', subjectId: id, occurredAt, data });
    }
    return id;
  });
}

async function mustBelong(ctx: Ctx, { siteId, sessionId, stopId, lineId }: z.output<typeof walkInSchema>) {
  const own = async (table: 'session' | 'stop', id: string | undefined) => {
    if (!id) return;
    const rows = ctx.db.selectFrom(table).select('id').where('id', '=', id).where('site_id', '=', siteId);
    if (!(await rows.executeTakeFirst())) throw notFound();
  };
  await own('session', sessionId);
  await own('stop', stopId);
  const line = ctx.db.selectFrom('line').select('id');
  if (lineId && !(await line.where('id', '=', lineId).executeTakeFirst())) throw notFound();
}

/** Takes back somebody counted by mistake: the row stays, said to be withdrawn, and no longer counts. */
export function withdrawWalkIn(ctx: Ctx, visitId: string): Promise<void> {
  return atomically(ctx, async (inside) => {
    const visits = inside.db.selectFrom('visit').select(['id', 'site_id', 'withdrawn_at']).where('id', '=', visitId);
    const visit = await visits.forUpdate().executeTakeFirst();
    if (!visit) throw notFound();
    mustHave(inside.actor, 'team', visit.site_id);
    if (visit.withdrawn_at) return;
    const set = { withdrawn_at: inside.now, withdrawn_by: inside.actor.personId };
    await inside.db.updateTable('visit').set(set).where('id', '=', visit.id).execute();
    await record(inside, { kind: 'visit.withdrawn', subjectKind: 'visit', subjectId: visit.id });
  });
}
