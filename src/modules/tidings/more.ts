import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import type { SessionView } from '../timetable/index.ts';

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

/** A gesture of a mail: what it does, and the page it leads to. */
export type MailWay = { label: string; href: string };

/**
 * What another module offers to those whose session was cancelled, beside other sessions ("another time"); looked for when the
 * mail leaves. Filled when modules are loaded: `waysOut.push(…)`.
 */
export const waysOut: ((ctx: Ctx, session: SessionView, locale: Locale) => Promise<MailWay[]>)[] = [];

/** All that is offered instead of a cancelled session. */
export const moreWaysOut = async (ctx: Ctx, session: SessionView, locale: Locale): Promise<MailWay[]> =>
  (await Promise.all(waysOut.map((ways) => ways(ctx, session, locale)))).flat();
