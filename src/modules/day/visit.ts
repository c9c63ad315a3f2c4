import { createHash } from 'node:crypto';
import { mustHave } from '../../core/access.ts';
import { dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import type { DaySite } from './day.types.ts';

/** `seen` is the count that stood on the page of whoever tapped: a finger that trembles sends the same one twice. */
export type VisitInput = { site: DaySite; lineId: string; seen: number };

/** The id that one tap gives a visit: drawn from who tapped and what they saw, dated like any other id. */
function tapId(ctx: Ctx, { site, lineId, seen }: VisitInput): string {
  const { start } = wholeDay(dayOf(ctx.now, site.time_zone), site.time_zone);
  const who = ctx.actor.sessionId ?? ctx.actor.personId;
  const bytes = createHash('sha256').update(`visit:${site.id}:${lineId}:${who}:${start.getTime()}:${seen}`).digest();
  // Of two taps in one instant the second sorts after the first, so that it is the first taken back.
  bytes.writeUIntBE(start.getTime() + Math.min(seen, 86_000_000), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Counts somebody who came to a service without giving a name; the same tap sent twice counts once. Returns whether it counted. */
export function countVisit(ctx: Ctx, input: VisitInput): Promise<boolean> {
  const { site, lineId } = input;
  mustHave(ctx.actor, 'team', site.id);
  return atomically(ctx, async (inside) => {
    const lines = inside.db.selectFrom('line').select('id').where('id', '=', lineId);
    if (!isUuid(lineId) || !(await lines.executeTakeFirst())) throw notFound();
    const id = tapId(inside, input);
    const { numInsertedOrUpdatedRows } = await inside.db
      .insertInto('visit')
      .values({ id, site_id: site.id, line_id: lineId, occurred_at: inside.now, recorded_by: inside.actor.personId })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return false;
    await record(inside, { kind: 'visit.counted', subjectKind: 'visit', subjectId: id, data: { lineId } });
    return true;
  });
}

/**
 * Takes back the last visit counted today for a service, a slip of the finger: the journal keeps that it was. When fewer are
 * left than were seen, somebody has just done it.
 */
export function uncountVisit(ctx: Ctx, { site, lineId, seen }: VisitInput): Promise<boolean> {
  mustHave(ctx.actor, 'team', site.id);
  return atomically(ctx, async (inside) => {
    if (!isUuid(lineId)) throw notFound();
    const { start, end } = wholeDay(dayOf(inside.now, site.time_zone), site.time_zone);
    const today = inside.db
      .selectFrom('visit')
      .where('site_id', '=', site.id)
      .where('line_id', '=', lineId)
      .where('occurred_at', '>=', start)
      .where('occurred_at', '<', end);
    const { count } = await today.select((of) => of.fn.countAll<string>().as('count')).executeTakeFirstOrThrow();
    if (Number(count) < seen) return false;
    const last = await today
      .select('id')
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (!last) return false;
    await inside.db.deleteFrom('visit').where('id', '=', last.id).execute();
    await record(inside, { kind: 'visit.uncounted', subjectKind: 'visit', subjectId: last.id, data: { lineId } });
    return true;
  });
}
