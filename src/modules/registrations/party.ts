import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
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

/** One registers for an organisation one belongs to; the team for any. */
export async function organisationOf(ctx: Ctx, id: string | undefined, team: boolean): Promise<string | null> {
  if (!id) return null;
  const known = team
    ? await ctx.db.selectFrom('organisation').select('id').where('id', '=', id).executeTakeFirst()
    : await ctx.db
        .selectFrom('organisation_member')
        .select('organisation_id as id')
        .where('organisation_id', '=', id)
        .where('person_id', '=', ctx.actor.personId)
        .executeTakeFirst();
  if (!known) throw notFound();
  return id;
}
