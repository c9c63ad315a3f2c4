import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { SessionStatus } from '../../core/schema.ts';
import { giveBackSessions } from '../booking/index.ts';
import { type SessionView, sessionsByIds, shiftBetween, shiftWall } from '../timetable/index.ts';
import { holdAgain } from './needs.ts';
import { mustFitParent } from './parents.ts';
import { dateFaults } from './plan.rules.ts';
import { mustFindTheBus } from './stops.ts';
import {
  type Changed,
  changedOf,
  lockTargets,
  lockTogether,
  mustBe,
  type SessionTarget,
  type Targets,
  tellChange,
} from './target.ts';

export type CancelInput = SessionTarget & { reason?: I18nText | undefined; insteadIds?: readonly string[] | undefined };

type Fate = { status: SessionStatus; reason?: I18nText | undefined; cancelled_at?: Date; published_at?: Date };

async function bring(inside: Ctx, views: readonly SessionView[], { reason, ...fate }: Fate): Promise<void> {
  for (const view of views) {
    await inside.db
      .updateTable('session')
      .set({
        ...fate,
        option_until: null,
        status_reason: JSON.stringify(reason ?? {}),
        version: view.version + 1,
      })
      .where('id', '=', view.id)
      .execute();
  }
}

const idsOf = (views: readonly SessionView[]): string[] => views.map((view) => view.id);
const among = (targets: Targets, ...statuses: SessionStatus[]): SessionView[] =>
  targets.all.filter((view) => statuses.includes(view.status));

/** Opens drafts to those they are for: what they need is theirs for good, all of it or nothing. */
export function publishSession(ctx: Ctx, target: SessionTarget): Promise<Changed[]> {
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, target, true);
    mustBe(inside, targets.named, 'draft');
    const drafts = among(targets, 'draft');
    await bring(inside, drafts, { status: 'published', published_at: inside.now });
    const after = await sessionsByIds(inside, idsOf(drafts));
    await holdAgain(inside, after);
    await mustFindTheBus(inside, after);
    await tellChange(inside, 'published', drafts, { data: ({ start, end }) => ({ start, end }) });
    return changedOf(inside, { ...targets, all: drafts });
  });
}

/** Puts off to a date not known yet: what was taken is given back, those who registered stay so. */
export function postponeSession(ctx: Ctx, { reason, ...target }: SessionTarget & { reason?: I18nText | undefined }) {
  return atomically(ctx, async (inside): Promise<Changed[]> => {
    const targets = await lockTargets(inside, target, true);
    mustBe(inside, targets.named, 'published');
    const put = among(targets, 'published');
    await bring(inside, put, { status: 'postponed', reason });
    await giveBackSessions(inside, idsOf(put));
    await tellChange(inside, 'postponed', put, { reason, data: ({ start }) => ({ start }) });
    return changedOf(inside, { ...targets, all: put });
  });
}

/** Gives what was put off its day, the former one unless another is said, and takes anew what it needs. */
export function resumeSession(
  ctx: Ctx,
  { start, end, ...target }: SessionTarget & { start?: Date | undefined; end?: Date | undefined },
): Promise<Changed[]> {
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, target, true);
    mustBe(inside, targets.named, 'postponed');
    const put = among(targets, 'postponed');
    const first = targets.named;
    const length = first.end.getTime() - first.start.getTime();
    const from = start ?? first.start;
    const shift = shiftBetween(first, { start: from, end: end ?? new Date(from.getTime() + length) }, first.timeZone);
    for (const view of put) {
      const at = {
        start: shiftWall(view.start, shift.start, view.timeZone),
        end: shiftWall(view.end, shift.end, view.timeZone),
      };
      const faults = dateFaults([at]);
      if (faults.length > 0) throw Refusal.all('unprocessable', faults);
      if (at.end <= inside.now) throw new Refusal('session.past', 'unprocessable');
      const columns = {
        starts_at: at.start,
        ends_at: at.end,
        closes_at: view.closesAt && shiftWall(view.closesAt, shift.start, view.timeZone),
        minimum_asked_at: null,
      };
      await inside.db.updateTable('session').set(columns).where('id', '=', view.id).execute();
    }
    await bring(inside, put, { status: 'published' });
    const after = await sessionsByIds(inside, idsOf(put));
    await mustFitEvents(inside, after);
    await holdAgain(inside, after);
    await mustFindTheBus(inside, after);
    await tellChange(inside, 'resumed', put, { what: () => ['time'], data: (view) => ({ from: view.start }) });
    return changedOf(inside, { ...targets, all: put });
  });
}

/** A part of an event that has its day may only have its own during it. */
async function mustFitEvents(inside: Ctx, views: readonly SessionView[]): Promise<void> {
  const parts = views.filter((view) => !views.some((other) => other.id === view.parentId));
  for (const view of parts) if (view.parentId) await mustFitParent(inside, view.parentId, [view]);
}

type Offers = (view: SessionView) => readonly string[] | undefined;

async function cancelTargets(
  inside: Ctx,
  targets: Targets,
  reason: I18nText | undefined,
  offers: Offers,
): Promise<Changed[]> {
  mustBe(inside, targets.named, 'draft', 'published', 'postponed');
  const gone = among(targets, 'draft', 'published', 'postponed');
  await bring(inside, gone, { status: 'cancelled', reason, cancelled_at: inside.now });
  await giveBackSessions(inside, idsOf(gone));
  const open = await offered(inside, [...new Set(gone.flatMap((view) => offers(view) ?? []))], gone);
  const insteadIds = (view: SessionView) => (offers(view) ?? []).filter((id) => open.includes(id));
  const data = (view: SessionView) => ({ start: view.start, insteadIds: insteadIds(view) });
  await tellChange(inside, 'cancelled', gone, { reason, insteadIds, data });
  return changedOf(inside, { ...targets, all: gone });
}

/** What may be offered instead: published, to come, and not what is being cancelled. */
async function offered(inside: Ctx, ids: readonly string[], gone: readonly SessionView[]): Promise<string[]> {
  const views = ids.length > 0 ? await sessionsByIds(inside, ids) : [];
  const open = views.filter((view) => view.status === 'published' && view.start > inside.now);
  return idsOf(open).filter((id) => !gone.some((view) => view.id === id));
}

function cancel(ctx: Ctx, input: CancelInput, access: boolean): Promise<Changed[]> {
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, input, access);
    return cancelTargets(inside, targets, input.reason, () => input.insteadIds);
  });
}

/** The cancelling itself, in the caller's transaction and at the caller's word that it may be done. */
export const cancelInside = (ctx: Ctx, input: CancelInput): Promise<Changed[]> => cancel(ctx, input, false);

/** Cancels a session, its parts with it, or the dates of its series still to come; what it held is free again. */
export const cancelSession = (ctx: Ctx, input: CancelInput): Promise<Changed[]> => cancel(ctx, input, true);

/**
 * Cancels several sessions and their parts as one gesture, in the caller's transaction and at the caller's word that it may be
 * done: whoever comes to some of them is told once. `instead` says what is offered to those of each.
 */
export async function cancelTogether(
  inside: Ctx,
  sessionIds: readonly string[],
  { reason, instead }: { reason?: I18nText | undefined; instead?: ReadonlyMap<string, readonly string[]> | undefined },
): Promise<void> {
  const [first] = sessionIds;
  if (first === undefined) return;
  const targets = await lockTogether(inside, sessionIds);
  await cancelTargets(inside, targets, reason, (view) => instead?.get(view.id));
}
