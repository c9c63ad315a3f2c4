/** One claim on one unit, in milliseconds: [start, end). */
export type Held = { id: string; unitId: string; start: number; end: number; movable: boolean };
export type Wanted = { start: number; end: number };

const meets = (a: Wanted, b: Wanted): boolean => a.start < b.end && b.start < a.end;

/**
 * Picks `count` units free over `wanted`, those left with the smallest holes around it first; undefined when fewer are free.
 * Small holes first keeps long stretches whole, so that a pool refuses later.
 */
export function bestFit(
  units: readonly string[],
  held: readonly Held[],
  wanted: Wanted,
  count: number,
): string[] | undefined {
  const scored: { unitId: string; hole: number; rank: number }[] = [];
  units.forEach((unitId, rank) => {
    const own = held.filter((one) => one.unitId === unitId);
    if (own.some((one) => meets(one, wanted))) return;
    const before = Math.max(...own.filter((one) => one.end <= wanted.start).map((one) => one.end), -8.64e15);
    const after = Math.min(...own.filter((one) => one.start >= wanted.end).map((one) => one.start), 8.64e15);
    scored.push({ unitId, hole: after - before, rank });
  });
  if (scored.length < count) return undefined;
  scored.sort((a, b) => a.hole - b.hole || a.rank - b.rank);
  return scored.slice(0, count).map((one) => one.unitId);
}

/** Whether at some instant of `wanted` fewer than `count` units are left: then no rearrangement can help. */
export function isFull(units: readonly string[], held: readonly Held[], wanted: Wanted, count: number): boolean {
  const near = held.filter((one) => meets(one, wanted) && units.includes(one.unitId));
  const instants = [wanted.start, ...near.map((one) => one.start).filter((at) => at > wanted.start)];
  return instants.some((at) => near.filter((one) => one.start <= at && at < one.end).length > units.length - count);
}

/** The claims joined to `wanted` by chains of overlaps: all that a rearrangement may touch. */
export function connected(held: readonly Held[], wanted: Wanted): Held[] {
  let reach = { ...wanted };
  for (;;) {
    const inside = held.filter((one) => meets(one, reach));
    const start = Math.min(reach.start, ...inside.map((one) => one.start));
    const end = Math.max(reach.end, ...inside.map((one) => one.end));
    if (start === reach.start && end === reach.end) return inside;
    reach = { start, end };
  }
}

export type Repacked = { taken: string[]; moved: { id: string; unitId: string }[] };

/** Steps of search before giving up: with fixed claims the question is hard in theory, never in a hub's pool. */
const patience = 20_000;

/**
 * Rearranges the movable claims of a pool so that `count` units become free over `wanted`: colours intervals in order of
 * start, which always succeeds when nothing is fixed and no instant is full; undefined when no arrangement was found.
 */
export function repack(
  units: readonly string[],
  held: readonly Held[],
  wanted: Wanted,
  count: number,
): Repacked | undefined {
  const near = connected(held, wanted);
  const pinned = near.filter((one) => !one.movable);
  const newcomers = Array.from({ length: count }, (_, n) => ({ ...wanted, id: `new ${n}`, unitId: '', movable: true }));
  // A newcomer goes first among equals: it is the only one without a unit to prefer.
  const queue = [...newcomers, ...near.filter((one) => one.movable)].sort((a, b) => a.start - b.start);
  const byUnit = new Map(units.map((unit) => [unit, pinned.filter((one) => one.unitId === unit)]));
  const placed = new Map(units.map((unit) => [unit, Number.NEGATIVE_INFINITY]));
  const chosen = new Map<string, string>();
  let steps = 0;

  const place = (index: number): boolean => {
    const one = queue[index];
    if (!one) return true;
    steps += 1;
    if (steps > patience) return false;
    const options: { unit: string; room: number }[] = [];
    for (const unit of units) {
      const fixed = byUnit.get(unit)!;
      if (placed.get(unit)! > one.start || fixed.some((other) => meets(other, one))) continue;
      const next = Math.min(8.64e15, ...fixed.filter((other) => other.start >= one.end).map((other) => other.start));
      options.push({ unit, room: next - one.end });
    }
    // Tightest before a fixed claim first; among equals, stay where one is.
    options.sort((a, b) => a.room - b.room || Number(b.unit === one.unitId) - Number(a.unit === one.unitId));
    for (const { unit } of options) {
      const before = placed.get(unit)!;
      placed.set(unit, one.end);
      chosen.set(one.id, unit);
      if (place(index + 1)) return true;
      placed.set(unit, before);
      if (steps > patience) return false;
    }
    return false;
  };
  if (!place(0)) return undefined;
  return {
    taken: newcomers.map((one) => chosen.get(one.id)!),
    moved: near
      .filter((one) => one.movable && chosen.get(one.id) !== one.unitId)
      .map((one) => ({ id: one.id, unitId: chosen.get(one.id)! })),
  };
}
