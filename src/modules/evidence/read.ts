import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { rollOf, rollsOf } from '../attendance/index.ts';
import { findSessions } from '../sessions/index.ts';
import type { SheetSession, Subject } from './evidence.types.ts';
import { type About, monthSpan } from './paper.ts';
import { rowsOf, sheetCtx } from './rows.ts';
import { type EvidenceSite, sitesOf } from './sheet.store.ts';

/** What a sheet would hold now: its rows, what it is of, and when all of it is over. */
export type Standing = { about: About; siteId: string; rows: SheetSession[]; over: Date };

const mostSessions = 2_000;

/** The sessions of a site that began in a month, as they stand; drafts and those that were called off are none. */
export async function monthRows(ctx: Ctx, site: EvidenceSite, month: string): Promise<SheetSession[]> {
  const { first, next } = monthSpan(month);
  const [from, to] = [first, next].map((day) => instantOf(day, '00:00', site.timeZone)) as [Date, Date];
  const all = await findSessions(ctx, {
    from,
    to,
    siteId: site.id,
    appointments: true,
    parts: true,
    closed: true,
    limit: mostSessions,
  });
  const began = all.filter(({ start, status }) => status === 'published' && start >= from && start <= ctx.now);
  return (await rollsOf(ctx, began)).map((roll) => rowsOf(ctx, roll));
}

/** What the sheet of a subject would hold now. */
export async function standingOf(ctx: Ctx, subject: Subject): Promise<Standing> {
  const name = (text: Parameters<typeof say>[0]) => say(text, sheetCtx(ctx).locale, ctx.territory.mainLanguage);
  if ('sessionId' in subject) {
    const roll = await rollOf(ctx, subject.sessionId);
    if (!roll) throw notFound();
    const { site, timeZone, operation, reference, end } = roll.session;
    return {
      about: { siteName: name(site.name), timeZone, number: `FE-${reference}`, month: null, operation },
      siteId: site.id,
      rows: [rowsOf(ctx, roll)],
      over: end,
    };
  }
  const [site] = await sitesOf(ctx, [subject.siteId]);
  if (!site) throw notFound();
  const { month } = subject;
  const { timeZone } = site;
  const number = `FE-${month}-${site.slug.toUpperCase()}`;
  return {
    about: { siteName: name(site.name), timeZone, number, month, operation: {} },
    siteId: site.id,
    // A session for which nobody registered and to which nobody came leaves nothing to sign.
    rows: (await monthRows(ctx, site, month)).filter(({ people, walkIns }) => people.length + walkIns.length > 0),
    over: instantOf(monthSpan(month).next, '00:00', timeZone),
  };
}
