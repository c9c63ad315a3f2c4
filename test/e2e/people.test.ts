import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { monday9 } from '../harness/make.ts';
import { unfitness } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

const browser = useBrowser();
const app = useServed({ now: monday9 });

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${app.url}/fr/connexion`);
  await page.getByLabel('Votre adresse e-mail').fill(email);
  await page.getByRole('button', { name: 'Recevoir un code', exact: true }).click();
  await app.work();
  const code = /\b\d{6}\b/.exec(app.letters.at(-1)!.text)![0];
  await page.getByLabel('Le code de six chiffres').fill(code);
  await page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click();
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('a newcomer, %s', (name, javaScriptEnabled) => {
  test('signs in with the code, gives a name, sees what is kept and erases it', async () => {
    const context = await browser.newContext({
      javaScriptEnabled,
      viewport: { width: 320, height: 640 },
      locale: 'fr-FR',
    });
    const page = await context.newPage();
    await signIn(page, `${name.replaceAll(' ', '-')}@exemple.fr`);
    await page.getByLabel('Votre nom').fill('Lucie Navigateur');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mon compte');
    await page.getByRole('link', { name: 'Voir mes données' }).click();
    await page.getByRole('link', { name: 'Effacer mon compte' }).click();
    await page.getByLabel('Oui, effacer tout ce qui me concerne').check();
    await page.getByRole('button', { name: 'Effacer mon compte pour toujours' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Votre compte est effacé');
    await context.close();
  });
});

test('no page of people, mail or law has a fault that axe sees, at 320 pixels, in light and dark', async () => {
  const found: string[] = [];
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'fr-FR' });
  const page = await context.newPage();
  const look = async (path: string) => {
    await page.goto(`${app.url}${path}`);
    for (const fault of await unfitness(page)) found.push(`${path} ${fault}`);
  };
  for (const path of [
    '/fr/connexion',
    '/nl/accessibilite',
    '/en/mentions-legales',
    '/fr/confidentialite',
    '/fr/appareil',
    '/dev/mails',
  ]) {
    await look(path);
  }
  await signIn(page, 'admin@quai.example');
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const path of [
    '/fr/compte',
    '/fr/compte?bienvenue=1',
    '/fr/compte/cles',
    '/fr/compte/donnees',
    '/fr/compte/effacement',
    '/fr/gestion/equipe',
  ]) {
    await look(path);
  }
  expect(found).toEqual([]);
  await context.close();
});
