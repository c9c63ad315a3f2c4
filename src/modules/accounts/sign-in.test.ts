import { describe, expect, test } from 'vitest';
import { makeApp, type Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { newId, newToken } from '../../core/ids.ts';

const app = useHouse({ eachTest: true });
const lastCode = () => /\b\d{6}\b/.exec(app.letters.at(-1)!.text)![0];
const lastLink = () => new URL(/http:\/\/\S+\/connexion\/lien\S+/.exec(app.letters.at(-1)!.text)![0]);

async function ask(visitor: Visitor, email: string, more: Record<string, string> = {}) {
  const answer = await visitor.post('/fr/connexion', { email, ...more });
  await app.work();
  return answer;
}

describe('signing in', () => {
  test('a newcomer types an e-mail, then the code of the mail, gives a name, and is at home', async () => {
    const visitor = app.visitor({ 'user-agent': 'Mozilla/5.0 (Android 14; Mobile) Firefox/132.0' });
    const asked = await ask(visitor, ' Lea@Exemple.FR ', { retour: '/fr/trouver?quoi=laser' });
    expect(asked).toMatchObject({ status: 303, location: '/fr/connexion/code?retour=%2Ffr%2Ftrouver%3Fquoi%3Dlaser' });
    expect(app.letters.at(-1)).toMatchObject({ to: 'lea@exemple.fr', language: 'fr' });
    const entered = await visitor.post('/fr/connexion/code', { code: lastCode(), retour: '/fr/trouver?quoi=laser' });
    expect(entered.status).toBe(303);
    expect(entered.location).toBe('/fr/compte?bienvenue=1&retour=%2Ffr%2Ftrouver%3Fquoi%3Dlaser');
    const cookie = entered.headers.getSetCookie().find((line) => line.startsWith('quai_session='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    const page = await visitor.get(entered.location!);
    expect(page.text).toContain('Comment vous appelez-vous');
    const named = await visitor.post('/fr/compte', { name: 'Léa', language: 'fr', retour: '/fr/trouver?quoi=laser' });
    expect(named.location).toBe('/fr/trouver?quoi=laser');
    expect((await visitor.get('/fr/compte')).text).toContain('Firefox, Android');
  });

  test('the answer is the same for an e-mail that is known and one that is not', async () => {
    await makePerson(app.db, { email: 'connue@exemple.fr' });
    const pages = [];
    for (const email of ['connue@exemple.fr', 'inconnue@exemple.fr']) {
      const visitor = app.visitor();
      const asked = await ask(visitor, email);
      pages.push([asked.status, asked.location, (await visitor.get(asked.location!)).text]);
    }
    expect(pages[0]).toEqual(pages[1]);
  });

  test('over https the cookie is Secure and bears the prefix __Host-', async () => {
    const https = await makeApp(app.db, { publicUrl: 'https://quai.exemple.fr' });
    const visitor = https.visitor({ origin: 'https://quai.exemple.fr' });
    const asked = await visitor.post('/fr/connexion', { email: 'https@exemple.fr' });
    expect(asked.headers.getSetCookie().join()).toMatch(/__Host-quai_code=[^;]+;.*Path=\/;.*Secure/);
  });

  test('the link shows a button first: a mail scanner that opens it uses nothing', async () => {
    await ask(app.visitor(), 'lien@exemple.fr');
    const link = lastLink();
    for (let opened = 0; opened < 3; opened += 1) {
      const page = await app.visitor().get(link.pathname + link.search);
      expect(page.status).toBe(200);
      expect(page.text).toContain('lien@exemple.fr');
    }
    const other = app.visitor();
    const jeton = link.searchParams.get('jeton')!;
    const entered = await other.post('/fr/connexion/lien', { jeton });
    expect(entered.status).toBe(303);
    expect((await other.get('/fr/compte')).status).toBe(200);
    const again = await app.visitor().post('/fr/connexion/lien', { jeton });
    expect(again.status).toBe(422);
    expect(again.text).toContain('Ce lien ne sert plus');
    expect((await app.visitor().get(link.pathname + link.search)).status).toBe(422);
  });

  test('a code serves once, and the link of the same mail not after it', async () => {
    const visitor = app.visitor();
    await ask(visitor, 'fois@exemple.fr');
    const replay = app.visitor();
    const codeId = (
      await app.db
        .selectFrom('email_code')
        .select('id')
        .where('email', '=', 'fois@exemple.fr')
        .executeTakeFirstOrThrow()
    ).id;
    replay.setCookie('quai_code', codeId);
    expect((await visitor.post('/fr/connexion/code', { code: lastCode() })).status).toBe(303);
    const refused = await replay.post('/fr/connexion/code', { code: lastCode() });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Ce code ne sert plus');
    expect((await replay.post('/fr/connexion/lien', { jeton: lastLink().searchParams.get('jeton')! })).status).toBe(
      422,
    );
  });

  test('a code sent five times at once opens one session', async () => {
    const visitor = app.visitor();
    await ask(visitor, 'course@exemple.fr');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => visitor.post('/fr/connexion/code', { code: lastCode() })),
    );
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  });

  test('after 15 minutes neither code nor link serves', async () => {
    const visitor = app.visitor();
    await ask(visitor, 'tard@exemple.fr');
    app.now.at = addMinutes(monday9, 16);
    expect((await visitor.post('/fr/connexion/code', { code: lastCode() })).status).toBe(422);
    expect((await visitor.post('/fr/connexion/lien', { jeton: lastLink().searchParams.get('jeton')! })).status).toBe(
      422,
    );
  });

  test('five wrong codes end a code: the right one then comes too late', async () => {
    const visitor = app.visitor();
    await ask(visitor, 'cinq@exemple.fr');
    const right = lastCode();
    const wrong = right === '000000' ? '111111' : '000000';
    for (let left = 4; left >= 1; left -= 1) {
      const answer = await visitor.post('/fr/connexion/code', { code: wrong });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(left === 1 ? 'Il vous reste 1 essai' : `Il vous reste ${left} essais`);
    }
    expect((await visitor.post('/fr/connexion/code', { code: wrong })).text).toContain('Ce code ne sert plus');
    expect((await visitor.post('/fr/connexion/code', { code: right })).status).toBe(422);
  });

  test('1,000 wrong codes meet clear refusals, never an error, and nobody gets in', async () => {
    const visitor = app.visitor();
    await ask(visitor, 'mille@exemple.fr');
    const right = lastCode();
    const statuses = new Map<number, number>();
    for (let tried = 0; tried < 1000; tried += 1) {
      const code = String(tried).padStart(6, '0');
      if (code === right) continue;
      const { status } = await visitor.post('/fr/connexion/code', { code });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()].sort()).toEqual([422, 429]);
    const last = await visitor.post('/fr/connexion/code', { code: right });
    expect(last.status).toBe(429);
    expect(last.text).toContain('Trop d’essais');
  });

  test('six requests for one e-mail in a quarter of an hour are one too many, whoever asks', async () => {
    for (let asked = 0; asked < 5; asked += 1) {
      expect((await app.visitor().post('/fr/connexion', { email: 'six@exemple.fr' })).status).toBe(303);
    }
    expect((await app.visitor().post('/fr/connexion', { email: 'six@exemple.fr' })).status).toBe(429);
    app.now.at = addMinutes(monday9, 16);
    expect((await app.visitor().post('/fr/connexion', { email: 'six@exemple.fr' })).status).toBe(303);
  });

  test.each([
    '//evil.example/fr',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
  ])('never leads to another site: %s', async (retour) => {
    const visitor = app.visitor();
    const asked = await ask(visitor, `${newId()}@exemple.fr`, { retour });
    expect(asked.location).toBe('/fr/connexion/code');
    expect(lastLink().searchParams.get('retour')).toBeNull();
    const entered = await visitor.post('/fr/connexion/code', { code: lastCode(), retour });
    expect(entered.location).toBe('/fr/compte?bienvenue=1');
    const shown = await app.visitor().get(`/fr/connexion?${new URLSearchParams({ retour })}`);
    expect(shown.text).not.toContain('name="retour"');
  });

  test.each([
    '',
    'pas une adresse',
    'a@b',
    `${'a'.repeat(300)}@exemple.fr`,
    '\u0000@exemple.fr',
    '<script>@exemple.fr',
  ])('the e-mail %j is asked again, filled in and escaped', async (email) => {
    const answer = await app.visitor().post('/fr/connexion', { email });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('<script>@');
    expect(answer.text).toContain('aria-invalid="true"');
  });

  test('a form from another site is refused', async () => {
    const answer = await app
      .visitor()
      .post(
        '/fr/connexion',
        { email: 'a@exemple.fr' },
        { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      );
    expect(answer.status).toBe(403);
  });

  test('signing in changes the session, so that one fixed beforehand is worth nothing', async () => {
    await makePerson(app.db, { email: 'avant@exemple.fr' });
    const visitor = await app.signedIn('avant@exemple.fr');
    await ask(visitor, 'apres@exemple.fr');
    const sessions = () =>
      app.db
        .selectFrom('account_session as s')
        .innerJoin('account as a', 'a.id', 's.account_id')
        .innerJoin('person as p', 'p.id', 'a.person_id')
        .select('s.revoked_at')
        .where('p.email', '=', 'avant@exemple.fr')
        .execute();
    expect(await sessions()).toEqual([{ revoked_at: null }]);
    await visitor.post('/fr/connexion/code', { code: lastCode() });
    expect(await sessions()).toEqual([{ revoked_at: monday9 }]);
  });

  test('signing out ends the session on the server too', async () => {
    await makePerson(app.db, { email: 'sortie@exemple.fr' });
    const visitor = await app.signedIn('sortie@exemple.fr');
    const stolen = await app.signedIn('sortie@exemple.fr');
    expect((await visitor.post('/nl/deconnexion')).location).toBe('/nl');
    expect((await visitor.get('/fr/compte')).status).toBe(303);
    expect((await stolen.get('/fr/compte')).status).toBe(200);
  });

  test.each([newToken(), 'x', '', '../../etc/passwd', '\u00e9', 'a'.repeat(4000)])(
    'a forged session %j is nobody',
    async (token) => {
      const visitor = app.visitor();
      visitor.setCookie('quai_session', encodeURIComponent(token));
      expect((await visitor.get('/fr/compte')).location).toBe('/fr/connexion?retour=%2Ffr%2Fcompte');
    },
  );

  test('a session is over after 30 days without use, and for an account that was closed', async () => {
    const person = await makePerson(app.db, { email: 'vieille@exemple.fr' });
    const visitor = await app.signedIn('vieille@exemple.fr');
    app.now.at = addMinutes(monday9, 31 * 24 * 60);
    expect((await visitor.get('/fr/compte')).status).toBe(303);
    app.now.at = monday9;
    await app.db.updateTable('account').set({ disabled_at: monday9 }).where('person_id', '=', person.id).execute();
    expect((await visitor.get('/fr/compte')).status).toBe(303);
  });

  test('the mail is in the language of the page, Dutch words and all', async () => {
    await app.visitor().post('/nl/connexion', { email: 'piet@voorbeeld.be' });
    await app.work();
    expect(app.letters.at(-1)).toMatchObject({ language: 'nl', to: 'piet@voorbeeld.be' });
    expect(app.letters.at(-1)?.subject).toContain('uw code om aan te melden');
    expect(lastLink().pathname).toBe('/nl/connexion/lien');
  });

  test('nothing stored gives a code or a link away', async () => {
    await ask(app.visitor(), 'secret@exemple.fr');
    const stored = JSON.stringify([
      await app.db.selectFrom('email_code').selectAll().execute(),
      await app.db.selectFrom('outbox').selectAll().execute(),
    ]);
    expect(stored).not.toContain(lastCode());
    expect(stored).not.toContain(lastLink().searchParams.get('jeton'));
  });
});
