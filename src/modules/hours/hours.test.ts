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

const book = (room: { id: string; units: string[] }, day: string, from: string, to: string) =>
  bookUnit(house.db, room.id, room.units[0]!, at(day, from), at(day, to));
const statusOf = async (reference: string) =>
  (await house.db.selectFrom('booking').select('status').where('reference', '=', reference).executeTakeFirst())?.status;

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

  it('closes one day once the team has seen which bookings it leaves outside', async () => {
    const site = await makeSite(house.db);
    const room = await makeResource(house.db, site.id);
    const reference = await book(room, '2026-12-24', '10:00', '11:00');
    const path = `/fr/gestion/lieux/${site.slug}`;
    const closing = { day: '2026-12-24', open: 'closed', 'reason.fr': 'Fête' };
    const asked = await admin.post(`${path}/exceptions`, closing);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('1 réservation ne tient plus dans les horaires');
    expect(asked.text).toContain(`/reservations/${reference}`);
    expect((await admin.get(`${path}/horaires`)).text).not.toContain('jeudi 24\u00a0décembre');
    const again = fieldsOf(asked.text, `${path}/exceptions`);
    expect(again).toMatchObject(closing);
    const added = await admin.post(`${path}/exceptions`, { ...again, vu: '1' });
    expect(added.location).toBe(`${path}/horaires?fait=exception&hors=1`);
    const page = await admin.get(added.location!);
    expect(page.text).toContain('jeudi 24\u00a0décembre');
    expect(await statusOf(reference)).toBe('confirmed');
    const remove = /action="([^"]+\/suppression)"/.exec(page.text)?.[1];
    expect((await admin.post(remove!)).status).toBe(303);
    expect((await admin.post(remove!)).status).toBe(404);
    expect((await admin.post(`${path}/exceptions`, { day: '2020-01-01', open: 'closed' })).status).toBe(422);
  });

  it('changes the week once the team has seen which bookings it leaves outside, and tells no other', async () => {
    const site = await makeSite(house.db);
    const room = await makeResource(house.db, site.id);
    const path = `/fr/gestion/lieux/${site.slug}/horaires`;
    const late = await book(room, '2026-12-22', '18:00', '19:00');
    await book(room, '2026-12-22', '10:00', '11:00');
    // It stood outside the hours before: nothing new to say of it.
    await book(room, '2026-12-22', '21:00', '22:00');
    const form = { ...fieldsOf((await admin.get(path)).text, path), 'h2.0.from': '09:00', 'h2.0.to': '17:00' };
    const asked = await admin.post(path, form);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('1 réservation ne tient plus dans les horaires');
    expect(asked.text).toContain(`/reservations/${late}`);
    expect(fieldsOf((await admin.get(path)).text, path)['h2.0.to']).toBe('20:00');
    // Another was taken meanwhile: the team is shown it too.
    const second = await book(room, '2026-12-29', '18:00', '19:00');
    const more = await admin.post(path, { ...fieldsOf(asked.text, path), vu: '1' });
    expect(more.status).toBe(200);
    expect(more.text).toContain(second);
    const saved = await admin.post(path, { ...fieldsOf(more.text, path), vu: '2' });
    expect(saved.location).toBe(`${path}?fait=horaires&hors=2`);
    expect(fieldsOf((await admin.get(path)).text, path)['h2.0.to']).toBe('17:00');
    expect([await statusOf(late), await statusOf(second)]).toEqual(['confirmed', 'confirmed']);
  });
});
