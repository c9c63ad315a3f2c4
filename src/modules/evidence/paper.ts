import { createHash } from 'node:crypto';
import { addDays, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { makePdf } from '../../core/pdf.ts';
import type { Operation } from '../../core/schema.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { ageBands, attendanceMessages, type PeriodTotals, periodTotals, totalsOf } from '../attendance/index.ts';
import { evidenceMessages } from './evidence.messages.ts';
import { printed } from './evidence.rules.ts';
import type { Paper, Sheet, SheetSession } from './evidence.types.ts';
import { sheetCtx } from './rows.ts';
import { currentForm, sheetForms } from './sheet.typ.ts';

/** What a sheet is of: its site, its zone, and the month where it is a month's. */
export type About = { siteName: string; timeZone: string; number: string; month: string | null; operation: Operation };

type Locked = {
  edition: number;
  at: Date;
  by: string;
  replaces: { edition: number; reason: string } | null;
  /** The last day its names are kept. */
  keepUntil: string;
};

const unions = /union europ[ée]enne|europese unie|european union/i;

/** "novembre 2026". */
export const monthName = (f: Formatter, month: string, timeZone: string): string =>
  f.month(instantOf(`${month}-15`, '12:00', timeZone));

/** A day of the calendar in words. */
export const dayWords = (ctx: Pick<Ctx, 'locale'>, day: string): string =>
  formatter(ctx.locale, 'UTC').dayLong(instantOf(day, '12:00', 'UTC'));

/** The first day of a month and of the next. */
export const monthSpan = (month: string): { first: string; next: string } => {
  const first = `${month}-01`;
  return { first, next: `${addDays(first, 31).slice(0, 7)}-01` };
};

/** The totals as a sheet or a page lists them. */
export function figureLines(given: Pick<Ctx, 'locale'>, figures: PeriodTotals, several: boolean): [string, string][] {
  const m = evidenceMessages[given.locale];
  const f = formatter(given.locale, 'UTC');
  const { bands: names } = attendanceMessages[given.locale];
  const bands = ageBands
    .flatMap((band) => (figures.bands[band] ? [m.band(names[band], figures.bands[band])] : []))
    .join(', ');
  const lines: [string, string][] = [
    ...(several ? ([[m.figures.sessions, f.number(figures.sessions)]] as [string, string][]) : []),
    [m.figures.halfDays, f.number(figures.halfDays)],
    [m.figures.peopleHalfDays, f.number(figures.peopleHalfDays)],
    [m.figures.walkIns, f.number(figures.walkIns)],
    [m.figures.minutes, f.duration(figures.minutes)],
    [m.figures.named, f.number(figures.named)],
    [m.figures.unnamed, f.number(figures.unnamed)],
    [m.figures.bands, bands],
  ];
  return lines.filter(([, value]) => value !== '');
}

/** What sessions come to; one at which nobody was noted was not held. */
export const figuresOf = (rows: readonly SheetSession[]): PeriodTotals =>
  periodTotals(rows.filter((session) => totalsOf(session).peopleHalfDays > 0));

/** All that is printed around the rows, in words: frozen with them when a sheet is locked. */
export function paperOf(given: Ctx, about: About, rows: readonly SheetSession[], locked: Locked | null): Paper {
  const ctx = sheetCtx(given);
  const m = evidenceMessages[ctx.locale];
  const f = formatter(ctx.locale, about.timeZone);
  const { number, operation, month } = about;
  const when = (at: Date) => `${f.dayLong(at)}, ${f.time(at)}`;
  const { toSignLeader, toSignTeam, ...words } = m.paper;
  const emblem = [operation.emblem, operation.number, operation.title].filter((line) => line !== undefined);
  const first = rows[0];
  const owner = ctx.territory.publisher.name || ctx.territory.name;
  const contact = ctx.territory.email ?? `${ctx.publicUrl}/${ctx.locale}/compte/donnees`;
  const subtitle = month ? m.of(about.siteName, monthName(f, month, about.timeZone)) : (first?.title ?? '');
  const period: [string, string][] = [
    [m.facts.owner, owner],
    [m.facts.site, about.siteName],
    [m.facts.period, month ? monthName(f, month, about.timeZone) : ''],
  ];
  const notes = [
    ...(locked?.replaces ? [m.replaces(locked.replaces.edition, locked.replaces.reason)] : []),
    ...(locked ? [] : [m.draft]),
  ];
  return {
    form: currentForm,
    lang: ctx.locale,
    territory: ctx.territory.name,
    title: month ? m.monthTitle : m.title,
    subtitle,
    running: [m.title, subtitle, month ? '' : (first?.when ?? '')].filter(Boolean).join(' · '),
    union: unions.test(emblem.join(' ')),
    emblem: emblem.length > 0 ? emblem : null,
    state: locked ? m.locked(number, locked.edition, when(locked.at)) : number,
    notes,
    footer: locked ? m.footer(number, locked.edition) : m.footerDraft(number),
    // The operation of one session stands in the frame beside its title.
    facts: month
      ? period
      : [...(first?.facts.filter(([term]) => term !== m.facts.operation) ?? []), [m.facts.owner, owner]],
    totals: figureLines(ctx, figuresOf(rows), month !== null),
    totalNotes: [m.hoursNote, m.namedNote],
    summary: month
      ? { title: m.summary, columns: Object.values(m.columns), rows: rows.map((one) => line(f, one)) }
      : null,
    counter: locked && { text: m.counterText(locked.by, when(locked.at)), name: locked.by },
    legal: m.legal(owner, contact, locked && dayWords(ctx, locked.keepUntil)),
    words: { ...words, toSign: [toSignLeader, toSignTeam] },
  };
}

function line(f: Formatter, session: SheetSession): string[] {
  const totals = totalsOf(session);
  const [first, last] = [session.sittings[0], session.sittings.at(-1)];
  return [
    first && last ? `${f.dayShort(new Date(first.start))}, ${f.range(new Date(first.start), new Date(last.end))}` : '',
    `${session.title} (${session.reference})`,
    f.number(totals.halfDays.length),
    f.number(totals.peopleHalfDays),
    f.number(totals.walkIns),
    f.duration(totals.minutes),
  ];
}

/** The document of a sheet that is not locked, to be read or signed by hand. */
export const draftPdf = (ctx: Ctx, about: About, rows: readonly SheetSession[]): Promise<Buffer> =>
  setPdf(paperOf(ctx, about, rows, null), rows, null, ctx.now, false);

const setPdf = (paper: Paper, rows: readonly SheetSession[], drawn: string | null, at: Date, locked: boolean) =>
  makePdf(sheetForms[paper.form]!, printed(paper, rows, drawn, locked), at);

/** The document of a locked sheet, set again from what was frozen. */
export const sheetPdf = (sheet: Pick<Sheet, 'totals' | 'rows' | 'countersignature' | 'lockedAt'>): Promise<Buffer> =>
  setPdf(sheet.totals.paper, sheet.rows, sheet.countersignature, sheet.lockedAt, true);

export const hashOf = (file: Buffer): string => createHash('sha256').update(file).digest('hex');

/** A locked sheet's document, as it was signed to the byte, or not at all. */
export async function signedPdf(sheet: Sheet): Promise<Buffer> {
  const file = await sheetPdf(sheet);
  // Once the names have gone with the time of keeping, there is no signed file to be the same as.
  if (sheet.fileHash !== null && hashOf(file) !== sheet.fileHash) throw new Refusal('evidence.differs', 'conflict');
  return file;
}
