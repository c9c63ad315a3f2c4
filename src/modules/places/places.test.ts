import { describe, expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';
import { seen } from '../../../test/harness/seen.ts';
import { worldNow } from '../../../test/harness/template.ts';
import { locales } from '../../core/i18n.ts';

const app = useHouse({ now: worldNow });

const get = (path: string, headers?: Record<string, string>) => app.visitor().get(path, headers);

/** Text as a reader sees it. */
const readable = (html: string) =>
  seen(html)
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ');

describe.each(locales)('in %s', (locale) => {
  test('the network, every site and everything that can be booked have their page', async () => {
    const sites = await app.db.selectFrom('site').select(['id', 'slug']).execute();
    const resources = await app.db.selectFrom('resource').select(['slug', 'site_id']).execute();
    const paths = [
      `/${locale}/lieux`,
      ...sites.map((site) => `/${locale}/lieux/${site.slug}`),
      ...resources.map((one) => `/${locale}/lieux/${sites.find((site) => site.id === one.site_id)!.slug}/${one.slug}`),
    ];
    for (const path of paths) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text.match(/<h1/g)).toHaveLength(1);
      expect(answer.text).not.toMatch(/undefined|\[object|NaN| style="/);
    }
  });
});

describe('the network', () => {
  test('tells what is open now and where the bus goes next', async () => {
    const text = readable((await get('/fr/lieux')).text);
    expect(text).toContain('Ouvert jusqu’à 20 h');
    expect(text).toContain('À Fauquembergues demain, 10 h – 16 h');
  });

  test('says on a holiday when it opens again', async () => {
    app.now.at = new Date('2026-12-25T10:00:00+01:00');
    try {
      expect(readable((await get('/fr/lieux')).text)).toContain('Ouvre demain à 9 h');
    } finally {
      app.now.at = worldNow;
    }
  });
});

describe('a resource', () => {
  test('shows its free times as links to book them, and not those that are taken', async () => {
    const answer = await get('/fr/lieux/la-station/salle-aa?duree=60');
    // Taken today from 9 h to 10 h 30.
    const starts = [...answer.text.matchAll(/\/fr\/reserver\/salle-aa\?debut=(2026-11-23T\d\d%3A\d\d)/g)].map(
      (found) => found[1],
    );
    expect(starts[0]).toBe('2026-11-23T10%3A30');
    expect(starts).toHaveLength(9);
    expect(answer.text.includes('jour=2026-11-30')).toBe(true);
  });

  test('keeps to the week asked, and shows this week when the day is wrong or past', async () => {
    const next = await get('/fr/lieux/la-station/salle-aa?jour=2026-12-01');
    expect(readable(next.text)).toContain('lundi 30 novembre');
    for (const day of ['2020-01-01', '9999-12-31', 'demain', '2026-13-45', '']) {
      const answer = await get(`/fr/lieux/la-station/salle-aa?jour=${day}&duree=9999999`);
      expect(answer.status).toBe(200);
      expect(readable(answer.text)).toContain('lundi 23 novembre');
    }
  });

  test('offers the bus only at its stops', async () => {
    const text = readable((await get('/fr/lieux/bus/aide-numerique-bus?duree=60')).text);
    expect(text).toMatch(/mardi 24 novembre 10 h – 11 h/);
    expect(text).toMatch(/samedi 28 novembre Fermé/);
  });

  test('is not found at another site, nor once archived', async () => {
    expect((await get('/fr/lieux/bus/salle-aa')).status).toBe(404);
    expect((await get('/fr/lieux/nulle-part')).status).toBe(404);
    await app.db.updateTable('resource').set({ archived_at: worldNow }).where('slug', '=', 'brodeuse').execute();
    expect((await get('/fr/lieux/la-station/brodeuse')).status).toBe(404);
    expect((await get('/fr/lieux/la-station')).text).not.toContain('/brodeuse');
  });

  test('never says free where no price was set', async () => {
    const text = readable((await get('/fr/lieux/la-station/halle')).text);
    expect(text).toContain('à demander au 03 53 01 00 10');
    expect(text).not.toContain('Gratuit');
  });
});

test.each(['%00', '%FF', "'", '..%2f..', '%F0%9F%98%80', 'a'.repeat(5000), '<script>'])(
  'an address that means nothing is not found: %s',
  async (text) => {
    for (const path of [`/fr/lieux/${text}`, `/fr/lieux/la-station/${text}`, `/api/v1/sites/${text}`]) {
      expect([404, 422, 400]).toContain((await get(path)).status);
    }
    expect([200, 422]).toContain((await get(`/api/v1/resources?site=${text}`)).status);
  },
);

describe('the API', () => {
  type Page = { items: { slug: string; site: string; kind: string; capacity: number; units: number }[]; next: string };

  test('pages through the resources once each, in a stable order', async () => {
    const seen: string[] = [];
    let path = '/api/v1/resources?limit=7';
    for (;;) {
      const page = (await get(path)).json() as Page;
      seen.push(...page.items.map((item) => item.slug));
      if (!page.next) break;
      path = `/api/v1/resources?limit=7&cursor=${page.next}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(50);
  });

  test('filters by site, kind and number of people', async () => {
    const page = (await get('/api/v1/resources?site=la-station&kind=meeting_room&people=20')).json() as Page;
    expect(page.items.map((item) => item.slug)).toEqual(['salle-marais']);
  });

  test('answers 304 to who has the same already, and 404 for what is not there', async () => {
    const first = await get('/api/v1/sites/bus');
    expect((first.json() as { stops: unknown[] }).stops.length).toBeGreaterThan(10);
    const again = await get('/api/v1/sites/bus', { 'if-none-match': first.headers.get('etag')! });
    expect(again.status).toBe(304);
    expect((await get('/api/v1/sites/nowhere')).status).toBe(404);
  });

  test('refuses a cursor or a number that means nothing', async () => {
    for (const query of ['limit=0', 'people=-1', 'kind=castle', 'cursor=%00', 'people=1e99']) {
      expect([query, (await get(`/api/v1/resources?${query}`)).status]).toEqual([query, 422]);
    }
    // A cursor that names nothing any more is the end of the list.
    expect((await get('/api/v1/resources?cursor=bm90aGluZw')).json()).toEqual({ items: [], next: null });
  });

  test('is described', async () => {
    const document = (await get('/api/v1/openapi.json')).json() as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/sites', '/sites/{slug}', '/resources']));
  });

  test('lists the sites with their names in each language', async () => {
    const page = (await get('/api/v1/sites')).json() as { items: { name: { fr: string; nl: string } }[] };
    expect(page.items.map((item) => item.name.nl)).toContain('De bus');
  });
});
