import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { codeInMail, lastLetter, read, signIn } from '../harness/journey.ts';
import { desktop, expectFit, newPerson, oldPhone, phone, sideways } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shoot } from '../harness/shots.ts';

const app = useServed();
const browser = useBrowser();
let looked = 0;

beforeAll(async () => {
  // Only what these journeys write down: the demonstration has its own.
  await app.db.deleteFrom('appointment_offer').execute();
  await app.db.updateTable('appointment_reason').set({ archived_at: app.now.at }).execute();
  await app.db.deleteFrom('presence').execute();
});

/** The same page with scripts, as wide as the phone it is made for, and on the narrowest. */
async function lookAt(page: Page, looker: Page, name: string): Promise<void> {
  await looker.context().addCookies(await page.context().cookies());
  await looker.goto(page.url());
  await expectFit(looker);
  looked += 1;
  await shoot(looker, `${looked}-${name}`);
  await looker.setViewportSize(oldPhone);
  expect(await sideways(looker), page.url()).toEqual([]);
  await looker.setViewportSize(phone);
}

test('The team writes why one comes and who receives, and opens a month in two places', async () => {
  const { page, problems } = await newPerson(browser, { screen: desktop, javaScript: false });
  const { page: looker } = await newPerson(browser, { screen: phone });
  await signIn(app, page, 'admin@quai.example');
  await page.goto(`${app.url}/fr/permanences/sujets`);
  await page.getByRole('link', { name: 'Ajouter un sujet' }).click();
  await page.getByLabel('Le sujet, comme on le dirait', { exact: true }).fill('Un dossier de retraite');
  await page.getByLabel('Quoi apporter', { exact: false }).first().fill('Votre relevé de carrière');
  await lookAt(page, looker, 'sujet');
  await page.getByRole('button', { name: 'Ajouter ce sujet' }).click();
  expect(await read(page)).toContain('Un dossier de retraite');
  await lookAt(page, looker, 'sujets');
  await page.goto(`${app.url}/fr/permanences/equipe`);
  await lookAt(page, looker, 'equipe');
  const nadia = page.getByRole('link', { name: 'Modifier Nadia Ferlin' });
  if (await nadia.count()) await nadia.click();
  else {
    await page.getByRole('link', { name: 'Ajouter une personne qui reçoit' }).click();
    await page.getByLabel('Personne', { exact: true }).selectOption({ label: 'Nadia Ferlin' });
  }
  await page.getByLabel('Un dossier de retraite').check();
  await lookAt(page, looker, 'personne');
  await page.getByRole('button', { name: /Ajouter cette personne|Enregistrer/ }).click();
  expect(await read(page)).toContain('Nadia Ferlin');
  expect(problems).toEqual([]);
});

test('The mediator opens next month, after a look at what it gives', async () => {
  const { page, problems } = await newPerson(browser, { screen: desktop, javaScript: false });
  const { page: looker } = await newPerson(browser, { screen: phone });
  await signIn(app, page, 'equipe@quai.example');
  await page.goto(`${app.url}/fr/permanences`);
  await lookAt(page, looker, 'semaine-vide');
  await page.getByRole('link', { name: 'Ouvrir des rendez-vous' }).first().click();
  await page.getByLabel('Du', { exact: false }).first().fill('2026-11-24');
  await page.getByLabel('Au', { exact: false }).first().fill('2026-12-31');
  await page.getByLabel('Un dossier de retraite').check();
  const lines = [
    ['La Station', 'mardi', '09:00', '12:00'],
    ['Le bus', 'mardi', '13:30', '17:30'],
    ['La Station', 'vendredi', '09:00', '12:00'],
  ];
  for (const [index, [place, day, from, to]] of lines.entries()) {
    const line = page.getByRole('group', { name: `Ligne ${index + 1}` });
    await line.getByLabel('Lieu').selectOption({ label: place! });
    await line.getByLabel('Jour').selectOption({ label: day! });
    await line.getByLabel('De', { exact: true }).fill(from!);
    await line.getByLabel('À', { exact: true }).fill(to!);
  }
  await page.getByRole('button', { name: 'Voir ce que cela donne' }).click();
  expect(await read(page)).toContain('Ce que cela donne');
  expect(await read(page)).toMatch(/\d+ rendez-vous de 45 min/);
  await expectFit((await newPerson(browser)).page).catch(() => undefined);
  await shoot(page, 'ouvrir-apercu');
  await page.getByRole('button', { name: 'Ouvrir ces rendez-vous' }).click();
  expect(await read(page)).toContain('C’est ouvert');
  await lookAt(page, looker, 'semaine');
  await page.goto(`${app.url}/fr/permanences/ouvrir`);
  await lookAt(page, looker, 'ouvrir');
  expect(problems).toEqual([]);
});

test('An inhabitant takes a time on a small phone without JavaScript, moves it and gives it back', async () => {
  const { page, problems } = await newPerson(browser, { screen: phone, javaScript: false });
  const { page: looker } = await newPerson(browser, { screen: phone });
  await page.goto(`${app.url}/fr`);
  await page.getByRole('link', { name: 'Se faire aider' }).click();
  await lookAt(page, looker, 'accueil-aide');
  await page.getByRole('link', { name: 'Un dossier de retraite' }).click();
  await page.getByLabel('Ma commune').fill('Saint-Omer (62500)');
  await page.getByRole('button', { name: 'Chercher' }).click();
  expect(await read(page)).toMatch(/\d+ rendez-vous possibles dans les 7 jours/);
  await lookAt(page, looker, 'heures');
  await page
    .getByRole('link', { name: /^9 h mardi 24 novembre/ })
    .first()
    .click();
  expect(await read(page)).toContain('Votre relevé de carrière');
  await lookAt(page, looker, 'prendre');
  await page.getByRole('button', { name: /Garder 9 h/ }).click();
  expect(await read(page)).toContain('Ce champ est nécessaire.');
  await page.getByLabel('Votre nom').fill('Rose Martin');
  await page.getByLabel('Votre adresse e-mail').fill('rose@essai.example');
  await page.getByRole('button', { name: /Garder 9 h/ }).click();
  await page.getByLabel(/code/i).fill(await codeInMail(app));
  await page.locator('main form button').first().click();
  expect(await read(page)).toContain('nous vous attendons');
  expect(await read(page)).toContain('Votre relevé de carrière');
  await lookAt(page, looker, 'mon-rendez-vous');
  const letter = await lastLetter(app);
  expect(letter.subject).not.toMatch(/retraite/);
  expect(letter.text).toContain('Votre relevé de carrière');
  await page.getByRole('link', { name: 'Changer d’heure ou de lieu' }).click();
  await lookAt(page, looker, 'changer');
  await page
    .getByRole('button', { name: /^9 h vendredi 27 novembre/ })
    .first()
    .click();
  await lookAt(page, looker, 'changer-sur');
  await page.getByRole('button', { name: 'Déplacer au vendredi 27 novembre' }).click();
  expect(await read(page)).toContain('C’est changé');
  expect(await read(page)).toContain('vendredi 27 novembre');
  await page.getByRole('link', { name: 'Annuler ce rendez-vous' }).click();
  await lookAt(page, looker, 'annuler-sur');
  await page.getByRole('button', { name: 'Annuler ce rendez-vous' }).click();
  expect(await read(page)).toContain('C’est annulé');
  await lookAt(page, looker, 'annule');
  expect(problems).toEqual([]);
});

test('The team takes one by telephone in three gestures, and an absence says whom to call', async () => {
  const { page, problems } = await newPerson(browser, { screen: phone });
  await signIn(app, page, 'equipe@quai.example');
  await page.goto(`${app.url}/fr/rendez-vous?raison=un-dossier-de-retraite`);
  await page
    .getByRole('link', { name: /^9 h vendredi 27 novembre/ })
    .first()
    .click();
  await page.getByLabel('Nom de la personne').fill('Yvette Leroy');
  await page.getByLabel('Son téléphone').fill('03 21 00 00 09');
  await page.getByRole('button', { name: 'Prendre rendez-vous à 9 h' }).click();
  expect(await read(page)).toContain('Yvette Leroy');
  await expectFit(page);
  await page.goto(`${app.url}/fr/permanences`);
  expect(await read(page)).toContain('Yvette Leroy');
  await expectFit(page);
  await shoot(page, 'semaine-prise');
  await page.getByRole('link', { name: 'Noter une absence' }).click();
  await page.getByLabel('Du', { exact: false }).first().fill('2026-11-27');
  await page.getByLabel('Au', { exact: false }).first().fill('2026-11-27');
  await page.getByRole('button', { name: 'Noter cette absence' }).click();
  expect(await read(page)).toContain('1 rendez-vous touché');
  await expectFit(page);
  await shoot(page, 'absence');
  await page
    .getByRole('button', { name: /^Déplacer au/ })
    .first()
    .click();
  expect(await read(page)).toContain('Le rendez-vous est déplacé');
  expect(await read(page)).toContain('Aucun rendez-vous n’est touché');
  expect(problems).toEqual([]);
});

test('A relay takes one for a resident, sees that commune alone and prints its poster', async () => {
  const { page, problems } = await newPerson(browser, { screen: phone, javaScript: false });
  const { page: looker } = await newPerson(browser, { screen: phone });
  await signIn(app, page, 'admin@quai.example');
  await page.goto(`${app.url}/fr/gestion/relais`);
  await page.getByLabel('Adresse e-mail de la personne').fill('habitant@quai.example');
  await page.getByLabel('Sa commune').fill('Fauquembergues (62560)');
  await page.getByRole('button', { name: 'En faire un relais' }).click();
  expect(await read(page)).toContain('Fauquembergues');
  await lookAt(page, looker, 'relais-admin');
  await page.context().clearCookies();
  await looker.context().clearCookies();
  await signIn(app, page, 'habitant@quai.example');
  await page.goto(`${app.url}/fr/compte`);
  await page.getByRole('link', { name: 'Prendre rendez-vous pour les habitants de Fauquembergues' }).click();
  await page.getByRole('link', { name: 'Prendre un rendez-vous pour un habitant' }).click();
  await page.getByRole('link', { name: 'Un dossier de retraite' }).click();
  await page.locator('a.slot').first().click();
  await page.getByLabel('Nom de la personne').fill('Marcel Caron');
  await page.getByRole('button', { name: /Prendre rendez-vous à/ }).click();
  expect(await read(page)).toContain('Marcel Caron');
  expect(await read(page)).not.toContain('retraite');
  expect(await read(page)).not.toContain('Yvette');
  await lookAt(page, looker, 'relais');
  await page.getByRole('link', { name: 'L’affiche de la commune' }).click();
  await lookAt(page, looker, 'affiche');
  await page.goto(`${app.url}/fr/relais`);
  await page.getByRole('link', { name: 'Inscrire un habitant à une séance' }).click();
  await lookAt(page, looker, 'relais-seances');
  expect((await page.request.get(`${app.url}/fr/relais/62765`)).status()).toBe(404);
  await page.goto(`${app.url}/fr/relais`);
  await page
    .getByRole('link', { name: /^Annuler/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Annuler et la prévenir' }).click();
  expect(await read(page)).toContain('C’est annulé');
  expect(problems).toEqual([]);
});
