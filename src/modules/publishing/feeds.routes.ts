import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { addDays, dayOf, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { isLocale } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import { limitOften } from '../../core/limits.ts';
import { readCursor, writeCursor } from '../../core/rest.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { agendaHref, listItems, publicSession, readAfter, readAsked, tell, writeAfter } from '../agenda/index.ts';
import { answerCalendar } from '../notices/index.ts';
import { atomFeed } from './atom.ts';
import { agendaCalendar } from './calendar.ts';
import { mediationPlaces } from './mediation.ts';
import { openAgenda } from './openagenda.ts';
import { publishingMessages } from './publishing.messages.ts';
import { lastChanges } from './publishing.store.ts';

/** A reader asks once an hour; a mistaken loop meets this within minutes. */
const perAddress = { name: 'feeds', hits: 240, minutes: 10 };

/** How far a calendar looks back, so that what was cancelled yesterday is heard of, and ahead. */
const backDays = 7;
const aheadDays = 200;
const inCalendar = 1500;
const inFeed = 60;
const inExport = 200;

/** What others subscribe to, one question for all of them: that of the agenda's own page. */
export function feedRoutes(app: Hono<Env>): void {
  app.get('/agenda.ics', calendarFeed);
  app.get('/agenda.atom', newsFeed);
  app.get('/agenda/openagenda.json', openAgendaExport);
  app.get('/lieux-de-mediation-numerique.csv', mediationExport);
  app.get('/:locale{fr|nl|en}/agenda/:reference/agenda.ics', sessionCalendar);
}

/** The words of a feed are in the language its address names, else in the reader's. */
async function enter(c: Web): Promise<{ ctx: Ctx; form: FormValues }> {
  await limitOften(c.var.ctx, perAddress, c.var.clientAddress);
  const { langue, ...form } = readQuery(c);
  const locale = isLocale(langue) ? langue : c.var.ctx.locale;
  return { ctx: { ...c.var.ctx, locale }, form };
}

/** Sends what anybody may read; a reader who has this very one already gets 304. */
function answerFeed(c: Web, text: string, contentType: string): Response {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  c.header('ETag', tag);
  c.header('Cache-Control', 'public, max-age=300');
  c.header('Vary', 'Accept-Language');
  if (c.req.header('if-none-match') === tag) return c.body(null, 304);
  c.header('Content-Type', contentType);
  return c.body(text);
}

/** From some days ago to the months to come, whatever "today" or "this week" the page was showing. */
async function asked(ctx: Ctx, form: FormValues, back = 0) {
  const { quand: _, jour: __, ...kept } = form;
  const question = await readAsked(ctx, kept);
  const zone = ctx.territory.timeZone;
  const today = dayOf(ctx.now, zone);
  const query = {
    ...question.query,
    from: back ? instantOf(addDays(today, -back), '00:00', zone) : ctx.now,
    to: instantOf(addDays(today, aheadDays), '00:00', zone),
  };
  return { ...question, query };
}

async function calendarFeed(c: Web): Promise<Response> {
  const { ctx, form } = await enter(c);
  const { query } = await asked(ctx, form, backDays);
  const { items } = await listItems(ctx, { ...query, parts: true }, { limit: inCalendar });
  const name = publishingMessages[ctx.locale].calendar.name(ctx.territory.name);
  return answerCalendar(c, agendaCalendar(ctx, name, items), 'agenda.ics', true);
}

async function sessionCalendar(c: Web): Promise<Response> {
  const { ctx } = await enter(c);
  const session = await publicSession(ctx, c.req.param('reference'));
  const { id, start, end } = session;
  const text = agendaCalendar(ctx, tell(ctx, session.title), [{ kind: 'session', id, start, end, session }]);
  return answerCalendar(c, text, `${session.reference}.ics`, true);
}

async function newsFeed(c: Web): Promise<Response> {
  const { ctx, form } = await enter(c);
  const { query, values } = await asked(ctx, form);
  const { items } = await listItems(ctx, query, { limit: inFeed });
  const changed = await lastChanges(
    ctx,
    items.map(({ id }) => id),
  );
  const feed = {
    title: publishingMessages[ctx.locale].calendar.name(ctx.territory.name),
    self: ctx.publicUrl + agendaHref('/agenda.atom', values, { langue: ctx.locale }),
    page: ctx.publicUrl + agendaHref(`/${ctx.locale}/agenda`, values),
  };
  return answerFeed(c, atomFeed(ctx, feed, items, changed), 'application/atom+xml; charset=utf-8');
}

async function openAgendaExport(c: Web): Promise<Response> {
  const { ctx, form } = await enter(c);
  const { query } = await asked(ctx, form);
  const after = readAfter(readCursor(form.after));
  const { items, next } = await listItems(ctx, query, { after, limit: inExport });
  const body = openAgenda(ctx, items, next ? writeCursor(writeAfter(next)) : null);
  return answerFeed(c, JSON.stringify(body), 'application/json; charset=utf-8');
}

async function mediationExport(c: Web): Promise<Response> {
  const { ctx } = await enter(c);
  const { csv } = await mediationPlaces(ctx);
  c.header('Content-Disposition', 'inline; filename="lieux-de-mediation-numerique.csv"');
  return answerFeed(c, csv, 'text/csv; charset=utf-8');
}
