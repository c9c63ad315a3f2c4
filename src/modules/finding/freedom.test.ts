import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, makeCommune, makeCtx, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { hour, instantAt, type Span, wholeDay } from '../../core/clock.ts';
import type { Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { type FreedomQuery, fits, freedom } from './index.ts';

const base = useDatabase({ max: 2 });

const paris = 'Europe/Paris';
const monday = wholeDay('2026-11-23', paris);
const inParis = (date: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: paris, dateStyle: 'short', timeStyle: 'short' }).format(date);
const words = (spans: readonly Span[]) => spans.map((span) => `${inParis(span.start)} > ${inParis(span.end)}`);
const hours = (spans: readonly Span[]) =>
  spans.reduce((sum, span) => sum + (span.end.getTime() - span.start.getTime()) / hour, 0);

async function ask(trx: Db, id: string, over: Partial<FreedomQuery> = {}) {
  const query = { resourceIds: [id], from: monday.start, to: monday.end, ...over };
  return (await freedom(makeCtx(trx), query)).get(id)!;
}

async function take(trx: Db, unit: string, start: Date, end: Date, over: { cause?: string; expires?: Date } = {}) {
  await trx
    .insertInto('allocation')
    .values({
      id: newId(),
      unit_id: unit,
      during: `[${start.toISOString()},${end.toISOString()})`,
      cause_kind: 'booking',
      cause_id: over.cause ?? newId(),
      expires_at: over.expires ?? null,
    })
    .execute();
}

async function except(
  trx: Db,
  owner: { site_id?: string; space_id?: string; resource_id?: string },
  day: string,
  ...open: [number, number][]
) {
  const row = (opens: number | null, closes: number | null) => ({ id: newId(), ...owner, day, opens, closes });
  const rows = open.length ? open.map(([opens, closes]) => row(opens, closes)) : [row(null, null)];
  await trx.insertInto('opening_exception').values(rows).execute();
}

async function rule(
  trx: Db,
  owner: { space_id?: string; resource_id?: string },
  weekday: number,
  opens: number,
  closes: number,
  valid: { valid_from?: string; valid_to?: string } = {},
) {
  await trx
    .insertInto('opening_rule')
    .values({ id: newId(), ...owner, weekday, opens, closes, ...valid })
    .execute();
}

async function makeSpace(trx: Db, siteId: string) {
  const id = newId();
  await trx
    .insertInto('space')
    .values({
      id,
      site_id: siteId,
      slug: `s-${id.slice(-8)}`,
      name: '{"fr":"Étage"}',
      summary: '{}',
      floor: '{}',
      rules: '{}',
    })
    .execute();
  return id;
}

describe('opening', () => {
  test('follows the week of the site, on the wall clock of its zone', () =>
    rolledBack(base.db, async (trx) => {
      const site = await makeSite(trx);
      const room = await makeResource(trx, site.id);
      const found = await ask(trx, room.id);
      expect(words(found.open)).toEqual(['2026-11-23 08:00 > 2026-11-23 20:00']);
      expect(found.full).toEqual([]);
      expect(found.free).toEqual(found.open);
    }));

  test('a resource that does not exist is never open', () =>
    rolledBack(base.db, async (trx) => {
      expect(await ask(trx, newId())).toEqual({ open: [], full: [], free: [] });
    }));

  test('the nearest level that has hours wins: resource, space, site', () =>
    rolledBack(base.db, async (trx) => {
      const site = await makeSite(trx);
      const space = await makeSpace(trx, site.id);
      const room = await makeResource(trx, site.id);
      await trx.updateTable('resource').set({ space_id: space }).where('id', '=', room.id).execute();
      await rule(trx, { space_id: space }, 1, 540, 720);
      expect(words((await ask(trx, room.id)).open)).toEqual(['2026-11-23 09:00 > 2026-11-23 12:00']);
      await rule(trx, { resource_id: room.id }, 1, 600, 660);
      expect(words((await ask(trx, room.id)).open)).toEqual(['2026-11-23 10:00 > 2026-11-23 11:00']);
      const tuesday = wholeDay('2026-11-24', paris);
      expect((await ask(trx, room.id, { from: tuesday.start, to: tuesday.end })).open).toEqual([]);
    }));

  test('hours of a season give way to the wider level when it is over', () =>
    rolledBack(base.db, async (trx) => {
      const site = await makeSite(trx);
      const room = await makeResource(trx, site.id);
      await rule(trx, { resource_id: room.id }, 1, 600, 660, { valid_to: '2026-11-22' });
      expect(hours((await ask(trx, room.id)).open)).toBe(12);
    }));

  test('an exception replaces the day, may open it several times, and the nearest level wins', () =>
    rolledBack(base.db, async (trx) => {
      const site = await makeSite(trx);
      const room = await makeResource(trx, site.id);
      const other = await makeResource(trx, site.id);
      await rule(trx, { resource_id: room.id }, 1, 600, 660);
      await except(trx, { site_id: site.id }, '2026-11-23');
      expect((await ask(trx, room.id)).open).toEqual([]);
      await except(trx, { resource_id: room.id }, '2026-11-23', [540, 600], [840, 900]);
      expect(words((await ask(trx, room.id)).open)).toEqual([
        '2026-11-23 09:00 > 2026-11-23 10:00',
        '2026-11-23 14:00 > 2026-11-23 15:00',
      ]);
      expect((await ask(trx, other.id)).open).toEqual([]);
    }));

  test('public holidays close the sites that keep them, unless an exception opens the day', () =>
    rolledBack(base.db, async (trx) => {
      const site = await makeSite(trx, { closedOnHolidays: true });
      const busy = await makeSite(trx, { closedOnHolidays: false });
      const room = await makeResource(trx, site.id);
      const always = await makeResource(trx, busy.id);
      for (const day of ['2026-11-11', '2027-05-01', '2026-12-25']) {
        const { start: from, end: to } = wholeDay(day, paris);
        expect((await ask(trx, room.id, { from, to })).open).toEqual([]);
        expect(hours((await ask(trx, always.id, { from, to })).open)).toBe(12);
      }
      await except(trx, { site_id: site.id }, '2026-11-11', [600, 720]);
      const { start: from, end: to } = wholeDay('2026-11-11', paris);
      expect(hours((await ask(trx, room.id, { from, to })).open)).toBe(2);
    }));

  test('holidays are those of the country the site stands in', () =>
    rolledBack(base.db, async (trx) => {
      const code = await makeCommune(trx, { code: '33021', name: 'Poperinge' });
      await trx.updateTable('commune').set({ country: 'BE' }).where('code', '=', code).execute();
      const site = await makeSite(trx, { closedOnHolidays: true, timeZone: 'Europe/Brussels' });
      await trx.updateTable('site').set({ commune_code: code }).where('id', '=', site.id).execute();
      const room = await makeResource(trx, site.id);
      const belgian = wholeDay('2027-07-21', paris);
      const french = wholeDay('2027-07-14', paris);
      expect(hours((await ask(trx, room.id, { from: belgian.start, to: belgian.end })).open)).toBe(0);
      expect(hours((await ask(trx, room.id, { from: french.start, to: french.end })).open)).toBe(12);
    }));

  test('a night past midnight belongs to the day before, and openings that touch are one', () =>
    rolledBack(base.db, async (trx) => {
      const night = await makeSite(trx, { opening: [[7, 1320, 1560]] });
      const always = await makeSite(trx, { opening: [1, 2, 3, 4, 5, 6, 7].map((day) => [day, 0, 1440]) });
      const late = await makeResource(trx, night.id);
      const room = await makeResource(trx, always.id);
      expect(words((await ask(trx, late.id)).open)).toEqual(['2026-11-23 00:00 > 2026-11-23 02:00']);
      const { open } = await ask(trx, room.id, { to: at('2026-11-25', '00:00') });
      expect(words(open)).toEqual(['2026-11-23 00:00 > 2026-11-25 00:00']);
      expect(fits({ open, full: [] }, at('2026-11-23', '22:00'), at('2026-11-24', '09:00'), 0)).toBe(true);
    }));

  test.each([
    ['2026-10-25', 25, 11],
    ['2027-03-28', 23, 9],
  ])('on %s the day has %i hours and 22:00 to 8:00 lasts what it lasts', (day, length, night) =>
    rolledBack(base.db, async (trx) => {
      const { start: from, end: to } = wholeDay(day, paris);
      const always = await makeResource(
        trx,
        (
          await makeSite(trx, {
            opening: [
              [6, 0, 1440],
              [7, 0, 1440],
            ],
          })
        ).id,
      );
      const late = await makeResource(trx, (await makeSite(trx, { opening: [[6, 1320, 1920]] })).id);
      expect(hours((await ask(trx, always.id, { from, to })).open)).toBe(length);
      const all = await ask(trx, late.id, { from: new Date(from.getTime() - 12 * hour), to });
      expect(hours(all.open)).toBe(night);
    }),
  );

  test.each(['2026-10-25', '2027-03-28'])('on %s the wall clock is read as everywhere in the house', (day) =>
    rolledBack(base.db, async (trx) => {
      for (const [opens, closes] of [
        [90, 150],
        [120, 180],
        [150, 170],
        [135, 240],
      ] as const) {
        const room = await makeResource(trx, (await makeSite(trx, { opening: [[7, opens, closes]] })).id);
        const { start: from, end: to } = wholeDay(day, paris);
        const start = instantAt(day, opens, paris);
        const end = instantAt(day, closes, paris);
        expect((await ask(trx, room.id, { from, to })).open).toEqual(start < end ? [{ start, end }] : []);
      }
    }),
  );

  test('a mobile site is open at its stops that stand, and only there', () =>
    rolledBack(base.db, async (trx) => {
      const bus = await makeSite(trx, { kind: 'mobile' });
      const desk = await makeResource(trx, bus.id, { kind: 'mobile_lab' });
      const stop = { site_id: bus.id, commune_code: await makeCommune(trx), place: '{"fr":"Place"}', lat: 50, lon: 2 };
      await trx
        .insertInto('stop')
        .values([
          { ...stop, id: newId(), starts_at: at('2026-11-23', '09:00'), ends_at: at('2026-11-23', '12:00') },
          {
            ...stop,
            id: newId(),
            starts_at: at('2026-11-23', '14:00'),
            ends_at: at('2026-11-23', '16:00'),
            cancelled_at: monday9,
          },
        ])
        .execute();
      expect(words((await ask(trx, desk.id)).open)).toEqual(['2026-11-23 09:00 > 2026-11-23 12:00']);
    }));
});

describe('what is taken', () => {
  test('a booking fills the room, its own booking aside; an expired hold does not', () =>
    rolledBack(base.db, async (trx) => {
      const room = await makeResource(trx, (await makeSite(trx)).id);
      const cause = newId();
      await take(trx, room.units[0]!, at('2026-11-23', '10:00'), at('2026-11-23', '11:00'), { cause });
      await take(trx, room.units[0]!, at('2026-11-23', '12:00'), at('2026-11-23', '13:00'), { expires: monday9 });
      await take(trx, room.units[0]!, at('2026-11-23', '14:00'), at('2026-11-23', '15:00'), {
        expires: at('2026-11-23', '09:01'),
      });
      const found = await ask(trx, room.id);
      expect(words(found.full)).toEqual(['2026-11-23 10:00 > 2026-11-23 11:00', '2026-11-23 14:00 > 2026-11-23 15:00']);
      expect(hours(found.free)).toBe(10);
      expect(hours((await ask(trx, room.id, { ignoreCause: cause })).full)).toBe(1);
    }));

  test('a pool is full only while all its places are taken, or too few are left for the people', () =>
    rolledBack(base.db, async (trx) => {
      const pool = await makeResource(trx, (await makeSite(trx)).id, { units: 3, capacity: 1, kind: 'coworking_desk' });
      const [a, b, c] = pool.units as [string, string, string];
      await take(trx, a, at('2026-11-23', '09:00'), at('2026-11-23', '12:00'));
      await take(trx, b, at('2026-11-23', '10:00'), at('2026-11-23', '14:00'));
      await take(trx, c, at('2026-11-23', '11:00'), at('2026-11-23', '13:00'));
      await take(trx, a, at('2026-11-23', '12:00'), at('2026-11-23', '12:30'));
      expect(words((await ask(trx, pool.id)).full)).toEqual(['2026-11-23 11:00 > 2026-11-23 12:30']);
      expect(words((await ask(trx, pool.id, { people: 2 })).full)).toEqual(['2026-11-23 10:00 > 2026-11-23 13:00']);
      expect(words((await ask(trx, pool.id, { people: 3 })).full)).toEqual(['2026-11-23 09:00 > 2026-11-23 14:00']);
      expect((await ask(trx, pool.id, { people: 4 })).free).toEqual([]);
    }));

  test('a resource with no place of its own can never be had; a withdrawn place does not count', () =>
    rolledBack(base.db, async (trx) => {
      const room = await makeResource(trx, (await makeSite(trx)).id);
      await trx.updateTable('unit').set({ archived_at: monday9 }).where('resource_id', '=', room.id).execute();
      expect((await ask(trx, room.id)).free).toEqual([]);
    }));

  test('what a resource contains, and what that contains, stands in its way at any place', () =>
    rolledBack(base.db, async (trx) => {
      const site = await makeSite(trx);
      const machine = await makeResource(trx, site.id, { kind: 'machine', units: 2 });
      const half = await makeResource(trx, site.id, { contains: [machine.id] });
      const hall = await makeResource(trx, site.id, { kind: 'hall', contains: [half.id] });
      await take(trx, machine.units[1]!, at('2026-11-23', '10:00'), at('2026-11-23', '11:00'));
      const found = await freedom(makeCtx(trx), {
        resourceIds: [machine.id, half.id, hall.id],
        from: monday.start,
        to: monday.end,
      });
      expect(found.get(machine.id)!.full).toEqual([]);
      expect(words(found.get(half.id)!.full)).toEqual(['2026-11-23 10:00 > 2026-11-23 11:00']);
      expect(words(found.get(hall.id)!.full)).toEqual(['2026-11-23 10:00 > 2026-11-23 11:00']);
    }));
});
