import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSession } from '../../src/core/auth.ts';
import { connect } from '../../src/core/db.ts';
import { makeApp, type TestApp } from '../harness/app.ts';
import { launch } from '../harness/browser.ts';
import { type Clone, cloneDatabase } from '../harness/cluster.ts';

let clone: Clone;
let test: TestApp;
let server: ServerType;
let browser: Browser;
let address: string;
let token: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  const db = connect(clone.url);
  test = await makeApp(db);
  server = serve({ fetch: test.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((ready) => server.once('listening', ready));
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
  const account = await db
    .selectFrom('account as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select('a.id')
    .where('p.email', '=', 'admin@quai.example')
    .executeTakeFirstOrThrow();
  token = await openSession(db, test.now.at, account.id, 'test');
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await test?.db.destroy();
  await clone?.drop();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run());
  return violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`);
}

/** From the door of the administration to a room that can be booked; returns pages seen and required fields filled. */
async function openPlace(scripts: boolean, name: string, width: number): Promise<{ pages: number; fields: number }> {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    bypassCSP: true,
    viewport: { width, height: 800 },
  });
  await context.addCookies([{ name: 'quai_session', value: token, domain: 'localhost', path: '/' }]);
  const page = await context.newPage();
  let pages = 0;
  let fields = 0;
  const arrive = async (heading: string) => {
    pages += 1;
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    const required = await page
      .locator('main [required]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('name')));
    fields += new Set(required).size;
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(overflow, `${heading} is wider than the screen`).toBe(false);
    if (scripts) expect(await faults(page), heading).toEqual([]);
  };
  await page.goto(`${address}/fr/gestion`);
  await arrive('Gestion');
  await page.getByRole('link', { name: 'Nouveau lieu' }).click();
  await arrive('Nouveau lieu');
  await page.fill('[name="name.fr"]', name);
  await page.fill('[name="commune"]', 'Arques');
  await page.getByRole('button', { name: 'Créer ce lieu' }).click();
  await arrive('Horaires');
  await page.fill('[name="h1.0.from"]', '09:00');
  await page.fill('[name="h1.0.to"]', '17:00');
  await page.getByRole('button', { name: 'Copier lundi jusqu’à vendredi' }).click();
  expect(await page.inputValue('[name="h5.0.to"]')).toBe('17:00');
  await page.getByRole('button', { name: 'Enregistrer, puis la première salle' }).click();
  await arrive('Nouvelle salle ou machine');
  await page.fill('[name="name.fr"]', `Salle de ${name}`);
  await page.fill('[name="capacity"]', '8');
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await arrive(name);
  await page.getByText('Le lieu est prêt').waitFor();
  await context.close();
  return { pages, fields };
}

it('opens a place with a bookable room in at most five pages and twelve required fields, with and without JavaScript', async () => {
  for (const [scripts, name, width] of [
    [true, 'Le Relais', 1280],
    [false, 'La Passerelle', 320],
  ] as const) {
    const { pages, fields } = await openPlace(scripts, name, width);
    expect(pages).toBeLessThanOrEqual(5);
    expect(fields).toBeLessThanOrEqual(12);
  }
});
