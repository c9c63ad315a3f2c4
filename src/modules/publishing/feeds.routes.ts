import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { addDays, dayOf, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { isLocale } from '../../core/i18n.ts';
import { type FormValues, hrefWith } from '../../core/input.ts';
import { limitOften } from '../../core/limits.ts';
import { cutPage, hasAlready, readCursor } from '../../core/rest.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { tell } from '../../ui/told.ts';
import { askedSession, formerStarts, listItems, readAfter, readAsked, writeAfter } from '../agenda/index.ts';
import { answerCalendar } from '../notices/index.ts';
import { countSessions, findSessions, isForAll } from '../timetable/index.ts';
import { atomFeed } from './atom.ts';
import { agendaCalendar } from './calendar.ts';
import { changedAt } from './changed.ts';
import { mediationPlaces } from './mediation.ts';
import { openAgenda } from './openagenda.ts';
import { publishingMessages } from './publishing.messages.ts';

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
  if (hasAlready(c, tag)) return c.body(null, 304);
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
  return answerCalendar(c, agendaCalendar(ctx, name, items, await changedAt(ctx, items)), 'agenda.ics', true);
}

async function sessionCalendar(c: Web): Promise<Response> {
  const { ctx } = await enter(c);
  const { session, pass } = await askedSession(c);
  const { id, start, end } = session;
  const item = { kind: 'session' as const, id, start, end, session };
  const text = agendaCalendar(ctx, tell(ctx, session.title), [item], await changedAt(ctx, [item]));
  return answerCalendar(c, text, `${session.reference}.ics`, !pass.key && (await isForAll(ctx, session)));
}

async function newsFeed(c: Web): Promise<Response> {
  const { ctx, form } = await enter(c);
  const { query, values } = await asked(ctx, form);
  const { items } = await listItems(ctx, query, { limit: inFeed });
  const changed = await changedAt(ctx, items);
  const feed = {
    title: publishingMessages[ctx.locale].calendar.name(ctx.territory.name),
    self: ctx.publicUrl + hrefWith('/agenda.atom', values, { langue: ctx.locale }),
    page: ctx.publicUrl + hrefWith(`/${ctx.locale}/agenda`, values),
  };
  return answerFeed(c, atomFeed(ctx, feed, items, changed), 'application/atom+xml; charset=utf-8');
}

async function openAgendaExport(c: Web): Promise<Response> {
  const { ctx, form } = await enter(c);
  const { query } = await asked(ctx, form);
  // As OpenAgenda's own answers are followed: after[]=…
  const after = readAfter(readCursor(form['after[]'] ?? form.after));
  const [rows, total] = await Promise.all([
    findSessions(ctx, { ...query, after, limit: inExport + 1 }),
    countSessions(ctx, query),
  ]);
  const { items: sessions, next } = cutPage(rows, inExport, writeAfter);
  const [changed, former] = await Promise.all([changedAt(ctx, sessions), formerStarts(ctx, sessions)]);
  const body = openAgenda(ctx, { sessions, total, next }, { changed, former });
  return answerFeed(c, JSON.stringify(body), 'application/json; charset=utf-8');
}

async function mediationExport(c: Web): Promise<Response> {
  const { ctx } = await enter(c);
  const { csv } = await mediationPlaces(ctx);
  c.header('Content-Disposition', 'inline; filename="lieux-de-mediation-numerique.csv"');
  return answerFeed(c, csv, 'text/csv; charset=utf-8');
}
