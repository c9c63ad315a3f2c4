import { z } from 'zod';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { optionalText, whole } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { askedUntil, changeableUntil } from './feedback.rules.ts';
import { type Asked, askedOf, writeAnswer } from './feedback.store.ts';

export const giveSchema = z.object({ score: whole(1, 4), words: optionalText(300) });

export type GiveInput = z.output<typeof giveSchema> & {
  /** The registration's public reference. */
  registration: string;
  /** The secret of the links in its mails. */
  key?: string | undefined;
};

/** The registration one may answer for: one's own, by the link of a mail or signed in. For anybody else it is not there. */
export async function mineToAnswer(
  ctx: Ctx,
  registration: string,
  key: string | undefined,
  lock = false,
): Promise<Asked> {
  const asked = await askedOf(ctx, registration, lock);
  if (!asked) throw notFound();
  const own = ctx.actor.personId !== null && ctx.actor.personId === asked.bookerId;
  const secret = registrationKey(ctx.secret, asked.registrationId);
  if (!own && !(key !== undefined && key.length < 100 && sameSecret(key, secret))) throw notFound();
  return asked;
}

/** Why one is not asked now, if so. */
export function whyNotNow(ctx: Ctx, asked: Asked): Refusal | undefined {
  if (!asked.came) return new Refusal('feedback.not_there', 'conflict');
  if (ctx.now < asked.start) return new Refusal('feedback.not_yet', 'conflict', { start: asked.start });
  const until = asked.given ? changeableUntil(asked.given.createdAt) : askedUntil(asked.end);
  if (ctx.now <= until) return undefined;
  return new Refusal(asked.given ? 'feedback.kept' : 'feedback.over', 'conflict');
}

/** Says whether a session was useful: once a registration; the answer may be changed for a day. */
export const giveFeedback = (ctx: Ctx, input: GiveInput): Promise<void> =>
  onceMore(() =>
    atomically(ctx, async (inside) => {
      const asked = await mineToAnswer(inside, input.registration, input.key, true);
      const refusal = whyNotNow(inside, asked);
      if (refusal) throw refusal;
      const id = asked.given?.id ?? newId();
      await writeAnswer(inside, asked, id, input.score, input.words ?? null);
      await record(inside, {
        kind: asked.given ? 'feedback.changed' : 'feedback.given',
        subjectKind: 'session',
        subjectId: asked.sessionId,
        data: { feedbackId: id },
      });
    }),
  );
