import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { seeRegistration } from '../seating/index.ts';

/**
 * Whether any of these was written down on the list of those who came: then their row stays. They are held back from being
 * written down until the transaction ends, so that the answer holds.
 */
export async function isAnyMarked(ctx: Ctx, attendeeIds: readonly string[]): Promise<boolean> {
  const ids = [...attendeeIds];
  await sql`select from attendee where id = any(${ids}::uuid[]) order by id for update`.execute(ctx.db);
  const { rows } = await sql`select from attendance where attendee_id = any(${ids}::uuid[]) limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** The same of all who come with these registrations. */
export async function isAnyMarkedOf(ctx: Ctx, registrationIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from attendee where registration_id = any(${[...registrationIds]}::uuid[])`.execute(ctx.db);
  return isAnyMarked(
    ctx,
    rows.map((row) => row.id),
  );
}

/** Whoever was written down on the list stays on it: the invitation itself is to be answered. */
export const wasMarked = (reference: string | undefined): Refusal =>
  new Refusal('registration.was_marked', 'conflict', {}, reference ? seeRegistration(reference) : undefined);
