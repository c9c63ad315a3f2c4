import { describe, expect, test } from 'vitest';
import { at } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { monthRows } from '../evidence/index.ts';
import { byService, isOf } from './figures.rules.ts';
import { visitCounts, visitsOf } from './visits.store.ts';

const here = useStation();
const { app } = here;
const plain = (text: string) => Number(text.replace(/\s/g, ''));

async function november() {
  app.now.at = at('2026-12-02', '09:00');
  const site = await app.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'time_zone as timeZone'])
    .where('slug', '=', 'la-station')
    .executeTakeFirstOrThrow();
  const nadia = await app.signedIn('equipe@quai.example');
  const read = async (path: string) => seen((await nadia.get(path)).text);
  return { site, nadia, read, rows: await monthRows(app.ctx(), site, '2026-11') };
}

describe('a figure of the month', () => {
  test('is the sum of its services, each of which opens to its sessions', async () => {
    const { read, rows } = await november();
    const page = await read('/fr/preuves/la-station?mois=2026-11');
    const figure = (text: string, name: RegExp) =>
      plain(new RegExp(`${name.source}</dt><dd>([\\d ]+)`).exec(text)![1]!);
    const presences = /Présences \(personnes × demi-journées\)/;
    const services = byService(rows, []);
    expect(services.length).toBeGreaterThan(1);
    expect(services.reduce((sum, one) => sum + one.figures.peopleHalfDays, 0)).toBe(figure(page, presences));
    expect(services.reduce((sum, one) => sum + one.figures.sessions, 0)).toBe(figure(page, /Séances tenues/));
    for (const { service, figures } of services) {
      const own = await read(`/fr/preuves/la-station?mois=2026-11&service=${service?.slug ?? '-'}`);
      expect(figure(own, presences)).toBe(figures.peopleHalfDays);
      const sessions = rows.filter((row) => isOf(service?.slug ?? '-', row.service));
      for (const { reference } of sessions) expect(own).toContain(`/fr/presence/${reference}/feuille`);
      expect(own.match(/\/feuille"/g)?.length).toBe(sessions.length);
    }
    // The demonstration's October is locked, as a whole and session by session.
    expect(await read('/fr/preuves/la-station?mois=2026-10')).toMatch(
      /Feuille du mois<\/a><span class="tag[^>]*>.*?édition 1.*?Premiers pas sur l’ordinateur.*?édition 2/s,
    );
    expect(await read('/fr/preuves?mois=2026-11')).toMatch(/href="\/fr\/preuves\?mois=2026-11&amp;service=\w/);
  });

  test('of visits outside sessions opens to one line each', async () => {
    const { site, nadia, read } = await november();
    const visits = await visitsOf(app.ctx(), site, '2026-11');
    const counts = await visitCounts(app.ctx(), site, '2026-11');
    expect(visits.length).toBeGreaterThan(100);
    expect(counts.reduce((sum, one) => sum + one.count, 0)).toBe(visits.length);
    const path = '/fr/preuves/la-station/passages.csv?mois=2026-11';
    const linesOf = (text: string) => text.trimEnd().split('\r\n').slice(1);
    expect(linesOf((await nadia.get(path)).text)).toHaveLength(visits.length);
    const page = await read('/fr/preuves/la-station?mois=2026-11');
    expect(plain(/Passages hors séance, sans nom<\/dt><dd>([\d ]+)/.exec(page)![1]!)).toBe(visits.length);
    for (const { service, count } of counts) {
      const { text } = await nadia.get(`${path}&service=${service?.slug ?? '-'}`);
      expect(linesOf(text)).toHaveLength(count);
    }
  });

  test('is for the team, and bears any question', async () => {
    const { nadia } = await november();
    for (const path of ['/fr/preuves', '/fr/preuves/la-station', '/fr/preuves/la-station/passages.csv'])
      expect((await (await app.signedIn('habitant@quai.example')).get(path)).status).toBe(404);
    for (const query of ['mois=2026-13', 'service=inconnu', 'service=%27%3B--', 'mois=&service='])
      expect((await nadia.get(`/fr/preuves/la-station?${query}`)).status, query).toBe(200);
    expect((await nadia.get('/fr/preuves/mini-station-aire')).status).toBe(404);
  });
});
