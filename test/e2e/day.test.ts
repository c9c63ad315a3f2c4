import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { signIn } from '../harness/journey.ts';
import { at, monday9 } from '../harness/make.ts';
import { desktop, expectFit, newPerson, oldPhone } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shootAll } from '../harness/shots.ts';

const app = useServed();
const browser = useBrowser();

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the team welcomes, notes an absence, books by telephone and calls on the eve, %s', async (_, javaScript) => {
  app.now.at = at('2026-11-23', '10:20');
  const { page, problems } = await newPerson(browser, { javaScript });
  await signIn(app, page, 'equipe@quai.example');
  await page.goto(`${app.url}/fr/equipe/la-station`);
  await shootAll(page, `today-${javaScript}`);
  if (javaScript) await expectFit(page);

  // Whoever is expected is noted as there in one tap, and the page says so with the way back.
  const who = (await page.locator('.day-row .day-name').first().innerText()).trim();
  await page.locator('.day-row button', { hasText: 'Noter l’arrivée' }).first().click();
  await page.locator('.notice-good', { hasText: `${who} : arrivée notée.` }).waitFor();
  await page.locator('.notice-good button', { hasText: 'Annuler l’arrivée' }).click();
  await page.locator('.notice-good').waitFor({ state: 'detached' });

  // Three gestures: a free time, a name, the button.
  const name = javaScript ? 'Josiane Duvoisin' : 'Bernadette Duvoisin';
  await page.goto(`${app.url}/fr/equipe/la-station/accueil?jour=2026-11-27`);
  await shootAll(page, `desk-${javaScript}`);
  if (javaScript) await expectFit(page);
  await page.locator('.slot', { hasText: '14' }).first().click();
  await page.getByLabel('Nom', { exact: false }).first().fill(name);
  await page.getByLabel('Téléphone').fill('03 21 00 12 34');
  await shootAll(page, `desk-form-${javaScript}`);
  await page.locator('button', { hasText: 'Réserver' }).last().click();
  await page.locator('.slip').waitFor();
  expect((await page.locator('.notice-good').innerText()).replaceAll('\u00a0', ' ')).toContain(
    'liste d’appels du jeudi 26',
  );
  await shootAll(page, `slip-${javaScript}`);
  if (javaScript) await expectFit(page);
  await page.locator('a', { hasText: 'Voir la liste d’appels' }).click();
  const row = page.locator('tr', { hasText: name });
  await row.waitFor();
  await shootAll(page, `calls-${javaScript}`);
  await row.locator('button', { hasText: 'Personne jointe' }).click();
  await page.locator('tr', { hasText: name }).locator('text=personne jointe').waitFor();
  expect(problems).toEqual([]);
});

test('an outage is looked at before it is sent, and every page of the day fits an old phone', async () => {
  app.now.at = monday9;
  const { page, problems } = await newPerson(browser, { screen: oldPhone });
  await signIn(app, page, 'equipe@quai.example');
  await page.goto(`${app.url}/fr/equipe/la-station/panne?ressource=decoupeuse-laser`);
  await expectFit(page);
  await shootAll(page, 'outage');
  await page.getByLabel('Pourquoi', { exact: false }).fill('Le tube est à changer.');
  await page.locator('button', { hasText: 'Voir qui est concerné' }).click();
  await page.locator('h1', { hasText: 'Fermeture' }).waitFor();
  await page.setViewportSize(oldPhone);
  await expectFit(page);
  await shootAll(page, 'outage-preview');
  await page.locator('button', { hasText: 'Fermer et prévenir' }).click();
  await page.locator('#pannes').waitFor();
  await page.setViewportSize(oldPhone);
  await expectFit(page);
  await page.goto(`${app.url}/fr/equipe/la-station/imprimer`);
  await expectFit(page);
  await shootAll(page, 'sheet');
  await page.goto(`${app.url}/fr/equipe/la-station`);
  await page.locator('.day-row .day-name a').first().click();
  await page.locator('#histoire').waitFor();
  await page.setViewportSize(oldPhone);
  await expectFit(page);
  await shootAll(page, 'booking');
  await page.goto(`${app.url}/nl/equipe/la-station`);
  await expectFit(page);
  expect(problems).toEqual([]);
});

test('with the keyboard alone, whoever comes is noted from the day’s page', async () => {
  app.now.at = at('2026-11-23', '10:20');
  const { page } = await newPerson(browser, { screen: desktop });
  await signIn(app, page, 'equipe@quai.example');
  await page.goto(`${app.url}/fr/equipe/la-station`);
  const focused = () => page.evaluate('document.activeElement?.textContent ?? ""') as Promise<string>;
  for (let turn = 0; turn < 60 && !(await focused()).startsWith('Noter l’arrivée'); turn += 1)
    await page.keyboard.press('Tab');
  expect(await focused()).toContain('Noter l’arrivée');
  await page.keyboard.press('Enter');
  await page.locator('.notice-good').waitFor();
});
