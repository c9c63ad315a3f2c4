import { beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { bookUnit } from '../../../test/harness/bookings.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makeResource, makeSite } from '../../../test/harness/make.ts';

const house = useHouse();
let admin: Visitor;

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
});

describe('a thing to book', () => {
  it('reads lengths of time as people write them', async () => {
    const site = await makeSite(house.db);
    const room = await makeResource(house.db, site.id);
    const path = `/nl/gestion/lieux/${site.slug}/ressources/${room.slug}`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const rules = {
      'rules.maxMinutes': '2 u 30',
      'rules.noticeMinutes': '3 dagen',
      'rules.approval': 'yes',
      step_minutes: '15',
    };
    const saved = await admin.post(path, {
      ...form,
      ...rules,
      needs: ['meet'],
      price_kind: 'amount',
      price: '12,50',
      price_per: 'hour',
    });
    expect(saved.status, saved.text).toBe(303);
    const row = await house.db.selectFrom('resource').selectAll().where('id', '=', room.id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ price_cents: 1250, step_minutes: 15, needs: ['meet'] });
    expect(row.rules).toEqual({ maxMinutes: 150, noticeMinutes: 4320, approval: true });
    expect(fieldsOf((await admin.get(path)).text, path)).toMatchObject({
      'rules.maxMinutes': '2 u 30',
      needs: ['meet'],
    });
  });
});

describe('fewer places', () => {
  it('goes down to those that bookings hold, and no further', async () => {
    const site = await makeSite(house.db);
    const pool = await makeResource(house.db, site.id, { units: 4, kind: 'coworking_desk', capacity: 1 });
    await bookUnit(house.db, pool.id, pool.units[0]!, at('2026-11-24', '10:00'), at('2026-11-24', '11:00'));
    await bookUnit(house.db, pool.id, pool.units[3]!, at('2026-11-25', '10:00'), at('2026-11-25', '11:00'));
    const path = `/fr/gestion/lieux/${site.slug}/ressources/${pool.slug}`;
    const form = async () => fieldsOf((await admin.get(path)).text, path);
    expect((await admin.post(path, { ...(await form()), units: '2' })).status).toBe(303);
    const refused = await admin.post(path, { ...(await form()), units: '1' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Une réservation à venir occupe une place');
    const live = async () =>
      (
        await house.db
          .selectFrom('unit')
          .select('id')
          .where('resource_id', '=', pool.id)
          .where('archived_at', 'is', null)
          .execute()
      )
        .map((row) => row.id)
        .sort();
    expect(await live()).toEqual([pool.units[0], pool.units[3]].sort());
    expect((await admin.post(path, { ...(await form()), units: '5' })).status).toBe(303);
    expect((await live()).length).toBe(5);
    const archived = await admin.post(`${path}/archivage`, { version: String((await form()).version) });
    expect(archived.status).toBe(409);
    expect(archived.text).toContain('2 réservations à venir');
  });

  it('never lets a thing contain what contains it', async () => {
    const site = await makeSite(house.db);
    const half = await makeResource(house.db, site.id);
    const hall = await makeResource(house.db, site.id, { contains: [half.id] });
    const path = `/fr/gestion/lieux/${site.slug}/ressources/${half.slug}`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const loop = await admin.post(path, { ...form, contents: [hall.id] });
    expect(loop.status).toBe(422);
    expect(loop.text).toContain('contient déjà cette fiche');
  });
});
