import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asset, staticFile } from '../src/core/assets.ts';
import { connect, type Db } from '../src/core/db.ts';
import { projectRoot } from '../src/core/root.ts';
import { makeApp, type TestApp } from './harness/app.ts';
import { type Clone, cloneDatabase } from './harness/cluster.ts';

// What a first visit may weigh, as it crosses the wire: ARCHITECTURE.md says why it is so little.
const kilobyte = 1024;
const brotli = 'gzip, br';

/** Every script that the build publishes is an island. */
const islands = Object.keys(
  JSON.parse(readFileSync(join(projectRoot, 'dist/manifest.json'), 'utf8')) as Record<string, string>,
).filter((name) => name.endsWith('.js'));

let clone: Clone;
let db: Db;
let house: TestApp;
let home: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = connect(clone.url, { max: 2 });
  house = await makeApp(db);
  home = (await house.visitor().get('/fr')).text;
});

afterAll(async () => {
  await db.destroy();
  await clone.drop();
});

const weightOf = (path: string): number => staticFile(path, brotli)!.body.length;
const linked = (html: string): string[] => [
  ...new Set([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((match) => match[1]!)),
];
/** The fonts a style sheet asks for, the variable one left out: it is for browsers that load it instead of the two others. */
const fontsOf = (css: string): string[] => [
  ...new Set(
    [...css.matchAll(/url\(["']?(\/static\/fonts\/[^"')]+)/g)]
      .map((match) => match[1]!)
      .filter((path) => !path.includes('variable')),
  ),
];

describe('the budget', () => {
  test('of the first page: 60 kB over the wire with its fonts, in at most 6 requests', () => {
    const files = linked(home);
    const css = staticFile(asset('quai.css'))!.body.toString();
    const all = [...files, ...fontsOf(css)];
    const bytes = gzipSync(home, { level: 3 }).length + all.reduce((sum, path) => sum + weightOf(path), 0);
    expect(all.length + 1).toBeLessThanOrEqual(6);
    expect(bytes).toBeLessThanOrEqual(60 * kilobyte);
  });

  test('of a page: 14 kB, compressed as it is sent', async () => {
    const team = await house.signedIn('admin@quai.example');
    const site = await db.selectFrom('site').select('slug').orderBy('rank').limit(1).executeTakeFirstOrThrow();
    const own = [`/fr/lieux/${site.slug}`, `/fr/equipe/${site.slug}`, `/fr/equipe/${site.slug}/planning`];
    for (const path of ['/fr', '/fr/trouver', '/fr/lieux', ...own]) {
      const { status, headers } = await team.get(path, { 'accept-encoding': 'gzip' });
      expect(status, path).toBe(200);
      expect(headers.get('content-encoding'), path).toBe('gzip');
      expect(headers.get('vary'), path).toContain('Accept-Encoding');
      expect(Number(headers.get('content-length')), path).toBeLessThanOrEqual(14 * kilobyte);
    }
  });

  test('of the style sheets: 20 kB over the wire, and what is first opened asks for the first alone', async () => {
    expect(weightOf(asset('quai.css')) + weightOf(asset('work.css'))).toBeLessThanOrEqual(20 * kilobyte);
    const sheets = (html: string) => linked(html).filter((path) => path.endsWith('.css'));
    expect(sheets(home)).toEqual([asset('quai.css')]);
    const form = await house.visitor().get('/fr/connexion');
    expect(sheets(form.text)).toEqual([asset('quai.css'), asset('work.css')]);
  });

  test('of a light page: nothing it shows is dressed by a sheet it does not ask for', async () => {
    const classes = (css: string) => new Set([...css.matchAll(/\.([a-z][\w-]*)/g)].map((match) => match[1]!));
    const sheet = (name: string) => staticFile(asset(name))!.body.toString();
    const first = classes(sheet('quai.css'));
    const missing = new Set([...classes(sheet('work.css'))].filter((name) => !first.has(name)));
    const [site, session, stop] = await Promise.all([
      db.selectFrom('site').select('slug').orderBy('rank').limit(1).executeTakeFirstOrThrow(),
      db.selectFrom('session').select('reference').where('kind', '=', 'workshop').limit(1).executeTakeFirst(),
      db.selectFrom('stop').select('commune_code').limit(1).executeTakeFirst(),
    ]);
    const thing = await db
      .selectFrom('resource as r')
      .innerJoin('site as s', 's.id', 'r.site_id')
      .select(['r.slug', 's.slug as site'])
      .limit(1)
      .executeTakeFirstOrThrow();
    const paths = [
      '/fr',
      '/fr/agenda',
      '/fr/agenda?pres=Lumbres&quand=aujourdhui',
      '/fr/agenda?age=900&pres=Zzz',
      '/fr/agenda/publier',
      '/fr/agenda/cadre',
      ...(session ? [`/fr/agenda/${session.reference}`] : []),
      '/fr/trouver',
      '/fr/trouver?besoin=meet&personnes=6&duree=120',
      '/fr/lieux',
      '/fr/lieux/bus',
      `/fr/lieux/${site.slug}`,
      `/fr/lieux/${thing.site}/${thing.slug}`,
      '/fr/tournee',
      '/fr/rendez-vous',
      '/fr/rendez-vous?pres=Lumbres',
      '/fr/carnet/sans-reseau',
      ...(stop ? [`/fr/tournee/affiche/${stop.commune_code}`] : []),
    ];
    let light = 0;
    const team = await house.signedIn('admin@quai.example');
    for (const [path, one] of paths.flatMap((path) => [house.visitor(), team].map((one) => [path, one] as const))) {
      const { text: html } = await one.get(path);
      if (html.includes(asset('work.css'))) continue;
      light += 1;
      const used = [...html.matchAll(/ class="([^"]+)"/g)].flatMap((match) => match[1]!.split(/\s+/));
      expect(
        [...new Set(used)].filter((name) => missing.has(name)),
        path,
      ).toEqual([]);
    }
    expect(light).toBeGreaterThan(12);
  });

  test.each(islands)('of a gesture in the browser: 30 kB over the wire (%s)', (island) => {
    expect(weightOf(asset(island))).toBeLessThanOrEqual(30 * kilobyte);
  });

  test('of scripts on the home page: none', () => {
    expect(home).not.toMatch(/<script/);
  });
});
