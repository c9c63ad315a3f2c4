import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { RegisterInput } from '../seating/index.ts';

/** Somebody of a town hall registers residents of their commune, and says which. */
export async function isRelay(ctx: Ctx, input: RegisterInput): Promise<boolean> {
  if (input.channel !== 'relay' || !input.communeCode || !ctx.actor.personId) return false;
  const relay = await ctx.db
    .selectFrom('relay')
    .select('id')
    .where('person_id', '=', ctx.actor.personId)
    .where('commune_code', '=', input.communeCode)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return relay !== undefined;
}

/** As much of sessions as says who may register for them. */
export async function whereTheyAre(ctx: Ctx, ids: readonly string[]) {
  return ctx.db
    .selectFrom('session')
    .select(['id', 'site_id as siteId', 'status', 'starts_at as start'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute();
}
