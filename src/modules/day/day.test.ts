import { describe, expect, test } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { at, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { newId } from '../../core/ids.ts';
import type { Role } from '../../core/schema.ts';
import { reserve } from '../booking/index.ts';
import { notices } from '../notices/index.ts';

const late = notices.schedules!.find(({ name }) => name === 'bookings-late')!;

const monday = '2026-11-23';
const site = 'la-station';
const station = `/fr/equipe/${site}`;

const here = useStation();
const { app, room } = here;

const plain = (text: string) => seen(text).replaceAll('&nbsp;', ' ');
/** A booking that stands, made by the house for somebody. */
async function booked(name: string, over: { start?: Date; end?: Date; email?: string | null; rules?: object } = {}) {
  const thing = await room(`Salle de ${name}`, { rules: { checkIn: true, ...over.rules } });
  const person = await makePerson(app.db, { name, ...(over.email === undefined ? {} : { email: over.email }) });
  const { bookings } = await reserve(app.ctx(), {
    items: [{ resourceId: thing.id, start: over.start ?? at(monday, '09:00'), end: over.end ?? at(monday, '11:00') }],
    people: 2,
    person: { id: person.id },
    channel: 'desk',
  });
  return { ...bookings[0]!, thing, person };
}

const statusOf = async (id: string) =>
  (await app.db.selectFrom('booking').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;

describe('who may see the day', () => {
  test.each([station, `${station}/accueil`, `${station}/panne`, `${station}/appels`, `${station}/imprimer`])(
    'the team sees %s; a person, a visitor and the team of another site find nothing',
    async (path) => {
      expect((await here.nadia.get(path)).status).toBe(200);
      expect((await (await app.signedIn('habitant@quai.example')).get(path)).status).toBe(404);
      expect((await app.visitor().get(path)).status).toBe(404);
      const elsewhere = await makeSite(app.db);
      const other = await teamOf(elsewhere.id, 'team');
      expect((await other.get(path)).status).toBe(404);
    },
  );

  test('who works at one site goes straight to it, others choose', async () => {
    const only = await makeSite(app.db);
    expect((await (await teamOf(only.id, 'team')).get('/fr/equipe')).location).toBe(`/fr/equipe/${only.slug}`);
    expect(plain((await here.nadia.get('/fr/equipe')).text)).toContain('Vos lieux');
    expect((await (await app.signedIn('habitant@quai.example')).get('/fr/equipe')).status).toBe(404);
  });

  test('a booking of another site is not there, whatever the address says', async () => {
    const elsewhere = await makeSite(app.db);
    const one = await booked('Alix Ailleurs');
    const other = await teamOf(elsewhere.id, 'team');
    expect((await other.get(`/fr/equipe/${elsewhere.slug}/reservations/${one.reference}`)).status).toBe(404);
    expect((await other.post(`/fr/equipe/${elsewhere.slug}/reservations/${one.reference}/arrivee`)).status).toBe(404);
    expect((await here.nadia.get(`${station}/reservations/${one.reference}`)).status).toBe(200);
    expect(await statusOf(one.id)).toBe('confirmed');
  });
});

async function teamOf(id: string, role: Role): Promise<Visitor> {
  const person = await makePerson(app.db, { name: 'Équipe d’ailleurs' });
  await app.db
    .insertInto('role_grant')
    .values({ id: newId(), person_id: person.id, site_id: id, role, created_at: monday9 })
    .execute();
  return app.signedIn(person.email!);
}

describe('arrivals', () => {
  test('one tap notes an arrival, a second one changes nothing, and it can be undone', async () => {
    const one = await booked('Agathe Arrive');
    app.now.at = at(monday, '09:10');
    expect(plain((await here.nadia.get(station)).text)).toContain('en retard, place gardée jusqu’à');
    const tap = () => here.nadia.post(`${station}/reservations/${one.reference}/arrivee`, { jour: monday });
    const first = await tap();
    expect(first.status).toBe(303);
    expect((await tap()).status).toBe(303);
    expect(await statusOf(one.id)).toBe('checked_in');
    const shown = plain((await here.nadia.get(first.location!)).text);
    expect(shown).toContain('Agathe Arrive : arrivée notée.');
    expect(shown).toContain('arrivée à 9 h 10');
    await here.nadia.post(`${station}/reservations/${one.reference}/sans-arrivee`, { jour: monday });
    expect(await statusOf(one.id)).toBe('confirmed');
  });

  test('an absence gives the place back and is taken back while it is free', async () => {
    const one = await booked('Basile Absent');
    app.now.at = at(monday, '09:20');
    const path = `${station}/reservations/${one.reference}`;
    await here.nadia.post(`${path}/absence`, { jour: monday });
    expect(await statusOf(one.id)).toBe('no_show');
    const held = () => app.db.selectFrom('allocation').select('id').where('cause_id', '=', one.id).execute();
    expect(await held()).toHaveLength(0);
    await here.nadia.post(`${path}/sans-absence`, { jour: monday });
    expect(await statusOf(one.id)).toBe('confirmed');
    expect(await held()).toHaveLength(1);
  });

  test('an absence is not taken back once somebody else has the place: the day says why', async () => {
    const one = await booked('Clara Trop Tard');
    app.now.at = at(monday, '09:20');
    await here.nadia.post(`${station}/reservations/${one.reference}/absence`, { jour: monday });
    const other = await makePerson(app.db, { name: 'Premier Venu' });
    await reserve(
      { ...app.ctx(), now: app.now.at },
      {
        items: [{ resourceId: one.thing.id, start: at(monday, '10:00'), end: at(monday, '11:00') }],
        people: 1,
        person: { id: other.id },
        channel: 'desk',
      },
    );
    const answer = await here.nadia.post(`${station}/reservations/${one.reference}/sans-absence`, { jour: monday });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('role="alert"');
    expect(await statusOf(one.id)).toBe('no_show');
  });

  test('the sheet forgives an absence and tells the whole story, with who did what', async () => {
    const one = await booked('Denis Pardon');
    app.now.at = at(monday, '11:30');
    const path = `${station}/reservations/${one.reference}`;
    await here.nadia.post(`${path}/absence`);
    const answer = await here.nadia.post(`${path}/pardon`);
    const shown = plain((await here.nadia.get(answer.location!)).text);
    expect(shown).toContain('absence pardonnée');
    expect(shown).toContain('Absence notée, place rendue');
    expect(shown).toContain('Nadia Ferlin');
  });

  test('the team cancels with a reason; without one it is asked', async () => {
    const one = await booked('Edmée Annule', { start: at('2026-11-24', '14:00'), end: at('2026-11-24', '15:00') });
    const path = `${station}/reservations/${one.reference}`;
    const bare = await here.nadia.post(`${path}/annulation`, { raison: ' ' });
    expect(bare.status).toBe(422);
    expect(await statusOf(one.id)).toBe('confirmed');
    await here.nadia.post(`${path}/annulation`, { raison: 'Coupure d’eau dans tout l’étage.' });
    expect(await statusOf(one.id)).toBe('cancelled');
    expect((await here.nadia.get(path)).text).toContain('Coupure d’eau dans tout l’étage.');
  });
});

describe('requests', () => {
  const request = async (name: string) => {
    const thing = await room(`Demande de ${name}`, { rules: { approval: true } });
    const person = await makePerson(app.db, { name });
    const ctx = app.ctx({
      ...app.ctx().actor,
      kind: 'person',
      personId: person.id,
      name,
      email: person.email,
      grants: [],
    });
    const { bookings } = await reserve(ctx, {
      items: [{ resourceId: thing.id, start: at('2026-11-27', '14:00'), end: at('2026-11-27', '16:00') }],
      people: 3,
      person: { id: person.id },
      channel: 'web',
    });
    return bookings[0]!;
  };

  test('a request waits on the day’s page and is accepted in one tap', async () => {
    const one = await request('Fanny Demande');
    expect((await here.nadia.get(station)).text).toContain('Fanny Demande');
    const answer = await here.nadia.post(`${station}/reservations/${one.reference}/accord`, {
      jour: monday,
      version: '1',
    });
    expect(await statusOf(one.id)).toBe('confirmed');
    expect(plain((await here.nadia.get(answer.location!)).text)).toContain('Fanny Demande : demande acceptée.');
  });

  test('it is declined with a reason only, which the person reads', async () => {
    const one = await request('Gilles Refus');
    const path = `${station}/reservations/${one.reference}/refus`;
    expect((await here.nadia.post(path, { jour: monday, version: '1', raison: '' })).status).toBe(422);
    await here.nadia.post(path, { jour: monday, version: '1', raison: 'La salle est en travaux.' });
    expect(await statusOf(one.id)).toBe('cancelled');
    expect((await here.nadia.get(`${station}/reservations/${one.reference}`)).text).toContain(
      'La salle est en travaux.',
    );
  });
});

describe('notes', () => {
  test('a note is added, seen to, and taken up again', async () => {
    await here.nadia.post(`${station}/notes`, { jour: monday, note: 'Changer le filtre de la hotte.' });
    const note = await app.db
      .selectFrom('day_note')
      .select(['id', 'done_at'])
      .where('body', '=', 'Changer le filtre de la hotte.')
      .executeTakeFirstOrThrow();
    expect((await here.nadia.get(station)).text).toContain('Changer le filtre de la hotte.');
    await here.nadia.post(`${station}/notes/${note.id}/fait`, { jour: monday });
    const done = () =>
      app.db.selectFrom('day_note').select('done_at').where('id', '=', note.id).executeTakeFirstOrThrow();
    expect((await done()).done_at).toEqual(monday9);
    await here.nadia.post(`${station}/notes/${note.id}/reprise`, { jour: monday });
    expect((await done()).done_at).toBeNull();
  });

  test('an empty note is refused with a sentence, and nobody else’s note can be touched', async () => {
    expect((await here.nadia.post(`${station}/notes`, { jour: monday, note: '  ' })).status).toBe(422);
    const stranger = await app.signedIn('habitant@quai.example');
    expect((await stranger.post(`${station}/notes`, { jour: monday, note: 'Bonjour' })).status).toBe(404);
    expect((await here.nadia.post(`${station}/notes/${newId()}/fait`)).status).toBe(404);
  });
});

describe('visits', () => {
  const line = () => app.db.selectFrom('line').select('id').where('letter', '=', 'F').executeTakeFirstOrThrow();
  const count = async () => {
    const { id } = await line();
    const rows = await app.db
      .selectFrom('visit')
      .select('id')
      .where('line_id', '=', id)
      .where('occurred_at', '=', app.now.at)
      .where('withdrawn_at', 'is', null)
      .execute();
    return rows.length;
  };

  test('one tap counts one, a tap sent twice still counts one, the last is taken back', async () => {
    app.now.at = at(monday, '10:01');
    const ligne = (await line()).id;
    const tap = (vu: number) => here.nadia.post(`${station}/visites`, { ligne, vu: String(vu) });
    await Promise.all([tap(0), tap(0)]);
    expect(await count()).toBe(1);
    expect(plain((await here.nadia.get(station)).text)).toContain('1 aujourd’hui');
    await tap(1);
    expect(await count()).toBe(2);
    const back = () => here.nadia.post(`${station}/visites/annulation`, { ligne, vu: '2' });
    await back();
    await back();
    expect(await count()).toBe(1);
    // What was taken back keeps its row, and does not swallow the next tap.
    await tap(2);
    expect(await count()).toBe(2);
    const kept = await app.db
      .selectFrom('visit')
      .select('withdrawn_by')
      .where('withdrawn_at', '=', app.now.at)
      .execute();
    expect(kept.filter((row) => row.withdrawn_by !== null)).toHaveLength(1);
  });

  test('says the age where it was asked, and nothing finer', async () => {
    app.now.at = at(monday, '10:02');
    const ligne = (await line()).id;
    await here.nadia.post(`${station}/visites`, { ligne, vu: '0', age: '60_69' });
    const visits = app.db.selectFrom('visit').select('age_band').where('occurred_at', '=', app.now.at);
    expect(await visits.execute()).toEqual([{ age_band: '60_69' }]);
    expect((await here.nadia.post(`${station}/visites`, { ligne, vu: '0', age: '61' })).status).toBe(404);
  });

  test('a service that does not exist is not there', async () => {
    expect((await here.nadia.post(`${station}/visites`, { ligne: newId(), vu: '0' })).status).toBe(404);
    expect((await here.nadia.post(`${station}/visites`, { ligne: 'x', vu: '-1' })).status).toBe(404);
  });
});

test('after its own absence, the software asks the team who came rather than give places back', async () => {
  const minute = async (time: string) => {
    app.now.at = at(monday, time);
    await late.run(app.ctx());
  };
  await minute('08:59');
  const during = await booked('Odile Orage', { rules: { releaseMinutes: 15 } });
  const before = await booked('Bruno Brume', { rules: { releaseMinutes: 0 } });
  await minute('09:00');
  // Nothing ran from 9:00 to 9:40; the time to say that one is there ended at 9:15.
  await minute('09:40');
  await minute('09:41');
  expect([await statusOf(during.id), await statusOf(before.id)]).toEqual(['confirmed', 'no_show']);
  expect(plain((await here.nadia.get(station)).text)).toContain('arrivée pas notée : cette personne est-elle là ?');
  const after = await booked('Nina Nuage', { start: at(monday, '10:00'), rules: { releaseMinutes: 1 } });
  for (const time of ['09:45', '09:50', '09:55', '10:00', '10:01']) await minute(time);
  expect(await statusOf(after.id)).toBe('no_show');
});
