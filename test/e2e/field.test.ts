import type { IncomingMessage } from 'node:http';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../src/core/db.ts';
import { makeSession } from '../harness/agenda.ts';
import { makeApp, type TestApp } from '../harness/app.ts';
import { makeRegistration } from '../harness/attendance.ts';
import { useBrowser } from '../harness/browser.ts';
import { type Clone, cloneDatabase } from '../harness/cluster.ts';
import { read, signIn } from '../harness/journey.ts';
import { at, makePerson, paris } from '../harness/make.ts';
import { expectFit, newPerson, oldPhone, phone } from '../harness/person.ts';
import { freePort } from '../harness/port.ts';

const tuesday = '2026-11-24';

/** The application behind a door that can be shut, and that can swallow an answer after the work is done. */
class Door {
  readonly url: string;
  readonly #port: number;
  readonly house: TestApp;
  #server: ReturnType<typeof serve> | undefined;
  /** The next answers to what phones send are lost on their way: the server dies after its commit. */
  swallow = 0;
  posts = 0;

  private constructor(house: TestApp, port: number) {
    this.house = house;
    this.#port = port;
    this.url = `http://localhost:${port}`;
  }

  static async at(db: Db): Promise<Door> {
    const port = await freePort();
    return new Door(await makeApp(db, { now: at(tuesday, '13:15'), publicUrl: `http://localhost:${port}` }), port);
  }

  async open(): Promise<void> {
    const fetch = async (request: Request, env: unknown): Promise<Response> => {
      const sent = request.url.endsWith('/carnet/envoi');
      const answer = await this.house.app.fetch(request, env);
      if (sent) this.posts += 1;
      if (!sent || this.swallow === 0) return answer;
      this.swallow -= 1;
      (env as { incoming: IncomingMessage }).incoming.socket.destroy();
      return answer;
    };
    this.#server = serve({ fetch, port: this.#port, hostname: '127.0.0.1' });
    await new Promise((resolve) => this.#server!.once('listening', resolve));
  }

  async shut(): Promise<void> {
    await new Promise((resolve) => {
      this.#server?.close(resolve);
      if (this.#server && 'closeAllConnections' in this.#server) this.#server.closeAllConnections();
    });
  }
}

const browser = useBrowser();
let clone: Clone;
let db: Db;
let door: Door;
let bus: { id: string; slug: string };
let stopId: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = connect(clone.url, { max: 6 });
  door = await Door.at(db);
  await door.open();
  bus = await db.selectFrom('site').select(['id', 'slug']).where('kind', '=', 'mobile').executeTakeFirstOrThrow();
  const stop = await db
    .selectFrom('stop as t')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .select('t.id')
    .where('t.site_id', '=', bus.id)
    .where('c.name', '=', 'Fauquembergues')
    .where('t.starts_at', '>=', at(tuesday, '00:00'))
    .where('t.starts_at', '<', at(tuesday, '23:00'))
    .executeTakeFirstOrThrow();
  stopId = stop.id;
  await db
    .updateTable('stop')
    .set({ starts_at: at(tuesday, '13:30'), ends_at: at(tuesday, '17:30') })
    .where('id', '=', stopId)
    .execute();
  for (const [index, name] of ['Ginette Hochart', 'Marcel Dubois', 'An Claeys', 'Rosa Petit'].entries()) {
    const start = at(tuesday, `${14 + Math.floor(index / 2)}:${index % 2 ? '30' : '00'}`);
    const title = { fr: 'Rendez-vous' };
    const over = {
      siteId: bus.id,
      stopId,
      kind: 'appointment',
      start,
      end: new Date(start.getTime() + 1_800_000),
    } as const;
    const session = await makeSession(db, { ...over, title, seats: 1 });
    await makeRegistration(db, session.id, { person: await makePerson(db, { name }) });
  }
  const start = at(tuesday, '16:00');
  const workshop = await makeSession(db, { siteId: bus.id, stopId, start, title: { fr: 'Photos du téléphone' } });
  await makeRegistration(db, workshop.id, { kind: 'household', seats: [{ name: 'Zoé' }, { name: 'Yanis' }] });
});

afterAll(async () => {
  await door?.shut();
  await db?.destroy();
  await clone?.drop();
});

const rowOf = (page: Page, name: string) => page.locator('.field-row', { hasText: name });
const state = (page: Page) => page.locator('[data-state]');
const clockAt = (context: BrowserContext, time: string) => context.clock.setFixedTime(at(tuesday, time));

async function sign(page: Page, name: string): Promise<void> {
  await rowOf(page, name).getByRole('button', { name: 'Faire signer' }).click();
  const pad = page.locator('dialog canvas');
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  for (const [x, y] of [
    [60, 60],
    [120, 30],
    [180, 70],
  ] as const)
    await page.mouse.move(box.x + x, box.y + y);
  await page.mouse.up();
  await page.locator('dialog').getByRole('button', { name: 'C’est signé' }).click();
}

/** All that the browser's stores of pages hold, as text. */
const keptOf = (page: Page) =>
  page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const store = await caches.open(name);
      for (const request of await store.keys()) {
        if (!/\.(js|css|woff2|svg)$/.test(request.url))
          texts.push(request.url, await (await store.match(request))!.text());
      }
    }
    return texts.join('\n');
  });

const entries = () => db.selectFrom('field_entry').selectAll().orderBy('turn').execute();

describe('Tuesday 24 November, the bus', () => {
  test('in Fauquembergues, 13:30 to 17:30, without a network; at 18:00 in Lumbres each row is there, once, at its own time', async () => {
    const { page: first, context, problems } = await newPerson(browser, { screen: phone, timeZone: paris });
    await clockAt(context, '13:25');
    await signIn({ db, now: door.house.now, url: door.url }, first, 'equipe@quai.example');
    await first.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await first.locator('quai-field[data-ready]').waitFor();
    await expectFit(first);
    expect(await state(first).innerText()).toContain('Prêt à travailler sans réseau');
    expect(await read(first)).not.toMatch(/@|\b0[1-9](?: \d\d){4}\b/);

    await context.setOffline(true);
    await door.shut();
    await clockAt(context, '14:02');
    await rowOf(first, 'Ginette Hochart').getByRole('button', { name: 'Rendez-vous tenu' }).click();
    await expect.poll(() => state(first).innerText()).toContain('1 à envoyer');
    expect(await state(first).innerText()).toMatch(/Sans réseau depuis 13[:h ]25/);
    await clockAt(context, '14:40');
    await rowOf(first, 'Marcel Dubois').getByRole('button', { name: 'Pas de venue' }).click();
    await clockAt(context, '15:05');
    await rowOf(first, 'An Claeys').getByRole('button', { name: 'Rendez-vous tenu' }).click();
    await clockAt(context, '15:31');
    await rowOf(first, 'Rosa Petit').getByRole('button', { name: 'Rendez-vous tenu' }).click();
    for (const [time, band] of [
      ['15:40', '70 ans et plus'],
      ['15:41', '70 ans et plus'],
      ['15:50', '12-18 ans'],
    ] as const) {
      await clockAt(context, time);
      await first.getByRole('button', { name: band }).first().click();
    }
    await clockAt(context, '16:03');
    await sign(first, 'Zoé');
    await clockAt(context, '16:04');
    await sign(first, 'Yanis');
    await expect.poll(() => state(first).innerText()).toContain('9 à envoyer');
    expect(await first.getByRole('button', { name: '70 ans et plus' }).first().innerText()).toContain('2');
    expect(await rowOf(first, 'Rosa Petit').innerText()).toMatch(/15[:h]31 Rendez-vous tenu · à envoyer/);
    await expectFit(first);
    await first.close();

    const page = await context.newPage();
    await clockAt(context, '17:20');
    await page.goto(`${door.url}/fr/carnet`);
    await expect.poll(() => state(page).innerText()).toContain('9 à envoyer');
    expect(new URL(page.url()).pathname).toBe(`/fr/carnet/${bus.slug}`);
    expect(await read(page)).toContain('Ginette Hochart');
    await page.getByLabel('Une note pour l’équipe').fill('La prise du fond ne marche plus.');
    await page.getByRole('button', { name: 'Garder la note' }).click();
    await expect.poll(() => state(page).innerText()).toContain('10 à envoyer');
    expect(await entries()).toEqual([]);

    // 18:00, Lumbres: the network comes back, and the server dies once it has written the first of them.
    await clockAt(context, '18:00');
    door.house.now.at = at(tuesday, '18:00');
    door.swallow = 1;
    await door.open();
    await context.setOffline(false);
    await expect.poll(() => door.posts, { timeout: 20_000 }).toBe(1);
    await door.shut();
    const half = await entries();
    expect(half.length).toBe(5);
    await expect.poll(() => state(page).innerText()).toContain('10 à envoyer');
    await expect.poll(() => state(page).innerText()).toContain('Sans réseau depuis');

    await door.open();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect.poll(() => state(page).innerText(), { timeout: 20_000 }).toContain('Tout est envoyé');
    const sent = await entries();
    expect(sent.map((entry) => entry.outcome)).toEqual(Array(10).fill('done'));
    expect(sent.map((entry) => entry.occurred_at.toISOString().slice(11, 16))).toEqual([
      '13:02',
      '13:40',
      '14:05',
      '14:31',
      '14:40',
      '14:41',
      '14:50',
      '15:03',
      '15:04',
      '16:20',
    ]);
    expect(sent.map((entry) => entry.turn)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(sent.slice(0, 5).map((entry) => entry.id)).toEqual(half.map((entry) => entry.id));
    const marks = await sql<{ state: string; mode: string; signed: boolean }>`
      select m.state, m.mode, m.signature_id is not null as signed from attendance m join session s on s.id = m.session_id
      where s.stop_id = ${stopId} order by m.occurred_at`.execute(db);
    expect(marks.rows.map((one) => `${one.state} ${one.mode}${one.signed ? ' signed' : ''}`)).toEqual([
      'present desk',
      'absent desk',
      'present desk',
      'present desk',
      'present signature signed',
      'present signature signed',
    ]);
    const visits = await db.selectFrom('visit').select('age_band').where('stop_id', '=', stopId).execute();
    expect(visits.map((visit) => visit.age_band).sort()).toEqual(['12_18', '70_over', '70_over']);
    const notes = await db.selectFrom('day_note').select('id').where('body', 'like', 'La prise%').execute();
    expect(notes.length).toBe(1);
    // A third time, for nothing: the phone keeps nothing that is sent, and nothing is written again.
    await page.reload();
    await expect.poll(() => state(page).innerText()).toContain('Tout est envoyé');
    expect(await rowOf(page, 'Zoé').innerText()).toContain('a signé');
    expect((await entries()).length).toBe(10);
    await expectFit(page);
    expect(problems.filter((problem) => !/ERR_|Failed to load|fetch/.test(problem))).toEqual([]);
    await context.close();
  });

  test('signed out elsewhere, the phone shows nothing of the day; what was noted is sent by the same person only', async () => {
    const { page: first, context } = await newPerson(browser, { screen: phone, timeZone: paris });
    const who = { db, now: door.house.now, url: door.url };
    await signIn(who, first, 'equipe@quai.example');
    await first.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await first.locator('quai-field[data-ready]').waitFor();
    await context.setOffline(true);
    await door.shut();
    await first.getByRole('button', { name: '25-39 ans' }).first().click();
    await expect.poll(() => state(first).innerText()).toContain('1 à envoyer');
    await first.close();

    await door.open();
    await context.setOffline(false);
    const account = await context.newPage();
    await account.goto(`${door.url}/fr/compte`);
    await account.getByRole('button', { name: 'Se déconnecter' }).first().click();
    await account.waitForURL(`${door.url}/fr`);
    // Nothing of the day is left in the browser, on whatever page one signed out; what was not sent is, and it is said.
    await expect.poll(() => account.locator('quai-forget').innerText()).toMatch(/pas encore envoyé\s:\s1/);
    expect(await keptOf(account)).not.toMatch(/Ginette|carnet\/bus|x-carnet/);
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('quai_field');
    await expectFit(account);
    await door.shut();
    await context.setOffline(true);
    const away = await context.newPage();
    await away.goto(`${door.url}/fr/carnet/${bus.slug}`);
    expect(await read(away)).toContain('Pas de réseau');
    expect(await away.content()).not.toContain('Ginette');

    await door.open();
    await context.setOffline(false);
    await signIn(who, away, 'lucie@quai.example');
    await away.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await expect.poll(() => state(away).innerText()).toContain('à quelqu’un d’autre');
    const sent = () =>
      db.selectFrom('visit').select('id').where('age_band', '=', '25_39').where('stop_id', '=', stopId).execute();
    expect(await sent()).toEqual([]);
    await signIn(who, away, 'equipe@quai.example');
    await away.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await expect.poll(() => state(away).innerText()).toContain('Tout est envoyé');
    expect((await sent()).length).toBe(1);
    await context.close();
  });

  test('what had its time is wiped: the phone shows no day, and keeps what was noted', async () => {
    const { page, context } = await newPerson(browser, { screen: phone, timeZone: paris });
    await signIn({ db, now: door.house.now, url: door.url }, page, 'equipe@quai.example');
    await page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await page.locator('quai-field[data-ready]').waitFor();
    // As if two days had passed: the worker looks at when it kept the page.
    await page.evaluate(async () => {
      const days = await caches.open('quai-carnet-days');
      for (const request of await days.keys()) {
        const kept = (await days.match(request))!;
        const headers = new Headers(kept.headers);
        headers.set('x-kept-until', '1');
        await days.put(request, new Response(await kept.text(), { headers }));
      }
    });
    await context.setOffline(true);
    await door.shut();
    await page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    expect(await read(page)).toContain('Ce téléphone ne garde pas de journée');
    expect(await page.evaluate(async () => (await (await caches.open('quai-carnet-days')).keys()).length)).toBe(0);
    await door.open();
    await context.close();
  });

  test('what had its time is wiped with a network too, by the next page that is read', async () => {
    const { page, context } = await newPerson(browser, { screen: phone, timeZone: paris });
    await signIn({ db, now: door.house.now, url: door.url }, page, 'equipe@quai.example');
    await page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await page.locator('quai-field[data-ready]').waitFor();
    await page.evaluate(async () => {
      const days = await caches.open('quai-carnet-days');
      const headers = { 'x-kept-until': '1', 'x-day-ends': '1' };
      await days.put('/fr/carnet/le-bus?jour=2026-11-20', new Response('Ginette Hochart', { headers }));
    });
    await page.reload();
    const kept = () =>
      page.evaluate(async () => (await (await caches.open('quai-carnet-days')).keys()).map(({ url }) => url));
    await expect.poll(kept, { timeout: 8_000 }).toEqual([`${door.url}/fr/carnet/${bus.slug}`]);
    await context.close();
  });

  test('one signs out of a phone that keeps nothing', async () => {
    const { page, context } = await newPerson(browser, { screen: phone, timeZone: paris });
    await signIn({ db, now: door.house.now, url: door.url }, page, 'equipe@quai.example');
    // As over plain http on a network of one's own, where browsers have no such store.
    await page.addInitScript(() => Object.defineProperty(window, 'caches', { value: undefined }));
    await page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await page.locator('[data-state]:not([hidden])').waitFor();
    await page.getByRole('button', { name: 'Se déconnecter' }).first().click();
    await page.waitForURL(`${door.url}/fr`, { timeout: 8_000 });
    await context.close();
  });

  test('what a colleague noted otherwise is shown on the phone, and settled on the team’s page, with a script or without', async () => {
    const { page, context } = await newPerson(browser, { screen: phone, timeZone: paris });
    const who = { db, now: door.house.now, url: door.url };
    await signIn(who, page, 'equipe@quai.example');
    await page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await page.locator('quai-field[data-ready]').waitFor();

    page.setDefaultTimeout(8_000);
    const colleague = await newPerson(browser, { javaScript: false, screen: oldPhone });
    colleague.page.setDefaultTimeout(8_000);
    await signIn(who, colleague.page, 'lucie@quai.example');
    await colleague.page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    await rowOf(colleague.page, 'Marcel Dubois').getByRole('button', { name: 'Rendez-vous tenu' }).click();
    expect(await rowOf(colleague.page, 'Marcel Dubois').innerText()).toMatch(/Rendez-vous tenu · 18/);
    await rowOf(colleague.page, 'An Claeys').getByRole('button', { name: 'Pas de venue' }).click();
    expect(await rowOf(colleague.page, 'An Claeys').innerText()).toContain('Pas de venue · 18');

    // The phone still shows "held", and says it again with a signature: that is not what stands.
    await sign(page, 'An Claeys');
    await expect.poll(() => page.locator('[data-troubles]').innerText()).toContain('n’est pas venue');
    await expectFit(page);
    await page.setViewportSize(oldPhone);
    await expectFit(page);
    await page.getByRole('link', { name: 'Voir ce qui est à régler' }).click();
    expect(await read(page)).toContain('An Claeys');
    await expectFit(page);
    await colleague.page.goto(`${door.url}/fr/carnet/a-regler`);
    await colleague.page.getByRole('button', { name: /Prendre ce qu’a noté le téléphone/ }).click();
    expect(await read(colleague.page)).toContain('C’est réglé');
    await colleague.page.goto(`${door.url}/fr/carnet/${bus.slug}`);
    expect(await rowOf(colleague.page, 'An Claeys').innerText()).toContain('a signé');
    await context.close();
    await colleague.context.close();
  });
});
