import type { Hono } from 'hono';
import { z } from 'zod';
import { addDays, type Day, instantOf, isDay, mondayOf } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { parse } from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { enterSite, noonOf, type Pen, refusalOf } from '../day/index.ts';
import { programmeMessages } from '../preparing/index.ts';
import { registrationsOf } from '../registrations/index.ts';
import { mostSeats, publishSession, setSeats } from '../sessions/index.ts';
import { blank, optionalWhole } from '../setup/index.ts';
import { findSessions, partsOf, type SessionView, sessionsByIds, sessionsOfSeries } from '../timetable/index.ts';
import { enterAny, enterSession, homeOf, own, scopeOf, versionOf } from './enter.ts';
import { ListPage, type Period } from './list.pages.tsx';
import { mattersOf } from './programme.store.ts';
import { SessionPage } from './session.pages.tsx';

/** What is planned, and each session for its team. */
export function sessionRoutes(app: Hono<Env>): void {
  app.get('/:locale/equipe/:site/programme', async (c) => {
    const pen = await enterSite(c);
    return showList(c, pen);
  });

  app.get(own, async (c) => {
    const { pen, view } = await enterAny(c);
    if (view.kind === 'appointment') return toAppointment(c, view);
    return showSession(c, pen, view);
  });

  app.post(`${own}/publier`, async (c) => {
    const { pen, view } = await enterSession(c);
    const form = blank(await readForm(c));
    return gesture(c, pen, view, 'publie', () =>
      publishSession(pen.ctx, { session: view.id, version: versionOf(form), scope: scopeOf(form) }),
    );
  });

  app.post(`${own}/places`, async (c) => {
    const { pen, view } = await enterSession(c);
    const form = blank(await readForm(c));
    const parsed = parse(z.object({ places: optionalWhole(0, mostSeats) }), form.values, pen.ctx.locale);
    if (!parsed.ok) {
      const reasons = Object.values(parsed.errors).map((text) => ({ code: 'places', text }));
      return showSession(c, pen, view, { reasons, status: 422 });
    }
    const seats = parsed.data.places ?? null;
    return gesture(c, pen, view, 'places', () =>
      setSeats(pen.ctx, { session: view.id, version: versionOf(form), scope: scopeOf(form), seats }),
    );
  });
}

/** What passes between two people has pages of its own. */
async function toAppointment(c: Web, view: SessionView): Promise<Response> {
  const [taken] = await registrationsOf(c.var.ctx, view.id);
  if (!taken) throw notFound();
  return seeOther(c, `/rendez-vous/${taken.reference}`);
}

async function gesture(
  c: Web,
  pen: Pen,
  view: SessionView,
  done: string,
  run: () => Promise<unknown>,
): Promise<Response> {
  try {
    await run();
  } catch (error) {
    return showSession(c, pen, view, refusalOf(pen, error));
  }
  return seeOther(c, homeOf(pen, view, done));
}

/** What was just done, said once. */
function doneOf(c: Web, pen: Pen): string | undefined {
  const { done } = programmeMessages[pen.ctx.locale];
  const key = readQuery(c).fait ?? '';
  return Object.hasOwn(done, key) ? done[key as keyof typeof done] : undefined;
}

type More = { reasons?: ReturnType<typeof refusalOf>['reasons']; status?: number };

async function showSession(c: Web, pen: Pen, view: SessionView, more: More = {}): Promise<Response> {
  const { ctx } = pen;
  const [dates, parts, parents, people, matters] = await Promise.all([
    view.seriesId ? sessionsOfSeries(ctx, view.seriesId) : [],
    partsOf(ctx, view.id),
    view.parentId ? sessionsByIds(ctx, [view.parentId]) : [],
    registrationsOf(ctx, view.id),
    mattersOf(ctx, pen.site.id, view.id),
  ]);
  return page(
    c,
    { title: pen.say(view.title), wide: true, ...(more.status ? { status: more.status } : {}) },
    <SessionPage
      pen={pen}
      view={view}
      dates={dates}
      parts={parts}
      parent={parents[0]}
      people={people.filter((one) => one.status !== 'cancelled' || one.cancelCause === 'session')}
      matters={matters}
      done={more.reasons ? undefined : doneOf(c, pen)}
      reasons={more.reasons ?? []}
    />,
  );
}

const firstOf = (day: Day): Day => `${day.slice(0, 7)}-01`;

/** The month or the week of a day, with those beside it. */
function periodOf(pen: Pen, day: Day, view: Period['view']): Period & { from: Date; to: Date } {
  const first = view === 'week' ? mondayOf(day) : firstOf(day);
  const next = view === 'week' ? addDays(first, 7) : firstOf(addDays(first, 31));
  const previous = view === 'week' ? addDays(first, -7) : firstOf(addDays(first, -1));
  const at = (one: Day) => instantOf(one, '00:00', pen.site.time_zone);
  const { f } = pen;
  const label =
    view === 'week'
      ? `${f.day(noonOf(first, pen.site))} – ${f.dayLong(noonOf(addDays(first, 6), pen.site))}`
      : f.month(noonOf(first, pen.site));
  return { view, day, previous, next, label, from: at(first), to: at(next) };
}

async function showList(c: Web, pen: Pen): Promise<Response> {
  const { ctx, site } = pen;
  const { jour, vue } = readQuery(c);
  const period = periodOf(pen, jour && isDay(jour) ? jour : pen.today, vue === 'semaine' ? 'week' : 'month');
  const { from, to } = period;
  const query = { from, to, siteId: site.id, drafts: true, parts: true, closed: true, limit: 500 };
  const [sessions, matters] = await Promise.all([findSessions(ctx, query), mattersOf(ctx, site.id)]);
  const concerned = await sessionsByIds(ctx, [...new Set(matters.map((one) => one.sessionId))]);
  const known = new Map(concerned.map((view) => [view.id, view]));
  return page(
    c,
    { title: `${programmeMessages[ctx.locale].listTitle(pen.say(site.name))}, ${period.label}`, wide: true },
    <ListPage
      pen={pen}
      period={period}
      sessions={sessions}
      matters={matters.flatMap((matter) => {
        const session = known.get(matter.sessionId);
        return session ? [{ matter, session }] : [];
      })}
      done={doneOf(c, pen)}
    />,
  );
}
