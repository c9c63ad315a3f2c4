import type { Hono } from 'hono';
import { has, mustHave } from '../../core/access.ts';
import { addDays, type Day, dayOf, isDay, mondayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { type Env, readQuery } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { appointmentsOf, placeName } from '../appointments/index.ts';
import {
  freeOf,
  type Helper,
  helpers,
  mayRun,
  openedRules,
  type PresenceSite,
  readCalendars,
} from '../presence/index.ts';
import { teamMessages } from './team.messages.ts';
import { NobodyPage, type PresentLine, WeekPage } from './week.pages.tsx';

/** Those whose appointments one may read and change. */
export const mine = async (ctx: Ctx): Promise<Helper[]> => (await helpers(ctx)).filter((helper) => mayRun(ctx, helper));

/** The one asked for, oneself, or the first of one's team. */
export const chosen = (ctx: Ctx, all: readonly Helper[], asked: string | undefined): Helper | undefined =>
  all.find((one) => one.id === asked) ?? all.find((one) => one.personId === ctx.actor.personId) ?? all[0];

async function weekOf(ctx: Ctx, helper: Helper, monday: Day) {
  const zone = ctx.territory.timeZone;
  const window = { start: wholeDay(monday, zone).start, end: wholeDay(addDays(monday, 6), zone).end };
  const [{ calendars, sites }, appointments, rules] = await Promise.all([
    readCalendars(ctx, { helperIds: [helper.id] }, window),
    appointmentsOf(ctx, helper.id, window),
    openedRules(ctx, helper.id),
  ]);
  const [calendar] = calendars;
  const present = calendar
    ? freeOf(calendar, sites, window).map(({ present, parts }): PresentLine => {
        const site = sites.get(present.place.siteId!)!;
        return { present, parts, place: wordsOf(ctx, site, present.place.stopId), timeZone: site.timeZone };
      })
    : [];
  return { present, appointments, rules, absences: calendar?.absences ?? [] };
}

function wordsOf(ctx: Ctx, site: PresenceSite, stopId: string | null): string {
  const stop = stopId ? site.words.get(stopId) : undefined;
  const name = placeName(ctx, { site, stop: stop ?? null });
  return stop ? `${name}, ${say(stop.place, ctx.locale, ctx.territory.mainLanguage)}` : name;
}

/** The week of who receives. */
export function weekRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}/permanences', async (c) => {
    const { ctx } = c.var;
    mustHave(ctx.actor, 'team');
    const query = readQuery(c);
    const all = await mine(ctx);
    const helper = chosen(ctx, all, query.qui);
    const m = teamMessages[ctx.locale];
    const canWriteReasons = has(ctx.actor, 'administrator');
    if (!helper) return page(c, { title: m.title }, <NobodyPage ctx={ctx} reasons={canWriteReasons} />);
    const day = query.jour && isDay(query.jour) ? query.jour : dayOf(ctx.now, ctx.territory.timeZone);
    const monday = mondayOf(day);
    const said = query.fait ?? '';
    const done = Object.hasOwn(m.doneOf, said) ? m.doneOf[said as keyof typeof m.doneOf] : undefined;
    const week = await weekOf(ctx, helper, monday);
    const view = { ctx, helper, helpers: all, monday, ...week, done, canWriteReasons };
    return page(c, { title: m.title }, <WeekPage view={view} />);
  });
}
