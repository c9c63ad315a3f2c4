import { raw } from 'hono/html';
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
import { LocaleContext } from '../../ui/locale-context.ts';
import { page } from '../../ui/page.tsx';
import { move } from '../booking/index.ts';
import { daySheet } from './planning.grid.ts';
import { type Drawn, type Kept, PlanningKeep } from './planning.keep.ts';
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
  plannedFrom,
  readPlanned,
} from './planning.store.ts';

/** The team's planning of a site. */
export const planning: Module = {
  name: 'planning',
  routes: (app) => {
    const keep = new PlanningKeep();
    app.get('/:locale/equipe/:site/planning', (c) => showPlanning(c, keep));
    app.post('/:locale/equipe/:site/planning/deplacement', moveOnPlanning);
  },
};

async function enter(c: Web): Promise<PlannedSite> {
  const site = await findPlannedSite(c.var.ctx, c.req.param('site') ?? '');
  if (!site) throw notFound();
  mustHave(c.var.ctx.actor, 'team', site.id);
  return site;
}

async function showPlanning(c: Web, keep: PlanningKeep): Promise<Response> {
  const kept = keep.find(c.var.ctx, c.req.url);
  const stands = kept !== undefined && kept.asOf !== null && kept.asOf === c.var.asOf;
  const { siteId, title, content, pages } = stands ? kept.drawn : await drawAgain(c, keep, kept);
  mustHave(c.var.ctx.actor, 'team', siteId);
  return page(c, { title, wide: true, islands: ['live.js', 'planning.js'], made: pages }, raw(content));
}

/** Reads the planning; draws it too, unless it was drawn from the very same rows. */
async function drawAgain(c: Web, keep: PlanningKeep, kept: Kept | undefined): Promise<Drawn> {
  const { ctx } = c.var;
  const { jour, vue } = readQuery(c);
  const view: PlanningView = vue === 'semaine' ? 'week' : 'day';
  const asked = jour && isDay(jour) ? jour : undefined;
  const { read, day, span } = await readFor(ctx, c.req.param('site') ?? '', asked, view);
  if (kept?.rows === read.text) {
    keep.keep(c.req.url, { ...kept, asOf: read.as_of });
    return kept.drawn;
  }
  const planned = plannedFrom(read, span);
  const { site, lapses } = planned;
  mustHave(ctx.actor, 'team', site.id);
  const sheet = view === 'week' ? drawWeek(ctx, planned, day) : await drawDay(ctx, planned, day);
  const drawn = {
    siteId: site.id,
    title: `${planningMessages[ctx.locale].title(nameOf(ctx, site))}, ${sheet.heading}`,
    content: drawPage(ctx, site, day, view, sheet),
    pages: new Map(),
  };
  const midnight = wholeDay(dayOf(ctx.now, site.time_zone), site.time_zone).end;
  const until = lapses && lapses < midnight ? lapses : midnight;
  keep.keep(c.req.url, { drawn, rows: read.text, asOf: read.as_of, from: ctx.now, until });
  return drawn;
}

const drawPage = (
  ctx: Ctx,
  site: PlannedSite,
  day: Day,
  view: PlanningView,
  { heading, empty, table }: Table,
): string =>
  String(
    <LocaleContext.Provider value={ctx.locale}>
      <PlanningPage
        ctx={ctx}
        site={site}
        day={day}
        view={view}
        heading={heading}
        empty={empty}
        moveTo={`/${ctx.locale}/equipe/${site.slug}/planning/deplacement`}
      >
        {table}
      </PlanningPage>
    </LocaleContext.Provider>,
  );

const nameOf = (ctx: Ctx, site: PlannedSite) => say(site.name, ctx.locale, ctx.territory.mainLanguage);

type Table = { heading: string; empty: boolean; table: Child };

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
  const readIn = async (timeZone: string) => {
    const day = asked ?? dayOf(ctx.now, timeZone);
    const span = spanOf(day, view, timeZone);
    const read = await readPlanned(ctx, slug, span);
    if (!read) throw notFound();
    return { read, day, span };
  };
  const first = await readIn(ctx.territory.timeZone);
  const { time_zone } = first.read;
  return time_zone === ctx.territory.timeZone ? first : readIn(time_zone);
}

async function drawDay(ctx: Ctx, { site, resources, taken, open }: Planned, day: Day): Promise<Table> {
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

function drawWeek(ctx: Ctx, { site, resources, taken }: Planned, day: Day): Table {
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
