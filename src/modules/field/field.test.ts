import { beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { bookUnit } from '../../../test/harness/bookings.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { openSession } from '../../core/auth.ts';
import { newId } from '../../core/ids.ts';
import { eraseField, forgetUnsettled } from './privacy.ts';

const tuesday = '2026-11-24';
const house = useHouse({ now: at(tuesday, '18:00') });
let nadia: Visitor;
let lucie: Visitor;
let site: { id: string; slug: string };
let nadiaId: string;
let lucieId: string;

beforeAll(async () => {
  site = await makeSite(house.db, { name: 'Le bus' });
  [nadiaId, lucieId] = [await teamMember('nadia@carnet.example'), await teamMember('lucie@carnet.example')];
  nadia = await house.signedIn('nadia@carnet.example');
  lucie = await house.signedIn('lucie@carnet.example');
});

async function teamMember(email: string): Promise<string> {
  const { id } = await makePerson(house.db, { email, name: email });
  const grant = { id: newId(), person_id: id, site_id: site.id, role: 'team' as const, created_at: house.now.at };
  await house.db.insertInto('role_grant').values(grant).execute();
  return id;
}

/** The marks that stand for somebody, with their time. */
async function marksOf(attendeeId: string): Promise<string[]> {
  const rows = await house.db
    .selectFrom('attendance')
    .select(['state', 'occurred_at'])
    .where('attendee_id', '=', attendeeId)
    .where('replaced_at', 'is', null)
    .execute();
  return rows.map((row) => `${row.state} ${row.occurred_at.toISOString()}`);
}

type Entry = { id?: string; kind: string; payload: object; occurredAt?: string; turn?: number };
const entryOf = (over: Entry) => ({ id: newId(), turn: 1, occurredAt: `${tuesday}T14:05:00+01:00`, ...over });
const send = (who: Visitor, personId: string, entries: unknown[], sentAt = `${tuesday}T18:00:00+01:00`) =>
  who.call('POST', '/fr/carnet/envoi', { who: personId, sentAt, entries }, { 'sec-fetch-site': 'same-origin' });
type Answers = { answers: { id: string; outcome: string; sentence?: string }[] };
const outcomes = async (answer: Promise<{ json: () => unknown }>) =>
  ((await answer).json() as Answers).answers.map((one) => one.outcome);

/** Somebody registered for an appointment at 14:00. */
async function expected() {
  const session = await makeSession(house.db, {
    siteId: site.id,
    kind: 'appointment',
    start: at(tuesday, '14:00'),
    end: at(tuesday, '14:45'),
    seats: 1,
  });
  const person = await makePerson(house.db, { name: 'Ginette Hochart' });
  const { attendees } = await makeRegistration(house.db, session.id, { person });
  return { session, attendeeId: attendees[0]!, personId: person.id };
}
const walkIn = () => ({ kind: 'walk_in', payload: { siteId: site.id, ageBand: '70_over' } });

describe('what a phone wrote down', () => {
  it('is done once at its own time; the same id again gets the first answer, with another content it is refused', async () => {
    const { attendeeId } = await expected();
    const entry = entryOf({ kind: 'mark', payload: { attendeeId, state: 'present' } });
    expect(await outcomes(send(nadia, nadiaId, [entry]))).toEqual(['done']);
    expect(await outcomes(send(nadia, nadiaId, [entry]))).toEqual(['done']);
    const other = { ...entry, payload: { attendeeId, state: 'absent' } };
    expect(await outcomes(send(nadia, nadiaId, [other]))).toEqual(['refused']);
    expect(await marksOf(attendeeId)).toEqual(['present 2026-11-24T13:05:00.000Z']);
    const rows = await house.db.selectFrom('field_entry').selectAll().where('id', '=', entry.id).execute();
    expect(rows.map((row) => [row.person_id, row.outcome, row.turn])).toEqual([[nadiaId, 'done', 1]]);
  });

  it('sent twenty times at once counts one visit', async () => {
    const entry = entryOf(walkIn());
    const answers = await Promise.all(Array.from({ length: 20 }, () => outcomes(send(nadia, nadiaId, [entry]))));
    expect(answers.flat()).toEqual(Array(20).fill('done'));
    expect((await house.db.selectFrom('visit').select('id').where('id', '=', entry.id).execute()).length).toBe(1);
  });

  it('is only sent by whoever wrote it, from one of our pages, signed in', async () => {
    const entry = entryOf(walkIn());
    expect((await send(lucie, nadiaId, [entry])).status).toBe(403);
    expect((await send(house.visitor(), nadiaId, [entry])).status).toBe(401);
    const foreign = { who: nadiaId, sentAt: `${tuesday}T18:00:00+01:00`, entries: [entry] };
    expect((await nadia.call('POST', '/fr/carnet/envoi', foreign, { 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
    await send(nadia, nadiaId, [entry]);
    // Another person cannot learn what became of it by its id.
    expect(await outcomes(send(lucie, lucieId, [entry]))).toEqual(['refused']);
    expect((await send(nadia, nadiaId, Array(21).fill(entry))).status).toBe(422);
  });

  it('with a clock that is wrong is put right by what it showed when it was sent, and is never ahead', async () => {
    const early = entryOf({ ...walkIn(), occurredAt: `${tuesday}T13:05:00+01:00` });
    await send(nadia, nadiaId, [early], `${tuesday}T17:00:00+01:00`);
    const ahead = entryOf({ ...walkIn(), occurredAt: `${tuesday}T18:01:00+01:00` });
    await send(nadia, nadiaId, [ahead], `${tuesday}T18:01:00+01:00`);
    const at = async (id: string) =>
      (await house.db.selectFrom('visit').select('occurred_at').where('id', '=', id).executeTakeFirstOrThrow())
        .occurred_at;
    expect((await at(early.id)).toISOString()).toBe('2026-11-24T13:05:00.000Z');
    expect((await at(ahead.id)).toISOString()).toBe('2026-11-24T17:00:00.000Z');
  });

  it('says that somebody who booked came, though the hour is over when it is sent', async () => {
    const thing = await makeResource(house.db, site.id);
    const [start, end] = [at(tuesday, '14:00'), at(tuesday, '15:00')];
    const reference = await bookUnit(house.db, thing.id, thing.units[0]!, start, end);
    const booking = await house.db
      .selectFrom('booking')
      .select('id')
      .where('reference', '=', reference)
      .executeTakeFirstOrThrow();
    expect(
      await outcomes(send(nadia, nadiaId, [entryOf({ kind: 'arrived', payload: { booking: booking.id } })])),
    ).toEqual(['done']);
    const row = house.db.selectFrom('booking').select(['status', 'checked_in_at']).where('id', '=', booking.id);
    expect(await row.executeTakeFirst()).toEqual({ status: 'checked_in', checked_in_at: at(tuesday, '14:05') });
  });

  it('about another site, or not understood, is refused and told; what comes after it is done all the same', async () => {
    const elsewhere = await makeSite(house.db);
    const entries = [
      entryOf({ kind: 'walk_in', payload: { siteId: elsewhere.id, ageBand: 'unsaid' } }),
      entryOf({ kind: 'mark', payload: { attendeeId: 'x', state: 'present' } }),
      entryOf({ kind: 'dance', payload: {} }),
      entryOf({ kind: 'note', payload: { siteId: site.id, day: tuesday, body: 'La prise du fond' } }),
    ];
    const answers = ((await send(nadia, nadiaId, entries)).json() as Answers).answers;
    expect(answers.map((one) => one.outcome)).toEqual(['refused', 'refused', 'refused', 'done']);
    expect(answers.slice(0, 3).every((one) => one.sentence)).toBe(true);
  });

  it('about somebody of another team, is refused and told without their name', async () => {
    const elsewhere = await makeSite(house.db);
    const session = await makeSession(house.db, {
      siteId: elsewhere.id,
      kind: 'appointment',
      title: { fr: 'Rendez-vous avec Personne' },
      start: at(tuesday, '14:00'),
    });
    const person = await makePerson(house.db, { name: 'Odile Secret' });
    const { attendees } = await makeRegistration(house.db, session.id, { person });
    const thing = await makeResource(house.db, elsewhere.id);
    const [start, end] = [at(tuesday, '14:00'), at(tuesday, '15:00')];
    const reference = await bookUnit(house.db, thing.id, thing.units[0]!, start, end);
    const booking = await house.db
      .selectFrom('booking')
      .innerJoin('person', 'person.id', 'booking.person_id')
      .select(['booking.id', 'person.name'])
      .where('booking.reference', '=', reference)
      .executeTakeFirstOrThrow();
    const asked = [
      entryOf({ kind: 'mark', payload: { attendeeId: attendees[0]!, state: 'present' } }),
      entryOf({ kind: 'arrived', payload: { booking: booking.id } }),
    ];
    expect(await outcomes(send(nadia, nadiaId, asked))).toEqual(['refused', 'refused']);
    const { status, text } = await nadia.get('/fr/carnet/a-regler');
    expect(status).toBe(200);
    for (const name of ['Odile', 'avec Personne', booking.name]) expect(text).not.toContain(name);
  });
});

describe('what two people noted otherwise', () => {
  it('is kept, told on the phone and on the team’s page, and settled by a person, once', async () => {
    const { attendeeId } = await expected();
    const payload = { attendeeId, state: 'absent' };
    await send(lucie, lucieId, [entryOf({ kind: 'mark', payload })]);
    const entry = entryOf({ kind: 'mark', payload: { ...payload, state: 'present' } });
    const answer = (await send(nadia, nadiaId, [entry])).json() as Answers;
    expect(answer.answers).toEqual([
      { id: entry.id, outcome: 'conflict', sentence: 'Quelqu’un d’autre a noté que cette personne n’est pas venue.' },
    ]);
    expect(await marksOf(attendeeId)).toEqual(['absent 2026-11-24T13:05:00.000Z']);
    const page = await lucie.get('/fr/carnet/a-regler');
    expect(page.text).toContain('Ginette Hochart');
    expect(page.text).toContain('n’est pas venue');
    expect((await lucie.get(`/fr/carnet/${site.slug}?jour=${tuesday}`)).text).toContain('à régler');
    const { email } = await makePerson(house.db);
    const stranger = await house.signedIn(email!);
    expect((await stranger.post(`/fr/carnet/a-regler/${entry.id}`, { choix: 'apply' })).status).toBe(404);
    expect((await lucie.post(`/fr/carnet/a-regler/${entry.id}`, { choix: 'apply' })).status).toBe(303);
    expect((await lucie.post(`/fr/carnet/a-regler/${entry.id}`, { choix: 'keep' })).status).toBe(303);
    expect(await marksOf(attendeeId)).toEqual(['present 2026-11-24T13:05:00.000Z']);
    const row = await house.db
      .selectFrom('field_entry')
      .selectAll()
      .where('id', '=', entry.id)
      .executeTakeFirstOrThrow();
    expect(row.settled_by).toBe(lucieId);
    expect(row.answer).not.toHaveProperty('payload');
    expect((await lucie.get('/fr/carnet/a-regler')).text).not.toContain('Ginette Hochart');
  });

  it('forgets the strokes of somebody who is erased, and what nobody settled in three months', async () => {
    const { attendeeId, personId } = await expected();
    const mark = (state: string, more: object = {}) =>
      entryOf({ kind: 'mark', payload: { attendeeId, state, ...more } });
    await send(lucie, lucieId, [mark('absent')]);
    const entry = mark('present', { strokes: 'M10 10L20 20' });
    expect(await outcomes(send(nadia, nadiaId, [entry]))).toEqual(['conflict']);
    const payload = async () => {
      const row = house.db.selectFrom('field_entry').select('answer').where('id', '=', entry.id);
      return ((await row.executeTakeFirstOrThrow()).answer as { payload?: object }).payload;
    };
    expect(await payload()).toHaveProperty('strokes');
    await eraseField.erase(house.ctx(), personId);
    expect(await payload()).toEqual({ attendeeId, state: 'present' });
    await forgetUnsettled(house.ctx());
    expect(await payload()).toBeDefined();
    await forgetUnsettled({ ...house.ctx(), now: at('2027-03-01', '12:00') });
    expect(await payload()).toBeUndefined();
  });

  it('is no conflict where one changes one’s own mind, nor where the mark was seen before it was changed', async () => {
    const { attendeeId } = await expected();
    const mark = (state: string, more: object = {}) =>
      entryOf({ kind: 'mark', payload: { attendeeId, state, ...more } });
    const first = mark('absent');
    expect(await outcomes(send(nadia, nadiaId, [first, mark('present')]))).toEqual(['done', 'done']);
    const standing = await house.db
      .selectFrom('attendance')
      .select('id')
      .where('attendee_id', '=', attendeeId)
      .where('replaced_at', 'is', null)
      .executeTakeFirstOrThrow();
    expect(await outcomes(send(lucie, lucieId, [mark('absent', { seen: standing.id })]))).toEqual(['done']);
  });

  it('covers a session or a registration cancelled meanwhile, and a booking given back', async () => {
    const gone = await expected();
    await house.db.updateTable('session').set({ status: 'cancelled' }).where('id', '=', gone.session.id).execute();
    const thing = await makeResource(house.db, site.id);
    const reference = await bookUnit(house.db, thing.id, thing.units[0]!, at(tuesday, '14:00'), at(tuesday, '15:00'));
    const booking = await house.db
      .updateTable('booking')
      .set({ status: 'cancelled' })
      .where('reference', '=', reference)
      .returning('id')
      .executeTakeFirstOrThrow();
    const entries = [
      entryOf({ kind: 'mark', payload: { attendeeId: gone.attendeeId, state: 'present' } }),
      entryOf({ kind: 'arrived', payload: { booking: booking.id } }),
    ];
    expect(await outcomes(send(nadia, nadiaId, entries))).toEqual(['conflict', 'conflict']);
    expect(await marksOf(gone.attendeeId)).toEqual([]);
  });
});

describe('the day’s page', () => {
  it('works without a script, gesture by gesture; the same form sent twice counts once', async () => {
    const { attendeeId } = await expected();
    const path = `/fr/carnet/${site.slug}`;
    const { text, headers } = await nadia.get(path);
    expect(headers.get('x-carnet-seconds')).toBe(String(6 * 3600));
    const form = text
      .split('<form')
      .find((part) => part.includes(`value="${attendeeId}"`) && part.includes('value="present"'))!;
    const fields = fieldsOf(`<form action="geste" ${form}`, 'geste');
    expect((await nadia.post(`${path}/geste`, fields)).location).toBe(`${path}?jour=${tuesday}`);
    house.now.at = at(tuesday, '18:01');
    expect((await nadia.post(`${path}/geste`, fields)).status).toBe(303);
    house.now.at = at(tuesday, '18:00');
    expect(await marksOf(attendeeId)).toEqual(['present 2026-11-24T17:00:00.000Z']);
    expect((await nadia.get(path)).text).toMatch(/Rendez-vous tenu · 18\s?h/);
  });

  it('is for the team of the site: others do not find it, nobody signed in is led to sign in', async () => {
    const { email } = await makePerson(house.db);
    const stranger = await house.signedIn(email!);
    expect((await stranger.get(`/fr/carnet/${site.slug}`)).status).toBe(404);
    expect((await stranger.get('/fr/carnet')).status).toBe(404);
    expect((await house.visitor().get(`/fr/carnet/${site.slug}`)).location).toContain('/fr/connexion?retour=');
    expect((await nadia.get('/fr/carnet/nulle-part')).status).toBe(404);
    expect((await nadia.get('/fr/carnet/a-regler')).status).toBe(200);
    expect((await nadia.post('/fr/carnet/a-regler/x', { choix: 'keep' })).status).toBe(404);
  });

  it('shows what another site does aboard the bus to those of both teams only', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    const stopId = newId();
    const commune = await house.db.selectFrom('commune').selectAll().limit(1).executeTakeFirstOrThrow();
    await house.db
      .insertInto('stop')
      .values({
        id: stopId,
        site_id: bus.id,
        commune_code: commune.code,
        place: '{"fr":"Place du Marché"}',
        address: null,
        lat: commune.lat,
        lon: commune.lon,
        starts_at: at(tuesday, '13:30'),
        ends_at: at(tuesday, '17:30'),
      })
      .execute();
    const title = { fr: 'Dictée partagée' };
    await makeSession(house.db, { siteId: site.id, stopId, title, start: at(tuesday, '14:00') });
    const role = { id: newId(), site_id: bus.id, role: 'team' as const, created_at: house.now.at };
    await house.db
      .insertInto('role_grant')
      .values({ ...role, person_id: nadiaId })
      .execute();
    const driver = await makePerson(house.db);
    await house.db
      .insertInto('role_grant')
      .values({ ...role, id: newId(), person_id: driver.id })
      .execute();
    expect((await nadia.get(`/fr/carnet/${bus.slug}`)).text).toContain('Dictée partagée');
    const { text } = await (await house.signedIn(driver.email!)).get(`/fr/carnet/${bus.slug}`);
    expect(text).toContain('Place du Marché');
    expect(text).not.toContain('Dictée partagée');
  });

  it('keeps nothing on a shared tablet: no script, nothing to keep, the forms remain', async () => {
    const deviceId = newId();
    await house.db
      .insertInto('device')
      .values({ id: deviceId, site_id: site.id, name: 'Tablette', token_hash: deviceId, created_at: house.now.at })
      .execute();
    const account = house.db.selectFrom('account').select('id').where('person_id', '=', nadiaId);
    const { id } = await account.executeTakeFirstOrThrow();
    const tablet = house.visitor();
    tablet.setCookie('quai_session', await openSession(house.db, house.now.at, id, 'test', deviceId));
    const { text, headers, status } = await tablet.get(`/fr/carnet/${site.slug}`);
    expect(status).toBe(200);
    expect(headers.get('x-carnet-seconds')).toBeNull();
    expect(text).not.toContain('<quai-field');
    expect(text).not.toMatch(/field\.[0-9a-f]+\.js/);
    expect(text).toContain('Cette tablette est partagée');
    expect(text).toContain('data-kind="walk_in"');
  });

  it('shows names and times, neither e-mails nor telephone numbers, and keeps nothing of the past', async () => {
    const { text, headers } = await nadia.get(`/fr/carnet/${site.slug}?jour=2026-11-23`);
    expect(headers.get('x-carnet-seconds')).toBeNull();
    expect(text).not.toContain('@essai.example');
    const kept = async (day: string) =>
      (await nadia.get(`/fr/carnet/${site.slug}?jour=${day}`)).headers.has('x-carnet-seconds');
    expect([await kept(tuesday), await kept('2026-11-25'), await kept('2026-11-26')]).toEqual([true, true, false]);
  });

  it('installs its worker from our own address, for the day’s pages only', async () => {
    const worker = await house.visitor().get('/carnet-sw.js');
    expect(worker.headers.get('content-type')).toContain('text/javascript');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect((await nadia.get(`/fr/carnet/${site.slug}`)).headers.get('content-security-policy')).toContain(
      "worker-src 'self'",
    );
    expect((await house.visitor().get('/fr/carnet/sans-reseau')).status).toBe(200);
  });

  it('lists a class after those who have a name, never under the name of whoever registered it', async () => {
    const start = at(tuesday, '15:00');
    const session = await makeSession(house.db, { siteId: site.id, start, seats: 5, title: { fr: 'Liste mêlée' } });
    const teacher = await makePerson(house.db, { name: 'Aaron Instituteur' });
    await makeRegistration(house.db, session.id, { person: teacher, kind: 'group', seats: [{}, {}] });
    await makeRegistration(house.db, session.id, { seats: [{ name: 'Zoé' }, { name: 'bruno' }], kind: 'household' }, 3);
    const { text } = await nadia.get(`/fr/carnet/${site.slug}?jour=${tuesday}`);
    const list = text.slice(text.indexOf('Liste mêlée'));
    const names = [...list.slice(0, list.indexOf('</ol>')).matchAll(/<b>([^<]+)<\/b>/g)].map((found) => found[1]);
    expect(names).toHaveLength(4);
    expect(names.slice(0, 2)).toEqual(['bruno', 'Zoé']);
    expect(names.join()).not.toContain('Aaron');
  });

  it('is forgotten by the next page that anybody else reads on that phone, or once its reader has left', async () => {
    const phone = await house.signedIn('nadia@carnet.example');
    const forgets = async (path: string) => (await phone.get(path)).text.includes('<quai-forget');
    expect(await forgets('/fr')).toBe(false);
    phone.setCookie('quai_field', nadiaId);
    expect(await forgets('/fr')).toBe(false);
    phone.setCookie('quai_field', lucieId);
    expect(await forgets('/fr')).toBe(true);
    // The day's own page sees to it, and marks the phone as its reader's.
    expect(await forgets(`/fr/carnet/${site.slug}`)).toBe(false);
    phone.setCookie('quai_field', nadiaId);
    const out = await phone.post('/fr/deconnexion');
    expect(out.headers.getSetCookie().find((line) => line.startsWith('quai_field=parti'))).not.toMatch(/httponly/i);
    for (const path of ['/fr', '/fr/agenda', '/fr/nulle-part']) expect(await forgets(path), path).toBe(true);
    const visitor = house.visitor();
    await visitor.post('/fr/deconnexion');
    expect((await visitor.get('/fr')).text).not.toContain('quai-forget');
  });
});
