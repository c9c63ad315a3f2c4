import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelSession } from '../../src/modules/sessions/index.ts';
import { makeSession } from '../harness/agenda.ts';
import { useBrowser } from '../harness/browser.ts';
import { read } from '../harness/journey.ts';
import { actorOf, at } from '../harness/make.ts';
import { desktop, expectFit, newPerson, oldPhone, phone } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

const app = useServed();
const browser = useBrowser();
let station: string;
let workshop: Awaited<ReturnType<typeof makeSession>>;

beforeAll(async () => {
  station = (await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow())
    .id;
  const line = await app.db.selectFrom('line').select('id').where('letter', '=', 'M').executeTakeFirstOrThrow();
  workshop = await makeSession(app.db, {
    siteId: station,
    lineId: line.id,
    title: { fr: 'Tricoter un réseau', nl: 'Een netwerk breien', en: 'Knitting a network' },
    start: at('2026-11-28', '10:00'),
  });
  await app.db
    .updateTable('session')
    .set({
      summary: JSON.stringify({ fr: 'De la laine et des câbles.' }),
      description: JSON.stringify({ fr: '## À apporter\n\n- des aiguilles\n- [le plan](https://exemple.fr)' }),
    })
    .where('id', '=', workshop.id)
    .execute();
});

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('%s', (_, javaScript) => {
  test('An inhabitant finds what is on near home on Saturday, reads it and takes it into a calendar', async () => {
    const { page, problems } = await newPerson(browser, { screen: phone, javaScript });
    // axe needs scripts: the same pages are looked at by somebody who has them.
    const looker = await newPerson(browser, { screen: phone });
    const lookAtIt = async () => {
      await looker.page.goto(page.url());
      for (const screen of [phone, oldPhone, desktop]) {
        await looker.page.setViewportSize(screen);
        await expectFit(looker.page);
      }
    };
    await page.goto(`${app.url}/fr`);
    await page.getByRole('link', { name: 'Agenda', exact: true }).click();
    expect(await read(page)).toMatch(/Aujourd’hui, lundi 23 novembre/);
    await lookAtIt();
    await page.getByLabel('Ma commune').fill('Saint-Omer');
    await page.getByRole('button', { name: 'Voir' }).click();
    expect(await read(page)).toContain('Jusqu’à 20 km de Saint-Omer');
    await lookAtIt();
    await page.getByRole('link', { name: 'Cette semaine' }).click();
    expect(page.url()).toContain('pres=Saint-Omer');
    await page.getByText('Plus de choix').click();
    await page.getByLabel('Pour qui ?').selectOption({ label: 'Adultes' });
    await page.getByLabel('Service').selectOption({ label: 'Aide numérique' });
    await page.getByRole('button', { name: 'Voir' }).click();
    const list = await read(page);
    expect(list).toContain('Samedi 28 novembre');
    expect(list).toContain('Aide numérique · Adultes');
    await lookAtIt();
    await page.getByRole('link', { name: 'Tricoter un réseau' }).click();
    const told = await read(page);
    for (const words of [
      'Samedi 28 novembre, 10 h – 12 h',
      '12 places libres',
      'De la laine',
      'des aiguilles',
      'S’inscrire',
    ])
      expect(told).toContain(words);
    await lookAtIt();
    const calendar = await page.request.get(
      (await page.getByRole('link', { name: 'Ajouter à mon calendrier' }).getAttribute('href'))
        ? `${page.url()}/agenda.ics`
        : '',
    );
    expect(await calendar.text()).toContain('DTSTART:20261128T090000Z');
    expect([...problems, ...looker.problems]).toEqual([]);
  });
});

test('Somebody reads in Dutch, and what is only written in French is marked so', async () => {
  const { page, problems } = await newPerson(browser, { screen: phone, locale: 'nl-BE' });
  await page.goto(`${app.url}/nl/agenda/${workshop.reference}`);
  expect(await read(page, 'h1')).toBe('Een netwerk breien');
  expect(await page.locator('.lead [lang=fr]').innerText()).toBe('De la laine et des câbles.');
  await expectFit(page);
  expect(problems).toEqual([]);
});

test('What search engines read is data: the browser takes it without a word, and runs none of it', async () => {
  const { page, problems } = await newPerson(browser);
  await page.goto(`${app.url}/fr/agenda/${workshop.reference}`);
  const event = await page.evaluate(() =>
    JSON.parse(document.querySelector('script[type="application/ld+json"]')!.textContent!),
  );
  expect(event).toMatchObject({ '@type': 'Event', eventStatus: 'https://schema.org/EventScheduled' });
  expect(problems).toEqual([]);
});

test('The town hall prints the week of a place on one sheet, and of its surroundings on another', async () => {
  const { page, problems } = await newPerson(browser, { screen: desktop });
  await page.goto(`${app.url}/fr/agenda/semaine?site=mini-station-lumbres`);
  await expectFit(page);
  await page.getByLabel('Quelle page ?').selectOption({ label: 'La Station' });
  await page.getByRole('button', { name: 'Voir' }).click();
  expect(await read(page)).toContain('Tricoter un réseau');
  await page.setViewportSize(oldPhone);
  await expectFit(page);
  await page.goto(`${app.url}/fr/agenda/semaine?pres=Lumbres`);
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.top').isVisible()).toBe(false);
  expect(await page.locator('.week-code svg').first().isVisible()).toBe(true);
  expect(problems).toEqual([]);
});

describe('on the site of a commune', () => {
  let commune: Server;
  const shown = new Map<string, string>();

  beforeAll(async () => {
    commune = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><html lang="fr"><title>Mairie</title><h1>Mairie</h1>${shown.get(request.url ?? '') ?? ''}`,
      );
    });
    await new Promise<void>((resolve) => commune.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => commune.close(resolve)));

  test('the lines to copy show the agenda, each thing opening beside it; no other page can be framed', async () => {
    const { page, problems, context } = await newPerson(browser, { screen: desktop, javaScript: true });
    await page.goto(`${app.url}/fr/agenda/publier?site=la-station`);
    await expectFit(page);
    shown.set('/agenda', await page.getByLabel('Lignes à copier').inputValue());
    shown.set('/volee', `<iframe src="${app.url}/fr/agenda" title="x"></iframe>`);
    const mairie = `http://127.0.0.1:${(commune.address() as AddressInfo).port}`;
    await page.goto(`${mairie}/agenda`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('link', { name: 'Tricoter un réseau' }).waitFor();
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      frame.getByRole('link', { name: 'Tricoter un réseau' }).click(),
    ]);
    await opened.waitForLoadState();
    expect(await read(opened, 'h1')).toBe('Tricoter un réseau');
    expect(problems).toEqual([]);
    await page.goto(`${mairie}/volee`);
    expect(await page.frameLocator('iframe').locator('h1').count()).toBe(0);
    expect(problems.splice(0).join()).toContain('frame-ancestors');
  });

  test('the frame is fit for anybody, without scripts too', async () => {
    const { page, problems } = await newPerson(browser, { screen: oldPhone });
    await page.goto(`${app.url}/fr/agenda/cadre`);
    await expectFit(page);
    await page.setViewportSize(desktop);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectFit(page);
    expect(await page.locator('script').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});

test('The news feed is well-formed, whatever the titles hold', async () => {
  await makeSession(app.db, { siteId: station, title: { fr: 'Marques <&>"\' ]]> \u0001' } });
  const { page } = await newPerson(browser);
  await page.goto(`${app.url}/fr/agenda`);
  const count = await page.evaluate(async () => {
    const feed = new DOMParser().parseFromString(await (await fetch('/agenda.atom')).text(), 'application/xml');
    return feed.querySelector('parsererror') ? -1 : feed.querySelectorAll('entry').length;
  });
  expect(count).toBeGreaterThan(5);
});

test('The board of the hall says within five seconds that a session is cancelled', async () => {
  const { page, problems } = await newPerson(browser, { screen: { width: 1920, height: 1080 } });
  const session = await makeSession(app.db, {
    siteId: station,
    title: { fr: 'Atelier de la hâte' },
    start: at('2026-11-23', '09:05'),
  });
  await page.goto(`${app.url}/fr/tableau/la-station`);
  expect(await read(page, '.board')).toMatch(/Atelier de la hâte\s+jusqu’à 11 h 05\s+12 places libres/);
  await expectFit(page);
  const admin = await app.db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('email', '=', 'admin@quai.example')
    .executeTakeFirstOrThrow();
  await cancelSession(app.ctx(actorOf(admin, ['administrator'])), { session: session.id, scope: 'one', reason: {} });
  // Another process acted: this one hears of it as it would of any change.
  await (await newPerson(browser)).page.request.post(`${app.url}/fr/deconnexion`, {
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  await expect.poll(() => read(page, '.board'), { timeout: 5_000 }).toMatch(/Atelier de la hâte\s+annulé/);
  expect(problems).toEqual([]);
});
