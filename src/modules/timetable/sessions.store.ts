import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { openToAll, readBy } from './audience.store.ts';
import type { SessionQuery, SessionView, Welcome } from './sessions.types.ts';

/** No session is longer than this: what began before cannot still last (a constraint of the table says so). */
const longestDays = 31;

const kmPerDegree = 111.2;

/** Where it happens, as a point: the stop, the address given, else the site or its commune. */
const lat = sql`case s.place_kind when 'stop' then t.lat when 'address' then (s.address ->> 'lat')::float8
  when 'site' then coalesce(y.lat, c.lat) end`;
const lon = sql`case s.place_kind when 'stop' then t.lon when 'address' then (s.address ->> 'lon')::float8
  when 'site' then coalesce(y.lon, c.lon) end`;
type Near = NonNullable<SessionQuery['near']>;

const km = (near: Near, y: RawBuilder<unknown>, x: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${kmPerDegree}::float8 * sqrt(power(${y} - ${near.lat}::float8, 2)
    + power((${x} - ${near.lon}::float8) * cos(radians(${near.lat}::float8)), 2)))`;

const distance = (near: SessionQuery['near']): RawBuilder<unknown> => (near ? km(near, lat, lon) : sql`null::float8`);

/** What happens where one of the three holds; the sites and the stops are looked for once, not for each session. */
const placed = (where: Record<'stop' | 'site' | 'address', RawBuilder<unknown>>): RawBuilder<unknown> => sql`
  case s.place_kind when 'stop' then s.stop_id = any(array(select t.id from stop t where ${where.stop}))
    when 'site' then s.site_id = any(array(select y.id from site y left join commune c on c.code = y.commune_code
      where ${where.site}))
    when 'address' then ${where.address} end`;

const inCommune = (code: string) =>
  placed({
    stop: sql`t.commune_code = ${code}`,
    site: sql`y.commune_code = ${code}`,
    address: sql`s.address ->> 'communeCode' = ${code}`,
  });

const within = (near: Near, most: number) =>
  placed({
    stop: sql`${km(near, sql`t.lat`, sql`t.lon`)} <= ${most}`,
    site: sql`${km(near, sql`coalesce(y.lat, c.lat)`, sql`coalesce(y.lon, c.lon)`)} <= ${most}`,
    address: sql`${km(near, sql`(s.address ->> 'lat')::float8`, sql`(s.address ->> 'lon')::float8`)} <= ${most}`,
  });

const taken = sql`(select count(*)::int from attendee a where a.session_id = s.id and a.seat is not null)`;

const tables = sql`session s
  join site y on y.id = s.site_id
  left join commune c on c.code = y.commune_code
  left join stop t on t.id = s.stop_id
  left join commune tc on tc.code = t.commune_code
  left join line l on l.id = s.line_id
  left join file f on f.id = s.photo_id
  left join file yf on yf.id = y.photo_id
  left join session_series e on e.id = s.series_id`;

const columns = (near: SessionQuery['near']) => sql`
  s.id, s.reference, s.series_id as "seriesId", coalesce(e.enrolment = 'course', false) as course,
  s.parent_id as "parentId", s.track, s.kind,
  case when l.id is not null then json_build_object('id', l.id, 'slug', l.slug, 'letter', l.letter, 'colour', l.colour,
    'name', l.name) end as line,
  s.title, s.summary, s.description, s.language,
  json_build_object('id', y.id, 'slug', y.slug, 'kind', y.kind, 'name', y.name, 'address', y.address, 'commune', c.name,
    'communeCode', y.commune_code, 'lat', coalesce(y.lat, c.lat), 'lon', coalesce(y.lon, c.lon),
    'telephone', y.telephone, 'howToCome', y.how_to_come, 'accessibility', y.accessibility, 'photo', yf.sha256) as site,
  s.place_kind as "placeKind",
  case when t.id is not null then json_build_object('id', t.id, 'place', t.place, 'address', t.address, 'aboard', t.aboard,
    'commune', tc.name, 'communeCode', t.commune_code, 'lat', t.lat, 'lon', t.lon) end as stop,
  s.address, s.online_url as "onlineUrl", s.starts_at as start, s.ends_at as "end", s.time_zone as "timeZone",
  s.set_up_minutes as "setUpMinutes", s.clean_up_minutes as "cleanUpMinutes", s.enrolment, s.seats, ${taken} as taken,
  (select coalesce(sum(r.places), 0)::int from registration r where r.session_id = s.id and r.status = 'waiting') as waiting,
  s.minimum, s.opens_at as "opensAt", s.closes_at as "closesAt", s.audience, s.age_min as "ageMin", s.age_max as "ageMax",
  s.group_id as "groupId", s.per_organisation as "perOrganisation", s.price_kind as "priceKind", s.tariffs, s.questions,
  s.accessibility, f.sha256 as photo, f.alt as "photoAlt", s.operation, s.reason_id as "reasonId", s.status,
  s.option_until as "optionUntil", s.published_at as "publishedAt", s.cancelled_at as "cancelledAt",
  s.status_reason as "statusReason", s.demonstration, s.version,
  coalesce((select json_agg(json_build_object('id', r.id, 'slug', r.slug, 'name', r.name, 'siteSlug', ry.slug,
      'people', h.people) order by r.rank, r.slug)
    from session_thing h join resource r on r.id = h.resource_id join site ry on ry.id = r.site_id
    where h.session_id = s.id), '[]') as things,
  coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name)
    from session_leader d join person p on p.id = d.person_id where d.session_id = s.id), '[]') as leaders,
  coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name) order by o.name)
    from session_organisation d join organisation o on o.id = d.organisation_id where d.session_id = s.id), '[]')
    as organisations,
  ${distance(near)} as "distanceKm"`;

async function read(ctx: Ctx, near: SessionQuery['near'], which: RawBuilder<unknown>): Promise<SessionView[]> {
  const { rows } = await sql<SessionView>`select ${columns(near)} from ${tables} ${which}`.execute(ctx.db);
  return rows;
}

/** The ages that the words mean; below the last, one is no longer a child, above it one is of age. */
const firstTeenage = 12;
const ofAge = 18;

/** "For children" is what says an age: what is for all ages is found as for everybody, and by adults. */
const welcomes: Record<Welcome, RawBuilder<unknown>> = {
  everyone: sql`s.audience in ('all', 'ages') and s.age_min is null and s.age_max is null`,
  children: sql`(s.age_min is not null or s.age_max is not null) and coalesce(s.age_min, 0) < ${firstTeenage}::int`,
  teenagers: sql`(s.age_min is not null or s.age_max is not null) and coalesce(s.age_min, 0) < ${ofAge}::int
    and coalesce(s.age_max, 200) >= ${firstTeenage}::int`,
  adults: sql`coalesce(s.age_max, 200) >= ${ofAge}::int`,
  members: sql`s.audience = 'members'`,
};

const openTo = ({ reader, parts }: SessionQuery): RawBuilder<unknown> =>
  reader ? readBy({ personId: reader }) : openToAll(parts ?? false);

/** Asked of the table alone: in the order of its index, as far as the list goes, whatever the planner thinks of the rest. */
const wherever = (query: SessionQuery): RawBuilder<unknown> =>
  sql.join(
    [
      sql`s.starts_at < ${query.to} and s.ends_at > ${query.from}`,
      sql`s.starts_at > ${new Date(query.from.getTime() - longestDays * 86_400_000)}`,
      ...(query.appointments ? [] : [sql`s.kind <> 'appointment'`]),
      ...(query.drafts ? [] : [sql`s.status <> 'draft'`]),
      ...(query.parts ? [] : [sql`s.parent_id is null`]),
      ...(query.closed ? [] : [openTo(query)]),
      ...(query.siteId ? [sql`s.site_id = ${query.siteId}`] : []),
      ...(query.siteSlug ? [sql`s.site_id = (select id from site where slug = ${query.siteSlug})`] : []),
      ...(query.lineSlug ? [sql`s.line_id = (select id from line where slug = ${query.lineSlug})`] : []),
      ...(query.kinds ? [sql`s.kind = any(${[...query.kinds]}::text[])`] : []),
      ...(query.communeCode ? [inCommune(query.communeCode)] : []),
      ...(query.age === undefined
        ? []
        : [sql`coalesce(s.age_min, 0) <= ${query.age} and coalesce(s.age_max, 200) >= ${query.age}`]),
      ...(query.welcome ? [sql`(${welcomes[query.welcome]})`] : []),
      // What is cancelled has no seat left; where people wait, a seat given back is theirs.
      ...(query.seatsFree
        ? [
            sql`s.status = 'published' and (s.seats is null or s.seats - ${taken} >= ${query.seatsFree})
              and not exists (select from registration w where w.session_id = s.id and w.status = 'waiting')`,
          ]
        : []),
      ...(query.near && query.withinKm ? [within(query.near, query.withinKm)] : []),
      ...(query.after ? [sql`(s.starts_at, s.id) > (${query.after.start}, ${query.after.id}::uuid)`] : []),
    ],
    sql` and `,
  );

/** The sessions asked for, first things first; `after` continues a list. */
export const findSessions = (ctx: Ctx, query: SessionQuery): Promise<SessionView[]> =>
  read(
    ctx,
    query.near,
    sql`where s.id = any(array(select s.id from session s where ${wherever(query)}
        order by s.starts_at, s.id limit ${query.limit ?? 200}))
      order by s.starts_at, s.id`,
  );

/** How many sessions a question finds in all. */
export async function countSessions(ctx: Ctx, query: Omit<SessionQuery, 'after' | 'limit'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from session s where ${wherever(query)}`.execute(ctx.db);
  return rows[0]!.count;
}

/** One session by the reference its address carries. Who may see it is for the caller to say. */
export async function sessionByReference(ctx: Ctx, reference: string): Promise<SessionView | undefined> {
  const plain = reference.toUpperCase();
  if (!/^[2-9A-Z]{10}$/.test(plain)) return undefined;
  return (await read(ctx, undefined, sql`where s.reference = ${plain}`))[0];
}

/** Sessions by id, in the order of their time. */
export const sessionsByIds = (ctx: Ctx, ids: readonly string[]): Promise<SessionView[]> =>
  read(ctx, undefined, sql`where s.id = any(${[...ids]}::uuid[]) order by s.starts_at, s.id`);

/** The dates of a series, drafts included. */
export const sessionsOfSeries = (ctx: Ctx, seriesId: string): Promise<SessionView[]> =>
  read(ctx, undefined, sql`where s.series_id = ${seriesId} order by s.starts_at, s.id`);

/** The parallel sessions of an event. */
export const partsOf = (ctx: Ctx, sessionId: string): Promise<SessionView[]> =>
  read(ctx, undefined, sql`where s.parent_id = ${sessionId} order by s.starts_at, s.track, s.id`);
