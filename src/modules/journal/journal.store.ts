import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

/** What a journal can be asked about, and the table it is in. */
export const subjects = ['booking', 'resource', 'space', 'site', 'person', 'session', 'stop', 'registration'] as const;
export type SubjectKind = (typeof subjects)[number];

/** A subject: its name, and the site it is at (null: it is of no site). `reference` names a booking. */
export type Subject = {
  name: I18nText;
  person: string | null;
  reference: string | null;
  siteId: string | null;
  siteSlug: string | null;
  timeZone: string | null;
  /** Of a booking: what was booked and for whom, which have journals of their own. */
  resourceId: string | null;
  personId: string | null;
};

const none = sql`null::text as reference, null::text as person, null::uuid as "resourceId", null::uuid as "personId"`;
const where = sql`s.id as "siteId", s.slug as "siteSlug", s.time_zone as "timeZone"`;
const sources = {
  booking: sql`select r.name, b.reference, coalesce(k.name, p.name) as person, r.id as "resourceId",
    coalesce(k.id, p.id) as "personId", ${where} from booking b
    join resource r on r.id = b.resource_id join site s on s.id = r.site_id join person p on p.id = b.person_id
    left join person k on k.id = p.merged_into where b.id`,
  resource: sql`select r.name, ${none}, ${where} from resource r join site s on s.id = r.site_id where r.id`,
  space: sql`select e.name, ${none}, ${where} from space e join site s on s.id = e.site_id where e.id`,
  site: sql`select s.name, ${none}, ${where} from site s where s.id`,
  session: sql`select e.title as name, e.reference, null::text as person, null::uuid as "resourceId",
    null::uuid as "personId", ${where} from session e join site s on s.id = e.site_id where e.id`,
  stop: sql`select e.place as name, ${none}, ${where} from stop e join site s on s.id = e.site_id where e.id`,
  registration: sql`select e.title as name, g.reference, coalesce(k.name, p.name) as person, null::uuid as "resourceId",
    coalesce(k.id, p.id) as "personId", ${where} from registration g join session e on e.id = g.session_id
    join site s on s.id = e.site_id join person p on p.id = g.person_id left join person k on k.id = p.merged_into
    where g.id`,
  person: sql`select '{}'::jsonb as name, null::text as reference, p.name as person, null::uuid as "resourceId",
    null::uuid as "personId", null::uuid as "siteId",
    null::text as "siteSlug", null::text as "timeZone" from person p where p.id`,
};

/** What an id names; undefined where there is none of that kind. */
export async function findSubject(ctx: Ctx, kind: SubjectKind, id: string): Promise<Subject | undefined> {
  const { rows } = await sql<Subject>`${sources[kind]} = ${id}::uuid`.execute(ctx.db);
  return rows[0];
}

/** One thing that happened: when, by whom, on what tablet, and why. `behalf` is for whom it was done, where it was another. */
export type Line = {
  id: string;
  at: Date;
  kind: string;
  data: Record<string, unknown>;
  reason: string | null;
  actorId: string | null;
  actor: string | null;
  gone: boolean;
  behalf: string | null;
  device: string | null;
};

const columns = sql`j.id, j.occurred_at as at, j.kind, j.data, j.reason, coalesce(k.id, p.id) as "actorId",
  nullif(coalesce(k.name, p.name), '') as actor, j.actor_id is not null and coalesce(k.name, p.name, '') = '' as gone,
  nullif(o.name, '') as behalf, d.name as device`;
const people = sql`left join person p on p.id = j.actor_id left join person k on k.id = p.merged_into
  left join person o on o.id = j.on_behalf_of and j.on_behalf_of <> j.actor_id
  left join device d on d.id = j.device_id`;

/** What happened to a subject, the latest first; a thing's closures are told with it. */
export async function linesOf(ctx: Ctx, kind: SubjectKind, id: string, page: number, size: number): Promise<Line[]> {
  const closures = sql`or j.subject_kind = 'closure'
    and j.subject_id = any(array(select c.id from closure c where c.resource_id = ${id}::uuid))`;
  const { rows } = await sql<Line>`
    select ${columns} from journal j ${people}
    where (j.subject_id = ${id}::uuid and j.subject_kind = ${kind}) ${kind === 'resource' ? closures : sql``}
    order by j.occurred_at desc, j.id desc limit ${size} offset ${page * size}`.execute(ctx.db);
  return rows;
}

/** What becomes of a registration because of its session. */
const withSession = ['moved', 'edited', 'postponed', 'resumed', 'session_cancelled'].map(
  (one) => `registration.${one}`,
);

/** A line of one's own, and what it is about. */
export type OwnLine = Line & { about: I18nText | null; timeZone: string | null };

/**
 * What happened to a person and to what they booked and registered for, the latest first. Where a session they registered for
 * changed, what changed of it is told with it: both were written at once.
 */
export async function ownLines(ctx: Ctx, personId: string, page: number, size: number): Promise<OwnLine[]> {
  const mine = sql`(select p.id from person p where p.id = ${personId}::uuid or p.merged_into = ${personId}::uuid)`;
  const { rows } = await sql<OwnLine>`
    with own as (
      select id, 'person' as kind, null::jsonb as about, null::text as zone from person where id in ${mine}
      union all select b.id, 'booking', r.name, s.time_zone from booking b join resource r on r.id = b.resource_id
        join site s on s.id = r.site_id where b.person_id in ${mine}
      union all select g.id, 'registration', e.title, e.time_zone from registration g
        join session e on e.id = g.session_id where g.person_id in ${mine}
    )
    select ${columns}, own.about, own.zone as "timeZone",
      case when j.kind = any(${withSession}::text[]) then coalesce((select x.data from journal x
        where x.subject_id = (j.data ->> 'sessionId')::uuid and x.subject_kind = 'session'
          and x.kind = regexp_replace(j.kind, '^registration[.](session_)?', 'session.')
          and x.recorded_at = j.recorded_at order by x.id desc limit 1), '{}') || j.data else j.data end as data
    from own join journal j on j.subject_id = own.id and j.subject_kind = own.kind ${people}
    order by j.occurred_at desc, j.id desc limit ${size} offset ${page * size}`.execute(ctx.db);
  return rows;
}

/** What things and places are called, by id. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, I18nText>> {
  if (ids.length === 0) return new Map();
  const among = sql`any(${[...new Set(ids)]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: I18nText }>`
    select id, name from resource where id = ${among}
    union all select id, name from site where id = ${among}
    union all select id, place from stop where id = ${among}`.execute(ctx.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
