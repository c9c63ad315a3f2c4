import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { read, signIn } from '../harness/journey.ts';
import { desktop, expectFit, newPerson, oldPhone, phone } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shoot, shootPaper } from '../harness/shots.ts';

const app = useServed();
const browser = useBrowser();

/** Looks at a page as it is on an old phone, a phone, a desk and on paper. */
async function look(page: Page, name: string, javaScript: boolean): Promise<void> {
  for (const screen of [oldPhone, desktop, phone]) {
    await page.setViewportSize(screen);
    if (javaScript) await expectFit(page);
    await shoot(page, `${name}-${screen.width}`);
  }
  await shootPaper(page, name);
}

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])(
  'the team opens a course of three dates, goes round what is taken, moves one and calls one off, %s',
  async (_, javaScript) => {
    const { page, problems } = await newPerson(browser, { javaScript });
    await signIn(app, page, 'equipe@quai.example');
    const title = javaScript ? 'Retouche photo' : 'Retouche sonore';
    const day = javaScript ? '2026-12-14' : '2027-01-11';
    await page.goto(`${app.url}/fr/equipe/la-station`);
    await page.getByRole('link', { name: 'Programme', exact: true }).click();
    await look(page, 'list', javaScript);
    await page.getByRole('link', { name: 'Préparer une séance' }).first().click();
    await look(page, 'new', javaScript);

    // Three answers, then the fold of the dates.
    await page.getByLabel('Titre', { exact: true }).fill(title);
    await page.getByLabel('Jour', { exact: true }).first().fill(day);
    await page.getByLabel('De', { exact: true }).fill('19:00');
    await page.getByLabel('À', { exact: true }).fill('20:00');
    await page.locator('summary', { hasText: 'Les salles' }).click();
    await page.getByLabel(/^Salle Lys/).check();
    await page.getByLabel('Nombre de places').fill('6');
    await page.locator('summary', { hasText: 'Plusieurs dates' }).click();
    await page.getByLabel('Chaque semaine').check();
    await page.getByLabel('Nombre de dates').fill('3');
    await page.getByRole('button', { name: 'Vérifier les salles' }).click();
    await look(page, 'preview', javaScript);
    expect(await read(page)).toContain('Tout est libre, pour les 3 dates.');
    await page.getByRole('button', { name: 'Publier les 3 dates' }).click();
    expect(await read(page)).toContain('C’est publié.');

    // The same room at the same time: what stands in the way is said by date, with what is free.
    await page.getByRole('link', { name: title }).first().click();
    await look(page, 'session', javaScript);
    await page.getByRole('link', { name: 'Refaire la même' }).click();
    await page.getByLabel('Jour', { exact: true }).first().fill(day);
    await page.getByRole('button', { name: 'Vérifier les salles' }).click();
    expect(await read(page)).toContain('Ce n’est pas libre');
    await look(page, 'conflict', javaScript);
    await page
      .getByRole('button', { name: /^Prendre/ })
      .first()
      .click();
    expect(await read(page)).toContain('Tout est libre.');
    await page.getByRole('button', { name: 'Garder en brouillon' }).click();
    expect(await read(page)).toContain('Le brouillon est gardé.');

    // The first of the three goes a day later, the two others with it.
    await page.goto(`${app.url}/fr/equipe/la-station/programme?jour=${day}`);
    await page.getByRole('link', { name: title }).first().click();
    await page.getByRole('link', { name: 'Déplacer' }).click();
    await look(page, 'move', javaScript);
    await page.getByLabel('De', { exact: true }).fill('19:30');
    await page.getByLabel('À', { exact: true }).fill('20:30');
    await page.getByLabel('Cette date et les suivantes').check();
    await page.getByRole('button', { name: 'Voir si c’est libre' }).click();
    await look(page, 'move-preview', javaScript);
    await page.getByRole('button', { name: 'Déplacer', exact: true }).click();
    expect(await read(page)).toContain('19 h 30 – 20 h 30');
    expect(await read(page)).toContain('C’est déplacé');

    await page.getByRole('link', { name: 'Modifier' }).click();
    await look(page, 'edit', javaScript);
    await page.goBack();
    await page.getByRole('link', { name: 'Annuler', exact: true }).click();
    await look(page, 'cancel', javaScript);
    await page
      .getByLabel(/^Pourquoi/)
      .first()
      .fill('Le formateur est malade.');
    await page.getByRole('button', { name: 'Annuler la séance' }).click();
    expect(await read(page)).toContain('C’est annulé');
    await look(page, 'cancelled', javaScript);
    expect(problems).toEqual([]);
  },
);
