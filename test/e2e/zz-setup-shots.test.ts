import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import { it } from 'vitest';
import { openSession } from '../../src/core/auth.ts';
import { connect } from '../../src/core/db.ts';
import { makeApp } from '../harness/app.ts';
import { launch } from '../harness/browser.ts';
import { cloneDatabase } from '../harness/cluster.ts';

it('shoots', async () => {
  const clone = await cloneDatabase();
  const db = connect(clone.url);
  const test = await makeApp(db, { publicUrl: 'http://localhost:4391' });
  const server = serve({ fetch: test.app.fetch, port: 4391 });
  const account = await db
    .selectFrom('account as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select('a.id')
    .where('p.email', '=', 'admin@quai.example')
    .executeTakeFirstOrThrow();
  const token = await openSession(db, test.now.at, account.id, 'x');
  const browser = await launch();
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const resource = await db
    .selectFrom('resource as r')
    .innerJoin('site as s', 's.id', 'r.site_id')
    .select(['r.slug'])
    .where('s.slug', '=', 'la-station')
    .orderBy('r.rank')
    .executeTakeFirstOrThrow();
  const stop = await db
    .selectFrom('stop')
    .select('id')
    .where('starts_at', '>', test.now.at)
    .orderBy('starts_at')
    .executeTakeFirstOrThrow();
  const mini = (await db.selectFrom('site').select('slug').where('kind', '=', 'mini_station').orderBy('rank').executeTakeFirstOrThrow()).slug;
  const pages: Record<string, string> = {
    door: '',
    territory: '/territoire',
    communes: '/communes',
    lines: '/lignes',
    line: '/lignes/nouvelle',
    new: '/lieux/nouveau',
    site: '/lieux/la-station',
    card: '/lieux/la-station/fiche',
    hours: '/lieux/la-station/horaires',
    guide: `/lieux/${mini}/horaires?guide=1`,
    room: '/lieux/la-station/ressources/nouvelle?guide=1',
    resource: `/lieux/la-station/ressources/${resource.slug}`,
    space: '/lieux/la-station/espaces/nouveau',
    tour: '/lieux/bus/tournee',
    stop: '/lieux/bus/tournee/nouvelle',
    cancel: `/lieux/bus/tournee/${stop.id}/annulation`,
    photo: '/lieux/la-station/photo',
  };
  for (const [width, tag] of [
    [360, 'phone'],
    [1280, 'desk'],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true });
    await context.addCookies([{ name: 'quai_session', value: token, domain: 'localhost', path: '/' }]);
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      const answer = await page.goto(`http://localhost:4391/fr/gestion${path}`);
      if (!answer?.ok()) console.warn(name, answer?.status());
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      if (wide) console.warn('OVERFLOW', name, tag);
      await page.screenshot({ path: `/tmp/shots-setup/${name}-${tag}.png`, fullPage: true });
      if (name === 'room' || name === 'resource' || name === 'new') {
        await page.evaluate(() => {
          for (const d of document.querySelectorAll('details')) d.open = true;
        });
        await page.screenshot({ path: `/tmp/shots-setup/${name}-open-${tag}.png`, fullPage: true });
      }
      await page.evaluate(() => {
        for (const d of document.querySelectorAll('details')) d.open = true;
      });
      await page.evaluate(axe);
      const found = await page.evaluate(async () =>
        (await (globalThis as any).axe.run()).violations.map(
          (v: any) =>
            `${v.id}: ${v.nodes
              .slice(0, 2)
              .map((n: any) => n.html.slice(0, 160))
              .join(' | ')}`,
        ),
      );
      if (found.length) console.warn('AXE', name, tag, found.join('\n'));
    }
    if (tag === 'phone') {
      await page.goto('http://localhost:4391/fr/gestion/lieux/nouveau');
      await page.fill('[name="name.fr"]', 'Essai');
      await page.fill('[name="commune"]', 'Nullepart');
      await page.click('.form .button-primary');
      await page.waitForLoadState();
      await page.screenshot({ path: '/tmp/shots-setup/errors-phone.png', fullPage: true });
    }
    await context.close();
  }
  await browser.close();
  server.close();
  await db.destroy();
  await clone.drop();
});
