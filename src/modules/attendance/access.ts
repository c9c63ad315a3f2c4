import { has } from '../../core/access.ts';
import { addMinutes, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';

/** How long before it begins people may say that they are there, and whoever leads it may open its list. */
export const earlyMinutes = 60;
/** How long whoever leads a session may put its list right. */
const lateMinutes = 7 * 1440;

type Led = Span & { siteId: string; leaderIds: readonly string[] };

/** Whether one leads a session and it is about to begin, goes on or has just been: a trainer from elsewhere has no other role. */
export const leadsNow = ({ actor, now }: Ctx, { leaderIds, start, end }: Led): boolean =>
  actor.personId !== null &&
  leaderIds.includes(actor.personId) &&
  now >= addMinutes(start, -earlyMinutes) &&
  now <= addMinutes(end, lateMinutes);

/** Whether one may open the list of a session and mark who is there: its site's team, and who leads it in its time. */
export const mayMark = (ctx: Ctx, session: Led): boolean =>
  has(ctx.actor, 'team', session.siteId) || leadsNow(ctx, session);
