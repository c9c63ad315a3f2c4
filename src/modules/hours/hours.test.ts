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

describe('hours', () => {
  it('refuses openings that overlap, beside their day', async () => {
    const site = await makeSite(house.db);
    const path = `/fr/gestion/lieux/${site.slug}/horaires`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const wrong = await admin.post(path, {
      ...form,
      'h2.0.from': '09:00',
      'h2.0.to': '13:00',
      'h2.1.from': '12:00',
      'h2.1.to': '18:00',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Mardi\u00a0: deux ouvertures se chevauchent');
    const half = await admin.post(path, { ...form, 'h2.0.from': '09:00', 'h2.0.to': '' });
    expect(half.status).toBe(422);
    expect(half.text).toContain('il manque une heure');
  });

  it('closes one day, saying how many bookings fall outside', async () => {
    const site = await makeSite(house.db);
    const room = await makeResource(house.db, site.id);
    await bookUnit(house.db, room.id, room.units[0]!, at('2026-12-24', '10:00'), at('2026-12-24', '11:00'));
    const path = `/fr/gestion/lieux/${site.slug}`;
    const added = await admin.post(`${path}/exceptions`, { day: '2026-12-24', open: 'closed', 'reason.fr': 'Fête' });
    expect(added.location).toBe(`${path}/horaires?fait=exception&hors=1`);
    const page = await admin.get(added.location!);
    expect(page.text).toContain('jeudi 24\u00a0décembre');
    const remove = /action="([^"]+\/suppression)"/.exec(page.text)?.[1];
    expect((await admin.post(remove!)).status).toBe(303);
    expect((await admin.post(remove!)).status).toBe(404);
    expect((await admin.post(`${path}/exceptions`, { day: '2020-01-01', open: 'closed' })).status).toBe(422);
  });
});
