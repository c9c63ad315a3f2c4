import { sql } from 'kysely';
import { addMinutes } from '../../core/clock.ts';
import { type Ctx, system } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachInPages } from '../../core/each.ts';
import { record } from '../../core/journal.ts';
import { later } from '../../core/outbox.ts';
import { giveBackSessions, lockSessions } from '../booking/index.ts';

/** The team is asked this long before the start, while there is still time to say so to everybody. */
const askedDaysBefore = 4;
/** So many are read at a time. */
const batch = 200;

type Due = { id: string; at: Date };

/** Those after the last one read, in their order. */
const beyond = (column: 'starts_at' | 'option_until', after: Due | undefined) =>
  after ? sql<boolean>`(${sql.ref(column)}, id) > (${after.at}, ${after.id}::uuid)` : sql<boolean>`true`;

/**
 * Asks the team about sessions near at hand that too few people come to, once each; nothing is cancelled by itself. Returns how
 * many were asked about.
 */
export function askAboutMinimum(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  const due = (after: Due | undefined) =>
    ctx.db
      .selectFrom('session')
      .select(['id', 'starts_at as at'])
      .where('status', '=', 'published')
      .where('minimum', 'is not', null)
      .where('minimum_asked_at', 'is', null)
      .where('starts_at', '<=', addMinutes(ctx.now, askedDaysBefore * 24 * 60))
      .where('starts_at', '>', ctx.now)
      .where(beyond('starts_at', after))
      .orderBy('starts_at')
      .orderBy('id')
      .limit(batch)
      .execute();
  return eachInPages(due, batch, ({ id }) => atomically(ctx, (inside) => ask(inside, id)));
}

async function ask(inside: Ctx, sessionId: string): Promise<boolean> {
  await lockSessions(inside, [sessionId]);
  const { db, now } = inside;
  const row = await db
    .selectFrom('session as s')
    .select(({ selectFrom, fn }) => [
      's.minimum',
      selectFrom('attendee as a')
        .innerJoin('registration as r', 'r.id', 'a.registration_id')
        .select(fn.countAll<string>().as('coming'))
        .whereRef('a.session_id', '=', 's.id')
        .where('r.status', '=', 'registered')
        .as('coming'),
    ])
    .where('s.id', '=', sessionId)
    .where('s.status', '=', 'published')
    .where('s.minimum_asked_at', 'is', null)
    .executeTakeFirst();
  const coming = Number(row?.coming ?? 0);
  // Enough today may be too few tomorrow: it is looked at again until the day comes.
  if (!row?.minimum || coming >= row.minimum) return false;
  await db.updateTable('session').set({ minimum_asked_at: now }).where('id', '=', sessionId).execute();
  const data = { minimum: row.minimum, coming };
  await record(inside, { kind: 'session.minimum_asked', subjectKind: 'session', subjectId: sessionId, data });
  await later(inside, { topic: 'session.minimum_asked', payload: { sessionId } });
  return true;
}

/** Ends the options whose time ran out: what they held is free again, and the team told. Returns how many. */
export function lapseOptions(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  const due = async (after: Due | undefined) => {
    const rows = await ctx.db
      .selectFrom('session')
      .select(['id', 'option_until as at'])
      .where('status', '=', 'draft')
      .where('option_until', '<=', ctx.now)
      .where(beyond('option_until', after))
      .orderBy('option_until')
      .orderBy('id')
      .limit(batch)
      .execute();
    return rows.map(({ id, at }) => ({ id, at: at! }));
  };
  return eachInPages(due, batch, ({ id }) => atomically(ctx, (inside) => lapse(inside, id)));
}

async function lapse(inside: Ctx, sessionId: string): Promise<boolean> {
  await lockSessions(inside, [sessionId]);
  const row = await inside.db
    .updateTable('session')
    .set((set) => ({ option_until: null, version: set('version', '+', 1) }))
    .where('id', '=', sessionId)
    .where('status', '=', 'draft')
    .where('option_until', '<=', inside.now)
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  await giveBackSessions(inside, [sessionId]);
  await record(inside, { kind: 'session.option_lapsed', subjectKind: 'session', subjectId: sessionId });
  await later(inside, { topic: 'session.option_lapsed', payload: { sessionId } });
  return true;
}
