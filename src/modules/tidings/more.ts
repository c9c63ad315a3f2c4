import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import type { SessionView } from '../sessions/index.ts';

/** A line of a mail's body: a word, and what stands beside it. */
export type MailFact = { label: string; value: string };

/**
 * What another module says in the body of the mails to those who come ("what to bring"); never in a subject, nor in a calendar.
 * Filled when modules are loaded: `mailFacts.push(…)`.
 */
export const mailFacts: ((ctx: Ctx, session: SessionView, locale: Locale) => Promise<MailFact[]>)[] = [];

/** All that is said beside a session. */
export const moreFacts = async (ctx: Ctx, session: SessionView, locale: Locale): Promise<MailFact[]> =>
  (await Promise.all(mailFacts.map((facts) => facts(ctx, session, locale)))).flat();
