import { addDays, isDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { readInstant } from '../../core/rest.ts';
import { findCommune, type Near, nearOf } from '../communes/index.ts';

const hour = 3_600_000;

/** From when to when a program asks, by days or instants, the last day included; refused where that is nothing, or too much. */
export function readWindow(
  { territory }: Ctx,
  asked: { from: string; to: string },
  mostDays: number,
): { from: Date; to: Date } {
  const zone = territory.timeZone;
  const from = readInstant(asked.from, zone);
  const to = readInstant(isDay(asked.to) ? addDays(asked.to, 1) : asked.to, zone);
  if (to <= from) throw new Refusal('availability.order', 'unprocessable');
  // An hour of grace: a month in which summer time ends is longer than its days.
  if (to.getTime() - from.getTime() > (mostDays * 24 + 1) * hour) {
    throw new Refusal('availability.window', 'unprocessable', { days: mostDays });
  }
  return { from, to };
}

/** The commune around which a program asks; refused when its words mean none, or several. */
export async function nearNamed(ctx: Ctx, near: string): Promise<Near> {
  const found = await findCommune(ctx, near);
  if (found.kind !== 'one') throw new Refusal('availability.near', 'unprocessable', { near, field: 'near' });
  return nearOf(found.commune);
}
