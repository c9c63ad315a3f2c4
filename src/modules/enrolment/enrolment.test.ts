import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { actorByEmail, type Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makeAccount, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { registrationKey } from '../../core/codes.ts';
import { hashSecret, newId, newToken } from '../../core/ids.ts';
import { mergePersons, onErase, personalData, unmerge } from '../privacy/index.ts';
import { registrationsOf } from '../registrations/index.ts';

const app = useHouse();
let siteId: string;
beforeAll(async () => {
  siteId = (await makeSite(app.db)).id;
});

async function withToken(scopes = ['bookings:write']) {
  const person = await makePerson(app.db, { name: 'Nina Essai' });
  const account_id = await makeAccount(app.db, person.id);
  const token = newToken();
  const row = { id: newId(), account_id, name: 'test', token_hash: hashSecret(token), scopes, created_at: monday9 };
  await app.db.insertInto('api_token').values(row).execute();
  return { person, caller: app.visitor({ authorization: `Bearer ${token}` }) };
}

const session = (over: Partial<SessionOver> = {}) => makeSession(app.db, { siteId, ...over });
const at = (reference: string) => `/api/v1/sessions/${reference}/registrations`;
type Said = { id: string; reference: string; status: string; rank?: number; code: string; reasons: { code: string }[] };
const said = (answer: { json: () => unknown }) => answer.json() as Said;

describe('Registrations by REST', () => {
  test('need a token, and its scope; a draft and an appointment are not there', async () => {
    const one = await session();
    const people = [{ name: 'Nina' }];
    expect((await app.visitor().call('POST', at(one.id), { people })).status).toBe(401);
    const reader = await withToken(['bookings:read']);
    expect((await reader.caller.call('POST', at(one.id), { people })).status).toBe(403);
    const { caller } = await withToken();
    for (const hidden of [await session({ status: 'draft' }), await session({ kind: 'appointment' })])
      expect((await caller.call('POST', at(hidden.id), { people })).status).toBe(404);
    expect((await caller.call('POST', at(newId()), { people })).status).toBe(404);
    expect((await caller.call('POST', at('%00'), { people })).status).toBe(404);
    for (const bad of [{}, { people: [] }, { people: [{ name: '' }] }, { people: 'x' }])
      expect((await caller.call('POST', at(one.id), bad)).status).toBe(422);
  });

  test('people sit, the next wait with their rank; refused, every reason is said; sent twice, registered once', async () => {
    const one = await session({ seats: 2 });
    const [first, second] = [await withToken(), await withToken()];
    const people = [{ name: 'Nina Essai' }, { name: 'Léo' }];
    const key = { 'idempotency-key': newId() };
    const made = await first.caller.call('POST', at(one.id), { people }, key);
    expect([made.status, said(made).status, said(made).rank]).toEqual([201, 'registered', undefined]);
    const again = await first.caller.call('POST', at(one.id), { people }, key);
    expect(said(again).id).toBe(said(made).id);
    const waits = await second.caller.call('POST', at(one.reference), { people: [{ name: 'Ali' }] });
    expect([waits.status, said(waits).status, said(waits).rank]).toEqual([201, 'waiting', 1]);
    const twice = await first.caller.call('POST', at(one.id), { people });
    expect([twice.status, said(twice).code]).toEqual([409, 'registration.already']);
    expect(twice.headers.get('content-type')).toContain('application/problem+json');
    const [view] = await registrationsOf(app.ctx(), one.id);
    expect(view!.attendees.map(({ name, personId }) => [name, personId])).toEqual([
      ['Nina Essai', first.person.id],
      ['Léo', null],
    ]);
    const path = `/api/v1/registrations/${said(made).id}/cancellation`;
    expect((await second.caller.call('POST', path)).status).toBe(404);
    const gone = await first.caller.call('POST', path);
    expect([gone.status, said(gone).status]).toEqual([200, 'cancelled']);
    expect((await registrationsOf(app.ctx(), one.id))[0]).toMatchObject({ id: said(waits).id, status: 'offered' });
  });
});

describe('the pages', () => {
  async function registered(
    over: Partial<SessionOver> = {},
  ): Promise<{ visitor: Visitor; reference: string; id: string; email: string }> {
    const person = await makePerson(app.db, { name: 'Nina Essai' });
    const one = await session(over);
    const visitor = await app.signedIn(person.email!);
    const form = {
      pour: 'famille',
      vient: 'on',
      'prenom-0': 'Léo',
      'annee-0': '2016',
      accord: 'on',
      geste: 'inscrire',
    };
    const done = await visitor.post(`/fr/agenda/${one.reference}/inscription`, form);
    expect(done.status).toBe(303);
    const reference = /inscriptions\/(\w{10})/.exec(done.location!)![1]!;
    return { visitor, reference, id: one.id, email: person.email! };
  }

  test('a stranger sees nothing of a registration; the link of its mails opens it, forged it does not', async () => {
    const { reference, id, visitor } = await registered();
    const path = `/fr/inscriptions/${reference}`;
    const [view] = await registrationsOf(app.ctx(), id);
    const stranger = app.visitor();
    for (const part of ['', '/agenda.ics', '/annulation', '/personnes', '/place', '/invitation'])
      expect((await stranger.get(path + part)).status, part).toBe(404);
    for (const part of ['/annulation', '/personnes', '/place', '/invitation'])
      expect((await stranger.post(path + part)).status, part).toBe(404);
    expect((await stranger.get(`${path}?cle=${'x'.repeat(24)}`)).status).toBe(404);
    const key = registrationKey(app.ctx().secret, view!.id);
    expect(seen((await stranger.get(`${path}?cle=${key}`)).text)).toContain('Léo, naissance en 2016');
    expect((await stranger.get(`/r/${reference}`)).status).toBe(200);
    expect((await visitor.get(`/r/${reference}`)).location).toBe(path);
    expect((await visitor.get(`${path}/agenda.ics`)).text).toContain(`UID:${view!.id}@`);
    expect(seen((await visitor.get('/fr/mes-reservations')).text)).toContain('Mes inscriptions');
  });

  test('hostile forms are refused, never a failure', async () => {
    const one = await session({ ageMin: 8 });
    const visitor = await app.signedIn((await makePerson(app.db)).email!);
    const path = `/fr/agenda/${one.reference}/inscription`;
    for (const form of [
      { pour: '\u0000' },
      { pour: 'famille', lignes: '1e9', 'prenom-0': 'x'.repeat(500) },
      { pour: 'famille', 'prenom-0': 'Léo', 'annee-0': '99999' },
      { pour: 'groupe', jeunes: '-3', adultes: '1e9', organisation: 'X' },
      { pour: 'famille', 'prenom-0': 'Léo', 'annee-0': 'NaN' },
      { annee: '1990', tarif: "'; drop table seat", pour: 'autre' },
    ])
      expect((await visitor.post(path, { geste: 'inscrire', ...form } as Record<string, string>)).status).toBeLessThan(
        500,
      );
    expect((await visitor.post(path, { geste: 'ajouter', lignes: 'x' })).status).toBe(200);
    expect((await visitor.get('/fr/agenda/AAAAAAAAAA/inscription')).status).toBe(404);
    expect((await registrationsOf(app.ctx(), one.id)).length).toBe(0);
  });

  test('the parts of an event: one of each set, each with its own seats', async () => {
    const event = await session({ kind: 'event', seats: 10 });
    const part = (title: string, track: string, seats = 5) =>
      session({ parentId: event.id, track, seats, title: { fr: title } });
    const [a, , c] = [
      await part('Atelier A', 'matin'),
      await part('Atelier B', 'matin'),
      await part('Atelier C', 'soir'),
    ];
    const visitor = await app.signedIn((await makePerson(app.db)).email!);
    const path = `/fr/agenda/${event.reference}/inscription`;
    expect((await visitor.post(path, { geste: 'inscrire', 'partie-0': a.reference })).status).toBe(422);
    const done = await visitor.post(path, { geste: 'inscrire', 'partie-0': a.reference, 'partie-1': c.reference });
    expect(done.status).toBe(303);
    for (const one of [event, a, c]) expect((await registrationsOf(app.ctx(), one.id))[0]!.status).toBe('registered');
  });

  test('the copy of one’s data has them; merged they go along, and back; erased, nobody is left in them', async () => {
    const { id, email } = await registered();
    const actor = await actorByEmail(app.db, email);
    const part = personalData.find((one) => one.name === 'registrations')!;
    expect(JSON.stringify(await part.collect(app.ctx(), actor.personId!))).toContain('Léo');
    const keep = await makePerson(app.db, { name: 'Gardée' });
    await mergePersons(app.ctx(), { keepId: keep.id, mergedId: actor.personId!, reason: 'essai' });
    const [merged] = await registrationsOf(app.ctx(), id);
    expect([merged!.person.id, merged!.attendees[0]!.personId]).toEqual([keep.id, keep.id]);
    await unmerge(app.ctx(), actor.personId!, 'essai');
    expect((await registrationsOf(app.ctx(), id))[0]!.person.id).toBe(actor.personId);
    const hook = onErase.find((one) => one.name === 'registrations')!;
    expect(await hook.erased!(app.ctx(), actor.personId!)).toHaveLength(2);
    await hook.erase(app.ctx(), actor.personId!);
    const rows = await app.db
      .selectFrom('attendee')
      .select(['name', 'birth_year', 'seat'])
      .where('session_id', '=', id)
      .execute();
    expect(rows).toEqual([
      { name: null, birth_year: null, seat: null },
      { name: null, birth_year: null, seat: null },
    ]);
  });
});
