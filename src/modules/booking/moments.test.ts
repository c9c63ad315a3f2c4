import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes } from '../../core/clock.ts';
import { linkTokenFor } from '../../core/codes.ts';
import { anonymous, type Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { unmerge } from '../privacy/merge.ts';
import type { ReserveInput } from './booking.types.ts';
import {
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
