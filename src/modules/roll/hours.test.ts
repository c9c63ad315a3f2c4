import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { at, makePerson } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { addMinutes } from '../../core/clock.ts';
import { rollOf, totalsOf } from '../attendance/index.ts';

const here = useStation();
const { app } = here;
const day = '2026-11-23';
const demi = `${day} am`;
const drawn = 'M10 10L200 90L310 40';

/** A session of La Station, this Monday from 10:00 to 12:00, with one person there. */
async function workshop(over: Partial<Parameters<typeof makeSession>[1]> = {}) {
  app.now.at = at(day, '10:10');
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const session = await makeSession(app.db, { siteId: site.id, start: at(day, '10:00'), ...over });
  const url = `/fr/presence/${session.reference}`;
  const jeanne = await makePerson(app.db, { name: 'Jeanne Martel' });
  const own = await makeRegistration(app.db, session.id, { person: jeanne });
  const [personne] = own.attendees as [string];
  const roll = async () => (await rollOf(app.ctx(), session.id))!;
  const mark = async () => (await roll()).people[0]!.marks[0];
  const post = (path: string, form: Record<string, string>) => here.nadia.post(url + path, { personne, demi, ...form });
  return { session, url, roll, mark, post, personne, own };
}

describe('hours', () => {
  test('of who came late or left early are those they were there: on the list, in the totals, kept as a correction', async () => {
    const { url, roll, mark, post } = await workshop();
    expect((await post('/heures', { arrivee: '10:20', depart: '12:00' })).status).toBe(409);
    await post('/pointage', { etat: 'present' });
    expect((await mark())!.minutes).toBe(120);
    expect((await post('/heures', { arrivee: '10:20', depart: '11:30' })).status).toBe(303);
    expect(await mark()).toMatchObject({
      minutes: 70,
      arrivedAt: at(day, '10:20'),
      leftAt: at(day, '11:30'),
      state: 'present',
    });
    expect(totalsOf(await roll()).minutes).toBe(70);
    const text = seen((await here.nadia.get(url)).text);
    expect(text).toContain('10 h 20 – 11 h 30, soit 1 h 10');
    expect(text).toContain('1 correction gardée');
    expect(text).toContain('value="10:20"');
    const csv = (await here.nadia.get(`${url}/feuille.csv`)).text;
    expect(csv).toContain('70');
    expect(seen((await here.nadia.get(`${url}/feuille`)).text)).toContain('1 h 10');
    // The same again says nothing new; the whole of it again is a whole presence.
    await post('/heures', { arrivee: '10:20', depart: '11:30' });
    await post('/heures', { arrivee: '10:00', depart: '12:00' });
    expect(await mark()).toMatchObject({ minutes: 120, arrivedAt: null, leftAt: null });
    const rows = await app.db.selectFrom('attendance').select(['minutes', 'replaced_at']).execute();
    expect(rows.filter((row) => row.minutes === 70 && row.replaced_at !== null)).toHaveLength(1);
  });

  test('stay when the person signs or is noted again, and go with an absence', async () => {
    const { post, mark, url, personne } = await workshop();
    await post('/pointage', { etat: 'present' });
    await post('/heures', { arrivee: '10:30', depart: '12:00' });
    await post('/pointage', { etat: 'present' });
    await here.nadia.post(`${url}/signature/${personne}`, { demi, traits: drawn });
    expect(await mark()).toMatchObject({ minutes: 90, mode: 'signature', strokes: drawn });
    await post('/heures', { arrivee: '10:45', depart: '12:00' });
    expect(await mark()).toMatchObject({ minutes: 75, mode: 'signature', strokes: drawn });
    await post('/pointage', { etat: 'absent' });
    expect(await mark()).toMatchObject({ minutes: 0, arrivedAt: null });
    await post('/pointage', { etat: 'present' });
    expect(await mark()).toMatchObject({ minutes: 120, arrivedAt: null });
  });

  test.each([
    ['09:30', '12:00'],
    ['10:00', '12:30'],
    ['11:00', '11:00'],
    ['11:30', '10:30'],
    ['25:00', '12:00'],
    ['', '12:00'],
    ['10:00', "12:00'; --"],
  ])('from %s to %s are refused, and nothing is lost', async (arrivee, depart) => {
    const { post, mark } = await workshop();
    await post('/pointage', { etat: 'present' });
    expect((await post('/heures', { arrivee, depart })).status).toBe(422);
    expect(await mark()).toMatchObject({ minutes: 120 });
  });

  test('on the day the clocks go back are those that passed', async () => {
    const start = new Date('2026-10-25T00:30:00+02:00');
    const { post, mark } = await workshop({ start, end: new Date('2026-10-25T05:00:00+01:00') });
    const night = '2026-10-25 am';
    await post('/pointage', { etat: 'present', demi: night });
    const whole = (await mark())!.minutes;
    expect(whole).toBe(330);
    await post('/heures', { arrivee: '01:00', depart: '05:00', demi: night });
    expect((await mark())!.minutes).toBe(300);
  });

  test('are not for others to say', async () => {
    const { url, personne } = await workshop();
    const other = await workshop();
    const form = { personne, demi, arrivee: '10:20', depart: '12:00' };
    expect((await app.visitor().post(`${url}/heures`, form)).status).toBe(404);
    const inhabitant = await app.signedIn('habitant@quai.example');
    expect((await inhabitant.post(`${url}/heures`, form)).status).toBe(404);
    expect((await here.nadia.post(`${other.url}/heures`, form)).status).toBe(404);
  });
});

describe('who leads a session', () => {
  async function led() {
    const scene = await workshop();
    const trainer = await makePerson(app.db, { name: 'Théo Dehors' });
    await app.db.insertInto('session_leader').values({ session_id: scene.session.id, person_id: trainer.id }).execute();
    return { ...scene, trainer, theo: await app.signedIn(trainer.email!) };
  }

  test('opens its list and notes who is there, from an hour before until a week after', async () => {
    const { session, url, theo, personne, mark, own } = await led();
    const opens = async (now: Date) => {
      app.now.at = now;
      return (await theo.get(url)).status;
    };
    expect(await opens(addMinutes(session.start, -61))).toBe(404);
    expect(await opens(addMinutes(session.start, -60))).toBe(200);
    expect(await opens(addMinutes(session.end, 7 * 1440))).toBe(200);
    expect(await opens(addMinutes(session.end, 7 * 1440 + 1))).toBe(404);
    expect((await theo.post(`${url}/pointage`, { personne, demi, etat: 'present' })).status).toBe(404);
    app.now.at = at(day, '10:10');
    const list = await theo.get(url);
    expect(list.text).toContain('Jeanne Martel');
    // What is the team's is not offered.
    expect(list.text).not.toMatch(/\/feuille"|\/porte"|href="\/fr\/equipe/);
    expect((await theo.post(`${url}/pointage`, { personne, demi, etat: 'present' })).status).toBe(303);
    expect((await theo.post(`${url}/heures`, { personne, demi, arrivee: '10:20', depart: '12:00' })).status).toBe(303);
    expect((await theo.post(`${url}/signature/${personne}`, { demi, traits: drawn })).status).toBe(303);
    expect(await mark()).toMatchObject({ minutes: 100, mode: 'signature', recordedBy: 'Théo Dehors' });
    expect((await theo.post(`${url}/passage`, { age: '25_39', vu: '0' })).status).toBe(303);
    expect((await theo.post(`${url}/passage/retrait`, { age: '25_39', vu: '1' })).status).toBe(303);
    expect((await theo.get(`/fr/presence/qr/${own.reference}`)).status).toBe(200);
    expect((await theo.get('/fr/compte')).text).toContain(`href="${url}"`);
  });

  test('has nothing of any other session, nor what is the team’s', async () => {
    const { url, theo } = await led();
    const other = await workshop();
    const form = { personne: other.personne, demi, etat: 'present' };
    expect((await theo.get(other.url)).status).toBe(404);
    expect((await theo.post(`${other.url}/pointage`, form)).status).toBe(404);
    expect((await theo.post(`${url}/pointage`, form)).status).toBe(404);
    expect((await theo.post(`${other.url}/passage`, { age: 'unsaid', vu: '0' })).status).toBe(404);
    expect((await theo.get(`/fr/presence/qr/${other.own.reference}`)).status).toBe(404);
    expect((await theo.post(`${url}/porte`, { nom: 'Intrus', demi })).status).toBe(404);
    expect((await theo.get(`${url}/feuille`)).status).toBe(404);
    expect((await theo.get('/fr/equipe/la-station')).status).toBe(404);
  });
});
