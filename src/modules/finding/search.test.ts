import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, makeCommune, makeCtx, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { dayOf, timeOf } from '../../core/clock.ts';
import type { Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { normaliseName } from '../../core/names.ts';
import { findCommune } from '../communes/index.ts';
import type { Answer, SearchQuery } from './index.ts';
import { equivalents, search } from './index.ts';

const base = useDatabase({ max: 1 });

/** A test on a territory with nothing in it: the demonstration's places are put away. */
const alone = (run: (trx: Db) => Promise<void>) =>
  rolledBack(base.db, async (trx) => {
    await trx.updateTable('site').set({ archived_at: monday9 }).execute();
    await run(trx);
  });

const paris = 'Europe/Paris';
const renty = { lat: 50.58, lon: 2.07, label: 'Renty' };
const day = '2026-11-23';
const ask = (trx: Db, over: Partial<SearchQuery> = {}) =>
  search(makeCtx(trx), { day, minutes: 60, people: 1, ...over });
const ids = (answers: readonly Answer[]) => answers.map((answer) => answer.id);
const times = (answer: Answer | undefined) => answer?.slots.map((slot) => timeOf(slot.start, paris));

async function close(trx: Db, unit: string, start: Date, end: Date) {
  const during = `[${start.toISOString()},${end.toISOString()})`;
  await trx
    .insertInto('allocation')
    .values({ id: newId(), unit_id: unit, during, cause_kind: 'closure', cause_id: newId(), expires_at: null })
    .execute();
}

async function makeStop(trx: Db, siteId: string, start: Date, end: Date, lat: number, lon: number) {
  const commune_code = await makeCommune(trx);
  const stop = { id: newId(), site_id: siteId, commune_code, place: '{"fr":"Place du bourg"}', lat, lon };
  await trx
    .insertInto('stop')
    .values({ ...stop, starts_at: start, ends_at: end })
    .execute();
}

describe('the search', () => {
  test('puts the nearest first and gives starts from now on', () =>
    alone(async (trx) => {
      const far = await makeResource(trx, (await makeSite(trx, { lat: 50.75, lon: 2.25 })).id);
      const close = await makeResource(trx, (await makeSite(trx, { lat: 50.6, lon: 2.1 })).id, { step: 60 });
      const { results, more, nearestTimes } = await ask(trx, { near: renty });
      expect(ids(results)).toEqual([close.id, far.id]);
      expect(results[0]!.distanceKm).toBeCloseTo(3.07, 1);
      expect(times(results[0])).toEqual([
        '09:00',
        '10:00',
        '11:00',
        '12:00',
        '13:00',
        '14:00',
        '15:00',
        '16:00',
        '17:00',
        '18:00',
        '19:00',
      ]);
      expect(more).toBe(false);
      expect(nearestTimes).toEqual([]);
    }));

  test('starts at the hour asked, on the site’s own clock', () =>
    alone(async (trx) => {
      const london = await makeResource(trx, (await makeSite(trx, { timeZone: 'Europe/London' })).id);
      const { results } = await ask(trx, { from: '18:00' });
      expect(ids(results)).toEqual([london.id]);
      expect(results[0]!.slots.map((slot) => timeOf(slot.start, 'Europe/London'))).toEqual(['18:00', '18:30', '19:00']);
    }));

  test('keeps what is large enough: rooms by their seats, pools by their places left', () =>
    alone(async (trx) => {
      const site = await makeSite(trx);
      const room = await makeResource(trx, site.id, { capacity: 8 });
      const pool = await makeResource(trx, site.id, { kind: 'coworking_desk', capacity: 1, units: 12 });
      await makeResource(trx, site.id, { capacity: 4 });
      expect(ids((await ask(trx, { people: 6 })).results).sort()).toEqual([room.id, pool.id].sort());
      for (const unit of pool.units.slice(0, 7)) await close(trx, unit, at(day, '08:00'), at(day, '20:00'));
      expect(ids((await ask(trx, { people: 6 })).results)).toEqual([room.id]);
      expect(ids((await ask(trx, { people: 5, kind: 'coworking_desk' })).results)).toEqual([pool.id]);
    }));

  test('answers a need, or a kind, and nothing else', () =>
    alone(async (trx) => {
      const site = await makeSite(trx);
      const laser = await makeResource(trx, site.id, { kind: 'machine' });
      await makeResource(trx, site.id);
      await trx
        .updateTable('resource')
        .set({ needs: ['cut_laser', 'create'] })
        .where('id', '=', laser.id)
        .execute();
      expect(ids((await ask(trx, { need: 'cut_laser' })).results)).toEqual([laser.id]);
      expect(ids((await ask(trx, { kind: 'machine' })).results)).toEqual([laser.id]);
      expect(ids((await ask(trx, { need: 'sew' })).results)).toEqual([]);
    }));

  test('asked for nothing, shows one of each kind before a second of any', () =>
    alone(async (trx) => {
      const site = await makeSite(trx);
      for (let i = 0; i < 12; i += 1) await makeResource(trx, site.id);
      const desk = await makeResource(trx, site.id, { kind: 'coworking_desk' });
      const { results, more } = await ask(trx);
      expect(results).toHaveLength(10);
      expect(ids(results.slice(0, 2))).toContain(desk.id);
      expect(more).toBe(true);
    }));

  test('obeys notice, horizon and length as site, space and resource set them', () =>
    alone(async (trx) => {
      const site = await makeSite(trx, { rules: { noticeMinutes: 240, maxMinutes: 120 } });
      const room = await makeResource(trx, site.id);
      const long = await makeResource(trx, site.id, { rules: { noticeMinutes: 0, minMinutes: 90, horizonDays: 7 } });
      const { results } = await ask(trx);
      expect(times(results.find((answer) => answer.id === room.id))![0]).toBe('13:00');
      const other = results.find((answer) => answer.id === long.id)!;
      expect(other.slots[0]).toEqual({ start: monday9, end: at(day, '10:30') });
      expect((await ask(trx, { minutes: 180 })).results).toEqual([]);
      expect(ids((await ask(trx, { day: '2026-12-01' })).results)).toEqual([room.id]);
    }));

  test('counts the gap of what a resource contains', () =>
    alone(async (trx) => {
      const site = await makeSite(trx);
      const machine = await makeResource(trx, site.id, { kind: 'machine', after: 30 });
      const lab = await makeResource(trx, site.id, { kind: 'fab_lab', contains: [machine.id], step: 60 });
      await close(trx, machine.units[0]!, at(day, '12:00'), at(day, '13:30'));
      const { results } = await ask(trx, { kind: 'fab_lab' });
      expect(times(results.find((answer) => answer.id === lab.id))).toEqual([
        '09:00',
        '10:00',
        '14:00',
        '15:00',
        '16:00',
        '17:00',
        '18:00',
        '19:00',
      ]);
    }));

  test('counts slots from the evening before when the place opened then', () =>
    alone(async (trx) => {
      const site = await makeSite(trx, { opening: [[2, 1335, 1560]] });
      await makeResource(trx, site.id);
      const { results } = await ask(trx, { day: '2026-11-25' });
      expect(times(results[0])).toEqual(['00:15', '00:45']);
    }));

  test('finds the bus where it stands, once for each stop', () =>
    alone(async (trx) => {
      const bus = await makeSite(trx, { kind: 'mobile', lat: 50.75, lon: 2.25 });
      const lab = await makeResource(trx, bus.id, { kind: 'mobile_lab', step: 60 });
      await makeStop(trx, bus.id, at(day, '10:00'), at(day, '12:00'), 50.75, 2.25);
      await makeStop(trx, bus.id, at(day, '14:00'), at(day, '16:00'), 50.58, 2.07);
      const { results } = await ask(trx, { near: renty });
      expect(ids(results)).toEqual([lab.id, lab.id]);
      expect(results.map(times)).toEqual([
        ['14:00', '15:00'],
        ['10:00', '11:00'],
      ]);
      expect(results[0]!.distanceKm).toBeCloseTo(0, 3);
      expect(results[0]!.stopPlace).toEqual({ fr: 'Place du bourg' });
    }));

  test('looks further when the nearest are all full', () =>
    alone(async (trx) => {
      const site = await makeSite(trx, { lat: 50.58, lon: 2.07 });
      for (let i = 0; i < 30; i += 1) {
        const room = await makeResource(trx, site.id);
        await close(trx, room.units[0]!, at(day, '00:00'), at(day, '23:00'));
      }
      const free = await makeResource(trx, (await makeSite(trx)).id);
      expect(ids((await ask(trx, { near: renty })).results)).toEqual([free.id]);
    }));

  test('says when and where the nearest free times are, and whom to call', () =>
    alone(async (trx) => {
      const far = await makeResource(trx, (await makeSite(trx, { opening: [[2, 540, 600]] })).id);
      const close = await makeResource(
        trx,
        (await makeSite(trx, { opening: [[2, 600, 720]], lat: 50.6, lon: 2.1 })).id,
      );
      await makeResource(trx, (await makeSite(trx, { opening: [[3, 600, 720]], lat: 50.59, lon: 2.08 })).id);
      const found = await ask(trx, { near: renty });
      expect(found.results).toEqual([]);
      expect(ids(found.nearestTimes).slice(0, 2)).toEqual([close.id, far.id]);
      expect(found.nearestTimes).toHaveLength(3);
      expect(found.nearestTimes.map((answer) => answer.slots.length)).toEqual([1, 1, 1]);
      expect(dayOf(found.nearestTimes[0]!.slots[0]!.start, paris)).toBe('2026-11-24');
      expect(found.telephone).toBe('03 00 00 00 01');
    }));
});

describe('an equivalent', () => {
  test('is of the same kind, large enough and free, at the same site first', () =>
    alone(async (trx) => {
      const site = await makeSite(trx);
      const original = await makeResource(trx, site.id);
      const same = await makeResource(trx, site.id);
      const busy = await makeResource(trx, site.id);
      const elsewhere = await makeResource(trx, (await makeSite(trx, { lat: 50.76, lon: 2.26 })).id);
      await makeResource(trx, site.id, { capacity: 2 });
      await makeResource(trx, site.id, { kind: 'hall' });
      await close(trx, busy.units[0]!, at(day, '14:00'), at(day, '15:00'));
      const span = { start: at(day, '14:00'), end: at(day, '16:00') };
      const found = await equivalents(makeCtx(trx), { resourceId: original.id, ...span, people: 4, limit: 3 });
      expect(found.map((one) => one.resourceId)).toEqual([same.id, elsewhere.id]);
      expect(found[0]).toMatchObject({ ...span, slug: same.slug, siteId: site.id, siteSlug: site.slug });
    }));

  test('is else another time of the same resource; a saw does not replace a printer', () =>
    alone(async (trx) => {
      const site = await makeSite(trx);
      const printer = await makeResource(trx, site.id, { kind: 'machine' });
      const saw = await makeResource(trx, site.id, { kind: 'machine' });
      await trx
        .updateTable('resource')
        .set({ needs: ['print_3d'] })
        .where('id', '=', printer.id)
        .execute();
      await trx
        .updateTable('resource')
        .set({ needs: ['cut_wood'] })
        .where('id', '=', saw.id)
        .execute();
      await close(trx, printer.units[0]!, at(day, '13:00'), at(day, '17:00'));
      const span = { start: at(day, '14:00'), end: at(day, '15:00') };
      const found = await equivalents(makeCtx(trx), { resourceId: printer.id, ...span, people: 1, limit: 2 });
      expect(found.map((one) => [one.resourceId, timeOf(one.start, paris)])).toEqual([
        [printer.id, '17:00'],
        [printer.id, '18:00'],
      ]);
    }));
});

describe('a commune', () => {
  test.each([
    ['Saint-Omer', 'saint omer'],
    ['ST OMER', 'saint omer'],
    ['  st. omer ', 'saint omer'],
    ['Ste-Marie-Kerque', 'sainte marie kerque'],
    ['Œuf-en-Ternois', 'oeuf en ternois'],
    ['Éperlecques', 'eperlecques'],
    ['L’Estaque', 'l estaque'],
    ['Est-Omer', 'est omer'],
  ])('is searched without accents, hyphens or case: %s', (text, expected) => {
    expect(normaliseName(text)).toBe(expected);
  });

  test('is found by name, another of its names, the beginning of it, postcode or code', () =>
    rolledBack(base.db, async (trx) => {
      const another = { code: '62073', name: 'Bailleul', search_name: 'bailleul', lat: 50.3, lon: 2.6 };
      const longer = {
        code: '62874',
        name: 'Bailleul-lès-Pernes',
        search_name: 'bailleul les pernes',
        lat: 50.5,
        lon: 2.4,
      };
      await trx.insertInto('commune').values([another, longer]).execute();
      const find = async (text: string) => {
        const found = await findCommune(makeCtx(trx), text);
        if (found.kind === 'one') return found.commune.code;
        return found.kind === 'several' ? found.communes.map((commune) => commune.code) : 'none';
      };
      expect(await find('st omer')).toBe('62765');
      expect(await find('Poperingue')).toBe('BE-33021');
      expect(await find('aire')).toBe('62014');
      expect(await find('8970')).toBe('BE-33021');
      expect(await find('62500')).toContain('62765');
      expect(await find('33021')).toBe('BE-33021');
      expect(await find('Bailleul')).toEqual(['59043', '62073']);
      expect(await find('Bailleul (62073)')).toBe('62073');
      expect(await find('Bailleul (59270)')).toBe('59043');
      // A postcode that is the code of another commune, were it read alone.
      await trx.updateTable('commune').set({ code: '62380' }).where('code', '=', '62874').execute();
      expect(await find('Lumbres (62380)')).toBe('62534');
      expect(await find('Lumbres (62534)')).toBe('62534');
      expect(await find('Ailleurs (62534)')).toBe('62534');
      await trx.updateTable('commune').set({ code: '62874' }).where('code', '=', '62380').execute();
      expect(await find('Bailleul l')).toBe('62874');
      for (const text of ['Atlantis', '', '%', '_____', 'x'.repeat(500), '‮']) expect(await find(text)).toBe('none');
    }));
});
