import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { read, signIn } from '../harness/journey.ts';
import { desktop, expectFit, newPerson, phone } from '../harness/person.ts';
import { type Served, serveApp } from '../harness/served.ts';

let app: Served;
const browser = useBrowser();

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

  test('welcomes those who are expected and those who walk in, and answers a request', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^Noter l’arrivée.*Maud Hennebel/ }).click();
    expect(await read(page)).toContain('Maud Hennebel : arrivée notée.');
    await page.getByRole('button', { name: /^Noter l’absence.*Gaspard Vermesse/ }).click();
    expect(await read(page)).toContain('absence notée, la place est rendue');
    await page
      .getByRole('button', { name: /^Annuler l’absence/ })
      .first()
      .click();

    await page.getByRole('link', { name: 'Accueillir quelqu’un' }).first().click();
    if (javaScript) await expectFit(page);
    let gestures = 0;
    await page.getByRole('link', { name: /^9 h –\u2060 10 h Imprimantes 3D/ }).click();
    gestures += 1;
    await page.getByLabel('Nom', { exact: true }).fill('Yvonne Passante');
    gestures += 1;
    await page.getByRole('button', { name: 'Réserver 9 h –\u2060 10 h' }).click();
    gestures += 1;
    expect(gestures).toBe(3);
    expect(await read(page)).toContain('C’est réservé.');
    if (javaScript) await expectFit(page);

    await page.goto(home());
    expect(await read(page)).toContain('Yvonne Passante');
    await page.getByRole('button', { name: /^Accepter.*Samira/ }).click();
    expect(await read(page)).toContain('Samira Boulnois : demande acceptée.');
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
    const seen = await read(page);
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
    expect(await read(page)).toContain('Pannes et fermetures');
    await page.context().close();
  });

  test('goes through the calls, leaves a note, counts a visit and reads the planning', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Liste d’appels' }).click();
    if (javaScript) await expectFit(page);
    await page.getByRole('button', { name: /^Personne jointe.*Marcel/ }).click();
    expect(await read(page)).toContain('personne jointe');
    await page.goto(home());
    await page.getByLabel('Nouvelle note pour l’équipe').fill('La machine à café fuit.');
    await page.getByRole('button', { name: 'Ajouter la note' }).click();
    await expect.poll(() => read(page)).toContain('La machine à café fuit.');
    await page.getByRole('button', { name: /^\+ 1 .*fab lab/i }).click();
    await expect.poll(() => read(page)).toContain('1 aujourd’hui');
    await page.getByRole('link', { name: 'Planning' }).click();
    expect(await read(page)).toContain('Théo Lemaitte');
    await page.getByRole('link', { name: 'Semaine', exact: true }).click();
    expect(await read(page, 'table.planning')).toContain('Inès Bacquart');
    await page.getByRole('link', { name: 'Semaine suivante' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Planning');
    await page.context().close();
  });
});

describe('The team of La Station at its desk', () => {
  beforeAll(async () => {
    app = await serveApp();
    return () => app.close();
  });

  const planning = () => `${home()}/planning?jour=2026-12-02`;
  const row = (page: Page, resource: string) => page.locator(`tr[data-resource="${resource}"]`).first();
  const booking = (page: Page, resource: string, who: string) =>
    row(page, resource).locator('td[data-reference]', { hasText: who });

  const hoursOf = (page: Page) => read(page, 'tr[data-resource="salle-belandre"] td[data-reference] .grid-when');

  /** Where an hour of the day lies on a row: just after it, or just before. */
  async function pointAt(page: Page, resource: string, time: string, side: 'after' | 'before' = 'after') {
    await row(page, resource).scrollIntoViewIfNeeded();
    const line = await row(page, resource).boundingBox();
    const [left, right, start, step, columns] = await page.evaluate(() => {
      const table = document.querySelector<HTMLTableElement>('#planning')!;
      const { start, step, columns } = table.dataset;
      const head = table.querySelector('thead .grid-corner')!.getBoundingClientRect();
      return [head.right, table.getBoundingClientRect().right, Number(start), Number(step), Number(columns)];
    });
    const minutes = (Date.parse(`2026-12-02T${time}:00+01:00`) - start!) / 60_000;
    return {
      x: left! + ((minutes / step! + (side === 'after' ? 0.4 : -0.4)) / columns!) * (right! - left!),
      y: line!.y + 12,
    };
  }

  async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
  }

  test('draws a booking, drags it, stretches it, is told what cannot be, and takes it back; a second screen follows', async () => {
    const { page, problems } = await newPerson(browser, { screen: { width: 1400, height: 1600 } });
    await signIn(app, page, 'equipe@quai.example');
    const second = await page.context().newPage();
    await page.goto(planning());

    await drag(page, await pointAt(page, 'salle-lys', '10:00'), await pointAt(page, 'salle-lys', '12:00', 'before'));
    await page.waitForURL(/accueil/);
    expect(await read(page)).toContain('10 h – 12 h');
    await page.getByLabel('Nom', { exact: true }).fill('Paule Planning');
    await page.getByRole('button', { name: 'Réserver 10 h –\u2060 12 h' }).click();
    await page.goto(planning());
    await second.goto(planning());
    await second.bringToFront();
    await expect.poll(() => booking(second, 'salle-lys', 'Paule').count()).toBe(1);
    await page.bringToFront();

    await drag(page, await pointAt(page, 'salle-lys', '10:30'), await pointAt(page, 'salle-belandre', '14:30'));
    await expect.poll(() => read(page, '.planning-says')).toContain('Déplacé : Salle Bélandre');
    await expect.poll(() => booking(page, 'salle-belandre', 'Paule').count()).toBe(1);
    expect(await booking(page, 'salle-lys', 'Paule').count()).toBe(0);
    await second.bringToFront();
    await expect.poll(() => booking(second, 'salle-belandre', 'Paule').count(), { timeout: 6_000 }).toBe(1);
    await page.bringToFront();

    const cell = (await booking(page, 'salle-belandre', 'Paule').boundingBox())!;
    const edge = { x: cell.x + cell.width - 4, y: cell.y + 10 };
    await drag(page, edge, await pointAt(page, 'salle-belandre', '17:00', 'before'));
    await expect.poll(() => hoursOf(page)).toContain('14 h – 17 h');
    await page.getByRole('button', { name: 'Remettre comme avant' }).click();
    await expect.poll(() => read(page, '.planning-says')).toContain('Remis comme avant.');
    await expect.poll(() => hoursOf(page)).toContain('14 h – 16 h');

    // Joris is in room Aa from 10 to 11:30 that day.
    await drag(page, await pointAt(page, 'salle-belandre', '14:30'), await pointAt(page, 'salle-aa', '10:30'));
    await expect.poll(() => read(page, '.planning-says')).toContain('Ce n’est pas possible');
    expect((await read(page, '.planning-says')).length, 'it says why').toBeGreaterThan(40);
    await expect.poll(() => hoursOf(page)).toContain('14 h – 16 h');
    await expectFit(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('keeps the board as it was when the network is lost, says since when, and catches up', async () => {
    const { page, context } = await newPerson(browser, { screen: desktop });
    await page.goto(`${app.url}/fr/tableau/la-station`);
    const board = page.locator('.board');
    expect(await read(page, '.board')).toContain('Découpeuse laser');
    // The board must have heard from the server once before it can know that it hears nothing.
    await page.waitForResponse(/\/live$/);
    await context.setOffline(true);
    await expect.poll(() => read(page, '.board'), { timeout: 10_000 }).toMatch(/Réseau coupé : tableau à jour à \d\d/);
    expect(await board.innerText()).toContain('Découpeuse laser');
    await context.setOffline(false);
    await expect.poll(() => read(page, '.board'), { timeout: 10_000 }).not.toContain('Réseau coupé');
    await context.close();
  });
});
