import { readFileSync } from 'node:fs';
import { launch } from './harness/browser.ts';
const base = 'http://localhost:3300';
const browser = await launch();
for (const spec of process.argv.slice(2)) {
  const [path = '', name, w = '1280', mode = 'light', who = ''] = spec.split('|');
  const [width, height = '900'] = w.split('x');
  const ctx = await browser.newContext({ viewport: { width: Number(width), height: Number(height) }, colorScheme: mode === 'dark' ? 'dark' : 'light', locale: 'fr-FR' });
  const page = await ctx.newPage();
  if (who) await ctx.addCookies([{ name: 'quai_session', value: readFileSync(`/tmp/look.${who}`, 'utf8').trim(), url: base }]);
  if (mode === 'print') await page.emulateMedia({ media: 'print' });
  try {
    const r = await page.goto(base + path);
    const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    const h = await page.evaluate('document.documentElement.scrollHeight');
    console.log(name, path, r?.status(), 'over', over, 'h', h);
    await page.screenshot({ path: `/tmp/shots-look/${name}.png`, fullPage: !w.includes('x') });
  } catch (e) { console.log(name, String(e).slice(0, 200)); }
  await ctx.close();
}
await browser.close();
