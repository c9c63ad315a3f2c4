import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/core/auth.ts';
import { launch } from '../harness/browser.ts';
import { expectFit, newPerson } from '../harness/person.ts';
import { type Served, serveApp } from '../harness/served.ts';

/** Where the pages' pictures go, to be looked at; none are taken when it is not said. */
const shots = process.env.SHOTS;

let app: Served;
let browser: Browser;

beforeAll(async () => {
  app = await serveApp({ now: new Date('2026-11-23T09:00:00+01:00') });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

type Viewing = { width?: number; dark?: boolean; scripts?: boolean };

async function open({ width = 360, dark = false, scripts = true }: Viewing = {}): Promise<Page> {
  const screen = { width, height: 780 };
  return (await newPerson(browser, { screen, dark, javaScript: scripts })).page;
}

/** The page is fit for anybody; what needs scripts to be looked at is looked at with them. */
async function check(page: Page, name: string, scripts: boolean): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  if (scripts) await expectFit(page);
}

async function signIn(page: Page, email: string): Promise<void> {
  const account = await app.db
    .selectFrom('account as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select('a.id')
    .where('p.email', '=', email)
    .executeTakeFirstOrThrow();
  const value = await openSession(app.db, app.now.at, account.id, 'test');
  await page.context().addCookies([{ name: 'quai_session', value, url: app.url, httpOnly: true, sameSite: 'Lax' }]);
}

const formAddress = (slug: string, from: string, to: string): string =>
  `${app.url}/fr/reserver/${slug}?${new URLSearchParams({ debut: from, fin: to, personnes: '4' })}`;

/** A day of its own for each journey: none takes the place of another. */
const days = ['2026-12-02', '2026-12-03'] as const;

describe.each([true, false])('A visitor with scripts: %s', (scripts) => {
  const day = days[scripts ? 0 : 1];

  test('books, confirms by mail, moves and cancels on a small phone', async () => {
    const page = await open({ scripts });
    const name = (step: string) => `visitor-${scripts ? 'js' : 'nojs'}-${step}`;
    await page.goto(formAddress('salle-lys', `${day}T10:00:00+01:00`, `${day}T12:00:00+01:00`));
    await check(page, name('form'), scripts);
    await page.getByRole('button', { name: /^Réserver/ }).click();
    await check(page, name('form-missing'), scripts);
    await page.getByLabel('Votre nom').fill('Rose Delattre');
    await page.getByLabel('Votre adresse e-mail').fill(`rose-${day}@essai.example`);
    await page.getByRole('button', { name: /^Réserver/ }).click();
    await check(page, name('code'), scripts);
    await app.work();
    const code = /^\d{6}$/m.exec(app.letters.at(-1)!.text)![0];
    await page.getByLabel('Le code reçu par mail').fill(code);
    await page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
    expect(await page.textContent('main')).toContain('C’est confirmé');
    await check(page, name('booking'), scripts);
    await page.getByRole('link', { name: 'Déplacer' }).click();
    await check(page, name('move'), scripts);
    await page.locator('.slots a', { hasText: /^9/ }).first().click();
    await check(page, name('move-confirm'), scripts);
    await page.getByRole('button', { name: /^Déplacer au/ }).click();
    expect(await page.textContent('main')).toContain('C’est déplacé');
    await page.getByRole('link', { name: 'Annuler' }).click();
    await check(page, name('cancel'), scripts);
    await page.getByRole('button', { name: 'Annuler la réservation' }).click();
    expect(await page.textContent('main')).toContain('C’est annulé');
    await check(page, name('cancelled'), scripts);
  });
});

describe('Somebody signed in', () => {
  test.each([
    ['phone', { width: 360 }],
    ['narrow', { width: 320 }],
    ['desktop', { width: 1280 }],
    ['dark', { width: 1280, dark: true }],
  ] as const)('books in two clicks from the result (%s)', async (kind, viewing) => {
    const page = await open(viewing);
    await signIn(page, 'habitant@quai.example');
    const hour = { phone: 9, narrow: 11, desktop: 13, dark: 15 }[kind];
    const at = (h: number) => `2026-12-04T${String(h).padStart(2, '0')}:00:00+01:00`;
    await page.goto(formAddress('salle-marais', at(hour), at(hour + 1)));
    await check(page, `${kind}-form`, true);
    await page.getByText('Réserver aussi une autre salle').click();
    await page.getByRole('button', { name: 'Ajouter cette salle' }).click();
    await check(page, `${kind}-form-together`, true);
    await page.getByRole('button', { name: 'Retirer' }).click();
    await page.getByText('Réserver aussi une autre salle').click();
    await page.getByRole('button', { name: 'Voir les dates' }).click();
    await check(page, `${kind}-weeks`, true);
    await page.goBack();
    await page.goto(formAddress('salle-marais', at(hour), at(hour + 1)));
    await page.getByRole('button', { name: /^Réserver/ }).click();
    await check(page, `${kind}-booking`, true);
    await page.getByRole('link', { name: 'Imprimer en grand' }).click();
    await check(page, `${kind}-slip`, true);
    if (shots) {
      await page.emulateMedia({ media: 'print' });
      await page.screenshot({ path: `${shots}/${kind}-slip-print.png`, fullPage: true });
      await page.emulateMedia({ media: 'screen' });
    }
    await page.goto(formAddress('salle-marais', at(hour), at(hour + 1)));
    await check(page, `${kind}-refused`, true);
    await page.goto(`${app.url}/fr/mes-reservations`);
    await check(page, `${kind}-mine`, true);
    const stranger = await open(viewing);
    await stranger.goto(`${app.url}/r/22222AAAAA`);
    await check(stranger, `${kind}-scan`, true);
  });
});
