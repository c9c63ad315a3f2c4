import type { Child } from 'hono/jsx';
import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import {
  addDays,
  addMinutes,
  type Day,
  dayOf,
  daysBetween,
  isDay,
  mondayOf,
  type Span,
  wholeDay,
} from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { instant, parse, text, whole } from '../../core/input.ts';
import type { Module } from '../../core/module.ts';
import { explainAll } from '../../core/sentences.ts';
import { readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { formatter } from '../../ui/format.ts';
import { page } from '../../ui/page.tsx';
import { move } from '../booking/index.ts';
import { daySheet } from './planning.grid.ts';
import { planningMessages } from './planning.messages.ts';
import { PlanningPage, type PlanningView, WeekSheet } from './planning.pages.tsx';
import { fullSpans, makeAxis, usefulSpan } from './planning.rules.ts';
import {
  findPlannedBooking,
  findPlannedResource,
  findPlannedSite,
  type Planned,
  type PlannedResource,
  type PlannedSite,
  type PlannedTaken,
  readPlanned,
} from './planning.store.ts';

/** The team's planning of a site. */
export const planning: Module = {
  name: 'planning',
  routes: (app) => {
    app.get('/:locale/equipe/:site/planning', showPlanning);
    app.post('/:locale/equipe/:site/planning/deplacement', moveOnPlanning);
  },
};

async function enter(c: Web): Promise<PlannedSite> {
  const site = await findPlannedSite(c.var.ctx, c.req.param('site') ?? '');
  if (!site) throw notFound();
  mustHave(c.var.ctx.actor, 'team', site.id);
  return site;
}

async function showPlanning(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { jour, vue } = readQuery(c);
  const view: PlanningView = vue === 'semaine' ? 'week' : 'day';
  const asked = jour && isDay(jour) ? jour : undefined;
  const { planned, day } = await readFor(ctx, c.req.param('site') ?? '', asked, view);
  const { site } = planned;
  mustHave(ctx.actor, 'team', site.id);
  const drawn = view === 'week' ? drawWeek(ctx, planned, day) : await drawDay(ctx, planned, day);
  return page(
    c,
    {
      title: `${planningMessages[ctx.locale].title(nameOf(ctx, site))}, ${drawn.heading}`,
      wide: true,
      islands: ['live.js', 'planning.js'],
    },
    <PlanningPage
      ctx={ctx}
      site={site}
      day={day}
      view={view}
      heading={drawn.heading}
      empty={drawn.empty}
      moveTo={`/${ctx.locale}/equipe/${site.slug}/planning/deplacement`}
    >
      {drawn.table}
    </PlanningPage>,
  );
}

const nameOf = (ctx: Ctx, site: PlannedSite) => say(site.name, ctx.locale, ctx.territory.mainLanguage);

type Drawn = { heading: string; empty: boolean; table: Child };

const byResource = (taken: PlannedTaken[]) => Map.groupBy(taken, (one) => one.resource_id);

/** Half-hours, or quarters where something is booked by the quarter. */
const stepOf = (steps: number[]): number => (steps.some((step) => step % 30 !== 0) ? 15 : 30);

const spanOf = (day: Day, view: PlanningView, timeZone: string): Span => {
  if (view === 'day') return wholeDay(day, timeZone);
  const monday = mondayOf(day);
  return { start: wholeDay(monday, timeZone).start, end: wholeDay(addDays(monday, 6), timeZone).end };
};

/** Reads as if the site had the territory's clock, which spares a question first; again where it has another. */
async function readFor(ctx: Ctx, slug: string, asked: Day | undefined, view: PlanningView) {
  const read = async (timeZone: string) => {
    const day = asked ?? dayOf(ctx.now, timeZone);
    const { start, end } = spanOf(day, view, timeZone);
    const planned = await readPlanned(ctx, slug, start, end);
    if (!planned) throw notFound();
    return { planned, day };
  };
  const first = await read(ctx.territory.timeZone);
  const { time_zone } = first.planned.site;
  return time_zone === ctx.territory.timeZone ? first : read(time_zone);
}

async function drawDay(ctx: Ctx, { site, resources, taken, open }: Planned, day: Day): Promise<Drawn> {
  const span = wholeDay(day, site.time_zone);
  const heading = formatter(ctx.locale, site.time_zone).dayLong(span.start);
  const laid = byResource(taken);
  const shown = usefulSpan(span, [...[...open.values()].flat(), ...taken]);
  const sheet = {
    site,
    axis: makeAxis(shown, stepOf(resources.map((one) => one.step_minutes))),
    resources,
    taken: laid,
    openness: new Map(
      resources.map((one) => [one.id, { open: open.get(one.id) ?? [], full: fullOf(one, laid.get(one.id) ?? []) }]),
    ),
  };
  return {
    heading,
    empty: resources.length === 0,
    table: await daySheet(ctx, sheet, planningMessages[ctx.locale].caption(heading)),
  };
}

/** A thing alone cannot be had during what is drawn on it, and a little after. */
const fullOf = ({ claims, units, gap }: PlannedResource, laid: PlannedTaken[]): Span[] => {
  if (claims) return fullSpans(claims, units);
  return gap === 0 ? [] : laid.map(({ start, end }) => ({ start, end: addMinutes(end, gap) }));
};

function drawWeek(ctx: Ctx, { site, resources, taken }: Planned, day: Day): Drawn {
  const monday = mondayOf(day);
  const days = daysBetween(monday, addDays(monday, 6)).map((one) => ({
    day: one,
    span: wholeDay(one, site.time_zone),
  }));
  const [first, last] = [days[0]!.span, days[6]!.span];
  const f = formatter(ctx.locale, site.time_zone);
  const caption = planningMessages[ctx.locale].weekCaption(f.day(first.start), f.day(last.start));
  return {
    heading: `${f.day(first.start)} – ${f.dayLong(last.start)}`,
    empty: resources.length === 0,
    table: (
      <WeekSheet ctx={ctx} site={site} resources={resources} days={days} taken={byResource(taken)} caption={caption} />
    ),
  };
}

const gestureSchema = z.object({
  reservation: text(20),
  version: whole(1, 1_000_000_000),
  ressource: text(120),
  debut: instant,
  fin: instant,
});

/** A gesture on the planning: the same command as the pages, answered in JSON to the island and by a page to a form. */
async function moveOnPlanning(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const site = await enter(c);
  const inJson = (c.req.header('accept') ?? '').includes('application/json');
  const form = parse(gestureSchema, await readForm(c), ctx.locale);
  try {
    if (!form.ok) throw new Refusal('request.invalid', 'unprocessable');
    const { said, back, day } = await gesture(ctx, site, form.data);
    return inJson ? c.json({ said, back }) : seeOther(c, `/equipe/${site.slug}/planning?jour=${day}`);
  } catch (error) {
    if (!inJson || !(error instanceof Refusal)) throw error;
    return c.json({ reasons: explainAll(ctx, error, { timeZone: site.time_zone }) }, refusalStatus[error.kind]);
  }
}

async function gesture(ctx: Ctx, site: PlannedSite, wanted: z.output<typeof gestureSchema>) {
  const resource = await findPlannedResource(ctx, site.id, wanted.ressource);
  const before = await findPlannedBooking(ctx, site.id, wanted.reservation);
  if (!resource || !before) throw notFound();
  const after = await move(ctx, {
    booking: wanted.reservation,
    version: wanted.version,
    resourceId: resource.id,
    start: wanted.debut,
    end: wanted.fin,
  });
  const when = formatter(ctx.locale, site.time_zone).range(after.start, after.end);
  return {
    said: planningMessages[ctx.locale].moved(say(resource.name, ctx.locale, ctx.territory.mainLanguage), when),
    day: dayOf(after.start, site.time_zone),
    back: {
      reference: wanted.reservation,
      version: String(after.version),
      resource: before.slug,
      start: before.starts_at.getTime(),
      end: before.ends_at.getTime(),
    },
  };
}
