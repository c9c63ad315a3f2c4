import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';
import { moveSession } from '../sessions/index.ts';

const house = useHouse({ max: 2 });

/** The rows of a board, as they are read. */
const rowsOf = async (slug: string): Promise<string[]> => {
  const { text } = await house.visitor().get(`/fr/tableau/${slug}`);
  return [...text.matchAll(/<li class="board-row">(.*?)<\/li>/gs)].map((found) =>
    seen(
      found[1]!
        .replace(/<[^>]+>/g, ' ')
        .replaceAll('&#39;', '’')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
};

test('the board of the hall says what is taken and never by whom', async () => {
  const { status, text } = await house.visitor().get('/fr/tableau/la-station');
  expect(status).toBe(200);
  expect(text).toContain('Salle Aa');
  expect(text).toContain('<h1');
  const people = await house.db.selectFrom('person').select('name').execute();
  const organisations = await house.db.selectFrom('organisation').select('name').execute();
  const purposes = await house.db.selectFrom('booking').select('purpose').where('purpose', 'is not', null).execute();
  const secrets = [...people, ...organisations].map((one) => one.name).concat(purposes.map((one) => one.purpose!));
  expect(secrets.length).toBeGreaterThan(10);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('the bus is in a village, whatever its square is called', async () => {
  const before = house.now.at;
  house.now.at = at('2026-11-24', '13:00');
  const { text } = await house.visitor().get('/fr/tableau/la-station');
  house.now.at = before;
  expect(text).toMatch(/Le bus est à .{0,40}Fauquembergues/);
  expect(text).not.toContain('Grand-Place');
});

test('works without JavaScript: it reloads by itself', async () => {
  const { text } = await house.visitor().get('/fr/tableau/la-station');
  expect(text).toMatch(/<noscript><meta http-equiv="refresh" content="60"/);
});

test('what is over leaves the board, and the empty board says so', async () => {
  house.now.at = new Date('2026-11-23T23:50:00+01:00');
  const { text } = await house.visitor().get('/en/tableau/la-station');
  expect(text).toContain('Nothing is planned for the rest of the day');
});

test('a site that does not exist has no board', async () => {
  expect((await house.visitor().get('/fr/tableau/ailleurs')).status).toBe(404);
});

test('the home page’s board keeps to what is for all: those invited find their room in the hall, by its hour and nothing else', async () => {
  house.now.at = at('2026-11-23', '09:00');
  const station = await house.db
    .selectFrom('site')
    .select('id')
    .where('slug', '=', 'la-station')
    .executeTakeFirstOrThrow();
  const title = { fr: 'Comité très privé' };
  const [start, end] = [at('2026-11-23', '06:00'), at('2026-11-23', '21:00')];
  await makeSession(house.db, { siteId: station.id, title, start, end, audience: 'invited', seats: null });
  await makeSession(house.db, { siteId: station.id, title: { fr: 'Porte ouverte' }, start, end, seats: null });
  const hall = (await house.visitor().get('/fr/tableau/la-station')).text;
  expect(hall).not.toContain('Comité très privé');
  expect(hall).toContain('Séance réservée');
  expect((await (await house.signedIn('equipe@quai.example')).get('/fr/tableau/la-station')).text).toContain(
    'Comité très privé',
  );
  const home = (await house.visitor().get('/fr')).text;
  expect(home).toContain('Porte ouverte');
  expect(home).not.toContain('Comité très privé');
});

test('shows the sessions of the day beside what is booked: hour, title, room, places, and what changed', async () => {
  house.now.at = at('2026-11-23', '09:00');
  const site = await makeSite(house.db);
  const room = await makeResource(house.db, site.id, { name: 'Salle Lys' });
  const make = (title: string, time: string, over: object = {}) =>
    makeSession(house.db, { siteId: site.id, title: { fr: title }, start: at('2026-11-23', time), ...over });
  const one = await make('Réparer', '10:00');
  await house.db.insertInto('session_thing').values({ session_id: one.id, resource_id: room.id }).execute();
  await make('Complète', '11:00', { seats: 0 });
  await make('Annulée', '12:00', { status: 'cancelled' });
  await make('Repoussée', '13:00', { status: 'postponed' });
  await make('Entre nous', '14:00', { audience: 'invited', seats: null });
  await make('Seul à seul', '15:00', { kind: 'appointment' });
  await make('Brouillon', '15:00', { status: 'draft' });
  await make('Finie', '06:00');
  expect(await rowsOf(site.slug)).toEqual([
    '10:00 Réparer Salle Lys · jusqu’à 12 h · 12 places libres',
    '11:00 Complète jusqu’à 13 h · complet',
    '12:00 Annulée annulé',
    '13:00 Repoussée reporté',
    '14:00 Séance réservée jusqu’à 16 h',
  ]);
});

test('says of what was moved where it has gone, and of what comes at another hour which it was', async () => {
  house.now.at = at('2026-11-23', '09:00');
  const site = await makeSite(house.db);
  const team = house.ctx(actorOf(await makePerson(house.db), ['team'], site.id));
  const make = (title: string, time: string) =>
    makeSession(house.db, { siteId: site.id, title: { fr: title }, start: at('2026-11-23', time) });
  const [later, away] = [await make('Plus tard', '14:00'), await make('Ailleurs', '15:00')];
  const to = (id: string, start: Date) => moveSession(team, { session: id, scope: 'one', start });
  await to(later.id, at('2026-11-23', '16:30'));
  await to(away.id, at('2026-11-26', '10:00'));
  expect(await rowsOf(site.slug)).toEqual([
    '15:00 Ailleurs déplacé : jeudi 26 novembre à 10 h',
    '16:30 Plus tard jusqu’à 18 h 30 · au lieu de 14 h · 12 places libres',
  ]);
  // What was moved long ago is no news, and what comes back to its day stands there once.
  await house.db
    .updateTable('journal')
    .set({ recorded_at: at('2026-11-10', '09:00') })
    .where('subject_id', '=', later.id)
    .execute();
  await to(away.id, at('2026-11-23', '15:00'));
  expect(await rowsOf(site.slug)).toEqual([
    '15:00 Ailleurs jusqu’à 17 h · 12 places libres',
    '16:30 Plus tard jusqu’à 18 h 30 · 12 places libres',
  ]);
});

test('an appointment that moves is never told of', async () => {
  house.now.at = at('2026-11-23', '09:00');
  const site = await makeSite(house.db);
  const session = await makeSession(house.db, {
    siteId: site.id,
    kind: 'appointment',
    title: { fr: 'Seul à seul' },
    start: at('2026-11-24', '10:00'),
  });
  await house.db
    .insertInto('journal')
    .values({
      id: newId(),
      occurred_at: at('2026-11-22', '10:00'),
      recorded_at: at('2026-11-22', '10:00'),
      kind: 'session.moved',
      subject_kind: 'session',
      subject_id: session.id,
      data: JSON.stringify({ from: at('2026-11-23', '10:00'), to: session.start }),
    })
    .execute();
  expect(await rowsOf(site.slug)).toEqual([]);
});
