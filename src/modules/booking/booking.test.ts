import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes } from '../../core/clock.ts';
import { bookingKey, codeFor, linkTokenFor } from '../../core/codes.ts';
import { anonymous, type Ctx, system } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { requestHash, withIdempotency } from '../../core/idempotency.ts';
import type { ReserveInput } from './booking.types.ts';
import {
  absencesOf,
  approve,
  cancel,
  checkIn,
  closeForOutage,
  confirm,
  decline,
  endEarly,
  expireHolds,
  keepOption,
  keepSeries,
  lapseRequests,
  liftClosure,
  markNoShow,
  move,
  pardon,
  planSeries,
  previewOutage,
  releaseLate,
  reserve,
  undoCheckIn,
} from './index.ts';

const base = useDatabase();
const to = (time: string, day = '2026-11-23') => at(day, time);
const span = (from: string, until: string, day = '2026-11-23') => ({ start: to(from, day), end: to(until, day) });

/** A site, a person signed in, somebody of the team, and a visitor. */
async function scene(db: Db, options: Parameters<typeof makeSite>[1] = {}) {
  const site = await makeSite(db, options);
  const person = await makePerson(db);
  const staff = await makePerson(db, { name: 'Équipe' });
  const self = makeCtx(db, { actor: actorOf(person) });
  const team = makeCtx(db, { actor: actorOf(staff, ['team'], site.id) });
  const visitor = makeCtx(db, { actor: anonymous });
  return { db, site, person, staff, self, team, visitor };
}

const ask = (person: { id: string }, items: ReserveInput['items'], over: Partial<ReserveInput> = {}): ReserveInput => ({
  items,
  people: 2,
  person: { id: person.id },
  channel: 'web',
  ...over,
});
const codesOf = async (work: Promise<unknown>): Promise<string[]> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return [`${error.kind}`, ...error.reasons.map((reason) => reason.code)];
    throw error;
  }
  return [];
};
const heldBy = (db: Db, id: string) => db.selectFrom('allocation').selectAll().where('cause_id', '=', id).execute();
const kinds = async (db: Db, id: string) =>
  (await db.selectFrom('journal').select('kind').where('subject_id', '=', id).orderBy('id').execute()).map(
    (row) => row.kind,
  );
const topics = async (db: Db, id: string) =>
  (await db.selectFrom('outbox').selectAll().orderBy('id').execute())
    .filter((row) => (row.payload as { bookingId: string }).bookingId === id)
    .map((row) => row.topic);
const later = (ctx: Ctx, now: Date): Ctx => ({ ...ctx, now });
/** The code the last mail carried. */
async function lastCode(ctx: Ctx) {
  const row = await ctx.db
    .selectFrom('outbox')
    .selectAll()
    .where('topic', '=', 'booking.confirm_asked')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const id = (row.payload as { codeId: string }).codeId;
  return { code: codeFor(ctx.secret, id), token: linkTokenFor(ctx.secret, id) };
}

describe('to reserve', () => {
  it('takes the place, writes the journal and leaves the mail to be sent', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const { bookings } = await reserve(self, ask(person, [{ resourceId: room.id, ...span('14:00', '15:00') }]));
      const booking = bookings[0]!;
      expect(booking).toMatchObject({ status: 'confirmed', version: 1, personId: person.id, siteId: site.id });
      expect(await heldBy(db, booking.id)).toHaveLength(1);
      expect(await kinds(db, booking.id)).toEqual(['booking.confirmed']);
      expect(await topics(db, booking.id)).toEqual(['booking.confirmed']);
    }));

  it('refuses what is taken, and says what else to do', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const items = [{ resourceId: room.id, ...span('14:00', '15:00') }];
      await reserve(self, ask(person, items));
      const error = await reserve(self, ask(person, items)).catch((caught: Refusal) => caught);
      expect(error).toMatchObject({ code: 'booking.taken', kind: 'conflict' });
      expect((error as Refusal).reasons[0]!.next!.href).toContain('/trouver?jour=2026-11-23&heure=14');
    }));

  it('keeps the gap between two bookings, before as after', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const room = await makeResource(db, site.id, { before: 30, after: 15 });
      const wish = (from: string, until: string) =>
        reserve(self, ask(person, [{ resourceId: room.id, ...span(from, until) }]));
      await wish('14:00', '15:00');
      expect(await codesOf(wish('13:00', '14:00'))).toEqual(['conflict', 'booking.taken']);
      expect(await codesOf(wish('15:00', '16:00'))).toEqual(['conflict', 'booking.taken']);
      expect(await codesOf(wish('12:30', '13:30'))).toEqual([]);
      expect(await codesOf(wish('15:30', '16:30'))).toEqual([]);
    }));

  it('gives several rooms in one request, or none', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const [a, b] = [await makeResource(db, site.id), await makeResource(db, site.id)];
      await reserve(self, ask(person, [{ resourceId: b.id, ...span('14:00', '15:00') }]));
      const both = (from: string, until: string) =>
        ask(
          person,
          [a, b].map((room) => ({ resourceId: room.id, ...span(from, until) })),
        );
      expect(await codesOf(reserve(self, both('14:30', '15:30')))).toEqual(['conflict', 'booking.taken']);
      const { bookings, requestId } = await reserve(self, both('15:00', '16:00'));
      expect(new Set(bookings.map((one) => one.requestId))).toEqual(new Set([requestId]));
      expect(await db.selectFrom('booking').select('id').where('resource_id', '=', a.id).execute()).toHaveLength(1);
    }));

  it('takes a container with all it contains, and not when a part is taken', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const laser = await makeResource(db, site.id, { kind: 'machine', after: 30 });
      const desks = await makeResource(db, site.id, { kind: 'coworking_desk', units: 3, capacity: 1 });
      const lab = await makeResource(db, site.id, { kind: 'fab_lab', contains: [laser.id, desks.id] });
      const wish = (id: string, from: string, until: string) =>
        reserve(self, ask(person, [{ resourceId: id, ...span(from, until) }], { people: 1 }));
      const { bookings } = await wish(lab.id, '14:00', '15:00');
      expect(await heldBy(db, bookings[0]!.id)).toHaveLength(5);
      expect(await codesOf(wish(laser.id, '14:30', '15:30'))).toEqual(['conflict', 'booking.taken']);
      expect(await codesOf(wish(laser.id, '15:00', '15:30'))).toEqual(['conflict', 'booking.taken']);
      expect(await codesOf(wish(laser.id, '15:30', '16:30'))).toEqual([]);
      expect(await codesOf(wish(desks.id, '16:00', '17:00'))).toEqual([]);
      expect(await codesOf(wish(lab.id, '16:30', '17:30'))).toEqual(['conflict', 'booking.taken']);
    }));

  it('gives as many places of a pool as people need, rearranging those not yet fixed', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const desks = await makeResource(db, site.id, { kind: 'coworking_desk', units: 2, capacity: 1 });
      const wish = (from: string, until: string, people = 1) =>
        reserve(self, ask(person, [{ resourceId: desks.id, ...span(from, until) }], { people }));
      const first = await wish('10:00', '12:00');
      await wish('12:00', '14:00');
      // Best fit joins them on one desk: force them apart, so that neither desk is free from 11:00 to 13:00.
      const other = desks.units[1]!;
      await db
        .updateTable('allocation')
        .set({ unit_id: other })
        .where('cause_id', '=', first.bookings[0]!.id)
        .execute();
      await wish('11:00', '13:00');
      expect(await codesOf(wish('11:00', '12:00'))).toEqual(['conflict', 'booking.taken']);
      const { bookings } = await wish('15:00', '16:00', 2);
      expect(await heldBy(db, bookings[0]!.id)).toHaveLength(2);
      expect(await codesOf(wish('15:00', '16:00', 3))).toEqual(['unprocessable', 'booking.capacity']);
    }));

  it('gives every reason, and lets the team past those that may be', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, person, site } = await scene(db, { rules: { maxMinutes: 60 } });
      const room = await makeResource(db, site.id, { rules: { who: 'team' } });
      const items = [{ resourceId: room.id, ...span('19:00', '21:00') }];
      expect(await codesOf(reserve(self, ask(person, items)))).toEqual([
        'forbidden',
        'booking.who_team',
        'booking.too_long',
        'booking.closed',
      ]);
      expect(await codesOf(reserve(self, ask(person, items, { override: { reason: 'je veux' } })))).toEqual([
        'not_found',
        'not_found',
      ]);
      const { bookings } = await reserve(
        team,
        ask(person, items, { channel: 'desk', override: { reason: 'vœux du maire' } }),
      );
      const row = await db
        .selectFrom('booking')
        .selectAll()
        .where('id', '=', bookings[0]!.id)
        .executeTakeFirstOrThrow();
      expect(row).toMatchObject({ override_reason: 'vœux du maire', status: 'confirmed' });
      expect(await codesOf(reserve(team, ask(person, items, { override: { reason: 'encore' } })))).toEqual([
        'conflict',
        'booking.taken',
      ]);
    }));

  it('counts a limit where it was set, the request’s own things included', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db, { rules: { personAtOnce: 2, personWindowMinutes: 180 } });
      const rooms = [await makeResource(db, site.id), await makeResource(db, site.id), await makeResource(db, site.id)];
      const items = rooms.map((room) => ({ resourceId: room.id, ...span('14:00', '15:00') }));
      expect(await codesOf(reserve(self, ask(person, items)))).toEqual(['unprocessable', 'booking.person_at_once']);
      await reserve(self, ask(person, items.slice(0, 1)));
      const long = [{ resourceId: rooms[1]!.id, ...span('15:00', '17:30') }];
      expect(await codesOf(reserve(self, ask(person, long)))).toEqual(['unprocessable', 'booking.person_window']);
    }));

  it('refuses times that make no sense, to the team too', () =>
    rolledBack(base.db, async (db) => {
      const { team, person, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const wish = (start: Date, end: Date) =>
        codesOf(reserve(team, ask(person, [{ resourceId: room.id, start, end }], { override: { reason: 'x' } })));
      expect(await wish(to('15:00'), to('14:00'))).toEqual(['unprocessable', 'booking.order']);
      expect(await wish(new Date('2001-01-01T10:00Z'), new Date('2001-01-01T11:00Z'))).toEqual([
        'unprocessable',
        'booking.past',
      ]);
      expect(await wish(to('15:00'), new Date('2099-01-01T10:00Z'))).toEqual(['unprocessable', 'booking.too_long']);
      expect(await wish(new Date('2098-01-01T10:00Z'), new Date('2098-01-01T11:00Z'))).toEqual([
        'unprocessable',
        'booking.horizon',
      ]);
    }));

  it('asks the team where approval is needed, keeping the place meanwhile', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, person, site } = await scene(db);
      const hall = await makeResource(db, site.id, { kind: 'hall', rules: { approval: true } });
      const wish = (from: string, until: string) =>
        reserve(self, ask(person, [{ resourceId: hall.id, ...span(from, until) }]));
      const first = (await wish('14:00', '15:00')).bookings[0]!;
      expect(first.status).toBe('requested');
      expect(await codesOf(wish('14:00', '15:00'))).toEqual(['conflict', 'booking.taken']);
      expect(await codesOf(approve(self, { booking: first.id }))).toEqual(['not_found', 'not_found']);
      expect(await approve(team, { booking: first.reference })).toMatchObject({ status: 'confirmed', version: 2 });
      const second = (await wish('16:00', '17:00')).bookings[0]!;
      await decline(team, { booking: second.id, reason: 'travaux' });
      expect(await heldBy(db, second.id)).toHaveLength(0);
      expect(await topics(db, second.id)).toEqual(['booking.requested', 'booking.declined']);
      const third = (await wish('18:00', '19:00')).bookings[0]!;
      await lapseRequests(later(self, to('18:00')));
      expect(await kinds(db, third.id)).toEqual(['booking.requested', 'booking.expired']);
    }));

  it('books at the desk for somebody without e-mail, who joins the eve’s calls', () =>
    rolledBack(base.db, async (db) => {
      const { team, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const person = { name: 'Odette Lecoq', telephone: '0321000000' };
      const items = [{ resourceId: room.id, ...span('14:00', '15:00', '2026-11-27') }];
      const { bookings } = await reserve(team, { items, people: 1, person, channel: 'desk' });
      const call = await db
        .selectFrom('call')
        .selectAll()
        .where('booking_id', '=', bookings[0]!.id)
        .executeTakeFirstOrThrow();
      expect(call).toMatchObject({ due_day: '2026-11-26', kind: 'reminder' });
      const moved = await move(team, { booking: bookings[0]!.id, ...span('14:00', '15:00', '2026-11-30') });
      const calls = await db
        .selectFrom('call')
        .selectAll()
        .where('booking_id', '=', moved.id)
        .orderBy('due_day')
        .execute();
      expect(calls.map((row) => [row.kind, row.due_day])).toEqual([
        ['moved', '2026-11-23'],
        ['reminder', '2026-11-29'],
      ]);
    }));

  it('gives a walk-in the step under way, already there', () =>
    rolledBack(base.db, async (db) => {
      const { team, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const ctx = later(team, to('09:07'));
      const input: ReserveInput = {
        items: [{ resourceId: room.id, ...span('09:00', '10:00') }],
        people: 1,
        person: { name: 'Passant' },
        channel: 'desk',
        arrived: true,
      };
      const { bookings } = await reserve(ctx, input);
      expect(bookings[0]!.status).toBe('checked_in');
      expect((await heldBy(db, bookings[0]!.id))[0]!.fixed).toBe(true);
    }));

  it('keeps the wall clock on the days the clocks change', () =>
    rolledBack(base.db, async (db) => {
      const { person, site, staff } = await scene(db, { rules: { horizonDays: 400 } });
      const room = await makeResource(db, site.id);
      const team = makeCtx(db, { actor: actorOf(staff, ['team'], site.id), now: new Date('2026-10-01T08:00Z') });
      for (const [day, offset] of [
        ['2026-10-25', '+01:00'],
        ['2027-03-28', '+02:00'],
      ] as const) {
        const wish = (from: string, until: string) =>
          reserve(
            team,
            ask(person, [{ resourceId: room.id, start: at(day, from, offset), end: at(day, until, offset) }]),
          );
        expect(await codesOf(wish('08:00', '09:00'))).toEqual([]);
        expect(await codesOf(wish('19:00', '20:00'))).toEqual([]);
        expect(await codesOf(wish('07:00', '08:00'))).toEqual(['unprocessable', 'booking.closed']);
      }
    }));
});

describe('a visitor without an account', () => {
  const wish = (room: { id: string }, from: string, until: string, email = 'nina@essai.example'): ReserveInput => ({
    items: [{ resourceId: room.id, ...span(from, until) }],
    people: 1,
    person: { name: 'Nina', email },
    channel: 'web',
  });

  it('holds the place for half an hour, then confirms by code or link', () =>
    rolledBack(base.db, async (db) => {
      const { visitor, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const first = (await reserve(visitor, wish(room, '14:00', '15:00'))).bookings[0]!;
      expect(first).toMatchObject({ status: 'held', holdExpiresAt: addMinutes(monday9, 30) });
      const { code } = await lastCode(visitor);
      const [done] = await confirm(visitor, { reference: first.reference.toLowerCase(), code });
      expect(done).toMatchObject({ status: 'confirmed' });
      const person = await db
        .selectFrom('person')
        .selectAll()
        .where('id', '=', done!.personId)
        .executeTakeFirstOrThrow();
      expect(person).toMatchObject({ email: 'nina@essai.example', confirmed_at: monday9 });
      expect((await heldBy(db, first.id))[0]!.expires_at).toBeNull();
      expect(await codesOf(confirm(visitor, { reference: first.reference, code }))).toEqual([
        'conflict',
        'booking.code_used',
      ]);
      await reserve(visitor, wish(room, '15:00', '16:00'));
      const { token } = await lastCode(visitor);
      const [second] = await confirm(visitor, { token });
      expect(second!.personId).toBe(done!.personId);
      expect(await confirm(visitor, { token })).toMatchObject([{ status: 'confirmed' }]);
    }));

  it('does not reach a past person by typing their e-mail, until it is confirmed', () =>
    rolledBack(base.db, async (db) => {
      const { visitor, site, person } = await scene(db);
      const room = await makeResource(db, site.id);
      const held = (await reserve(visitor, wish(room, '14:00', '15:00', person.email!))).bookings[0]!;
      expect(held.personId).not.toBe(person.id);
      const { token } = await lastCode(visitor);
      expect((await confirm(visitor, { token }))[0]!.personId).toBe(person.id);
    }));

  it('has five attempts at a code, and the link still', () =>
    rolledBack(base.db, async (db) => {
      const { visitor, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const held = (await reserve(visitor, wish(room, '14:00', '15:00'))).bookings[0]!;
      const { code, token } = await lastCode(visitor);
      const bad = code === '000000' ? '000001' : '000000';
      for (let n = 0; n < 5; n += 1)
        expect(await codesOf(confirm(visitor, { reference: held.reference, code: bad }))).toEqual([
          'unprocessable',
          'booking.code_wrong',
        ]);
      expect(await codesOf(confirm(visitor, { reference: held.reference, code }))).toEqual([
        'too_many',
        'booking.code_attempts',
      ]);
      expect(await confirm(visitor, { token })).toMatchObject([{ status: 'confirmed' }]);
    }));

  it('may have two bookings waiting for their code, not three', () =>
    rolledBack(base.db, async (db) => {
      const { visitor, site } = await scene(db);
      const room = await makeResource(db, site.id);
      await reserve(visitor, wish(room, '10:00', '11:00'));
      await reserve(visitor, wish(room, '11:00', '12:00'));
      expect(await codesOf(reserve(visitor, wish(room, '12:00', '13:00')))).toEqual([
        'unprocessable',
        'booking.unconfirmed',
      ]);
      expect(await codesOf(reserve(later(visitor, addMinutes(monday9, 31)), wish(room, '12:00', '13:00')))).toEqual([]);
    }));

  it('loses the place after half an hour to whoever wants it, and is given it late if nobody did', () =>
    rolledBack(base.db, async (db) => {
      const { visitor, self, person, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const lost = (await reserve(visitor, wish(room, '14:00', '15:00'))).bookings[0]!;
      const { token: lostToken } = await lastCode(visitor);
      const kept = (await reserve(visitor, wish(room, '16:00', '17:00'))).bookings[0]!;
      const { token: keptToken } = await lastCode(visitor);
      const half = addMinutes(monday9, 45);
      await reserve(later(self, half), ask(person, [{ resourceId: room.id, ...span('14:00', '15:00') }]));
      expect(await kinds(db, lost.id)).toEqual(['booking.held', 'booking.expired']);
      expect(await codesOf(confirm(later(visitor, half), { token: lostToken }))).toEqual(['conflict', 'booking.taken']);
      await expireHolds(later(visitor, half));
      expect(await heldBy(db, kept.id)).toHaveLength(0);
      expect(await confirm(later(visitor, half), { token: keptToken })).toMatchObject([{ status: 'confirmed' }]);
      expect(await heldBy(db, kept.id)).toHaveLength(1);
    }));

  it('meets the limits of the person they turn out to be', () =>
    rolledBack(base.db, async (db) => {
      const { visitor, self, person, site } = await scene(db, { rules: { personAtOnce: 1 } });
      const room = await makeResource(db, site.id);
      await reserve(self, ask(person, [{ resourceId: room.id, ...span('14:00', '15:00') }]));
      await reserve(visitor, wish(room, '16:00', '17:00', person.email!));
      const { token } = await lastCode(visitor);
      expect(await codesOf(confirm(visitor, { token }))).toEqual(['unprocessable', 'booking.person_at_once']);
    }));
});

describe('to change a booking', () => {
  async function booked(db: Db, rules = {}) {
    const all = await scene(db, { rules });
    const room = await makeResource(db, all.site.id);
    const { bookings } = await reserve(all.self, ask(all.person, [{ resourceId: room.id, ...span('14:00', '15:00') }]));
    return { ...all, room, booking: bookings[0]! };
  }

  it('is for the person, whoever has the link, and the team: to others it is not there', () =>
    rolledBack(base.db, async (db) => {
      const { booking, visitor, self, team, site } = await booked(db);
      const other = makeCtx(db, { actor: actorOf(await makePerson(db)) });
      const elsewhere = await makeSite(db);
      const otherTeam = makeCtx(db, { actor: actorOf(await makePerson(db), ['team'], elsewhere.id) });
      for (const ctx of [visitor, other, otherTeam]) {
        expect(await codesOf(cancel(ctx, { booking: booking.id, reason: 'x' }))).toEqual(['not_found', 'not_found']);
        expect(await codesOf(cancel(ctx, { booking: booking.reference, key: 'faux' }))).toEqual([
          'not_found',
          'not_found',
        ]);
      }
      expect(await codesOf(cancel(self, { booking: 'ABC' }))).toEqual(['not_found', 'not_found']);
      expect(await codesOf(cancel(team, { booking: booking.id }))).toEqual(['unprocessable', 'booking.reason_needed']);
      const key = bookingKey(visitor.secret, booking.id);
      expect(await cancel(visitor, { booking: booking.reference, key })).toMatchObject({
        status: 'cancelled',
        siteId: site.id,
      });
      expect(await heldBy(db, booking.id)).toHaveLength(0);
    }));

  it('refuses a stale version', () =>
    rolledBack(base.db, async (db) => {
      const { self, booking } = await booked(db);
      await move(self, { booking: booking.id, version: 1, ...span('15:00', '16:00') });
      expect(await codesOf(cancel(self, { booking: booking.id, version: 1 }))).toEqual(['stale', 'stale']);
      expect(await cancel(self, { booking: booking.id, version: 2 })).toMatchObject({ version: 3 });
      expect(await kinds(db, booking.id)).toEqual(['booking.confirmed', 'booking.moved', 'booking.cancelled']);
    }));

  it('closes at the deadline, but for the team', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, booking } = await booked(db, { cancelUntilMinutes: 120 });
      const late = to('12:30');
      expect(await codesOf(cancel(later(self, late), { booking: booking.id }))).toEqual([
        'unprocessable',
        'booking.deadline',
      ]);
      expect(await codesOf(move(later(self, late), { booking: booking.id, ...span('16:00', '17:00') }))).toEqual([
        'unprocessable',
        'booking.deadline',
      ]);
      expect(await codesOf(cancel(later(team, late), { booking: booking.id, reason: 'malade' }))).toEqual([]);
    }));

  it('moves in time, in place and in length, over its own old place too; a refusal changes nothing', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, booking, room, site } = await booked(db);
      const other = await makeResource(db, site.id);
      await reserve(self, ask(person, [{ resourceId: other.id, ...span('14:00', '15:00') }]));
      expect(await move(self, { booking: booking.id, ...span('14:30', '15:30') })).toMatchObject({
        version: 2,
        reference: booking.reference,
      });
      expect(await move(self, { booking: booking.id, end: to('16:30') })).toMatchObject({
        start: to('14:30'),
        end: to('16:30'),
      });
      expect(await codesOf(move(self, { booking: booking.id, resourceId: other.id }))).toEqual([
        'conflict',
        'booking.taken',
      ]);
      const rows = await heldBy(db, booking.id);
      expect(rows.map((row) => row.unit_id)).toEqual([room.units[0]]);
      expect(await move(self, { booking: booking.id, resourceId: other.id, ...span('15:00', '16:00') })).toMatchObject({
        resourceId: other.id,
        version: 4,
      });
      expect(await codesOf(move(self, { booking: booking.id, start: to('19:30') }))).toEqual([
        'unprocessable',
        'booking.closed',
      ]);
    }));

  it('is checked in, taken back, ended early, and given to the next', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, person, booking, room } = await booked(db);
      expect(await codesOf(checkIn(self, { booking: booking.id }))).toEqual(['unprocessable', 'booking.too_early']);
      const there = to('13:50');
      expect(await checkIn(later(self, there), { booking: booking.id })).toMatchObject({ status: 'checked_in' });
      expect((await heldBy(db, booking.id))[0]!.fixed).toBe(true);
      expect(await checkIn(later(self, there), { booking: booking.id })).toMatchObject({ version: 2 });
      await undoCheckIn(later(team, there), { booking: booking.id });
      await checkIn(later(self, there), { booking: booking.id });
      expect(await codesOf(cancel(later(self, there), { booking: booking.id }))).toEqual([
        'conflict',
        'booking.state_checked_in',
      ]);
      const now = to('14:20');
      expect(await endEarly(later(self, now), { booking: booking.id })).toMatchObject({ end: now });
      expect(
        await codesOf(reserve(later(self, now), ask(person, [{ resourceId: room.id, ...span('14:30', '15:00') }]))),
      ).toEqual([]);
    }));

  it('is released when nobody comes, counted, and forgiven', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, person, booking } = await booked(db, { checkIn: true, releaseMinutes: 15 });
      const clock = (time: string) => later({ ...self, actor: system }, to(time));
      // The demonstration's own late ones first, until none is left.
      while ((await releaseLate(clock('14:14'))) > 0);
      expect(await heldBy(db, booking.id)).toHaveLength(1);
      expect(await releaseLate(clock('14:15'))).toBe(1);
      expect(await releaseLate(clock('14:15'))).toBe(0);
      expect(await heldBy(db, booking.id)).toHaveLength(0);
      expect(await topics(db, booking.id)).toEqual(['booking.confirmed', 'booking.released']);
      expect(await absencesOf(team, person.id, monday9)).toBe(1);
      await pardon(team, { booking: booking.id, reason: 'panne de bus' });
      expect(await absencesOf(team, person.id, monday9)).toBe(0);
    }));

  it('is marked absent by the team', () =>
    rolledBack(base.db, async (db) => {
      const { team, booking } = await booked(db);
      expect(await codesOf(markNoShow(team, { booking: booking.id }))).toEqual(['unprocessable', 'booking.not_begun']);
      expect(await markNoShow(later(team, to('14:10')), { booking: booking.id })).toMatchObject({ status: 'no_show' });
    }));

  it('is an option until a date, then a booking or nothing', () =>
    rolledBack(base.db, async (db) => {
      const { team, person, room } = await booked(db);
      const wish = (from: string, until: string) =>
        reserve(
          team,
          ask(person, [{ resourceId: room.id, ...span(from, until) }], { channel: 'desk', optionUntil: to('12:00') }),
        );
      const kept = (await wish('10:00', '11:00')).bookings[0]!;
      const gone = (await wish('16:00', '17:00')).bookings[0]!;
      expect(await keepOption(team, { booking: kept.id })).toMatchObject({ status: 'confirmed', holdExpiresAt: null });
      expect(await codesOf(keepOption(later(team, to('12:00')), { booking: gone.id }))).toEqual([
        'conflict',
        'booking.no_option',
      ]);
      await expireHolds(later(team, to('12:00')));
      expect(await kinds(db, gone.id)).toEqual(['booking.held', 'booking.expired']);
    }));
});

describe('a weekly series', () => {
  it('shows each date with its conflicts and what is free instead, then keeps all or none', () =>
    rolledBack(base.db, async (db) => {
      const { self, person, site } = await scene(db);
      const room = await makeResource(db, site.id);
      const twin = await makeResource(db, site.id);
      await reserve(self, ask(person, [{ resourceId: room.id, ...span('14:00', '15:00', '2026-12-07') }]));
      const dates = await planSeries(self, {
        resourceId: room.id,
        ...span('14:00', '15:00'),
        weeks: 4,
        people: 2,
        person: { id: person.id },
        channel: 'web',
      });
      expect(dates.map((one) => one.ok)).toEqual([true, true, false, true]);
      const alternatives = dates[2]!.alternatives;
      expect(alternatives.slice(0, 3).map((one) => one.resourceId)).toEqual([room.id, room.id, twin.id]);
      const items = dates
        .map((one) => (one.ok ? one : alternatives[2]!))
        .map(({ resourceId, start, end }) => ({ resourceId, start, end }));
      expect(await codesOf(keepSeries(self, ask(person, dates)))).toEqual(['conflict', 'booking.taken']);
      const { bookings, seriesId } = await keepSeries(self, ask(person, items));
      expect(bookings.map((one) => one.seriesId)).toEqual([seriesId, seriesId, seriesId, seriesId]);
    }));
});

describe('an outage', () => {
  it('shows who is touched, then displaces them, cuts what is in use, and closes', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, person, site } = await scene(db);
      const laser = await makeResource(db, site.id, { kind: 'machine', after: 15, step: 15 });
      const twin = await makeResource(db, site.id, { kind: 'machine' });
      const wish = async (from: string, until: string) =>
        (await reserve(self, ask(person, [{ resourceId: laser.id, ...span(from, until) }]))).bookings[0]!;
      const [using, before, hit] = [
        await wish('09:30', '11:00'),
        await wish('11:15', '12:00'),
        await wish('14:00', '15:00'),
      ];
      const now = later(team, to('10:00'));
      const outage = { resourceId: laser.id, start: to('10:00'), end: to('10:30') };
      expect(await codesOf(previewOutage(self, outage))).toEqual(['not_found', 'not_found']);
      expect((await previewOutage(now, outage)).map((one) => [one.id, one.inUse])).toEqual([[using.id, true]]);
      expect((await closeForOutage(now, { ...outage, reason: { fr: 'tube' } })).cut).toMatchObject([
        { id: using.id, end: to('10:00') },
      ]);
      const long = { resourceId: laser.id, start: to('12:00'), end: to('18:00') };
      const affected = await previewOutage(now, long);
      expect(affected).toMatchObject([{ id: hit.id, inUse: false }]);
      expect(affected[0]!.equivalents[0]).toMatchObject({ resourceId: twin.id, start: hit.start });
      const { displaced, closureId } = await closeForOutage(now, { ...long, reason: { fr: 'tube' } });
      expect(displaced).toMatchObject([{ id: hit.id, status: 'displaced' }]);
      expect(await topics(db, hit.id)).toEqual(['booking.confirmed', 'booking.displaced']);
      expect(await heldBy(db, before.id)).toHaveLength(1);
      expect(await codesOf(wish('16:00', '17:00'))).toEqual(['conflict', 'booking.taken']);
      expect(await move(self, { booking: hit.id, resourceId: twin.id })).toMatchObject({
        status: 'confirmed',
        reference: hit.reference,
      });
      const second = await closeForOutage(now, {
        resourceId: laser.id,
        start: to('17:00'),
        end: to('19:00'),
        reason: {},
      });
      await liftClosure(now, { closureId });
      expect(await codesOf(wish('16:00', '16:45'))).toEqual([]);
      expect(await codesOf(wish('17:15', '18:00'))).toEqual(['conflict', 'booking.taken']);
      await liftClosure(now, { closureId: second.closureId });
      expect(await codesOf(wish('17:15', '18:00'))).toEqual([]);
    }));

  it('of a part displaces whoever booked the whole', () =>
    rolledBack(base.db, async (db) => {
      const { self, team, person, site } = await scene(db);
      const laser = await makeResource(db, site.id, { kind: 'machine' });
      const lab = await makeResource(db, site.id, { kind: 'fab_lab', contains: [laser.id] });
      const whole = (await reserve(self, ask(person, [{ resourceId: lab.id, ...span('14:00', '15:00') }])))
        .bookings[0]!;
      const { displaced } = await closeForOutage(team, { resourceId: laser.id, ...span('14:30', '16:00'), reason: {} });
      expect(displaced.map((one) => one.id)).toEqual([whole.id]);
      expect(await heldBy(db, whole.id)).toHaveLength(0);
    }));
});

describe('a request sent twice', () => {
  it('books once, in parallel too; another request with its key is refused', async () => {
    const { self, person, site } = await scene(base.db);
    const desks = await makeResource(base.db, site.id, { units: 5 });
    const input = ask(person, [{ resourceId: desks.id, ...span('14:00', '15:00') }]);
    const send = (hash: string) =>
      withIdempotency(self, 'clé-1', hash, async (inside) => ({ status: 201, body: await reserve(inside, input) }));
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(requestHash(input))));
    expect(new Set(answers.map((answer) => JSON.parse(JSON.stringify(answer.body)).bookings[0].id)).size).toBe(1);
    expect(await codesOf(send('autre'))).toEqual(['unprocessable', 'idempotency.mismatch']);
    expect(await base.db.selectFrom('booking').select('id').where('resource_id', '=', desks.id).execute()).toHaveLength(
      1,
    );
  });
});
