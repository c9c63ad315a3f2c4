import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '../harness/browser.ts';
import { signIn } from '../harness/journey.ts';
import { desktop, newPerson, phone } from '../harness/person.ts';
import { type Served, serveApp } from '../harness/served.ts';

let app: Served;
let browser: Browser;

beforeAll(async () => {
  app = await serveApp();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** One page stands for all those drawn alike: names of places, codes, days and ids are taken out of its address. */
function routeOf({ pathname, searchParams }: URL): string {
  const path = pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27,}/g, ':id')
    .replace(/\d{4}-\d\d-\d\d/g, ':day')
    .replace(/\/(lieux|planning|tableau|journee|reserver|lignes|reservations|r)\/(?!nouv)[^/]+/g, '/$1/:one')
    .replace(/\/lieux\/:one\/(?!fiche|horaires|ressources|espaces|tournee|photo|codes)[^/]+$/, '/lieux/:one/:resource')
    .replace(/\/(ressources|espaces|tournee)\/(?!nouv)[^/]+/, '/$1/:one');
  const asked = [...searchParams.keys()].filter((key) => !/jour|debut|fin|page|voir|heure|personnes/.test(key)).sort();
  return asked.length > 0 ? `${path}?${asked.join('&')}` : path;
}

/** What links do not show: pages of another origin, files, and what is not a page. */
const isPage = (url: URL) =>
  url.origin === app.url && !/\.(ics|json|csv|svg|png|css|js|woff2|pdf)$|^\/(api|dev|assets|files|static)\//.test(url.pathname);

/** Follows every link from the home page, one page of each kind. */
async function crawl(page: Page, start: string, within: RegExp): Promise<Map<string, string>> {
  const found = new Map([[routeOf(new URL(start, app.url)), start]]);
  const queue = [start];
  for (const path of queue) {
    const answer = await page.request.get(`${app.url}${path}`);
    expect(answer.status(), `${path} answers`).toBeLessThan(400);
    const markup = await answer.text();
    for (const [, href = ''] of markup.matchAll(/<a [^>]*?href="([^"#][^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), `${app.url}${path}`);
      const route = routeOf(url);
      if (!isPage(url) || !within.test(url.pathname) || found.has(route)) continue;
      found.set(route, url.pathname + url.search);
      queue.push(url.pathname + url.search);
    }
  }
  return found;
}

test('dump', async () => {
  for (const who of [null, 'habitant@quai.example', 'equipe@quai.example', 'admin@quai.example']) {
    const { page } = await newPerson(browser, {});
    if (who) await signIn(app, page, who);
    const t = Date.now();
    console.log(who, [...(await crawl(page, '/fr', /^\/fr|^\/r\//))].map((x) => x.join('   ')).join('\n'), Date.now() - t);
  }
});
