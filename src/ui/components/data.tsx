import { type Child, type FC, useContext } from 'hono/jsx';
import { LocaleContext } from '../locale-context.ts';
import { uiMessages } from '../ui.messages.ts';

export type Column = {
  label: string;
  /** Figures are set against the end of their column. */
  number?: boolean | undefined;
  /** The column that names the row: at most one. */
  heading?: boolean | undefined;
  /** The column of gestures: its word is read aloud only. */
  action?: boolean | undefined;
};

export type DataRow = { cells: Child[]; attrs?: Record<string, string> | undefined };

/** A table that becomes a list of cards on a phone, each value keeping its column's word. */
export const DataTable: FC<{
  caption: string;
  /** Keeps the caption for those who listen only. */
  quiet?: boolean | undefined;
  columns: Column[];
  rows: (Child[] | DataRow)[];
  /** What stands there when there is no row. */
  empty?: Child;
}> = ({ caption, quiet, columns, rows, empty }) => {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <table class={columns.some((column) => column.number) ? 'data has-numbers' : 'data'}>
      <caption class={quiet ? 'hidden' : 'data-caption'}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.number ? 'is-number' : undefined}>
              {column.action ? <span class="hidden">{column.label}</span> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { cells, attrs } = Array.isArray(row) ? { cells: row, attrs: undefined } : row;
          return (
            <tr {...attrs}>
              {cells.map((cell, index) => {
                const column = columns[index];
                const kind = column?.number ? 'is-number' : undefined;
                return column?.heading ? (
                  <th scope="row" class={kind}>
                    {cell}
                  </th>
                ) : (
                  <td class={kind} data-label={column?.action ? undefined : column?.label}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** Earlier and later pages of a list; nothing when there is a single page. */
export const Pagination: FC<{
  previous?: string | undefined;
  next?: string | undefined;
  page?: number | undefined;
  of?: number | undefined;
}> = ({ previous, next, page, of }) => {
  const words = uiMessages[useContext(LocaleContext)];
  if (!previous && !next) return null;
  return (
    <nav class="pagination" aria-label={words.pages}>
      {previous ? (
        <a class="button button-secondary" rel="prev" href={previous}>
          <span aria-hidden="true">← </span>
          {words.previous}
        </a>
      ) : null}
      {page && of ? <span>{words.page(page, of)}</span> : null}
      {next ? (
        <a class="button button-secondary" rel="next" href={next}>
          {words.next}
          <span aria-hidden="true"> →</span>
        </a>
      ) : null}
    </nav>
  );
};

/** Facts as pairs of word and value; empty values are left out. */
export const DescriptionList: FC<{ items: { term: string; value: Child }[] }> = ({ items }) => (
  <dl class="facts">
    {items
      .filter((item) => item.value !== null && item.value !== undefined && item.value !== '')
      .map((item) => (
        <div class="fact">
          <dt>{item.term}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
  </dl>
);

/** Short lines one below the other; what is empty takes none. */
export const Lines: FC<{ lines: readonly Child[] }> = ({ lines }) => (
  <>
    {lines.filter(Boolean).map((line, index) => (
      <>
        {index > 0 ? <br /> : null}
        {line}
      </>
    ))}
  </>
);
