import { describe, expect, test } from 'vitest';
import { actorByEmail } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, monday9 } from '../../../test/harness/make.ts';
import { findToken } from '../../core/auth.ts';
import { newToken } from '../../core/ids.ts';
import { findOrCreateOrganisation } from './organisation.ts';

const app = useHouse({ eachTest: true });
let count = 0;
const newEmail = () => `compte-${++count}@exemple.fr`;
describe('the account page', () => {
  test('asks to sign in first, and comes back', async () => {
    const answer = await app.visitor().get('/en/compte/donnees');
    expect(answer).toMatchObject({ status: 303, location: '/en/connexion?retour=%2Fen%2Fcompte%2Fdonnees' });
  });

  test('changes name, language and telephone; a wrong telephone is asked again with nothing lost', async () => {
    const email = newEmail();
    await makePerson(app.db, { email });
    const visitor = await app.signedIn(email);
    const wrong = await visitor.post('/fr/compte', { name: 'Nouveau <Nom>', language: 'nl', telephone: 'zéro' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Nouveau &lt;Nom&gt;');
    expect(wrong.text).toContain('href="#f-telephone"');
    const right = await visitor.post('/fr/compte', { name: 'Nouveau', language: 'nl', telephone: '+32 57 00 00 00' });
    expect(right.location).toBe('/nl/compte?fait=1');
    expect(await app.db.selectFrom('person').selectAll().where('email', '=', email).executeTakeFirst()).toMatchObject({
      name: 'Nouveau',
      language: 'nl',
      telephone: '+32 57 00 00 00',
    });
    expect((await visitor.get('/nl/compte?fait=1')).text).toContain('Het is bewaard.');
  });

  test('lists one’s sessions and ends one, or all others; never those of somebody else', async () => {
    const [email, otherEmail] = [newEmail(), newEmail()];
    await makePerson(app.db, { email });
    await makePerson(app.db, { email: otherEmail });
    const visitor = await app.signedIn(email);
    const second = await app.signedIn(email);
    const third = await app.signedIn(email);
    const other = await app.signedIn(otherEmail);
    const sessionOf = async (mail: string) => (await actorByEmail(app.db, mail)).sessionId!;
    const theirs = await sessionOf(otherEmail);
    expect((await visitor.post(`/fr/compte/connexions/${theirs}/retrait`)).status).toBe(404);
    expect((await visitor.post('/fr/compte/connexions/pas-un-id/retrait')).status).toBe(404);
    const ids = [...(await visitor.get('/fr/compte')).text.matchAll(/connexions\/([0-9a-f-]{36})\/retrait/g)];
    expect(ids.length).toBe(2);
    expect((await visitor.post(`/fr/compte/connexions/${ids[0]![1]}/retrait`)).status).toBe(303);
    expect((await visitor.post('/fr/compte/connexions/retrait')).status).toBe(303);
    expect((await second.get('/fr/compte')).status).toBe(303);
    expect((await third.get('/fr/compte')).status).toBe(303);
    expect((await visitor.get('/fr/compte')).status).toBe(200);
    expect((await other.get('/fr/compte')).status).toBe(200);
  });

  test('makes a key shown once, stored hashed, that works until it is deleted by its owner only', async () => {
    const [email, otherEmail] = [newEmail(), newEmail()];
    await makePerson(app.db, { email });
    await makePerson(app.db, { email: otherEmail });
    const visitor = await app.signedIn(email);
    expect((await visitor.post('/fr/compte/cles', { name: 'Site' })).status).toBe(422);
    expect((await visitor.post('/fr/compte/cles', { name: 'Site', scopes: ['admin'] })).status).toBe(422);
    const made = await visitor.post('/fr/compte/cles', { name: 'Site', scopes: ['places:read', 'bookings:write'] });
    const token = /quai_[\w-]{43}/.exec(made.text)![0];
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(await app.db.selectFrom('api_token').selectAll().execute())).not.toContain(token);
    const found = await findToken(app.db, token, monday9);
    expect(found?.actor).toMatchObject({ email, scopes: ['places:read', 'bookings:write'], sessionId: null });
    expect(await findToken(app.db, newToken(), monday9)).toBeUndefined();
    const list = await visitor.get('/fr/compte/cles');
    expect(list.text).not.toContain(token);
    const id = /cles\/([0-9a-f-]{36})\/retrait/.exec(list.text)![1];
    expect((await (await app.signedIn(otherEmail)).post(`/fr/compte/cles/${id}/retrait`)).status).toBe(404);
    expect((await visitor.post(`/fr/compte/cles/${id}/retrait`)).status).toBe(303);
    expect(await findToken(app.db, token, monday9)).toBeUndefined();
  });

  test('the address of the calendar is shown once, and a new one ends the old one', async () => {
    const email = newEmail();
    const person = await makePerson(app.db, { email });
    const visitor = await app.signedIn(email);
    const first = await visitor.post('/fr/compte/agenda');
    const second = await visitor.post('/fr/compte/agenda');
    const address = (text: string) => /http:\/\/localhost:3000\/agenda\/[\w-]{43}\.ics/.exec(text)![0];
    expect(address(first.text)).not.toBe(address(second.text));
    const live = () =>
      app.db
        .selectFrom('calendar_feed')
        .select('id')
        .where('person_id', '=', person.id)
        .where('revoked_at', 'is', null)
        .execute();
    expect(await live()).toHaveLength(1);
    await visitor.post('/fr/compte/agenda/retrait');
    expect(await live()).toHaveLength(0);
  });
});

describe('an organisation', () => {
  const siret = '73282932000074';

  test('is found again by its members by name or number, never by others', async () => {
    const ctx = app.ctx();
    const [mine, theirs] = [await makePerson(app.db), await makePerson(app.db)];
    const first = await findOrCreateOrganisation(ctx, { name: 'Atelier  du Marais', country: 'FR' }, mine.id);
    expect(
      await findOrCreateOrganisation(ctx, { name: 'atelier du marais', country: 'FR', registration: siret }, mine.id),
    ).toBe(first);
    expect(
      await findOrCreateOrganisation(
        ctx,
        { name: 'Autre nom', country: 'FR', registration: '732 829 320 00074' },
        mine.id,
      ),
    ).toBe(first);
    const byName = await findOrCreateOrganisation(ctx, { name: 'Atelier du Marais', country: 'FR' }, theirs.id);
    const byNumber = await findOrCreateOrganisation(
      ctx,
      { name: 'Pirate', country: 'FR', registration: siret },
      theirs.id,
    );
    expect(new Set([first, byName, byNumber]).size).toBe(3);
    const members = await app.db
      .selectFrom('organisation_member')
      .select('person_id')
      .where('organisation_id', '=', first)
      .execute();
    expect(members).toEqual([{ person_id: mine.id }]);
    const entry = await app.db
      .selectFrom('journal')
      .select('data')
      .where('subject_id', '=', byNumber)
      .executeTakeFirstOrThrow();
    expect(entry.data).toEqual({ claimed: first });
  });

  test('with a wrong SIRET is refused, a foreign one is welcome', async () => {
    const person = await makePerson(app.db);
    await expect(
      findOrCreateOrganisation(app.ctx(), { name: 'X', country: 'FR', registration: '73282932000075' }, person.id),
    ).rejects.toThrow('organisation.registration_key');
    await findOrCreateOrganisation(
      app.ctx(),
      { name: 'Bedrijf', country: 'BE', registration: '0403.170.701' },
      person.id,
    );
  });
});
