import type { Hono } from 'hono';
import { has, mustHave, sitesWith } from '../../core/access.ts';
import { dayOf, isDay } from '../../core/clock.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { formatter } from '../../ui/format.ts';
import { page } from '../../ui/page.tsx';
import { enterRoll } from '../roll/index.ts';
import { evidenceMessages } from './evidence.messages.ts';
import { csvOf, erasedSince, sameFacts } from './evidence.rules.ts';
import type { Subject } from './evidence.types.ts';
import { lockSchema, lockSheet } from './lock.ts';
import { draftPdf, paperOf, signedPdf } from './paper.ts';
import { type Standing, standingOf } from './read.ts';
import { SheetPage } from './sheet.pages.tsx';
import { type EvidenceSite, editionsOf, sheetById, sitesOf } from './sheet.store.ts';

const ofSession = '/:locale{fr|nl|en}/presence/:ref{[2-9A-Za-z]{10}}/feuille';
const root = '/:locale{fr|nl|en}/preuves';
const ofMonth = `${root}/:site{[a-z0-9_-]+}/feuille`;

/** One sheet and where it stands: its files and form are at `path`, read again after each gesture. */
type Entered = { subject: Subject; path: string; query: string; back: { href: string; label: string } };

async function enterSession(c: Web): Promise<Entered> {
  const { roll, pen } = await enterRoll(c);
  const m = evidenceMessages[c.var.ctx.locale];
  const path = `/presence/${roll.session.reference}/feuille`;
  return { subject: { sessionId: roll.session.id }, path, query: '', back: { href: pen.href(''), label: m.list } };
}

/** A site of one's team, by the address. */
export async function enterSite(c: Web): Promise<EvidenceSite> {
  const { ctx } = c.var;
  mustHave(ctx.actor, 'team');
  const sites = await sitesOf(ctx, sitesWith(ctx.actor, 'team'));
  const site = sites.find(({ slug }) => slug === c.req.param('site'));
  if (!site) throw notFound();
  return site;
}

/** The month an address asks for, else that of a day. */
export const monthOf = (given: string | undefined, now: string): string => {
  const month = given ?? '';
  return /^\d{4}-\d{2}$/.test(month) && isDay(`${month}-01`) ? month : now.slice(0, 7);
};

async function enterMonth(c: Web, given: string | undefined): Promise<Entered> {
  const { ctx } = c.var;
  const site = await enterSite(c);
  const month = monthOf(given, dayOf(ctx.now, site.timeZone));
  const name = say(site.name, ctx.locale, ctx.territory.mainLanguage);
  const query = `?mois=${month}`;
  const back = {
    href: `/${ctx.locale}/preuves/${site.slug}${query}`,
    label: evidenceMessages[ctx.locale].backSite(name),
  };
  return { subject: { siteId: site.id, month }, path: `/preuves/${site.slug}/feuille`, query, back };
}

async function showSheet(
  c: Web,
  entered: Entered,
  refused?: { reasons: Explained[]; status: number; form: FormValues },
) {
  const { ctx } = c.var;
  const { subject, path, query, back } = entered;
  const [standing, editions] = await Promise.all([standingOf(ctx, subject), editionsOf(ctx, subject)]);
  const { about, rows, over } = standing;
  const last = editions[0] && (await sheetById(ctx, editions[0].id));
  const paper = paperOf(ctx, about, rows, null);
  const month = about.month !== null;
  const unsaid = rows.flatMap(({ people, sittings }) =>
    people.flatMap(({ marks }) => sittings.filter(({ halfDay }) => !marks.some((mark) => mark.halfDay === halfDay))),
  ).length;
  const title = `${paper.title}${paper.words.colon}${paper.subtitle}`;
  return page(
    c,
    { title, wide: true, islands: ['pad.js'], ...(refused ? { status: refused.status } : {}) },
    <SheetPage
      state={{
        ctx,
        f: formatter(ctx.locale, about.timeZone),
        href: `/${ctx.locale}${path}`,
        query,
        editions,
        changed: last !== undefined && !sameFacts(last.rows, rows),
        erased: last ? erasedSince(last.rows, rows) : 0,
        over: over <= ctx.now,
        month,
        values: { name: refused?.form.nom ?? ctx.actor.name, reason: refused?.form.motif ?? '' },
        reasons: refused?.reasons ?? [],
      }}
      paper={paper}
      rows={rows}
      unsaid={unsaid}
      back={back}
      sessionHref={month ? (one) => `/${ctx.locale}/presence/${one.reference}/feuille` : undefined}
    />,
  );
}

async function lockFrom(c: Web, entered: Entered, form: FormValues): Promise<Response> {
  const { ctx } = c.var;
  const given = lockSchema.safeParse({ name: form.nom, strokes: form.traits || undefined, reason: form.motif });
  const after = Number(form.apres);
  try {
    if (!given.success || !Number.isSafeInteger(after)) {
      const drawing = !given.success && given.error.issues.some(({ path: [field] }) => field === 'strokes');
      throw new Refusal(drawing ? 'attendance.drawing' : 'request.invalid', 'unprocessable');
    }
    await lockSheet(ctx, { ...given.data, subject: entered.subject, after });
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
    return showSheet(c, entered, { reasons: explainAll(ctx, error), status: refusalStatus[error.kind], form });
  }
  return seeOther(c, `${entered.path}${entered.query}#editions`);
}

/** Hands over a file that names people. */
export function hand(c: Web, body: Buffer | string, name: string, kind: 'pdf' | 'csv'): Response {
  c.header('Content-Type', kind === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8');
  c.header('Content-Disposition', `${kind === 'pdf' ? 'inline' : 'attachment'}; filename="${name}.${kind}"`);
  // It names people: no cache but the reader's own.
  c.header('Cache-Control', 'private, no-store');
  c.header('X-Robots-Tag', 'noindex');
  return c.body(typeof body === 'string' ? body : new Uint8Array(body));
}

const fileName = (number: string): string => number.toLowerCase().replace(/[^a-z0-9-]+/g, '-');

async function handDraft(c: Web, subject: Subject, kind: 'pdf' | 'csv'): Promise<Response> {
  const { about, rows }: Standing = await standingOf(c.var.ctx, subject);
  const name = fileName(about.number);
  if (kind === 'csv') return hand(c, csvOf(rows, about.number, null), name, kind);
  return hand(c, await draftPdf(c.var.ctx, about, rows), `${name}-projet`, kind);
}

async function handLocked(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const [, id = '', kind = ''] = /^([0-9a-f-]{36})\.(pdf|csv)$/.exec(c.req.param('file') ?? '') ?? [];
  const sheet = await sheetById(ctx, id);
  if (!sheet || !has(ctx.actor, 'team', sheet.siteId)) throw notFound();
  const name = `${fileName(sheet.number)}-${sheet.edition}`;
  if (kind === 'csv') return hand(c, csvOf(sheet.rows, sheet.number, sheet.edition), name, 'csv');
  return hand(c, await signedPdf(sheet), name, 'pdf');
}

/** Sheets of sessions and of months. */
export function evidenceRoutes(app: Hono<Env>): void {
  app.get(ofSession, async (c) => showSheet(c, await enterSession(c)));
  app.post(ofSession, async (c) => {
    const form = await readForm(c);
    return lockFrom(c, await enterSession(c), form);
  });
  for (const kind of ['pdf', 'csv'] as const) {
    app.get(`${ofSession}.${kind}`, async (c) => handDraft(c, (await enterSession(c)).subject, kind));
    app.get(`${ofMonth}.${kind}`, async (c) => handDraft(c, (await enterMonth(c, readQuery(c).mois)).subject, kind));
  }
  app.get(`${root}/feuilles/:file`, handLocked);
  app.get(ofMonth, async (c) => showSheet(c, await enterMonth(c, readQuery(c).mois)));
  app.post(ofMonth, async (c) => {
    const form = await readForm(c);
    return lockFrom(c, await enterMonth(c, form.mois), form);
  });
}
