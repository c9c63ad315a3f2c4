import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes } from '../../core/clock.ts';
import { linkTokenFor } from '../../core/codes.ts';
import { anonymous, type Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { mergePersons, unmerge } from '../privacy/merge.ts';
import type { ReserveInput } from './booking.types.ts';
import {
  cancel,
  checkOnly,
  closeForOutage,
  confirm,
  endEarly,
  expireHolds,
  markNoShow,
  move,
  releaseLate,
  reserve,
  undoNoShow,
} from './index.ts';

const base = useDatabase();
const to = (time: string) => at('2026-11-23', time);
const later = (ctx: Ctx, now: Date): Ctx => ({ ...ctx, now });

/** A site, somebody signed in, somebody of the team, a visitor; and what they ask. */
async function scene(db: Db, rules = {}) {
  const site = await makeSite(db, { rules });
  const person = await makePerson(db);
  const staff = await makePerson(db, { name: 'Équipe' });
  const self = makeCtx(db, { actor: actorOf(person) });
  const team = makeCtx(db, { actor: actorOf(staff, ['team'], site.id) });
  const visitor = makeCtx(db, { actor: anonymous });
  const wish = (resourceId: string, from: string, until: string): ReserveInput => ({
    items: [{ resourceId, start: to(from), end: to(until) }],
    people: 2,
    person: { id: person.id },
    channel: 'web',
  });
  const asked = (input: ReserveInput, email = 'nina@essai.example'): ReserveInput => ({
    ...input,
    person: { name: 'Nina', email },
  });
  return { site, person, staff, self, team, visitor, wish, asked };
}

async function lastToken(ctx: Ctx): Promise<string> {
  const row = await ctx.db
    .selectFrom('email_code')
    .select('id')
    .where('purpose', '=', 'booking')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return linkTokenFor(ctx.secret, row.id);
}

const statusOf = async (db: Db, id: string) =>
  (await db.selectFrom('booking').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;

const topicsOf = async (db: Db, ids: readonly string[]) =>
  (await db.selectFrom('outbox').select(['topic', 'payload']).orderBy('id').execute())
    .filter((row) => ids.includes((row.payload as { bookingId: string }).bookingId))
    .map((row) => row.topic)
    .sort();

describe('the delay in which one must say that one is there', () => {
  it('runs from the confirmation of a visitor who confirms after it began', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, wish, asked } = await scene(db, { checkIn: true, releaseMinutes: 15, noticeMinutes: 0 });
      const room = await makeResource(db, site.id);
      const held = (await reserve(later(visitor, to('13:55')), asked(wish(room.id, '14:00', '15:00')))).bookings[0]!;
      const now = later(visitor, to('14:20'));
      await confirm(now, { token: await lastToken(visitor) });
      await releaseLate(later(now, to('14:21')));
      expect(await statusOf(db, held.id)).toBe('confirmed');
      await releaseLate(later(now, to('14:36')));
      expect(await statusOf(db, held.id)).toBe('no_show');
    }));

  it('is not over before it began, for what the team books in the step under way or takes up again', () =>
    rolledBack(base.db, async (db) => {
      const { site, team, wish } = await scene(db, { checkIn: true, releaseMinutes: 15 });
      const room = await makeResource(db, site.id);
      const now = to('14:20');
      const { bookings } = await reserve(later(team, now), wish(room.id, '14:00', '15:00'));
      await releaseLate(later(team, now));
      expect(await statusOf(db, bookings[0]!.id)).toBe('confirmed');
      await releaseLate(later(team, to('14:40')));
      await undoNoShow(later(team, to('14:41')), { booking: bookings[0]!.id });
      await move(later(team, to('14:41')), { booking: bookings[0]!.id, end: to('15:30') });
      await releaseLate(later(team, to('14:42')));
      expect(await statusOf(db, bookings[0]!.id)).toBe('confirmed');
    }));

  it('makes nobody absent of what was already over when it was looked at: nobody could say that they were there', () =>
    rolledBack(base.db, async (db) => {
      const { site, self, wish } = await scene(db, { checkIn: true, releaseMinutes: 15 });
      const room = await makeResource(db, site.id);
      const over = (await reserve(self, wish(room.id, '10:00', '11:00'))).bookings[0]!.id;
      const late = (await reserve(self, wish(room.id, '11:00', '12:00'))).bookings[0]!.id;
      await releaseLate(later(self, to('11:20')));
      expect([await statusOf(db, over), await statusOf(db, late)]).toEqual(['confirmed', 'no_show']);
      expect(await topicsOf(db, [over])).toEqual(['booking.confirmed']);
      const read = db.selectFrom('booking').select('release_at').where('id', '=', over);
      expect(await read.executeTakeFirst()).toEqual({ release_at: null });
    }));
});

describe('a hold', () => {
  it('that another clock has just ended is still given to whoever confirms it in time', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, wish, asked } = await scene(db);
      const room = await makeResource(db, site.id);
      await reserve(visitor, asked(wish(room.id, '14:00', '15:00')));
      const token = await lastToken(visitor);
      await expireHolds(later(visitor, addMinutes(monday9, 30)));
      const inTime = later(visitor, new Date(addMinutes(monday9, 30).getTime() - 200));
      expect(await confirm(inTime, { token })).toMatchObject([{ status: 'confirmed' }]);
    }));

  it('confirmed by somebody known can be taken apart again by the administrator', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, person, wish, asked } = await scene(db);
      const admin = makeCtx(db, { actor: actorOf(await makePerson(db), ['administrator'], null) });
      const room = await makeResource(db, site.id);
      const held = (await reserve(visitor, asked(wish(room.id, '14:00', '15:00'), person.email!))).bookings[0]!;
      expect((await confirm(visitor, { token: await lastToken(visitor) }))[0]!.personId).toBe(person.id);
      await unmerge(admin, held.personId, 'erreur');
      const row = await db.selectFrom('booking').select('person_id').where('id', '=', held.id).executeTakeFirst();
      expect(row!.person_id).toBe(held.personId);
    }));
});

describe('several things in one request', () => {
  it('of which the team cancels one are confirmed without it, and none when it cancels all', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, team, wish, asked } = await scene(db);
      const rooms = [await makeResource(db, site.id), await makeResource(db, site.id)];
      const both = wish(rooms[0]!.id, '14:00', '15:00');
      const items = rooms.map((room) => ({ ...both.items[0]!, resourceId: room.id }));
      const { bookings } = await reserve(visitor, asked({ ...both, items }));
      const [gone, kept] = bookings.map((one) => one.id) as [string, string];
      const token = await lastToken(visitor);
      await cancel(team, { booking: gone, reason: 'travaux' });
      expect(await confirm(visitor, { token })).toMatchObject([{ id: kept, status: 'confirmed' }]);
      expect(await statusOf(db, gone)).toBe('cancelled');
      const alone = (await reserve(visitor, asked(wish(rooms[0]!.id, '16:00', '17:00')))).bookings[0]!.id;
      await cancel(team, { booking: alone, reason: 'travaux' });
      await expect(confirm(visitor, { token: await lastToken(visitor) })).rejects.toThrow('booking.state_cancelled');
    }));

  it('that are closed are told when each opens next, in as many statements as one of them', () =>
    rolledBack(base.db, async (db) => {
      const { site, self, wish } = await scene(db);
      const room = await makeResource(db, site.id);
      let statements = 0;
      const counted = db.withPlugin({
        transformQuery: ({ node }) => {
          statements += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      }) as Db;
      const night = (days: readonly string[]) => ({
        ...wish(room.id, '22:00', '23:00'),
        items: days.map((day) => ({ resourceId: room.id, start: at(day, '22:00'), end: at(day, '23:00') })),
      });
      const days = ['2026-11-23', '2026-11-30', '2026-12-07'];
      await checkOnly({ ...self, db: counted }, night(days.slice(0, 1)));
      const one = statements;
      statements = 0;
      const reasons = await checkOnly({ ...self, db: counted }, night(days));
      expect(statements).toBe(one);
      const opens = reasons.map((why) => why.find(({ code }) => code === 'booking.closed')!.params.opens);
      const next = [await nextAfter(self, days[0]!), await nextAfter(self, days[1]!), await nextAfter(self, days[2]!)];
      expect(opens).toEqual(next);
      async function nextAfter(ctx: Ctx, day: string) {
        const [why] = await checkOnly(ctx, night([day]));
        return why!.find(({ code }) => code === 'booking.closed')!.params.opens;
      }
    }));

  it('of which some must be approved are told in two mails', () =>
    rolledBack(base.db, async (db) => {
      const { site, self, visitor, wish, asked } = await scene(db);
      const room = await makeResource(db, site.id);
      const hall = await makeResource(db, site.id, { kind: 'hall', rules: { approval: true } });
      const both = (from: string, until: string) => {
        const input = wish(room.id, from, until);
        return { ...input, items: [input.items[0]!, { ...input.items[0]!, resourceId: hall.id }] };
      };
      const { bookings } = await reserve(self, both('14:00', '15:00'));
      const ids = bookings.map((one) => one.id);
      expect(await topicsOf(db, ids)).toEqual(['booking.confirmed', 'booking.requested']);
      const held = (await reserve(visitor, asked(both('16:00', '17:00')))).bookings.map((one) => one.id);
      await confirm(visitor, { token: await lastToken(visitor) });
      expect(await topicsOf(db, held)).toEqual(['booking.confirm_asked', 'booking.confirmed', 'booking.requested']);
    }));
});

describe('what is left of a booking', () => {
  it('that ends early leaves the closing behind it alone', () =>
    rolledBack(base.db, async (db) => {
      const { site, self, team, wish } = await scene(db);
      const laser = await makeResource(db, site.id, { kind: 'machine', after: 15, step: 15 });
      const { bookings } = await reserve(self, wish(laser.id, '14:00', '15:00'));
      await closeForOutage(team, { resourceId: laser.id, start: to('15:00'), end: to('18:00'), reason: {} });
      const now = to('14:50');
      expect(await endEarly(later(self, now), { booking: bookings[0]!.id })).toMatchObject({ end: now });
    }));

  it('comes back to who was noted absent, though somebody had the place meanwhile', () =>
    rolledBack(base.db, async (db) => {
      const { site, self, team, wish } = await scene(db);
      const room = await makeResource(db, site.id);
      const { bookings } = await reserve(self, wish(room.id, '14:00', '16:00'));
      const booking = bookings[0]!.id;
      await markNoShow(later(team, to('14:15')), { booking });
      await reserve(later(team, to('14:20')), { ...wish(room.id, '14:30', '15:00'), channel: 'desk' });
      expect(await undoNoShow(later(team, to('15:05')), { booking })).toMatchObject({ status: 'confirmed' });
      expect(await endEarly(later(team, to('15:30')), { booking })).toMatchObject({ end: to('15:30') });
    }));
});

describe('who has no e-mail that is sure', () => {
  const callsOf = (db: Db, id: string) => db.selectFrom('call').select('kind').where('booking_id', '=', id).execute();

  it('is not on the call list for a hold that the team cancels, unless there is a number', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, team, wish } = await scene(db);
      const room = await makeResource(db, site.id);
      const held = async (telephone?: string) => {
        const person = { name: 'Nina', email: 'nina@essai.example', ...(telephone ? { telephone } : {}) };
        const { bookings } = await reserve(visitor, { ...wish(room.id, '14:00', '15:00'), person });
        await cancel(team, { booking: bookings[0]!.id, reason: 'travaux' });
        return bookings[0]!.id;
      };
      expect(await callsOf(db, await held())).toEqual([]);
      expect(await callsOf(db, await held('0321000000'))).toEqual([{ kind: 'cancelled' }]);
    }));

  it('is told of an option that an outage displaces, as of a booking: by mail, or called', () =>
    rolledBack(base.db, async (db) => {
      const { site, team, wish } = await scene(db);
      const room = await makeResource(db, site.id);
      const option = async (from: string, until: string, over: Partial<ReserveInput> = {}) => {
        const input = { ...wish(room.id, from, until), channel: 'desk', optionUntil: to('12:00'), ...over } as const;
        return (await reserve(team, input)).bookings[0]!.id;
      };
      const mailed = await option('14:00', '15:00');
      const called = await option('15:00', '16:00', { person: { name: 'Odette', telephone: '0321000000' } });
      await closeForOutage(team, { resourceId: room.id, start: to('14:00'), end: to('18:00'), reason: {} });
      expect([await statusOf(db, mailed), await statusOf(db, called)]).toEqual(['displaced', 'displaced']);
      expect(await topicsOf(db, [mailed])).toEqual(['booking.displaced']);
      expect(await callsOf(db, called)).toEqual([{ kind: 'displaced' }]);
      const twin = await makeResource(db, site.id);
      expect(await move(team, { booking: mailed, resourceId: twin.id })).toMatchObject({ status: 'confirmed' });
      await expireHolds(later(team, to('13:00')));
      expect(await statusOf(db, mailed)).toBe('confirmed');
    }));
});

it('somebody merged while they book has the booking as who they have become', async () => {
  const { db } = base;
  const { site, self, person, wish } = await scene(db);
  const room = await makeResource(db, site.id);
  const kept = await makePerson(db);
  const admin = actorOf(await makePerson(db), ['administrator'], null);
  let booking: ReturnType<typeof reserve> | undefined;
  await db.transaction().execute(async (inside) => {
    const ctx = makeCtx(inside as unknown as Db, { actor: admin });
    await mergePersons(ctx, { keepId: kept.id, mergedId: person.id, reason: 'même personne' });
    booking = reserve(self, wish(room.id, '14:00', '15:00'));
    await waitsForALock(db);
  });
  const { id } = (await booking!).bookings[0]!;
  const row = await db.selectFrom('booking').select('person_id').where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.person_id).toBe(kept.id);
});

/** Until another connection to this database waits for what this one holds. */
async function waitsForALock(db: Db): Promise<void> {
  for (let attempt = 1; attempt < 500; attempt += 1) {
    const { rows } = await sql`select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where not l.granted and a.datname = current_database()`.execute(db);
    if (rows.length > 0) return;
    await sql`select pg_sleep(0.01)`.execute(db);
  }
  throw new Error('nothing waits');
}

describe('the limits of an organisation that a visitor names', () => {
  const rules = { organisationAtOnce: 1 };

  it('bind what they ask at once, before they are known', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, wish, asked } = await scene(db, rules);
      const [a, b] = [await makeResource(db, site.id), await makeResource(db, site.id)];
      const both = [...wish(a.id, '14:00', '15:00').items, ...wish(b.id, '14:00', '15:00').items];
      const two = { ...asked({ ...wish(a.id, '14:00', '15:00'), items: both }), newOrganisation: true };
      await expect(reserve(visitor, two)).rejects.toMatchObject({ code: 'booking.organisation_at_once' });
      await reserve(visitor, { ...two, newOrganisation: false });
    }));

  it('count what it already has once they are known, however often it was written down anew', () =>
    rolledBack(base.db, async (db) => {
      const { site, visitor, wish, asked } = await scene(db, rules);
      const room = await makeResource(db, site.id);
      /** A hold for an organisation written down with it, as the form does. */
      const holdFor = async (from: string, until: string) => {
        const held = await reserve(visitor, { ...asked(wish(room.id, from, until)), newOrganisation: true });
        const { id, personId } = held.bookings[0]!;
        const organisation = { id: newId(), name: 'Les Amis du marais', created_at: monday9 };
        await db.insertInto('organisation').values(organisation).execute();
        const member = { organisation_id: organisation.id, person_id: personId, created_at: monday9 };
        await db.insertInto('organisation_member').values(member).execute();
        await db.updateTable('booking').set({ organisation_id: organisation.id }).where('id', '=', id).execute();
        return lastToken(visitor);
      };
      await confirm(visitor, { token: await holdFor('14:00', '15:00') });
      const second = await holdFor('16:00', '17:00');
      await expect(confirm(visitor, { token: second })).rejects.toMatchObject({ code: 'booking.organisation_at_once' });
    }));
});
