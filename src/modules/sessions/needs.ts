import { sql } from 'kysely';
import { addMinutes, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { giveBackSessions, holdForSessions, type SessionWant } from '../booking/index.ts';
import type { SessionView } from '../timetable/index.ts';

/** What a session takes beside its own time. */
export type Needs = Span & {
  sessionId: string;
  /** The event it is a part of: what the event holds, it uses. */
  parentId?: string | null;
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

/** The time a session takes, set-up and clean-up included. */
const spanOf = ({
  start,
  end,
  setUpMinutes,
  cleanUpMinutes,
}: Omit<Needs, 'things' | 'leaderIds' | 'sessionId'>): Span => ({
  start: addMinutes(start, -setUpMinutes),
  end: addMinutes(end, cleanUpMinutes),
});

type Use = Span & { sessionId: string; parentId: string | null; resourceId: string };

/** What the events of these parts hold, and what the events' other parts use, as all of it would be. */
async function usesOfEvents(ctx: Ctx, all: readonly Needs[]): Promise<Use[]> {
  const events = [...new Set(all.flatMap((needs) => needs.parentId ?? []))];
  if (events.length === 0) return [];
  const said = new Set(all.map((needs) => needs.sessionId));
  const { rows } = await sql<Needs & { resourceId: string; parentId: string | null }>`
    select s.id as "sessionId", s.parent_id as "parentId", s.starts_at as start, s.ends_at as "end",
      s.set_up_minutes as "setUpMinutes", s.clean_up_minutes as "cleanUpMinutes", t.resource_id as "resourceId"
    from session s join session_thing t on t.session_id = s.id
    where (s.id = any(${events}::uuid[]) or s.parent_id = any(${events}::uuid[]))
      and (s.status = 'published' or (s.status = 'draft' and s.option_until > ${ctx.now}))`.execute(ctx.db);
  return [
    ...rows.filter((row) => !said.has(row.sessionId)).map((row) => ({ ...row, ...spanOf(row) })),
    ...all.flatMap((needs) =>
      needs.things.map(({ resourceId }) => ({
        sessionId: needs.sessionId,
        parentId: needs.parentId ?? null,
        resourceId,
        ...spanOf(needs),
      })),
    ),
  ];
}

/** Whether a part finds its event's own room there, no other part being in it: it takes nothing more. */
function heldByEvent(needs: Needs, resourceId: string, uses: readonly Use[]): boolean {
  const span = spanOf(needs);
  const there = uses.filter((use) => use.resourceId === resourceId && use.sessionId !== needs.sessionId);
  const event = there.some((use) => use.sessionId === needs.parentId && use.start <= span.start && use.end >= span.end);
  return event && !there.some((use) => use.parentId === needs.parentId && use.start < span.end && use.end > span.start);
}

/** Rooms, machines and people wanted, set-up and clean-up included; what is over takes nothing any more. */
export async function wantsOf(ctx: Ctx, all: readonly Needs[]): Promise<SessionWant[]> {
  const helpers = await helpersAmong(
    ctx,
    all.flatMap((needs) => needs.leaderIds),
  );
  const uses = await usesOfEvents(ctx, all);
  return all.flatMap((needs) => {
    const span = { sessionId: needs.sessionId, ...spanOf(needs) };
    if (span.end <= ctx.now) return [];
    const things = needs.things.filter((thing) => !heldByEvent(needs, thing.resourceId, uses));
    return [
      ...things.map((thing) => ({ ...span, ...thing })),
      ...[...new Set(needs.leaderIds)].flatMap((person) => {
        const helperId = helpers.get(person);
        return helperId ? [{ ...span, helperId, people: 1 }] : [];
      }),
    ];
  });
}

export const needsOf = (view: SessionView): Needs => ({
  sessionId: view.id,
  parentId: view.parentId,
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
