import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { codeInMail, linkInMail, screensOf, signIn, tabTo } from '../harness/journey.ts';
import { expectFit, newPerson, oldPhone } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

const app = useServed();
const browser = useBrowser();

type Search = { need: string; day: string; people?: string; near?: string };

/** Fills in the one form of the home page and sends it. */
async function search(page: Page, { need, day, people = '1', near = '' }: Search): Promise<void> {
  await page.locator('[name=besoin]').selectOption({ value: need });
  await page.locator('[name=jour]').fill(day);
  await page.locator('[name=personnes]').fill(people);
  await page.locator('[name=pres]').fill(near);
  await page.locator('form.finder button').click();
}

/** The first free time of something open to all. */
const openSlot = '.result:not(:has(.tag-warning)) .slot';
const firstSlot = (page: Page) => page.locator(openSlot).first();

describe.each([
  ['with JavaScript', true, '2026-12-07'],
  ['without JavaScript', false, '2026-12-08'],
] as const)('An inhabitant with an old phone, %s', (_, javaScript, day) => {
  const look = async (page: Page) => (javaScript ? expectFit(page) : undefined);

  test('finds, books without an account, confirms with the code of the mail, moves and cancels', async () => {
    const { page, problems } = await newPerson(browser, { javaScript, screen: oldPhone });
    const screens = screensOf(page);
    await page.goto(`${app.url}/fr`);
    await search(page, { need: 'meet', day, people: '4', near: 'Arques' });
    expect(await page.locator('.results').textContent()).toContain('km');
    await firstSlot(page).click();
    await look(page);
    await page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
    expect(await page.getByRole('alert').textContent(), 'what is missing').toContain('Votre nom');
    await look(page);
    await page.getByLabel('Votre nom').fill('Rose Delattre');
    await page.getByLabel('Votre adresse e-mail').fill(`rose-${day}@essai.example`);
    screens.splice(screens.lastIndexOf('/fr/reservations'), 1);
    await page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
    await look(page);
    expect(screens.length, `what is filled in: ${screens.join(' ')}`).toBeLessThanOrEqual(4);
    await page.getByLabel('Le code reçu par mail').fill('000000');
    await page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
    expect(await page.textContent('main')).toContain('Ce code ne va pas');
    await page.getByLabel('Le code reçu par mail').fill(await codeInMail(app));
    await page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
    expect(await page.textContent('main')).toContain('C’est confirmé');
    await look(page);
    await page.getByRole('link', { name: 'Déplacer', exact: true }).click();
    await look(page);
    await page.locator('.slots a').last().click();
    await look(page);
    await page.getByRole('button', { name: /^Déplacer au/ }).click();
    expect(await page.textContent('main')).toContain('C’est déplacé');
    await page.getByRole('link', { name: 'Annuler', exact: true }).click();
    await look(page);
    await page.getByRole('button', { name: 'Annuler la réservation' }).click();
    expect(await page.textContent('main')).toContain('C’est annulé');
    await look(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('books what is free today from the home page in four screens, and confirms with the link of the mail', async () => {
    const { page, context } = await newPerson(browser, { javaScript, screen: oldPhone });
    const screens = screensOf(page);
    await page.goto(`${app.url}/fr`);
    // Later today: what begins now can no longer be cancelled by oneself.
    await page.locator(openSlot).nth(2).click();
    await page.getByLabel('Votre nom').fill('Jean-Baptiste Caron');
    await page.getByLabel('Votre adresse e-mail').fill(`jb-${day}@essai.example`);
    await page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
    const mail = await context.newPage();
    await mail.goto(await linkInMail(app, '/confirmer'));
    await look(mail);
    await mail.getByRole('button', { name: 'Confirmer ma réservation' }).click();
    expect(await mail.textContent('main')).toContain('C’est confirmé');
    expect(screens, 'home, form, code').toHaveLength(3);
    await mail.goto(await linkInMail(app, '/annulation'));
    await mail.getByRole('button', { name: 'Annuler la réservation' }).click();
    expect(await mail.textContent('main')).toContain('C’est annulé');
    await context.close();
  });
});

test('Without JavaScript a search filled in costs no screen more: four from the first page to what is confirmed', async () => {
  const { page, context } = await newPerson(browser, { javaScript: false, screen: oldPhone });
  const screens = screensOf(page);
  await page.goto(`${app.url}/fr`);
  await search(page, { need: 'meet', day: '2026-12-16', people: '4', near: 'Arques' });
  expect(new URL(page.url()).pathname, 'the home page answers itself').toBe('/fr');
  const seenOf = (selector: string) =>
    page.locator(selector).evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  expect(await seenOf('.finder-answers h2'), 'the answers are what one sees').toBe(true);
  await page.getByRole('link', { name: 'Changer ma recherche' }).click();
  expect(await seenOf('[name=besoin]'), 'the form is one tap away').toBe(true);
  expect(await page.locator('[name=besoin]').inputValue()).toBe('meet');
  await firstSlot(page).click();
  await page.getByLabel('Votre nom').fill('Marthe Delannoy');
  await page.getByLabel('Votre adresse e-mail').fill('marthe@essai.example');
  await page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
  await page.getByLabel('Le code reçu par mail').fill(await codeInMail(app));
  await page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
  expect(await page.textContent('main')).toContain('C’est confirmé');
  expect([...new Set(screens)], 'home with its answers, form, code, confirmed').toHaveLength(4);
  await context.close();
});

test('Signed in, two clicks lead from the result to the booking, and a form sent twice books once', async () => {
  const { page } = await newPerson(browser);
  await signIn(app, page, 'habitant@quai.example');
  const screens = screensOf(page);
  await page.goto(`${app.url}/fr`);
  await search(page, { need: 'meet', day: '2026-12-09', people: '3' });
  await firstSlot(page).click();
  await page.getByRole('button', { name: /^Réserver/ }).dblclick();
  await page.waitForURL(/\/reservations\/[2-9A-Z]{10}\?fait=confirmation$/);
  expect(screens.length, screens.join(' ')).toBeLessThanOrEqual(4);
  expect(await page.textContent('main')).toContain('C’est confirmé');
  await page.goBack();
  await page.getByRole('button', { name: /^Réserver/ }).click();
  await page.waitForURL(/\/reservations\/[2-9A-Z]{10}\?fait=confirmation$/);
  const { count } = await app.db
    .selectFrom('booking')
    .select((one) => one.fn.countAll<string>().as('count'))
    .where('starts_at', '>=', new Date('2026-12-09T00:00:00+01:00'))
    .where('starts_at', '<', new Date('2026-12-10T00:00:00+01:00'))
    .where('created_at', '=', app.now.at)
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(1);
  await page.context().close();
});

test('With the keyboard alone one finds, books, confirms and cancels, and always sees where one is', async () => {
  const { page } = await newPerson(browser, { screen: { width: 1280, height: 800 } });
  await page.goto(`${app.url}/fr`);
  const unseen = await tabTo(page, '[name=besoin]');
  await page.keyboard.type('Se réunir');
  unseen.push(...(await tabTo(page, 'form.finder button')));
  await page.keyboard.press('Enter');
  await page.waitForURL(/besoin=meet/);
  unseen.push(...(await tabTo(page, '.result:not(:has(.tag-warning)) li:nth-child(4) .slot')));
  await page.keyboard.press('Enter');
  await page.waitForURL(/reserver/);
  unseen.push(...(await tabTo(page, '[name=nom]')));
  await page.keyboard.type('Claire Clavier');
  unseen.push(...(await tabTo(page, '[name=email]')));
  await page.keyboard.type('clavier@essai.example');
  unseen.push(...(await tabTo(page, 'button[value=reserver]:not([hidden])')));
  await page.keyboard.press('Enter');
  await page.waitForURL(/confirmation/);
  unseen.push(...(await tabTo(page, '[name=code]')));
  await page.keyboard.type(await codeInMail(app));
  await page.keyboard.press('Enter');
  await page.waitForURL(/fait=confirmation/);
  unseen.push(...(await tabTo(page, 'a[href*="/annulation"]')));
  await page.keyboard.press('Enter');
  await page.waitForURL(/annulation/);
  unseen.push(...(await tabTo(page, 'main form button')));
  await page.keyboard.press('Enter');
  await page.waitForURL(/fait=annulation/);
  expect(unseen, 'stops whose focus cannot be seen').toEqual([]);
  await page.context().close();
});

test.each([
  ['nl', 'Het is bevestigd', '2026-12-10'],
  ['en', 'It is confirmed', '2026-12-11'],
] as const)('The whole journey goes in %s', async (locale, confirmed, day) => {
  const { page } = await newPerson(browser, { locale, screen: oldPhone });
  await page.goto(`${app.url}/${locale}`);
  await search(page, { need: 'work_quietly', day, near: 'Poperinge' });
  await firstSlot(page).click();
  await page.locator('[name=nom]').fill('Sam de Vries');
  await page.locator('[name=email]').fill(`sam-${locale}@essai.example`);
  await page.locator('button[value=reserver]:not([hidden])').click();
  await expectFit(page);
  await page.locator('[name=code]').fill(await codeInMail(app));
  await page.locator('main form button').first().click();
  expect(await page.textContent('main')).toContain(confirmed);
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
  await expectFit(page);
  await page.context().close();
});

test('On a slow phone and a poor network, finding and booking takes less than a minute', async () => {
  const { page, context } = await newPerson(browser, { screen: oldPhone });
  const tools = await context.newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const bytesPerSecond = 400_000 / 8;
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  let waited = -Date.now();
  await page.goto(`${app.url}/fr`);
  await search(page, { need: 'meet', day: '2026-12-14', people: '4' });
  await firstSlot(page).click();
  await page.getByLabel('Votre nom').fill('Lucien Lent');
  await page.getByLabel('Votre adresse e-mail').fill('lent@essai.example');
  await page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
  await page.waitForURL(/confirmation/);
  waited += Date.now();
  const code = await codeInMail(app);
  waited -= Date.now();
  await page.getByLabel('Le code reçu par mail').fill(code);
  await page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
  await page.waitForURL(/fait=confirmation/);
  waited += Date.now();
  expect(waited).toBeLessThan(60_000);
  await context.close();
});
