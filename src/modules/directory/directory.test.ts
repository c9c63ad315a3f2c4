import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { newId, newReference } from '../../core/ids.ts';
import type { Role } from '../../core/schema.ts';
import { personByEmail } from '../accounts/index.ts';

const lines: string[] = [];
const app = useHouse({ log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) });
const root = '/fr/gestion/personnes';

let admin: Visitor;
let team: Visitor;
let siteAdmin: Visitor;
let site: { id: string };
let elsewhere: { id: string };

async function withRole(role: Role, siteId: string | null): Promise<Visitor> {
  const person = await makePerson(app.db, { name: 'Agent Essai' });
  await app.db
    .insertInto('role_grant')
    .values({ id: newId(), person_id: person.id, site_id: siteId, role, created_at: monday9 })
    .execute();
  return app.signedIn(person.email!);
}

async function book(personId: string, siteId: string, over: { days?: number; status?: 'confirmed' | 'no_show' } = {}) {
  const resource = await makeResource(app.db, siteId);
  const start = addMinutes(monday9, (over.days ?? 1) * 24 * 60);
  const booking = { id: newId(), reference: newReference() };
  await app.db
    .insertInto('booking')
    .values({
      ...booking,
      resource_id: resource.id,
      person_id: personId,
      status: over.status ?? 'confirmed',
      starts_at: start,
      ends_at: addMinutes(start, 60),
      channel: 'web',
      created_at: monday9,
    })
    .execute();
  return booking;
}

const withTelephone = async (name: string, telephone: string) => {
  const person = await makePerson(app.db, { name, email: null });
  await app.db.updateTable('person').set({ telephone }).where('id', '=', person.id).execute();
  return person;
};

const rowOf = (id: string) => app.db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const journalOf = (id: string) => app.db.selectFrom('journal').selectAll().where('subject_id', '=', id).execute();
const find = async (who: Visitor, q: string) => (await who.post(root, { q })).text;

beforeAll(async () => {
  site = await makeSite(app.db);
  elsewhere = await makeSite(app.db);
  admin = await withRole('administrator', null);
  siteAdmin = await withRole('administrator', site.id);
  team = await withRole('team', site.id);
});

describe('who sees whom', () => {
  test('the territory’s administrators everyone, a site’s team those who booked there, others nobody', async () => {
    const here = await makePerson(app.db, { name: 'Visite Ici' });
    const there = await makePerson(app.db, { name: 'Visite Ailleurs' });
    await book(here.id, site.id);
    await book(there.id, elsewhere.id);
    for (const who of [team, siteAdmin]) {
      const found = await find(who, 'visite');
      expect(found).toContain('Visite Ici');
      expect(found).not.toContain('Visite Ailleurs');
      expect((await who.get(`${root}/${here.id}`)).status).toBe(200);
      expect((await who.get(`${root}/${there.id}`)).status).toBe(404);
      expect((await who.post(`${root}/${there.id}`, { name: 'X', version: '1', language: 'fr' })).status).toBe(404);
      for (const part of ['effacement', 'fusion', `fusion/${there.id}`]) {
        expect((await who.get(`${root}/${here.id}/${part}`)).status, part).toBe(404);
        expect((await who.post(`${root}/${here.id}/${part}`, { confirmed: 'on', q: 'visite' })).status).toBe(404);
      }
    }
    expect(await find(admin, 'visite')).toMatch(/Visite Ailleurs[\s\S]*Visite Ici/);
    expect((await rowOf(there.id)).name).toBe('Visite Ailleurs');
    const nobody = [app.visitor(), await app.signedIn(here.email!), await withRole('member', site.id)];
    for (const who of nobody) {
      expect((await who.get(root)).status).toBe(404);
      expect((await who.post(root, { q: 'visite' })).status).toBe(404);
      expect((await who.get(`${root}/${here.id}`)).status).toBe(404);
    }
    for (const id of ['x', newId()]) expect((await admin.get(`${root}/${id}`)).status).toBe(404);
  });

  test('the team comes by its day, administrators by their door', async () => {
    const own = (await team.get('/fr/equipe')).location!;
    expect((await team.get(own)).text).toContain(root);
    expect((await admin.get('/fr/gestion')).text).toContain(root);
    for (const locale of ['nl', 'en']) expect((await admin.get(`/${locale}/gestion/personnes`)).status).toBe(200);
  });
});

describe('the search', () => {
  test('sees neither accents nor case nor order, and parts of an e-mail', async () => {
    await makePerson(app.db, { name: 'Zoé Lefèbvre-Œdipe', email: 'zoe_l@exemple.example' });
    for (const q of ['zoe', 'LEFEBVRE', 'oedipe zoé', 'lefèbvre zo', 'zoe_l@exemple', 'ZOE_L@exemple.example'])
      expect(await find(admin, q), q).toContain('Zoé Lefèbvre-Œdipe');
    for (const q of ['zoeXl@exemple', 'lefebure', '%%%']) expect(await find(admin, q), q).not.toContain('Zoé Lef');
    expect((await admin.post(root, { q: 'z' })).status).toBe(422);
  });

  test('knows a telephone number however it is written', async () => {
    await withTelephone('Numéro Français', '0321001234');
    await withTelephone('Numéro Belge', '+3257121234');
    for (const q of ['03 21 00 12 34', '+33 3 21 00 12 34', '03.21.00.12.34', '001234'])
      expect(await find(admin, q), q).toContain('Numéro Français');
    for (const q of ['057 12 12 34', '0032 57 12 12 34', '+32 (0)57/12.12.34'])
      expect(await find(admin, q), q).toContain('Numéro Belge');
  });
});

describe('a record', () => {
  test('is corrected once for each version read; the e-mail only by the territory and only when it is free', async () => {
    const person = await makePerson(app.db, { name: 'Faute Frappe' });
    const other = await makePerson(app.db);
    await book(person.id, site.id);
    const his = await app.signedIn(person.email!);
    const form = { name: 'Juste Frappe', telephone: '03 21 99 88 77', language: 'nl', version: '1' };
    const path = `${root}/${person.id}`;
    expect((await team.post(path, { ...form, email: 'vol@exemple.example' })).location).toBe(`${path}?fait=corrige`);
    const changed = {
      name: 'Juste Frappe',
      email: person.email,
      telephone: '03 21 99 88 77',
      language: 'nl',
      version: 2,
    };
    expect(await rowOf(person.id)).toMatchObject(changed);
    const late = await admin.post(path, { ...form, name: 'Trop Tard' });
    expect(late.status).toBe(412);
    expect(late.text).toContain('a changé entre-temps');
    const again = { ...form, version: '2' };
    const taken = await admin.post(path, { ...again, email: other.email! });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('Une autre fiche a déjà cette adresse');
    expect((await admin.post(path, { ...again, email: '' })).text).toContain('sans la laisser vide');
    expect((await admin.post(path, { ...again, name: '' })).status).toBe(422);
    expect(await rowOf(person.id)).toMatchObject(changed);
    expect((await his.get('/fr/compte')).status).toBe(200);
    expect((await admin.post(path, { ...again, email: 'Neuve@Exemple.example' })).status).toBe(303);
    expect(await rowOf(person.id)).toMatchObject({ email: 'neuve@exemple.example', confirmed_at: null });
    expect((await his.get('/fr/compte')).status).toBe(303);
    const journal = (await journalOf(person.id)).filter((entry) => entry.kind === 'person.corrected');
    expect(journal.map((entry) => entry.data)).toEqual([
      { fields: ['name', 'telephone', 'language'] },
      { fields: ['email'] },
    ]);
  });

  test('shows what is to come, what was, and forgives an absence', async () => {
    const person = await withTelephone('Vient Parfois', '0321111111');
    const coming = await book(person.id, site.id);
    const other = await book(person.id, elsewhere.id);
    const missed = await book(person.id, site.id, { days: -2, status: 'no_show' });
    const sheet = await team.get(`${root}/${person.id}`);
    expect(sheet.text).toContain(coming.reference);
    expect(sheet.text).not.toContain(other.reference);
    expect((await admin.get(`${root}/${person.id}`)).text).toContain(other.reference);
    expect(sheet.text).toContain('1 non pardonnée');
    const path = `${root}/${person.id}/absences`;
    expect((await team.post(`${path}/${coming.id}/pardon`, { version: '1' })).status).toBe(404);
    expect((await team.post(`${path}/${missed.id}/pardon`, { version: '1' })).status).toBe(303);
    expect((await team.get(`${root}/${person.id}`)).text).toContain('pardonnée</span>');
  });
});

describe('two records of one person', () => {
  test('are seen side by side, made one, and two again', async () => {
    const desk = await withTelephone('Paul Double', '0321222222');
    const web = await makePerson(app.db, { name: 'Paul Doublé' });
    const booking = await book(desk.id, site.id);
    const search = await admin.post(`${root}/${desk.id}/fusion`, { q: 'paul double' });
    expect(search.text).toContain(`${root}/${desk.id}/fusion/${web.id}`);
    expect(search.text).not.toContain(`/fusion/${desk.id}"`);
    const path = `${root}/${desk.id}/fusion/${web.id}`;
    const compare = await admin.get(path);
    expect(compare.text).toContain('Ces deux fiches sont la même personne');
    // The one with an e-mail is proposed.
    expect(compare.text).toMatch(new RegExp(`value="${web.id}"[^>]*checked`));
    expect((await admin.get(`${root}/${desk.id}/fusion/${desk.id}`)).status).toBe(404);
    expect((await admin.post(path, { keep: web.id })).location).toBe(`${root}/${web.id}?fait=reunies`);
    const ownerOf = async () =>
      (await app.db.selectFrom('booking').select('person_id').where('id', '=', booking.id).executeTakeFirstOrThrow())
        .person_id;
    expect(await ownerOf()).toBe(web.id);
    expect((await admin.get(`${root}/${web.id}?fait=reunies`)).text).toContain('n’en font plus qu’une');
    expect((await admin.get(`${root}/${desk.id}`)).location).toBe(`${root}/${web.id}`);
    expect(await find(admin, '03 21 22 22 22')).toContain(`${root}/${web.id}"`);

    const third = await makePerson(app.db, { name: 'Paul Triple' });
    const chain = await admin.post(`${root}/${third.id}/fusion/${web.id}`, { keep: third.id });
    expect(chain.status).toBe(409);
    expect(chain.text).toContain('en contient déjà une autre');

    expect((await admin.post(`${root}/${third.id}/fusion/${desk.id}/separation`)).status).toBe(404);
    const parted = await admin.post(`${root}/${web.id}/fusion/${desk.id}/separation`);
    expect(parted.location).toBe(`${root}/${web.id}?fait=separees`);
    expect(await ownerOf()).toBe(desk.id);
    const journal = await journalOf(desk.id);
    expect(journal.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['person.merged', 'person.unmerged']));
    expect(JSON.stringify(journal)).not.toMatch(/Paul|0321/);
  });
});

describe('erasing', () => {
  test('somebody without an e-mail: said before, done for good, in the journal by id', async () => {
    const person = await withTelephone('Efface Laura', '0321333333');
    const booking = await book(person.id, site.id);
    const path = `${root}/${person.id}/effacement`;
    const page = await admin.get(path);
    expect(page.text).toContain('Sa réservation à venir');
    expect(page.text).toContain('jusqu’à quand');
    expect(page.text).toContain('dites-lui vous-même');
    expect((await admin.post(path)).status).toBe(422);
    expect((await rowOf(person.id)).name).toBe('Efface Laura');
    expect((await admin.post(path, { confirmed: 'on' })).location).toBe(`${root}?fait=efface`);
    expect(await rowOf(person.id)).toMatchObject({ name: '', telephone: null, erased_at: monday9 });
    const { status } = await app.db
      .selectFrom('booking')
      .select('status')
      .where('id', '=', booking.id)
      .executeTakeFirstOrThrow();
    expect(status).toBe('cancelled');
    const journal = await journalOf(person.id);
    expect(journal.map((entry) => entry.kind)).toContain('person.erased');
    expect(journal.every((entry) => entry.actor_id !== null)).toBe(true);
    expect(JSON.stringify(journal)).not.toMatch(/Laura|0321/);
    expect((await admin.get(`${root}/${person.id}`)).status).toBe(404);
    expect(await find(admin, 'laura')).toContain('Personne ne répond');
  });

  test('somebody with an e-mail: one last mail, in their language', async () => {
    const email = 'adieu@exemple.example';
    const person = await makePerson(app.db, { email, language: 'nl', name: 'Dag Jan' });
    await admin.post(`${root}/${person.id}/effacement`, { confirmed: 'on' });
    await app.work();
    expect(app.letters.filter((letter) => letter.to === email).map((letter) => letter.subject)).toEqual([
      expect.stringContaining('uw fiche is gewist'),
    ]);
    expect(await personByEmail(app.ctx(), email)).toBeUndefined();
  });

  test('oneself is sent to one’s own account', async () => {
    const rows = await app.db
      .selectFrom('role_grant')
      .select(['id', 'person_id'])
      .where('role', '=', 'administrator')
      .where('site_id', 'is', null)
      .where('revoked_at', 'is', null)
      .orderBy('id', 'desc')
      .execute();
    const me = rows[0]!.person_id;
    expect((await admin.get(`${root}/${me}/effacement`)).location).toBe('/fr/compte/effacement');
    expect((await admin.post(`${root}/${me}/effacement`, { confirmed: 'on' })).status).toBe(404);
  });
});

test('No name, e-mail or telephone is in a log line or an address', () => {
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.join('')).not.toMatch(/Essai|Visite|Zo[eé]|Lef|Paul|Laura|exemple|@|03 21|0321(00|11|22|33|99)\d{4}/i);
});
