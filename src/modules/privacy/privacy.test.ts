import { describe, expect, test } from 'vitest';
import { actorByEmail } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { system } from '../../core/context.ts';
import { newId, newReference } from '../../core/ids.ts';
import { confirmPerson, findOrCreateOrganisation, personByEmail } from '../accounts/index.ts';
import { mergePersons, unmerge } from './merge.ts';
import { retention, tidy } from './retention.ts';

const app = useHouse({ eachTest: true });
let count = 0;
const newEmail = () => `compte-${++count}@exemple.fr`;
const days = (n: number) => n * 24 * 60;

async function makeBooking(personId: string, startsAt: Date) {
  const site = await makeSite(app.db);
  const resource = await makeResource(app.db, site.id);
  const id = newId();
  await app.db
    .insertInto('booking')
    .values({
      id,
      reference: newReference(),
      resource_id: resource.id,
      person_id: personId,
      status: 'confirmed',
      starts_at: startsAt,
      ends_at: addMinutes(startsAt, 60),
      channel: 'web',
      created_at: startsAt,
    })
    .execute();
  return id;
}

const asAdmin = () =>
  app.ctx({ ...system, kind: 'person', personId: null, grants: [{ role: 'administrator', siteId: null }] });

describe('one’s data', () => {
  test('all of it as JSON, no secret in it, nobody else’s', async () => {
    const email = newEmail();
    await makePerson(app.db, { email, name: 'Export Essai' });
    const visitor = await app.signedIn(email);
    await visitor.post('/fr/compte/cles', { name: 'Clé', scopes: ['places:read'] });
    const answer = await visitor.get('/fr/compte/donnees.json');
    expect(answer.headers.get('content-type')).toContain('application/json');
    const data = answer.json() as Record<string, unknown>;
    expect(data).toMatchObject({ person: { name: 'Export Essai', email }, tokens: [{ name: 'Clé' }] });
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining(['sessions', 'organisations', 'journal', 'calendarFeeds']),
    );
    expect(answer.text).not.toMatch(/hash|pin_/);
  });

  test('erasing blanks the person, ends everything, and leaves the journal with ids only', async () => {
    const email = newEmail();
    const person = await makePerson(app.db, { email, name: 'Efface Moi' });
    const visitor = await app.signedIn(email);
    await app.visitor().post('/fr/connexion', { email });
    await visitor.post('/fr/compte/cles', { name: 'Clé', scopes: ['places:read'] });
    await findOrCreateOrganisation(app.ctx(), { name: 'Asso', country: 'FR' }, person.id);
    const page = await visitor.get('/fr/compte/effacement');
    expect(page.text).toContain('jusqu’à quand');
    expect((await visitor.post('/fr/compte/effacement')).status).toBe(422);
    const done = await visitor.post('/fr/compte/effacement', { confirmed: 'on' });
    expect(done.location).toBe('/fr/compte/efface');
    expect((await visitor.get('/fr/compte/efface')).status).toBe(200);
    expect((await visitor.get('/fr/compte')).status).toBe(303);
    expect(await app.db.selectFrom('person').selectAll().where('id', '=', person.id).executeTakeFirst()).toMatchObject({
      name: '',
      email: null,
      telephone: null,
      erased_at: monday9,
    });
    const left = JSON.stringify([
      await app.db.selectFrom('email_code').selectAll().where('email', '=', email).execute(),
      await app.db.selectFrom('organisation_member').selectAll().where('person_id', '=', person.id).execute(),
    ]);
    expect(left).toBe('[[],[]]');
    const journal = await app.db.selectFrom('journal').selectAll().where('subject_id', '=', person.id).execute();
    expect(journal.map((entry) => entry.kind)).toContain('person.erased');
    expect(JSON.stringify(journal)).not.toMatch(/Efface Moi|@exemple/);
    expect(await personByEmail(app.ctx(), email)).toBeUndefined();
  });
});

describe('the nightly tidying', () => {
  test('deletes what has served, at the very ages the privacy page tells', async () => {
    const ctx = app.ctx();
    const email = newEmail();
    await app.visitor().post('/fr/connexion', { email });
    const person = await makePerson(app.db, { email: newEmail() });
    await app.signedIn(person.email!);
    await app.db
      .insertInto('mail')
      .values({
        id: newId(),
        recipient: email,
        subject: 's',
        body_text: 't',
        body_html: 'h',
        language: 'fr',
        attachments: '[]',
        created_at: monday9,
      })
      .execute();
    const counts = async () => ({
      codes: (await app.db.selectFrom('email_code').select('id').where('email', '=', email).execute()).length,
      mails: (await app.db.selectFrom('mail').select('id').where('recipient', '=', email).execute()).length,
      limits: (await app.db.selectFrom('rate_limit').select('key').execute()).length > 0,
    });
    await tidy({ ...ctx, now: addMinutes(monday9, days(retention.emailCode) - 1) });
    expect(await counts()).toEqual({ codes: 1, mails: 1, limits: true });
    await tidy({ ...ctx, now: addMinutes(monday9, days(retention.emailCode) + 16) });
    expect(await counts()).toEqual({ codes: 0, mails: 1, limits: false });
    await tidy({ ...ctx, now: addMinutes(monday9, days(retention.keptMail) + 1) });
    expect(await counts()).toEqual({ codes: 0, mails: 0, limits: false });
  });

  test('keeps the code of a booking until the booking begins, a day longer than that', async () => {
    const id = newId();
    const begins = addMinutes(monday9, days(10));
    const hashes = { code_hash: id, token_hash: id };
    const row = { id, email: newEmail(), purpose: 'booking' as const, subject_id: newId(), ...hashes };
    await app.db
      .insertInto('email_code')
      .values({ ...row, created_at: monday9, expires_at: begins })
      .execute();
    const count = async () =>
      (await app.db.selectFrom('email_code').select('id').where('id', '=', id).execute()).length;
    await tidy({ ...app.ctx(), now: addMinutes(begins, days(retention.emailCode) - 1) });
    expect(await count()).toBe(1);
    await tidy({ ...app.ctx(), now: addMinutes(begins, days(retention.emailCode) + 1) });
    expect(await count()).toBe(0);
  });

  test('erases people not seen for three years, and nobody who came, booked or has a role since', async () => {
    const old = addMinutes(monday9, -days(retention.inactivePerson) - 60);
    const people: Record<string, string> = {};
    for (const name of ['parti', 'venu', 'reserve', 'role']) {
      people[name] = (await makePerson(app.db, { email: newEmail(), name })).id;
      await app.db.updateTable('person').set({ created_at: old }).where('id', '=', people[name]).execute();
    }
    await app.db.updateTable('person').set({ last_seen_at: monday9 }).where('id', '=', people.venu!).execute();
    await makeBooking(people.reserve!, addMinutes(monday9, -days(100)));
    await makeBooking(people.parti!, addMinutes(monday9, -days(1200)));
    await app.db
      .insertInto('role_grant')
      .values({
        id: newId(),
        person_id: people.role!,
        site_id: null,
        role: 'member',
        granted_by: null,
        created_at: old,
      })
      .execute();
    await tidy(app.ctx());
    const rows = await app.db
      .selectFrom('person')
      .select(['id', 'name', 'erased_at'])
      .where('id', 'in', Object.values(people))
      .execute();
    expect(rows.filter((row) => row.erased_at).map((row) => row.id)).toEqual([people.parti]);
    expect(await tidy(app.ctx())).toEqual({ erased: 0 });
  });
});

describe('two records of one person', () => {
  test('are made one, and two again, with all that came along', async () => {
    const keep = await makePerson(app.db, { email: newEmail() });
    const other = await makePerson(app.db, { email: newEmail() });
    const booking = await makeBooking(other.id, monday9);
    const stays = await makeBooking(keep.id, monday9);
    await findOrCreateOrganisation(app.ctx(), { name: 'Fusion', country: 'FR' }, other.id);
    const visitor = await app.signedIn(other.email!);
    const ctx = asAdmin();
    await mergePersons(ctx, { keepId: keep.id, mergedId: other.id, reason: 'même personne' });
    const ownerOf = async (id: string) =>
      (await app.db.selectFrom('booking').select('person_id').where('id', '=', id).executeTakeFirstOrThrow()).person_id;
    expect(await ownerOf(booking)).toBe(keep.id);
    expect((await confirmPerson(ctx, other.email!)).id).toBe(keep.id);
    expect((await visitor.get('/fr/compte')).text).toContain('Fusion');
    await unmerge(ctx, other.id, 'erreur');
    expect(await ownerOf(booking)).toBe(other.id);
    expect(await ownerOf(stays)).toBe(keep.id);
    expect((await personByEmail(ctx, other.email!))?.id).toBe(other.id);
    const kinds = await app.db
      .selectFrom('journal')
      .select(['kind', 'reason'])
      .where('subject_id', '=', other.id)
      .orderBy('id')
      .execute();
    expect(kinds).toEqual(
      expect.arrayContaining([
        { kind: 'person.merged', reason: 'même personne' },
        { kind: 'person.unmerged', reason: 'erreur' },
      ]),
    );
  });

  test('are reached at the address that one of them had, which goes back with it', async () => {
    const keep = await makePerson(app.db, { email: null });
    const other = await makePerson(app.db, { email: newEmail() });
    await app.db.updateTable('person').set({ telephone: '03 21 00 00 01' }).where('id', '=', keep.id).execute();
    await app.db.updateTable('person').set({ telephone: '03 21 00 00 02' }).where('id', '=', other.id).execute();
    const contactOf = (id: string) =>
      app.db.selectFrom('person').select(['email', 'telephone']).where('id', '=', id).executeTakeFirstOrThrow();
    await mergePersons(asAdmin(), { keepId: keep.id, mergedId: other.id, reason: 'même personne' });
    expect(await contactOf(keep.id)).toEqual({ email: other.email, telephone: '03 21 00 00 01' });
    await unmerge(asAdmin(), other.id, 'erreur');
    expect(await contactOf(keep.id)).toEqual({ email: null, telephone: '03 21 00 00 01' });
    expect((await personByEmail(asAdmin(), other.email!))?.id).toBe(other.id);
  });

  test('only by who administers the territory', async () => {
    const [a, b] = [await makePerson(app.db), await makePerson(app.db)];
    const input = { keepId: a.id, mergedId: b.id, reason: 'x' };
    await expect(mergePersons(app.ctx(await actorByEmail(app.db, a.email!)), input)).rejects.toThrow('not_found');
    await expect(mergePersons(asAdmin(), { ...input, mergedId: a.id })).rejects.toThrow('person.merge_same');
  });
});
