import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { Board, type BoardRow, Live } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { boardMessages } from './board.messages.ts';
import type { BoardSite, Departure } from './board.store.ts';

/** A departure in the words of the board: on the full screen as few as can be read in passing. */
function rowOf(ctx: Ctx, site: BoardSite, departure: Departure, full: boolean): BoardRow {
  const m = boardMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  const main = ctx.territory.mainLanguage;
  const inWords = (text: Departure['place']) => (text ? say(text, ctx.locale, main) : undefined);
  const until = m.until(f.time(departure.ends_at));
  const { letter, colour } = departure;
  return {
    time: f.clock(departure.starts_at),
    title: departure.kind === 'stop' ? m.stop(inWords(departure.place) ?? '') : (inWords(departure.name) ?? ''),
    place: departure.kind === 'stop' || full ? undefined : inWords(departure.place),
    detail: departure.units > 1 ? m.places(departure.taken, departure.units) : until,
    ...(letter && colour ? { line: { letter, colour: colour as never, name: inWords(departure.line_name) } } : {}),
    ...(departure.closed ? { status: m.closed, late: true } : {}),
  };
}

/** The departures of a site, as a panel or over the whole screen. */
export const SiteBoard: FC<{ ctx: Ctx; site: BoardSite; rows: Departure[]; full?: boolean }> = ({
  ctx,
  site,
  rows,
  full,
}) => {
  const m = boardMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  const board = (
    <Board
      title={m.title(say(site.name, ctx.locale, ctx.territory.mainLanguage))}
      clock={f.clock(ctx.now)}
      rows={rows.map((row) => rowOf(ctx, site, row, full ?? false))}
      empty={m.empty}
      full={full}
    />
  );
  return full ? (
    <Live id="live-board" lost={m.lost}>
      {board}
    </Live>
  ) : (
    <div class="stack">
      {board}
      <p class="meta">
        <a href={`/${ctx.locale}/tableau/${site.slug}`}>{m.seeAll}</a>
      </p>
    </div>
  );
};
