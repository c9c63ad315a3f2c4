import { type RawBuilder, sql } from 'kysely';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import type { BookingStatus } from '../../core/schema.ts';

/** A booking in one of these states holds its units. */
export const holding: readonly BookingStatus[] = ['requested', 'held', 'confirmed', 'checked_in'];

export type LockKey = { key: string; exclusive: boolean };

/** Takes all locks of a command in one statement and one order, so that two commands never wait for one another in a ring. */
export async function lockAll(db: Db, locks: readonly LockKey[]): Promise<void> {
  await sql`
    select count(case when k.exclusive then pg_advisory_xact_lock(k.key)::text else pg_advisory_xact_lock_shared(k.key)::text end)
    from unnest(${locks.map((lock) => lock.key)}::bigint[], ${locks.map((lock) => lock.exclusive)}::boolean[]) k (key, exclusive)`.execute(
    db,
  );
}

export type Claim = {
  id: string;
  unitId: string;
  start: number;
  end: number;
  causeKind: 'booking' | 'closure' | 'session';
  causeId: string;
  /** The resource the cause is about: a claim made through a container is not its pool's to move. */
  resourceId: string | null;
  fixed: boolean;
  expiresAt: number | null;
};

const milliseconds = (value: RawBuilder<unknown>) => sql`(extract(epoch from ${value}) * 1000)::float8`;

/** The claims on units that touch one of the spans, expired ones included. */
export async function loadClaims(db: Db, unitIds: readonly string[], spans: readonly Span[]): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select a.id, a.unit_id as "unitId", ${milliseconds(sql`lower(a.during)`)} as start,
      ${milliseconds(sql`upper(a.during)`)} as "end", a.cause_kind as "causeKind", a.cause_id as "causeId",
      b.resource_id as "resourceId", a.fixed, ${milliseconds(sql`a.expires_at`)} as "expiresAt"
    from allocation a left join booking b on b.id = a.cause_id
    where a.unit_id = any(${[...unitIds]}::uuid[]) and a.during && ${multirange(spans)}::tstzmultirange`.execute(db);
  return rows;
}

export const range = (start: Date, end: Date): string => `[${start.toISOString()},${end.toISOString()})`;
const multirange = (spans: readonly Span[]): string =>
  `{${spans.map((span) => range(span.start, span.end)).join(',')}}`;

/** Locks bookings in one order; returns those still there. */
export async function lockBookings(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('booking')
    .selectAll()
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Gives back all that these bookings or closures hold. */
export async function giveBack(db: Db, causeIds: readonly string[]): Promise<void> {
  await sql`delete from allocation where cause_id = any(${[...causeIds]}::uuid[])`.execute(db);
}

/** Gives back what sessions held as an option until an instant that has passed. */
export async function dropExpiredOptions(db: Db, causeIds: readonly string[], now: Date): Promise<void> {
  await sql`delete from allocation where cause_id = any(${[...causeIds]}::uuid[]) and cause_kind = 'session'
    and expires_at <= ${now}`.execute(db);
}

export type BookingRow = Awaited<ReturnType<typeof lockBookings>>[number];

/** A booking by its id or public reference, with its site; nothing is locked. */
export async function findBooking(ctx: Ctx, idOrReference: string, isId: boolean) {
  return ctx.db
    .selectFrom('booking as b')
    .innerJoin('resource as r', 'r.id', 'b.resource_id')
    .innerJoin('person as p', 'p.id', 'b.person_id')
    .select(['b.id', 'b.person_id', 'b.organisation_id', 'b.resource_id', 'b.status', 'b.request_id', 'r.site_id'])
    .select(['p.email as person_email', 'p.telephone as person_telephone', 'b.starts_at', 'b.ends_at'])
    .where(isId ? 'b.id' : 'b.reference', '=', idOrReference)
    .executeTakeFirst();
}
