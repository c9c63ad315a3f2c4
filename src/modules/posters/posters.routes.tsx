import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Env } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { postersMessages } from './posters.messages.ts';
import { PosterPage, TourPage } from './posters.pages.tsx';
import { communeName, datesAhead } from './posters.store.ts';
import { showWeek } from './week.routes.tsx';

/** The tour as everybody reads it, a village's poster, and the week for a wall. */
export function postersRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/agenda/semaine', showWeek);

  app.get('/:locale{fr|nl|en}/tournee', async (c) => {
    const { ctx } = c.var;
    const { title, lead } = postersMessages[ctx.locale];
    const dates = await datesAhead(ctx);
    return page(c, { title, description: lead, shared: true }, <TourPage ctx={ctx} dates={dates} />);
  });

  app.get('/:locale{fr|nl|en}/tournee/affiche/:commune', async (c) => {
    const { ctx } = c.var;
    const code = c.req.param('commune');
    const village = /^[0-9A-Za-z-]{2,13}$/.test(code) ? await communeName(ctx, code) : undefined;
    if (!village) throw notFound();
    const title = postersMessages[ctx.locale].posterTitle(village);
    const dates = await datesAhead(ctx, code);
    return page(
      c,
      { title, islands: ['print.js'], shared: true },
      <PosterPage ctx={ctx} village={village} dates={dates} />,
    );
  });
}

/** On the page of a bus: the way to the whole tour. */
export async function tourOfSite(ctx: Ctx, site: { kind: string }) {
  if (site.kind !== 'mobile') return null;
  return (
    <p>
      <a href={`/${ctx.locale}/tournee`}>{postersMessages[ctx.locale].onSite}</a>
    </p>
  );
}
