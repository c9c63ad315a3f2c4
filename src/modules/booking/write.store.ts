import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { Refusal, sqlState } from '../../core/errors.ts';
import { stamp, type Thing } from './thing.store.ts';

/** The types of the columns a command writes: rows travel as one JSON text, typed again by the database. */
const columns = {
  person: {
    id: 'uuid',
    name: 'text',
    email: 'text',
    telephone: 'text',
    language: 'text',
    created_at: 'timestamptz',
  },
  booking: {
    id: 'uuid',
    reference: 'text',
    resource_id: 'uuid',
    person_id: 'uuid',
    organisation_id: 'uuid',
    request_id: 'uuid',
    series_id: 'uuid',
    status: 'text',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    people: 'integer',
    purpose: 'text',
    language: 'text',
    channel: 'text',
    created_by: 'uuid',
    created_at: 'timestamptz',
    hold_expires_at: 'timestamptz',
    option_until: 'timestamptz',
    confirmed_at: 'timestamptz',
    checked_in_at: 'timestamptz',
    override_reason: 'text',
    check_in_required: 'boolean',
    release_at: 'timestamptz',
    demonstration: 'boolean',
    version: 'integer',
  },
  closure: {
    id: 'uuid',
    resource_id: 'uuid',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    reason: 'jsonb',
    created_by: 'uuid',
    created_at: 'timestamptz',
  },
  allocation: {
    id: 'uuid',
    unit_id: 'uuid',
    during: 'tstzrange',
    cause_kind: 'text',
    cause_id: 'uuid',
    fixed: 'boolean',
    expires_at: 'timestamptz',
  },
  email_code: {
    id: 'uuid',
    email: 'text',
    purpose: 'text',
    subject_id: 'uuid',
    code_hash: 'text',
    token_hash: 'text',
    created_at: 'timestamptz',
    expires_at: 'timestamptz',
  },
  // Of the sessions people register for: a seat is named by whoever sits on it.
  registration: {
    id: 'uuid',
    reference: 'text',
    session_id: 'uuid',
    request_id: 'uuid',
    person_id: 'uuid',
    organisation_id: 'uuid',
    kind: 'text',
    status: 'text',
    places: 'integer',
    waiting_since: 'timestamptz',
    hold_expires_at: 'timestamptz',
    answers: 'jsonb',
    consent_at: 'timestamptz',
    mandate: 'text',
    commune_code: 'text',
    note: 'text',
    language: 'text',
    channel: 'text',
    created_by: 'uuid',
    created_at: 'timestamptz',
    registered_at: 'timestamptz',
    demonstration: 'boolean',
    version: 'integer',
  },
  attendee: {
    id: 'uuid',
    registration_id: 'uuid',
    session_id: 'uuid',
    seat: 'integer',
    person_id: 'uuid',
    name: 'text',
    birth_year: 'integer',
    minor: 'boolean',
    tariff: 'text',
    rank: 'integer',
  },
  call: { id: 'uuid', booking_id: 'uuid', registration_id: 'uuid', due_day: 'date', kind: 'text' },
  journal: {
    id: 'uuid',
    occurred_at: 'timestamptz',
    recorded_at: 'timestamptz',
    actor_id: 'uuid',
    on_behalf_of: 'uuid',
    device_id: 'uuid',
    kind: 'text',
    subject_kind: 'text',
    subject_id: 'uuid',
    reason: 'text',
    data: 'jsonb',
  },
  outbox: { id: 'uuid', topic: 'text', payload: 'jsonb', created_at: 'timestamptz', due_at: 'timestamptz' },
} as const;

type Table = keyof typeof columns;
export type Rows = { [T in Table]?: readonly Record<string, unknown>[] };

/**
 * Writes rows of several tables in one statement; two claims on one unit at one time are refused as taken. `read` are the things
 * it was decided on, read before their locks were awaited: where one has changed since, the whole command runs again.
 */
export async function write(db: Db, rows: Rows, read: Iterable<Thing> = []): Promise<void> {
  const filled = (Object.keys(columns) as Table[]).filter((table) => (rows[table]?.length ?? 0) > 0);
  if (filled.length === 0) return;
  const parts = filled.map((table) => {
    const names = Object.keys(columns[table]);
    const list = sql.raw(names.join(', '));
    const typed = sql.raw(
      Object.entries(columns[table])
        .map(([name, type]) => `${name} ${type}`)
        .join(', '),
    );
    const json = JSON.stringify(rows[table]);
    // A place withdrawn since it was chosen is no longer there to be taken.
    const still = table === 'allocation' ? standing : nothing;
    return sql`${sql.raw(`w_${table}`)} as (insert into ${sql.table(table)} (${list})
      select ${table === 'booking' || table === 'registration' ? owned(names) : list} from json_to_recordset(${json}::json) as x (${typed}) ${still} returning 1)`;
  });
  const seats = rows.allocation?.length ?? 0;
  const count = seats > 0 ? sql`(select count(*)::int from w_allocation)` : sql`0`;
  const { rows: written } = await takenWhenOverlapping(() =>
    sql<{ seats: number; changed: boolean }>`with ${sql.join(parts, sql`, `)}
      select ${count} as seats, ${changed([...read])} as changed`.execute(db),
  );
  // As the database says it: `atomically` knows what to do.
  if (written[0]?.changed) throw Object.assign(new Error('changed while the locks were awaited'), { code: '40001' });
  if (written[0]?.seats !== seats) throw new Refusal('booking.taken', 'conflict');
}

const nothing = sql``;

function changed(read: readonly Thing[]): RawBuilder<unknown> {
  if (read.length === 0) return sql`false`;
  return sql`exists (
    select from unnest(${read.map((thing) => thing.id)}::uuid[], ${read.map((thing) => thing.stamp)}::text[]) k (id, stamp)
    join resource r on r.id = k.id join site s on s.id = r.site_id left join space p on p.id = r.space_id
    where ${stamp} <> k.stamp)`;
}

/** The columns of bookings and registrations; somebody merged since they were read is booked for as who they have become. */
const owned = (names: readonly string[]) =>
  sql.raw(names.map((name) => (name === 'person_id' ? kept : `x.${name}`)).join(', '));
const kept = 'coalesce((select p.merged_into from person p where p.id = x.person_id), x.person_id)';
const standing = sql`where exists (select from unit u where u.id = x.unit_id and u.archived_at is null)`;

/** Turns the refusal of the exclusion constraint into the domain's. */
export async function takenWhenOverlapping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === '23P01') throw new Refusal('booking.taken', 'conflict');
    throw error;
  }
}
