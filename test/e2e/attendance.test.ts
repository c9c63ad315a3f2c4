import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { registrationKey } from '../../src/core/codes.ts';
import { makeSession } from '../harness/agenda.ts';
import { makeRegistration } from '../harness/attendance.ts';
import { useBrowser } from '../harness/browser.ts';
import { read, signIn } from '../harness/journey.ts';
import { at, makeAccount, makePerson } from '../harness/make.ts';
import { expectFit, newPerson } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shootAll } from '../harness/shots.ts';

const day = '2026-11-28';

const app = useServed();
const browser = useBrowser();

/** A workshop of Saturday afternoon at La Station: a mother and her son, a class of four, somebody alone. */
async function workshop() {
  app.now.at = at(day, '14:05');
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const session = await makeSession(app.db, { siteId: site.id, title: { fr: 'Coder un jeu' } });
  const alice = await makePerson(app.db, { name: 'Alice Warin' });
  const own = await makeRegistration(app.db, session.id, {
    person: alice,
    kind: 'household',
    seats: [{ self: true }, { name: 'Malo', birthYear: 2016, minor: true }],
  });
  const teacher = await makePerson(app.db, { name: 'École Jules-Verne' });
  await makeRegistration(app.db, session.id, { person: teacher, kind: 'group', seats: [{}, {}, {}, {}] }, 3);
  const bruno = await makePerson(app.db, { name: 'Bruno Ziegler' });
  await makeRegistration(app.db, session.id, { person: bruno }, 7);
  return { session, own, url: `${app.url}/fr/presence/${session.reference}` };
}

/** Draws with the pointer, as a finger would. */
async function draw(page: Page): Promise<void> {
  await page.locator('canvas').scrollIntoViewIfNeeded();
  const box = (await page.locator('canvas').boundingBox())!;
  const to = (x: number, y: number) => page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 });
  await to(0.1, 0.6);
  await page.mouse.down();
  for (const [x, y] of [
    [0.25, 0.2],
    [0.35, 0.8],
    [0.5, 0.3],
    [0.7, 0.7],
  ] as const)
    await to(x, y);
  await page.mouse.up();
}

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('who is there is noted on a phone, signed, locked and opened down to the row, %s', async (_, javaScript) => {
  const { own, url } = await workshop();
  const { page, problems } = await newPerson(browser, { javaScript });
  await signIn(app, page, 'equipe@quai.example');
  await page.goto(`${app.url}/fr/equipe/la-station?jour=${day}`);
  await page.getByRole('link', { name: 'Ouvrir la liste : Coder un jeu' }).first().click();
  await page.waitForURL(/\/presence\//);
  await page.goto(url);
  if (javaScript) await expectFit(page);

  // One tap each.
  await page.getByRole('button', { name: 'Présent Malo' }).click();
  await page.locator('.roll-row.is-present', { hasText: 'Malo' }).waitFor();
  await page.getByRole('button', { name: 'Absent Bruno Ziegler' }).click();
  await page.locator('.roll-row.is-absent', { hasText: 'Bruno Ziegler' }).waitFor();
  await page.getByLabel('Combien sont là ?').fill('3');
  await page.getByRole('button', { name: 'Noter ce nombre' }).click();
  await page.locator('.roll-row', { hasText: '3 sur 4 présents' }).waitFor();
  const plus = page.getByRole('button', { name: 'Compter une personne, 60 à 69 ans' });
  await plus.click();
  const tally = page.locator('.roll-band', { hasText: '60 à 69 ans' }).locator('.roll-tally');
  await expect.poll(() => tally.innerText()).toBe('1');
  await page.waitForTimeout(400);
  await plus.click();
  await expect.poll(() => tally.innerText()).toBe('2');
  await page.getByRole('button', { name: 'Retirer une personne, 60 à 69 ans' }).click();
  await expect.poll(() => tally.innerText()).toBe('1');
  await page.locator('summary', { hasText: 'Ajouter une personne à la porte' }).click();
  await page.getByLabel('Prénom et nom').fill('Odile Porte');
  await page.getByRole('button', { name: 'Ajouter, présente' }).click();
  await page.locator('.roll-row.is-present', { hasText: 'Odile Porte' }).waitFor();
  await shootAll(page, `roll-${javaScript}`);
  if (javaScript) await expectFit(page);

  // The tablet is handed over to be signed.
  await page.getByRole('link', { name: 'Faire signer Alice Warin' }).click();
  await page.waitForURL(/signature/);
  if (javaScript) {
    await expectFit(page);
    expect(await page.getByRole('button', { name: 'Enregistrer ma signature' }).isDisabled()).toBe(true);
    await draw(page);
    await shootAll(page, 'sign');
    await page.getByRole('button', { name: 'Enregistrer ma signature' }).click();
    await page.getByText('Alice Warin : signature enregistrée.').waitFor();
    await expectFit(page);
  } else {
    await page.getByText('Cet écran ne peut pas recevoir de signature.').waitFor();
    await page.getByRole('button', { name: 'Signé sur papier' }).click();
    await page.getByText('La personne a signé la feuille imprimée').first().waitFor();
  }
  const marks = app.db.selectFrom('attendance').selectAll().where('attendee_id', '=', own.attendees[0]!);
  expect(await marks.execute()).toMatchObject([{ state: 'present', mode: 'signature', minutes: 120 }]);

  // The door's poster, then the sheet: locked once it is over.
  await page.goto(`${url}/affiche`);
  if (javaScript) await expectFit(page);
  await shootAll(page, `poster-${javaScript}`);
  app.now.at = at(day, '16:30');
  await page.goto(`${url}/feuille`);
  expect(await read(page)).toContain('Présences (personnes × demi-journées)');
  if (javaScript) {
    await expectFit(page);
    await draw(page);
  }
  await shootAll(page, `sheet-${javaScript}`);
  await page.getByRole('button', { name: 'Contresigner et verrouiller' }).click();
  await page.getByText('Édition 1, verrouillée le').waitFor();
  const href = await page.getByRole('link', { name: 'Ouvrir l’édition 1 (PDF)' }).getAttribute('href');
  const file = await page.request.get(app.url + href);
  expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf']);
  expect((await file.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  if (javaScript) await expectFit(page);

  // From the month's total, click by click, down to the row.
  await page.goto(`${app.url}/fr/preuves?mois=2026-11`);
  if (javaScript) await expectFit(page);
  await shootAll(page, `month-${javaScript}`);
  await page.locator('table a[href*="/preuves/la-station"]').first().click();
  await page.waitForURL(/preuves\/la-station/);
  if (javaScript) await expectFit(page);
  await page.getByRole('link', { name: 'Coder un jeu' }).last().click();
  await page.waitForURL(/feuille/);
  await page.locator('tr', { hasText: 'Malo' }).first().waitFor();
  expect(problems).toEqual([]);
});

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('people say that they are there, then whether it was useful, and the team sees to it, %s', async (_, javaScript) => {
  const { own } = await workshop();
  const cle = registrationKey(app.ctx().secret, own.id);
  const { page, problems } = await newPerson(browser, { javaScript });
  await page.goto(`${app.url}/fr/presence/moi/${own.reference}?cle=${cle}`);
  if (javaScript) await expectFit(page);
  await page.getByRole('button', { name: 'Nous sommes tous là' }).click();
  await page.getByText('présence notée').waitFor();
  app.now.at = at(day, '17:00');
  await page.goto(`${app.url}/fr/avis/${own.reference}?cle=${cle}`);
  if (javaScript) await expectFit(page);
  await shootAll(page, `ask-${javaScript}`);
  await page.getByRole('button', { name: 'Un peu' }).click();
  await page.getByText('Votre réponse : Un peu.').waitFor();
  await page.getByLabel('Un mot de plus pour l’équipe').fill('On n’entendait pas bien.');
  await page.getByRole('button', { name: 'Envoyer ce mot' }).click();
  await page.getByText('Votre réponse : Un peu.').waitFor();
  if (javaScript) await expectFit(page);

  const team = await newPerson(browser, { javaScript });
  await signIn(app, team.page, 'equipe@quai.example');
  await team.page.goto(`${app.url}/fr/equipe/la-station`);
  await team.page.getByRole('link', { name: 'Voir les avis' }).click();
  await team.page.getByText('On n’entendait pas bien.').first().waitFor();
  if (javaScript) await expectFit(team.page);
  await shootAll(team.page, `answers-${javaScript}`);
  const answer = team.page.locator('.answer', { hasText: 'On n’entendait pas bien.' }).first();
  await answer.getByLabel('Ce qui a été fait').fill('Rappelée : micro demandé.');
  await answer.getByRole('button', { name: 'C’est traité' }).click();
  await team.page.getByText('Rappelée : micro demandé.').first().waitFor();
  expect([...problems, ...team.problems]).toEqual([]);
});

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a trainer from elsewhere opens the list of what they lead, and says who came late, %s', async (_, javaScript) => {
  const { session, own, url } = await workshop();
  const trainer = await makePerson(app.db, { name: 'Théo Dehors' });
  await app.db.insertInto('session_leader').values({ session_id: session.id, person_id: trainer.id }).execute();
  await makeAccount(app.db, trainer.id);
  const { page, problems } = await newPerson(browser, { javaScript });
  await signIn(app, page, trainer.email!);
  await page.goto(`${app.url}/fr/compte`);
  await page.getByRole('link', { name: 'Ouvrir la liste des présences Coder un jeu' }).click();
  await page.waitForURL(url);
  await page.getByRole('button', { name: 'Présent Malo' }).click();
  const row = page.locator('.roll-row.is-present', { hasText: 'Malo' });
  await row.waitFor();
  await row.locator('summary').click();
  await row.getByLabel('Heure d’arrivée').fill('14:20');
  if (javaScript) await expectFit(page);
  await row.getByRole('button', { name: 'Enregistrer ces heures Malo' }).click();
  await expect.poll(async () => (await read(page)).replace(/\s/g, ' ')).toContain('14 h 20 – 16 h, soit 1 h 40');
  const marks = app.db.selectFrom('attendance').select(['minutes', 'replaced_at']);
  const rows = await marks.where('attendee_id', '=', own.attendees[1]!).orderBy('recorded_at').execute();
  expect(rows.map((one) => one.minutes).sort()).toEqual([100, 120]);
  expect(await read(page)).not.toContain('Feuille d’émargement');
  if (javaScript) await expectFit(page);
  expect(problems).toEqual([]);
});
