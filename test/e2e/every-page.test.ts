import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { signIn } from '../harness/journey.ts';
import { desktop, newPerson, oldPhone, phone, sideways, unfitness } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shoot } from '../harness/shots.ts';

const app = useServed();
const browser = useBrowser();

/** One page stands for all those drawn alike: names of places, codes, days and ids are taken out of its address. */
function routeOf({ pathname, searchParams }: URL): string {
  const path = pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27,}/g, ':id')
    .replace(
      /\/(lieux|tableau|reserver|lignes|reservations|r|equipe|presence|preuves|avis)\/(?!nouv)([^/]+)/g,
      (_, kind, name) =>
        // The bus has a tour where others have hours, and a code has letters of its own.
        name === 'bus' ? `/${kind}/:bus` : `/${kind}/:one`,
    )
    .replace(
      /\/lieux\/:(?:one|bus)\/(?!fiche|horaires|ressources|espaces|tournee|photo)[^/]+$/,
      '/lieux/:one/:resource',
    )
    .replace(/\/programme\/(?!nouvelle)[^/]+/, '/programme/:one')
    .replace(/\/(sujets|relais|rendez-vous)\/(?!nouv|prendre)[^/]+/, '/$1/:one')
    .replace(/\/agenda\/[2-9A-Z]{10}/, '/agenda/:one')
    .replace(/\/inscriptions\/(seance\/)?[2-9A-Z]{10}/, '/inscriptions/$1:one')
    .replace(/\/(ressources|espaces|tournee|communes)\/(?!nouv)[^/]+/, '/$1/:one');
  // What is only another day, another page of a list or the way back draws nothing new.
  const asked = [...searchParams.keys()].filter(
    (key) => !/jour|debut|fin|voir|duree|personnes|retour|mois|demi/.test(key),
  );
  return asked.length > 0 ? `${path}?${asked.sort()}` : path;
}

/** Every page that links lead to from the home page, one of each kind: its route, and an address of it. */
async function crawl(page: Page, locale: string): Promise<Map<string, string>> {
  const found = new Map([[`/${locale}`, `/${locale}`]]);
  for (const [, path] of found) {
    const answer = await page.request.get(app.url + path);
    expect(answer.status(), `${path}, that a link leads to`).toBeLessThan(400);
    if (!answer.headers()['content-type']?.includes('text/html')) {
      found.delete(routeOf(new URL(path, app.url)));
      continue;
    }
    for (const [, href = ''] of (await answer.text()).matchAll(/<a [^>]*?href="([^"#][^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), app.url + path);
      const route = routeOf(url);
      if (url.origin !== app.url || !url.pathname.startsWith(`/${locale}`) || found.has(route)) continue;
      found.set(route, url.pathname + url.search);
    }
  }
  return found;
}

/** The same page, on a phone by day, on a desk by night, and on the narrowest phone for its width alone. */
async function look(page: Page, pages: Map<string, string>, problems: string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [route, path] of pages) {
    const say = (where: string, found: string[]) => faults.push(...found.map((fault) => `${path} ${where}: ${fault}`));
    const picture = (name: string) => shoot(page, `${route.replace(/[^a-z]+/g, '-')}-${name}`);
    await page.setViewportSize(phone);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(app.url + path);
    say('on a phone', await unfitness(page));
    await picture('light');
    await page.setViewportSize(oldPhone);
    say('on an old phone', await sideways(page));
    await page.setViewportSize(desktop);
    await page.emulateMedia({ colorScheme: 'dark' });
    say('on a desk, dark', await unfitness(page));
    await picture('dark');
    say('', problems.splice(0));
  }
  return faults;
}

test.each(['fr', 'nl', 'en'] as const)('Every page open to all is fit for anybody, in %s', async (locale) => {
  const { page, problems } = await newPerson(browser, { locale });
  const pages = await crawl(page, locale);
  for (const path of ['inconnu', 'reservations/confirmer?jeton=x', 'appareil']) pages.set(path, `/${locale}/${path}`);
  expect(pages.size).toBeGreaterThan(12);
  expect(await look(page, pages, problems)).toEqual([]);
});

/** Routes looked at so far: what several people may see is looked at once. */
const seen = new Set<string>();

test.each([
  ['an inhabitant', 'habitant', 8],
  ['the team', 'equipe', 12],
  ['an administrator', 'admin', 20],
] as const)('Every page of %s is fit for anybody', async (_, who, atLeast) => {
  const open = await crawl((await newPerson(browser)).page, 'fr');
  for (const route of open.keys()) seen.add(route);
  const { page, problems } = await newPerson(browser);
  await signIn(app, page, `${who}@quai.example`);
  const pages = await crawl(page, 'fr');
  for (const route of pages.keys()) if (route !== '/fr' && seen.has(route)) pages.delete(route);
  for (const route of pages.keys()) seen.add(route);
  expect(pages.size, [...pages.keys()].join(' ')).toBeGreaterThan(atLeast);
  expect(await look(page, pages, problems)).toEqual([]);
});
