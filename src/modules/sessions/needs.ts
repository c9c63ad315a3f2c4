import { sql } from 'kysely';
import { addMinutes, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { giveBackSessions, holdForSessions, type SessionWant } from '../booking/index.ts';
import type { SessionView } from './sessions.types.ts';

/** What a session takes beside its own time. */
export type Needs = Span & {
  sessionId: string;
  setUpMinutes: number;
  cleanUpMinutes: number;
  things: readonly { resourceId: string; people: number }[];
  leaderIds: readonly string[];
};

/** The helpers among some persons: only their time is kept like a room's. */
async function helpersAmong(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('helper')
    .select(['id', 'person_id'])
    .where(sql<boolean>`person_id = any(${[...new Set(personIds)]}::uuid[])`)
    .where('archived_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.id]));
}

/** Rooms, machines and people wanted, set-up and clean-up included; what is over takes nothing any more. */
export async function wantsOf(ctx: Ctx, all: readonly Needs[]): Promise<SessionWant[]> {
  const helpers = await helpersAmong(
    ctx,
    all.flatMap((needs) => needs.leaderIds),
  );
  return all.flatMap((needs) => {
    const span = {
      sessionId: needs.sessionId,
      start: addMinutes(needs.start, -needs.setUpMinutes),
      end: addMinutes(needs.end, needs.cleanUpMinutes),
    };
    if (span.end <= ctx.now) return [];
    return [
      ...needs.things.map((thing) => ({ ...span, ...thing })),
      ...[...new Set(needs.leaderIds)].flatMap((person) => {
        const helperId = helpers.get(person);
        return helperId ? [{ ...span, helperId, people: 1 }] : [];
      }),
    ];
  });
}

export const needsOf = (view: SessionView): Needs => ({
  sessionId: view.id,
  start: view.start,
  end: view.end,
  setUpMinutes: view.setUpMinutes,
  cleanUpMinutes: view.cleanUpMinutes,
  things: view.things.map(({ id, people }) => ({ resourceId: id, people })),
  leaderIds: view.leaders.map(({ id }) => id),
});

/** Until when a session keeps what it needs: for good, as an option, or not at all. */
function keeps(ctx: Ctx, { status, optionUntil }: SessionView): Date | null | undefined {
  if (status === 'published') return null;
  return status === 'draft' && optionUntil && optionUntil > ctx.now ? optionUntil : undefined;
}

/**
 * Takes anew what these sessions need as they now stand, all of it or nothing. What they held before is given back under the
 * same locks: two that exchange their rooms never wait for one another in a ring.
 */
export async function holdAgain(inside: Ctx, views: readonly SessionView[]): Promise<void> {
  let instead = views.map((view) => view.id);
  const held = Map.groupBy(
    views.filter((view) => keeps(inside, view) !== undefined),
    (view) => keeps(inside, view)?.getTime() ?? null,
  );
  for (const [until, those] of held) {
    const wants = await wantsOf(inside, those.map(needsOf));
    if (wants.length === 0) continue;
    await holdForSessions(inside, wants, { instead, optionUntil: until === null ? null : new Date(until) });
    instead = [];
  }
  await giveBackSessions(inside, instead);
}
