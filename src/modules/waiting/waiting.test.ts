import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalKinds } from '../../../test/harness/bookings.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { wishKey } from '../../core/codes.ts';
import { cancel, reserve } from '../booking/index.ts';
import { exportMyData } from '../privacy/export.ts';
import { erasePerson } from '../privacy/index.ts';
import { forgetOver, look } from './look.ts';

const app = useHouse({ eachTest: true, max: 6 });
const day = '2026-11-24';
const plain = (text: string) => seen(text).replaceAll('&amp;', '&');

let room: { id: string; slug: string };
let taken: { id: string; personId: string };
const query = () => `ressource=${room.slug}&jour=${day}&heure=14%3A00&duree=60&personnes=2`;
const form = () => ({ ressource: room.slug, jour: day, heure: '14:00', duree: '60', personnes: '2' });

/** The room open from 8 to 15 that day, taken from 14 to 15: nothing is free from 14. */
async function takeRoom(from = '14:00', until = '15:00') {
  const person = await makePerson(app.db);
  const [booked] = (
    await reserve(app.ctx(), {
      items: [{ resourceId: room.id, start: at(day, from), end: at(day, until) }],
      people: 1,
      person: { id: person.id },
      channel: 'desk',
    })
  ).bookings;
  return { id: booked!.id, personId: person.id };
}

const giveBack = (id: string) => cancel(app.ctx(), { booking: id, reason: 'Essai' });

beforeAll(async () => {
  // Alone in the world, so that what is free is known.
  await app.db.updateTable('site').set({ archived_at: monday9 }).execute();
});

beforeEach(async () => {
  await app.db.deleteFrom('wish').execute();
  await app.db.deleteFrom('email_code').execute();
  await app.db.deleteFrom('outbox').execute();
  await app.db.updateTable('site').set({ archived_at: monday9 }).execute();
  const site = await makeSite(app.db, { opening: [[2, 480, 900]] });
  room = await makeResource(app.db, site.id, { name: 'Salle attendue' });
  taken = await takeRoom();
  await app.db.deleteFrom('outbox').execute();
});

/** Somebody signed in who waits for the room; returns their browser, their e-mail and the wish's address. */
async function waitingPerson(fields: Record<string, string> = {}) {
  const person = await makePerson(app.db);
  const visitor = await app.signedIn(person.email!);
  const answer = await visitor.post('/fr/me-prevenir', { ...form(), ...fields });
  expect(answer.status).toBe(303);
  app.now.at = new Date(app.now.at.getTime() + 1_000);
  return { person, visitor, path: answer.location!, id: /[0-9a-f-]{36}/.exec(answer.location!)![0] };
}

const linksIn = (text: string) => [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link);
const linkIn = (text: string, part: string) => {
  const found = linksIn(text).find((link) => link.includes(part));
  if (!found) throw new Error(`No link with ${part} in ${text}`);
  return new URL(found).pathname + new URL(found).search;
};
const statusOf = async (id: string) =>
  (await app.db.selectFrom('wish').select('status').where('id', '=', id).executeTakeFirst())?.status;

describe('The search', () => {
  test('offers to wait when nothing is free: a link for a visitor, one gesture for who is signed in', async () => {
    const path = `/fr/trouver?jour=${day}&heure=14%3A00&duree=60&personnes=2`;
    const shown = plain((await app.visitor().get(path)).text);
    expect(shown).toContain(`href="/fr/me-prevenir?jour=${day}&heure=14%3A00&duree=60&personnes=2"`);
    const visitor = await app.signedIn((await makePerson(app.db)).email!);
    expect(plain((await visitor.get(path)).text)).toContain('Prévenez-moi si une place se libère</button>');
  });

  test('keeps it to one line below results, and offers nothing for a day that is over', async () => {
    const shown = plain((await app.visitor().get(`/fr/trouver?jour=${day}`)).text);
    expect(shown).toContain('Rien ne vous convient ? <a href="/fr/me-prevenir?');
    expect((await app.visitor().get('/fr/trouver?jour=2026-11-20')).text).not.toContain('me-prevenir');
  });

  test('and so does the week of a thing, for each day that is full', async () => {
    await takeRoom('08:00', '14:00');
    const { slug } = await app.db
      .selectFrom('site')
      .innerJoin('resource', 'resource.site_id', 'site.id')
      .select('site.slug')
      .where('resource.id', '=', room.id)
      .executeTakeFirstOrThrow();
    const shown = plain((await app.visitor().get(`/fr/lieux/${slug}/${room.slug}?jour=${day}`)).text);
    expect(shown).toContain(`/fr/me-prevenir?ressource=${room.slug}&jour=${day}`);
  });
});

describe('Somebody signed in', () => {
  test('waits in one gesture, is told once with the free time, and the wish ends', async () => {
    const { person, visitor, path, id } = await waitingPerson();
    expect(plain((await visitor.get(path)).text)).toContain('C’est noté');
    expect(await look(app.ctx())).toBe(0);
    await giveBack(taken.id);
    expect(await look(app.ctx())).toBe(1);
    expect(await look(app.ctx())).toBe(0);
    await app.work();
    const mine = app.letters.filter((letter) => letter.to === person.email);
    expect(mine).toHaveLength(1);
    const text = plain(mine[0]!.text);
    expect(text).toContain('Réserver mardi 24 novembre 14 h – 15 h : Salle attendue, Gare d’essai');
    const booking = await visitor.get(linkIn(text, '/fr/reserver/'));
    expect(booking.status).toBe(200);
    expect(plain(booking.text)).toContain('14 h – 15 h');
    app.now.at = new Date(app.now.at.getTime() + 3_600_000);
    expect(await look(app.ctx())).toBe(0);
    expect(await journalKinds(app.db, id)).toEqual(['wish.asked', 'wish.told']);
  });

  test('is told soon after a booking is given back, by the outbox alone', async () => {
    const { person } = await waitingPerson();
    await giveBack(taken.id);
    await app.work();
    expect(app.letters.filter((letter) => letter.to === person.email)).toHaveLength(1);
  });

  test('reads it in their language', async () => {
    const person = await makePerson(app.db, { language: 'nl' });
    await (await app.signedIn(person.email!)).post('/nl/me-prevenir', form());
    await giveBack(taken.id);
    await app.work();
    const letter = app.letters.find((one) => one.to === person.email)!;
    expect(plain(letter.subject)).toBe('Er is een plaats vrijgekomen: dinsdag 24 november om 14 uur');
    expect(letter.text).toContain('/nl/reserver/');
  });

  test('is only told of what was not free when they asked', async () => {
    const { id } = await waitingPerson({ heure: '08:00' });
    expect(await look(app.ctx())).toBe(0);
    await giveBack(taken.id);
    expect(await look(app.ctx())).toBe(1);
    const row = await app.db.selectFrom('wish').select('offered').where('id', '=', id).executeTakeFirstOrThrow();
    // 13:30 to 14:30 became free as well, and is the first to be new.
    expect(row.offered).toMatchObject({ resourceId: room.id, start: at(day, '13:30').toISOString() });
  });

  test('asks the same twice and waits once; five things at most', async () => {
    const { visitor, path } = await waitingPerson();
    expect((await visitor.post('/fr/me-prevenir', form())).location).toBe(path);
    for (const duree of ['30', '90', '120', '180'])
      expect((await visitor.post('/fr/me-prevenir', { ...form(), duree })).status).toBe(303);
    const sixth = await visitor.post('/fr/me-prevenir', { ...form(), duree: '240' });
    expect(sixth.status).toBe(409);
    expect(plain(sixth.text)).toContain('Vous attendez déjà 5 places');
  });

  test('sees it on the account page and stops it there', async () => {
    const { visitor, id } = await waitingPerson();
    expect(plain((await visitor.get('/fr/compte')).text)).toContain(
      'Salle attendue</a>, mardi 24 novembre, à partir de 14 h',
    );
    const stopped = await visitor.post(`/fr/me-prevenir/${id}/arret`, { retour: 'compte' });
    expect(stopped.location).toBe('/fr/compte?fait=1');
    expect(await statusOf(id)).toBeUndefined();
    expect((await visitor.get('/fr/compte')).text).not.toContain('Salle attendue');
  });

  test('asks again from the mail: only then comes a second one, for something new', async () => {
    const { person, id } = await waitingPerson();
    await giveBack(taken.id);
    await app.work();
    const mine = () => app.letters.filter((letter) => letter.to === person.email);
    const path = linkIn(mine()[0]!.text, '/fr/me-prevenir/');
    const stranger = app.visitor();
    expect(plain((await stranger.get(path)).text)).toContain('Me prévenir encore');
    expect(await statusOf(id)).toBe('told');
    const key = new URLSearchParams(path.split('?')[1]).get('cle')!;
    expect((await stranger.post(`/fr/me-prevenir/${id}/encore`, { cle: key })).status).toBe(303);
    app.now.at = new Date(app.now.at.getTime() + 3_600_000);
    // Still free, and already told.
    expect(await look(app.ctx())).toBe(0);
    const other = await makeResource(
      app.db,
      (await app.db.selectFrom('resource').select('site_id').where('id', '=', room.id).executeTakeFirstOrThrow())
        .site_id,
    );
    await app.db.updateTable('wish').set({ resource_id: other.id }).where('id', '=', id).execute();
    expect(await look(app.ctx())).toBe(1);
    await app.work();
    expect(mine()).toHaveLength(2);
  });
});

describe('Who waits longest', () => {
  test('is told first, and a place given back calls nobody else for ten minutes', async () => {
    const [first, second, third] = [await waitingPerson(), await waitingPerson(), await waitingPerson()];
    await giveBack(taken.id);
    expect(await look(app.ctx())).toBe(1);
    expect(await statusOf(first.id)).toBe('told');
    app.now.at = new Date(app.now.at.getTime() + 5 * 60_000);
    expect(await look(app.ctx())).toBe(0);
    app.now.at = new Date(app.now.at.getTime() + 6 * 60_000);
    expect(await look(app.ctx())).toBe(1);
    expect(await statusOf(second.id)).toBe('told');
    expect(await statusOf(third.id)).toBe('waiting');
  });

  test('as many are told at once as there are free slots', async () => {
    const people: Awaited<ReturnType<typeof waitingPerson>>[] = [];
    for (let count = 0; count < 3; count += 1) people.push(await waitingPerson({ duree: '30' }));
    await giveBack(taken.id);
    expect(await look(app.ctx())).toBe(2);
    expect(await Promise.all(people.map(({ id }) => statusOf(id)))).toEqual(['told', 'told', 'waiting']);
  });

  test('two processes that look at once tell each person once, and nobody too many', async () => {
    const people: Awaited<ReturnType<typeof waitingPerson>>[] = [];
    for (let count = 0; count < 4; count += 1) people.push(await waitingPerson({ duree: '30' }));
    await giveBack(taken.id);
    const told = await Promise.all([look(app.ctx()), look(app.ctx()), look(app.ctx()), look(app.ctx())]);
    expect(told.reduce((a, b) => a + b)).toBe(2);
    await app.work();
    const mails = app.letters
      .map((letter) => letter.to)
      .filter((to) => people.some(({ person }) => person.email === to));
    expect(mails.sort()).toEqual(
      people
        .slice(0, 2)
        .map(({ person }) => person.email)
        .sort(),
    );
  });

  test('a double press makes one wish', async () => {
    const person = await makePerson(app.db);
    const visitor = await app.signedIn(person.email!);
    await Promise.all([1, 2, 3].map(() => visitor.post('/fr/me-prevenir', form())));
    expect(await app.db.selectFrom('wish').select('id').where('email', '=', person.email!).execute()).toHaveLength(1);
  });
});

describe('A visitor', () => {
  const email = 'attente@essai.example';
  const ask = (fields: Record<string, string> = {}) =>
    app.visitor().post('/fr/me-prevenir', { ...form(), email, ...fields });

  async function confirmPath() {
    await app.work();
    return linkIn(app.letters.filter((letter) => letter.to === email).at(-1)!.text, '/me-prevenir/confirmer');
  }
  const tokenOf = (path: string) => new URLSearchParams(path.split('?')[1]).get('jeton')!;

  test('gives an e-mail, which is told nothing before its link was pressed', async () => {
    expect(plain((await app.visitor().get(`/fr/me-prevenir?${query()}`)).text)).toContain('Salle attendue');
    expect(await ask()).toMatchObject({ status: 303, location: '/fr/me-prevenir/courrier' });
    const path = await confirmPath();
    await giveBack(taken.id);
    await app.work();
    expect(app.letters.filter((letter) => letter.to === email)).toHaveLength(1);
    const visitor = app.visitor();
    expect(plain((await visitor.get(path)).text)).toContain('Confirmer ma demande');
    // Opened by a mail scanner, the link does nothing.
    expect(await look(app.ctx())).toBe(0);
    const confirmed = await visitor.post('/fr/me-prevenir/confirmer', { jeton: tokenOf(path) });
    expect(confirmed.status).toBe(303);
    expect(plain((await visitor.get(confirmed.location!)).text)).toContain('C’est noté');
    expect((await visitor.post('/fr/me-prevenir/confirmer', { jeton: tokenOf(path) })).location).toBe(
      confirmed.location,
    );
    expect(await look(app.ctx())).toBe(1);
    await app.work();
    expect(app.letters.filter((letter) => letter.to === email)).toHaveLength(2);
  });

  test('stops by the link of the mail, and nothing is left but numbers in the journal', async () => {
    await ask();
    const answer = await app.visitor().post('/fr/me-prevenir/confirmer', { jeton: tokenOf(await confirmPath()) });
    const id = /[0-9a-f-]{36}/.exec(answer.location!)![0];
    const cle = wishKey(app.ctx().secret, id);
    expect(await app.visitor().post(`/fr/me-prevenir/${id}/arret`, { cle })).toMatchObject({
      status: 303,
      location: '/fr/me-prevenir/arrete',
    });
    await giveBack(taken.id);
    expect(await look(app.ctx())).toBe(0);
    expect(await app.db.selectFrom('email_code').select('id').where('email', '=', email).execute()).toEqual([]);
    expect((await app.visitor().get(answer.location!)).status).toBe(404);
    expect(await journalKinds(app.db, id)).toEqual(['wish.asked', 'wish.confirmed', 'wish.stopped']);
  });

  test('finds nothing with a forged key, a forged id or a forged token, and cannot tell which', async () => {
    const { id } = await waitingPerson();
    const forged = [`/fr/me-prevenir/${id}`, `/fr/me-prevenir/${id}?cle=${'x'.repeat(24)}`, '/fr/me-prevenir/rien'];
    for (const path of [...forged, '/fr/me-prevenir/confirmer?jeton=x'])
      expect(plain((await app.visitor().get(path)).text)).toContain('Cette demande n’existe plus');
    for (const gesture of ['arret', 'encore']) {
      const other = await app.signedIn((await makePerson(app.db)).email!);
      expect((await other.post(`/fr/me-prevenir/${id}/${gesture}`, { cle: 'x' })).status).toBe(404);
    }
    expect((await app.visitor().post('/fr/me-prevenir/confirmer', { jeton: 'x'.repeat(5000) })).status).toBe(404);
    expect(await statusOf(id)).toBe('waiting');
  });

  test('learns nothing about an e-mail: known, unknown, or waiting for five things, the answer is one', async () => {
    const { person, visitor } = await waitingPerson();
    for (const duree of ['30', '90', '120', '180']) await visitor.post('/fr/me-prevenir', { ...form(), duree });
    const known = await ask({ email: person.email!, duree: '240' });
    const unknown = await ask();
    expect([known.status, known.location]).toEqual([unknown.status, unknown.location]);
    // Only who reads that e-mail learns that five things are waited for.
    await app.work();
    const letter = app.letters.filter((one) => one.to === person.email).at(-1)!;
    const path = linkIn(letter.text, '/me-prevenir/confirmer');
    const refused = await app.visitor().post('/fr/me-prevenir/confirmer', { jeton: tokenOf(path) });
    expect(refused.status).toBe(409);
    expect(plain(refused.text)).toContain('Vous attendez déjà 5 places');
  });

  test('is stopped after a few mails to one e-mail, and after many from one address', async () => {
    for (let count = 0; count < 5; count += 1) expect((await ask()).status).toBe(303);
    expect((await ask()).status).toBe(429);
    for (let count = 0; count < 14; count += 1) await ask({ email: `un${count}@essai.example` });
    expect((await ask({ email: 'autre@essai.example' })).status).toBe(429);
  });

  test('confirms too late: the link has an end', async () => {
    await ask({ jour: '2026-12-01' });
    const path = await confirmPath();
    app.now.at = new Date(app.now.at.getTime() + 25 * 3_600_000);
    expect((await app.visitor().get(path)).status).toBe(404);
    expect((await app.visitor().post('/fr/me-prevenir/confirmer', { jeton: tokenOf(path) })).status).toBe(404);
  });

  test.each([
    ['an e-mail that is none', { email: 'rien' }, 422],
    ['no e-mail', { email: '' }, 422],
    ['a day that is over', { jour: '2026-11-20' }, 422],
    ['a day too far', { jour: '2028-01-01' }, 422],
    ['a field nobody understands', { duree: 'longtemps' }, 303],
    ['a thing that is not', { ressource: 'rien' }, 303],
  ])('is told what is wrong: %s', async (_, fields, status) => {
    expect((await ask(fields)).status).toBe(status);
    expect(await app.db.selectFrom('wish').select('id').execute()).toEqual([]);
  });
});

describe('What is kept', () => {
  test('ends with its day, and is erased the night after', async () => {
    const { id } = await waitingPerson();
    app.now.at = at(day, '23:00');
    await forgetOver(app.ctx());
    expect(await statusOf(id)).toBe('waiting');
    app.now.at = at('2026-11-25', '00:30');
    await giveBack(taken.id).catch(() => undefined);
    expect(await look(app.ctx())).toBe(0);
    await forgetOver(app.ctx());
    expect(await statusOf(id)).toBeUndefined();
  });

  test('is erased when nobody confirmed it', async () => {
    await app.visitor().post('/fr/me-prevenir', { ...form(), jour: '2026-12-01', email: 'oubli@essai.example' });
    app.now.at = new Date(monday9.getTime() + 25 * 3_600_000);
    await forgetOver(app.ctx());
    expect(await app.db.selectFrom('wish').select('id').execute()).toEqual([]);
  });

  test('is in the copy of one’s data, and goes with the person', async () => {
    const { person, id } = await waitingPerson();
    const account = await app.db
      .selectFrom('account')
      .select('id')
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow();
    const ctx = app.ctx({ ...actorOf(person), accountId: account.id, sessionId: id });
    expect(await exportMyData(ctx)).toMatchObject({ wishes: [{ id, day, from: '14:00', minutes: 60, people: 2 }] });
    await erasePerson(app.ctx(), person.id, 'asked');
    expect(await statusOf(id)).toBeUndefined();
  });

  test('a mail that leaves too late for its slots lets the wish wait again', async () => {
    const { person, id } = await waitingPerson();
    await giveBack(taken.id);
    await look(app.ctx());
    app.now.at = at(day, '14:30');
    await app.work();
    expect(app.letters.filter((letter) => letter.to === person.email)).toEqual([]);
    expect(await statusOf(id)).toBe('waiting');
  });
});
