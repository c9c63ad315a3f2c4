import { addDays, dayOf, instantOf, isDay, mondayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { hrefWith } from '../../core/input.ts';
import { readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { tell } from '../../ui/told.ts';
import { type AgendaItem, type Asked, agendaMessages, choices, listItems, readAsked } from '../agenda/index.ts';
import { type Sheet, WeekPage } from './week.pages.tsx';

/** More than a wall can take. */
const mostItems = 400;

/** The week of a day on paper: of a site, around a commune, or of every site one after the other. */
export async function showWeek(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const form = readQuery(c);
  const zone = ctx.territory.timeZone;
  // On a Sunday the paper one pins is that of the week to come: this one is over.
  const monday = mondayOf(form.jour && isDay(form.jour) ? form.jour : addDays(dayOf(ctx.now, zone), 1));
  const { jour: _, quand: __, ...asked } = form;
  const question = await readAsked(ctx, asked);
  const query = {
    ...question.query,
    from: instantOf(monday, '00:00', zone),
    to: instantOf(addDays(monday, 7), '00:00', zone),
  };
  const [{ items }, { sites }] = await Promise.all([listItems(ctx, query, { limit: mostItems }), choices(ctx)]);
  const words = agendaMessages[ctx.locale].week;
  return page(
    c,
    { title: words.head, description: words.lead, islands: ['print.js'], shared: true },
    <WeekPage
      ctx={ctx}
      monday={monday}
      sheets={sheetsOf(ctx, question, items, sites)}
      values={question.values}
      sites={sites}
    />,
  );
}

const siteOf = (item: AgendaItem) => (item.kind === 'session' ? item.session.site : stopSite(item));
const stopSite = ({ stop }: Extract<AgendaItem, { kind: 'stop' }>) => ({
  slug: stop.siteSlug,
  name: stop.siteName,
  telephone: stop.siteTelephone,
});

function sheetsOf(
  ctx: Ctx,
  { query, values: given, errors }: Asked,
  items: AgendaItem[],
  sites: Awaited<ReturnType<typeof choices>>['sites'],
): Sheet[] {
  const words = agendaMessages[ctx.locale].week;
  // What was not understood leads nowhere, and may be longer than a square of dots can say.
  const values = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in errors)));
  const path = `/${ctx.locale}/agenda`;
  const host = new URL(ctx.publicUrl).host;
  const sheet = (title: string, some: AgendaItem[], over: Record<string, string>): Sheet => ({
    title,
    items: some,
    telephone: (some[0] && siteOf(some[0]).telephone) ?? ctx.territory.telephone,
    href: ctx.publicUrl + hrefWith(path, values, over),
    written: host,
  });
  // Around a commune several sites may have something: one page says it all.
  if (query.near) return [{ ...sheet(words.near(query.near.label), items, {}), telephone: ctx.territory.telephone }];
  const shown = sites
    .filter(({ slug }) => !query.siteSlug || slug === query.siteSlug)
    .map(({ slug, name }) => ({ slug, name, items: items.filter((item) => siteOf(item).slug === slug) }))
    .filter((one) => one.items.length > 0 || query.siteSlug);
  if (shown.length === 0) return [sheet(ctx.territory.name, [], {})];
  return shown.map((one) => ({ ...sheet(tell(ctx, one.name), one.items, { site: one.slug }), siteSlug: one.slug }));
}
