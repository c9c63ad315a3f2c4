import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { rollOf, rollsOf } from '../attendance/index.ts';
import { findSessions } from '../timetable/index.ts';
import type { SheetSession, Subject } from './evidence.types.ts';
import { type About, monthSpan } from './paper.ts';
import { rowsOf, sheetCtx } from './rows.ts';
import { type EvidenceSite, sitesOf } from './sheet.store.ts';

/** What a sheet would hold now: its rows, what it is of, and when all of it is over. */
export type Standing = { about: About; siteId: string; rows: SheetSession[]; over: Date };

const mostSessions = 10_000;

/** The span of a month at a site. */
const spanOf = ({ timeZone }: Pick<EvidenceSite, 'timeZone'>, month: string) => {
  const { first, next } = monthSpan(month);
  return { from: instantOf(first, '00:00', timeZone), to: instantOf(next, '00:00', timeZone) };
};

/**
 * The sessions of sites that began in a month, as they stand, by site; drafts and those that were called off are none. `drawn`:
 * with the strokes of signatures, which a sheet prints and figures do without.
 */
export async function monthOfSites(
  ctx: Ctx,
  sites: readonly EvidenceSite[],
  month: string,
  drawn = false,
): Promise<Map<string, SheetSession[]>> {
  const spans = new Map(sites.map((site) => [site.id, spanOf(site, month)]));
  const all = [...spans.values()];
  if (all.length === 0) return new Map();
  const found = await findSessions(ctx, {
    from: new Date(Math.min(...all.map(({ from }) => from.getTime()))),
    to: new Date(Math.max(...all.map(({ to }) => to.getTime()))),
    ...(sites.length === 1 ? { siteId: sites[0]!.id } : {}),
    appointments: true,
    parts: true,
    closed: true,
    limit: mostSessions,
  });
  const began = found.filter(({ site, start, status }) => {
    const span = spans.get(site.id);
    return span && status === 'published' && start >= span.from && start < span.to && start <= ctx.now;
  });
  const rolls = await rollsOf(ctx, began, drawn);
  const rows = rolls.map((roll) => [roll.session.site.id, rowsOf(ctx, roll)] as const);
  return new Map(sites.map(({ id }) => [id, rows.filter(([site]) => site === id).map(([, row]) => row)]));
}

/** The sessions of one site that began in a month, as a sheet would hold them. */
export const monthRows = async (ctx: Ctx, site: EvidenceSite, month: string, drawn = false): Promise<SheetSession[]> =>
  (await monthOfSites(ctx, [site], month, drawn)).get(site.id) ?? [];

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
    rows: (await monthRows(ctx, site, month, true)).filter(({ people, walkIns }) => people.length + walkIns.length > 0),
    over: instantOf(monthSpan(month).next, '00:00', timeZone),
  };
}
