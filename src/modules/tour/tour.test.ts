import { beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { bookUnit, journalKinds } from '../../../test/harness/bookings.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makeResource, makeSite } from '../../../test/harness/make.ts';

const house = useHouse();
let admin: Visitor;

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
});

describe('the tour', () => {
  it('adds a stop every two weeks, and refuses to drop people who booked', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const aid = await makeResource(house.db, bus.id, { kind: 'mobile_lab' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
    const stop = {
      commune: 'Arques',
      'place.fr': 'Devant la mairie',
      day: '2026-12-01',
      from: '10:00',
      to: '16:00',
      every: '2',
      times: '3',
    };
    expect((await admin.post(`${path}/nouvelle`, stop)).location).toBe(`${path}?fait=etape`);
    const rows = await house.db
      .selectFrom('stop')
      .selectAll()
      .where('site_id', '=', bus.id)
      .orderBy('starts_at')
      .execute();
    expect(rows.map((row) => row.starts_at.toISOString())).toEqual([
      '2026-12-01T09:00:00.000Z',
      '2026-12-15T09:00:00.000Z',
      '2026-12-29T09:00:00.000Z',
    ]);
    const meeting = await admin.post(`${path}/nouvelle`, { ...stop, day: '2026-12-15', every: '0' });
    expect(meeting.status).toBe(409);
    const reference = await bookUnit(
      house.db,
      aid.id,
      aid.units[0]!,
      at('2026-12-01', '15:00'),
      at('2026-12-01', '15:30'),
    );
    const one = `${path}/${rows[0]!.id}`;
    expect((await admin.get(`${one}/annulation`)).text).toContain(reference);
    const refused = await admin.post(`${one}/annulation`, { version: '1', told: '0' });
    expect(refused.status).toBe(409);
    const form = fieldsOf((await admin.get(one)).text, one);
    const shorter = await admin.post(one, { ...form, to: '15:00' });
    expect(shorter.status).toBe(409);
    expect(shorter.text).toContain(reference);
    expect((await admin.post(one, { ...form, to: '17:00' })).status).toBe(303);
    const free = `${path}/${rows[1]!.id}`;
    expect((await admin.post(`${free}/annulation`, { version: '1', told: '0' })).status).toBe(303);
    expect((await admin.get(free)).status).toBe(404);
    expect(await journalKinds(house.db, rows[1]!.id)).toEqual(['stop.added', 'stop.cancelled']);
    const seen = fieldsOf((await admin.get(`${one}/annulation`)).text, `${one}/annulation`);
    expect(seen).toEqual({ version: '2', told: '1' });
    expect((await admin.post(`${one}/annulation`, seen)).status).toBe(303);
    const booking = await house.db
      .selectFrom('booking')
      .select(['id', 'status'])
      .where('reference', '=', reference)
      .executeTakeFirstOrThrow();
    expect(booking.status).toBe('displaced');
    expect(await journalKinds(house.db, booking.id)).toContain('booking.displaced');
    expect(
      (await house.db.selectFrom('allocation').select('id').where('unit_id', '=', aid.units[0]!).execute()).length,
    ).toBe(0);
  });
});
