import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makeCtx, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { cancelRegistration, register } from '../registrations/index.ts';

const app = useHouse({ eachTest: true });

/** Two parts of an event asked for by a visitor in one request: where the mail's link and its code are given. */
async function twoParts() {
  const siteId = (await makeSite(app.db)).id;
  const event = await makeSession(app.db, { siteId, kind: 'event', seats: null });
  const parts = [];
  for (const fr of ['Vannerie ôtée', 'Lecture gardée'])
    parts.push(await makeSession(app.db, { siteId, parentId: event.id, track: fr, title: { fr } }));
  const { registrations } = await register(makeCtx(app.db), {
    sessionIds: parts.map((part) => part.id),
    kind: 'self',
    person: { name: 'Nina', email: 'nina@essai.example' },
    attendees: [{ self: true }],
    channel: 'web',
  });
  await app.work();
  const link = new URL(/https?:\S+\/confirmer\?jeton=\S+/.exec(app.letters.at(-1)!.text)![0]);
  return {
    registrations,
    paths: [link.pathname + link.search, `/fr/inscriptions/${registrations[1]!.reference}/confirmation`],
  };
}

describe('What a visitor is shown to confirm', () => {
  test('by the link or the code, is what the team has not cancelled of it', async () => {
    const { registrations, paths } = await twoParts();
    await cancelRegistration(app.ctx(), { registration: registrations[0]!.id, cause: 'team', reason: 'travaux' });
    for (const path of paths) {
      const page = await app.visitor().get(path);
      expect(page).toMatchObject({ status: 200 });
      expect(seen(page.text)).toContain('Lecture gardée');
      expect(seen(page.text)).not.toContain('Vannerie ôtée');
    }
  });
});

test('Once confirmed, a wrong code shows nothing of it: whoever read a reference learns neither what it is nor the e-mail', async () => {
  const { registrations, paths } = await twoParts();
  const [link, code] = paths as [string, string];
  const jeton = new URL(link, 'http://x').searchParams.get('jeton')!;
  expect((await app.visitor().post('/fr/inscriptions/confirmer', { jeton })).status).toBe(303);
  for (const { reference } of registrations) {
    const page = await app.visitor().post(code.replace(/[^/]+(?=\/confirmation)/, reference), { code: '000000' });
    expect(page.status).toBe(422);
    expect(seen(page.text)).toContain('Ce code n’est pas le bon');
    expect(seen(page.text)).not.toMatch(/Vannerie|Lecture|essai\.example/);
  }
});

test('Right codes are no attempts: a hall full of people behind one address confirms, and wrong ones are still slowed down', async () => {
  const { paths } = await twoParts();
  const jeton = new URL(paths[0]!, 'http://x').searchParams.get('jeton')!;
  const visitor = app.visitor();
  for (let person = 0; person < 65; person += 1)
    expect((await visitor.post('/fr/inscriptions/confirmer', { jeton })).status).toBe(303);
  const wrong = async () => (await visitor.post(paths[1]!, { code: '000000' })).status;
  const said = new Set<number>();
  for (let tried = 0; tried < 65; tried += 1) said.add(await wrong());
  expect(said).toEqual(new Set([422, 429]));
});

test.each([
  ['fr', 'Votre nom', 'À votre nom\u00a0: Odile.'],
  ['nl', 'Uw naam', 'Op naam van Odile.'],
  ['en', 'Your name', 'In the name of Odile.'],
] as const)(
  'The form says in %s in whose name it registers, and asks whoever has none',
  async (locale, asked, named) => {
    const { reference } = await makeSession(app.db, { siteId: (await makeSite(app.db)).id });
    for (const [name, said] of [
      ['', `for="f-nom">${asked}</label>`],
      ['Odile', `<p>${named}</p>`],
    ] as const) {
      const person = await makePerson(app.db, { name });
      const page = await (await app.signedIn(person.email!)).get(`/${locale}/agenda/${reference}/inscription`);
      expect(page.text).toContain(said);
    }
  },
);
