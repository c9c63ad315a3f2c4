import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeHelper, makePresence } from '../../../test/harness/help.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makeCommune, makePerson, makeSite } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';

const tuesday = '2026-11-24';
const house = useHouse({ now: at(tuesday, '13:00') });

/** Somebody of the team of two places and a bus. */
async function member(person?: { id: string; email: string | null }) {
  const who = person ?? (await makePerson(house.db));
  const [mill, station] = [await makeSite(house.db), await makeSite(house.db)];
  const bus = await makeSite(house.db, { kind: 'mobile' });
  for (const site of [mill, station, bus]) {
    const grant = { id: newId(), person_id: who.id, site_id: site.id, role: 'team' as const, created_at: house.now.at };
    await house.db.insertInto('role_grant').values(grant).execute();
  }
  const visitor = await house.signedIn(who.email!);
  const leads = async () => (await visitor.get('/fr/carnet')).location;
  return { who, mill, station, bus, visitor, leads };
}

const stopToday = async (siteId: string, over: { cancelled_at?: Date } = {}) =>
  house.db
    .insertInto('stop')
    .values({
      id: newId(),
      site_id: siteId,
      commune_code: await makeCommune(house.db),
      place: '{"fr":"Mairie"}',
      lat: 50.7,
      lon: 2.2,
      starts_at: at(tuesday, '14:00'),
      ends_at: at(tuesday, '17:00'),
      ...over,
    })
    .execute();

test('the day opens where one receives today, and elsewhere is one gesture away', async () => {
  const home = await makeSite(house.db);
  const helper = await makeHelper(house.db, home.id, []);
  const { mill, station, visitor, leads } = await member(helper.person);
  await makePresence(house.db, helper.id, mill.id, 2, 540, 720);
  await makePresence(house.db, helper.id, station.id, 2, 780, 1020);
  expect(await leads()).toBe(`/fr/carnet/${station.slug}`);
  const day = await visitor.get(`/fr/carnet/${station.slug}`);
  expect(day.text).toContain('href="/fr/carnet?lieu=autre"');
  const choice = await visitor.get('/fr/carnet?lieu=autre');
  expect([choice.status, choice.text.includes(`/fr/carnet/${mill.slug}`)]).toEqual([200, true]);
});

test('where one leads a session, else where the bus one is of stops, else one is asked', async () => {
  const { who, mill, bus, leads } = await member();
  expect(await leads()).toBeNull();
  await stopToday(bus.id, { cancelled_at: house.now.at });
  expect(await leads()).toBeNull();
  await stopToday(bus.id);
  expect(await leads()).toBe(`/fr/carnet/${bus.slug}`);
  const session = await makeSession(house.db, { siteId: mill.id, start: at(tuesday, '15:00') });
  await house.db.insertInto('session_leader').values({ session_id: session.id, person_id: who.id }).execute();
  expect(await leads()).toBe(`/fr/carnet/${mill.slug}`);
});
