import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';
import { cancelRegistration, registrationsOf } from '../registrations/index.ts';
import { cell, readGuests } from './guest-file.ts';

const app = useHouse();
let site: { id: string; slug: string };
let team: Visitor;
beforeAll(async () => {
  site = await makeSite(app.db);
  const person = await makePerson(app.db, { name: 'Dana' });
  await app.db
    .insertInto('role_grant')
    .values({ id: newId(), person_id: person.id, role: 'team', site_id: site.id, created_at: monday9 })
    .execute();
  team = await app.signedIn(person.email!);
});

const session = (over: Partial<SessionOver> = {}) => makeSession(app.db, { siteId: site.id, ...over });
const root = (reference: string) => `/fr/inscriptions/seance/${reference}`;
const statuses = async (id: string) => (await registrationsOf(app.ctx(), id)).map((one) => one.status);

describe('the list of a session', () => {
  test('has no blank line: whoever never said their name is known by their mail', async () => {
    const one = await session();
    const person = await makePerson(app.db, { name: '' });
    await makeRegistration(app.db, one.id, { person });
    expect((await team.get(root(one.reference))).text).toMatch(
      new RegExp(`<a href="/fr/inscriptions/[^"]+">${person.email}</a>`),
    );
  });

  test('is for its team alone; three gestures register whoever telephones', async () => {
    const one = await session({ seats: 1 });
    const stranger = await app.signedIn((await makePerson(app.db)).email!);
    for (const path of ['', '/liste', '/liste.csv'])
      for (const who of [app.visitor(), stranger]) expect((await who.get(root(one.reference) + path)).status).toBe(404);
    const between = await session({ kind: 'appointment' });
    expect((await team.get(root(between.reference))).status).toBe(404);
    const form = { nom: 'Paul Sansmail', telephone: '0321000011', personnes: '1' };
    const done = await team.post(root(one.reference), form);
    expect([done.status, done.location]).toEqual([303, `${root(one.reference)}?fait=inscrit`]);
    const waits = await team.post(root(one.reference), { ...form, nom: 'Zoé Attend' });
    expect(waits.location).toContain('fait=attente');
    const list = seen((await team.get(root(one.reference))).text);
    for (const words of ['Paul Sansmail', '03 21 00 00 11', 'en attente, 1re', '1 place prise sur 1'])
      expect(list).toContain(words);
    // The seat given back is offered on the telephone: the call is on the list of the day, and its answer noted here.
    const [first, second] = await registrationsOf(app.ctx(), one.id);
    await cancelRegistration(app.ctx(), { registration: first!.id, reason: 'essai' });
    const day = seen((await team.get(`/fr/equipe/${site.slug}`)).text);
    expect(day).toContain('Proposer la place qui s’est libérée');
    const call = await app.db
      .selectFrom('call')
      .select('id')
      .where('registration_id', '=', second!.id)
      .where('kind', '=', 'offered')
      .executeTakeFirstOrThrow();
    expect(
      (await team.post(`/fr/equipe/${site.slug}/appels/${call.id}`, { suite: 'reached', retour: 'journee' })).status,
    ).toBe(303);
    const answer = { geste: 'prendre', inscription: second!.reference };
    expect((await team.post(`${root(one.reference)}/reponse`, answer)).status).toBe(303);
    expect((await statuses(one.id)).slice(0, 1)).toEqual(['registered']);
    const csv = await team.get(`${root(one.reference)}/liste.csv`);
    expect(csv.text).toContain('Zoé Attend;');
  });

  test('a rule that may be passed asks for its reason, and keeps it', async () => {
    const one = await session({ audience: 'members' });
    const form = { nom: 'Paul', telephone: '0321000011', personnes: '1' };
    const refused = await team.post(root(one.reference), form);
    expect(refused.status).toBe(409);
    expect(seen(refused.text)).toContain('Inscrire quand même');
    expect((await team.post(root(one.reference), { ...form, malgre: 'Adhère lundi' })).status).toBe(303);
  });
});

describe('a list of guests', () => {
  test('150 guests are tried first, then written down in seconds; once is once', async () => {
    const one = await session({ seats: 140 });
    const lines = Array.from({ length: 150 }, (_, n) => `Invité ${n};invite${n}-${one.id}@essai.example;SOFIE`);
    const liste = ['Nom;E-mail;Organisation', ...lines].join('\r\n');
    const began = Date.now();
    const check = await team.post(`${root(one.reference)}/liste`, { liste, mode: 'inscrire', geste: 'verifier' });
    expect(seen(check.text)).toContain('150 personnes seront ajoutées, dont 10 sur la liste d’attente');
    expect(await statuses(one.id)).toEqual([]);
    const done = await team.post(`${root(one.reference)}/liste`, { liste, mode: 'inscrire', geste: 'ajouter' });
    expect(done.location).toContain('fait=liste&nombre=150');
    expect(Date.now() - began).toBeLessThan(60_000);
    const found = await statuses(one.id);
    expect([found.filter((s) => s === 'registered').length, found.filter((s) => s === 'waiting').length]).toEqual([
      140, 10,
    ]);
    const again = await team.post(`${root(one.reference)}/liste`, { liste, mode: 'inscrire', geste: 'verifier' });
    expect(seen(again.text)).toContain('150 personnes déjà là');
  });

  test('each line that is wrong says why; the others are kept', () => {
    const text =
      'nom,e-mail,organisation\nAda,ada@essai.example,\n,x@essai.example,\nBob,pas-un-mail,\nEve,ADA@essai.example,\nZoé,,\n';
    const read = readGuests(new TextEncoder().encode(text), 'fr', true);
    expect(read.guests.map((one) => one.name)).toEqual(['Ada']);
    expect(read.faults.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
    expect(readGuests(new TextEncoder().encode(text), 'fr', false).guests.map((one) => one.name)).toEqual([
      'Ada',
      'Zoé',
    ]);
    expect(() => readGuests(new TextEncoder().encode('prenom\nAda'), 'fr', false)).toThrow();
  });

  test('a file that cannot be read is refused in words', async () => {
    const one = await session();
    for (const liste of ['', 'prenom\nAda', 'nom;nom\nA;B', 'nom\n"Ada'])
      expect((await team.post(`${root(one.reference)}/liste`, { liste, geste: 'verifier' })).status).toBe(422);
  });

  test('an invitation is a personal link: no seat until it is answered, unless one is kept', async () => {
    const one = await session({ seats: 2, audience: 'invited' });
    const liste = (name: string) => `nom;e-mail\n${name};${name.toLowerCase()}-${one.id}@essai.example`;
    const invite = (name: string, mode: string) =>
      team.post(`${root(one.reference)}/liste`, { liste: liste(name), mode, geste: 'ajouter' });
    expect((await invite('Ada', 'inviter')).status).toBe(303);
    expect((await invite('Bob', 'garder')).status).toBe(303);
    const people = await registrationsOf(app.ctx(), one.id);
    expect(people.map((view) => [view.person.name, view.status, view.attendees[0]!.seat])).toEqual([
      ['Ada', 'invited', null],
      ['Bob', 'invited', 1],
    ]);
    await app.work();
    const letter = app.letters.find((one) => one.to.startsWith('ada-'))!;
    const link = /http:\/\/localhost:3000(\/\S*invitation\?cle=\S+)/.exec(letter.text)![1]!;
    const ada = app.visitor();
    expect(seen((await ada.get(link)).text)).toContain('Je viens');
    const [path, query] = link.split('?');
    const done = await ada.post(path!, { cle: new URLSearchParams(query).get('cle')!, geste: 'oui' });
    expect(done.status).toBe(303);
    expect((await registrationsOf(app.ctx(), one.id))[0]).toMatchObject({
      status: 'registered',
      person: { name: 'Ada' },
    });
  });

  test('a cell never becomes a formula', () => {
    expect(['=1+1', '+33 3 21', '@x', 'a;b', 'a"b', null].map(cell)).toEqual([
      "'=1+1",
      '+33 3 21',
      "'@x",
      '"a;b"',
      '"a""b"',
      '',
    ]);
  });
});
