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
