import { sql, type Updateable } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Database } from '../../core/schema.ts';
import {
  isMove,
  mattersBetween,
  mustBeTold,
  type SessionView,
  type Shift,
  sessionsByIds,
  shiftBetween,
  shiftWall,
  wasAndIs,
} from '../timetable/index.ts';
import { writeBelongings, zoneOf } from './belongings.ts';
import { columnsOf, fieldsOf } from './columns.ts';
import { holdAgain } from './needs.ts';
import { mustFitParent } from './parents.ts';
import { dateFaults, fieldFaults } from './plan.rules.ts';
import type { SessionFields } from './plan.types.ts';
import { bringSeats } from './seats.ts';
import { mustFindTheBus } from './stops.ts';
import { type Changed, changedOf, mustBe, type Targets, tellChange } from './target.ts';

const taking = ['things', 'leaderIds', 'setUpMinutes', 'cleanUpMinutes', 'siteId', 'placeKind'] as const;
const named = (fields: Partial<SessionFields>, keys: readonly (keyof SessionFields)[]): boolean =>
  keys.some((key) => fields[key] !== undefined);

/** What is said anew of one session, and how far it goes on the wall clock. */
export type Said = { fields: Partial<SessionFields>; shift: Shift };

/** A change of sessions; `of` says it for each, parts of events aside. */
export type Change = {
  of: (view: SessionView) => Said;
  reason?: I18nText | undefined;
  /** What need not be told (a word put right) is told where this is true, what must be is not where it is false. */
  tell?: boolean | undefined;
};

export const still: Shift = { start: 0, end: 0 };
const moves = ({ start, end }: Shift): boolean => start !== 0 || end !== 0;

/** A session as it would be, an hour or a room further. */
export function amended(view: SessionView, shift: Shift): { start: Date; end: Date; closesAt: Date | null } {
  const move = (at: Date, minutes: number) => shiftWall(at, minutes, view.timeZone);
  return {
    start: move(view.start, shift.start),
    end: move(view.end, shift.end),
    closesAt: view.closesAt && move(view.closesAt, shift.start),
  };
}

/** An event's parts go with it when it moves; they are not its words, nor its rooms. */
export const isPart = ({ named, all }: Targets, view: SessionView): boolean =>
  view.id !== named.id && all.some((other) => other.id === view.parentId);

/** What a change is for one of its targets: a part goes as far as its event, and nothing else of it changes. */
export function saidOf(targets: Targets, { of }: Change, view: SessionView): Said {
  if (!isPart(targets, view)) return of(view);
  return { fields: {}, shift: of(targets.all.find((other) => other.id === view.parentId)!).shift };
}

/** Refuses a change that makes no sense, every reason at once. */
export function refuseFaults(ctx: Ctx, targets: Targets, change: Change): void {
  for (const view of targets.all) {
    const { fields, shift } = saidOf(targets, change, view);
    const after = amended(view, shift);
    const merged = { ...fieldsOf(view), ...fields };
    const faults = [...fieldFaults({ ...merged, closesAt: fields.closesAt ?? after.closesAt }), ...dateFaults([after])];
    if (faults.length > 0) throw Refusal.all('unprocessable', faults);
    if (!moves(shift)) continue;
    if (view.start <= ctx.now && shift.start !== 0) throw new Refusal('session.begun', 'conflict');
    if (after.end <= ctx.now) throw new Refusal('session.past', 'unprocessable');
  }
}

async function mustStayInside(inside: Ctx, targets: Targets, change: Change): Promise<void> {
  const { parentId } = targets.named;
  if (!parentId || targets.all.some((view) => view.id === parentId)) return;
  const parts = targets.all.filter((view) => view.parentId === parentId && moves(change.of(view).shift));
  const spans = parts.map((view) => amended(view, change.of(view).shift));
  if (spans.length > 0) await mustFitParent(inside, parentId, spans);
}

/** Changes sessions under their locks; whoever had noted what changes is told, each once. */
export async function amend(inside: Ctx, targets: Targets, change: Change): Promise<Changed[]> {
  for (const view of targets.all) mustBe(inside, view, 'draft', 'published', 'postponed');
  refuseFaults(inside, targets, change);
  await mustStayInside(inside, targets, change);
  const said = new Map(targets.all.map((view) => [view.id, saidOf(targets, change, view)]));
  const of = (view: SessionView): Said => said.get(view.id)!;
  const touched = targets.all.filter((view) => !isPart(targets, view) || moves(of(view).shift));
  await writeColumns(inside, targets, touched, of);
  await writeAllBelongings(inside, touched, of);
  for (const view of touched) await reseat(inside, view, of(view).fields);
  const idsOf = (views: readonly SessionView[]) => views.map((view) => view.id);
  const after = new Map((await sessionsByIds(inside, idsOf(touched))).map((view) => [view.id, view]));
  const anew = touched.filter((view) => moves(of(view).shift) || named(of(view).fields, taking));
  if (anew.length > 0) {
    // Parts stand in their event's rooms: where those change, they take what the event no longer holds.
    const parts = targets.all.filter((view) => isPart(targets, view) && !anew.includes(view));
    await holdAgain(
      inside,
      [...anew, ...parts].map((view) => after.get(view.id) ?? view),
    );
  }
  const differs = new Map(touched.map((view) => [view.id, mattersBetween(view, after.get(view.id)!)]));
  const what = (view: SessionView) => differs.get(view.id)!;
  const elsewhere = touched.filter((view) => what(view).includes('time') || what(view).includes('place'));
  await mustFindTheBus(
    inside,
    elsewhere.map((view) => after.get(view.id)!),
  );
  const all = touched.flatMap(what);
  await tellChange(inside, isMove(all) ? 'moved' : 'edited', touched, {
    reason: change.reason,
    tell: change.tell ?? mustBeTold(all),
    what,
    data: (view) => ({
      ...(moves(of(view).shift) ? { from: view.start, to: after.get(view.id)!.start } : {}),
      fields: Object.keys(of(view).fields),
      was: wasAndIs(view, after.get(view.id)!),
    }),
  });
  return changedOf(inside, { ...targets, all: touched });
}

async function writeColumns(
  inside: Ctx,
  targets: Targets,
  touched: readonly SessionView[],
  of: (view: SessionView) => Said,
): Promise<void> {
  const { siteId } = of(targets.all.find((view) => !isPart(targets, view))!).fields;
  const timeZone = siteId ? await zoneOf(inside, siteId) : undefined;
  for (const view of touched) {
    const { fields, shift } = of(view);
    const after = amended(view, shift);
    const columns: Updateable<Database['session']> = {
      closes_at: after.closesAt,
      ...columnsOf(fields),
      // Said for the one named, it closes as long before each of the others.
      ...(fields.closesAt ? { closes_at: closingFor(targets.named, view, fields.closesAt) } : {}),
      ...(fields.seats !== undefined && (fields.enrolment ?? view.enrolment) === 'none' ? { seats: null } : {}),
      ...(timeZone && !isPart(targets, view) ? { time_zone: timeZone } : {}),
      starts_at: after.start,
      ends_at: after.end,
      // Whoever moves it or says how many it takes is asked again when its time comes.
      ...(shift.start !== 0 || fields.minimum !== undefined ? { minimum_asked_at: null } : {}),
      version: view.version + 1,
    };
    await inside.db.updateTable('session').set(columns).where('id', '=', view.id).execute();
  }
}

const closingFor = (named: SessionView, view: SessionView, closesAt: Date): Date =>
  shiftWall(closesAt, shiftBetween(named, view, view.timeZone).start, view.timeZone);

/** Those of whom the same is said are written together. */
async function writeAllBelongings(
  inside: Ctx,
  touched: readonly SessionView[],
  of: (view: SessionView) => Said,
): Promise<void> {
  const alike = Map.groupBy(touched, (view) => {
    const { things, leaderIds, organisationIds } = of(view).fields;
    return JSON.stringify([things ?? null, leaderIds ?? null, organisationIds ?? null]);
  });
  for (const views of alike.values()) {
    await writeBelongings(
      inside,
      views.map((view) => view.id),
      of(views[0]!).fields,
    );
  }
}

async function reseat(inside: Ctx, view: SessionView, fields: Partial<SessionFields>): Promise<void> {
  if (fields.seats === undefined && !fields.enrolment) return;
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
