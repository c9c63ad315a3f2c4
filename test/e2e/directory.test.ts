import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { read, screensOf, signIn } from '../harness/journey.ts';
import { expectFit, newPerson } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

const app = useServed();
const browser = useBrowser();

test('Two records of one neighbour are found, made one, corrected and erased on a phone', async () => {
  const { page, problems } = await newPerson(browser, { screen: { width: 360, height: 720 } });
  const screens = screensOf(page);
  await signIn(app, page, 'admin@quai.example');
  await page.goto(`${app.url}/fr/gestion`);
  await page.getByRole('link', { name: 'Retrouver une personne' }).click();
  await expectFit(page);
  await page.getByLabel('Nom, adresse e-mail ou téléphone').fill('HENNEBEL');
  await page.getByRole('button', { name: 'Chercher cette personne' }).click();
  expect(await read(page)).toContain('Maud Hennebel');
  await expectFit(page);
  await page.getByRole('link', { name: 'Maud Hennebel' }).click();
  await expectFit(page);

  await page.getByLabel('Nom, adresse e-mail ou téléphone').fill('vermesse');
  await page.getByRole('button', { name: 'Chercher cette personne' }).click();
  await page.getByRole('link', { name: /Gaspard Vermesse/ }).click();
  await expectFit(page);
  await page.getByRole('button', { name: 'Ces deux fiches sont la même personne' }).click();
  expect(await read(page)).toContain('n’en font plus qu’une');
  await expectFit(page);
  await page.getByRole('button', { name: /^Séparer de nouveau/ }).click();
  expect(await read(page)).toContain('de nouveau séparées');

  await page.getByLabel('Nom', { exact: false }).first().fill('Maud Hennebelle');
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  expect(await read(page, 'h1')).toBe('Maud Hennebelle');
  await page.getByRole('link', { name: 'Effacer Maud Hennebelle' }).click();
  await expectFit(page);
  await page.getByLabel('Oui, cette personne le demande').check();
  await page.getByRole('button', { name: 'Effacer pour toujours' }).click();
  expect(await read(page)).toContain('La personne est effacée.');
  expect(screens.join(' ')).not.toMatch(/hennebel|vermesse/i);
  expect(problems).toEqual([]);
});
