import { sql } from 'kysely';
import { has, mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import type { SessionFields } from './plan.types.ts';

type Belongings = Pick<SessionFields, 'things' | 'leaderIds' | 'organisationIds'>;

/** Writes what goes with sessions: what they take, who leads, for whom; what is not said stays as it was. */
export async function writeBelongings(
  inside: Ctx,
  sessionIds: readonly string[],
  { things, leaderIds, organisationIds }: Belongings,
  fresh = false,
): Promise<void> {
  const { db } = inside;
  const among = sql<boolean>`session_id = any(${[...sessionIds]}::uuid[])`;
  const each = <T>(rows: readonly T[]) =>
    sessionIds.flatMap((session_id) => rows.map((row) => ({ session_id, ...row })));
  if (things) {
    const unique = [...new Map(things.map((thing) => [thing.resourceId, thing])).values()];
    const rows = each(unique.map(({ resourceId, people }) => ({ resource_id: resourceId, people })));
    if (!fresh) await db.deleteFrom('session_thing').where(among).execute();
    if (rows.length > 0) await db.insertInto('session_thing').values(rows).execute();
  }
  if (leaderIds) {
    const rows = each([...new Set(leaderIds)].map((person_id) => ({ person_id })));
    if (!fresh) await db.deleteFrom('session_leader').where(among).execute();
    if (rows.length > 0) await db.insertInto('session_leader').values(rows).execute();
  }
  if (organisationIds) {
    const rows = each([...new Set(organisationIds)].map((organisation_id) => ({ organisation_id })));
    if (!fresh) await db.deleteFrom('session_organisation').where(among).execute();
    if (rows.length > 0) await db.insertInto('session_organisation').values(rows).execute();
  }
}

/** The zone of a site that is in use. */
export async function zoneOf(ctx: Ctx, siteId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('site')
    .select('time_zone')
    .where('id', '=', siteId)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row.time_zone;
}

/** Refuses what the person who plans may not take: another team's site or rooms, or somebody who leads nothing here. */
export async function mustBeTheirs(ctx: Ctx, fields: Partial<SessionFields>): Promise<void> {
  if (fields.siteId) mustHave(ctx.actor, 'team', fields.siteId);
  if (fields.parentId) await eventIsTheirs(ctx, fields.parentId);
  if (fields.stopId) await stopIsTheirs(ctx, fields.stopId);
  await thingsAreTheirs(ctx, fields);
  await leadersAreTeam(ctx, fields.leaderIds ?? []);
  await allThere(ctx, fields);
}

/** A part is added to an event by the event's own team. */
async function eventIsTheirs(ctx: Ctx, parentId: string): Promise<void> {
  const event = await ctx.db.selectFrom('session').select('site_id').where('id', '=', parentId).executeTakeFirst();
  if (!event) throw notFound();
  mustHave(ctx.actor, 'team', event.site_id);
}

async function stopIsTheirs(ctx: Ctx, stopId: string): Promise<void> {
  const stop = await ctx.db.selectFrom('stop').select(['site_id', 'place']).where('id', '=', stopId).executeTakeFirst();
  if (!stop) throw notFound();
  if (has(ctx.actor, 'team', stop.site_id)) return;
  const thing = say(stop.place, ctx.locale, ctx.territory.mainLanguage);
  throw new Refusal('session.foreign_thing', 'conflict', { thing });
}

async function thingsAreTheirs(ctx: Ctx, { things = [] }: Belongings): Promise<void> {
  if (things.length === 0) return;
  const wanted = [...new Set(things.map((thing) => thing.resourceId))];
  const rows = await ctx.db
    .selectFrom('resource')
    .select(['name', 'site_id'])
    .where(sql<boolean>`id = any(${wanted}::uuid[])`)
    .execute();
  if (rows.length < wanted.length) throw notFound();
  const foreign = rows.filter((row) => !has(ctx.actor, 'team', row.site_id));
  if (foreign.length === 0) return;
  const words = foreign.map((row) => say(row.name, ctx.locale, ctx.territory.mainLanguage));
  throw Refusal.all(
    'conflict',
    words.map((thing) => ({ code: 'session.foreign_thing', params: { thing } })),
  );
}

async function leadersAreTeam(ctx: Ctx, leaderIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(leaderIds)];
  if (wanted.length === 0) return;
  const { rows } = await sql`
    select p.id from person p where p.id = any(${wanted}::uuid[]) and p.erased_at is null and (
      exists (select from helper h where h.person_id = p.id and h.archived_at is null)
      or exists (select from role_grant g where g.person_id = p.id and g.role in ('team', 'administrator')
        and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${ctx.now})))`.execute(ctx.db);
  if (rows.length < wanted.length) throw new Refusal('session.leader', 'unprocessable');
}

/** What a form or a call names must still be there: a forged or withdrawn id is not found, never a failure. */
async function allThere(ctx: Ctx, fields: Partial<SessionFields>): Promise<void> {
  const organisations = [...new Set(fields.organisationIds ?? [])];
  const { rows } = await sql<{ there: boolean }>`
    select (${fields.lineId ?? null}::uuid is null or exists (select from line where id = ${fields.lineId ?? null}::uuid))
      and (${fields.groupId ?? null}::uuid is null
        or exists (select from person_group where id = ${fields.groupId ?? null}::uuid))
      and (${fields.photoId ?? null}::uuid is null or exists (select from file where id = ${fields.photoId ?? null}::uuid))
      and (select count(*) from organisation where id = any(${organisations}::uuid[])) = ${organisations.length}::int
      as there`.execute(ctx.db);
  if (!rows[0]?.there) throw notFound();
}
