import { type Child, type FC, useContext } from 'hono/jsx';
import { LocaleContext } from '../locale-context.ts';
import { uiMessages } from '../ui.messages.ts';

export type CellKind = 'free' | 'busy' | 'closed' | 'mine' | 'hold';

export type GridColumn = {
  key: string;
  label: string;
  /** Begins an hour (or a day): its label is shown over the steps up to the next major one. */
  major: boolean;
};

export type GridCell = {
  /** How many columns it covers. */
  span: number;
  kind: CellKind;
  /** What is there; without it the kind is said in words. */
  label?: Child;
  /** "9 h – 11 h": always read aloud, and shown on a phone where the columns are gone. */
  time?: string | undefined;
  href?: string | undefined;
  title?: string | undefined;
  /** Data attributes an island listens to. */
  attrs?: Record<string, string> | undefined;
};

export type GridRow = {
  header: { label: string; href?: string | undefined; detail?: string | undefined };
  cells: GridCell[];
  attrs?: Record<string, string> | undefined;
};

type HeadCell = { key: string; label: string; span: number };

/** The columns' heads: one per major column, as wide as the steps it covers. */
export function gridHeads(columns: GridColumn[]): HeadCell[] {
  const heads: HeadCell[] = [];
  for (const { key, label, major } of columns) {
    const last = heads.at(-1);
    if (last && !major) last.span += 1;
    else heads.push({ key, label: major ? label : '', span: 1 });
  }
  return heads;
}

const Cell: FC<{ cell: GridCell }> = ({ cell }) => {
  const words = uiMessages[useContext(LocaleContext)];
  const content = (
    <>
      {cell.time ? <span class="grid-when">{cell.time} </span> : null}
      {cell.label ? <span class="grid-what">{cell.label}</span> : <span class="grid-kind">{words[cell.kind]}</span>}
    </>
  );
  return (
    <td class={`grid-cell is-${cell.kind}`} colspan={cell.span} title={cell.title} {...cell.attrs}>
      {cell.href ? (
        <a class="grid-link" href={cell.href}>
          {content}
        </a>
      ) : (
        <span class="grid-text">{content}</span>
      )}
    </td>
  );
};

/** A planning as a true table: resources down, time across, each cell as wide as it lasts; a list on a phone. */
export const WeekGrid: FC<{
  caption: string;
  quiet?: boolean | undefined;
  columns: GridColumn[];
  rows: GridRow[];
  id?: string | undefined;
  attrs?: Record<string, string> | undefined;
}> = ({ caption, quiet, columns, rows, id = 'planning', attrs }) => {
  const words = uiMessages[useContext(LocaleContext)];
  const length = columns.length > 60 ? ' is-long' : columns.length > 20 ? '' : ' is-short';
  return (
    <section class="grid-scroll" tabindex={0} aria-labelledby={`${id}-caption`}>
      <table class={`planning${length}`} id={id} {...attrs}>
        <caption class={quiet ? 'hidden' : 'data-caption'} id={`${id}-caption`}>
          {caption}
        </caption>
        <colgroup>
          <col class="grid-first" />
          <col span={columns.length} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" class="grid-corner">
              {words.resource}
            </th>
            {gridHeads(columns).map((head) => (
              <th scope="col" class="grid-head" colspan={head.span} data-key={head.key}>
                {head.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr {...row.attrs}>
              <th scope="row" class="grid-row-head">
                {row.header.href ? <a href={row.header.href}>{row.header.label}</a> : row.header.label}
                {row.header.detail ? <span class="grid-detail">{row.header.detail}</span> : null}
              </th>
              {row.cells.map((cell) => (
                <Cell cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
