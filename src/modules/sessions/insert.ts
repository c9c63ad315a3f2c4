import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { newId, newReference } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { type Clash, holdForSessions, lockSessions, previewHolding } from '../booking/index.ts';
import { sessionsByIds, shiftBetween, shiftWall } from '../timetable/index.ts';
import { mustBeTheirs, writeBelongings, zoneOf } from './belongings.ts';
import { columnsOf } from './columns.ts';
import { type Needs, wantsOf } from './needs.ts';
import { mustFitParent } from './parents.ts';
import { dateFaults, fieldFaults } from './plan.rules.ts';
import type { PlanInput, Planned, PlannedSpan } from './plan.types.ts';
import { makeSeats } from './seats.ts';
import { mustFindTheBus } from './stops.ts';

type Made = Planned['sessions'][number] & Pick<PlannedSpan, 'things'>;

const needsOfPlan = (input: PlanInput, { id, start, end, things }: Omit<Made, 'reference'>): Needs => ({
  sessionId: id,
  parentId: input.parentId ?? null,
  start,
  end,
  setUpMinutes: input.setUpMinutes ?? 0,
  cleanUpMinutes: input.cleanUpMinutes ?? 0,
  things: things ?? input.things ?? [],
  leaderIds: input.leaderIds ?? [],
});

/** Refuses a plan that makes no sense, every reason at once. */
export function refuseFaults(input: PlanInput): void {
  const faults = [...fieldFaults(input), ...dateFaults(input.dates)];
  if (faults.length > 0) throw Refusal.all('unprocessable', faults);
}

/**
 * Writes sessions and takes what they need, all dates or none, in the caller's transaction. Whether the caller may is theirs to
 * say. A draft takes nothing unless it is given until when.
 */
export function insertSessions(ctx: Ctx, input: PlanInput): Promise<Planned> {
  return atomically(ctx, async (inside) => {
    refuseFaults(input);
    const timeZone = await zoneOf(inside, input.siteId);
    if (input.parentId) {
      // Two parts made at once must see each other: the rooms of their event are theirs in turn.
      await lockSessions(inside, [input.parentId]);
      await mustFitParent(inside, input.parentId, input.dates);
    }
    const sessions = input.dates.map((date): Made => ({ id: newId(), reference: newReference(), ...date }));
    const seriesId = await seriesOf(inside, input);
    await writeSessions(inside, input, { sessions, seriesId, timeZone });
    if (input.publish || input.optionUntil) {
      const wants = await wantsOf(
        inside,
        sessions.map((made) => needsOfPlan(input, made)),
      );
      if (wants.length > 0) {
        await holdForSessions(inside, wants, { optionUntil: input.publish ? null : (input.optionUntil ?? null) });
      }
    }
    if (input.placeKind === 'stop') {
      const ids = sessions.map(({ id }) => id);
      await mustFindTheBus(inside, await sessionsByIds(inside, ids));
    }
    await record(
      inside,
      ...sessions.map(({ id, start, end }) => ({
        kind: input.publish ? 'session.published' : 'session.planned',
        subjectKind: 'session',
        subjectId: id,
        data: { start, end, ...(seriesId ? { seriesId } : {}) },
      })),
    );
    return { seriesId, sessions: sessions.map(({ things: _things, ...made }) => made) };
  });
}

async function seriesOf(inside: Ctx, input: PlanInput): Promise<string | null> {
  if (input.dates.length < 2 && !input.series) return null;
  const id = newId();
  await inside.db
    .insertInto('session_series')
    .values({
      id,
      site_id: input.siteId,
      enrolment: input.series?.enrolment ?? 'date',
      pattern: JSON.stringify(input.series?.pattern ?? {}),
      created_by: inside.actor.personId,
      created_at: inside.now,
    })
    .execute();
  return id;
}

async function writeSessions(
  inside: Ctx,
  input: PlanInput,
  { sessions, seriesId, timeZone }: { sessions: readonly Made[]; seriesId: string | null; timeZone: string },
): Promise<void> {
  const first = input.dates[0]!;
  const rows = sessions.map((made) => ({
    ...columnsOf(input),
    kind: input.kind,
    title: JSON.stringify(input.title),
    site_id: input.siteId,
    id: made.id,
    reference: made.reference,
    series_id: seriesId,
    starts_at: made.start,
    ends_at: made.end,
    time_zone: timeZone,
    // Said for the first date, it closes as long before each of the others.
    closes_at: input.closesAt
      ? shiftWall(input.closesAt, shiftBetween(first, made, timeZone).start, timeZone)
      : (input.closesAt ?? null),
    status: input.publish ? ('published' as const) : ('draft' as const),
    option_until: input.publish ? null : (input.optionUntil ?? null),
    published_at: input.publish ? inside.now : null,
    channel: input.channel ?? 'web',
    demonstration: input.channel === 'demonstration',
    created_by: inside.actor.personId,
    created_at: inside.now,
  }));
  await inside.db.insertInto('session').values(rows).execute();
  const ids = sessions.map(({ id }) => id);
  await writeBelongings(inside, ids, input, true);
  for (const { id, things } of sessions) if (things) await writeBelongings(inside, [id], { things });
  if (input.enrolment !== 'none' && input.seats) await makeSeats(inside, ids, input.seats);
}

/** Plans sessions for a site's team. */
export async function planSessions(ctx: Ctx, input: PlanInput): Promise<Planned> {
  await mustBeTheirs(ctx, withEveryThing(input));
  mustBeToCome(ctx, input);
  return insertSessions(ctx, input);
}

const withEveryThing = (input: PlanInput): PlanInput => ({
  ...input,
  things: [...(input.things ?? []), ...input.dates.flatMap((date) => date.things ?? [])],
});

function mustBeToCome(ctx: Ctx, { dates, optionUntil }: PlanInput): void {
  if (dates.some(({ end }) => end <= ctx.now)) throw new Refusal('session.past', 'unprocessable');
  if (optionUntil && optionUntil <= ctx.now) throw new Refusal('session.option_past', 'unprocessable');
}

export type PreviewedDate = { start: Date; end: Date; ok: boolean; clashes: Clash[] };

/**
 * Each date of a plan with what stands in its way, what the team should know, and what is free instead. Nothing is kept.
 * `instead` names sessions that would give back what they hold.
 */
export async function previewPlan(
  ctx: Ctx,
  input: PlanInput,
  instead: readonly string[] = [],
): Promise<PreviewedDate[]> {
  await mustBeTheirs(ctx, withEveryThing(input));
  refuseFaults(input);
  if (input.parentId) await mustFitParent(ctx, input.parentId, input.dates);
  const dates = input.dates.map((date) => ({ id: newId(), ...date }));
  return previewNeeds(
    ctx,
    dates.map((date) => needsOfPlan(input, date)),
    instead,
  );
}

/** The same for sessions as they would become. */
export async function previewNeeds(
  ctx: Ctx,
  all: readonly Needs[],
  instead: readonly string[],
): Promise<PreviewedDate[]> {
  const wants = await wantsOf(ctx, all);
  const clashes = wants.length > 0 ? await previewHolding(ctx, wants, instead) : [];
  return all.map((needs) => {
    const own = clashes.filter((clash) => clash.sessionId === needs.sessionId).map((clash) => withoutOwn(clash, needs));
    return { start: needs.start, end: needs.end, ok: own.every((clash) => clash.reasons.length === 0), clashes: own };
  });
}

/** What this session already asks for is no alternative to another of its rooms. */
function withoutOwn(clash: Clash, needs: Needs): Clash {
  const from = addMinutes(needs.start, -needs.setUpMinutes).getTime();
  const asked = new Set(needs.things.map((thing) => thing.resourceId));
  const alternatives = clash.alternatives.filter((one) => !asked.has(one.resourceId) || one.start.getTime() !== from);
  return { ...clash, alternatives };
}
