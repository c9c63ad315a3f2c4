import type { Hono } from 'hono';
import { addDays, addMinutes, dayOf, daysBetween, isDay, minute, type Span, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { FormValues } from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { move } from '../booking/index.ts';
import { freedom, slotStarts } from '../finding/index.ts';
import {
  bookingPath,
  insteadOf,
  minutesOf,
  type Refused,
  readSpan,
  refusedBy,
  resourceView,
  rulesOf,
} from '../notices/index.ts';
import { type Seen, seen } from './access.ts';
import { bookingMessages } from './booking.messages.ts';
import { isPastDeadline, targetOf, toBooking } from './booking.routes.tsx';
import { type FreeDay, MoveConfirmPage, MovePage, type MoveTo } from './move.pages.tsx';

const path = '/:locale{fr|nl|en}/reservations/:ref{[2-9A-Za-z]{10}}/deplacement';
const daysShown = 4;

const wholeOf = (text: string | undefined, from: number, to: number): number | undefined => {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= from && value <= to ? value : undefined;
};

/** When the same thing is free, day by day; the booking that moves does not stand in its own way. */
async function freeDays(
  ctx: Ctx,
  { view, team }: Seen,
  first: string,
  minutes: number,
  people: number,
): Promise<FreeDay[]> {
  const { resource } = view;
  const { timeZone } = resource.site;
  const rules = rulesOf(resource);
  const last = addDays(first, daysShown - 1);
  const [from, to] = [wholeDay(first, timeZone).start, wholeDay(last, timeZone).end];
  const found = await freedom(ctx, {
    resourceIds: [resource.id],
    // A day earlier: slots are counted from the opening's own start, which may be the evening before.
    from: wholeDay(addDays(first, -1), timeZone).start,
    to: addMinutes(to, minutes + resource.gapMinutes),
    ignoreCause: view.id,
    people,
  });
  const horizon = addMinutes(ctx.now, rules.horizonDays * 24 * 60);
  const starts = slotStarts({
    ...found.get(resource.id)!,
    stepMinutes: resource.stepMinutes,
    minutes,
    gapMinutes: resource.gapMinutes,
    from,
    to: to < horizon ? to : horizon,
    notBefore: team ? ctx.now : addMinutes(ctx.now, rules.noticeMinutes),
  });
  return daysBetween(first, last).map((day) => ({
    day,
    at: addMinutes(wholeDay(day, timeZone).start, 12 * 60),
    slots: starts
      .filter((start) => dayOf(start, timeZone) === day && start.getTime() !== view.start.getTime())
      .map((start): Span => ({ start, end: new Date(start.getTime() + minutes * minute) })),
  }));
}

/** The lengths to choose from: what the rules allow by the thing's own steps, and the one it has. */
function lengthsOf({ view }: Seen, minutes: number): number[] {
  const { stepMinutes } = view.resource;
  const { minMinutes, maxMinutes } = rulesOf(view.resource);
  const lengths = new Set([minutes]);
  const first = Math.ceil(minMinutes / stepMinutes) * stepMinutes;
  for (let length = first; length <= Math.min(maxMinutes, first + 40 * stepMinutes); length += stepMinutes)
    lengths.add(length);
  return [...lengths].sort((a, b) => a - b);
}

async function showDays(c: Web, look: Seen, query: FormValues): Promise<Response> {
  const { ctx } = c.var;
  const { view } = look;
  const { timeZone } = view.resource.site;
  const today = dayOf(ctx.now, timeZone);
  const asked = query.jour && isDay(query.jour) ? query.jour : dayOf(view.start, timeZone);
  const day = asked < today ? today : asked;
  const minutes = wholeOf(query.duree, 5, 31 * 24 * 60) ?? minutesOf(view);
  const people = wholeOf(query.personnes, 1, 10_000) ?? view.people;
  const { id: resourceId } = view.resource;
  const coming = view.start > ctx.now;
  const earlier = addDays(day, -daysShown);
  return page(
    c,
    { title: bookingMessages[ctx.locale].move },
    <MovePage
      view={{
        ctx,
        seen: look,
        days: await freeDays(ctx, look, day, minutes, people),
        day,
        minutes,
        people,
        earlier: day > today ? (earlier < today ? today : earlier) : undefined,
        later: addDays(day, daysShown),
        elsewhere: coming
          ? await insteadOf(ctx, { resourceId, start: view.start, end: view.end, people, limit: 3 })
          : [],
        lengths: lengthsOf(look, minutes),
      }}
    />,
  );
}

/** Where a form or an address wants the booking to go; undefined when no time is said. */
async function destination(ctx: Ctx, { view }: Seen, values: FormValues): Promise<MoveTo | undefined> {
  const span = readSpan(values.debut, values.fin);
  if (!span) return undefined;
  const resource = await resourceView(ctx, values.ressource || view.resource.slug, span.start, span.end);
  if (!resource) throw notFound();
  return { ...span, resource, people: wholeOf(values.personnes, 1, 10_000) ?? view.people };
}

function showConfirm(c: Web, look: Seen, to: MoveTo, refused?: Refused): Response {
  const { ctx } = c.var;
  return page(
    c,
    { title: bookingMessages[ctx.locale].moveConfirmTitle, status: refused?.status ?? 200 },
    <MoveConfirmPage ctx={ctx} seen={look} to={to} refused={refused?.reasons ?? []} />,
  );
}

/** Moving a booking: free times, then the move asked once more, then done. */
export function moveRoutes(app: Hono<Env>): void {
  app.get(path, async (c) => {
    const look = await seen(c);
    if (isPastDeadline(c, look)) return toBooking(c, look);
    const query = readQuery(c);
    const to = await destination(c.var.ctx, look, query);
    return to ? showConfirm(c, look, to) : showDays(c, look, query);
  });
  app.post(path, async (c) => {
    const { ctx } = c.var;
    const values = await readForm(c);
    const look = await seen(c, values.cle);
    const to = await destination(ctx, look, values);
    if (!to) return seeOther(c, bookingPath(look.view.reference, 'deplacement', look.key));
    try {
      await move(ctx, {
        ...targetOf(look, values),
        resourceId: to.resource.id,
        start: to.start,
        end: to.end,
        people: to.people,
      });
    } catch (error) {
      return showConfirm(c, look, to, refusedBy(ctx, error, to.resource.site.timeZone));
    }
    return seeOther(c, bookingPath(look.view.reference, '', look.key, { fait: 'deplacement' }));
  });
}
