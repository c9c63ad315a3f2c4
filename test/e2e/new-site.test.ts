import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { codeInMail, read, screensOf, signIn } from '../harness/journey.ts';
import { expectFit, newPerson, phone } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

const app = useServed();
const browser = useBrowser();

/** What a form will not do without: a name that several boxes share is one field, and counts whether filled in or not. */
const requiredFields = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('main form.form [required]')];
    return new Set(fields.map((field) => field.name)).size;
  });

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)(
  'A new place with its room takes at most five pages and twelve fields, then a visitor books it, %s',
  async (_, javaScript) => {
    const name = javaScript ? 'La Halte d’Arques' : 'La Halte de Blendecques';
    const commune = javaScript ? 'Arques' : 'Blendecques';
    const admin = await newPerson(browser, { javaScript, screen: phone });
    await signIn(app, admin.page, 'admin@quai.example');
    const { page } = admin;
    const screens = screensOf(page);
    let fields = 0;
    const look = async () => {
      fields += await requiredFields(page);
      if (javaScript) await expectFit(page);
    };
    await page.goto(`${app.url}/fr/gestion`);
    await page.getByRole('link', { name: 'Nouveau lieu' }).click();
    await look();
    await page.getByLabel('Nom du lieu', { exact: true }).fill(name);
    await page.getByLabel('Commune', { exact: true }).fill(commune);
    await page.getByRole('button', { name: 'Créer ce lieu' }).click();
    await look();
    await page.getByLabel('Lundi, ouverture 1').fill('09:00');
    await page.getByLabel('Lundi, fermeture 1').fill('18:00');
    await page.getByRole('button', { name: 'Copier lundi jusqu’à vendredi' }).click();
    await page.getByRole('button', { name: 'Enregistrer, puis la première salle' }).click();
    await look();
    await page.getByLabel('Nom', { exact: true }).fill('Salle du Canal');
    await page.getByLabel('Nombre de personnes').fill('14');
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
    expect(await read(page)).toContain('Le lieu est prêt');
    await look();
    expect(new Set(screens).size, screens.join(' ')).toBeLessThanOrEqual(5);
    // Opening and closing, typed once for the week, are asked too although a day may stay empty.
    expect(fields + 2).toBeLessThanOrEqual(12);
    expect(admin.problems).toEqual([]);
    await admin.context.close();

    const visitor = await newPerson(browser, { javaScript, screen: phone });
    await visitor.page.goto(
      `${app.url}/fr/trouver?besoin=type-meeting_room&jour=2026-11-25&personnes=12&pres=${commune}`,
    );
    const card = visitor.page.locator('.result', { hasText: `Salle du Canal — ${name}` });
    await card.locator('.slot').first().click();
    await visitor.page.getByLabel('Votre nom').fill('Ferdinand Premier');
    await visitor.page.getByLabel('Votre adresse e-mail').fill(`${commune.toLowerCase()}@essai.example`);
    await visitor.page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
    await visitor.page.getByLabel('Le code reçu par mail').fill(await codeInMail(app));
    await visitor.page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
    const said = await read(visitor.page);
    expect(said).toContain('C’est confirmé');
    expect(said).toContain(name);
    await visitor.context.close();
  },
);
