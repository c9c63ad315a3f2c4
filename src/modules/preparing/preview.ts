import { has } from '../../core/access.ts';
import { addMinutes, dayOf, wallOf } from '../../core/clock.ts';
import { explain } from '../../core/sentences.ts';
import type { Pen } from '../day/index.ts';
import type { PreviewedDate } from '../sessions/index.ts';
import { writeChange } from './changes.rules.ts';
import type { DateView, Way } from './new.pages.tsx';
import { programmeMessages } from './programme.messages.ts';

type Clash = PreviewedDate['clashes'][number];
/** How far before the start a room is taken. */
type Around = { setUpMinutes: number };

/** What is free instead of a room, as buttons: another room then, or the same one at another hour. */
function waysOf(pen: Pen, clash: Clash, day: string, { setUpMinutes }: Around): Way[] {
  const m = programmeMessages[pen.ctx.locale];
  const { resourceId } = clash;
  if (!resourceId) return [];
  return clash.alternatives
    .filter((one) => has(pen.ctx.actor, 'team', one.siteId))
    .map((one) => {
      if (one.resourceId !== resourceId) {
        const to = { day, kind: 'room', from: resourceId, to: one.resourceId } as const;
        return { value: writeChange(to), label: m.takeRoom(pen.say(one.name)) };
      }
      const start = addMinutes(one.start, setUpMinutes);
      const hour = { day, kind: 'hour', start: wallOf(start, pen.site.time_zone) } as const;
      const end = addMinutes(start, (one.end.getTime() - one.start.getTime()) / 60_000 - setUpMinutes);
      return { value: writeChange(hour), label: m.takeHour(pen.f.day(start), pen.f.range(start, end)) };
    });
}

/** Dates as the preview shows them: `days` name them, one by one, as the form first asked for them. */
export function dateViews(
  pen: Pen,
  previewed: readonly PreviewedDate[],
  around: Around & { days?: readonly string[]; several: boolean; ways: boolean },
): DateView[] {
  const m = programmeMessages[pen.ctx.locale];
  const say = (clash: Clash, list: 'reasons' | 'warnings') =>
    clash[list].map((reason) => explain(pen.ctx, reason, { timeZone: pen.site.time_zone }));
  return previewed.map((date, index) => {
    const day = around.days?.[index] ?? dayOf(date.start, pen.site.time_zone);
    const clashing = date.clashes.filter((clash) => clash.reasons.length > 0);
    const without = { value: writeChange({ day, kind: 'without' }), label: m.withoutDate };
    return {
      day,
      start: date.start,
      end: date.end,
      takes: date.clashes.map((clash) => pen.say(clash.name)).join(', '),
      reasons: clashing.flatMap((clash) => say(clash, 'reasons')),
      warnings: date.clashes.filter((clash) => clash.reasons.length === 0).flatMap((clash) => say(clash, 'warnings')),
      ways: around.ways
        ? [
            ...new Map(
              clashing.flatMap((clash) => waysOf(pen, clash, day, around)).map((way) => [way.value, way]),
            ).values(),
            ...(around.several && clashing.length > 0 ? [without] : []),
          ]
        : [],
    };
  });
}
