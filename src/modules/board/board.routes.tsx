import { dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import type { Module } from '../../core/module.ts';
import { page } from '../../ui/page.tsx';
import { boardMessages } from './board.messages.ts';
import { type OnBoard, SiteBoard } from './board.pages.tsx';
import { boardSessions } from './board.sessions.ts';
import { type BoardSite, departures, findBoardSite } from './board.store.ts';

/** As many rows as are read in passing; a screen shows those that fit. */
const onScreen = 12;
const onPage = 6;

/** What is left of the day: what is taken, and what people gather for. */
async function restOfDay(ctx: Ctx, site: BoardSite, limit: number): Promise<OnBoard> {
  const { end } = wholeDay(dayOf(ctx.now, site.time_zone), site.time_zone);
  const [taken, sessions] = await Promise.all([
    departures(ctx, site.id, ctx.now, end, limit),
    boardSessions(ctx, site.id, ctx.now, end, limit),
  ]);
  return { departures: taken, sessions };
}

/** The board of the first station, as a part of the home page; nothing while there is no site. */
export async function boardSection(ctx: Ctx) {
  const site = await findBoardSite(ctx);
  if (!site) return null;
  const on = await restOfDay(ctx, site, onPage);
  // In the hall they must find their room; at home nobody else need know.
  const open = on.sessions.filter(({ reserved }) => !reserved);
  return <SiteBoard ctx={ctx} site={site} on={{ ...on, sessions: open }} most={onPage} />;
}

/** The departures board of the hall: what is on and what comes, for anyone who passes. */
export const board: Module = {
  name: 'board',
  routes: (app) => {
    app.get('/:locale/tableau/:site', async (c) => {
      const { ctx } = c.var;
      const site = await findBoardSite(ctx, c.req.param('site'));
      if (!site) throw notFound();
      const on = await restOfDay(ctx, site, onScreen);
      const title = boardMessages[ctx.locale].title(say(site.name, ctx.locale, ctx.territory.mainLanguage));
      return page(
        c,
        { title, bare: true, refreshSeconds: 60, islands: ['live.js'], shared: true },
        <SiteBoard ctx={ctx} site={site} on={on} most={onScreen} full />,
      );
    });
  },
};
