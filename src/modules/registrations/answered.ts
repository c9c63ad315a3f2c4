import type { Ctx } from '../../core/context.ts';
import type { RegisterInput, Standing } from '../seating/index.ts';
import { isAnyMarkedOf, wasMarked } from './marks.ts';

/** Invitations that are answered by this: their rows make way for what is written now, with as many seats as were kept. */
export async function takeInvitations(
  ctx: Ctx,
  input: RegisterInput,
  standings: ReadonlyMap<string, Standing>,
): Promise<Map<string, number>> {
  const own = [...standings.values()].flatMap((standing) => (standing.own?.status === 'invited' ? [standing.own] : []));
  if (own.length === 0) return new Map();
  const invited = own.map(({ id }) => id);
  if (await isAnyMarkedOf(ctx, invited)) throw wasMarked(input.channel === 'relay' ? undefined : own[0]!.reference);
  const people = await ctx.db
    .deleteFrom('attendee')
    .where('registration_id', 'in', invited)
    .returning(['session_id', 'seat'])
    .execute();
  const rows = await ctx.db.deleteFrom('registration').where('id', 'in', invited).returning('session_id').execute();
  return new Map(
    rows.map((row) => [
      row.session_id,
      people.filter((one) => one.session_id === row.session_id && one.seat !== null).length,
    ]),
  );
}

/** Read again once the invitations are gone, but with the numbers they had. */
export const withOwn = (after: Map<string, Standing>, before: ReadonlyMap<string, Standing>): Map<string, Standing> =>
  new Map([...after].map(([id, standing]) => [id, { ...standing, own: before.get(id)!.own }]));
