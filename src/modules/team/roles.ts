import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import type { Role } from '../../core/schema.ts';
import { mayAdminister } from './team.store.ts';

/** Gives a role, or does nothing when it is already held. The caller has checked who may. */
export async function grantRole(
  ctx: Ctx,
  given: { personId: string; role: Role; siteId: string | null; grantedBy: string | null },
): Promise<void> {
  const held = await ctx.db
    .selectFrom('role_grant')
    .select('id')
    .where('person_id', '=', given.personId)
    .where('role', '=', given.role)
    .where('site_id', given.siteId ? '=' : 'is', given.siteId)
    .where('revoked_at', 'is', null)
    .where('expires_at', 'is', null)
    .executeTakeFirst();
  if (held) return;
  const id = newId();
  await ctx.db
    .insertInto('role_grant')
    .values({
      id,
      person_id: given.personId,
      site_id: given.siteId,
      role: given.role,
      granted_by: given.grantedBy,
      created_at: ctx.now,
    })
    .execute();
  await record(ctx, {
    kind: 'role.granted',
    subjectKind: 'person',
    subjectId: given.personId,
    data: { grantId: id, role: given.role, siteId: given.siteId },
  });
}

/** Takes a role back. The last administrator of the territory stays. */
export async function revokeRole(ctx: Ctx, grantId: string): Promise<void> {
  await atomically(ctx, async (inside) => {
    await lockAdministrators(inside);
    const grant = await inside.db
      .selectFrom('role_grant')
      .select(['id', 'person_id', 'role', 'site_id'])
      .where('id', '=', grantId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (!grant || !mayAdminister(ctx, grant.site_id)) throw notFound();
    if (grant.role === 'administrator' && grant.site_id === null) await keepOneAdministrator(inside, [grant.id]);
    await inside.db.updateTable('role_grant').set({ revoked_at: ctx.now }).where('id', '=', grant.id).execute();
    await record(inside, {
      kind: 'role.revoked',
      subjectKind: 'person',
      subjectId: grant.person_id,
      data: { grantId: grant.id, role: grant.role, siteId: grant.site_id },
    });
  });
}

/** Two administrators who each remove the other at the same time: the second finds out that they are the last. */
const lockAdministrators = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended('quai:administrators', 0))`.execute(ctx.db);

async function keepOneAdministrator(ctx: Ctx, without: string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select g.id from role_grant g join person p on p.id = g.person_id
    where g.role = 'administrator' and g.site_id is null and g.revoked_at is null
      and (g.expires_at is null or g.expires_at > ${ctx.now}) and p.erased_at is null
      and not (g.id = any(${without})) limit 1`.execute(ctx.db);
  if (rows.length === 0) throw new Refusal('team.last_administrator', 'conflict');
}

/** When a person is erased: their roles and groups end, unless they are the last administrator. */
export async function withdrawAll(ctx: Ctx, personId: string): Promise<void> {
  await lockAdministrators(ctx);
  const grants = await ctx.db
    .selectFrom('role_grant')
    .select(['id', 'role', 'site_id'])
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();
  const whole = grants.filter((grant) => grant.role === 'administrator' && grant.site_id === null);
  if (whole.length > 0)
    await keepOneAdministrator(
      ctx,
      whole.map((grant) => grant.id),
    );
  await ctx.db
    .updateTable('role_grant')
    .set({ revoked_at: ctx.now })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();
  await ctx.db.deleteFrom('person_group_member').where('person_id', '=', personId).execute();
}
