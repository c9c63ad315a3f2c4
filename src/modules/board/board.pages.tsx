import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { Board, type BoardRow, Live } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { type SessionView, seatsLeft } from '../timetable/index.ts';
import { boardMessages } from './board.messages.ts';
import type { BoardSession } from './board.sessions.ts';
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

/** The rooms, or the place where it is not at the site itself. */
function roomOf(ctx: Ctx, { placeKind, things, stop, address }: SessionView): string {
  const main = ctx.territory.mainLanguage;
  if (placeKind === 'online') return boardMessages[ctx.locale].session.online;
  if (placeKind === 'stop') return stop ? [say(stop.place, ctx.locale, main), stop.commune].join(', ') : '';
  if (placeKind === 'address') return [address?.name, address?.town].filter(Boolean).join(', ');
  return things.map((thing) => say(thing.name, ctx.locale, main)).join(', ');
}

/** How it stands, and whether that is bad news for who comes. */
function standing(
  ctx: Ctx,
  site: BoardSite,
  { session, was, movedTo, reserved }: BoardSession,
): Pick<BoardRow, 'status' | 'late'> {
  const m = boardMessages[ctx.locale].session;
  const f = formatter(ctx.locale, site.time_zone);
  if (session.status === 'cancelled') return { status: m.cancelled, late: true };
  if (session.status === 'postponed') return { status: m.postponed, late: true };
  if (movedTo) return { status: m.moved(f.relativeDay(movedTo, ctx.now), f.time(movedTo)), late: true };
  const left = session.enrolment === 'none' || reserved ? null : seatsLeft(session);
  const seats = left === null ? '' : left === 0 ? m.full : m.left(left);
  const sameDay = was && f.isoDay(was) === f.isoDay(session.start);
  const before = sameDay ? m.was(f.time(was)) : '';
  const status = [before, seats].filter(Boolean).join(' · ');
  return status ? { status, late: before !== '' || left === 0 } : {};
}

/** A session in the words of the board: its title, its room, its places. */
function rowOfSession(ctx: Ctx, site: BoardSite, one: BoardSession, full: boolean): BoardRow {
  const m = boardMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  const { session, reserved } = one;
  const line = reserved ? null : session.line;
  const main = ctx.territory.mainLanguage;
  const going = session.status === 'published' && !one.movedTo;
  return {
    time: f.clock(one.at),
    title: reserved ? m.session.reserved : say(session.title, ctx.locale, main),
    // On the screen of the hall nobody can follow a link.
    ...(full ? {} : { href: `/${ctx.locale}/agenda/${session.reference}` }),
    place: roomOf(ctx, session) || undefined,
    ...(going ? { detail: m.until(f.time(session.end)) } : {}),
    ...(line
      ? { line: { letter: line.letter, colour: line.colour as never, name: say(line.name, ctx.locale, main) } }
      : {}),
    ...standing(ctx, site, one),
  };
}

/** What is on and what comes, soonest first. */
function rowsOf(ctx: Ctx, site: BoardSite, { departures, sessions }: OnBoard, full: boolean, most: number): BoardRow[] {
  return [
    ...departures.map((one) => ({ at: one.starts_at, end: one.ends_at, row: rowOf(ctx, site, one, full) })),
    ...sessions.map((one) => ({ at: one.at, end: one.session.end, row: rowOfSession(ctx, site, one, full) })),
  ]
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.end.getTime() - b.end.getTime())
    .slice(0, most)
    .map(({ row }) => row);
}

/** What a board is made of. */
export type OnBoard = { departures: Departure[]; sessions: BoardSession[] };

/** The departures of a site, as a panel or over the whole screen. */
export const SiteBoard: FC<{ ctx: Ctx; site: BoardSite; on: OnBoard; most: number; full?: boolean }> = ({
  ctx,
  site,
  on,
  most,
  full,
}) => {
  const m = boardMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  const board = (
    <Board
      title={m.title(say(site.name, ctx.locale, ctx.territory.mainLanguage))}
      clock={f.clock(ctx.now)}
      rows={rowsOf(ctx, site, on, full ?? false, most)}
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
