import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { addMinutes, dayOf, minute, type Span, timeOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Reason } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { type Entry, journalRow } from '../../core/journal.ts';
import { type Message, outboxRow } from '../../core/outbox.ts';
import { findOther } from './booking.links.ts';
import {
  type Claim,
  dropExpiredOptions,
  giveBack,
  type LockKey,
  loadClaims,
  lockAll,
  lockBookings,
  range,
} from './booking.store.ts';
import type { Item } from './booking.types.ts';
import { bestFit, connected, type Held, isFull, repack } from './repack.ts';
import type { Thing } from './thing.store.ts';
import { type Rows, write } from './write.store.ts';

/** Who else is locked beside the things: those whose limits are counted. */
export type Parties = {
  persons?: readonly string[];
  organisations?: readonly string[];
  emails?: readonly string[];
  /** Those whose seats are counted. */
  sessions?: readonly string[];
};

const keyOf = (kind: string, name: string): string =>
  createHash('sha256').update(`${kind}:${name}`, 'utf8').digest().readBigInt64BE(0).toString();

/**
 * Locks all that a command will touch, before it reads what it decides on. What is taken and all it contains are locked alone;
 * what contains it is shared, so that the machines of one lab do not wait for one another while the whole lab waits for all.
 */
export async function lockFor(ctx: Ctx, things: Iterable<Thing>, parties: Parties = {}): Promise<void> {
  const exclusive = new Set<string>();
  const shared = new Set<string>();
  for (const id of parties.persons ?? []) exclusive.add(keyOf('person', id));
  for (const id of parties.organisations ?? []) exclusive.add(keyOf('organisation', id));
  for (const email of parties.emails ?? []) exclusive.add(keyOf('email', email));
  for (const id of parties.sessions ?? []) exclusive.add(keyOf('session', id));
  for (const thing of things) {
    for (const id of thing.below) exclusive.add(keyOf('resource', id));
    for (const id of thing.above) shared.add(keyOf('resource', id));
  }
  const locks: LockKey[] = [...exclusive].map((key) => ({ key, exclusive: true }));
  for (const key of shared) if (!exclusive.has(key)) locks.push({ key, exclusive: false });
  await lockAll(
    ctx.db,
    locks.sort((a, b) => (a.key < b.key ? -1 : 1)),
  );
}

/** Something wanted for one booking, with its units to find. */
export type Wanted = { causeId: string; item: Item; thing: Thing; people: number };

const isContainer = (thing: Thing): boolean => thing.below.length > 1;
const ownUnits = (thing: Thing): string[] =>
  thing.units.filter((unit) => unit.resourceId === thing.id).map((unit) => unit.id);
/** How many places of a pool a booking takes: a desk seats one. */
const placesOf = ({ thing, people }: Wanted): number => Math.ceil(people / thing.capacity);
const spanOf = ({ item }: Wanted, gap: number) => ({
  start: item.start.getTime(),
  end: item.end.getTime() + gap * minute,
});

/** Neighbours this far are seen when the best place in a pool is sought. */
const around = 12 * 60;

/**
 * What is claimed around the things wanted, once holds that ran out are removed (in a statement of their own: an expired
 * hold still stands in the constraint). Call it under the locks.
 */
export async function currentClaims(ctx: Ctx, wanted: readonly Wanted[]): Promise<Claim[]> {
  const units = [...new Set(wanted.flatMap(({ thing }) => thing.units.map((unit) => unit.id)))];
  const spans = wanted
    .filter(({ item }) => item.end > item.start)
    .map(({ item, thing }): Span => {
      const margin = !isContainer(thing) && thing.units.length > 1 ? around : 0;
      const gap = Math.max(0, ...thing.units.map((unit) => unit.gap));
      return { start: addMinutes(item.start, -margin), end: addMinutes(item.end, gap + margin) };
    });
  const claims = await loadClaims(ctx.db, units, spans);
  return dropExpired(ctx, claims);
}

const ranOut = (ctx: Ctx, claim: Claim): boolean => claim.expiresAt !== null && claim.expiresAt <= ctx.now.getTime();

async function dropExpired(ctx: Ctx, claims: readonly Claim[]): Promise<Claim[]> {
  const dead = new Set(claims.filter((claim) => ranOut(ctx, claim)).map((claim) => claim.causeId));
  if (dead.size > 0) {
    await expire(ctx, [...dead]);
    await dropExpiredOptions(ctx.db, [...dead], ctx.now);
  }
  return claims.filter((claim) => !dead.has(claim.causeId));
}

/** Cancels those of these bookings whose hold has run out and gives back what they held; returns how many. */
export async function expire(ctx: Ctx, bookingIds: readonly string[]): Promise<number> {
  const rows = await lockBookings(ctx.db, bookingIds);
  const dead = rows.filter((row) => row.status === 'held' && row.hold_expires_at && row.hold_expires_at <= ctx.now);
  if (dead.length === 0) return 0;
  const ids = dead.map((row) => row.id);
  await giveBack(ctx.db, ids);
  await ctx.db
    .updateTable('booking')
    .set((set) => ({ status: 'cancelled', cancelled_at: ctx.now, version: set('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
  await write(ctx.db, { journal: journalRows(ctx, ...ids.map((id) => entryOf('booking.expired', id))) });
  return ids.length;
}

export type AllocationRow = {
  id: string;
  unit_id: string;
  during: string;
  cause_kind: 'booking' | 'closure' | 'session';
  cause_id: string;
  fixed: boolean;
  expires_at: Date | null;
};

/** The units found for each thing wanted (undefined where it is taken), and the claims of a pool that must change places. */
export type Seating = {
  units: (readonly string[] | undefined)[];
  moved: Map<string, { claim: Claim; unitId: string }>;
};

/** Finds units for everything wanted, each knowing what those before it took. Nothing is written. */
export async function seat(ctx: Ctx, wanted: readonly Wanted[], claims: readonly Claim[]): Promise<Seating> {
  let known = [...claims];
  const seating: Seating = { units: [], moved: new Map() };
  for (const one of wanted) {
    const found = isContainer(one.thing) ? seatWhole(one, known) : await seatInPool(ctx, one, known, seating);
    seating.units.push(found);
    if (!found) continue;
    known = known.map((claim) => ({ ...claim, unitId: seating.moved.get(claim.id)?.unitId ?? claim.unitId }));
    for (const unitId of found) {
      const gap = one.thing.units.find((unit) => unit.id === unitId)!.gap;
      known.push({
        ...spanOf(one, gap),
        id: newId(),
        unitId,
        causeKind: 'booking',
        causeId: one.causeId,
        resourceId: one.thing.id,
        fixed: true,
        expiresAt: null,
      });
    }
  }
  return seating;
}

/** A container is taken with all its units and all those of what it contains, or not at all. */
function seatWhole(one: Wanted, claims: readonly Claim[]): string[] | undefined {
  const free = one.thing.units.every((unit) => {
    const { start, end } = spanOf(one, unit.gap);
    return !claims.some((claim) => claim.unitId === unit.id && claim.start < end && start < claim.end);
  });
  return free && one.thing.units.length > 0 ? one.thing.units.map((unit) => unit.id) : undefined;
}

async function seatInPool(
  ctx: Ctx,
  one: Wanted,
  claims: readonly Claim[],
  seating: Seating,
): Promise<string[] | undefined> {
  const units = ownUnits(one.thing);
  const wanted = spanOf(one, one.thing.gap);
  const count = placesOf(one);
  const held = heldIn(claims, one.thing);
  const fit = bestFit(units, held, wanted, count);
  if (fit || units.length < 2 || isFull(units, held, wanted, count)) return fit;
  const wide = await connectedClaims(ctx, one, claims, seating, wanted);
  const arranged = repack(units, heldIn(wide, one.thing), wanted, count);
  if (!arranged) return undefined;
  for (const { id, unitId } of arranged.moved) {
    seating.moved.set(id, { claim: wide.find((claim) => claim.id === id)!, unitId });
  }
  return arranged.taken;
}

/** A provisional claim of the pool's own bookings may change places; what is checked in, closed or taken whole may not. */
const heldIn = (claims: readonly Claim[], thing: Thing): Held[] =>
  claims.map((claim) => ({
    id: claim.id,
    unitId: claim.unitId,
    start: claim.start,
    end: claim.end,
    movable: !claim.fixed && claim.causeKind === 'booking' && claim.resourceId === thing.id,
  }));

/** The claims in the same chain of overlaps, however far it reaches. */
async function connectedClaims(
  ctx: Ctx,
  one: Wanted,
  known: readonly Claim[],
  seating: Seating,
  wanted: { start: number; end: number },
): Promise<Claim[]> {
  const units = ownUnits(one.thing);
  for (let margin = 24 * 60 * minute; ; margin *= 4) {
    const window = { start: new Date(wanted.start - margin), end: new Date(wanted.end + margin) };
    const loaded = await dropExpired(ctx, await loadClaims(ctx.db, units, [window]));
    const fresh = loaded.map((claim) => ({ ...claim, unitId: seating.moved.get(claim.id)?.unitId ?? claim.unitId }));
    // What this very request has taken so far is in no table yet.
    const added = known.filter((claim) => !fresh.some((other) => other.id === claim.id));
    const all = [...fresh, ...added];
    const reach = connected(heldIn(all, one.thing), wanted);
    const inside = reach.every((held) => held.start > window.start.getTime() && held.end < window.end.getTime());
    if (inside || margin > 400 * 24 * 60 * minute) return all;
  }
}

/** The reason given where no unit is left, with the way to what else is free then. */
export const takenReason = ({ item, thing, people }: Wanted): Reason => ({
  code: 'booking.taken',
  params: { start: item.start, end: item.end },
  next: findOther(
    dayOf(item.start, thing.timeZone),
    timeOf(item.start, thing.timeZone),
    (item.end.getTime() - item.start.getTime()) / minute,
    people,
  ),
});

/** The rows that hold the units found, those that change places included; the latter are removed first. */
export async function claimRows(
  ctx: Ctx,
  wanted: readonly Wanted[],
  seating: Seating,
  how: { fixed?: boolean; expiresAt?: Date | null; causeKind?: 'booking' | 'session' },
): Promise<AllocationRow[]> {
  const moved = [...seating.moved.values()];
  if (moved.length > 0) {
    const ids = moved.map(({ claim }) => claim.id);
    await ctx.db.deleteFrom('allocation').where('id', 'in', ids).execute();
  }
  const rows = moved.map(
    ({ claim, unitId }): AllocationRow => ({
      id: newId(),
      unit_id: unitId,
      during: range(new Date(claim.start), new Date(claim.end)),
      cause_kind: 'booking',
      cause_id: claim.causeId,
      fixed: false,
      expires_at: claim.expiresAt === null ? null : new Date(claim.expiresAt),
    }),
  );
  wanted.forEach((one, index) => {
    for (const unitId of seating.units[index] ?? []) {
      const gap = one.thing.units.find((unit) => unit.id === unitId)!.gap;
      rows.push({
        id: newId(),
        unit_id: unitId,
        during: range(one.item.start, addMinutes(one.item.end, gap)),
        cause_kind: how.causeKind ?? 'booking',
        cause_id: one.causeId,
        fixed: how.fixed ?? false,
        expires_at: how.expiresAt ?? null,
      });
    }
  });
  return rows;
}

/** Ends claims at an instant, or where they already end before it: something else may stand right behind them. */
export const endClaims = (ctx: Ctx, column: 'id' | 'cause_id', id: string, at: Date) =>
  ctx.db
    .updateTable('allocation')
    .set({ during: sql`during * tstzrange(null, ${at})` })
    .where(column, '=', id)
    .execute();

export const entryOf = (kind: string, bookingId: string, more: Partial<Entry> = {}): Entry => ({
  kind,
  subjectKind: 'booking',
  subjectId: bookingId,
  ...more,
});

/** Rows of the journal for a statement that writes several tables. */
export const journalRows = (ctx: Ctx, ...entries: Entry[]): NonNullable<Rows['journal']> =>
  entries.map((entry) => ({ ...journalRow(ctx, entry), data: entry.data ?? {} }));

/** The mails that say what became of one request: one for all that is booked, one for all that the team must still answer. */
export function newsOf(bookings: readonly { id: string; status: string }[]): Message[] {
  return ['confirmed', 'requested'].flatMap((status) => {
    const first = bookings.find((one) => one.status === status);
    return first ? [{ topic: `booking.${status}`, payload: { bookingId: first.id } }] : [];
  });
}

/** Rows of the outbox for a statement that writes several tables. */
export const outboxRows = (ctx: Ctx, ...messages: Message[]): NonNullable<Rows['outbox']> =>
  messages.map((message) => ({ ...outboxRow(ctx, message), payload: message.payload }));
