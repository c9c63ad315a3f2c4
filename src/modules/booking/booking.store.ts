import { type RawBuilder, sql } from 'kysely';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { among, type Db } from '../../core/db.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { BookingStatus, Preset, ResourceKind, RuleSet } from '../../core/schema.ts';

import { stamp } from './write.store.ts';

export { type Rows, takenWhenOverlapping, write } from './write.store.ts';

/** A booking in one of these states holds its units. */
export const holding: readonly BookingStatus[] = ['requested', 'held', 'confirmed', 'checked_in'];

export type UnitRow = { id: string; resourceId: string; gap: number };

/** A resource with what it contains, what contains it, and the rules of its three levels. */
export type Thing = {
  id: string;
  slug: string;
  kind: ResourceKind;
  name: I18nText;
  siteId: string;
  spaceId: string | null;
  capacity: number;
  stepMinutes: number;
  gap: number;
  archived: boolean;
  /** Changes whenever the thing, its space or its site does: what was read before the locks is checked by it. */
  stamp: string;
  preset: Preset;
  rules: RuleSet;
  spaceRules: RuleSet;
  siteRules: RuleSet;
  siteSlug: string;
  siteTelephone: string | null;
  timeZone: string;
  /** Itself and all it contains. */
  below: string[];
  above: string[];
  /** Its own units, then those of what it contains. */
  units: UnitRow[];
};

/** The things of these ids with their trees; one that does not exist is absent. */
export async function loadThings(db: Db, ids: readonly string[]): Promise<Map<string, Thing>> {
  const wanted = among(ids);
  const { rows } = await sql<Thing>`
    with recursive below (root, id) as (
      select r.id, r.id from resource r where r.id ${wanted}
      union
      select b.root, c.content_id from below b join resource_content c on c.container_id = b.id
    ),
    above (root, id) as (
      select c.content_id, c.container_id from resource_content c where c.content_id ${wanted}
      union
      select a.root, c.container_id from above a join resource_content c on c.content_id = a.id
    )
    select r.id, r.slug, r.kind, r.name, r.site_id as "siteId", r.space_id as "spaceId", r.capacity,
      r.step_minutes as "stepMinutes", greatest(r.buffer_before, r.buffer_after) as gap,
      r.archived_at is not null or s.archived_at is not null as archived, ${stamp} as stamp, r.preset, r.rules,
      coalesce(p.rules, '{}') as "spaceRules", s.rules as "siteRules", s.slug as "siteSlug",
      s.telephone as "siteTelephone", s.time_zone as "timeZone",
      (select json_agg(b.id) from below b where b.root = r.id) as below,
      coalesce((select json_agg(a.id) from above a where a.root = r.id), '[]') as above,
      coalesce((
        select json_agg(json_build_object('id', u.id, 'resourceId', u.resource_id,
            'gap', greatest(r.buffer_before, r.buffer_after, x.buffer_before, x.buffer_after))
          order by (u.resource_id <> r.id), u.resource_id, u.rank, u.id)
        from below b join resource x on x.id = b.id join unit u on u.resource_id = b.id and u.archived_at is null
        where b.root = r.id), '[]') as units
    from resource r join site s on s.id = r.site_id left join space p on p.id = r.space_id
    where r.id ${wanted}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The time of those who help, as things of one unit: what nobody can give twice. */
export async function loadHelpers(db: Db, ids: readonly string[]): Promise<Map<string, Thing>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string; unitId: string; archived: boolean } & HelperSite>`
    select h.id, p.name, u.id as "unitId", h.archived_at is not null as archived, s.id as "siteId", s.slug as "siteSlug",
      s.telephone as "siteTelephone", s.time_zone as "timeZone"
    from helper h join person p on p.id = h.person_id join unit u on u.helper_id = h.id join site s on s.id = h.site_id
    where h.id ${among(ids)}`.execute(db);
  return new Map(rows.map((row) => [row.id, helperThing(row)]));
}

type HelperSite = Pick<Thing, 'siteId' | 'siteSlug' | 'siteTelephone' | 'timeZone'>;

const helperThing = ({
  unitId,
  name,
  ...row
}: { id: string; name: string; unitId: string; archived: boolean } & HelperSite): Thing => ({
  ...row,
  stamp: '',
  slug: '',
  kind: 'office',
  name: { fr: name },
  spaceId: null,
  // One person helps one group, however many they are.
  capacity: 10_000,
  stepMinutes: 5,
  gap: 0,
  preset: 'open',
  rules: {},
  spaceRules: {},
  siteRules: {},
  below: [row.id],
  above: [],
  units: [{ id: unitId, resourceId: row.id, gap: 0 }],
});

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
