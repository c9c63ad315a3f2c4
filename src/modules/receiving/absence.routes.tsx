import type { Hono } from 'hono';
import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import { addDays, dayOf, instantOf, type Span, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { day, type FormValues, localTime, parse, uuid } from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  type AppointmentView,
  appointmentsOf,
  byDay,
  cancelAppointment,
  moveAppointment,
  readTime,
} from '../appointments/index.ts';
import { addAbsence, checkAbsence, freeTimes, removeAbsence, runHelper } from '../presence/index.ts';
import { blank, type Form, refused } from '../setup/index.ts';
import { AbsencePage, type Touched } from './absence.pages.tsx';
import { teamMessages } from './team.messages.ts';
import { chosen, mine } from './week.routes.tsx';

const root = '/:locale{(?:fr|nl|en)}/permanences/absence';
/** How far one looks for another time, and how many are offered. */
const ahead = 21;
const offered = 3;

const fields = { qui: uuid, from: day, to: day, fromTime: localTime, toTime: localTime };
const schema = z.object(fields);
type Asked = z.output<typeof schema>;

const kept = (values: FormValues): FormValues =>
  Object.fromEntries(Object.keys(fields).flatMap((name) => (values[name] ? [[name, values[name]]] : [])));

function spanOf(ctx: Ctx, { from, fromTime, to, toTime }: Asked): Span {
  const zone = ctx.territory.timeZone;
  // The last minute of a day is its end.
  const end = toTime === '23:59' ? wholeDay(to, zone).end : instantOf(to, toTime, zone);
  return { start: instantOf(from, fromTime, zone), end };
}

/** Those who were to come then, with the nearest other times, the same helper's and others'. */
async function touchedBy(ctx: Ctx, helperId: string, span: Span): Promise<Touched[]> {
  const touched: Touched[] = [];
  for (const appointment of await appointmentsOf(ctx, helperId, span)) {
    touched.push({ appointment, instead: await insteadOf(ctx, appointment) });
  }
  return touched;
}

async function insteadOf(ctx: Ctx, one: AppointmentView): Promise<Touched['instead']> {
  if (!one.reasonSlug) return [];
  const from = one.start > ctx.now ? one.start : ctx.now;
  const zone = ctx.territory.timeZone;
  const found = await freeTimes(ctx, {
    reasonSlug: one.reasonSlug,
    from: wholeDay(dayOf(from, zone), zone).start,
    to: wholeDay(addDays(dayOf(from, zone), ahead), zone).end,
    people: one.places,
    team: true,
    except: one.sessionId,
  });
  return byDay(found)
    .sort((a, b) => a.starts[0]!.getTime() - b.starts[0]!.getTime())
    .slice(0, offered)
    .map((day) => ({ one: day, start: day.starts[0]! }));
}

async function show(c: Web, form: Form, over: { touched?: Touched[]; noted?: boolean; moved?: boolean } = {}) {
  const { ctx } = c.var;
  const all = await mine(ctx);
  const helper = chosen(ctx, all, form.values.qui);
  if (!helper) throw notFound();
  const { touched, noted = false, moved = false } = over;
  const content = (
    <div class="setup stack">
      <AbsencePage {...{ ctx, form, helpers: all, helper, touched, noted, moved }} />
    </div>
  );
  return page(c, { title: teamMessages[ctx.locale].absence, status: form.status }, content);
}

async function getAbsence(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const query = readQuery(c);
  const asked = parse(schema, query, ctx.locale);
  if (query.fait && asked.ok) {
    await runHelper(ctx, asked.data.qui);
    const touched = await touchedBy(ctx, asked.data.qui, spanOf(ctx, asked.data));
    return show(c, blank(kept(query)), { touched, noted: true, moved: query.fait === 'deplace' });
  }
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const values = { from: today, to: today, fromTime: '00:00', toTime: '23:59', ...kept(query) };
  return show(c, blank(values));
}

async function postAbsence(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const form = blank(kept(values));
  const asked = parse(schema, values, ctx.locale);
  if (!asked.ok) return show(c, { ...form, errors: asked.errors, status: 422 });
  await runHelper(ctx, asked.data.qui);
  const span = spanOf(ctx, asked.data);
  try {
    checkAbsence(ctx, span);
    if (values.geste !== 'noter') return await show(c, form, { touched: await touchedBy(ctx, asked.data.qui, span) });
    await addAbsence(ctx, { helperId: asked.data.qui, ...span });
    return seeOther(c, `/permanences/absence?${new URLSearchParams({ ...kept(values), fait: 'note' })}`);
  } catch (error) {
    return show(c, refused(c, form, error));
  }
}

/** Moves or cancels one of those an absence touches, then shows those left. */
async function settle(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const reference = c.req.param('ref') ?? '';
  const version = Number(values.version) || undefined;
  try {
    if (values.geste === 'annuler') await cancelAppointment(ctx, { reference, version });
    else await moveAppointment(ctx, { reference, version, ...readTime(values.heure) });
    const done = values.geste === 'annuler' ? 'note' : 'deplace';
    return seeOther(c, `/permanences/absence?${new URLSearchParams({ ...kept(values), fait: done })}`);
  } catch (error) {
    return show(c, refused(c, blank(kept(values)), error));
  }
}

/** When who receives is not there. */
export function absenceRoutes(app: Hono<Env>): void {
  app.use(`${root}/*`, async (c, next) => {
    mustHave(c.var.ctx.actor, 'team');
    await next();
  });
  app.get(root, getAbsence);
  app.post(root, postAbsence);
  app.post(`${root}/:id/retrait`, async (c) => {
    const id = c.req.param('id');
    if (!isUuid(id)) throw notFound();
    const helperId = await removeAbsence(c.var.ctx, id);
    return seeOther(c, `/permanences?qui=${helperId}&fait=revenu`);
  });
  app.post(`${root}/:ref{[2-9A-Za-z]{10}}`, settle);
}
