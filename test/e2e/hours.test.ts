import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { read, signIn } from '../harness/journey.ts';
import { expectFit, newPerson } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

const app = useServed();
const browser = useBrowser();

test('A day is closed on a phone: who is left outside is seen first, then spoken with, and the journal says who closed', async () => {
  const { page, problems } = await newPerson(browser, { screen: { width: 360, height: 720 } });
  await signIn(app, page, 'admin@quai.example');
  const hours = `${app.url}/fr/gestion/lieux/la-station/horaires`;
  await page.goto(hours);
  await page.locator('input[name="day"]').fill('2026-11-24');
  await page.getByRole('button', { name: 'Ajouter ce jour' }).click();
  expect(await read(page, 'h1')).toBe('Avant d’enregistrer ces horaires');
  const shown = await read(page);
  expect(shown).toContain('réservations ne tiennent plus dans les horaires');
  expect(shown).toContain('aucune ne s’annule toute seule');
  await expectFit(page);
  await page.getByRole('button', { name: 'Enregistrer quand même' }).click();
  expect(await read(page)).toContain('mardi 24 novembre');
  await expectFit(page);

  await page.goto(`${app.url}/fr/equipe/la-station?jour=2026-11-24`);
  await page.locator('.day-name a').first().click();
  await page.getByRole('link', { name: 'Le journal complet' }).click();
  expect(await read(page, 'h1')).toBe('Journal');
  await expectFit(page);
  await page.getByRole('link', { name: 'Le journal de la personne' }).click();
  await page.getByRole('link', { name: 'Retour à la fiche' }).click();
  await expectFit(page);
  expect(problems).toEqual([]);

  await page.goto(`${app.url}/fr/equipe/la-station/accueil`);
  await page.locator('.desk-offers a').first().click();
  await page.locator('#pour-organisation summary').click();
  await expectFit(page);
  expect(problems).toEqual([]);
});
