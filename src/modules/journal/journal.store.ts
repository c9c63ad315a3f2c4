import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

/** What a journal can be asked about, and the table it is in. */
export const subjects = ['booking', 'resource', 'space', 'site', 'person'] as const;
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
  reason: string | null;
  actor: string | null;
  gone: boolean;
  behalf: string | null;
  device: string | null;
};

/** What happened to a subject, the latest first. */
export async function linesOf(ctx: Ctx, kind: SubjectKind, id: string, page: number, size: number): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select j.id, j.occurred_at as at, j.kind, j.reason, nullif(coalesce(k.name, p.name), '') as actor,
      j.actor_id is not null and coalesce(k.name, p.name, '') = '' as gone, nullif(o.name, '') as behalf, d.name as device
    from journal j left join person p on p.id = j.actor_id left join person k on k.id = p.merged_into
      left join person o on o.id = j.on_behalf_of and j.on_behalf_of <> j.actor_id
      left join device d on d.id = j.device_id
    where j.subject_id = ${id}::uuid and j.subject_kind = ${kind}
    order by j.occurred_at desc, j.id desc limit ${size} offset ${page * size}`.execute(ctx.db);
  return rows;
}
