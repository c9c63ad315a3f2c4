import { readFileSync } from 'node:fs';
import { launch } from './harness/browser.ts';
const b = await launch(); const ctx = await b.newContext({ locale: 'fr-FR' });
await ctx.addCookies([{ name: 'quai_session', value: readFileSync('/tmp/look.equipe', 'utf8').trim(), url: 'http://localhost:3300' }]);
const p = await ctx.newPage(); await p.goto('http://localhost:3300/fr/equipe/la-station/planning');
const pdf = await p.pdf({ path: '/tmp/shots-look/plan.pdf', format: 'A4' });
console.log(pdf.length, (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length, pdf.toString('latin1').match(/MediaBox ?\[[^\]]+\]/g)?.slice(0, 3));
await b.close();
