import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '../harness/browser.ts';
import { signIn } from '../harness/journey.ts';
import { desktop, expectFit, newPerson, phone } from '../harness/person.ts';
import { type Served, serveApp } from '../harness/served.ts';

let app: Served;
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
});

const home = () => `${app.url}/fr/equipe/la-station`;

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('The team of La Station, one hand on a phone, %s', (_, javaScript) => {
  beforeAll(async () => {
    app = await serveApp();
    return () => app.close();
  });

  const open = async () => {
    const person = await newPerson(browser, { javaScript, screen: phone });
    await signIn(app, person.page, 'equipe@quai.example');
    await person.page.goto(home());
    return person.page;
  };
  const says = (page: Page) => page.locator('main').innerText();

  test('welcomes those who are expected and those who walk in, and answers a request', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^Arrivé·e.*Maud Hennebel/ }).click();
    expect(await says(page)).toContain('Maud Hennebel : arrivée notée.');
    await page.getByRole('button', { name: /^Absent·e.*Gaspard Vermesse/ }).click();
    expect(await says(page)).toContain('absence notée, la place est rendue');
    await page.getByRole('button', { name: /^Annuler l’absence/ }).first().click();

    await page.getByRole('link', { name: 'Accueillir quelqu’un' }).first().click();
    if (javaScript) await expectFit(page);
    let gestures = 0;
    await page.getByRole('link', { name: /^9 h – 10 h Imprimantes 3D/ }).click();
    gestures += 1;
    await page.getByLabel('Nom', { exact: true }).fill('Yvonne Passante');
    gestures += 1;
    await page.getByRole('button', { name: 'Réserver 9 h – 10 h' }).click();
    gestures += 1;
    expect(gestures).toBe(3);
    expect(await says(page)).toContain('C’est réservé.');
    if (javaScript) await expectFit(page);

    await page.goto(home());
    expect(await says(page)).toContain('Yvonne Passante');
    await page.getByRole('button', { name: /^Accepter.*Samira/ }).click();
    expect(await says(page)).toContain('Samira Boulnois : demande acceptée.');
    await app.work();
    expect(app.letters.at(-1)!.to).toBe('samira@quai.example');
    await page.context().close();
  });

  test('reports a breakdown, seeing who is affected before anything is sent', async () => {
    const page = await open();
    await app.work();
    const before = app.letters.length;
    await page.getByRole('link', { name: 'Signaler une panne' }).click();
    await page.getByLabel('Qu’est-ce qui n’est plus disponible').selectOption({ label: 'Découpeuse laser' });
    await page.locator('[name=de-jour]').fill('2026-11-23');
    await page.locator('[name=de-heure]').fill('09:00');
    await page.locator('[name=a-jour]').fill('2026-11-27');
    await page.locator('[name=a-heure]').fill('19:00');
    await page.getByLabel('Pourquoi').fill('Le tube du laser est à changer.');
    await page.getByRole('button', { name: 'Voir qui est concerné' }).click();
    const seen = await says(page);
    expect(seen).toContain('Théo Lemaitte');
    expect(seen).toContain('Inès Bacquart');
    if (javaScript) await expectFit(page);
    await app.work();
    expect(app.letters.length, 'nothing is sent by looking').toBe(before);
    await page.getByRole('button', { name: 'Fermer et prévenir 2 personnes' }).click();
    await app.work();
    const told = app.letters.slice(before);
    expect(told.map((letter) => letter.to).sort()).toEqual(['ines@quai.example', 'theo@quai.example']);
    expect(told[0]!.text).toContain('Le tube du laser est à changer.');
    await page.goto(home());
    expect(await says(page)).toContain('Pannes et fermetures');
    await page.context().close();
  });

  test('goes through the calls, leaves a note, counts a visit and reads the planning', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Liste d’appels' }).click();
    if (javaScript) await expectFit(page);
    await page.getByRole('button', { name: /^Jointe.*Marcel/ }).click();
    expect(await says(page)).toContain('personne jointe');
    await page.goto(home());
    await page.getByLabel('Nouvelle note pour l’équipe').fill('La machine à café fuit.');
    await page.getByRole('button', { name: 'Ajouter la note' }).click();
    await expect.poll(() => says(page)).toContain('La machine à café fuit.');
    await page.getByRole('button', { name: /^\+ 1 .*fab lab/i }).click();
    await expect.poll(() => says(page)).toContain('1 aujourd’hui');
    await page.getByRole('link', { name: 'Planning' }).click();
    expect(await says(page)).toContain('Théo Lemaitte');
    await page.getByRole('link', { name: 'Semaine', exact: true }).click();
    expect(await page.locator('table.planning').innerText()).toContain('Inès Bacquart');
    await page.getByRole('link', { name: 'Semaine suivante' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Planning');
    await page.context().close();
  });
});
