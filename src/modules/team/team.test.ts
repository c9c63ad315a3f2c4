import { describe, expect, test } from 'vitest';
import { actorByEmail, type Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { typedCodeFor } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import type { Role } from '../../core/schema.ts';
import { revokeRole } from './roles.ts';

const app = useHouse({ max: 6, eachTest: true });
let count = 0;
const newEmail = () => `equipe-${++count}@exemple.fr`;

async function someone(role: Role, siteId: string | null, name = 'Camille Essai') {
  const person = await makePerson(app.db, { email: newEmail(), name });
  const grantId = newId();
  await app.db
    .insertInto('role_grant')
    .values({ id: grantId, person_id: person.id, site_id: siteId, role, granted_by: null, created_at: monday9 })
    .execute();
  return { ...person, email: person.email!, grantId };
}

const liveRoles = (personId: string) =>
  app.db
    .selectFrom('role_grant')
    .select(['role', 'site_id'])
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();

describe('the page of roles', () => {
  test('is not there for visitors, members, the team, nor for another site’s administrator’s rows', async () => {
    const [here, there] = [await makeSite(app.db), await makeSite(app.db)];
    const page = '/fr/gestion/equipe';
    expect((await app.visitor().get(page)).status).toBe(404);
    for (const role of ['member', 'team'] as const) {
      const visitor = await app.signedIn((await someone(role, here.id)).email);
      expect((await visitor.get(page)).status).toBe(404);
      expect(
        (await visitor.post(`${page}/invitations`, { email: 'a@exemple.fr', role: 'team', site: here.id })).status,
      ).toBe(404);
    }
    const colleague = await someone('team', here.id, 'Collègue Ici');
    const stranger = await someone('team', there.id, 'Étranger Là');
    const visitor = await app.signedIn((await someone('administrator', here.id)).email);
    const seen = await visitor.get(page);
    expect(seen.status).toBe(200);
    expect(seen.text).toContain('Collègue Ici');
    expect(seen.text).not.toContain('Étranger Là');
    expect((await visitor.post(`${page}/roles/${stranger.grantId}/retrait`)).status).toBe(404);
    expect(
      (await visitor.post(`${page}/invitations`, { email: 'a@exemple.fr', role: 'team', site: there.id })).status,
    ).toBe(404);
    expect(
      (await visitor.post(`${page}/invitations`, { email: 'a@exemple.fr', role: 'administrator', site: 'all' })).status,
    ).toBe(404);
    expect((await visitor.post(`${page}/groupes`, { name: 'Groupe' })).status).toBe(404);
    expect((await visitor.post(`${page}/appareils`, { name: 'Accueil', site: there.id })).status).toBe(404);
    expect((await visitor.post(`${page}/roles/${colleague.grantId}/retrait`)).status).toBe(303);
    expect(await liveRoles(colleague.id)).toEqual([]);
  });

  test('the last administrator of the territory cannot be removed, nor erase themselves, even two at once', async () => {
    await app.db.updateTable('role_grant').set({ revoked_at: monday9 }).where('site_id', 'is', null).execute();
    const [one, two] = [await someone('administrator', null), await someone('administrator', null)];
    const [first, second] = [await app.signedIn(one.email), await app.signedIn(two.email)];
    const [actorOne, actorTwo] = [await actorByEmail(app.db, one.email), await actorByEmail(app.db, two.email)];
    const outcomes = await Promise.allSettled([
      revokeRole(app.ctx(actorOne), two.grantId),
      revokeRole(app.ctx(actorTwo), one.grantId),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'team.last_administrator',
    });
    const left = (await liveRoles(one.id)).length > 0 ? { ...one, visitor: first } : { ...two, visitor: second };
    const alone = await left.visitor.post(`/fr/gestion/equipe/roles/${left.grantId}/retrait`);
    expect(alone.status).toBe(409);
    expect(alone.text).toContain('dernière personne');
    expect((await left.visitor.post('/fr/compte/effacement', { confirmed: 'on' })).status).toBe(409);
    expect((await left.visitor.get('/fr/compte')).status).toBe(200);
    await expect(revokeRole(app.ctx(), newId())).rejects.toThrow('not_found');
  });
});

describe('an invitation', () => {
  test('goes by mail, shows what it gives, is accepted once, and opens the account', async () => {
    const site = await makeSite(app.db, { name: 'Gare du Marais' });
    const admin = await app.signedIn((await someone('administrator', site.id)).email);
    const email = newEmail();
    const sent = await admin.post('/fr/gestion/equipe/invitations', { email, role: 'team', site: site.id });
    expect(sent.status).toBe(303);
    await app.work();
    const letter = app.letters.at(-1)!;
    expect(letter.to).toBe(email);
    expect(letter.text).toContain('Gare du Marais');
    const link = new URL(/http:\/\/\S+\/invitation\S+/.exec(letter.text)![0]);
    const visitor = app.visitor();
    for (let opened = 0; opened < 2; opened += 1) {
      expect((await visitor.get(link.pathname + link.search)).text).toContain('Gare du Marais');
    }
    const jeton = link.searchParams.get('jeton')!;
    expect((await visitor.post('/fr/invitation', { jeton })).location).toBe('/fr/compte?bienvenue=1');
    const person = await app.db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirstOrThrow();
    expect(await liveRoles(person.id)).toEqual([{ role: 'team', site_id: site.id }]);
    const again = await app.visitor().post('/fr/invitation', { jeton });
    expect(again.status).toBe(422);
    expect((await app.visitor().post('/fr/invitation', { jeton: 'x' })).status).toBe(422);
  });

  test('taken back or older than seven days, it gives nothing', async () => {
    const site = await makeSite(app.db);
    const admin = await app.signedIn((await someone('administrator', site.id)).email);
    const jetons: string[] = [];
    for (let sent = 0; sent < 2; sent += 1) {
      await admin.post('/fr/gestion/equipe/invitations', { email: newEmail(), role: 'team', site: site.id });
      await app.work();
      jetons.push(/jeton=([\w-]+)/.exec(app.letters.at(-1)!.text)![1]!);
    }
    const page = await admin.get('/fr/gestion/equipe');
    const id = /invitations\/([0-9a-f-]{36})\/retrait/.exec(page.text)![1];
    expect((await admin.post(`/fr/gestion/equipe/invitations/${id}/retrait`)).status).toBe(303);
    expect((await app.visitor().post('/fr/invitation', { jeton: jetons[0]! })).status).toBe(422);
    app.now.at = addMinutes(monday9, 7 * 24 * 60 + 1);
    expect((await app.visitor().post('/fr/invitation', { jeton: jetons[1]! })).status).toBe(422);
  });

  test('a wrong e-mail is asked again, filled in', async () => {
    const admin = await app.signedIn((await someone('administrator', null)).email);
    const answer = await admin.post('/fr/gestion/equipe/invitations', {
      email: 'pas-complet',
      role: 'team',
      site: 'all',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="pas-complet"');
  });
});

test('a group is made, filled by e-mail, and emptied, by who administers the territory', async () => {
  const admin = await app.signedIn((await someone('administrator', null)).email);
  const email = newEmail();
  expect((await admin.post('/fr/gestion/equipe/groupes', { name: 'Jeunes pousses' })).status).toBe(303);
  expect((await admin.post('/fr/gestion/equipe/groupes', { name: 'Jeunes pousses' })).status).toBe(409);
  const group = await app.db
    .selectFrom('person_group')
    .selectAll()
    .where('slug', '=', 'jeunes-pousses')
    .executeTakeFirstOrThrow();
  const path = `/fr/gestion/equipe/groupes/${group.id}/membres`;
  expect((await admin.post(path, { email })).status).toBe(303);
  expect((await admin.post(path, { email: 'non' })).status).toBe(422);
  const member = await app.signedIn(email);
  expect((await member.get('/fr/compte')).status).toBe(200);
  const person = await app.db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  expect((await admin.post(`${path}/${person.id}/retrait`)).status).toBe(303);
  expect((await admin.post(`${path}/${person.id}/retrait`)).status).toBe(404);
});

describe('a shared tablet', () => {
  const secret = 'a secret of the tests, thirty-two characters long';

  async function prepared() {
    const site = await makeSite(app.db);
    const admin = await app.signedIn((await someone('administrator', site.id)).email);
    const made = await admin.post('/fr/gestion/equipe/appareils', { name: 'Accueil', site: site.id });
    const id = made.location!.split('/').at(-1)!;
    return { site, admin, id, page: made.location!, code: typedCodeFor(secret, id) };
  }

  async function withPin(siteId: string | null, role: Role, pin: string) {
    const person = await someone(role, siteId, 'Claude Accueil');
    const visitor = await app.signedIn(person.email);
    expect((await visitor.post('/fr/compte/code', { pin })).status).toBe(303);
    return person;
  }

  async function enrolled(code: string): Promise<Visitor> {
    const tablet = app.visitor();
    expect((await tablet.post('/fr/appareil', { code })).status).toBe(303);
    return tablet;
  }

  test('is enrolled once with the code its administrator reads out', async () => {
    const { admin, page, code } = await prepared();
    const shown = await admin.get(page);
    expect(shown.text).toContain(`${code.slice(0, 5)} ${code.slice(5)}`);
    expect(shown.text).toContain('<svg');
    expect((await app.visitor().get(page)).status).toBe(404);
    const tablet = await enrolled(`${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`);
    expect((await tablet.get('/fr/appareil')).text).toContain('Qui êtes-vous');
    expect((await app.visitor().post('/fr/appareil', { code })).status).toBe(422);
    expect((await admin.get(page)).text).not.toContain(code.slice(0, 5));
  });

  test('a code older than half an hour enrols nothing, wrong ones are soon refused', async () => {
    const { code } = await prepared();
    app.now.at = addMinutes(monday9, 31);
    expect((await app.visitor().post('/fr/appareil', { code })).status).toBe(422);
    const statuses = new Set<number>();
    for (let tried = 0; tried < 25; tried += 1) {
      statuses.add((await app.visitor().post('/fr/appareil', { code: `AAAAAAAA${tried}` })).status);
    }
    expect([...statuses]).toEqual([422, 429]);
  });

  test('is used with a name and a PIN, as the team at most, and locks itself after two minutes', async () => {
    const { site, code } = await prepared();
    const person = await withPin(null, 'administrator', '804159');
    const tablet = await enrolled(code);
    expect((await tablet.get('/fr/appareil')).text).toContain('Claude Accueil');
    expect((await tablet.post('/fr/appareil/entree', { person: person.id, pin: '804159' })).status).toBe(303);
    expect((await tablet.get('/fr/appareil')).text).toContain('Verrouiller la tablette');
    expect((await tablet.get('/fr/gestion/equipe')).status).toBe(404);
    expect((await tablet.get('/fr/compte')).status).toBe(403);
    expect((await tablet.post('/fr/compte/effacement', { confirmed: 'on' })).status).toBe(403);
    app.now.at = addMinutes(monday9, 1.5);
    expect((await tablet.get('/fr/appareil')).text).toContain('Verrouiller la tablette');
    app.now.at = addMinutes(monday9, 3);
    expect((await tablet.get('/fr/appareil')).text).toContain('Verrouiller la tablette');
    app.now.at = addMinutes(monday9, 5.1);
    expect((await tablet.get('/fr/appareil')).text).toContain('Qui êtes-vous');
    expect(site.id).toBeTruthy();
  });

  test('five wrong PINs lock it, even the right one then; a new PIN opens it again', async () => {
    const { code, site } = await prepared();
    const person = await withPin(site.id, 'team', '804159');
    const tablet = await enrolled(code);
    const enter = (pin: string) => tablet.post('/fr/appareil/entree', { person: person.id, pin });
    for (let tried = 0; tried < 4; tried += 1) expect((await enter('111222')).status).toBe(422);
    expect((await enter('111222')).status).toBe(403);
    const locked = await enter('804159');
    expect(locked.status).toBe(403);
    expect(locked.text).toContain('Ce code est bloqué');
    await (await app.signedIn(person.email)).post('/fr/compte/code', { pin: '735291' });
    expect((await enter('735291')).status).toBe(303);
  });

  test('says what is missing: a name, or a PIN, which is then no try', async () => {
    const { code, site } = await prepared();
    const person = await withPin(site.id, 'team', '804159');
    const tablet = await enrolled(code);
    const unnamed = await tablet.post('/fr/appareil/entree', { pin: '804159' });
    expect(unnamed.status).toBe(422);
    expect(unnamed.text).toContain('Touchez votre nom.');
    for (let tried = 0; tried < 6; tried += 1) {
      const empty = await tablet.post('/fr/appareil/entree', { person: person.id, pin: '' });
      expect(empty.text).toContain('Tapez votre code à six chiffres.');
      expect(empty.text).toMatch(new RegExp(`value="${person.id}"[^>]* checked`));
    }
    expect((await tablet.post('/fr/appareil/entree', { person: person.id, pin: '804159' })).status).toBe(303);
  });

  test('opens to nobody of another site, nor without being enrolled; revoked, it ends at once', async () => {
    const { admin, code, id, site } = await prepared();
    const elsewhere = await withPin((await makeSite(app.db)).id, 'team', '804159');
    const here = await withPin(site.id, 'team', '804159');
    const tablet = await enrolled(code);
    expect((await tablet.post('/fr/appareil/entree', { person: elsewhere.id, pin: '804159' })).status).toBe(404);
    expect((await app.visitor().post('/fr/appareil/entree', { person: here.id, pin: '804159' })).status).toBe(422);
    await tablet.post('/fr/appareil/entree', { person: here.id, pin: '804159' });
    expect((await admin.post(`/fr/gestion/equipe/appareils/${id}/retrait`)).status).toBe(303);
    expect((await tablet.get('/fr/appareil')).text).toContain('Relier cette tablette');
  });

  test('a PIN that people try first is refused', async () => {
    const visitor = await app.signedIn((await someone('team', null)).email);
    expect((await visitor.post('/fr/compte/code', { pin: '123456' })).status).toBe(422);
    expect((await visitor.post('/fr/compte/code', { pin: 'abc' })).status).toBe(422);
    const inhabitant = await makePerson(app.db, { email: newEmail() });
    expect((await (await app.signedIn(inhabitant.email!)).post('/fr/compte/code', { pin: '804159' })).status).toBe(404);
  });
});
