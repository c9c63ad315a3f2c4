import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { sessionsByIds } from '../timetable/index.ts';
import { amend, isPart, still } from './amend.ts';
import { mustBeTheirs } from './belongings.ts';
import { fieldsOf } from './columns.ts';
import { fieldFaults } from './plan.rules.ts';
import type { SessionFields } from './plan.types.ts';
import { bringSeats } from './seats.ts';
import {
  type Changed,
  changedOf,
  lockTargets,
  mustBe,
  type SessionTarget,
  type Targets,
  tellChange,
} from './target.ts';

export type EditInput = SessionTarget & {
  fields: Partial<SessionFields>;
  /** Whether a word put right is told too; another place or link always is. `false` says nothing: what follows will. */
  tell?: boolean | undefined;
};

/** Changes what is said of a session, what it takes and for whom. Whoever comes is told what they cannot come without knowing. */
export async function editSession(ctx: Ctx, { fields, tell, ...target }: EditInput): Promise<Changed[]> {
  await mustBeTheirs(ctx, fields);
  return atomically(ctx, async (inside) => {
    const targets = await lockTargets(inside, target, true);
    const changed = await amend(inside, targets, { of: () => ({ fields, shift: still }), tell });
    await otherSeats(inside, targets, fields);
    return changed;
  });
}

/** Those who wait are served by whoever listens to seats, fewer seats too: what nobody answered for is free. */
async function otherSeats(inside: Ctx, targets: Targets, fields: Partial<SessionFields>): Promise<void> {
  if (fields.seats === undefined && !fields.enrolment) return;
  const other = targets.all.filter(
    (view) => !isPart(targets, view) && (fields.seats == null || fields.seats !== view.seats),
  );
  const after = await sessionsByIds(
    inside,
    other.map((view) => view.id),
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
