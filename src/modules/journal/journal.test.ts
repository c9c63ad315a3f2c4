import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { actorOf, at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { type Locale, locales } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { projectRoot } from '../../core/root.ts';
import { move, reserve } from '../booking/index.ts';
import { register } from '../registrations/index.ts';
import { moveSession, planSessions, setSeats } from '../sessions/index.ts';
import { detailsOf } from './details.ts';
import { journalMessages } from './journal.messages.ts';
import { subjects } from './journal.store.ts';
import { wordsOf } from './journal.words.ts';

const here = useStation();
const { app, room } = here;
const station = '/fr/equipe/la-station';

async function booked() {
  const thing = await room('Salle du journal');
  const person = await makePerson(app.db, { name: 'Colette Mémoire' });
  const { bookings } = await reserve(app.ctx(), {
    items: [{ resourceId: thing.id, start: at('2026-11-23', '14:00'), end: at('2026-11-23', '15:00') }],
    people: 1,
    person: { id: person.id },
    channel: 'desk',
  });
  return { ...bookings[0]!, thing, person };
}

describe('the journal of something', () => {
  test('says who did what, when and why, from the sheet of a booking on', async () => {
    const one = await booked();
    const sheet = `${station}/reservations/${one.reference}`;
    await here.nadia.post(`${sheet}/annulation`, { version: '1', raison: 'Chauffage en panne' });
    const admin = await app.signedIn('admin@quai.example');
    const path = `/fr/gestion/journal/reservation/${one.id}`;
    expect((await admin.get(sheet)).text).toContain(`href="${path}"`);
    const page = seen((await admin.get(path)).text);
    expect(page).toContain('Salle du journal, Colette Mémoire');
    for (const words of [
      'Réservation annulée',
      'Nadia Ferlin',
      'pour Colette Mémoire',
      'Chauffage en panne',
      '23 novembre',
    ])
      expect(page).toContain(words);
    expect(page).toContain(`href="${sheet}"`);
    for (const [part, id] of [
      ['ressource', one.thing.id],
      ['personne', one.person.id],
    ]) {
      expect(page).toContain(`href="/fr/gestion/journal/${part}/${id}"`);
      expect((await admin.get(`/fr/gestion/journal/${part}/${id}`)).status).toBe(200);
    }
  });

  test('is there for who administers it only, and for what exists', async () => {
    const one = await booked();
    const path = `/fr/gestion/journal/reservation/${one.id}`;
    expect((await here.nadia.get(path)).status).toBe(404);
    expect((await here.nadia.get(`${station}/reservations/${one.reference}`)).text).not.toContain(path);
    expect((await app.visitor().get(path)).status).toBe(404);
    const admin = await app.signedIn('admin@quai.example');
    for (const wrong of [`ressource/${one.id}`, 'reservation/x', `constructor/${one.id}`])
      expect((await admin.get(`/fr/gestion/journal/${wrong}`)).status).toBe(404);
    expect((await admin.get(`${path}?page=3`)).text).toContain('Rien n’est noté');
  });
});

const personOf = (email: string) =>
  app.db.selectFrom('person').select(['id', 'name', 'email']).where('email', '=', email).executeTakeFirstOrThrow();

/** A workshop of La Station for which the demonstration's inhabitant is registered, moved and made larger by Nadia. */
async function movedWorkshop() {
  const [first, second] = [await room('Salle Lys d’avant'), await room('Salle Marais d’après')];
  const { id: siteId } = await app.db
    .selectFrom('site')
    .select('id')
    .where('slug', '=', 'la-station')
    .executeTakeFirstOrThrow();
  const [nadia, inhabitant] = [await personOf('equipe@quai.example'), await personOf('habitant@quai.example')];
  const ctx = app.ctx(actorOf(nadia, ['team'], siteId));
  const { sessions } = await planSessions(ctx, {
    kind: 'workshop',
    title: { fr: 'Filer la laine' },
    siteId,
    placeKind: 'site',
    seats: 6,
    things: [{ resourceId: first.id, people: 6 }],
    dates: [{ start: at('2026-11-26', '14:00'), end: at('2026-11-26', '16:00') }],
    publish: true,
  });
  const { id } = sessions[0]!;
  await register(app.ctx(actorOf(inhabitant)), {
    sessionIds: [id],
    kind: 'self',
    person: { id: inhabitant.id },
    attendees: [{ self: true }],
    channel: 'web',
  });
  app.now.at = at('2026-11-23', '10:00');
  const later = app.ctx(actorOf(nadia, ['team'], siteId));
  const to = { start: at('2026-11-27', '15:00'), end: at('2026-11-27', '17:00') };
  await moveSession(later, { session: id, scope: 'one', ...to, things: [{ resourceId: second.id, people: 6 }] });
  await setSeats(later, { session: id, scope: 'one', seats: 9 });
  return { id };
}

describe('what changed', () => {
  test('of a session is told from what to what, to its team, in three languages', async () => {
    const { id } = await movedWorkshop();
    const said = async (locale: Locale) => seen((await here.nadia.get(`/${locale}/gestion/journal/seance/${id}`)).text);
    const french = await said('fr');
    for (const words of [
      'Filer la laine',
      'Séance déplacée',
      'date : jeudi 26 novembre à 14 h → vendredi 27 novembre à 15 h',
      'salles et machines : Salle Lys d’avant → Salle Marais d’après',
      'places : 6 → 9',
      'Nadia Ferlin',
    ])
      expect(french).toContain(words);
    expect(await said('nl')).toContain('zalen en machines: Salle Lys d’avant → Salle Marais d’après');
    expect(await said('en')).toContain('seats: 6 → 9');
    for (const other of [app.visitor(), await app.signedIn('habitant@quai.example')])
      expect((await other.get(`/fr/gestion/journal/seance/${id}`)).status).toBe(404);
  });

  test('of what one registered for is read by oneself, without the name of whoever did it', async () => {
    const { id } = await movedWorkshop();
    const own = await app.signedIn('habitant@quai.example');
    expect((await own.get('/fr/compte')).text).toContain('href="/fr/compte/journal"');
    const page = seen((await own.get('/fr/compte/journal')).text);
    for (const words of [
      'Filer la laine',
      'Séance déplacée',
      'date : jeudi 26 novembre à 14 h → vendredi 27 novembre à 15 h',
      'l’équipe',
    ])
      expect(page).toContain(words);
    expect(page).not.toContain('Nadia');
    const other = seen((await (await app.signedIn('admin@quai.example')).get('/fr/compte/journal')).text);
    expect(other).not.toContain('Filer la laine');
    expect((await app.visitor().get('/fr/compte/journal')).status).toBe(302);
    const { id: registration } = await app.db
      .selectFrom('registration')
      .select('id')
      .where('session_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(seen((await here.nadia.get(`/fr/gestion/journal/inscription/${registration}`)).text)).toContain('1 place');
  });

  test('of a booking that moved is its hours and what was booked', async () => {
    const one = await booked();
    const other = await room('Salle d’à côté du journal');
    const nadia = await personOf('equipe@quai.example');
    const site = await app.db
      .selectFrom('site')
      .select('id')
      .where('slug', '=', 'la-station')
      .executeTakeFirstOrThrow();
    await move(app.ctx(actorOf(nadia, ['team'], site.id)), {
      booking: one.id,
      version: 1,
      resourceId: other.id,
      start: at('2026-11-23', '16:00'),
      end: at('2026-11-23', '17:00'),
    });
    const admin = await app.signedIn('admin@quai.example');
    const page = seen((await admin.get(`/fr/gestion/journal/reservation/${one.id}`)).text);
    expect(page).toContain('date : lundi 23 novembre, 14 h – 15 h → lundi 23 novembre, 16 h – 17 h');
    expect(page).toContain('chose réservée : Salle du journal → Salle d’à côté du journal');
  });

  test.each([
    ['session.seats', { from: 8, to: null }, ['places : 8 → sans limite']],
    [
      'session.edited',
      { fields: ['title', 'seats'], was: { title: [{ fr: 'Avant' }, { fr: 'Après' }] } },
      ['titre : Avant → Après'],
    ],
    [
      'session.moved',
      {
        from: '2026-11-24T13:00:00.000Z',
        to: '2026-11-24T13:00:00.000Z',
        was: { end: ['2026-11-24T14:00:00.000Z', '2026-11-24T15:00:00.000Z'] },
      },
      ['fin : mardi 24 novembre à 15 h → mardi 24 novembre à 16 h'],
    ],
    [
      'stop.changed',
      {
        changed: ['starts_at', 'ends_at', 'aboard'],
        was: {
          start: ['2026-11-24T13:00:00.000Z', '2026-11-24T14:00:00.000Z'],
          end: ['2026-11-24T15:00:00.000Z', '2026-11-24T16:00:00.000Z'],
        },
      },
      ['date : mardi 24 novembre à 14 h → mardi 24 novembre à 15 h', 'Changé : à bord'],
    ],
    ['stop.cancelled', { displaced: 2, sessions: 1, registered: 0 }, ['2 réservations touchées', '1 séance touchée']],
    ['site.changed', { changed: ['name', 'lat', 'how_to_come'] }, ['Changé : nom, comment venir']],
    ['attendance.present', { halfDay: '2026-11-24 pm', attendeeId: newId() }, ['mardi 24 novembre, après-midi']],
    ['role.granted', { role: 'team', siteId: null }, ['Équipe']],
    ['person.corrected', { fields: ['email'] }, ['Changé : adresse e-mail']],
    [
      'session.planned',
      { from: {}, to: [], was: 'x', fields: 'y', start: 3, halfDay: 'hier', role: 'constructor' },
      [],
    ],
  ])('%s: %o', (kind, data, said) => {
    const ctx = app.ctx();
    expect(detailsOf(ctx, { kind, data }, new Map(), 'Europe/Paris').map(seen)).toEqual(said);
  });
});

test('the journal of a stop says when it was and when it is, to the team of its bus alone', async () => {
  const bus = await makeSite(app.db, { kind: 'mobile', name: 'Un autre bus' });
  const admin = await app.signedIn('admin@quai.example');
  const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
  const stop = { commune: 'Arques', 'place.fr': 'Grand-Place', day: '2026-12-01', from: '10:00', to: '16:00' };
  await admin.post(`${path}/nouvelle`, { ...stop, every: '0', times: '1' });
  const { id } = await app.db.selectFrom('stop').select('id').where('site_id', '=', bus.id).executeTakeFirstOrThrow();
  const form = fieldsOf((await admin.get(`${path}/${id}`)).text, `${path}/${id}`);
  const change = await admin.post(`${path}/${id}`, { ...form, from: '11:00', aboard: 'Imprimante 3D' });
  expect(change.status).toBe(303);
  const page = seen((await admin.get(`/fr/gestion/journal/arret/${id}`)).text);
  for (const words of [
    'Arrêt modifié',
    'date : mardi 1er décembre à 10 h → mardi 1er décembre à 11 h',
    'Changé : à bord',
  ])
    expect(page).toContain(words);
  expect((await here.nadia.get(`/fr/gestion/journal/arret/${id}`)).status).toBe(404);
});

test('the team goes from the sheet of a booking to the person’s', async () => {
  const one = await booked();
  const { text } = await here.nadia.get(`${station}/reservations/${one.reference}`);
  expect(text).toContain(`href="/fr/gestion/personnes/${one.person.id}"`);
  expect((await here.nadia.get(`/fr/gestion/personnes/${one.person.id}`)).status).toBe(200);
});

test('everything the program writes of what has a journal has its words, in three languages', () => {
  const kind = new RegExp(`(?:kind: |entryOf\\()'((?:${subjects.join('|')}|attendance|feedback)\\.[a-z_]+)'`, 'g');
  const written = new Set(
    globSync('src/**/*.{ts,tsx}', { cwd: projectRoot })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(projectRoot, file), 'utf8').matchAll(kind)].map((match) => match[1]!)),
  );
  expect(written.size).toBeGreaterThan(20);
  // Those that a command makes of a state or of a choice.
  const seating = globSync('src/modules/{seating,registrations}/*.ts', { cwd: projectRoot })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join(projectRoot, file), 'utf8').matchAll(/noted\(\w+, '([a-z_]+)'/g)]);
  expect(seating.length).toBeGreaterThan(3);
  for (const [, said] of seating) written.add(`registration.${said}`);
  for (const status of [
    'held',
    'registered',
    'waiting',
    'offered',
    'invited',
    'cancelled',
    'moved',
    'edited',
    'postponed',
  ])
    written.add(`registration.${status}`);
  for (const one of ['published', 'moved', 'edited', 'seats', 'postponed', 'resumed', 'cancelled'])
    written.add(`session.${one}`);
  for (const one of ['registration.resumed', 'registration.session_cancelled', 'field.apply', 'field.keep'])
    written.add(one);
  for (const state of ['present', 'absent', 'excused']) written.add(`attendance.${state}`);
  for (const locale of locales)
    expect([...written].filter((one) => wordsOf(locale, one) === journalMessages[locale].other)).toEqual([]);
});
