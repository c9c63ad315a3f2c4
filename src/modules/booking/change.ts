import { z } from 'zod';
import { has } from '../../core/access.ts';
import { bookingKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { text, whole } from '../../core/input.ts';
import { seeBooking } from './booking.links.ts';
import { type BookingRow, findBooking, lockBookings } from './booking.store.ts';
import type { Booked, Target } from './booking.types.ts';
import { lockFor, type Parties } from './taking.ts';
import { loadThings, type Thing } from './thing.store.ts';

/** Which booking, as a form or a call names it. */
export const targetSchema = z.object({
  booking: text(40),
  key: text(60).optional(),
  version: whole(1, 1_000_000).optional(),
});

/** A booking under its locks, with all that a change of it needs. */
export type Scene = {
  row: BookingRow;
  thing: Thing;
  things: Map<string, Thing>;
  /** The actor is of the site's team. */
  team: boolean;
  /** The actor's e-mail or the link says that it is theirs. */
  owner: boolean;
  personEmail: string | null;
  personTelephone: string | null;
};

type Needs = {
  /** Only the team may. */
  team?: boolean;
  /** Other things that the change will touch. */
  things?: readonly string[];
  /** Whose limits will be counted. */
  limits?: boolean;
};

/** Who may see a booking: the person, whoever has the link of its mails, and the team of the site. */
export function visibility(ctx: Ctx, booking: { id: string; person_id: string; site_id: string }, key?: string) {
  const mine = ctx.actor.personId === booking.person_id;
  const owner = mine || (key !== undefined && sameSecret(key, bookingKey(ctx.secret, booking.id)));
  return { owner, team: has(ctx.actor, 'team', booking.site_id) };
}

/**
 * Runs a change of one booking in one transaction, under the locks of what it holds: what one may not see is not there,
 * and a booking that changed since it was read is refused as stale.
 */
export function onBooking<T>(
  ctx: Ctx,
  target: Target,
  needs: Needs,
  work: (inside: Ctx, scene: Scene) => Promise<T>,
): Promise<T> {
  return atomically(ctx, async (inside) => {
    const isId = isUuid(target.booking);
    const found = await findBooking(inside, isId ? target.booking : target.booking.toUpperCase(), isId);
    if (!found) throw notFound();
    const { owner, team } = visibility(inside, found, target.key);
    if (!team && (!owner || needs.team)) throw notFound();
    const things = await loadThings(inside.db, [...new Set([found.resource_id, ...(needs.things ?? [])])]);
    const parties: Parties = needs.limits
      ? { persons: [found.person_id], organisations: found.organisation_id ? [found.organisation_id] : [] }
      : {};
    await lockFor(inside, things.values(), parties);
    const row = (await lockBookings(inside.db, [found.id]))[0];
    if (!row) throw notFound();
    // Moved to another thing while the locks were awaited: the locks held are not the right ones.
    const astray = row.resource_id !== found.resource_id;
    if (astray || (target.version !== undefined && target.version !== row.version)) {
      throw new Refusal('stale', 'stale', {}, { ...seeBooking(row.reference), code: 'next.reload' });
    }
    const thing = things.get(row.resource_id)!;
    const { person_email: personEmail, person_telephone: personTelephone } = found;
    return work(inside, { row, thing, things, team, owner, personEmail, personTelephone });
  });
}

type Changes = Partial<
  Pick<
    BookingRow,
    | 'status'
    | 'resource_id'
    | 'person_id'
    | 'organisation_id'
    | 'starts_at'
    | 'ends_at'
    | 'people'
    | 'hold_expires_at'
    | 'option_until'
    | 'confirmed_at'
    | 'checked_in_at'
    | 'ended_early_at'
    | 'cancelled_at'
    | 'pardoned_at'
    | 'reminded_at'
    | 'override_reason'
    | 'displaced_by'
    | 'check_in_required'
    | 'release_at'
  >
>;

/** Writes a change of a locked booking; its version grows by one. */
export async function update(ctx: Ctx, row: BookingRow, changes: Changes): Promise<BookingRow> {
  const set = { ...changes, version: row.version + 1 };
  await ctx.db.updateTable('booking').set(set).where('id', '=', row.id).execute();
  return { ...row, ...set };
}

/** What a command says of a booking. */
export const bookedOf = (row: BookingRow, siteId: string): Booked => ({
  id: row.id,
  reference: row.reference,
  resourceId: row.resource_id,
  siteId,
  personId: row.person_id,
  status: row.status,
  start: row.starts_at,
  end: row.ends_at,
  people: row.people,
  version: row.version,
  requestId: row.request_id,
  seriesId: row.series_id,
  holdExpiresAt: row.status === 'held' ? row.hold_expires_at : null,
});

/** Refuses a change that the booking's state does not allow, saying what state it is in. */
export function mustBe(row: BookingRow, ...states: BookingRow['status'][]): void {
  if (states.includes(row.status)) return;
  throw new Refusal(`booking.state_${row.status}`, 'conflict', {}, seeBooking(row.reference));
}

/** Whether a booking is behind us: nothing of it can change any more. */
export function mustNotBeOver(ctx: Ctx, row: BookingRow): void {
  if (row.ends_at <= ctx.now) throw new Refusal('booking.over', 'conflict', {}, seeBooking(row.reference));
}
