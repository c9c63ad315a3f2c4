import { addDays, addMinutes, type Day, dayOf, daysBetween, minute, mondayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { freedom, slotStarts } from '../finding/index.ts';
import { apart } from './places.rules.ts';
import type { ResourceCard, SiteCard } from './places.store.ts';
import type { DaySlots } from './resource.pages.tsx';

const dayMinutes = 24 * 60;

/** The week that holds a day: for each of its days, the slots of `minutes` that can still be booked. */
export async function weekOf(
  ctx: Ctx,
  site: SiteCard,
  resource: ResourceCard,
  day: Day,
  minutes: number,
): Promise<DaySlots[]> {
  const days = daysBetween(mondayOf(day), addDays(mondayOf(day), 6));
  const bounds = days.map((one) => wholeDay(one, site.timeZone));
  const { rules, stepMinutes, gapMinutes } = resource;
  // Wider by a day: steps count from an opening's own start, and the last slot's gap must be seen.
  const found = await freedom(ctx, {
    resourceIds: [resource.id],
    from: addMinutes(bounds[0]!.start, -dayMinutes),
    to: addMinutes(bounds.at(-1)!.end, minutes + gapMinutes + dayMinutes),
  });
  const { open, full } = found.get(resource.id)!;
  const horizon = rules.horizonDays === undefined ? undefined : addMinutes(ctx.now, rules.horizonDays * dayMinutes);
  const notBefore = addMinutes(ctx.now, rules.noticeMinutes ?? 0);
  const today = dayOf(ctx.now, site.timeZone);
  return days.map((one, index) => {
    const { start: from, end: to } = bounds[index]!;
    const starts = slotStarts({ open, full, stepMinutes, minutes, gapMinutes, from, to, notBefore });
    const bookable = horizon ? starts.filter((start) => start <= horizon) : starts;
    const opened = open.some((span) => span.start < to && span.end > from);
    return {
      day: one,
      slots: apart(bookable, minutes).map((start) => ({ start, end: new Date(start.getTime() + minutes * minute) })),
      none: one < today ? 'past' : opened ? 'full' : 'closed',
    };
  });
}
