import { beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { bookUnit, journalKinds } from '../../../test/harness/bookings.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';

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
    expect(seen).toMatchObject({ version: '2', told: '1' });
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

  const stopForm = {
    commune: 'Arques',
    'place.fr': 'Devant la mairie',
    day: '2026-12-04',
    from: '10:00',
    to: '12:00',
    every: '0',
    times: '1',
  };
  const stopsOf = (siteId: string) =>
    house.db.selectFrom('stop').selectAll().where('site_id', '=', siteId).orderBy('starts_at').execute();
  const shown = (rows: { starts_at: Date; ends_at: Date }[]) =>
    rows.map((row) => `${row.starts_at.toISOString().slice(5, 16)}-${row.ends_at.toISOString().slice(11, 16)}`);

  it('is not put back to a day that is over, where nobody would find it again', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
    await admin.post(`${path}/nouvelle`, stopForm);
    const one = `${path}/${(await stopsOf(bus.id))[0]!.id}`;
    const form = fieldsOf((await admin.get(one)).text, one);
    expect((await admin.post(one, { ...form, day: '2025-12-04' })).status).toBe(422);
    expect(shown(await stopsOf(bus.id))).toEqual(['12-04T09:00-11:00']);
    expect((await admin.post(one, { ...form, day: '2026-12-05' })).status).toBe(303);
  });

  it('comes back every week but on holidays; changes one, this one and those after, or all of a series', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
    const friday = { ...stopForm, day: '2026-12-18', every: '1', times: '3', aboard: 'Imprimante 3D\nAide' };
    await admin.post(`${path}/nouvelle`, { ...friday, holidays: 'on' });
    const rows = await stopsOf(bus.id);
    // 25 December and 1 January are left out, and not counted.
    expect(shown(rows)).toEqual(['12-18T09:00-11:00', '01-08T09:00-11:00', '01-15T09:00-11:00']);
    expect(rows.map((row) => row.aboard)).toEqual(Array(3).fill(['Imprimante 3D', 'Aide']));
    const edit = async (index: number, changes: Record<string, string>) => {
      const one = `${path}/${rows[index]!.id}`;
      const form = fieldsOf((await admin.get(one)).text, one);
      return (await admin.post(one, { ...form, ...changes })).status;
    };
    expect(await edit(1, { scope: 'one', from: '09:00' })).toBe(303);
    expect(await edit(1, { scope: 'following', from: '11:00', to: '13:00' })).toBe(303);
    expect(shown(await stopsOf(bus.id))).toEqual(['12-18T09:00-11:00', '01-08T10:00-12:00', '01-15T10:00-12:00']);
    // All a day later, whichever is named.
    expect(await edit(2, { scope: 'all', day: '2027-01-16', from: '14:00', to: '16:00' })).toBe(303);
    expect(shown(await stopsOf(bus.id))).toEqual(['12-19T13:00-15:00', '01-09T13:00-15:00', '01-16T13:00-15:00']);
  });

  it('keeps its hour when the clocks change', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const form = { ...stopForm, day: '2027-03-21', every: '1', times: '2' };
    await admin.post(`/fr/gestion/lieux/${bus.slug}/tournee/nouvelle`, form);
    expect(shown(await stopsOf(bus.id))).toEqual(['03-21T09:00-11:00', '03-28T08:00-10:00']);
  });

  it('has to be driven: a stop too near in time is refused with the minutes missing, unless whoever drives says so', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee/nouvelle`;
    await admin.post(path, stopForm);
    const next = { ...stopForm, commune: 'Lumbres', from: '12:15', to: '14:00' };
    const refused = await admin.post(path, next);
    expect(refused.status).toBe(409);
    expect(refused.text).toMatch(/minutes de route et d’installation, il en a 15/);
    expect(refused.text).toContain('Nous y arriverons quand même');
    expect((await admin.post(path, { ...next, anyway: 'on' })).status).toBe(303);
    expect((await admin.get(`/fr/gestion/lieux/${bus.slug}/tournee`)).text).toContain('min depuis l’arrêt d’avant');
  });

  it('shows a draft to nobody until it is published: network, search, agenda, feeds, board, API, day', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile', name: 'Le bus caché' });
    await makeResource(house.db, bus.id, { kind: 'mobile_lab' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
    const place = 'Place du Brouillon';
    await admin.post(`${path}/nouvelle`, { ...stopForm, 'place.fr': place, draft: 'on' });
    const anybody = house.visitor();
    const day = '2026-12-04';
    const pages = [
      `/fr/lieux/${bus.slug}`,
      '/fr/lieux',
      '/fr',
      `/fr/agenda?du=${day}&au=${day}`,
      '/fr/tournee',
      `/fr/trouver?jour=${day}`,
      `/fr/carnet/${bus.slug}?jour=${day}`,
      `/fr/tableau/${bus.slug}`,
      `/ics/site/${bus.slug}.ics`,
      '/agenda.ics',
      '/api/v1/sites',
    ];
    for (const page of pages) {
      const { status, text } = await (page.includes('carnet') ? admin : anybody).get(page);
      expect(status, page).toBe(200);
      expect(text, page).not.toContain('Brouillon');
    }
    expect((await admin.get(path)).text).toContain('Publier le brouillon');
    expect((await admin.post(`${path}/publication`)).status).toBe(303);
    expect((await anybody.get('/fr/tournee')).text).toContain(place);
    expect((await anybody.get(`/fr/lieux/${bus.slug}`)).text).toContain(place);
    const [stop] = await stopsOf(bus.id);
    expect(await journalKinds(house.db, stop!.id)).toEqual(['stop.added', 'stop.published']);
  });

  it('is planned by whoever runs the bus; its team cancels a stop, others find nothing', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
    await admin.post(`${path}/nouvelle`, stopForm);
    const [stop] = await stopsOf(bus.id);
    const session = await makeSession(house.db, { siteId: bus.id, stopId: stop!.id, start: at('2026-12-04', '10:30') });
    await makeRegistration(house.db, session.id);
    const teamOf = async (siteId: string) => {
      const { id, email } = await makePerson(house.db);
      const grant = { id: newId(), person_id: id, site_id: siteId, role: 'team' as const, created_at: house.now.at };
      await house.db.insertInto('role_grant').values(grant).execute();
      return house.signedIn(email!);
    };
    const one = `${path}/${stop!.id}`;
    const stranger = await teamOf((await makeSite(house.db)).id);
    for (const who of [stranger, house.visitor()]) {
      expect((await who.get(`${one}/annulation`)).status).toBe(404);
      expect((await who.post(`${one}/annulation`, { version: '1', told: '1' })).status).toBe(404);
      expect((await who.post(`${path}/publication`)).status).toBe(404);
    }
    const team = await teamOf(bus.id);
    expect((await team.get(one)).status).toBe(404);
    expect((await team.post(one, { ...stopForm, version: '1' })).status).toBe(404);
    // The hours may not leave out what is planned there.
    const form = fieldsOf((await admin.get(one)).text, one);
    const shorter = await admin.post(one, { ...form, to: '11:00' });
    expect(shorter.status).toBe(409);
    expect(shorter.text).toContain(session.reference);
    // Somebody registered since the page was read: nobody is dropped unseen.
    expect((await team.post(`${one}/annulation`, { version: '1', told: '0' })).status).toBe(409);
    expect((await team.post(`${one}/annulation`, { version: '1', told: '1' })).location).toBe(
      `/fr/equipe/${bus.slug}?fait=arret`,
    );
    const row = house.db.selectFrom('session').select('status').where('id', '=', session.id);
    expect((await row.executeTakeFirst())?.status).toBe('cancelled');
  });

  it('is told in a search: how far the bus is, and on which day', async () => {
    const path = '/trouver?besoin=digital_help&jour=2026-11-24&pres=renty';
    const said = async (locale: string) => seen((await house.visitor().get(`/${locale}${path}`)).text);
    expect(await said('fr')).toMatch(/le bus est à \d+(,\d)? km demain/);
    expect(await said('nl')).toMatch(/de bus staat morgen op \d+(,\d)? km/);
    expect(await said('en')).toMatch(/the bus is \d+(\.\d)? km away tomorrow/);
  });
});
