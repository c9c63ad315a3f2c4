import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeHelper, makePresence, makeReason } from '../../../test/harness/help.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { registrationByReference } from '../registrations/index.ts';

const house = useHouse();
let admin: Visitor;
let secretary: Visitor;

/** Lumbres and Aire, of the demonstration. */
const own = '62534';
const other = '62014';

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
  const person = await makePerson(house.db, { email: 'mairie@essai.example' });
  expect(person.email).toBe('mairie@essai.example');
  secretary = await house.signedIn('mairie@essai.example');
});

const relay = (commune: string) =>
  house.db
    .selectFrom('relay')
    .selectAll()
    .where('commune_code', '=', commune)
    .where('revoked_at', 'is', null)
    .execute();

async function helped() {
  const site = await makeSite(house.db, { name: 'Accueil' });
  const reason = await makeReason(house.db);
  const helper = await makeHelper(house.db, site.id, [reason.id]);
  await makePresence(house.db, helper.id, site.id, 2);
  return { site, reason, helper };
}

const asked = ({ site, reason, helper }: Awaited<ReturnType<typeof helped>>, time: string) => ({
  raison: reason.slug,
  qui: helper.id,
  lieu: site.slug,
  debut: `2026-11-24T${time}:00+01:00`,
});

describe('a relay', () => {
  test('is named by who administers a place, from among those known', async () => {
    const form = { email: 'mairie@essai.example', commune: own };
    for (const who of [secretary, await house.signedIn('equipe@quai.example'), house.visitor()]) {
      expect((await who.get('/fr/gestion/relais')).status).toBe(404);
      expect((await who.post('/fr/gestion/relais', form)).status).toBe(404);
    }
    expect((await secretary.get(`/fr/relais/${own}`)).status).toBe(404);
    expect((await secretary.get('/fr')).text).not.toContain('href="/fr/relais"');
    expect((await admin.post('/fr/gestion/relais', { ...form, email: 'inconnu@essai.example' })).status).toBe(422);
    expect((await admin.post('/fr/gestion/relais', { ...form, commune: 'Nulle Part' })).status).toBe(422);
    expect((await admin.post('/fr/gestion/relais', form)).status).toBe(303);
    expect((await admin.post('/fr/gestion/relais', form)).status).toBe(409);
    expect(await relay(own)).toHaveLength(1);
    expect((await secretary.get('/fr')).text).toMatch(/<a href="\/fr\/relais"[^>]*>\s*Mairie/);
    // Sent many times at once, it is said once: else taking the role back would leave another.
    const { email } = await makePerson(house.db, { email: 'renfort@essai.example' });
    const twice = { email: email!, commune: other };
    await Promise.all(Array.from({ length: 8 }, () => admin.post('/fr/gestion/relais', twice)));
    expect(await relay(other)).toHaveLength(1);
    expect((await secretary.get('/fr/compte')).text).toContain(`/fr/relais/${own}`);
  });

  test('takes for residents, and sees what was taken for that commune alone', async () => {
    const scene = await helped();
    const here = `/fr/relais/${own}`;
    const taken = await secretary.post(`${here}/rendez-vous`, {
      ...asked(scene, '09:00'),
      nom: 'Marcel Caron',
      telephone: '03 21 00 00 00',
    });
    expect(taken.location).toBe(`${here}?fait=pris`);
    const session = await makeSession(house.db, { siteId: scene.site.id, title: { fr: 'Atelier photo' } });
    expect((await secretary.post(`${here}/seances/${session.reference}`, { nom: '' })).status).toBe(422);
    expect((await secretary.post(`${here}/seances/${session.reference}`, { nom: 'Lucienne Petit' })).status).toBe(303);
    const page = await secretary.get(here);
    expect(page.text).toContain('Marcel Caron');
    expect(page.text).toContain('Lucienne Petit');
    expect(page.text).not.toMatch(/surendettement/i);
    await admin.post('/fr/gestion/relais', { email: 'mairie@essai.example', commune: other });
    expect((await secretary.get(`/fr/relais/${other}`)).text).not.toContain('Marcel Caron');
    const reference = /\/([2-9A-Z]{10})\/annulation/.exec(page.text)![1]!;
    expect(page.text).not.toContain('/annuler"');
    expect((await secretary.get(`/fr/relais/${other}/${reference}/annulation`)).status).toBe(404);
    const sure = await secretary.get(`/fr/relais/${own}/${reference}/annulation`);
    expect(sure.text).toContain(`action="/fr/relais/${own}/${reference}/annuler"`);
    expect((await registrationByReference(house.ctx(), reference))?.status).toBe('registered');
    // What was taken for one commune cannot be reached from another.
    expect((await secretary.post(`/fr/relais/${other}/${reference}/annuler`)).status).toBe(404);
    expect((await secretary.post(`/fr/relais/${own}/${reference}/annuler`)).status).toBe(303);
    expect((await registrationByReference(house.ctx(), reference))?.status).toBe('cancelled');
    const rows = await house.db
      .selectFrom('registration')
      .select(['channel', 'commune_code'])
      .where('channel', '=', 'relay')
      .execute();
    expect(rows).toEqual([
      { channel: 'relay', commune_code: own },
      { channel: 'relay', commune_code: own },
    ]);
  });

  test('learns nobody’s name from an e-mail: it reads what it typed', async () => {
    const known = await makePerson(house.db, { name: 'Prudence Cachée', email: 'prudence@essai.example' });
    const session = await makeSession(house.db, { siteId: (await makeSite(house.db)).id, title: { fr: 'Atelier' } });
    const form = { nom: 'Une habitante', email: known.email! };
    expect((await secretary.post(`/fr/relais/${own}/seances/${session.reference}`, form)).status).toBe(303);
    const page = await secretary.get(`/fr/relais/${own}`);
    expect(page.text).toContain('Une habitante');
    expect(page.text).not.toContain('Prudence');
    const again = await secretary.post(`/fr/relais/${own}/seances/${session.reference}`, form);
    expect(again.status).toBe(409);
    expect(again.text).not.toMatch(/inscriptions\/[2-9A-Z]{10}/);
  });

  test('sees nothing any more once it is taken back', async () => {
    for (const code of [own, other]) {
      for (const { id } of await relay(code))
        expect((await admin.post(`/fr/gestion/relais/${id}/retrait`)).status).toBe(303);
      expect((await secretary.get(`/fr/relais/${code}`)).status).toBe(404);
      expect((await secretary.get(`/fr/relais/${code}/affiche`)).status).toBe(404);
      expect((await secretary.post(`/fr/relais/${code}/rendez-vous`, asked(await helped(), '09:00'))).status).toBe(404);
    }
  });
});

describe('somebody takes it for another', () => {
  test('says who comes and by what right, and is written to', async () => {
    const scene = await helped();
    const daughter = await house.signedIn('habitant@quai.example');
    const form = { ...asked(scene, '10:30'), personnes: '2', autre: 'on' };
    const missing = await daughter.post('/fr/rendez-vous', form);
    expect(missing.status).toBe(422);
    const done = await daughter.post('/fr/rendez-vous', { ...form, autre_nom: 'Yvonne Caron', mandat: 'sa fille' });
    const reference = /rendez-vous\/([2-9A-Z]{10})/.exec(done.location ?? '')![1]!;
    const view = (await registrationByReference(house.ctx(), reference))!;
    expect(view).toMatchObject({ mandate: 'sa fille', places: 2, person: { email: 'habitant@quai.example' } });
    expect(view.attendees.map((one) => one.name)).toEqual(['Yvonne Caron', null]);
    expect((await daughter.get(`/fr/rendez-vous/${reference}`)).text).toContain('Yvonne Caron + 1');
    // Sent twice, it is taken once; the hour is nobody else's.
    const stranger = await house.signedIn('mairie@essai.example');
    const late = await stranger.post('/fr/rendez-vous', asked(scene, '10:30'));
    expect(late.status).toBe(409);
    expect(late.text).toContain('vient d’être prise');
    expect((await house.visitor().get('/fr/rendez-vous/prendre?raison=cv&qui=x')).status).toBe(404);
    expect(at('2026-11-24', '10:30')).toEqual(new Date(`${form.debut}`));
  });
});

test('the copy of one’s data says of which communes one is the relay, and of which one was', async () => {
  const person = await makePerson(house.db, { email: 'ancienne@essai.example' });
  const was = await house.signedIn('ancienne@essai.example');
  for (const commune of [own, other]) {
    expect((await admin.post('/fr/gestion/relais', { email: person.email!, commune })).status).toBe(303);
  }
  const [given] = await house.db
    .selectFrom('relay')
    .select('id')
    .where('person_id', '=', person.id)
    .where('commune_code', '=', own)
    .execute();
  expect((await admin.post(`/fr/gestion/relais/${given!.id}/retrait`)).status).toBe(303);
  expect((await was.get(`/fr/relais/${own}`)).status).toBe(404);
  const { relays } = (await was.get('/fr/compte/donnees.json')).json() as { relays: object[] };
  expect(relays).toMatchObject([
    { communeCode: own, since: expect.any(String), until: expect.any(String) },
    { communeCode: other, until: null },
  ]);
});

test('a secretary reads and acts for one commune: what another took is not there, whatever the address names', async () => {
  const [here, there] = await Promise.all(
    [own, other].map(async (commune, index) => {
      const person = await makePerson(house.db, { email: `relais-${index}@essai.example` });
      await admin.post('/fr/gestion/relais', { email: person.email!, commune });
      return house.signedIn(person.email!);
    }),
  );
  const scene = await helped();
  const nom = 'Suzanne Dautre';
  const path = `/fr/relais/${other}/rendez-vous`;
  expect((await there!.post(path, { ...asked(scene, '11:15'), nom, telephone: '0321000000' })).status).toBe(303);
  const row = await house.db
    .selectFrom('registration')
    .select('reference')
    .where('channel', '=', 'relay')
    .where('commune_code', '=', other)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  for (const address of [`/fr/relais/${other}`, `/fr/relais/${other}/affiche`, `/fr/relais/${other}/seances`, path]) {
    expect((await here!.get(address)).status, address).toBe(404);
  }
  expect((await here!.get(`/fr/relais/${own}`)).text).not.toContain('Suzanne');
  for (const code of [own, other]) {
    expect((await here!.post(`/fr/relais/${code}/${row.reference}/annuler`)).status, code).toBe(404);
  }
  expect((await here!.get(`/fr/rendez-vous/${row.reference}`)).status).toBe(404);
  expect((await here!.get(`/fr/inscriptions/${row.reference}`)).status).toBeGreaterThanOrEqual(300);
  expect((await here!.post(`${path}`, { ...asked(scene, '10:30'), nom, telephone: '0321000000' })).status).toBe(404);
  expect((await there!.get(`/fr/relais/${other}`)).text).toContain('Suzanne');
});
