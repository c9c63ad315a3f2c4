import { sql, type Updateable } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Database } from '../../core/schema.ts';
import { mustBeTheirs, writeBelongings, zoneOf } from './belongings.ts';
import { columnsOf, fieldsOf } from './columns.ts';
import { type Shift, shiftBetween, shiftWall } from './dates.rules.ts';
import { type PreviewedDate, previewNeeds } from './insert.ts';
import { holdAgain, type Needs, needsOf } from './needs.ts';
import { dateFaults, fieldFaults } from './plan.rules.ts';
import type { SessionFields } from './plan.types.ts';
import { bringSeats } from './seats.ts';
import { sessionsByIds } from './sessions.store.ts';
import type { SessionView } from './sessions.types.ts';
import {
  type Changed,
  changedOf,
  lockTargets,
  mustBe,
  type SessionTarget,
  type Targets,
  targetsOf,
  tellChange,
} from './target.ts';

export type EditInput = SessionTarget & { fields: Partial<SessionFields> };

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
  > & { start?: Date | undefined; end?: Date | undefined; reason?: I18nText | undefined };

const taking = ['things', 'leaderIds', 'setUpMinutes', 'cleanUpMinutes', 'siteId', 'placeKind'] as const;
const places = ['siteId', 'placeKind', 'stopId', 'address', 'onlineUrl'] as const;
const named = (fields: Partial<SessionFields>, keys: readonly (keyof SessionFields)[]): boolean =>
  keys.some((key) => fields[key] !== undefined);

/** A session as it would be, an hour or a room further. */
function amended(view: SessionView, shift: Shift): { start: Date; end: Date; closesAt: Date | null } {
  const move = (at: Date, minutes: number) => shiftWall(at, minutes, view.timeZone);
  return {
    start: move(view.start, shift.start),
    end: move(view.end, shift.end),
    closesAt: view.closesAt && move(view.closesAt, shift.start),
  };
}

/** An event's parts go with it when it moves; they are not its words, nor its rooms. */
const isPart = ({ named, all }: Targets, view: SessionView): boolean =>
  view.id !== named.id && all.some((other) => other.id === view.parentId);

function refuseFaults(ctx: Ctx, targets: Targets, fields: Partial<SessionFields>, shift: Shift): void {
  for (const view of targets.all) {
    const after = amended(view, shift);
    const merged = isPart(targets, view) ? fieldsOf(view) : { ...fieldsOf(view), ...fields };
    const faults = [...fieldFaults({ ...merged, closesAt: fields.closesAt ?? after.closesAt }), ...dateFaults([after])];
    if (faults.length > 0) throw Refusal.all('unprocessable', faults);
    if (shift.start === 0 && shift.end === 0) continue;
    if (view.start <= ctx.now && shift.start !== 0) throw new Refusal('session.begun', 'conflict');
    if (after.end <= ctx.now) throw new Refusal('session.past', 'unprocessable');
  }
}

async function mustStayInside(inside: Ctx, { named, all }: Targets, shift: Shift): Promise<void> {
  if (!named.parentId || (shift.start === 0 && shift.end === 0)) return;
  const [parent] = await sessionsByIds(inside, [named.parentId]);
  for (const view of all) {
    const { start, end } = amended(view, shift);
    if (view.parentId === parent?.id && (start < parent.start || end > parent.end)) {
      throw new Refusal('session.outside_parent', 'unprocessable', { start: parent.start, end: parent.end });
    }
  }
}

type Change = { fields: Partial<SessionFields>; shift: Shift; kind: 'edited' | 'moved'; reason?: I18nText | undefined };

const still: Shift = { start: 0, end: 0 };

async function amend(inside: Ctx, targets: Targets, change: Change): Promise<Changed[]> {
  const { fields, shift } = change;
  for (const view of targets.all) mustBe(inside, view, 'draft', 'published', 'postponed');
  refuseFaults(inside, targets, fields, shift);
  await mustStayInside(inside, targets, shift);
  const moves = shift.start !== 0 || shift.end !== 0;
  const touched = moves ? targets.all : targets.all.filter((view) => !isPart(targets, view));
  const dates = touched.filter((view) => !isPart(targets, view));
  await writeColumns(inside, targets, touched, change);
  await writeBelongings(
    inside,
    dates.map((view) => view.id),
    fields,
  );
  if (fields.seats !== undefined || fields.enrolment) for (const view of dates) await reseat(inside, view, fields);
  const after = await sessionsByIds(
    inside,
    touched.map((view) => view.id),
  );
  if (moves || named(fields, taking)) await holdAgain(inside, after);
  const known = new Map(after.map((view) => [view.id, view]));
  await tellChange(inside, change.kind, touched, {
    reason: change.reason,
    data: (view) => ({
      ...(moves ? { from: view.start, to: known.get(view.id)!.start } : {}),
      fields: isPart(targets, view) ? [] : Object.keys(fields),
    }),
  });
  return changedOf(inside, { ...targets, all: touched });
}

async function writeColumns(
  inside: Ctx,
  targets: Targets,
  touched: readonly SessionView[],
  { fields, shift }: Change,
): Promise<void> {
  const timeZone = fields.siteId ? await zoneOf(inside, fields.siteId) : undefined;
  for (const view of touched) {
    const said = isPart(targets, view) ? {} : fields;
    const after = amended(view, shift);
    const columns: Updateable<Database['session']> = {
      closes_at: after.closesAt,
      ...columnsOf(said),
      // Said for the one named, it closes as long before each of the others.
      ...(said.closesAt ? { closes_at: closingFor(targets.named, view, said.closesAt) } : {}),
      ...(said.seats !== undefined && (said.enrolment ?? view.enrolment) === 'none' ? { seats: null } : {}),
      ...(timeZone ? { time_zone: timeZone } : {}),
      starts_at: after.start,
      ends_at: after.end,
      // Whoever moves it or says how many it takes is asked again when its time comes.
      ...(shift.start !== 0 || said.minimum !== undefined ? { minimum_asked_at: null } : {}),
      version: view.version + 1,
    };
    await inside.db.updateTable('session').set(columns).where('id', '=', view.id).execute();
  }
}

const closingFor = (named: SessionView, view: SessionView, closesAt: Date): Date =>
  shiftWall(closesAt, shiftBetween(named, view, view.timeZone).start, view.timeZone);

async function reseat(inside: Ctx, view: SessionView, fields: Partial<SessionFields>): Promise<void> {
  const enrolment = fields.enrolment ?? view.enrolment;
  if (enrolment === 'none' && view.enrolment !== 'none') await mustHaveNobody(inside, view);
  const seats = enrolment === 'none' ? null : fields.seats === undefined ? view.seats : fields.seats;
  if (seats !== view.seats) await bringSeats(inside, view, seats);
}

async function mustHaveNobody(inside: Ctx, view: SessionView): Promise<void> {
  const { rows } =
    await sql`select from registration where session_id = ${view.id} and status <> 'cancelled' limit 1`.execute(
      inside.db,
    );
  if (rows.length > 0) throw new Refusal('session.has_registrations', 'conflict');
}

/** Changes what is said of a session, what it takes and for whom. Whoever had noted the place is told when it changes. */
export async function editSession(ctx: Ctx, { fields, ...target }: EditInput): Promise<Changed[]> {
  await mustBeTheirs(ctx, fields);
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, target, true);
    const kind = movesPlace(targets.named, fields) ? 'moved' : 'edited';
    const changed = await amend(inside, targets, { fields, shift: still, kind });
    await raisedSeats(inside, targets, fields);
    return changed;
  });
}

const movesPlace = (view: SessionView, fields: Partial<SessionFields>): boolean => {
  const before = fieldsOf(view);
  return places.some((key) => fields[key] !== undefined && JSON.stringify(fields[key]) !== JSON.stringify(before[key]));
};

/** Those who wait are served by whoever listens to seats. */
async function raisedSeats(inside: Ctx, targets: Targets, fields: Partial<SessionFields>): Promise<void> {
  if (fields.seats === undefined && !fields.enrolment) return;
  const raised = targets.all.filter(
    (view) => !isPart(targets, view) && (fields.seats == null || view.seats === null || fields.seats > view.seats),
  );
  const after = await sessionsByIds(
    inside,
    raised.map((view) => view.id),
  );
  await tellChange(inside, 'seats', after, { data: (view) => ({ seats: view.seats }) });
}

/** Says how many seats there are; raised, those who wait come first; lowered, never below what is taken. */
export function setSeats(ctx: Ctx, { seats, ...target }: SessionTarget & { seats: number | null }): Promise<Changed[]> {
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, target, true);
    const dates = { ...targets, all: targets.all.filter((view) => !isPart(targets, view)) };
    for (const view of dates.all) {
      mustBe(inside, view, 'draft', 'published', 'postponed');
      if (view.enrolment === 'none') throw new Refusal('session.no_registration', 'conflict');
      const faults = fieldFaults({ ...fieldsOf(view), seats });
      if (faults.length > 0) throw Refusal.all('unprocessable', faults);
      await bringSeats(inside, view, seats);
      const columns = { seats, version: view.version + 1 };
      await inside.db.updateTable('session').set(columns).where('id', '=', view.id).execute();
    }
    await tellChange(inside, 'seats', dates.all, { data: (view) => ({ from: view.seats, to: seats }) });
    return changedOf(inside, dates);
  });
}

function changeOf(view: SessionView, input: MoveInput): Change {
  const { session: _session, version: _version, scope: _scope, start, end, reason, ...fields } = input;
  const after = { start: start ?? view.start, end: end ?? lasting(view, start) };
  return { fields, shift: shiftBetween(view, after, view.timeZone), kind: 'moved', reason };
}

const lasting = (view: SessionView, start: Date | undefined): Date =>
  start ? new Date(start.getTime() + view.end.getTime() - view.start.getTime()) : view.end;

/** The move itself, in the caller's transaction and at the caller's word that it may be done. */
export function moveInside(ctx: Ctx, input: MoveInput): Promise<Changed[]> {
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, input, false);
    return amend(inside, targets, changeOf(targets.named, input));
  });
}

/** Moves a session, or the dates of its series by as much on the wall clock: what it takes is taken anew, all or nothing. */
export async function moveSession(ctx: Ctx, input: MoveInput): Promise<Changed[]> {
  await mustBeTheirs(ctx, input);
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, input, true);
    return amend(inside, targets, changeOf(targets.named, input));
  });
}

/** What would stand in the way of a move or of other rooms, date by date, with what is free instead; nothing is kept. */
export async function previewMove(ctx: Ctx, input: MoveInput): Promise<PreviewedDate[]> {
  await mustBeTheirs(ctx, input);
  const targets = await targetsOf(ctx, input);
  const { fields, shift } = changeOf(targets.named, input);
  refuseFaults(ctx, targets, fields, shift);
  const needs = targets.all.map((view): Needs => {
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
  return previewNeeds(
    ctx,
    needs,
    targets.all.map((view) => view.id),
  );
}
