import type { Hono } from 'hono';
import { has, mustHave, sitesWith } from '../../core/access.ts';
import { asset, staticFile } from '../../core/assets.ts';
import { dayOf, isDay, wholeDay } from '../../core/clock.ts';
import { cookieName } from '../../core/cookies.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { explain, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { FieldPage } from './day.pages.tsx';
import { type OpenEntry, openEntries } from './entries.store.ts';
import { batchSchema, entrySchema, reasonText, receive, receiveEntry } from './entry.ts';
import { fieldMessages } from './field.messages.ts';
import { mayBeKept, secondsLeft } from './field.rules.ts';
import { fieldSite, fieldSites, readFieldDay } from './field.store.ts';
import { penOf } from './gesture.tsx';
import { hereToday } from './here.ts';
import { NoNetworkPage, SettlePage, SitesPage, type ToSettle } from './settle.pages.tsx';
import { settle } from './settle.ts';

/** The day on a phone: read, noted gesture by gesture, received, settled. */
export function fieldRoutes(app: Hono<Env>): void {
  // At the root, so that its scope may be the day's pages; asked again each time, so that a new one is taken at once.
  app.get('/carnet-sw.js', (c) => {
    const file = staticFile(asset('carnet.worker.js'))!;
    return c.body(new Uint8Array(file.body), 200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' });
  });

  app.get('/:locale/carnet', async (c) => {
    const { ctx } = c.var;
    if (ctx.actor.kind === 'anonymous') return signInFirst(c);
    mustHave(ctx.actor, 'team');
    const sites = await fieldSites(ctx, sitesWith(ctx.actor, 'team'));
    if (sites.length === 0) throw notFound();
    const asked = c.req.query('lieu') === 'autre';
    const here = sites.length === 1 ? sites[0] : asked ? undefined : await hereToday(ctx, sites);
    if (here) return c.redirect(`/${ctx.locale}/carnet/${here.slug}`, 302);
    return page(c, { title: fieldMessages[ctx.locale].title }, <SitesPage ctx={ctx} sites={sites} />);
  });

  app.get('/:locale/carnet/sans-reseau', (c) =>
    page(c, { title: fieldMessages[c.var.ctx.locale].offlineTitle, shared: true }, <NoNetworkPage ctx={c.var.ctx} />),
  );

  app.post('/:locale/carnet/envoi', (c) => takeBatch(c));

  app.get('/:locale/carnet/a-regler', (c) => showSettle(c));

  app.post('/:locale/carnet/a-regler/:id', async (c) => {
    mustHave(c.var.ctx.actor, 'team');
    const form = await readForm(c);
    try {
      await settle(c.var.ctx, c.req.param('id'), form.choix === 'apply' ? 'apply' : 'keep');
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
      const refused = explainAll(c.var.ctx, error).map((one) => one.text);
      return showSettle(c, refused, refusalStatus[error.kind]);
    }
    return seeOther(c, '/carnet/a-regler?fait=1');
  });

  app.get('/:locale/carnet/:site', (c) => showDay(c, c.req.query('jour')));

  app.post('/:locale/carnet/:site/geste', async (c) => {
    const { ctx } = c.var;
    mustHave(ctx.actor, 'team');
    const { id, kind, jour = '', retour: _, ...payload } = await readForm(c);
    // An empty choice of a form is no choice.
    const given = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== ''));
    const said = { id, kind, turn: 0, occurredAt: ctx.now.toISOString(), payload: given };
    const parsed = entrySchema.safeParse(said);
    if (!parsed.success) return showDay(c, jour, [explain(ctx, { code: 'field.malformed', params: {} }).text], 422);
    const answer = await receiveEntry(ctx, parsed.data);
    const { sentence } = answer;
    if (sentence) return showDay(c, jour, [sentence], answer.outcome === 'conflict' ? 409 : 422);
    return seeOther(c, `/carnet/${c.req.param('site')}${isDay(jour) ? `?jour=${jour}` : ''}`);
  });
}

const signInFirst = (c: Web): Response => {
  const { pathname, search } = new URL(c.req.url);
  const query = new URLSearchParams({ retour: pathname + search });
  return c.redirect(`/${c.var.ctx.locale}/connexion?${query}`, 302);
};

async function showDay(c: Web, asked: string | undefined, refused: string[] = [], status = 200): Promise<Response> {
  const { ctx } = c.var;
  if (ctx.actor.kind === 'anonymous') return signInFirst(c);
  mustHave(ctx.actor, 'team');
  const site = await fieldSite(ctx, c.req.param('site') ?? '');
  if (!site) throw notFound();
  mustHave(ctx.actor, 'team', site.id);
  const today = dayOf(ctx.now, site.timeZone);
  const day = asked && isDay(asked) ? asked : today;
  const view = await readFieldDay(ctx, site, wholeDay(day, site.timeZone), day);
  const secure = ctx.publicUrl.startsWith('https://');
  // A shared tablet keeps nothing: whoever finds it must not find a day on it.
  const kept = ctx.actor.deviceId === null && ctx.actor.personId !== null;
  if (kept && mayBeKept(day, ctx.now, site.timeZone)) {
    c.header('X-Carnet-Seconds', String(secondsLeft(day, ctx.now, site.timeZone)));
  }
  const several = (await fieldSites(ctx, sitesWith(ctx.actor, 'team'))).length > 1;
  const pen = penOf(ctx, site, day, newId);
  return page(
    c,
    { title: pen.m.title, islands: kept ? ['pad.js', 'field.js'] : [], status },
    <FieldPage
      pen={pen}
      view={{ ...view, isToday: day === today }}
      several={several}
      phone={{ cookie: cookieName('field', secure), secure, kept }}
      refused={refused}
    />,
  );
}

/** What a phone sends; whatever happens it is answered in JSON, and the phone keeps what is not answered. */
async function takeBatch(c: Web): Promise<Response> {
  const { ctx } = c.var;
  c.header('Cache-Control', 'no-store');
  if (ctx.actor.kind !== 'person') return c.json({ code: 'sign_in' }, 401);
  if (!has(ctx.actor, 'team')) throw notFound();
  const body = await c.req.json().catch(() => undefined);
  const batch = batchSchema.safeParse(body);
  if (!batch.success) return c.json({ code: 'field.malformed' }, 422);
  try {
    return c.json({ answers: await receive(ctx, batch.data) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return c.json({ code: error.code, sentence: explainAll(ctx, error)[0]!.text }, refusalStatus[error.kind]);
  }
}

async function showSettle(c: Web, refused: string[] = [], status = 200): Promise<Response> {
  const { ctx } = c.var;
  if (ctx.actor.kind === 'anonymous') return signInFirst(c);
  mustHave(ctx.actor, 'team');
  const rows = await openEntries(ctx, sitesWith(ctx.actor, 'team'));
  return page(
    c,
    { title: fieldMessages[ctx.locale].settleTitle, status },
    <SettlePage
      ctx={ctx}
      list={rows.map((row) => toSettle(ctx, row))}
      done={c.req.query('fait') === '1'}
      refused={refused}
    />,
  );
}

function toSettle(ctx: Web['var']['ctx'], row: OpenEntry): ToSettle {
  const say = (text: OpenEntry['site']) => text?.[ctx.locale] ?? text?.[ctx.territory.mainLanguage] ?? '';
  const { payload, reasons = [] } = row.answer;
  return {
    id: row.id,
    kind: row.kind,
    about: [row.about, say(row.title)].filter(Boolean).join(', '),
    site: say(row.site),
    author: row.author,
    occurredAt: row.occurredAt,
    timeZone: row.timeZone ?? ctx.territory.timeZone,
    reason: reasons.map((reason) => reasonText(ctx, reason)).join(' '),
    text: typeof payload?.body === 'string' ? payload.body : undefined,
    mayApply: row.outcome === 'conflict' && payload !== undefined,
  };
}
