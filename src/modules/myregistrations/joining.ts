import type { MergeHook } from '../privacy/index.ts';
import { titleOf, whenOf } from '../tidings/index.ts';
import { foreseeJoining, joinRegistrations, sessionsOfBoth } from './join.ts';
import { joiningMessages } from './joining.messages.ts';

/** So many sessions are named one by one; nobody reads a longer list. */
const named = 10;

/** Two persons who are one are registered once for a session: said before, done with the rest, kept in the journal by ids. */
export const mergeHook: MergeHook = {
  name: 'registrations',
  sessions: sessionsOfBoth,
  merge: async (ctx, keepId, mergedId) => {
    const { fr, nl, en } = joiningMessages;
    const { reason } = joiningMessages[ctx.territory.mainLanguage];
    const told = { fr: fr.told, nl: nl.told, en: en.told };
    const joined = await joinRegistrations(ctx, keepId, mergedId, { reason, told });
    return joined.map(({ session: _, ...ids }) => ids);
  },
  said: async (ctx, keepId, mergedId) => {
    const m = joiningMessages[ctx.locale];
    const joined = await foreseeJoining(ctx, keepId, mergedId);
    if (joined.length === 0) return [];
    const lines = joined
      .slice(0, named)
      .map(({ session, outcome }) =>
        m[outcome](`${titleOf(ctx, session, ctx.locale)}, ${whenOf(session, ctx.locale)}`),
      );
    return [...lines, ...(joined.length > named ? [m.more(joined.length - named)] : []), m.forGood];
  },
};
