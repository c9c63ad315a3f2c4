import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import { test } from 'vitest';
import { connect } from '../../src/core/db.ts';
import { makeApp } from '../harness/app.ts';
import { launch } from '../harness/browser.ts';
import { cloneDatabase } from '../harness/cluster.ts';
import { worldNow } from '../harness/template.ts';

test('shots', async () => {
  const clone = await cloneDatabase();
  const db = connect(clone.url, { max: 4 });
  const app = await makeApp(db, { now: worldNow });
  const server = serve({ fetch: (r) => app.app.fetch(r), port: 3987, hostname: '127.0.0.1' });
  const browser = await launch();
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const paths = { net: '/fr/lieux', site: '/fr/lieux/la-station', bus: '/nl/lieux/bus', res: '/fr/lieux/la-station/decoupeuse-laser', hall: '/en/lieux/la-station/fab-lab-1' };
  for (const [name, path] of Object.entries(paths)) for (const width of [1280, 360]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true } as never);
    const answer = await page.goto(`http://127.0.0.1:3987${path}`);
    if (width === 1280) console.warn(name, (await answer!.body()).length);
    await page.screenshot({ path: `/tmp/shot-${name}-${width}.png`, fullPage: true });
    await page.evaluate(axe);
    const result = await page.evaluate('axe.run()') as { violations: { id: string; nodes: { html: string }[] }[] };
    console.warn(name, width, 'scroll', await page.evaluate('document.documentElement.scrollWidth'), JSON.stringify(result.violations.map((v) => [v.id, v.nodes.length, v.nodes[0]!.html.slice(0, 160)])));
    await page.close();
  }
  await browser.close();
  server.close();
  await db.destroy();
  await clone.drop();
});
