import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { at, makePerson } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { registrationKey } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import { rollOf } from '../attendance/index.ts';

const here = useStation();
const { app } = here;
const day = '2026-11-23';
const demi = `${day} am`;

/** A session of La Station, under way this Monday at 10:00. */
async function workshop(over: Partial<Parameters<typeof makeSession>[1]> = {}) {
  app.now.at = at(day, '10:10');
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const session = await makeSession(app.db, { siteId: site.id, start: at(day, '10:00'), ...over });
  const url = `/fr/presence/${session.reference}`;
  const read = async () => seen((await here.nadia.get(url)).text);
  return { session, url, read, roll: async () => (await rollOf(app.ctx(), session.id))! };
}

describe('the list of a session', () => {
  test('is the team’s: one tap a person, a class by its number, walk-ins by age, and totals that follow', async () => {
    const { session, url, read, roll } = await workshop();
    const jeanne = await makePerson(app.db, { name: 'Jeanne Martel' });
    const own = await makeRegistration(app.db, session.id, {
      person: jeanne,
      kind: 'household',
      seats: [{ self: true }, { name: 'Tom', birthYear: 2016, minor: true }],
    });
    const seats = [{}, {}, {}, {}];
    const group = await makeRegistration(app.db, session.id, { kind: 'group', seats }, 3);
    expect(await read()).toMatch(/Jeanne Martel[\s\S]*Tom[\s\S]*année de naissance : 2016[\s\S]*4 personnes sans nom/);
    const [adult, child] = own.attendees as [string, string];
    const mark = (personne: string, etat: string) => here.nadia.post(`${url}/pointage`, { personne, demi, etat });
    expect((await mark(adult, 'present')).location).toBe(`${url}?demi=${day}-am#p-${adult}`);
    await mark(child, 'absent');
    await mark(child, 'present');
    await here.nadia.post(`${url}/groupe`, { inscription: group.id, demi, presents: '3' });
    await here.nadia.post(`${url}/passage`, { age: '60_69', vu: '0' });
    await here.nadia.post(`${url}/passage`, { age: '60_69', vu: '0' });
    await here.nadia.post(`${url}/passage`, { age: 'unsaid', vu: '1' });
    const text = await read();
    expect(text).toContain('1 correction gardée');
    expect(text).toContain('3 sur 4 présents');
    expect(text).toContain('7 présences par demi-journée, 10 h en tout');
    await here.nadia.post(`${url}/passage/retrait`, { age: '60_69', vu: '1' });
    await here.nadia.post(`${url}/passage/retrait`, { age: '60_69', vu: '1' });
    expect((await roll()).walkIns.map((one) => one.ageBand)).toEqual(['unsaid']);
    // What was taken back does not swallow the next tap.
    await here.nadia.post(`${url}/passage`, { age: '60_69', vu: '2' });
    expect((await roll()).walkIns).toHaveLength(2);
  });

  test('adds whoever stands at the door, and says so when there is no seat left', async () => {
    const { url, roll } = await workshop({ seats: 1 });
    const door = (nom: string, more = {}) => here.nadia.post(`${url}/porte`, { nom, demi, ...more });
    expect((await door('Paul Porte', { naissance: '' })).status).toBe(303);
    expect((await roll()).people).toMatchObject([{ name: 'Paul Porte', marks: [{ state: 'present', mode: 'desk' }] }]);
    const full = await door('Rita Refus');
    expect(full.status).toBe(409);
    expect(seen(full.text)).toContain('value="Rita Refus"');
    expect((await roll()).people).toHaveLength(1);
    expect((await door('', { email: 'pas-une-adresse' })).status).toBe(422);
  });

  test('is not there for anybody else, nor what is not of it', async () => {
    const { session, url } = await workshop();
    const [attendee] = (await makeRegistration(app.db, session.id)).attendees as [string];
    const other = await workshop();
    const [stranger] = (await makeRegistration(app.db, other.session.id)).attendees as [string];
    const mark = { personne: attendee, demi, etat: 'present' };
    const habitant = await app.signedIn('habitant@quai.example');
    for (const who of [app.visitor(), habitant]) {
      expect((await who.get(url)).status).toBe(404);
      expect((await who.get(`${url}/affiche`)).status).toBe(404);
      expect((await who.post(`${url}/pointage`, mark)).status).toBe(404);
      expect((await who.post(`${url}/porte`, { nom: 'Moi', demi })).status).toBe(404);
      expect((await who.post(`${url}/passage`, { age: 'unsaid', vu: '0' })).status).toBe(404);
      expect((await who.get(`${url}/signature/${attendee}`)).status).toBe(404);
    }
    expect((await here.nadia.post(`${url}/pointage`, { ...mark, personne: stranger })).status).toBe(404);
    for (const forged of [
      { personne: 'x' },
      { etat: 'mort' },
      { demi: "2026-11-23 am'; drop table" },
      { demi: '2026-11-22 am' },
    ]) {
      expect((await here.nadia.post(`${url}/pointage`, { ...mark, ...forged })).status).toBe(422);
    }
    expect((await here.nadia.post(`${url}/groupe`, { inscription: newId(), demi, presents: '1' })).status).toBe(404);
    expect((await here.nadia.post(`${url}/passage`, { age: 'ancient', vu: '0' })).status).toBe(422);
    expect((await here.nadia.post(`${url}/passage`, { age: 'unsaid', vu: '0', id: 'x' })).status).toBe(422);
    expect((await here.nadia.get('/fr/presence/ABCDEFGHJK')).status).toBe(404);
  });
});

describe('a signature', () => {
  const drawn = 'M10 10L200 90L310 40';

  test('is kept as strokes of whole numbers, and nothing else', async () => {
    const { session, url, roll } = await workshop();
    const [attendee] = (await makeRegistration(app.db, session.id)).attendees as [string];
    const sign = `${url}/signature/${attendee}`;
    expect((await here.nadia.get(sign)).text).toContain('Faites signer la feuille imprimée');
    for (const traits of ['', 'M1 1', 'M1.5 2L3 4', `M1 1L2 2"/><script>`, 'M1 1L2 2Z', drawn.repeat(3000)]) {
      const answer = await here.nadia.post(sign, { demi, traits });
      expect([answer.status, answer.text.includes('<script>')]).toEqual(
        traits === 'M1 1' ? [303, false] : [422, false],
      );
    }
    const huge = `M1 1${'L2 2'.repeat(250_000)}`;
    expect((await here.nadia.post(sign, { demi, traits: huge })).status).toBe(413);
    expect((await here.nadia.post(sign, { demi, traits: drawn })).location).toContain('fait=1');
    expect((await roll()).people[0]!.marks).toMatchObject([{ mode: 'signature', strokes: drawn }]);
    expect((await here.nadia.get(`${sign}?demi=${day}-am&fait=1`)).text).toContain(`d="${drawn}"`);
    expect((await here.nadia.get(`${url}/signature/${newId()}`)).status).toBe(404);
  });

  test('on paper is said to be so', async () => {
    const { session, url, read } = await workshop();
    const [attendee] = (await makeRegistration(app.db, session.id)).attendees as [string];
    await here.nadia.post(`${url}/signature/${attendee}`, { demi, papier: 'on' });
    expect(await read()).toContain('signé sur papier');
  });
});

describe('without the list', () => {
  test('the team reads somebody’s code and notes their people as there', async () => {
    const { session, roll } = await workshop();
    const own = await makeRegistration(app.db, session.id, { seats: [{ self: true }, { name: 'Tom' }] });
    const url = `/fr/presence/qr/${own.reference}`;
    expect((await app.visitor().get(url)).status).toBe(404);
    expect((await here.nadia.get(url)).text).toContain('Noter tout le monde présent');
    await here.nadia.post(url, { demi, personne: own.attendees[1]! });
    await here.nadia.post(url, { demi });
    expect((await roll()).people.flatMap((one) => one.marks.map((mark) => mark.mode))).toEqual(['qr', 'qr']);
    expect((await here.nadia.post(url, { demi, personne: newId() })).status).toBe(404);
  });

  test('people say themselves that they are there, from their mail or the code on the door', async () => {
    const { session, url, roll } = await workshop();
    const person = await makePerson(app.db);
    const own = await makeRegistration(app.db, session.id, { person });
    const other = await makeRegistration(app.db, session.id, {}, 2);
    const { secret } = app.ctx();
    const cle = registrationKey(secret, own.id);
    const mine = `/fr/presence/moi/${own.reference}`;
    const nobody = app.visitor();
    for (const wrong of ['', '?cle=x', `?cle=${registrationKey(secret, other.id)}`])
      expect((await nobody.get(`${mine}${wrong}`)).status).toBe(404);
    expect(seen((await nobody.get(`${mine}?cle=${cle}`)).text)).toContain('Je suis là : Camille Essai');
    expect((await nobody.post(mine, { cle: registrationKey(secret, other.id), demi })).status).toBe(404);
    expect((await nobody.post(mine, { cle, demi, personne: other.attendees[0]! })).status).toBe(404);
    app.now.at = at(day, '08:30');
    expect((await nobody.post(mine, { cle, demi })).status).toBe(409);
    app.now.at = at(day, '09:30');
    expect((await nobody.post(mine, { cle, demi })).status).toBe(303);
    expect((await roll()).people.flatMap((one) => one.marks.map((mark) => mark.mode))).toEqual(['self']);
    // The poster on the door: whoever Quai knows goes straight to their own page.
    expect((await here.nadia.get(`${url}/affiche`)).text).toContain('Code QR');
    expect(seen((await nobody.get(`${url}/ici`)).text)).toContain('Ouvrez le mail de votre inscription');
    const signedIn = await app.signedIn(person.email!);
    expect((await signedIn.get(`${url}/ici`)).location).toBe(mine);
    const appointment = await workshop({ kind: 'appointment' });
    expect((await nobody.get(`${appointment.url}/ici`)).status).toBe(404);
  });
});

test('the code of who comes leads whoever leads the session to the door too, in its time', async () => {
  const { session } = await workshop();
  const own = await makeRegistration(app.db, session.id, { person: await makePerson(app.db) });
  const trainer = await makePerson(app.db, { name: 'Lise Dailleurs' });
  const lise = await app.signedIn(trainer.email!);
  const scan = async () => (await lise.get(`/r/${own.reference}`)).location;
  app.now.at = at(day, '09:30');
  expect(await scan()).toBeNull();
  await app.db.insertInto('session_leader').values({ session_id: session.id, person_id: trainer.id }).execute();
  expect(await scan()).toBe(`/fr/presence/qr/${own.reference}`);
  expect((await lise.get(`/fr/presence/qr/${own.reference}`)).status).toBe(200);
  app.now.at = at(day, '08:00');
  expect(await scan()).toBeNull();
});

test('a registration leads to saying that one is there, then that it was useful; its code leads the team to the door', async () => {
  const { session } = await workshop();
  const person = await makePerson(app.db);
  const own = await makeRegistration(app.db, session.id, { person });
  const cle = registrationKey(app.ctx().secret, own.id);
  const page = async () => (await app.visitor().get(`/fr/inscriptions/${own.reference}?cle=${cle}`)).text;
  const [there, useful] = [`/fr/presence/moi/${own.reference}?cle=${cle}`, `/fr/avis/${own.reference}?cle=${cle}`];
  app.now.at = at(day, '08:00');
  expect([(await page()).includes(there), (await page()).includes(useful)]).toEqual([false, false]);
  app.now.at = at(day, '09:30');
  expect([(await page()).includes(there), (await page()).includes(useful)]).toEqual([true, false]);
  expect((await here.nadia.get(`/r/${own.reference}`)).location).toBe(`/fr/presence/qr/${own.reference}`);
  app.now.at = at(day, '13:00');
  expect([(await page()).includes(there), (await page()).includes(useful)]).toEqual([false, true]);
  expect((await here.nadia.get(`/r/${own.reference}`)).location).toBe(`/fr/inscriptions/${own.reference}`);
});
