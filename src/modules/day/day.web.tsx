import { mustHave } from '../../core/access.ts';
import { isDay, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import type { Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { lowAnswers } from '../feedback/index.ts';
import { findSessions } from '../timetable/index.ts';
import { arrivalsOf, callsOf, comersOf, findSite, notesOf, outagesOf, requestsOf, visitCounts } from './day.store.ts';
import type { DaySite, DayView } from './day.types.ts';
import { noonOf, type Pen, penOf } from './day.words.ts';
import { type Done, TodayPage } from './today.pages.tsx';

/** The site of an address, for who works there; for anybody else it is not there. */
export async function enterSite(c: Web): Promise<Pen> {
  const { ctx } = c.var;
  // Before the site is looked for: who works nowhere learns nothing of what exists.
  mustHave(ctx.actor, 'team');
  const site = await findSite(ctx, c.req.param('site') ?? '');
  if (!site) throw notFound();
  mustHave(ctx.actor, 'team', site.id);
  return penOf(ctx, site);
}

/** The day named by a page or a form, or today. */
export const dayFrom = (pen: Pen, given: string | undefined): string => (given && isDay(given) ? given : pen.today);

/** All that a day of a site holds. */
export async function readDay(ctx: Ctx, site: DaySite, day: string, today: string): Promise<DayView> {
  const span = wholeDay(day, site.time_zone);
  const isToday = day === today;
  const [arrivals, requests, calls, outages, notes, visits, gatherings, low] = await Promise.all([
    arrivalsOf(ctx, site.id, span),
    requestsOf(ctx, site.id),
    callsOf(ctx, site.id, day, today),
    outagesOf(ctx, site.id, span, isToday ? ctx.now : span.start),
    notesOf(ctx, site.id, day),
    visitCounts(ctx, site.id, span),
    findSessions(ctx, {
      from: span.start,
      to: span.end,
      siteId: site.id,
      appointments: true,
      parts: true,
      closed: true,
    }),
    isToday ? lowAnswers(ctx, site.id) : 0,
  ]);
  // An appointment called off concerns nobody at the door: whom to tell is among the calls.
  const sessions = gatherings.filter((one) => one.kind !== 'appointment' || one.status === 'published');
  const comers = await comersOf(
    ctx,
    sessions.filter((one) => one.kind === 'appointment').map((one) => one.id),
  );
  return { site, day, isToday, arrivals, requests, calls, outages, notes, visits, sessions, comers, lowAnswers: low };
}

/** The day's page, with what was just done or refused. */
export async function showDay(
  c: Web,
  pen: Pen,
  day: string,
  more: { done?: Done | undefined; reasons?: readonly Explained[]; status?: number } = {},
): Promise<Response> {
  const view = await readDay(pen.ctx, pen.site, day, pen.today);
  const site = pen.say(pen.site.name);
  const title = view.isToday ? pen.m.today(site) : pen.m.otherDay(site, pen.f.day(noonOf(day, pen.site)));
  return page(
    c,
    { title, wide: true, islands: ['live.js'], ...(more.status ? { status: more.status } : {}) },
    <TodayPage pen={pen} view={view} done={more.done} reasons={more.reasons ?? []} />,
  );
}

/** Why something was refused, in the reader's words, and the status that says so; anything else is thrown on. */
export function refusalOf(pen: Pen, error: unknown): { reasons: Explained[]; status: number; refusal: Refusal } {
  if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
  const reasons = explainAll(pen.ctx, error, { timeZone: pen.site.time_zone });
  return { reasons, status: refusalStatus[error.kind], refusal: error };
}
