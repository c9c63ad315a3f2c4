import { addDays, addMinutes, dayOf, instantOf, minute, timeOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { type Equivalent, equivalents, freedom, slotStarts } from '../finding/index.ts';
import type { Item, PlannedDate, Reserved, ReserveInput } from './booking.types.ts';
import { checkOnly, reserve } from './reserve.ts';
import { loadThings, type Thing } from './thing.store.ts';

export type SeriesInput = Omit<ReserveInput, 'items' | 'seriesId'> & Item & { weeks: number };

/** A series is at most a year long. */
export const mostWeeks = 52;

/** The same weekday and wall time, week after week: a series keeps its hour when the clocks change. */
export function weeklyDates(item: Item, weeks: number, timeZone: string): Item[] {
  const times = [item.start, item.end].map((at) => ({ day: dayOf(at, timeZone), time: timeOf(at, timeZone) }));
  return Array.from({ length: Math.min(weeks, mostWeeks) }, (_, week) => {
    const [start, end] = times.map(({ day, time }) => instantOf(addDays(day, 7 * week), time, timeZone));
    return { resourceId: item.resourceId, start: start!, end: end! };
  });
}

/** Each date of a weekly series with what stands in its way and what is free instead; nothing is kept. */
export async function planSeries(ctx: Ctx, { weeks, ...input }: SeriesInput): Promise<PlannedDate[]> {
  if (ctx.actor.kind === 'anonymous') throw notFound();
  const thing = (await loadThings(ctx.db, [input.resourceId])).get(input.resourceId);
  if (!thing) throw notFound();
  const items = weeklyDates(input, weeks, thing.timeZone);
  const reasons = await checkOnly(ctx, { ...input, items });
  const dates: PlannedDate[] = [];
  for (const [index, item] of items.entries()) {
    const why = reasons[index] ?? [];
    const crowded = why.some(({ code }) => code === 'booking.taken' || code === 'booking.closed');
    const alternatives = crowded ? await alternativesTo(ctx, thing, item, input.people) : [];
    dates.push({ ...item, ok: why.length === 0, reasons: why, alternatives });
  }
  return dates;
}

/** Keeps the dates chosen, as they were or replaced by an alternative: all of them, or none. */
export function keepSeries(ctx: Ctx, input: Omit<ReserveInput, 'seriesId'>): Promise<Reserved> {
  if (ctx.actor.kind === 'anonymous') throw notFound();
  return reserve(ctx, { ...input, seriesId: newId() });
}

/** The nearest other times that day, then other things of the same kind at that time. */
async function alternativesTo(ctx: Ctx, thing: Thing, item: Item, people: number): Promise<Equivalent[]> {
  const day = wholeDay(dayOf(item.start, thing.timeZone), thing.timeZone);
  const minutes = (item.end.getTime() - item.start.getTime()) / minute;
  const to = addMinutes(day.end, minutes + thing.gap);
  const { open, full } = (await freedom(ctx, { resourceIds: [thing.id], from: day.start, to, people })).get(thing.id)!;
  const starts = slotStarts({
    open,
    full,
    minutes,
    stepMinutes: thing.stepMinutes,
    gapMinutes: thing.gap,
    from: day.start,
    to: day.end,
    notBefore: ctx.now,
  });
  const away = (at: Date) => Math.abs(at.getTime() - item.start.getTime());
  const nearest = starts.sort((a, b) => away(a) - away(b)).slice(0, 2);
  const same = {
    resourceId: thing.id,
    slug: thing.slug,
    name: thing.name,
    siteId: thing.siteId,
    siteSlug: thing.siteSlug,
  };
  const others = await equivalents(ctx, { ...item, people, limit: 2 });
  const elsewhere = others.filter((one) => one.resourceId !== thing.id);
  return [...nearest.map((start) => ({ ...same, start, end: addMinutes(start, minutes) })), ...elsewhere];
}
