import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { lockSessions } from '../booking/index.ts';
import { type SessionView, sessionsByIds, shiftBetween } from '../timetable/index.ts';
import { amend, amended, type Change, isPart, refuseFaults, saidOf } from './amend.ts';
import { mustBeTheirs } from './belongings.ts';
import { type PreviewedDate, previewNeeds } from './insert.ts';
import { type Needs, needsOf } from './needs.ts';
import type { SessionFields } from './plan.types.ts';
import { type Changed, lockTargets, type SessionTarget, type Targets, targetsOf, tellChange } from './target.ts';

/** What one date of a series does otherwise than the others: it stays, takes other things, or begins at another instant. */
export type DateApart = { stays?: true; things?: SessionFields['things']; start?: Date | undefined };

/** When and where a session goes; what is left out stays as it is. The other dates asked for go as far on the wall clock. */
export type MoveInput = SessionTarget &
  Pick<
    Partial<SessionFields>,
    | 'things'
    | 'leaderIds'
    | 'placeKind'
    | 'siteId'
    | 'stopId'
    | 'address'
    | 'onlineUrl'
    | 'setUpMinutes'
    | 'cleanUpMinutes'
  > & {
    start?: Date | undefined;
    end?: Date | undefined;
    reason?: I18nText | undefined;
    /** By the id of a session. */
    apart?: ReadonlyMap<string, DateApart> | undefined;
  };

function changeOf(named: SessionView, input: MoveInput): Change {
  const { session: _session, version: _version, scope: _scope, start, end, reason, apart, ...fields } = input;
  const after = { start: start ?? named.start, end: end ?? lasting(named, start) };
  const shift = shiftBetween(named, after, named.timeZone);
  return {
    reason,
    of: (view) => {
      const own = apart?.get(view.id);
      const things = own?.things && { things: own.things };
      if (!own?.start) return { fields: { ...fields, ...things }, shift };
      const length = after.end.getTime() - after.start.getTime();
      const span = { start: own.start, end: new Date(own.start.getTime() + length) };
      return { fields: { ...fields, ...things }, shift: shiftBetween(view, span, view.timeZone) };
    },
  };
}

const lasting = (view: SessionView, start: Date | undefined): Date =>
  start ? new Date(start.getTime() + view.end.getTime() - view.start.getTime()) : view.end;

/** The dates that go; the parts of one that stays stay with it. */
function going({ named, all }: Targets, { apart }: MoveInput): Targets {
  const stays = (id: string | null): boolean => id !== null && apart?.get(id)?.stays === true;
  const left = all.filter((view) => !stays(view.id) && !stays(view.parentId));
  if (left.length === 0) throw new Refusal('session.none_left', 'unprocessable');
  return { named, all: left };
}

const everyThing = (input: MoveInput): Partial<SessionFields> => ({
  ...input,
  things: [...(input.things ?? []), ...[...(input.apart?.values() ?? [])].flatMap((one) => one.things ?? [])],
});

function move(ctx: Ctx, input: MoveInput, access: boolean): Promise<Changed[]> {
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, input, access);
    return amend(inside, going(targets, input), changeOf(targets.named, input));
  });
}

/** The move itself, in the caller's transaction and at the caller's word that it may be done. */
export const moveInside = (ctx: Ctx, input: MoveInput): Promise<Changed[]> => move(ctx, input, false);

/** Moves a session, or the dates of its series by as much on the wall clock: what it takes is taken anew, all or nothing. */
export async function moveSession(ctx: Ctx, input: MoveInput): Promise<Changed[]> {
  await mustBeTheirs(ctx, everyThing(input));
  return move(ctx, input, true);
}

/** Tells those who come that the place itself changed (a stop went to another square), in the caller's transaction. */
export async function movedWithTheirPlace(
  inside: Ctx,
  sessionIds: readonly string[],
  reason?: I18nText | undefined,
): Promise<void> {
  if (sessionIds.length === 0) return;
  await lockSessions(inside, sessionIds);
  const views = await sessionsByIds(inside, sessionIds);
  await inside.db
    .updateTable('session')
    .set((set) => ({ version: set('version', '+', 1) }))
    .where(sql<boolean>`id = any(${[...sessionIds]}::uuid[])`)
    .execute();
  await tellChange(inside, 'moved', views, { reason, what: () => ['place'], data: () => ({ fields: ['stop'] }) });
}

/** A date as a move would make it; it is told by the session that goes there. */
export type PreviewedMove = PreviewedDate & { sessionId: string };

/** What would stand in the way of a move or of other rooms, date by date, with what is free instead; nothing is kept. */
export async function previewMove(ctx: Ctx, input: MoveInput): Promise<PreviewedMove[]> {
  await mustBeTheirs(ctx, everyThing(input));
  const targets = going(await targetsOf(ctx, input), input);
  const change = changeOf(targets.named, input);
  refuseFaults(ctx, targets, change);
  const needs = targets.all.map((view): Needs => {
    const { fields, shift } = saidOf(targets, change, view);
    const { start, end } = amended(view, shift);
    const own = needsOf(view);
    if (isPart(targets, view)) return { ...own, start, end };
    return {
      ...own,
      start,
      end,
      setUpMinutes: fields.setUpMinutes ?? own.setUpMinutes,
      cleanUpMinutes: fields.cleanUpMinutes ?? own.cleanUpMinutes,
      things: fields.things ?? own.things,
      leaderIds: fields.leaderIds ?? own.leaderIds,
    };
  });
  const dates = await previewNeeds(
    ctx,
    needs,
    targets.all.map((view) => view.id),
  );
  return dates.map((date, index) => ({ ...date, sessionId: needs[index]!.sessionId }));
}
