import { addDays, dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { holidaysOf } from '../finding/index.ts';
import { type HoursQuestion, type OpenState, stateAmong, stateOf } from './places.rules.ts';
import { type HoursRow, hoursRows, listSites, nextStops, type SiteCard, type StopCard } from './places.store.ts';

/** A site with what it is doing now. */
export type NetworkSite = { site: SiteCard; state: OpenState; stops: StopCard[] };

const aheadDays = 16;

/** What a site's hours are made of, for the rules. */
export const questionOf = (site: SiteCard, lines: readonly HoursRow[]): HoursQuestion => ({
  lines: lines.filter((line) => line.siteId === site.id),
  timeZone: site.timeZone,
  closedOnHolidays: site.closedOnHolidays,
  holidays: (year) => holidaysOf(site.country, year),
});

/** Some sites with their state at this instant: three statements, however many sites. */
export async function withState(ctx: Ctx, sites: readonly SiteCard[]): Promise<NetworkSite[]> {
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const idsOf = (mobile: boolean) => sites.filter((site) => (site.kind === 'mobile') === mobile).map((site) => site.id);
  const lines = await hoursRows(ctx, idsOf(false), addDays(today, -2), addDays(today, aheadDays));
  const stops = await nextStops(ctx, idsOf(true), ctx.now);
  return sites.map((site) => {
    const own = stops.filter((stop) => stop.siteId === site.id);
    const state = site.kind === 'mobile' ? stateAmong(own, ctx.now) : stateOf(questionOf(site, lines), ctx.now);
    return { site, state, stops: own };
  });
}

/** The whole network as it is now. */
export const readNetwork = async (ctx: Ctx): Promise<NetworkSite[]> => withState(ctx, await listSites(ctx));
