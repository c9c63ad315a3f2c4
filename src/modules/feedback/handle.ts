import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { lockAnswer, writeHandled } from './feedback.store.ts';

export const handleSchema = z.object({ note: text(500) });

/** Says what was done about a bad answer: by whom and when is kept; said twice, the first stays. */
export function handleFeedback(ctx: Ctx, input: { feedbackId: string; note: string }): Promise<void> {
  return atomically(ctx, async (inside) => {
    const answer = await lockAnswer(inside, input.feedbackId);
    if (!answer) throw notFound();
    mustHave(inside.actor, 'team', answer.siteId);
    if (answer.handledAt) return;
    await writeHandled(inside, answer.id, input.note);
    await record(inside, {
      kind: 'feedback.handled',
      subjectKind: 'session',
      subjectId: answer.sessionId,
      data: { feedbackId: answer.id },
    });
  });
}
