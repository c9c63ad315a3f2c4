import type { Ctx } from '../../core/context.ts';
import { findSessions, type SessionQuery, type SessionView, type Welcome } from '../timetable/index.ts';
import { merged } from './agenda.rules.ts';
import type { After, AgendaItem, AgendaQuery } from './agenda.types.ts';
import { findStops } from './stops.store.ts';

export type Listed = { items: AgendaItem[]; next: After | undefined };

type ListQuery = AgendaQuery & Pick<SessionQuery, 'siteId' | 'parts' | 'reader'>;

const forAll: ReadonlySet<Welcome> = new Set(['everyone', 'adults']);

/** What is on, sessions and stops of the bus together, first things first; `next` says where the rest begins. */
export async function listItems(
  ctx: Ctx,
  query: ListQuery,
  { after, limit }: { after?: After | undefined; limit: number },
): Promise<Listed> {
  const asked = { ...query, after, limit: limit + 1 };
  const [sessions, stops] = await Promise.all([
    findSessions(ctx, asked),
    // Whoever looks for what was made for some does not look for the bus, which is there for everybody.
    !query.welcome || forAll.has(query.welcome) ? findStops(ctx, asked) : [],
  ]);
  const all = merged(
    sessions.map(itemOf),
    stops.map((stop): AgendaItem => ({ ...sameOf(stop), kind: 'stop', stop })),
  );
  const items = all.slice(0, limit);
  return { items, next: all.length > limit ? items.at(-1) : undefined };
}

/** A session as an item of a list. */
export const itemOf = (session: SessionView): AgendaItem => ({ ...sameOf(session), kind: 'session', session });

const sameOf = ({ id, start, end }: { id: string; start: Date; end: Date }) => ({ id, start, end });
