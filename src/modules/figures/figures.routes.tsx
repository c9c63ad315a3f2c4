import type { Hono } from 'hono';
import { mustHave, sitesWith } from '../../core/access.ts';
import { addDays, dayOf } from '../../core/clock.ts';
import { say } from '../../core/i18n.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { formatter } from '../../ui/format.ts';
import { page } from '../../ui/page.tsx';
import {
  type EvidenceSite,
  editionsOf,
  enterSite,
  evidenceMessages,
  figuresOf,
  hand,
  lastSheets,
  monthOf,
  monthOfSites,
  monthRows,
  monthSpan,
  type SheetSession,
  sameFacts,
  sitesOf,
  toSpreadsheet,
} from '../evidence/index.ts';
import { byService, type Counted, isOf } from './figures.rules.ts';
import { EvidenceHome, SiteMonthPage } from './month.pages.tsx';
import { visitCounts, visitsOf } from './visits.store.ts';

const root = '/:locale{fr|nl|en}/preuves';
const ofSite = `${root}/:site{[a-z0-9_-]+}`;

/** The month before and the month after. */
const around = (month: string) => ({
  previous: addDays(`${month}-01`, -1).slice(0, 7),
  next: monthSpan(month).next.slice(0, 7),
});

const serviceOf = (c: Web): string | undefined => {
  const { service } = readQuery(c);
  return service && /^[a-z0-9_-]{1,60}$/.test(service) ? service : undefined;
};

const sum = (visits: readonly Counted[]): number => visits.reduce((all, one) => all + one.count, 0);

/** Visits outside sessions by service, in the territory's language as the rows are. */
async function counted(c: Web, site: EvidenceSite, month: string): Promise<Counted[]> {
  const { ctx } = c.var;
  const { mainLanguage } = ctx.territory;
  const counts = await visitCounts(ctx, site, month);
  return counts.map(({ service, count }) => ({
    service: service && { slug: service.slug, name: say(service.name, mainLanguage) },
    count,
  }));
}

/** What the pages show of a choice of rows: that of one service only where it is asked. */
function chosen(rows: readonly SheetSession[], visits: readonly Counted[], service: string | undefined) {
  const some = rows.filter((row) => isOf(service, row.service));
  const passed = visits.filter((one) => isOf(service, one.service));
  return { rows: some, figures: figuresOf(some), visits: sum(passed), services: byService(some, passed) };
}

async function showHome(c: Web): Promise<Response> {
  const { ctx } = c.var;
  mustHave(ctx.actor, 'team');
  const sites = await sitesOf(ctx, sitesWith(ctx.actor, 'team'));
  const month = monthOf(readQuery(c).mois, dayOf(ctx.now, ctx.territory.timeZone));
  const service = serviceOf(c);
  const rowsIn = await monthOfSites(ctx, sites, month);
  const months = await Promise.all(
    sites.map(async (site) => ({ site, rows: rowsIn.get(site.id) ?? [], visits: await counted(c, site, month) })),
  );
  const all = chosen(
    months.flatMap(({ rows }) => rows),
    months.flatMap(({ visits }) => visits),
    service,
  );
  const f = formatter(ctx.locale, ctx.territory.timeZone);
  return page(
    c,
    { title: evidenceMessages[ctx.locale].home, wide: true },
    <EvidenceHome
      frame={{ ctx, f, month, service, ...around(month) }}
      all={all}
      sites={months.map(({ site, rows, visits }) => ({
        name: say(site.name, ctx.locale, ctx.territory.mainLanguage),
        slug: site.slug,
        ...chosen(rows, visits, service),
      }))}
    />,
  );
}

async function showSiteMonth(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const site = await enterSite(c);
  const month = monthOf(readQuery(c).mois, dayOf(ctx.now, site.timeZone));
  const service = serviceOf(c);
  const all = chosen(await monthRows(ctx, site, month), await counted(c, site, month), service);
  const ids = all.rows.map(({ sessionId }) => sessionId);
  const sheets = await lastSheets(ctx, ids);
  const [whole] = await editionsOf(ctx, { siteId: site.id, month });
  const name = say(site.name, ctx.locale, ctx.territory.mainLanguage);
  return page(
    c,
    { title: evidenceMessages[ctx.locale].of(name, month), wide: true },
    <SiteMonthPage
      frame={{ ctx, f: formatter(ctx.locale, site.timeZone), month, service, ...around(month) }}
      site={{ name, slug: site.slug, edition: whole?.edition ?? null }}
      all={all}
      sessions={all.rows.map((session) => {
        const sheet = sheets.get(session.sessionId);
        return {
          session,
          sheet: sheet ? { edition: sheet.edition, changed: !sameFacts(sheet.rows, [session]) } : null,
        };
      })}
    />,
  );
}

/** The visits of a month outside sessions, one line each: what the figure counts. */
async function handVisits(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const site = await enterSite(c);
  const month = monthOf(readQuery(c).mois, dayOf(ctx.now, site.timeZone));
  const { mainLanguage } = ctx.territory;
  const f = formatter(mainLanguage, site.timeZone);
  const name = say(site.name, mainLanguage);
  const lines = (await visitsOf(ctx, site, month))
    .filter(({ service }) => isOf(serviceOf(c), service && { ...service, name: '' }))
    .map(({ at, service, stop, band }) => [
      name,
      f.isoDay(at),
      at.toISOString(),
      service ? say(service.name, mainLanguage) : '',
      stop ?? '',
      band,
    ]);
  const head = ['lieu', 'jour', 'instant', 'service', 'arret', 'age'];
  return hand(c, toSpreadsheet([head, ...lines]), `passages-${month}-${site.slug}`, 'csv');
}

/** The month's figures, opened by site, by service, by session. */
export function figuresRoutes(app: Hono<Env>): void {
  app.get(root, showHome);
  app.get(ofSite, showSiteMonth);
  app.get(`${ofSite}/passages.csv`, handVisits);
}
