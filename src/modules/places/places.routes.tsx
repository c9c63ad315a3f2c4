import type { Hono } from 'hono';
import { addDays, dayOf, daysBetween, isDay, mondayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { tell } from '../../ui/told.ts';
import { NetworkPage, NetworkSection } from './network.pages.tsx';
import { questionOf, readNetwork, withState } from './network.ts';
import { placesMessages } from './places.messages.ts';
import { hoursOn, lengthsFor } from './places.rules.ts';
import { findResource, findSite, hoursRows, landmarks, listResources, spacesOf } from './places.store.ts';
import { ResourcePage } from './resource.pages.tsx';
import { weekOf } from './resource-week.ts';
import { renderSiteSections } from './sections.ts';
import { SitePage } from './site.pages.tsx';

const weeksAhead = 52;
const towns = 14;

/** The public pages: the network, a site, what can be booked there. */
export function placesRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/lieux', showNetwork);
  app.get('/:locale{fr|nl|en}/lieux/:site', showSite);
  app.get('/:locale{fr|nl|en}/lieux/:site/:resource', showResource);
}

/** The network as a part of the home page; nothing while there is no site. */
export async function networkSection(ctx: Ctx) {
  const sites = await readNetwork(ctx);
  return sites.length === 0 ? null : <NetworkSection ctx={ctx} sites={sites} />;
}

async function showNetwork(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const words = placesMessages[ctx.locale].network;
  const [sites, around] = await Promise.all([readNetwork(ctx), landmarks(ctx, towns)]);
  return page(
    c,
    { title: words.title, description: words.lead, shared: true },
    <NetworkPage ctx={ctx} sites={sites} towns={around} />,
  );
}

async function showSite(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const site = await findSite(ctx, c.req.param('site') ?? '');
  if (!site) throw notFound();
  const monday = mondayOf(dayOf(ctx.now, site.timeZone));
  const days = daysBetween(monday, addDays(monday, 6));
  const [[one], spaces, resources, lines, sections] = await Promise.all([
    withState(ctx, [site]),
    spacesOf(ctx, site.id),
    listResources(ctx, { site: site.slug }),
    hoursRows(ctx, [site.id], days[0]!, days.at(-1)!),
    renderSiteSections(ctx, site),
  ]);
  const week = days.map((day) => hoursOn(questionOf(site, lines), day));
  return page(
    c,
    { title: tell(ctx, site.name), description: tell(ctx, site.summary), shared: true },
    <SitePage ctx={ctx} one={one!} week={week} spaces={spaces} resources={resources} sections={sections} />,
  );
}

async function showResource(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const slug = c.req.param('site') ?? '';
  const [site, resource] = await Promise.all([
    findSite(ctx, slug),
    findResource(ctx, slug, c.req.param('resource') ?? ''),
  ]);
  if (!site || !resource) throw notFound();
  const { jour: asked = '', duree } = readQuery(c);
  const today = dayOf(ctx.now, site.timeZone);
  const last = addDays(today, weeksAhead * 7);
  // A day that is wrong, past or too far shows this week: the address may have been kept for months.
  const day = isDay(asked) && asked >= today && asked <= last ? asked : today;
  const monday = mondayOf(day);
  const lengths = lengthsFor(resource.rules, resource.stepMinutes);
  const minutes = lengths.find((length) => String(length) === duree) ?? usualLength(lengths);
  const next = addDays(monday, 7);
  return page(
    c,
    {
      title: `${tell(ctx, resource.name)}, ${tell(ctx, site.name)}`,
      description: tell(ctx, resource.summary),
      shared: true,
    },
    <ResourcePage
      ctx={ctx}
      site={site}
      resource={resource}
      monday={monday}
      week={await weekOf(ctx, site, resource, day, minutes)}
      minutes={minutes}
      lengths={lengths}
      previous={monday > today ? previousDay(monday, today) : undefined}
      next={next <= last ? next : undefined}
    />,
  );
}

/** An hour where it is offered, else the shortest. */
const usualLength = (lengths: readonly number[]): number => lengths.find((length) => length >= 60) ?? lengths[0]!;

/** The week before, or today where it began before today. */
const previousDay = (monday: string, today: string): string => {
  const before = addDays(monday, -7);
  return before < today ? today : before;
};
