import { sql } from 'kysely';
import { isTerritoryAdministrator, sitesWith } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { I18nText, Locale } from '../../core/i18n.ts';
import type { Role } from '../../core/schema.ts';
import type { Wanted } from './directory.rules.ts';

/** Whom one may see: everyone, or those who booked at these sites (null: at any). */
export type Scope = { whole: boolean; sites: string[] | null };

/** Who is of no team sees nothing, nor does a shared tablet: 404. */
export function scopeOf(ctx: Ctx): Scope {
  const sites = sitesWith(ctx.actor, 'team');
  if (sites?.length === 0 || ctx.actor.deviceId) throw notFound();
  return { whole: isTerritoryAdministrator(ctx.actor), sites };
}

/** Only who administers the whole territory makes one of two, or erases. */
export function mustRunAll(ctx: Ctx): void {
  if (!scopeOf(ctx).whole) throw notFound();
}

const atSites = ({ sites }: Scope) => sql`(${sites === null}::boolean or r.site_id = any(${sites ?? []}::uuid[]))`;
const inScope = (scope: Scope) => sql`(${scope.whole}::boolean or exists (
  select from booking b join resource r on r.id = b.resource_id where b.person_id = k.id and ${atSites(scope)}))`;

export type Found = { id: string; name: string; email: string | null; telephone: string | null; last: Date | null };

/** The people one may see who answer to what was typed, by name; one merged into another is found as that other. */
export async function findPeople(ctx: Ctx, scope: Scope, wanted: Wanted, limit: number): Promise<Found[]> {
  const { words, email, telephones } = wanted;
  const named = sql`replace(regexp_replace(normalize(lower(p.name), nfd), '[\\u0300-\\u036f]', '', 'g'), 'œ', 'oe')`;
  const like = `%${email.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Found>`
    select k.id, k.name, k.email, k.telephone,
      (select max(b.starts_at) from booking b join resource r on r.id = b.resource_id
        where b.person_id = k.id and ${atSites(scope)}) as last
    from person k
    where k.merged_into is null and k.erased_at is null and ${inScope(scope)}
      and k.id in (select coalesce(p.merged_into, p.id) from person p where p.erased_at is null and (
        (${words.length > 0}::boolean and ${named} like all(${words.map((word) => `%${word}%`)}::text[]))
        or (${email !== ''}::boolean and p.email like ${like})
        or regexp_replace(p.telephone, '[^0-9]', '', 'g') like any(${telephones.map((end) => `%${end}`)}::text[])))
    order by k.name, k.id limit ${limit}`.execute(ctx.db);
  return rows;
}

export type Person = {
  id: string;
  name: string;
  email: string | null;
  telephone: string | null;
  language: Locale;
  created_at: Date;
  last_seen_at: Date | null;
  version: number;
  account: boolean;
  bookings: number;
};

/** A living person one may see; 404 for anybody else. One merged into another is read as that other. */
export async function readPerson(ctx: Ctx, scope: Scope, id: string): Promise<Person> {
  const { rows } = await sql<Person>`
    select k.id, k.name, k.email, k.telephone, k.language, k.created_at, k.last_seen_at, k.version,
      exists (select from account a where a.person_id = k.id and a.disabled_at is null) as account,
      (select count(*)::int from booking b join resource r on r.id = b.resource_id
        where b.person_id = k.id and ${atSites(scope)}) as bookings
    from person p join person k on k.id = coalesce(p.merged_into, p.id)
    where p.id = ${id} and k.merged_into is null and k.erased_at is null and ${inScope(scope)}`.execute(ctx.db);
  const person = rows[0];
  if (!person) throw notFound();
  return person;
}

/** The roles in force that one may see. */
export async function rolesOf(ctx: Ctx, scope: Scope, personId: string) {
  const { rows } = await sql<{ role: Role; site: I18nText | null }>`
    select g.role, s.name as site from role_grant g left join site s on s.id = g.site_id
    where g.person_id = ${personId} and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${ctx.now})
      and (${scope.sites === null}::boolean or g.site_id is null or g.site_id = any(${scope.sites ?? []}::uuid[]))
    order by g.created_at, g.id`.execute(ctx.db);
  return rows;
}

/** The groups a person is in. */
export async function groupsOf(ctx: Ctx, personId: string): Promise<I18nText[]> {
  const rows = await ctx.db
    .selectFrom('person_group_member as m')
    .innerJoin('person_group as g', 'g.id', 'm.group_id')
    .select('g.name')
    .where('m.person_id', '=', personId)
    .orderBy('g.slug')
    .execute();
  return rows.map((row) => row.name);
}

/** The records that were made one with this one. */
export const mergedInto = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'telephone'])
    .where('merged_into', '=', personId)
    .orderBy('id')
    .execute();

export type Absence = {
  id: string;
  version: number;
  starts_at: Date;
  pardoned_at: Date | null;
  resource: I18nText;
  time_zone: string;
};

/** The last absences of a person at the sites one may see. */
export async function absencesAt(ctx: Ctx, scope: Scope, personId: string): Promise<Absence[]> {
  const { rows } = await sql<Absence>`
    select b.id, b.version, b.starts_at, b.pardoned_at, r.name as resource, s.time_zone
    from booking b join resource r on r.id = b.resource_id join site s on s.id = r.site_id
    where b.person_id = ${personId} and b.status = 'no_show' and ${atSites(scope)}
    order by b.starts_at desc, b.id limit 20`.execute(ctx.db);
  return rows;
}
