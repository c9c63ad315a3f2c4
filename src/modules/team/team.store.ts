import { sql } from 'kysely';
import { isTerritoryAdministrator, sitesWith } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import type { Role } from '../../core/schema.ts';

export type SiteOption = { id: string; name: string };

/** Whoever administers nothing sees nothing: 404. A site's administrator sees that site only; null is the whole territory. */
export function administeredSites(ctx: Ctx): string[] | null {
  const sites = sitesWith(ctx.actor, 'administrator');
  if (sites?.length === 0 || ctx.actor.deviceId) throw notFound();
  return sites;
}

/** Whether one may give, take back or see rights at a site; null stands for all sites and asks for the whole territory. */
export function mayAdminister(ctx: Ctx, siteId: string | null): boolean {
  if (ctx.actor.deviceId) return false;
  if (siteId === null) return isTerritoryAdministrator(ctx.actor);
  const sites = sitesWith(ctx.actor, 'administrator');
  return sites === null || sites.includes(siteId);
}

/** The sites one administers, by name. */
export async function siteOptions(ctx: Ctx): Promise<SiteOption[]> {
  const sites = administeredSites(ctx);
  const rows = await ctx.db
    .selectFrom('site')
    .select(['id', 'name'])
    .where('archived_at', 'is', null)
    .$if(sites !== null, (query) => query.where(sql<boolean>`id = any(${sites})`))
    .orderBy('rank')
    .execute();
  return rows.map((row) => ({ id: row.id, name: say(row.name, ctx.locale, ctx.territory.mainLanguage) }));
}

export type GrantItem = {
  id: string;
  role: Role;
  siteId: string | null;
  personId: string;
  name: string;
  email: string | null;
};

/** The roles in force that one may see, by person. */
export async function liveGrants(ctx: Ctx): Promise<GrantItem[]> {
  const sites = administeredSites(ctx);
  return ctx.db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select(['g.id', 'g.role', 'g.site_id as siteId', 'p.id as personId', 'p.name', 'p.email'])
    .where('g.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('g.expires_at', 'is', null), eb('g.expires_at', '>', ctx.now)]))
    .$if(sites !== null, (query) => query.where(sql<boolean>`g.site_id = any(${sites})`))
    .orderBy('p.name')
    .orderBy('g.id')
    .execute();
}

/** The invitations one may see that wait for an answer. */
export async function liveInvitations(ctx: Ctx) {
  const sites = administeredSites(ctx);
  return ctx.db
    .selectFrom('invitation')
    .select(['id', 'email', 'role', 'site_id as siteId', 'expires_at as expiresAt'])
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .$if(sites !== null, (query) => query.where(sql<boolean>`site_id = any(${sites})`))
    .orderBy('id')
    .execute();
}

/** The tablets one may see, the last enrolled first. */
export async function liveDevices(ctx: Ctx) {
  const sites = administeredSites(ctx);
  return ctx.db
    .selectFrom('device')
    .select(['id', 'name', 'site_id as siteId', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('revoked_at', 'is', null)
    .$if(sites !== null, (query) => query.where(sql<boolean>`site_id = any(${sites})`))
    .orderBy('created_at', 'desc')
    .execute();
}

/** The groups with the people in them. */
export async function groupsWithMembers(ctx: Ctx) {
  const groups = await ctx.db.selectFrom('person_group').select(['id', 'slug', 'name']).orderBy('slug').execute();
  const members = await ctx.db
    .selectFrom('person_group_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['m.group_id as groupId', 'p.id', 'p.name', 'p.email'])
    .orderBy('p.name')
    .execute();
  return groups.map((group) => ({
    id: group.id,
    slug: group.slug,
    name: say(group.name, ctx.locale, ctx.territory.mainLanguage),
    members: members.filter((member) => member.groupId === group.id),
  }));
}

/** The site's team who chose a PIN: the names a tablet of that site offers. */
export function peopleOfTablet(ctx: Pick<Ctx, 'db' | 'now'>, siteId: string) {
  return ctx.db
    .selectFrom('person as p')
    .innerJoin('account as a', 'a.person_id', 'p.id')
    .select(['a.id as accountId', 'p.id as personId', 'p.name'])
    .where('a.pin_hash', 'is not', null)
    .where('a.disabled_at', 'is', null)
    .where('p.erased_at', 'is', null)
    .where('p.merged_into', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('role_grant as g')
          .select('g.id')
          .whereRef('g.person_id', '=', 'p.id')
          .where('g.revoked_at', 'is', null)
          .where((or) => or.or([or('g.expires_at', 'is', null), or('g.expires_at', '>', ctx.now)]))
          .where((or) => or.or([or('g.site_id', 'is', null), or('g.site_id', '=', siteId)]))
          .where('g.role', '<>', 'member'),
      ),
    )
    .orderBy('p.name')
    .execute();
}
