import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { instant, uuid, whole } from '../../core/input.ts';
import { type Equivalent, equivalents } from '../finding/index.ts';
import { type BookingRow, giveBack, holding, loadClaims, lockBookings } from './booking.store.ts';
import type { Affected, Booked } from './booking.types.ts';
import { bookedOf, update } from './change.ts';
import { closureClaims, rewriteClosures } from './closures.ts';
import { endClaims, entryOf, expire, journalRows, lockFor } from './taking.ts';
import { dropReminder, tell } from './telling.ts';
import { loadThings, type Thing } from './thing.store.ts';
import { write } from './write.store.ts';

export const outageSchema = z.object({ resourceId: uuid, start: instant, end: instant });
export const liftSchema = z.object({ closureId: uuid, version: whole(1, 1_000_000).optional() });

export type OutageInput = { resourceId: string; start: Date; end: Date };

/** An outage is at most a year long; longer, the resource is archived. */
const longestDays = 366;

async function load(ctx: Ctx, { resourceId, start, end }: OutageInput): Promise<Thing> {
  const thing = (await loadThings(ctx.db, [resourceId])).get(resourceId);
  if (!thing) throw notFound();
  mustHave(ctx.actor, 'team', thing.siteId);
  if (end <= start || end <= ctx.now || end.getTime() - start.getTime() > longestDays * 86_400_000) {
    throw new Refusal('booking.order', 'unprocessable');
  }
  return thing;
}

/** What is past cannot be closed any more. */
const fromNow = (ctx: Ctx, { start, end }: OutageInput) => ({ start: start > ctx.now ? start : ctx.now, end });

/** The ids of what claims the resource's units in that time: its own bookings, and those of what holds or is held by it. */
async function causesIn(
  ctx: Ctx,
  thing: Thing,
  span: { start: Date; end: Date },
  kind: 'booking' | 'session' = 'booking',
): Promise<string[]> {
  const claims = await loadClaims(
    ctx.db,
    thing.units.map((unit) => unit.id),
    [span],
  );
  const standing = claims.filter(({ expiresAt }) => kind === 'booking' || !expiresAt || expiresAt > ctx.now.getTime());
  return [...new Set(standing.filter((claim) => claim.causeKind === kind).map((claim) => claim.causeId))];
}

/** The sessions that would lose what an outage closes. They are the team's to move or cancel: none is displaced by it. */
export async function sessionsInOutage(ctx: Ctx, input: OutageInput): Promise<string[]> {
  return causesIn(ctx, await load(ctx, input), fromNow(ctx, input), 'session');
}

const isHit = (row: Pick<BookingRow, 'status' | 'starts_at' | 'ends_at'>, span: { start: Date; end: Date }): boolean =>
  holding.includes(row.status) && row.starts_at < span.end && row.ends_at > span.start;

const isInUse = (ctx: Ctx, row: Pick<BookingRow, 'status' | 'starts_at'>): boolean =>
  row.starts_at < ctx.now && (row.status === 'checked_in' || row.status === 'confirmed');

/** Who an outage would touch, each with the nearest equivalents that are free; nothing is changed. */
export async function previewOutage(ctx: Ctx, input: OutageInput): Promise<Affected[]> {
  const thing = await load(ctx, input);
  const span = fromNow(ctx, input);
  const ids = await causesIn(ctx, thing, span);
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('booking as b')
    .innerJoin('person as p', 'p.id', 'b.person_id')
    .selectAll('b')
    .select(['p.name', 'p.email', 'p.telephone'])
    .where('b.id', 'in', ids)
    .orderBy('b.starts_at')
    .execute();
  const hit = rows.filter((row) => isHit(row, span) && !(row.hold_expires_at && row.hold_expires_at <= ctx.now));
  const things = await loadThings(ctx.db, [...new Set(hit.map((row) => row.resource_id))]);
  // What the outage itself will close is no way out.
  const closed = new Set([...thing.below, ...thing.above]);
  const stays = (one: Equivalent) => !closed.has(one.resourceId) || one.start >= span.end || one.end <= span.start;
  const affected: Affected[] = [];
  for (const row of hit) {
    const own = things.get(row.resource_id)!;
    const inUse = isInUse(ctx, row);
    const wanted = { start: inUse ? ctx.now : row.starts_at, end: row.ends_at, people: row.people };
    affected.push({
      ...bookedOf(row, own.siteId),
      personName: row.name,
      hasEmail: row.email !== null,
      telephone: row.telephone,
      inUse,
      equivalents: (await equivalents(ctx, { ...wanted, resourceId: own.id, limit: 6 })).filter(stays).slice(0, 3),
    });
  }
  return affected;
}

export type Closed = { closureId: string; displaced: Booked[]; cut: Booked[]; sessionIds: string[] };

/**
 * Closes a resource and all it contains for a time. What was booked then is displaced, each person being told; what is in use
 * is cut when the closing begins. All in one transaction: nobody can book between the two.
 */
export function closeForOutage(ctx: Ctx, input: OutageInput & { reason: I18nText }): Promise<Closed> {
  return atomically(ctx, async (inside) => {
    const thing = await load(inside, input);
    const span = fromNow(inside, input);
    await lockFor(inside, [thing]);
    const ids = await causesIn(inside, thing, span);
    await expire(inside, ids);
    const rows = (await lockBookings(inside.db, ids)).filter((row) => isHit(row, span));
    const closureId = newId();
    const sessionIds = await causesIn(inside, thing, span, 'session');
    const closed: Closed = { closureId, displaced: [], cut: [], sessionIds };
    const sites = await loadThings(inside.db, [...new Set(rows.map((row) => row.resource_id))]);
    await dropReminder(
      inside,
      rows.map((row) => row.id),
    );
    for (const row of rows) {
      const own = sites.get(row.resource_id)!;
      if (isInUse(inside, row)) closed.cut.push(await cut(inside, row, own, span.start));
      else closed.displaced.push(await displace(inside, row, own, closureId));
    }
    await trimGaps(inside, thing, span);
    const closure = {
      id: closureId,
      resource_id: thing.id,
      starts_at: span.start,
      ends_at: span.end,
      reason: input.reason,
      created_by: inside.actor.personId,
      created_at: inside.now,
    };
    await write(inside.db, {
      closure: [closure],
      allocation: await closureClaims(inside, thing, { id: closureId, ...span }),
      journal: journalRows(inside, {
        kind: 'resource.closed',
        subjectKind: 'closure',
        subjectId: closureId,
        data: {
          resourceId: thing.id,
          start: span.start,
          end: span.end,
          displaced: closed.displaced.length,
          sessions: sessionIds.length,
        },
      }),
    });
    return closed;
  });
}

/** What is in use ends when the closing begins: its remaining time is lost, not its past. */
async function cut(ctx: Ctx, row: BookingRow, thing: Thing, at: Date): Promise<Booked> {
  await endClaims(ctx, 'cause_id', row.id, at);
  const after = await update(ctx, row, { ends_at: at, ended_early_at: at });
  const entry = entryOf('booking.cut', row.id, { onBehalfOf: row.person_id, data: { end: row.ends_at } });
  await write(ctx.db, { journal: journalRows(ctx, entry) });
  return bookedOf(after, thing.siteId);
}

async function displace(ctx: Ctx, row: BookingRow, thing: Thing, closureId: string): Promise<Booked> {
  await giveBack(ctx.db, [row.id]);
  // A visitor whose e-mail is not confirmed cannot be told, nor has yet a right to anything else. An option is somebody's.
  const waiting = row.status === 'held' && !row.option_until;
  const after = await update(ctx, row, {
    status: waiting ? 'cancelled' : 'displaced',
    displaced_by: closureId,
    hold_expires_at: null,
    option_until: null,
    ...(waiting ? { cancelled_at: ctx.now } : {}),
  });
  const person = await ctx.db.selectFrom('person').select('email').where('id', '=', row.person_id).executeTakeFirst();
  const scene = { row, thing, personEmail: person?.email ?? null };
  await write(ctx.db, {
    journal: journalRows(ctx, entryOf('booking.displaced', row.id, { onBehalfOf: row.person_id, data: { closureId } })),
    ...(waiting ? {} : tell(ctx, scene, 'booking.displaced', 'displaced', { closureId })),
  });
  return bookedOf(after, thing.siteId);
}

/** The gap after a booking that ends before the closing is given up: nobody comes after it. */
async function trimGaps(ctx: Ctx, thing: Thing, span: { start: Date; end: Date }): Promise<void> {
  const claims = await loadClaims(
    ctx.db,
    thing.units.map((unit) => unit.id),
    [span],
  );
  for (const claim of claims) {
    if (claim.causeKind !== 'booking' || claim.start >= span.start.getTime()) continue;
    await endClaims(ctx, 'id', claim.id, span.start);
  }
}

/** Opens again what an outage had closed; the displaced keep their right to something else. */
export function liftClosure(ctx: Ctx, input: { closureId: string; version?: number | undefined }): Promise<void> {
  return atomically(ctx, async (inside) => {
    const closures = inside.db.selectFrom('closure').selectAll().where('id', '=', input.closureId);
    const found = await closures.executeTakeFirst();
    if (!found) throw notFound();
    const thing = (await loadThings(inside.db, [found.resource_id])).get(found.resource_id)!;
    mustHave(inside.actor, 'team', thing.siteId);
    await lockFor(inside, [thing]);
    const row = await closures.forUpdate().executeTakeFirstOrThrow();
    if (input.version !== undefined && input.version !== row.version) throw new Refusal('stale', 'stale');
    if (row.lifted_at) return;
    await giveBack(inside.db, [row.id]);
    const set = { lifted_at: inside.now, version: row.version + 1 };
    await inside.db.updateTable('closure').set(set).where('id', '=', row.id).execute();
    await rewriteClosures(inside, thing, { start: row.starts_at, end: row.ends_at });
    const entry = {
      kind: 'resource.reopened',
      subjectKind: 'closure',
      subjectId: row.id,
      data: { resourceId: thing.id },
    };
    await write(inside.db, { journal: journalRows(inside, entry) });
  });
}
