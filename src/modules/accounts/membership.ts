import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';

/** The organisation one asks for: one that one belongs to; for the team, any. */
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

/** Who named an organisation belongs to it: what they ask for it next counts with this. */
export async function belongTo(ctx: Ctx, organisationId: string, personId: string): Promise<void> {
  await ctx.db
    .insertInto('organisation_member')
    .values({ organisation_id: organisationId, person_id: personId, created_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
