import type { Child, FC } from 'hono/jsx';
import { type Line, LineBullet } from './line.tsx';

export type BoardRow = {
  /** As on a station's clock: "09:00". */
  time: string;
  line?: Line | undefined;
  title: string;
  href?: string | undefined;
  detail?: string | undefined;
  place?: string | undefined;
  status?: string | undefined;
  late?: boolean | undefined;
};

const Row: FC<{ row: BoardRow }> = ({ row }) => {
  const detail = [row.place, row.detail].filter(Boolean).join(' · ');
  return (
    <li class="board-row">
      <time class="board-time">{row.time}</time>
      {row.line ? <LineBullet {...row.line} /> : null}
      {row.href ? (
        <a class="board-what board-name" href={row.href}>
          {row.title}
        </a>
      ) : (
        <span class="board-what">{row.title}</span>
      )}
      {detail || row.status ? (
        <span class="board-detail">
          {detail}
          {detail && row.status ? <span class="board-dot"> · </span> : null}
          {row.status ? <span class={row.late ? 'board-late' : 'board-status'}>{row.status}</span> : null}
        </span>
      ) : null}
    </li>
  );
};

/**
 * The departures board of a place. On a page it is a panel; with `full` it fills a screen and reads at eight metres:
 * rows that do not fit are left out whole. Its island may write into [data-board-clock] and [data-board-notice].
 */
export const Board: FC<{
  title: string;
  /** The page's only heading when full. */
  level?: 1 | 2 | undefined;
  clock?: string | undefined;
  rows: BoardRow[];
  empty: Child;
  full?: boolean | undefined;
  id?: string | undefined;
  /** Shown below the rows: "Dernière mise à jour : 8 h 52". */
  notice?: string | undefined;
  attrs?: Record<string, string> | undefined;
}> = ({ title, level, clock, rows, empty, full, id = 'board', notice, attrs }) => {
  const Heading = (level ?? (full ? 1 : 2)) === 1 ? 'h1' : 'h2';
  return (
    <section class={`board${full ? ' is-full' : ''}`} aria-labelledby={`${id}-title`} {...attrs}>
      <div class="board-head">
        <Heading class="board-title" id={`${id}-title`}>
          {title}
        </Heading>
        {clock ? (
          <span class="board-clock" data-board-clock="">
            {clock}
          </span>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <p class="board-empty">{empty}</p>
      ) : (
        <ol class="board-rows">
          {rows.map((row) => (
            <Row row={row} />
          ))}
        </ol>
      )}
      <p class="board-notice" role="status" data-board-notice="" hidden={!notice}>
        {notice ?? ''}
      </p>
    </section>
  );
};
