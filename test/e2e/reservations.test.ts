import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { signIn } from '../harness/journey.ts';
import { expectFit, newPerson } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shoot, shootPaper } from '../harness/shots.ts';

const app = useServed({ now: new Date('2026-11-23T09:00:00+01:00') });
const browser = useBrowser();

type Viewing = { width?: number; dark?: boolean; scripts?: boolean };

async function open({ width = 360, dark = false, scripts = true }: Viewing = {}): Promise<Page> {
  const screen = { width, height: 780 };
  return (await newPerson(browser, { screen, dark, javaScript: scripts })).page;
}

/** The page is fit for anybody; what needs scripts to be looked at is looked at with them. */
async function check(page: Page, name: string, scripts: boolean): Promise<void> {
  await shoot(page, name);
  if (scripts) await expectFit(page);
}

const formAddress = (slug: string, from: string, to: string): string =>
  `${app.url}/fr/reserver/${slug}?${new URLSearchParams({ debut: from, fin: to, personnes: '4' })}`;

describe('Somebody signed in', () => {
  test.each([
    ['phone', { width: 360 }],
    ['narrow', { width: 320 }],
    ['desktop', { width: 1280 }],
    ['dark', { width: 1280, dark: true }],
  ] as const)('books in two clicks from the result (%s)', async (kind, viewing) => {
    const page = await open(viewing);
    await signIn(app, page, 'habitant@quai.example');
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
    await shootPaper(page, `${kind}-slip`);
    await page.goto(formAddress('salle-marais', at(hour), at(hour + 1)));
    await check(page, `${kind}-refused`, true);
    await page.goto(`${app.url}/fr/mes-reservations`);
    await check(page, `${kind}-mine`, true);
    const stranger = await open(viewing);
    await stranger.goto(`${app.url}/r/22222AAAAA`);
    await check(stranger, `${kind}-scan`, true);
  });
});
