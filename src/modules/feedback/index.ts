import type { Ctx } from '../../core/context.ts';
import type { Module } from '../../core/module.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { aboutSession } from '../roll/index.ts';
import { feedbackMessages } from './feedback.messages.ts';
import { feedbackRoutes } from './feedback.routes.tsx';
import { type FeedbackFigures, publicFigures } from './feedback.rules.ts';
import { feedbackSentences } from './feedback.sentences.ts';
import { figuresOf, toHandle } from './feedback.store.ts';
import { answersSection, eraseFeedback, feedbackData } from './hooks.tsx';

export { feedbackMessages } from './feedback.messages.ts';
export type { FeedbackFigures } from './feedback.rules.ts';
export { giveFeedback } from './give.ts';

aboutSession.push(answersSection);
personalData.push(feedbackData);
onErase.push(eraseFeedback);

/**
 * What may be told to anybody about sessions (the dates of a series together): how many people answered, how many found them useful;
 * null below three people.
 */
export const feedbackOf = async (ctx: Ctx, sessionIds: readonly string[]): Promise<FeedbackFigures | null> =>
  publicFigures(await figuresOf(ctx, sessionIds));

/** The same as a sentence, for the page of a session and its other dates; null where too few answered. */
export async function usefulWords(ctx: Ctx, sessions: readonly { id: string }[]): Promise<string | null> {
  const said = await feedbackOf(
    ctx,
    sessions.map(({ id }) => id),
  );
  return said && feedbackMessages[ctx.locale].useful(said.useful, said.count);
}

/** How many low answers wait for somebody of a site's team. */
export const lowAnswers = async (ctx: Ctx, siteId: string): Promise<number> => (await toHandle(ctx, siteId)).length;

/** One question after a session, in one tap: told to the team at once, to others as a number only. */
export const feedback: Module = { name: 'feedback', routes: feedbackRoutes, sentences: feedbackSentences };
