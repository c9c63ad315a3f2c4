import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeHelper, makePresence, makeReason } from '../../../test/harness/help.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCommune, makeCtx, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes, instantAt, type Span, wholeDay } from '../../core/clock.ts';
import { registrationKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { holdForSessions } from '../booking/index.ts';
import { addAbsence, freeOf, freeTimes, minutesIn, readCalendars } from '../presence/index.ts';
import { registrationByReference, releaseAllRanOut } from '../registrations/index.ts';
import { sessionsByIds } from '../timetable/index.ts';
import { spotOf } from './appointments.store.ts';
import { cancelAppointment, makeAppointment, moveAppointment } from './index.ts';

const base = useDatabase({ max: 2 });
const tuesday = '2026-11-24';
const week = { from: at('2026-11-23', '00:00'), to: at('2026-11-30', '00:00') };

/** Two places twenty kilometres apart, one helper who is at each on Tuesday, and somebody who needs them. */
async function scene(db: Db) {
  const lumbres = await makeSite(db, { name: 'Lumbres', lat: 50.705, lon: 2.12 });
  const aire = await makeSite(db, { name: 'Aire', lat: 50.638, lon: 2.396 });
  const reason = await makeReason(db);
  const helper = await makeHelper(db, lumbres.id, [reason.id]);
  await makePresence(db, helper.id, lumbres.id, 2, 540, 720);
  await makePresence(db, helper.id, aire.id, 2, 720, 960);
  const person = await makePerson(db, { name: 'Marcel Essai' });
  const ctx = makeCtx(db, { actor: actorOf(person) });
  const team = makeCtx(db, { actor: actorOf(await makePerson(db), ['team'], lumbres.id) });
  const take = (start: Date, siteId = lumbres.id, who: Ctx = ctx) =>
    makeAppointment(who, {
      reasonSlug: reason.slug,
      helperId: helper.id,
      siteId,
      stopId: null,
      start,
      person: { id: who.actor.personId! },
      channel: 'web',
    });
  return { lumbres, aire, reason, helper, person, ctx, team, take };
}

const clocks = (free: { starts: Date[] }[]) =>
  free.flatMap((one) => one.starts.map((start) => new Date(start.getTime() + 3_600_000).toISOString().slice(11, 16)));

test('takes a time: it is nobody else’s, and the road to the next place is kept free', async () => {
  await rolledBack(base.db, async (db) => {
    const { lumbres, aire, reason, helper, ctx, take } = await scene(db);
    const query = { reasonSlug: reason.slug, ...week };
    const before = await freeTimes(ctx, { ...query, near: { lat: 50.638, lon: 2.396 } });
    expect(before.map((one) => one.site.slug)).toEqual([aire.slug, lumbres.slug]);
    expect(before[0]!.distanceKm).toBeLessThan(0.1);
    expect(clocks(await freeTimes(ctx, { ...query, siteId: lumbres.id }))).toEqual([
      '09:00',
      '09:45',
      '10:30',
      '11:15',
    ]);
    expect(clocks(await freeTimes(ctx, { ...query, siteId: aire.id }))[0]).toBe('12:00');
    const made = await take(at(tuesday, '11:15'));
    expect(made.status).toBe('registered');
    expect(clocks(await freeTimes(ctx, { ...query, siteId: lumbres.id }))).toEqual(['09:00', '09:45', '10:30']);
    // Until noon in Lumbres, then 45 minutes of road.
    expect(clocks(await freeTimes(ctx, { ...query, siteId: aire.id }))[0]).toBe('12:45');
    await expect(take(at(tuesday, '12:30'), aire.id)).rejects.toMatchObject({ code: 'appointment.taken' });
    await expect(take(at(tuesday, '11:00'))).rejects.toMatchObject({ code: 'appointment.taken' });
    const [session] = await sessionsByIds(ctx, [made.sessionId]);
    expect(session).toMatchObject({ kind: 'appointment', seats: 1, reasonId: reason.id, taken: 1 });
    expect(session!.leaders.map((one) => one.id)).toEqual([helper.person.id]);
  });
});

test('says when, for how many and how far ahead one may come, and knows those it does not see', async () => {
  await rolledBack(base.db, async (db) => {
    const { lumbres, helper, ctx, take, reason } = await scene(db);
    const input = {
      reasonSlug: reason.slug,
      helperId: helper.id,
      siteId: lumbres.id,
      stopId: null,
      channel: 'web' as const,
    };
    const person = { id: ctx.actor.personId! };
    const start = at(tuesday, '09:00');
    const three = [{ self: true }, { name: 'Ana' }, { name: 'Lou' }];
    await expect(makeAppointment(ctx, { ...input, start, person, attendees: three })).rejects.toMatchObject({
      code: 'appointment.too_many',
    });
    await expect(take(at('2027-03-02', '09:00'))).rejects.toMatchObject({ code: 'appointment.too_far' });
    await expect(take(at('2026-11-17', '09:00'))).rejects.toMatchObject({ code: 'appointment.past' });
    await db.updateTable('appointment_reason').set({ notice_minutes: 2880 }).where('id', '=', reason.id).execute();
    await expect(take(start)).rejects.toMatchObject({ code: 'appointment.too_soon' });
    await db
      .updateTable('appointment_reason')
      .set({ who: 'team', notice_minutes: 0 })
      .where('id', '=', reason.id)
      .execute();
    await expect(take(start)).rejects.toMatchObject({ code: 'appointment.who' });
    await db.updateTable('appointment_reason').set({ who: 'public' }).where('id', '=', reason.id).execute();
    const two = [{ self: true }, { name: 'Ana' }];
    const made = await makeAppointment(ctx, { ...input, start, person, attendees: two, mandate: 'sa voisine' });
    const view = await registrationByReference(ctx, made.reference);
    expect(view).toMatchObject({ places: 2, mandate: 'sa voisine' });
    for (const time of ['09:45', '10:30']) await take(at(tuesday, time));
    await expect(take(at(tuesday, '11:15'))).rejects.toMatchObject({ code: 'appointment.enough' });
  });
});

test('moves to another place and hour, and gives its first hour back', async () => {
  await rolledBack(base.db, async (db) => {
    const { lumbres, aire, helper, ctx, take, reason } = await scene(db);
    const made = await take(at(tuesday, '10:30'));
    const to = { helperId: helper.id, siteId: aire.id, stopId: null };
    const stranger = makeCtx(db, { actor: actorOf(await makePerson(db)) });
    const target = { reference: made.reference };
    await expect(moveAppointment(stranger, { ...target, ...to, start: at(tuesday, '14:00') })).rejects.toMatchObject({
      kind: 'not_found',
    });
    // Its own hour does not stand in its way: no road from where it is no more.
    await moveAppointment(ctx, { ...target, ...to, start: at(tuesday, '12:00') });
    const [session] = await sessionsByIds(ctx, [made.sessionId]);
    expect([session!.site.id, session!.start]).toEqual([aire.id, at(tuesday, '12:00')]);
    expect(clocks(await freeTimes(ctx, { reasonSlug: reason.slug, ...week, siteId: lumbres.id }))).toEqual([
      '09:00',
      '09:45',
      '10:30',
    ]);
    const key = registrationKey(ctx.secret, made.id);
    const visitor = makeCtx(db);
    await moveAppointment(visitor, { ...target, key, ...to, start: at(tuesday, '12:45') });
    await cancelAppointment(visitor, { ...target, key });
    expect((await sessionsByIds(ctx, [made.sessionId]))[0]!.status).toBe('cancelled');
    const { rows } = await sql`select from allocation where unit_id = ${helper.unitId}`.execute(db);
    expect(rows).toHaveLength(0);
  });
});

test('is free again once the half hour of a visitor who confirmed nothing is over, and at once for whoever comes then', async () => {
  await rolledBack(base.db, async (db) => {
    const { lumbres, helper, reason, take } = await scene(db);
    const visitor = makeCtx(db);
    const start = at(tuesday, '09:00');
    const made = await makeAppointment(visitor, {
      reasonSlug: reason.slug,
      helperId: helper.id,
      siteId: lumbres.id,
      stopId: null,
      start,
      person: { name: 'Rose Essai', email: 'rose@essai.example' },
      channel: 'web',
    });
    expect(made.status).toBe('held');
    await expect(take(start)).rejects.toMatchObject({ code: 'appointment.taken' });
    const later = addMinutes(monday9, 31);
    const other = await makePerson(db);
    const ctx = makeCtx(db, { actor: actorOf(other), now: later });
    expect(clocks(await freeTimes(ctx, { reasonSlug: reason.slug, ...week, siteId: lumbres.id }))[0]).toBe('09:00');
    const won = await take(start, lumbres.id, ctx);
    expect(won.status).toBe('registered');
    expect((await sessionsByIds(ctx, [made.sessionId]))[0]!.status).toBe('cancelled');
  });
});

test('a hold that ran out gives the helper’s time back by itself', async () => {
  await rolledBack(base.db, async (db) => {
    const { lumbres, helper, reason } = await scene(db);
    await makeAppointment(makeCtx(db), {
      reasonSlug: reason.slug,
      helperId: helper.id,
      siteId: lumbres.id,
      stopId: null,
      start: at(tuesday, '09:00'),
      person: { name: 'Rose Essai', email: 'rose@essai.example' },
      channel: 'web',
    });
    await releaseAllRanOut(makeCtx(db, { now: addMinutes(monday9, 31) }));
    const { rows } = await sql`select from allocation where unit_id = ${helper.unitId}`.execute(db);
    expect(rows).toHaveLength(0);
  });
});

test('the team takes one by telephone, at its place or another, and nobody who is absent is given', async () => {
  await rolledBack(base.db, async (db) => {
    const { aire, helper, team, reason, ctx } = await scene(db);
    const made = await makeAppointment(team, {
      reasonSlug: reason.slug,
      helperId: helper.id,
      siteId: aire.id,
      stopId: null,
      start: at(tuesday, '14:15'),
      person: { name: 'Yvette Essai', telephone: '03 21 00 00 00' },
      channel: 'desk',
    });
    expect(made.status).toBe('registered');
    await addAbsence(team, { helperId: helper.id, start: at(tuesday, '09:00'), end: at(tuesday, '12:00') });
    expect(await freeTimes(ctx, { reasonSlug: reason.slug, ...week, to: at(tuesday, '12:00') })).toEqual([]);
  });
});

const gesture = fc.record({
  kind: fc.constantFrom('take', 'take', 'take', 'move', 'cancel'),
  which: fc.nat(),
  there: fc.boolean(),
  quarter: fc.integer({ min: 32, max: 76 }),
});

test('leaves the time of the road between two commitments, whatever is made, moved and given back; the parts make up the whole', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('2026-11-24', '2026-12-01'),
      fc.array(gesture, { minLength: 1, maxLength: 8 }),
      (day, gestures) =>
        rolledBack(base.db, async (db) => {
          const { lumbres, aire, helper, reason } = await scene(db);
          await makePresence(db, helper.id, lumbres.id, 2, 840, 1140);
          const meeting = await makeSession(db, {
            siteId: aire.id,
            start: instantAt(day, 870, 'Europe/Paris'),
            end: instantAt(day, 930, 'Europe/Paris'),
          });
          const team = makeCtx(db, { actor: actorOf(await makePerson(db), ['team']) });
          await holdForSessions(team, [
            { sessionId: meeting.id, helperId: helper.id, people: 1, start: meeting.start, end: meeting.end },
          ]);
          const references: string[] = [];
          for (const one of gestures) {
            const time = {
              helperId: helper.id,
              siteId: one.there ? aire.id : lumbres.id,
              stopId: null,
              start: instantAt(day, one.quarter * 15, 'Europe/Paris'),
            };
            const reference = references[one.which % Math.max(1, references.length)];
            try {
              if (one.kind === 'take' || !reference) {
                const person = { name: 'Paul', telephone: '03 21 00 00 00' };
                const input = { ...time, reasonSlug: reason.slug, person, channel: 'desk' as const };
                references.push((await makeAppointment(team, input)).reference);
              } else if (one.kind === 'move') await moveAppointment(team, { reference, ...time });
              else await cancelAppointment(team, { reference });
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
            }
          }
          const window: Span = wholeDay(day, 'Europe/Paris');
          const { calendars, sites } = await readCalendars(team, { helperIds: [helper.id] }, window);
          const { commitments } = calendars[0]!;
          for (const [index, next] of commitments.entries()) {
            const former = commitments[index - 1];
            if (!former) continue;
            const apart = (next.start.getTime() - former.end.getTime()) / 60_000;
            expect(apart).toBeGreaterThanOrEqual(former.place!.siteId === next.place!.siteId ? 0 : 45);
          }
          for (const { present, parts } of freeOf(calendars[0]!, sites, window)) {
            const all = [...parts.free, ...parts.taken, ...parts.travel, ...parts.absent];
            expect(minutesIn(all)).toBe(minutesIn([present]));
          }
        }),
    ),
    { numRuns: 12 },
  ));

test('keeps why one comes out of what others read', async () => {
  await rolledBack(base.db, async (db) => {
    const { ctx, take } = await scene(db);
    const made = await take(at(tuesday, '09:00'));
    const session = (await sessionsByIds(ctx, [made.sessionId]))[0]!;
    const words = JSON.stringify({ ...session, reasonId: newId() });
    expect(words).not.toMatch(/surendettement|Schuld|Debt|relevés/);
    const { rows } = await sql<{ all: string }>`
      select coalesce((select string_agg(data::text || coalesce(reason, ''), ' ') from journal), '')
        || coalesce((select string_agg(payload::text, ' ') from outbox), '') as all`.execute(db);
    expect(rows[0]!.all).not.toMatch(/surendettement|Schuld|Debt|relevés|sujet-/);
  });
});

test('says nothing of a stop of the bus that is not published yet', async () => {
  await rolledBack(base.db, async (db) => {
    const bus = await makeSite(db, { kind: 'mobile' });
    const [starts_at, ends_at] = [at(tuesday, '09:00'), at(tuesday, '12:00')];
    const commune_code = await makeCommune(db);
    const row = { id: newId(), site_id: bus.id, commune_code, lat: 50.7, lon: 2.2, starts_at, ends_at, draft: true };
    await db
      .insertInto('stop')
      .values({ ...row, place: '{"fr":"Place"}' })
      .execute();
    expect(await spotOf(makeCtx(db), bus.slug, row.id)).toBeUndefined();
    await db.updateTable('stop').set({ draft: false }).where('id', '=', row.id).execute();
    expect((await spotOf(makeCtx(db), bus.slug, row.id))?.stop?.id).toBe(row.id);
  });
});
