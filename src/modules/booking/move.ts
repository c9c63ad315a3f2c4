import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { instant, text, uuid, whole } from '../../core/input.ts';
import type { BookingStatus } from '../../core/schema.ts';
import { assess, refuseAbsurd, releaseAt, rulesOf, settle } from './assess.ts';
import { existing } from './booker.ts';
import { decideChange } from './booking.rules.ts';
import { type BookingRow, giveBack } from './booking.store.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, onBooking, type Scene, targetSchema, update } from './change.ts';
import { reminderCall } from './reserve.ts';
import { claimRows, currentClaims, entryOf, journalRows, seat, takenReason, type Wanted } from './taking.ts';
import { dropReminder, tell } from './telling.ts';
import type { Thing } from './thing.store.ts';
import { write } from './write.store.ts';

export const moveSchema = targetSchema.extend({
  resourceId: uuid.optional(),
  start: instant.optional(),
  end: instant.optional(),
  people: whole(1, 10_000).optional(),
  override: z.object({ reason: text(500) }).optional(),
});

export type MoveInput = Target & {
  resourceId?: string | undefined;
  start?: Date | undefined;
  /** Where only the start is given, the length stays. */
  end?: Date | undefined;
  people?: number | undefined;
  override?: { reason: string } | undefined;
};

/**
 * Moves, shortens or lengthens a booking, which keeps its reference; a displaced one is given its equivalent this way.
 * A refusal leaves everything as it was.
 */
export function move(ctx: Ctx, input: MoveInput): Promise<Booked> {
  const needs = { limits: true, things: input.resourceId ? [input.resourceId] : [] };
  return onBooking(ctx, input, needs, async (inside, scene) => {
    const { row, team } = scene;
    if (input.override && !team) throw notFound();
    mustBe(row, 'requested', 'confirmed', 'checked_in', 'displaced');
    const wanted = wantedOf(input, scene);
    refuseAbsurd(inside, wanted);
    refuseLate(inside, scene, wanted);
    await giveBack(inside.db, [row.id]);
    const claims = await currentClaims(inside, [wanted]);
    const { party } = await existing(inside, row.person_id, {
      organisationId: row.organisation_id,
      unconfirmedEmail: null,
    });
    const ruled = await assess(inside, [wanted], party, {
      team,
      except: [row.id],
      keepsStart: row.status !== 'displaced' && wanted.item.start.getTime() === row.starts_at.getTime(),
    });
    const seating = await seat(inside, [wanted], claims);
    const reasons = [...ruled.flat(), ...(seating.units[0] ? [] : [takenReason(wanted)])];
    const overridden = settle(reasons, team, input.override);
    const allocation = await claimRows(inside, [wanted], seating, { fixed: row.status === 'checked_in' });
    const after = await update(inside, row, changesOf(inside, row, wanted, team, overridden));
    await dropReminder(inside, [row.id]);
    const rows = { allocation, ...tidings(inside, scene, after, wanted.thing, overridden) };
    await write(inside.db, rows, [wanted.thing]);
    return bookedOf(after, wanted.thing.siteId);
  });
}

function wantedOf(input: MoveInput, { row, things, thing }: Scene): Wanted {
  const target = input.resourceId ? things.get(input.resourceId) : thing;
  if (!target) throw new Refusal('booking.unknown', 'not_found');
  const start = input.start ?? row.starts_at;
  const length = row.ends_at.getTime() - row.starts_at.getTime();
  const end = input.end ?? new Date(start.getTime() + length);
  const people = input.people ?? row.people;
  return { causeId: row.id, item: { resourceId: target.id, start, end }, thing: target, people };
}

/** What has begun may only be lengthened; what is past its deadline is the team's to change. */
function refuseLate(ctx: Ctx, { row, thing, team }: Scene, { item }: Wanted): void {
  if (row.status === 'displaced') return;
  if (row.ends_at <= ctx.now) throw new Refusal('booking.over', 'conflict');
  const sameStart = item.start.getTime() === row.starts_at.getTime() && item.resourceId === row.resource_id;
  if (row.status === 'checked_in' && !sameStart) throw new Refusal('booking.begun', 'unprocessable');
  const late = decideChange(
    { now: ctx.now, start: row.starts_at, rules: rulesOf(thing), team, place: thing },
    sameStart && item.end >= row.ends_at,
  );
  if (late && row.status === 'confirmed') throw Refusal.all('unprocessable', [late]);
}

function changesOf(
  ctx: Ctx,
  row: BookingRow,
  { item, thing, people }: Wanted,
  team: boolean,
  overridden: string | null,
) {
  const rules = rulesOf(thing);
  const within =
    item.resourceId === row.resource_id &&
    item.start >= row.starts_at &&
    item.end <= row.ends_at &&
    people <= row.people;
  const asks = rules.approval && !team && !within && row.status !== 'checked_in';
  const status: BookingStatus = row.status === 'checked_in' ? 'checked_in' : asks ? 'requested' : settled(row, team);
  return {
    resource_id: item.resourceId,
    starts_at: item.start,
    ends_at: item.end,
    people,
    status,
    confirmed_at: status === 'confirmed' ? (row.confirmed_at ?? ctx.now) : row.confirmed_at,
    // The day has changed: the reminder is due again.
    reminded_at: item.start.getTime() === row.starts_at.getTime() ? row.reminded_at : null,
    displaced_by: null,
    override_reason: overridden ?? row.override_reason,
    check_in_required: rules.checkIn,
    release_at: releaseAt(ctx, rules, item.start),
  };
}

/** A request stays one until the team answers; the team's own move of a displaced booking settles it. */
const settled = (row: BookingRow, team: boolean): BookingStatus =>
  row.status === 'requested' && !team ? 'requested' : 'confirmed';

function tidings(ctx: Ctx, scene: Scene, after: BookingRow, to: Thing, overridden: string | null) {
  const { row, thing, owner, personEmail } = scene;
  const from = { resourceId: row.resource_id, start: row.starts_at, end: row.ends_at };
  const told = tell(ctx, { row, thing: to, personEmail }, 'booking.moved', owner ? undefined : 'moved', { from });
  const reminder = personEmail ? [] : reminderCall(ctx, row.id, after.starts_at, to.timeZone);
  return {
    ...told,
    call: [...(told.call ?? []), ...reminder],
    journal: journalRows(
      ctx,
      entryOf('booking.moved', row.id, {
        reason: overridden,
        onBehalfOf: ctx.actor.personId === row.person_id ? null : row.person_id,
        data: {
          from,
          to: { resourceId: after.resource_id, start: after.starts_at, end: after.ends_at },
          site: thing.siteId,
        },
      }),
    ),
  };
}
