import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DataTable,
  DescriptionList,
  Field,
  LinkButton,
  Notice,
  PageHead,
  Tag,
} from '../../ui/components/index.ts';
import type { Formatter } from '../../ui/format.ts';
import { SignaturePad } from '../roll/index.ts';
import { evidenceMessages } from './evidence.messages.ts';
import { daysOf, type PrintedCell, type PrintedPerson } from './evidence.rules.ts';
import type { Paper, SheetHead, SheetSession } from './evidence.types.ts';
import { dayWords } from './paper.ts';

export type SheetState = {
  ctx: Ctx;
  f: Formatter;
  /** Where its files and its form are: "…/feuille". */
  href: string;
  /** "?mois=2026-11", for a month's. */
  query: string;
  editions: SheetHead[];
  /** The rows have changed since the last edition was locked. */
  changed: boolean;
  /** How many named on the last edition asked to be erased since. */
  erased: number;
  over: boolean;
  month: boolean;
  values: { name: string; reason: string };
  reasons: readonly Explained[];
};

/** The editions of a sheet, each with its file; a former one says by which it is replaced. */
const Editions: FC<{ state: SheetState }> = ({ state }) => {
  const { ctx, f, editions, erased } = state;
  const m = evidenceMessages[ctx.locale];
  const last = editions[0];
  if (!last) return null;
  const file = (id: string, kind: 'pdf' | 'csv') => `/${ctx.locale}/preuves/feuilles/${id}.${kind}`;
  return (
    <section class="stack" aria-labelledby="editions">
      <h2 id="editions">{m.editions}</h2>
      {state.changed ? <Notice kind="warning">{m.changed}</Notice> : null}
      <ul class="sheet-editions">
        {editions.map((one) => (
          <li class="sheet-edition">
            <p>
              <strong>{m.edition(one.edition, f.dayTime(one.lockedAt), one.countersignedName)}</strong>{' '}
              <Tag kind={one === last ? 'good' : 'plain'}>{one === last ? m.inForce : m.replaced(one.edition + 1)}</Tag>
            </p>
            {one.reason ? <p>{m.because(one.reason)}</p> : null}
            <div class="cluster">
              <LinkButton href={file(one.id, 'pdf')} kind={one === last ? 'primary' : 'secondary'}>
                {m.pdf(one.edition)}
              </LinkButton>
              <LinkButton href={file(one.id, 'csv')} kind="quiet">
                {m.csvOf(one.edition)}
              </LinkButton>
            </div>
            <p class="meta sheet-hash">{one.fileHash ? m.fingerprint(one.fileHash) : m.keptOver}</p>
          </li>
        ))}
      </ul>
      <p class="meta">{m.kept(dayWords(ctx, last.keepUntil))}</p>
      {erased > 0 ? <p class="meta">{m.keptErased(erased, dayWords(ctx, last.keepUntil))}</p> : null}
    </section>
  );
};

const LockForm: FC<{ state: SheetState }> = ({ state }) => {
  const { ctx, editions, values } = state;
  const m = evidenceMessages[ctx.locale];
  const again = editions.length > 0;
  if (!state.over) return <Notice kind="info">{state.month ? m.monthNotOver : m.notOver}</Notice>;
  return (
    <details class="sheet-lock no-print" id="verrouiller" open={!again || state.reasons.length > 0 || state.changed}>
      <summary>{again ? m.lockAgain : m.lockTitle}</summary>
      <form class="stack" method="post" action={state.href}>
        <p>{m.lockText}</p>
        {state.month ? <input type="hidden" name="mois" value={state.query.slice('?mois='.length)} /> : null}
        <input type="hidden" name="apres" value={String(editions[0]?.edition ?? 0)} />
        {again ? <Field label={m.lockReason} name="motif" value={values.reason} maxlength={300} required /> : null}
        <Field label={m.lockName} name="nom" value={values.name} maxlength={120} autocomplete="name" required />
        <SignaturePad m={{ signHere: m.lockDraw, signClear: m.lockClear }} />
        <Button>{m.lockSave}</Button>
      </form>
    </details>
  );
};

/** What a half-day says of somebody; their signature is drawn as they drew it. */
const Cell: FC<{ cell: PrintedCell; one: PrintedPerson; paper: Paper; half: string }> = ({
  cell,
  one,
  paper,
  half,
}) => (
  <>
    {cell?.strokes ? (
      <svg class="sheet-drawn" viewBox="0 0 800 260" role="img">
        <title>{`${paper.words.signatureOf} ${one.name}, ${half}`}</title>
        <path d={cell.strokes} />
      </svg>
    ) : null}
    {cell?.text ?? paper.words.unsaid}
  </>
);

/** A session's rows as the sheet prints them, for the screen. */
const Session: FC<{ session: SheetSession; paper: Paper; f: Formatter }> = ({ session, paper, f }) => (
  <>
    {daysOf(session, paper.words, false).map((day) => (
      <section class="stack">
        <h2>{day.name}</h2>
        <DataTable
          caption={`${session.title}, ${day.name}`}
          quiet
          columns={[
            { label: paper.words.rank, number: true },
            { label: paper.words.name, heading: true },
            { label: paper.words.organisation },
            ...day.halves.map((half) => ({ label: `${half.name}, ${half.hours}` })),
            { label: paper.words.length, number: true },
          ]}
          rows={day.people.map((one) => [
            String(one.rank),
            one.name,
            one.organisation || '–',
            ...one.cells.map((cell, at) => <Cell cell={cell} half={day.halves[at]!.name} one={one} paper={paper} />),
            one.minutes === null ? '–' : f.duration(one.minutes),
          ])}
        />
        {day.walkIns.map((line) => (
          <p>{line}</p>
        ))}
      </section>
    ))}
  </>
);

export type SheetPageProps = {
  state: SheetState;
  paper: Paper;
  rows: SheetSession[];
  unsaid: number;
  back: { href: string; label: string };
  /** Each session of a month leads to its own sheet. */
  sessionHref?: ((session: SheetSession) => string) | undefined;
};

/** A sheet on the screen: what it says now, its locked editions, and the countersignature that locks it. */
export const SheetPage: FC<SheetPageProps> = ({ state, paper, rows, unsaid, back, sessionHref }) => {
  const { ctx, reasons } = state;
  const m = evidenceMessages[ctx.locale];
  return (
    <>
      <PageHead
        title={`${paper.title}${paper.words.colon}${paper.subtitle}`}
        lead={[...paper.facts]
          .slice(state.month ? 0 : 2)
          .map(([, value]) => value)
          .join(' · ')}
        back={back}
      />
      {reasons.length > 0 ? <Notice kind="bad" title={reasons[0]!.text} level={2} /> : null}
      {paper.emblem ? <p class="sheet-emblem">{paper.emblem.join(' · ')}</p> : null}
      <div class="cluster no-print">
        <LinkButton href={`${state.href}.pdf${state.query}`} kind={state.editions.length > 0 ? 'secondary' : 'primary'}>
          {m.pdfDraft}
        </LinkButton>
        <LinkButton href={`${state.href}.csv${state.query}`}>{m.csv}</LinkButton>
      </div>
      <div class="totals">
        <DescriptionList items={paper.totals.map(([term, value]) => ({ term, value }))} />
      </div>
      <p class="meta">
        {m.hoursNote} {m.namedNote}
      </p>
      {unsaid > 0 ? <Notice kind="warning">{m.unsaidLeft(unsaid)}</Notice> : null}
      <Editions state={state} />
      {rows.length === 0 ? <p>{m.nobody}</p> : null}
      {sessionHref ? (
        <DataTable
          caption={m.summary}
          columns={Object.values(m.columns).map((label, at) => ({ label, number: at > 1, heading: at === 1 }))}
          rows={(paper.summary?.rows ?? []).map((cells, at) =>
            cells.map((cell, column) => (column === 1 ? <a href={sessionHref(rows[at]!)}>{cell}</a> : cell)),
          )}
        />
      ) : (
        rows.map((session) => <Session session={session} paper={paper} f={state.f} />)
      )}
      {state.editions.length === 0 ? (
        <div class="only-print">
          {paper.words.toSign.map((label) => (
            <p class="sheet-by-hand">{label}</p>
          ))}
        </div>
      ) : null}
      <LockForm state={state} />
    </>
  );
};
