import { sql } from 'kysely';
import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { type Reason, Refusal } from '../../core/errors.ts';
import { hashSecret } from '../../core/ids.ts';
import { text } from '../../core/input.ts';
import type { BookingStatus } from '../../core/schema.ts';
import { belongTo } from '../accounts/index.ts';
import { assess, releaseAt, rulesOf, settle } from './assess.ts';
import { existing } from './booker.ts';
import { findOther } from './booking.links.ts';
import { type BookingRow, giveBack, lockBookings } from './booking.store.ts';
import type { Booked } from './booking.types.ts';
import { bookedOf, mustBe, update } from './change.ts';
import { organisationLike } from './limits.store.ts';
import {
  type AllocationRow,
  claimRows,
  currentClaims,
  entryOf,
  journalRows,
  lockFor,
  newsOf,
  outboxRows,
  seat,
  takenReason,
  type Wanted,
} from './taking.ts';
import { loadThings, type Thing } from './thing.store.ts';
import { attach, isUsed, personWith, tryCode } from './visitor.ts';
import { write } from './write.store.ts';

export const confirmSchema = z.union([
  z.object({ token: text(100) }),
  z.object({ reference: text(20), code: z.string().transform((value) => value.replace(/\D/g, '')) }),
]);

export type ConfirmInput = { token: string } | { reference: string; code: string };

type CodeRow = { id: string; email: string; subjectId: string; usedAt: Date | null; expiresAt: Date };

/**
 * Confirms a visitor's e-mail and with it all that the request holds. Later than the half hour, it is given if it is
 * still free. The bookings then belong to the person who has that e-mail, if there is one.
 */
export async function confirm(ctx: Ctx, input: ConfirmInput): Promise<Booked[]> {
  const code = 'token' in input ? await byToken(ctx, input.token) : await byCode(ctx, input.reference, input.code);
  // Somebody may take this e-mail in the very same instant.
  return onceMore(() => confirmHeld(ctx, code, 'token' in input));
}

const wrong = () => new Refusal('booking.code_wrong', 'unprocessable');

const codes = (ctx: Ctx) =>
  ctx.db
    .selectFrom('email_code as c')
    .select(['c.id', 'c.email', 'c.subject_id as subjectId', 'c.used_at as usedAt', 'c.expires_at as expiresAt'])
    .where('c.purpose', '=', 'booking')
    .where('c.subject_id', 'is not', null)
    .$narrowType<{ subjectId: string }>();

async function byToken(ctx: Ctx, token: string): Promise<CodeRow> {
  const row = await codes(ctx).where('c.token_hash', '=', hashSecret(token)).executeTakeFirst();
  if (!row) throw wrong();
  return row;
}

/** An unknown reference is answered as a wrong code is: nothing tells which it was. */
async function byCode(ctx: Ctx, reference: string, given: string): Promise<CodeRow> {
  const row = await codes(ctx)
    .innerJoin('booking as first', 'first.id', 'c.subject_id')
    .innerJoin('booking as asked', (join) =>
      join.on(sql<boolean>`(asked.id = first.id or asked.request_id = first.request_id)`),
    )
    .select('c.code_hash as hash')
    .where('asked.reference', '=', reference.toUpperCase())
    .orderBy('c.id', 'desc')
    .executeTakeFirst();
  if (!row) throw wrong();
  await tryCode(ctx, row, given);
  if (row.usedAt) throw new Refusal('booking.code_used', 'conflict');
  return row;
}

function confirmHeld(ctx: Ctx, code: CodeRow, byLink: boolean): Promise<Booked[]> {
  return atomically(ctx, async (inside) => {
    const ids = await requestOf(inside, code.subjectId);
    const before = await inside.db
      .selectFrom('booking')
      .select(['resource_id', 'person_id', 'organisation_id'])
      .where('id', 'in', ids)
      .execute();
    const owner = await personWith(inside, code.email);
    const organisation = await organisationLike(inside.db, owner, before[0]!.organisation_id);
    const things = await loadThings(inside.db, [...new Set(before.map((row) => row.resource_id))]);
    await lockFor(inside, things.values(), {
      emails: [code.email],
      organisations: organisation ? [organisation] : [],
      persons: [before[0]!.person_id, ...(owner ? [owner] : [])],
    });
    const rows = await lockBookings(inside.db, ids);
    if (await isUsed(inside, code.id)) {
      if (!byLink) throw new Refusal('booking.code_used', 'conflict');
      return rows.map((row) => bookedOf(row, things.get(row.resource_id)!.siteId));
    }
    return keep(inside, code, rows, things, await personWith(inside, code.email));
  });
}

async function requestOf(ctx: Ctx, bookingId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('booking')
    .select('id')
    .where((where) =>
      where.or([
        where('id', '=', bookingId),
        where('request_id', '=', where.selectFrom('booking as b').select('b.request_id').where('b.id', '=', bookingId)),
      ]),
    )
    .execute();
  return rows.map((row) => row.id);
}

/**
 * A hold that ran out, whether or not somebody has needed its place since: then it is cancelled but keeps its end, which
 * one given back on purpose has no more. Whoever needed it may have come a moment after this very click.
 */
const ranOut = (ctx: Ctx, row: BookingRow): boolean =>
  row.hold_expires_at !== null &&
  (row.status === 'cancelled' || (row.status === 'held' && row.hold_expires_at <= ctx.now));

/** One of several that was given back on purpose, by the team or an outage: the others are not lost with it. */
const givenBack = (row: BookingRow): boolean => row.status === 'cancelled' && row.hold_expires_at === null;

async function keep(
  ctx: Ctx,
  code: CodeRow,
  all: readonly BookingRow[],
  things: ReadonlyMap<string, Thing>,
  owner: string | undefined,
): Promise<Booked[]> {
  const left = all.filter((row) => !givenBack(row));
  const rows = left.length > 0 ? left : all;
  const late = rows.filter((row) => ranOut(ctx, row));
  for (const row of rows) if (!late.includes(row)) mustBe(row, 'held');
  if (code.expiresAt <= ctx.now) throw new Refusal('booking.code_expired', 'conflict', {}, searchAgain(rows, things));
  const wanted = rows.map((row): Wanted => {
    const thing = things.get(row.resource_id)!;
    const item = { resourceId: row.resource_id, start: row.starts_at, end: row.ends_at };
    return { causeId: row.id, item, thing, people: row.people };
  });
  const named = rows[0]!.organisation_id;
  const organisationId = await organisationLike(ctx.db, owner, named);
  const allocation = await retake(ctx, wanted, rows, late, { owner, organisationId });
  const ids = rows.map((row) => row.id);
  const personId = await attach(ctx, rows[0]!.person_id, owner, code.email, { bookings: ids });
  if (named && named === organisationId) await belongTo(ctx, named, personId);
  const after: BookingRow[] = [];
  for (const row of rows) {
    const rules = rulesOf(things.get(row.resource_id)!);
    const status: BookingStatus = rules.approval ? 'requested' : 'confirmed';
    const changes = {
      status,
      confirmed_at: status === 'confirmed' ? ctx.now : null,
      person_id: personId,
      organisation_id: organisationId,
      hold_expires_at: null,
      cancelled_at: null,
      release_at: releaseAt(ctx, rules, row.starts_at),
    };
    after.push(await update(ctx, row, changes));
  }
  await ctx.db.updateTable('allocation').set({ expires_at: null }).where('cause_id', 'in', ids).execute();
  await ctx.db.updateTable('email_code').set({ used_at: ctx.now }).where('id', '=', code.id).execute();
  const news = {
    allocation,
    journal: journalRows(
      ctx,
      ...after.map((row) => entryOf(`booking.${row.status}`, row.id, { onBehalfOf: personId })),
    ),
    outbox: outboxRows(ctx, ...newsOf(after)),
  };
  await write(ctx.db, news, things.values());
  return after.map((row) => bookedOf(row, things.get(row.resource_id)!.siteId));
}

/** Checks the limits of the person and the organisation now known, and takes again what was let go meanwhile. */
async function retake(
  ctx: Ctx,
  wanted: readonly Wanted[],
  rows: readonly BookingRow[],
  late: readonly BookingRow[],
  { owner, organisationId }: { owner: string | undefined; organisationId: string | null },
): Promise<AllocationRow[]> {
  const known = { organisationId, unconfirmedEmail: null };
  const party = owner
    ? (await existing(ctx, owner, known)).party
    : { ...known, personId: null, signedIn: false, sites: [], groups: [] };
  const isLate = (one: Wanted) => late.some((row) => row.id === one.causeId);
  if (late.length > 0)
    await giveBack(
      ctx.db,
      late.map((row) => row.id),
    );
  const retaken = wanted.filter(isLate);
  const claims = retaken.length > 0 ? await currentClaims(ctx, retaken) : [];
  const ruled = await assess(ctx, wanted, party, { team: false, except: rows.map((row) => row.id) });
  const seating = await seat(ctx, retaken, claims);
  const reasons: Reason[] = wanted.flatMap((one, index) =>
    ruled[index]!.filter((reason) => matters(reason, isLate(one))),
  );
  for (const [index, one] of retaken.entries()) if (!seating.units[index]) reasons.push(takenReason(one));
  settle(reasons, false, undefined);
  return claimRows(ctx, retaken, seating, {});
}

/** The notice was kept when the booking was made; who it is for, and so their limits, is known only now. */
const matters = ({ code }: Reason, late: boolean): boolean =>
  /^booking\.(person_|organisation_|own_)/.test(code) || (late && code !== 'booking.notice');

function searchAgain(rows: readonly BookingRow[], things: ReadonlyMap<string, Thing>) {
  const row = rows[0]!;
  const item = { resourceId: row.resource_id, start: row.starts_at, end: row.ends_at };
  const reason = takenReason({ causeId: row.id, item, thing: things.get(row.resource_id)!, people: row.people });
  return reason.next ?? findOther('', '', 60, row.people);
}
