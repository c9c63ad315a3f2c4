import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { at, makePerson, monday9 } from '../../../test/harness/make.ts';
import { sessionForm as basic, programmeHome as home, wordsOf as seen } from '../../../test/harness/programme.ts';
import { seen as plain } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { newId } from '../../core/ids.ts';
import { reserve } from '../booking/index.ts';
import { askAboutMinimum } from '../sessions/index.ts';
import { sessionByReference } from '../timetable/index.ts';

const here = useStation();
const { app, room } = here;

const referenceIn = (location: string | null): string => /programme\/([2-9A-Z]{10})/.exec(location ?? '')?.[1] ?? '';

async function published(over: Record<string, string | string[]> = {}): Promise<string> {
  const answer = await here.nadia.post(`${home}/nouvelle`, { ...basic(over), geste: 'publier' });
  expect(answer.status).toBe(303);
  return referenceIn(answer.location);
}

/** The value of a button of a page, by its words. */
const choiceIn = (html: string, words: string): string => {
  const found = [...html.matchAll(/<button[^>]*name="autre"[^>]*value="([^"]*)"[^>]*>([^<]*)/g)];
  return found.find((one) => seen(one[2]!).includes(words))?.[1] ?? '';
};

const enrol = async (sessionId: string, over: { email?: string | null; telephone?: string } = {}) => {
  const person = await makePerson(app.db, {
    name: 'Odile Inscrite',
    email: over.email === undefined ? null : over.email,
  });
  if (over.telephone) {
    await app.db.updateTable('person').set({ telephone: over.telephone }).where('id', '=', person.id).execute();
  }
  const id = newId();
  const row = { session_id: sessionId, person_id: person.id, kind: 'self' as const, status: 'registered' as const };
  await app.db
    .insertInto('registration')
    .values({ ...row, id, reference: draw(), places: 1, channel: 'desk', created_at: monday9 })
    .execute();
  await app.db
    .insertInto('attendee')
    .values({ id: newId(), registration_id: id, session_id: sessionId, seat: 1 })
    .execute();
};
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const draw = () => Array.from({ length: 10 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');

beforeAll(() => {
  app.now.at = monday9;
});

describe('preparing', () => {
  test('a session is checked, then published; sent twice it is there once', async () => {
    const hall = await room('Grande salle d’essai');
    const form = basic({ salles: hall.id });
    const empty = await here.nadia.get(`${home}/nouvelle`);
    expect(empty.status).toBe(200);
    const preview = await here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'voir' });
    expect(seen(preview.text)).toContain('Tout est libre.');
    expect(seen(preview.text)).toContain('mardi 1er décembre 2026, 18 h – 20 h');
    const sent = await Promise.all(
      [1, 2].map(() => here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'publier' })),
    );
    expect(new Set(sent.map((one) => one.location)).size).toBe(1);
    const view = (await sessionByReference(app.ctx(), referenceIn(sent[0]!.location)))!;
    expect(view).toMatchObject({ status: 'published', seats: 8, things: [{ id: hall.id }] });
    const list = await here.nadia.get(`${home}?jour=2026-12-01`);
    expect(seen(list.text)).toContain('Couture du mardi');
    expect(seen(list.text)).toContain('0 sur 8');
  });

  test('what is taken is shown by date with what is free instead, one gesture away; nothing is kept before', async () => {
    const [small, other] = [await room('Salle prise'), await room('Salle libre')];
    await published({ salles: small.id, jour: '2026-12-08', 'titre.fr': 'La première' });
    const before = await app.db.selectFrom('session').select('id').execute();
    const series = { repeter: 'weekly', fois: '3', feries: 'on', jour: '2026-12-08', 'titre.fr': 'La suite' };
    const form = basic({ ...series, salles: small.id });
    const preview = await here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'voir' });
    expect(seen(preview.text)).toContain('1 date sur 3 ne va pas');
    expect(seen(preview.text)).toContain('Déjà pris (Salle prise)');
    expect(seen(preview.text)).not.toContain('Publier les 3 dates');
    expect(await app.db.selectFrom('session').select('id').execute()).toEqual(before);
    const without = choiceIn(preview.text, 'Enlever cette date');
    expect(without).toBe('2026-12-08|-');
    const two = await here.nadia.post(`${home}/nouvelle`, { ...form, autre: without });
    expect(seen(two.text)).toContain('Publier les 2 dates');
    const swapped = `2026-12-08|${small.id}|${other.id}`;
    const three = await here.nadia.post(`${home}/nouvelle`, { ...form, autre: swapped });
    expect(seen(three.text)).toContain('Publier les 3 dates');
    const done = await here.nadia.post(`${home}/nouvelle`, { ...form, autre: swapped, geste: 'publier' });
    expect(done.location).toBe(`${home}?jour=2026-12-08&fait=publie`);
    const month = seen((await here.nadia.get(`${home}?jour=2026-12-08`)).text);
    expect(month.match(/La suite/g)?.length).toBeGreaterThanOrEqual(3);
    expect(month).toContain('Salle libre');
  });

  test('holidays are skipped and said; a series keeps its hour', async () => {
    const preview = await here.nadia.post(
      `${home}/nouvelle`,
      basic({ jour: '2026-12-18', repeter: 'weekly', fois: '3', feries: 'on', geste: 'voir' }),
    );
    expect(seen(preview.text)).toContain('Jours fériés passés : vendredi 25 décembre, vendredi 1er janvier.');
    expect(seen(preview.text)).toContain('vendredi 15 janvier 2027, 18 h – 20 h');
  });

  test('an option keeps the rooms until a day, a draft keeps none', async () => {
    const hall = await room('Salle à option');
    const form = basic({ salles: hall.id, jour: '2026-12-15', 'option-jour': '2026-11-30', geste: 'option' });
    const answer = await here.nadia.post(`${home}/nouvelle`, form);
    const view = (await sessionByReference(app.ctx(), referenceIn(answer.location)))!;
    expect(view).toMatchObject({ status: 'draft', optionUntil: at('2026-12-01', '00:00') });
    const item = { resourceId: hall.id, start: at('2026-12-15', '18:00'), end: at('2026-12-15', '19:00') };
    const person = await makePerson(app.db);
    const take = () => reserve(app.ctx(), { items: [item], people: 1, person: { id: person.id }, channel: 'desk' });
    await expect(take()).rejects.toMatchObject({ code: 'booking.taken' });
  });

  test('what is missing comes back beside its field, and what was written stays', async () => {
    const answer = await here.nadia.post(
      `${home}/nouvelle`,
      basic({ 'titre.fr': '', 'resume.fr': 'À garder', repeter: 'weekly', geste: 'voir' }),
    );
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('À garder');
    expect(answer.text).toContain('href="#f-titre-fr"');
    const closed = await here.nadia.post(`${home}/nouvelle`, basic({ public: 'group', geste: 'voir' }));
    expect(closed.status).toBe(422);
    expect(seen(closed.text)).toContain('Dites à quel groupe');
  });

  test('hostile choices are not understood rather than failures', async () => {
    const answers = await Promise.all(
      [
        basic({ autre: '2026-12-01|=|2026-99-99T99:99', geste: 'voir' }),
        basic({ autre: `2026-12-01|${'-'.repeat(36)}|${'f'.repeat(36)}`, geste: 'voir' }),
        basic({ salles: 'x', geste: 'voir' }),
        basic({ ligne: 'x', geste: 'voir' }),
        basic({ evenement: "'; drop table session", geste: 'voir' }),
        basic({ 'titre.fr': '\u0000', jour: '2026-02-30', geste: 'publier' }),
      ].map((form) => here.nadia.post(`${home}/nouvelle`, form)),
    );
    expect(answers.map((one) => one.status)).toEqual([200, 200, 422, 422, 404, 422]);
  });
});

describe('changing', () => {
  test('words and seats; a page opened before is told so', async () => {
    const reference = await published({ jour: '2026-12-02' });
    const edit = await here.nadia.get(`${home}/${reference}/modifier`);
    expect(edit.text).toContain('Couture du mardi');
    const change = { ...basic({ 'titre.fr': 'Couture du mercredi' }), version: '1' };
    const saved = await here.nadia.post(`${home}/${reference}/modifier`, change);
    expect(saved.location).toBe(`${home}/${reference}?fait=modifie`);
    const stale = await here.nadia.post(`${home}/${reference}/modifier`, change);
    expect(stale.status).toBe(412);
    const seats = await here.nadia.post(`${home}/${reference}/places`, { version: '2', places: '12' });
    expect(seats.location).toContain('fait=places');
    expect(await sessionByReference(app.ctx(), reference)).toMatchObject({
      seats: 12,
      title: { fr: 'Couture du mercredi' },
    });
  });

  test('a move shows what is free, who will be told, then is done', async () => {
    const [one, two] = [await room('Salle de départ'), await room('Salle d’arrivée')];
    const reference = await published({ salles: one.id, jour: '2026-12-03' });
    await published({ salles: two.id, jour: '2026-12-03', 'titre.fr': 'Autre' });
    const view = (await sessionByReference(app.ctx(), reference))!;
    await enrol(view.id, { email: 'odile@essai.example' });
    await enrol2(view.id);
    const to = {
      version: '1',
      jour: '2026-12-03',
      de: '18:00',
      a: '20:00',
      lieu: 'site',
      salles: two.id,
      geste: 'voir',
    };
    const taken = await here.nadia.post(`${home}/${reference}/deplacer`, to);
    expect(seen(taken.text)).toContain('Ce n’est pas libre');
    expect(choiceIn(taken.text, 'Prendre')).not.toBe('');
    const later = { ...to, jour: '2026-12-04' };
    const free = seen((await here.nadia.post(`${home}/${reference}/deplacer`, later)).text);
    expect(free).toContain('1 par mail');
    expect(free).toContain('1 à appeler');
    const done = await here.nadia.post(`${home}/${reference}/deplacer`, { ...later, geste: 'deplacer' });
    expect(done.location).toBe(`${home}/${reference}?fait=deplace`);
    const after = (await sessionByReference(app.ctx(), reference))!;
    expect(after).toMatchObject({ start: at('2026-12-04', '18:00'), things: [{ id: two.id }] });
  });

  async function enrol2(sessionId: string) {
    const person = await makePerson(app.db, { name: 'Rolande Sans-mail', email: null });
    await app.db.updateTable('person').set({ telephone: '03 21 00 00 09' }).where('id', '=', person.id).execute();
    const values = {
      session_id: sessionId,
      person_id: person.id,
      kind: 'self' as const,
      places: 1,
      channel: 'desk' as const,
    };
    await app.db
      .insertInto('registration')
      .values({
        ...values,
        id: newId(),
        reference: draw(),
        status: 'waiting',
        waiting_since: monday9,
        created_at: monday9,
      })
      .execute();
  }

  test('cancelling offers others, says who is told, and closes its page to changes', async () => {
    const reference = await published({ jour: '2026-12-09' });
    await published({ jour: '2026-12-10', 'titre.fr': 'À la place' });
    const ask = await here.nadia.get(`${home}/${reference}/annuler`);
    expect(seen(ask.text)).toContain('Personne n’est inscrit');
    expect(seen(ask.text)).toContain('À la place');
    const answer = await here.nadia.post(`${home}/${reference}/annuler`, {
      version: '1',
      'raison.fr': 'Panne de courant',
    });
    expect(answer.location).toBe(`${home}/${reference}?fait=annule`);
    const page = seen((await here.nadia.get(`${home}/${reference}`)).text);
    expect(page).toContain('Annulée');
    expect(page).toContain('Panne de courant');
    expect((await here.nadia.post(`${home}/${reference}/annuler`, { version: '2' })).status).toBe(409);
  });

  test('postponed, it waits for a date among what is to settle, then has one', async () => {
    const hall = await room('Salle reportée');
    const reference = await published({ jour: '2026-12-11', 'titre.fr': 'Reportée un jour', salles: hall.id });
    await here.nadia.post(`${home}/${reference}/reporter`, { version: '1' });
    expect(seen((await here.nadia.get(home)).text)).toContain('donnez-lui une nouvelle date');
    const to = { jour: '2026-12-18', de: '18:00', a: '20:00', lieu: 'site', salles: hall.id, geste: 'deplacer' };
    const done = await here.nadia.post(`${home}/${reference}/deplacer`, { version: '2', ...to });
    expect(done.status).toBe(303);
    expect(await sessionByReference(app.ctx(), reference)).toMatchObject({
      status: 'published',
      start: at('2026-12-18', '18:00'),
    });
  });

  test('too few people: the team is written to once, and a line of the programme says it', async () => {
    const reference = await published({ jour: '2026-11-26', minimum: '4', 'titre.fr': 'Trop peu' });
    await askAboutMinimum(app.ctx());
    await app.work();
    const mails = app.letters.filter((letter) => letter.subject.includes('Trop peu'));
    expect(mails).toHaveLength(1);
    expect(mails[0]!.text).toContain(`/fr/equipe/la-station/programme/${reference}`);
    expect(seen((await here.nadia.get(home)).text)).toContain('0 personne pour 4 au minimum');
  });
});

test('nobody else sees it: not a member, not another site, not an unknown reference', async () => {
  const reference = await published({ jour: '2026-12-16' });
  const member = await app.signedIn('habitant@quai.example');
  for (const path of ['', '/nouvelle', `/${reference}`, `/${reference}/modifier`, `/${reference}/annuler`]) {
    expect((await member.get(`${home}${path}`)).status).toBe(404);
    expect((await app.visitor().get(`${home}${path}`)).status).toBe(404);
  }
  expect((await here.nadia.get(`/fr/equipe/bus/programme/${reference}`)).status).toBe(404);
  expect((await here.nadia.get(`${home}/AAAAAAAAAA`)).status).toBe(404);
});

test('an appointment is read and changed on its own pages', async () => {
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const { id, reference } = await makeSession(app.db, { siteId: site.id, kind: 'appointment' });
  expect((await here.nadia.get(`${home}/${reference}`)).status).toBe(404);
  await enrol(id);
  const taken = app.db.selectFrom('registration').select('reference').where('session_id', '=', id);
  const { reference: own } = await taken.executeTakeFirstOrThrow();
  expect((await here.nadia.get(`${home}/${reference}`)).location).toBe(`/fr/rendez-vous/${own}`);
  expect((await here.nadia.get(`${home}/${reference}/deplacer`)).status).toBe(404);
  expect((await here.nadia.post(`${home}/${reference}/annuler`, { version: '1' })).status).toBe(404);
});

test('a price added after another was taken away has a key of its own', async () => {
  const two = {
    prix: 'amount',
    'tarif-1-nom': 'Plein',
    'tarif-1-euros': '8',
    'tarif-2-nom': 'Réduit',
    'tarif-2-euros': '5',
  };
  const reference = await published({ ...two, jour: '2027-01-12', 'titre.fr': 'Poterie' });
  const now = async () => (await sessionByReference(app.ctx(), reference))!;
  const edit = async (over: Record<string, string>) => {
    const { prix, ...rest } = basic({ jour: '2027-01-12', 'titre.fr': 'Poterie' });
    const version = String((await now()).version);
    const sent = { ...rest, prix: 'amount', ...over, version };
    expect((await here.nadia.post(`${home}/${reference}/modifier`, sent)).status).toBe(303);
    return prix;
  };
  await edit({ 'tarif-2-nom': 'Réduit', 'tarif-2-euros': '5' });
  await edit({ 'tarif-1-nom': 'Réduit', 'tarif-1-euros': '5', 'tarif-2-nom': 'Famille', 'tarif-2-euros': '12' });
  const { tariffs } = await now();
  expect(tariffs.map((one) => one.cents)).toEqual([500, 1200]);
  expect(new Set(tariffs.map((one) => one.key)).size).toBe(2);
});

test('a session of two days keeps both when it is moved', async () => {
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const span = { start: at('2027-01-16', '10:00'), end: at('2027-01-17', '17:00') };
  const { reference } = await makeSession(app.db, { siteId: site.id, ...span });
  const form = { jour: '2027-01-23', de: '10:00', a: '17:00', lieu: 'site', version: '1', portee: 'one' };
  const done = await here.nadia.post(`${home}/${reference}/deplacer`, { ...form, geste: 'deplacer' });
  expect(done.status).toBe(303);
  const view = (await sessionByReference(app.ctx(), reference))!;
  expect([view.start, view.end]).toEqual([at('2027-01-23', '10:00'), at('2027-01-24', '17:00')]);
});

test('the team is written to about too few people, whatever is only held or offered when the mail leaves', async () => {
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const start = at('2026-11-26', '18:00');
  const { id, reference } = await makeSession(app.db, { siteId: site.id, start, minimum: 1 });
  const person = await makePerson(app.db);
  const registration = newId();
  const held = { status: 'held' as const, hold_expires_at: at('2026-11-23', '09:30'), kind: 'self' as const };
  await app.db
    .insertInto('registration')
    .values({
      id: registration,
      reference: draw(),
      session_id: id,
      person_id: person.id,
      ...held,
      places: 1,
      channel: 'web',
      created_at: monday9,
    })
    .execute();
  await app.db
    .insertInto('attendee')
    .values({ id: newId(), registration_id: registration, session_id: id, seat: 1 })
    .execute();
  await askAboutMinimum(app.ctx());
  await app.work();
  const mails = app.letters.filter((letter) => letter.text.includes(`/programme/${reference}`));
  expect(mails).toHaveLength(1);
  expect(seen((await here.nadia.get(`${home}/${reference}`)).text)).toContain('0 personne pour 1 au minimum');
});

test('a picture is given in words too, for all its dates at once, and taken away', async () => {
  const planned = await here.nadia.post(`${home}/nouvelle`, {
    ...basic({ jour: '2027-02-02', repeter: 'weekly', fois: '2', 'titre.fr': 'Avec photo' }),
    geste: 'publier',
  });
  expect(planned.status).toBe(303);
  const rows = () =>
    app.db
      .selectFrom('session')
      .select(['reference', 'photo_id', 'version'])
      .where(sql<boolean>`title ->> 'fr' = 'Avec photo'`)
      .orderBy('starts_at')
      .execute();
  const [first] = await rows();
  const path = `${home}/${first!.reference}/photo`;
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#123' } })
    .jpeg()
    .toBuffer();
  const form = (words: string, bytes?: Buffer) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ version: '1', portee: 'all', 'alt.fr': words })) data.set(name, value);
    if (bytes) data.set('photo', new Blob([new Uint8Array(bytes)]), 'photo.jpg');
    return data;
  };
  expect((await here.nadia.upload(path, form('Un atelier'))).status).toBe(422);
  expect((await here.nadia.upload(path, form('', jpeg))).status).toBe(422);
  const bad = await here.nadia.upload(path, form('Un atelier', Buffer.from('pas une photo')));
  expect([bad.status, bad.text.includes('id="f-photo-error"')]).toEqual([422, true]);
  expect((await here.nadia.upload(path, form('Un atelier', jpeg))).location).toContain('fait=photo');
  expect((await rows()).map((row) => row.photo_id !== null)).toEqual([true, true]);
  await here.nadia.post(path, { version: '2', portee: 'one', geste: 'retirer' });
  expect((await rows()).map((row) => row.photo_id !== null)).toEqual([false, true]);
});

test('an event has sessions side by side, within its hours', async () => {
  const [hall, small] = [await room('Halle d’essai'), await room('Salle d’à côté')];
  const day = { jour: '2027-02-12', de: '08:30', a: '12:30' };
  const event = await published({ ...day, genre: 'event', 'titre.fr': 'Université d’essai', salles: hall.id });
  const form = await here.nadia.get(`${home}/nouvelle?evenement=${event}`);
  expect(seen(form.text)).toContain('En parallèle de quoi ?');
  const part = { ...day, evenement: event, 'titre.fr': 'Atelier parallèle', fil: 'matin', salles: small.id };
  const late = await here.nadia.post(`${home}/nouvelle`, basic({ ...part, a: '13:30', geste: 'voir' }));
  expect(late.status).toBe(422);
  expect(seen(late.text)).toContain('doit se passer pendant l’événement');
  const own = await published(part);
  const page = seen((await here.nadia.get(`${home}/${event}`)).text);
  expect(page).toContain('Atelier parallèle');
  expect(await sessionByReference(app.ctx(), own)).toMatchObject({ track: 'matin' });
  await here.nadia.post(`${home}/${event}/annuler`, { version: '1' });
  expect(await sessionByReference(app.ctx(), own)).toMatchObject({ status: 'cancelled' });
});

test('a hall and three rooms for a Friday: one is taken, what is free is offered, nothing is kept meanwhile', async () => {
  app.now.at = at('2026-11-30', '09:00');
  const rooms = await Promise.all(
    ['Halle', 'Salle un', 'Salle deux', 'Salle trois'].map((name) => room(`${name} de l’université`)),
  );
  const spare = await room('Salle de secours');
  const taken = rooms[2]!;
  const person = await makePerson(app.db);
  await reserve(app.ctx(), {
    items: [{ resourceId: taken.id, start: at('2026-12-11', '09:00'), end: at('2026-12-11', '10:00') }],
    people: 2,
    person: { id: person.id },
    channel: 'desk',
  });
  const day = { jour: '2026-12-11', de: '08:30', a: '12:30', places: '150' };
  const form = basic({
    ...day,
    genre: 'event',
    'titre.fr': 'Université d’automne',
    salles: rooms.map(({ id }) => id),
    avant: '30',
  });
  const before = await app.db.selectFrom('session').select('id').execute();
  const preview = await here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'voir' });
  expect(seen(preview.text)).toContain('Déjà pris (Salle deux de l’université)');
  expect(seen(preview.text)).toContain('150 places annoncées, 32 dans ce que vous avez coché.');
  const refused = await here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'publier' });
  expect(refused.status).toBe(409);
  expect(await app.db.selectFrom('session').select('id').execute()).toEqual(before);
  const swap = `2026-12-11|${taken.id}|${spare.id}`;
  const done = await here.nadia.post(`${home}/nouvelle`, { ...form, autre: swap, geste: 'publier' });
  const view = (await sessionByReference(app.ctx(), referenceIn(done.location)))!;
  const wanted = [...rooms.filter((one) => one !== taken), spare].map(({ id }) => id);
  expect(view.things.map(({ id }) => id).sort()).toEqual(wanted.sort());
  const held = await app.db.selectFrom('allocation').select('id').where('cause_id', '=', view.id).execute();
  expect(held).toHaveLength(4);
});

test('what is missing is listed by the name of its field', async () => {
  const { status, text } = await here.nadia.post('/fr/equipe/la-station/programme/nouvelle', {
    geste: 'voir',
    places: 'x',
  });
  expect(status).toBe(422);
  const lines = [...plain(text).matchAll(/<li><a href="#f-[^"]*">([^<]*)/g)].map((match) => match[1]!);
  expect(lines).toContain('De : Ce champ est nécessaire.');
  expect(lines).toContain('Nombre de places : Indiquez un nombre.');
  expect(lines.filter((line) => line.startsWith('Ce champ'))).toEqual([]);
});

test('every page is there in Dutch and English too', async () => {
  const reference = await published({ jour: '2026-12-17' });
  for (const locale of ['nl', 'en']) {
    const root = `/${locale}/equipe/la-station/programme`;
    const pages = [
      '',
      '/nouvelle',
      `/${reference}`,
      ...['modifier', 'deplacer', 'annuler', 'reporter', 'photo'].map((one) => `/${reference}/${one}`),
    ];
    for (const path of pages) expect((await here.nadia.get(`${root}${path}`)).status).toBe(200);
  }
});
