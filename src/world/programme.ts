import { sql } from 'kysely';
import { addMinutes, type Day, type Span } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import type { I18nText, Locale } from '../core/i18n.ts';
import { newId, newReference } from '../core/ids.ts';
import { type Ground, need, readGround } from './programme.ground.ts';
import { peopleOf, type SessionRow } from './programme.people.ts';
import { type PlannedSession, planProgramme, type SessionEntry } from './programme.plan.ts';
import type { PeopleFile, ProgrammeFile } from './world.schema.ts';

/**
 * Writes the demonstration's programme from one day to another, with who registered and, for what is past, who was there.
 * A date whose rooms or people are taken by then is left out. Returns how many sessions were written.
 */
export async function writeProgramme(
  db: Db,
  now: Date,
  file: ProgrammeFile,
  people: PeopleFile,
  window: { first: Day; last: Day; territory: { timeZone: string; country: string } },
): Promise<number> {
  const ground = await readGround(db, people, window);
  const planned = planProgramme(file, ground, window.first, window.last);
  if (planned.length === 0) return 0;
  const held = await readClaims(db, planned);
  const series = await seriesOf(db, now, planned, ground);
  const rows: SessionRow[] = [];
  const claims: {
    id: string;
    unit_id: string;
    during: string;
    cause_kind: 'session';
    cause_id: string;
    fixed: true;
  }[] = [];
  for (const one of planned) {
    const session = draft(one, ground, now, series.get(one.entry.key)!);
    const parts = one.parts.map(({ part, ...span }) => partOf(session, part, span));
    const wants = [
      ...wantsOf(session, one.entry.things, one.entry.leaders, ground),
      ...one.parts.flatMap(({ part }, index) => wantsOf(parts[index]!, part.things, [], ground)),
    ];
    const taken = takeAll(wants, held);
    if (!taken) continue;
    claims.push(...taken);
    rows.push(session, ...parts);
  }
  await insertSessions(db, rows, ground);
  await insertInChunks(claims, (chunk) => db.insertInto('allocation').values(chunk).execute());
  await peopleOf(db, now, rows, ground);
  return rows.length;
}

type Held = Map<string, Span[]>;

async function readClaims(db: Db, planned: readonly PlannedSession[]): Promise<Held> {
  const from = planned[0]!.start;
  const to = addMinutes(planned.at(-1)!.start, 2 * 24 * 60);
  const { rows } = await sql<{ unit: string; start: Date; end: Date }>`
    select unit_id as unit, lower(during) as start, upper(during) as "end" from allocation
    where during && tstzrange(${from}, ${to})`.execute(db);
  const held: Held = new Map();
  for (const { unit, ...span } of rows) held.set(unit, [...(held.get(unit) ?? []), span]);
  return held;
}

/** The series of each weekly entry: the one already there, so that the nightly continuation stays in it. */
async function seriesOf(db: Db, now: Date, planned: readonly PlannedSession[], ground: Ground) {
  const { rows } = await sql<{ id: string; key: string }>`
    select id, pattern ->> 'demonstration' as key from session_series where pattern ? 'demonstration'`.execute(db);
  const series = new Map<string, string | null>(rows.map((row) => [row.key, row.id]));
  const fresh = [...new Set(planned.map((one) => one.entry))].filter((entry) => !series.has(entry.key));
  const made = fresh.filter((entry) => entry.parts.length === 0).map((entry) => ({ entry, id: newId() }));
  if (made.length > 0) {
    await db
      .insertInto('session_series')
      .values(
        made.map(({ entry, id }) => ({
          id,
          site_id: need(ground.sites, entry.site, 'site'),
          pattern: JSON.stringify({ demonstration: entry.key }),
          created_at: now,
        })),
      )
      .execute();
  }
  for (const { entry, id } of made) series.set(entry.key, id);
  for (const entry of fresh) if (!series.has(entry.key)) series.set(entry.key, null);
  return series;
}

const publishedDaysBefore = 40;

function draft(one: PlannedSession, ground: Ground, now: Date, seriesId: string | null): SessionRow {
  const { entry, start, end } = one;
  const wished = addMinutes(start, -publishedDaysBefore * 24 * 60);
  const published = wished < now ? wished : addMinutes(now, -60);
  return {
    id: newId(),
    reference: newReference(),
    entry,
    day: one.day,
    seriesId,
    parentId: null,
    track: null,
    stopId: one.stopId,
    siteId: need(ground.sites, entry.site, 'site'),
    lineId: need(ground.lines, entry.line, 'line'),
    title: words(entry.title),
    summary: words(entry.summary),
    start,
    end,
    seats: entry.seats ?? null,
    published,
    things: entry.things,
    leaders: entry.leaders,
  };
}

const partOf = (event: SessionRow, part: SessionEntry['parts'][number], span: Span): SessionRow => ({
  ...event,
  ...span,
  id: newId(),
  reference: newReference(),
  parentId: event.id,
  track: part.track,
  title: words(part.title),
  summary: {},
  seats: part.seats,
  things: part.things,
  leaders: [],
});

type Want = Span & { sessionId: string; units: string[]; all: boolean };

function wantsOf(session: SessionRow, things: readonly string[], leaders: readonly string[], ground: Ground): Want[] {
  const { id: sessionId, start, end } = session;
  const rooms = things.map((slug): Want => {
    const thing = need(ground.things, slug, 'resource');
    return { sessionId, start, end: addMinutes(end, thing.gap), units: thing.units, all: thing.whole };
  });
  const people = leaders.flatMap((key): Want[] => {
    const unit = ground.helpers.get(ground.persons.get(key)?.id ?? '');
    return unit ? [{ sessionId, start, end, units: [unit], all: true }] : [];
  });
  return [...rooms, ...people];
}

/** Takes all that is wanted, or nothing: what is held already leaves the date out. */
function takeAll(wants: readonly Want[], held: Held) {
  const taken: { want: Want; unit: string }[] = [];
  const free = (unit: string, span: Span) =>
    ![...(held.get(unit) ?? []), ...taken.filter((one) => one.unit === unit).map((one) => one.want)].some(
      (other) => other.start < span.end && span.start < other.end,
    );
  for (const want of wants) {
    const units = want.units.filter((unit) => free(unit, want));
    if (want.all ? units.length < want.units.length : units.length === 0) return undefined;
    for (const unit of want.all ? units : units.slice(0, 1)) taken.push({ want, unit });
  }
  for (const { want, unit } of taken) held.set(unit, [...(held.get(unit) ?? []), want]);
  return taken.map(({ want, unit }) => ({
    id: newId(),
    unit_id: unit,
    during: `[${want.start.toISOString()},${want.end.toISOString()})`,
    cause_kind: 'session' as const,
    cause_id: want.sessionId,
    fixed: true as const,
  }));
}

/** A text of the file, its absent languages left out. */
const words = (value: { fr: string; nl?: string | undefined; en?: string | undefined } | undefined): I18nText =>
  JSON.parse(JSON.stringify(value ?? {}));

const text = (value: I18nText): string => JSON.stringify(value);

async function insertSessions(db: Db, rows: readonly SessionRow[], ground: Ground): Promise<void> {
  await insertInChunks(rows, (chunk) =>
    db
      .insertInto('session')
      .values(chunk.map((row) => sessionColumns(row, ground)))
      .execute(),
  );
  const seats = rows.flatMap((row) =>
    Array.from({ length: row.seats ?? 0 }, (_, index) => ({ session_id: row.id, number: index + 1 })),
  );
  await insertInChunks(seats, (chunk) => db.insertInto('seat').values(chunk).execute());
  const things = rows.flatMap((row) =>
    row.things.map((slug) => ({ session_id: row.id, resource_id: need(ground.things, slug, 'resource').id })),
  );
  await insertInChunks(things, (chunk) => db.insertInto('session_thing').values(chunk).execute());
  const leaders = rows.flatMap((row) =>
    row.leaders.map((key) => ({ session_id: row.id, person_id: need(ground.persons, key, 'person').id })),
  );
  await insertInChunks(leaders, (chunk) => db.insertInto('session_leader').values(chunk).execute());
  const organisations = rows.flatMap((row) =>
    row.parentId
      ? []
      : row.entry.organisations.map((key) => ({
          session_id: row.id,
          organisation_id: need(ground.organisations, key, 'organisation'),
        })),
  );
  await insertInChunks(organisations, (chunk) => db.insertInto('session_organisation').values(chunk).execute());
}

function sessionColumns(row: SessionRow, ground: Ground) {
  const { entry } = row;
  const tariffs = (entry.tariffs ?? []).map(([key, fr, nl, en, cents]) => ({ key, name: { fr, nl, en }, cents }));
  return {
    id: row.id,
    reference: row.reference,
    series_id: row.parentId ? null : row.seriesId,
    parent_id: row.parentId,
    track: row.track,
    kind: row.parentId ? ('workshop' as const) : entry.kind,
    line_id: row.lineId,
    title: text(row.title),
    summary: text(row.summary),
    description: text(row.parentId ? {} : words(entry.description)),
    language: 'fr' as Locale,
    site_id: row.siteId,
    place_kind: row.stopId ? ('stop' as const) : entry.address ? ('address' as const) : ('site' as const),
    stop_id: row.stopId,
    address: entry.address ? JSON.stringify(entry.address) : null,
    starts_at: row.start,
    ends_at: row.end,
    time_zone: ground.timeZone,
    enrolment: row.seats === null ? ('none' as const) : ('seat' as const),
    seats: row.seats,
    minimum: row.parentId ? null : (entry.minimum ?? null),
    audience: entry.ages ? ('ages' as const) : ('all' as const),
    age_min: entry.ages?.[0] ?? null,
    age_max: entry.ages?.[1] ?? null,
    per_organisation: entry.perOrganisation ?? null,
    price_kind: tariffs.length > 0 ? ('amount' as const) : entry.price,
    tariffs: JSON.stringify(tariffs),
    operation: JSON.stringify(entry.operation ?? {}),
    status: 'published' as const,
    published_at: row.published,
    channel: 'demonstration' as const,
    created_at: row.published,
    demonstration: true,
  };
}

/** A statement carries so many values at most. */
async function insertInChunks<T>(rows: readonly T[], insert: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) await insert(rows.slice(at, at + 500));
}
