import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { bookUnit } from '../../../test/harness/bookings.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makeCommune, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';

const house = useHouse();
let admin: Visitor;
beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
});
beforeEach(async () => {
  await house.work();
  house.letters.length = 0;
});

/** What a page says, its tags aside. */
const text = (html: string): string => seen(html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');

const stopForm = {
  commune: 'Arques',
  'place.fr': 'Devant la mairie',
  day: '2026-12-04',
  from: '10:00',
  to: '12:00',
  every: '0',
  times: '1',
};

async function busWith(form: Partial<typeof stopForm> = {}) {
  const bus = await makeSite(house.db, { kind: 'mobile' });
  const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
  expect((await admin.post(`${path}/nouvelle`, { ...stopForm, ...form })).status).toBe(303);
  const rows = house.db.selectFrom('stop').selectAll().where('site_id', '=', bus.id).orderBy('starts_at');
  return { bus, path, stops: await rows.execute(), rows };
}

const callsOf = async (ids: readonly string[]) => {
  const rows = await house.db.selectFrom('call').select(['kind', 'registration_id', 'booking_id']).execute();
  const own = rows.filter((row) => ids.includes(row.registration_id ?? row.booking_id ?? ''));
  return own.map((row) => row.kind).filter((kind) => kind !== 'reminder');
};

describe('another square of the same town', () => {
  it('is told to all who count on the stop, once the team has seen how many they are', async () => {
    const { bus, path, stops } = await busWith();
    const session = await makeSession(house.db, {
      siteId: bus.id,
      stopId: stops[0]!.id,
      start: at('2026-12-04', '10:30'),
      end: at('2026-12-04', '11:30'),
    });
    const reached = await makePerson(house.db);
    const mailed = await makeRegistration(house.db, session.id, { person: reached });
    const called = await makeRegistration(
      house.db,
      session.id,
      { person: await makePerson(house.db, { email: null }) },
      2,
    );
    const aid = await makeResource(house.db, bus.id, { kind: 'mobile_lab' });
    const span = [at('2026-12-04', '11:00'), at('2026-12-04', '11:30')] as const;
    const reference = await bookUnit(house.db, aid.id, aid.units[0]!, ...span);
    const booking = () =>
      house.db
        .selectFrom('booking as b')
        .innerJoin('person as p', 'p.id', 'b.person_id')
        .select(['b.id', 'b.version', 'p.email'])
        .where('b.reference', '=', reference)
        .executeTakeFirstOrThrow();
    const before = await booking();
    const one = `${path}/${stops[0]!.id}`;
    const form = { ...fieldsOf((await admin.get(one)).text, one), 'place.fr': 'Parking de la gare' };
    const asked = await admin.post(one, form);
    expect(asked.status).toBe(409);
    expect(text(asked.text)).toContain('Les prévenir du changement de place');
    await house.work();
    expect(house.letters).toEqual([]);
    expect((await admin.post(one, { ...form, tell: 'on' })).status).toBe(303);
    await house.work();
    const to = (email: string | null) => house.letters.filter((letter) => letter.to === email);
    expect(seen(to(reached.email)[0]!.subject)).toBe('Changement de lieu : vendredi 4 décembre à 10 h 30');
    expect(to(reached.email)).toHaveLength(1);
    expect(to(reached.email)[0]!.text).toContain('Parking de la gare');
    expect(to(before.email)).toHaveLength(before.email ? 1 : 0);
    if (before.email) expect(to(before.email)[0]!.text).toContain('Parking de la gare');
    expect(await callsOf([called.id, mailed.id])).toEqual(['moved']);
    expect((await booking()).version).toBe(before.version + 1);
    // Said again with nothing new, nobody is told again.
    house.letters.length = 0;
    const again = fieldsOf((await admin.get(one)).text, one);
    expect((await admin.post(one, { ...again, aboard: 'Imprimante 3D' })).status).toBe(303);
    await house.work();
    expect(house.letters).toEqual([]);
  });
});

describe('several stops of a series', () => {
  it('are cancelled in one gesture: who is touched is shown first, and each person is told once', async () => {
    const { bus, path, stops, rows } = await busWith({ every: '1', times: '3', day: '2026-12-04' });
    expect(stops).toHaveLength(3);
    const person = await makePerson(house.db);
    const sessions = [];
    for (const stop of stops) {
      const start = new Date(stop.starts_at.getTime() + 1_800_000);
      sessions.push(await makeSession(house.db, { siteId: bus.id, stopId: stop.id, start }));
    }
    for (const session of sessions.slice(1)) await makeRegistration(house.db, session.id, { person });
    await makeRegistration(house.db, sessions[0]!.id);
    const cancel = `${path}/${stops[1]!.id}/annulation`;
    const page = await admin.get(`${cancel}?portee=following`);
    expect(text(page.text)).toContain('1 personne compte sur ces 2 arrêts');
    expect(text(page.text)).toContain('2 arrêts, 2 inscriptions ou réservations');
    expect(text(page.text)).toContain('3 arrêts, 3 inscriptions ou réservations');
    const form = fieldsOf(page.text, cancel);
    expect(form).toMatchObject({ portee: 'following', told: '2' });
    // Somebody registers between the look and the gesture.
    const late = await makeRegistration(house.db, sessions[2]!.id, {}, 2);
    expect((await admin.post(cancel, form)).status).toBe(409);
    await house.db.updateTable('registration').set({ status: 'cancelled' }).where('id', '=', late.id).execute();
    expect((await admin.post(cancel, form)).status).toBe(303);
    await house.work();
    expect(house.letters.map((letter) => [letter.to, seen(letter.subject)])).toEqual([
      [person.email, 'Annulées : 2 dates, à partir du vendredi 11 décembre à 10 h 30'],
    ]);
    expect((await rows.execute()).map((stop) => stop.cancelled_at !== null)).toEqual([false, true, true]);
    const states = await house.db
      .selectFrom('session')
      .select('status')
      .where(
        'id',
        'in',
        sessions.map((one) => one.id),
      )
      .orderBy('starts_at')
      .execute();
    expect(states.map((row) => row.status)).toEqual(['published', 'cancelled', 'cancelled']);
  });
});

it('keeps the holidays of the country where the bus goes', async () => {
  const code = await makeCommune(house.db, { name: 'Zandvoordessai' });
  await house.db.updateTable('commune').set({ country: 'BE' }).where('code', '=', code).execute();
  const bus = await makeSite(house.db, { kind: 'mobile' });
  const form = { ...stopForm, commune: 'Zandvoordessai', day: '2027-07-14', every: '1', times: '2', holidays: 'on' };
  expect((await admin.post(`/fr/gestion/lieux/${bus.slug}/tournee/nouvelle`, form)).status).toBe(303);
  const rows = await house.db
    .selectFrom('stop')
    .select('starts_at')
    .where('site_id', '=', bus.id)
    .orderBy('starts_at')
    .execute();
  // 14 July is a day like another there, 21 July is not.
  expect(rows.map((row) => row.starts_at.toISOString().slice(0, 10))).toEqual(['2027-07-14', '2027-07-28']);
});
