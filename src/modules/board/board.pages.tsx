import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { Board, type BoardRow, Live } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { boardMessages } from './board.messages.ts';
import type { BoardSite, Departure } from './board.store.ts';

/** A departure in the words of the board. */
function rowOf(ctx: Ctx, site: BoardSite, departure: Departure): BoardRow {
  const m = boardMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  const main = ctx.territory.mainLanguage;
  const inWords = (text: Departure['place']) => (text ? say(text, ctx.locale, main) : undefined);
  const running = departure.starts_at <= ctx.now;
  const status = departure.closed ? m.closed : running ? m.now : undefined;
  return {
    time: f.clock(departure.starts_at),
    title: departure.kind === 'stop' ? m.stop(inWords(departure.place) ?? '') : (inWords(departure.name) ?? ''),
    place: departure.kind === 'stop' ? undefined : inWords(departure.place),
    detail: departure.units > 1 ? m.places(departure.taken, departure.units) : m.until(f.time(departure.ends_at)),
    ...(departure.letter && departure.colour
      ? { line: { letter: departure.letter, colour: departure.colour as never, name: inWords(departure.line_name) } }
      : {}),
    ...(status ? { status, late: departure.closed } : {}),
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
      rows={rows.map((row) => rowOf(ctx, site, row))}
      empty={m.empty}
      full={full}
    />
  );
  return full ? (
    <Live id="live-board" lost={m.lost}>
      {board}
    </Live>
  ) : (
    <div class="flow">
      {board}
      <p class="meta">
        <a href={`/${ctx.locale}/tableau/${site.slug}`}>{m.seeAll}</a>
      </p>
    </div>
  );
};
