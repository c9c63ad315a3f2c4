import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { at, makePerson } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { locales } from '../../core/i18n.ts';
import { projectRoot } from '../../core/root.ts';
import { reserve } from '../booking/index.ts';
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

test('the team goes from the sheet of a booking to the person’s', async () => {
  const one = await booked();
  const { text } = await here.nadia.get(`${station}/reservations/${one.reference}`);
  expect(text).toContain(`href="/fr/gestion/personnes/${one.person.id}"`);
  expect((await here.nadia.get(`/fr/gestion/personnes/${one.person.id}`)).status).toBe(200);
});

test('everything the program writes of what has a journal has its words, in three languages', () => {
  const kind = new RegExp(`(?:kind: |entryOf\\()'((?:${subjects.join('|')})\\.[a-z_]+)'`, 'g');
  const written = new Set(
    globSync('src/**/*.{ts,tsx}', { cwd: projectRoot })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(projectRoot, file), 'utf8').matchAll(kind)].map((match) => match[1]!)),
  );
  expect(written.size).toBeGreaterThan(20);
  for (const locale of locales)
    expect([...written].filter((one) => wordsOf(locale, one) === journalMessages[locale].other)).toEqual([]);
});
