import { has } from '../../core/access.ts';
import { addMinutes, dayOf, wallOf } from '../../core/clock.ts';
import type { Reason } from '../../core/errors.ts';
import { explain } from '../../core/sentences.ts';
import type { Pen } from '../day/index.ts';
import type { PreviewedDate } from '../sessions/index.ts';
import { writeChange } from './changes.rules.ts';
import type { DateView, Warning, Way } from './new.pages.tsx';
import { programmeMessages } from './programme.messages.ts';
import type { Takings } from './taken.ts';

type Clash = PreviewedDate['clashes'][number];
/** How far before the start a room is taken. */
type Around = { setUpMinutes: number };

/** So many ways out of one date are enough to choose from. */
const mostWays = 4;

const isOwn = (pen: Pen, { siteId }: Clash['alternatives'][number]): boolean => has(pen.ctx.actor, 'team', siteId);

/** What is free instead of a room, as buttons: another room then, or the same one at another hour. */
function waysOf(pen: Pen, clash: Clash, day: string, { setUpMinutes }: Around): Way[] {
  const m = programmeMessages[pen.ctx.locale];
  const { resourceId } = clash;
  if (!resourceId) return [];
  return clash.alternatives
    .filter((one) => isOwn(pen, one))
    .slice(0, mostWays)
    .map((one) => {
      if (one.resourceId !== resourceId) {
        const to = { kind: 'room', from: resourceId, to: one.resourceId } as const;
        return { value: writeChange([day], to), label: m.takeRoom(pen.say(one.name)) };
      }
      const start = addMinutes(one.start, setUpMinutes);
      const hour = { kind: 'hour', start: wallOf(start, pen.site.time_zone) } as const;
      const end = addMinutes(start, (one.end.getTime() - one.start.getTime()) / 60_000 - setUpMinutes);
      return { value: writeChange([day], hour), label: m.takeHour(pen.f.day(start), pen.f.range(start, end)) };
    });
}

const clashing = (date: PreviewedDate): Clash[] => date.clashes.filter((clash) => clash.reasons.length > 0);

type Days = {
  /** What names each date in a choice; null where none can be made. */
  days?: readonly (string | null)[];
  several: boolean;
  ways: boolean;
  /** What holds what is not free. */
  takings?: Takings;
  /** How a date is left out: taken off a plan, or left where it is. */
  leave?: { one: string; all: (count: number) => string };
};

const dayAt = (pen: Pen, { days }: Days, date: PreviewedDate, index: number): string | null =>
  days ? (days[index] ?? null) : dayOf(date.start, pen.site.time_zone);

/** Dates as the preview shows them: `days` name them, one by one, as the form first asked for them. */
export function dateViews(pen: Pen, previewed: readonly PreviewedDate[], around: Around & Days): DateView[] {
  const m = programmeMessages[pen.ctx.locale];
  const say = (reason: Reason) => explain(pen.ctx, reason, { timeZone: pen.site.time_zone });
  return previewed.map((date, index) => {
    const day = dayAt(pen, around, date, index);
    const taken = clashing(date);
    const ways = day === null ? [] : taken.flatMap((clash) => waysOf(pen, clash, day, around));
    const leave = around.leave?.one ?? m.withoutDate;
    const without = day === null ? [] : [{ value: writeChange([day], { kind: 'without' }), label: leave }];
    return {
      day: day ?? dayOf(date.start, pen.site.time_zone),
      start: date.start,
      end: date.end,
      takes: date.clashes.map((clash) => pen.say(clash.name)).join(', '),
      reasons: taken.flatMap((clash) => around.takings?.get(clash) ?? clash.reasons.map(say)),
      warnings: date.clashes
        .filter((clash) => clash.reasons.length === 0)
        .flatMap((clash) => clash.warnings.map((reason) => warning(pen, reason))),
      ways: around.ways
        ? [
            ...new Map(ways.map((way) => [way.value, way])).values(),
            ...(around.several && taken.length > 0 ? without : []),
          ]
        : [],
    };
  });
}

/** What the team should know of a date, also as it would be said of all of them. */
function warning(pen: Pen, reason: Reason): Warning {
  const { always } = programmeMessages[pen.ctx.locale];
  const thing = String(reason.params.thing ?? '');
  const said = explain(pen.ctx, reason, { timeZone: pen.site.time_zone });
  if (reason.code === 'booking.thing_closed') return { ...said, always: always.closed(thing) };
  if (reason.code === 'booking.thing_small')
    return { ...said, always: always.small(thing, Number(reason.params.most)) };
  return said;
}

/** What settles all the dates that do not go at once: one room free at all of them, or to leave them out. */
export function commonWays(pen: Pen, previewed: readonly PreviewedDate[], around: Days): Way[] {
  const m = programmeMessages[pen.ctx.locale];
  const stuck = previewed.flatMap((date, index) => {
    const day = dayAt(pen, around, date, index);
    const clashes = clashing(date);
    return clashes.length > 0 && day !== null ? [{ day, clashes }] : [];
  });
  if (stuck.length < 2) return [];
  const days = [...new Set(stuck.map(({ day }) => day))];
  const all = around.leave?.all ?? m.withoutDates;
  const rest = previewed.length > stuck.length ? [{ kind: 'without' as const, label: all(days.length) }] : [];
  return [...roomsForAll(pen, stuck), ...rest].map(({ label, ...choice }) => ({
    value: writeChange(days, choice),
    label,
  }));
}

type Stuck = { day: string; clashes: Clash[] };

/** The rooms free at all the dates instead of the one that is taken at all of them. */
function roomsForAll(pen: Pen, stuck: readonly Stuck[]) {
  const m = programmeMessages[pen.ctx.locale];
  const [first] = stuck;
  const taken = first!.clashes.filter(({ resourceId }) =>
    stuck.every(({ clashes }) => clashes.length === 1 && clashes[0]!.resourceId === resourceId),
  );
  return taken.flatMap(({ resourceId, alternatives }) => {
    const free = alternatives.filter(
      (one) =>
        one.resourceId !== resourceId &&
        isOwn(pen, one) &&
        stuck.every(({ clashes }) => clashes[0]!.alternatives.some((other) => other.resourceId === one.resourceId)),
    );
    return free.slice(0, mostWays).map((one) => ({
      kind: 'room' as const,
      from: resourceId!,
      to: one.resourceId,
      label: m.takeRoomForAll(pen.say(one.name), stuck.length),
    }));
  });
}
