import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { sessionsByIds } from '../timetable/index.ts';

/** A part happens within its event, which is not called off, and has no part of its own. */
export async function mustFitParent(ctx: Ctx, parentId: string, spans: readonly Span[]): Promise<void> {
  const [parent] = await sessionsByIds(ctx, [parentId]);
  if (!parent || parent.parentId || parent.status === 'cancelled') throw new Refusal('session.parent', 'unprocessable');
  // It will have other hours: a part given a day before it would stay behind.
  if (parent.status === 'postponed') throw new Refusal('session.parent_postponed', 'conflict');
  if (spans.some(({ start, end }) => start < parent.start || end > parent.end)) {
    throw new Refusal('session.outside_parent', 'unprocessable', { start: parent.start, end: parent.end });
  }
}
