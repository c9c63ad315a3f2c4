import type { Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import { newId } from '../../src/core/ids.ts';
import {
  type AttendeeInput,
  type Registered,
  register,
  registrationsOf,
} from '../../src/modules/registrations/index.ts';
import { makeSession } from './agenda.ts';
import { actorOf, at, makeCtx, makePerson, makeSite, monday9 } from './make.ts';
import { rolledBack } from './rollback.ts';

export type Ground = { db: Db; siteId: string; team: Ctx; visitor: Ctx };

/** A site and its team, for one test; undone after it. */
export const onGround = (base: { readonly db: Db }, work: (ground: Ground) => Promise<void>): Promise<void> =>
  rolledBack(base.db, async (db) => {
    const site = await makeSite(db);
    const staff = await makePerson(db, { name: 'Dana' });
    const team = makeCtx(db, { actor: actorOf(staff, ['team'], site.id) });
    await work({ db, siteId: site.id, team, visitor: makeCtx(db) });
  });

/** Somebody who is signed in. */
export async function somebody(db: Db, now = monday9) {
  const person = await makePerson(db);
  return { person, ctx: makeCtx(db, { actor: actorOf(person), now }) };
}

type Somebody = Awaited<ReturnType<typeof somebody>>;

/** Registers somebody, or the people they bring. */
export const come = (
  { ctx, person }: Somebody,
  sessionId: string,
  attendees: AttendeeInput[] = [{ self: true }],
  more: Partial<Parameters<typeof register>[1]> = {},
): Promise<Registered> =>
  register(ctx, {
    sessionIds: [sessionId],
    kind: 'household',
    person: { id: person.id },
    attendees,
    channel: 'web',
    ...more,
  });

/** A course, had whole, at 18:00 on each of these days; `seats` of each date. */
export async function makeCourse({ db, siteId }: Ground, days: readonly string[], seats = 1): Promise<string[]> {
  const seriesId = newId();
  const row = { id: seriesId, site_id: siteId, enrolment: 'course' as const, created_at: monday9 };
  await db.insertInto('session_series').values(row).execute();
  const dates: string[] = [];
  for (const day of days) {
    dates.push((await makeSession(db, { siteId, seriesId, seats, start: at(day, '18:00') })).id);
  }
  return dates;
}

/** How somebody stands in each of these sessions: "-" where they have nothing. */
export async function statesIn(ctx: Ctx, sessionIds: readonly string[], personId: string): Promise<string[]> {
  const states: string[] = [];
  for (const id of sessionIds) {
    const mine = (await registrationsOf(ctx, id)).filter((one) => one.person.id === personId);
    states.push(mine.map((one) => one.status).join(' ') || '-');
  }
  return states;
}

/** What is left in the outbox under a topic and is due, its payloads in order. */
export async function dueIn<T>(ctx: Ctx, topic: string): Promise<T[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('payload')
    .where('topic', '=', topic)
    .where('due_at', '<=', ctx.now)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.payload as T);
}
