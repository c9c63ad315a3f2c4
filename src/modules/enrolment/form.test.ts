import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';
import { register, registrationsOf } from '../registrations/index.ts';

const app = useHouse();
let siteId: string;
beforeAll(async () => {
  siteId = (await makeSite(app.db)).id;
});

const session = (over: Partial<SessionOver> = {}) => makeSession(app.db, { siteId, ...over });
const form = (reference: string) => `/fr/agenda/${reference}/inscription`;
let visitors = 0;
const who = () => ({
  envoi: newId(),
  nom: 'Karim Essai',
  email: `karim${++visitors}@essai.example`,
  geste: 'inscrire',
});
const send = async (one: { reference: string }, fields: Record<string, string>) => {
  const answer = await app.visitor().post(form(one.reference), { ...who(), ...fields });
  return { status: answer.status, text: seen(answer.text), goes: answer.headers.get('location') ?? '' };
};

/** A session with so many seats left. */
async function withLeft(left: number) {
  const one = await session({ seats: left + 1 });
  const person = await makePerson(app.db);
  await register(app.ctx(), {
    sessionIds: [one.id],
    kind: 'self',
    person: { id: person.id },
    attendees: [{ self: true }],
    channel: 'web',
  });
  return one;
}

describe('The form of a registration', () => {
  const two = { pour: 'famille', lignes: '2', 'prenom-0': 'Inès', 'prenom-1': 'Tom' };

  test('does not put two on a waiting list while one seat is free, without asking', async () => {
    const one = await withLeft(1);
    const asked = await send(one, two);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Il reste une place, et vous êtes 2.');
    expect(asked.text).toContain('Ensemble ou pas du tout');
    const together = await send(one, { ...two, ensemble: 'on' });
    expect([together.status, together.goes]).toEqual([303, expect.stringContaining('/confirmation')]);
    const page = seen((await app.visitor().get(together.goes)).text);
    expect(page).toContain('Il reste une place pour 2 personnes');
    expect(page).not.toContain('C’est complet');
  });

  test('asks the name of whoever has an account without one, so that no line of the list is blank', async () => {
    const one = await session();
    const person = await makePerson(app.db, { name: '' });
    const visitor = await app.signedIn(person.email!);
    const fields = { envoi: newId(), geste: 'inscrire' };
    expect((await visitor.post(form(one.reference), fields)).status).toBe(422);
    expect((await visitor.post(form(one.reference), { ...fields, nom: 'Rita Essai' })).status).toBe(303);
    expect((await registrationsOf(app.ctx(), one.id)).map((found) => found.person.name)).toEqual(['Rita Essai']);
  });

  test('says at once that an organisation asks too much, not after the code', async () => {
    const one = await session({ seats: 30, perOrganisation: 2 });
    const asked = await send(one, { pour: 'groupe', organisation: 'École d’essai', adultes: '3', present: 'on' });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Chaque organisme peut inscrire 2 personnes au plus.');
    const empty = await send(one, { pour: 'groupe', nom: '', email: '' });
    for (const words of ['Votre nom : Ce champ', 'Indiquez le nom de l’organisme.', 'Indiquez au moins une personne.'])
      expect(empty.text).toContain(words);
  });

  test('takes the people of a company by name, without whoever registers them; keeps both notes', async () => {
    const one = await session({ seats: 30 });
    const fields = { pour: 'groupe', organisation: 'Imprimerie', adultes: '3', noms: 'An Maes\r\n\r\nJan Claes' };
    expect((await send(one, { ...fields, ages: 'adultes', precision: 'un fauteuil' })).status).toBe(303);
    const [view] = await registrationsOf(app.ctx(), one.id);
    expect(view!.attendees.map((attendee) => attendee.name)).toEqual(['An Maes', 'Jan Claes', null]);
    expect(view!.note).toBe('adultes · un fauteuil');
    const school = await session({ seats: 30 });
    await send(school, { pour: 'groupe', organisation: 'École', adultes: '1', jeunes: '2', present: 'on' });
    const [own] = await registrationsOf(app.ctx(), school.id);
    expect(own!.attendees.map((attendee) => attendee.name)).toEqual(['Karim Essai', null, null]);
  });

  test('for children, asks for the children first; Enter registers, and says which field is missing', async () => {
    const one = await session({ ageMin: 8, ageMax: 12 });
    const page = (await app.visitor().get(form(one.reference))).text;
    expect(page).toMatch(/value="famille" checked/);
    expect(page).not.toMatch(/name="vient"[^>]* checked/);
    expect(page.indexOf('value="inscrire"')).toBeLessThan(page.indexOf('value="ajouter"'));
    const missing = await app.visitor().post(form(one.reference), { geste: 'inscrire', pour: 'moi', annee: '2016' });
    expect(seen(missing.text)).toContain('Votre nom : Ce champ est nécessaire.');
  });

  test('says whose line is wrong, and asks for nobody more where somebody was written', async () => {
    const one = await session();
    const sent = await send(one, {
      pour: 'famille',
      'prenom-0': 'Léa',
      'annee-0': '20',
      'annee-1': '2015',
      lignes: '2',
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('Personne 1, Année de naissance : Indiquez au moins 1900.');
    expect(sent.text).not.toContain('Indiquez au moins une personne.');
    expect((await send(one, { pour: 'famille', lignes: '2' })).text).toContain('Indiquez au moins une personne.');
  });
});
