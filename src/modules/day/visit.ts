import { mustHave } from '../../core/access.ts';
import { dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { ageBands, tapId, walkIn, withdrawWalkIn } from '../attendance/index.ts';
import type { DaySite } from './day.types.ts';

export type VisitInput = {
  site: DaySite;
  lineId: string;
  /** The number that stood on the page of whoever tapped: a finger that trembles sends the same one twice. */
  seen: number;
  /** Their age, where it was asked. */
  age?: string | undefined;
};

/** Counts somebody who came to a service without giving a name; the same tap sent twice counts once. */
export async function countVisit(ctx: Ctx, { site, lineId, seen, age = 'unsaid' }: VisitInput): Promise<void> {
  mustHave(ctx.actor, 'team', site.id);
  const ageBand = ageBands.find((band) => band === age);
  if (!isUuid(lineId) || !ageBand) throw notFound();
  const { start } = wholeDay(dayOf(ctx.now, site.time_zone), site.time_zone);
  await walkIn(ctx, {
    id: tapId(ctx, `${site.id}:${lineId}:${ageBand}`, start, seen),
    siteId: site.id,
    lineId,
    ageBand,
  });
}

/**
 * Takes back the last visit counted today for a service, a slip of the finger: its row stays, said to be withdrawn. When fewer
 * are left than were seen, somebody has just done it. Those counted at a session are taken back on its list.
 */
export function uncountVisit(ctx: Ctx, { site, lineId, seen }: VisitInput): Promise<void> {
  mustHave(ctx.actor, 'team', site.id);
  return atomically(ctx, async (inside) => {
    if (!isUuid(lineId)) throw notFound();
    const { start, end } = wholeDay(dayOf(inside.now, site.time_zone), site.time_zone);
    const today = inside.db
      .selectFrom('visit')
      .where('site_id', '=', site.id)
      .where('line_id', '=', lineId)
      .where('occurred_at', '>=', start)
      .where('occurred_at', '<', end)
      .where('withdrawn_at', 'is', null);
    const last = await today
      .select('id')
      .where('session_id', 'is', null)
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    const { count } = await today.select((of) => of.fn.countAll<string>().as('count')).executeTakeFirstOrThrow();
    if (last && Number(count) >= seen) await withdrawWalkIn(inside, last.id);
  });
}
