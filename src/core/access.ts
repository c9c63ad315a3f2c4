import type { Actor } from './context.ts';
import { notFound } from './errors.ts';
import type { Role } from './schema.ts';

const includes: Record<Role, readonly Role[]> = {
  administrator: ['administrator'],
  team: ['team', 'administrator'],
  member: ['member', 'team', 'administrator'],
};

/** Whether a person has a role, or a higher one, at a site; with no site named, anywhere. */
export function has(actor: Actor, role: Role, siteId?: string | null): boolean {
  return actor.grants.some(
    (grant) =>
      includes[role].includes(grant.role) && (siteId == null || grant.siteId === null || grant.siteId === siteId),
  );
}

/** Whether a person administers the whole territory, not one site of it. */
export const isTerritoryAdministrator = (actor: Actor): boolean =>
  actor.grants.some((grant) => grant.role === 'administrator' && grant.siteId === null);

/** What one may not do is not there: 404. */
export function mustHave(actor: Actor, role: Role, siteId?: string | null): void {
  if (!has(actor, role, siteId)) throw notFound();
}

/** The sites where a person has a role; null means all of them. */
export function sitesWith(actor: Actor, role: Role): string[] | null {
  const grants = actor.grants.filter((grant) => includes[role].includes(grant.role));
  return grants.some((grant) => grant.siteId === null) ? null : grants.map((grant) => grant.siteId!);
}
