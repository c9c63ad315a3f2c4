import { sql } from 'kysely';
import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { email, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { findCommune } from '../communes/index.ts';

export const grantInput = z.object({ email, commune: text(120) });

/** Whoever administers a place may say who is its relay in a town hall. */
export const mustGrant = (ctx: Ctx): void => {
  mustHave(ctx.actor, 'administrator');
  if (ctx.actor.deviceId) throw notFound();
};

/** Makes of somebody known the relay of a commune. */
export async function grantRelay(ctx: Ctx, input: z.output<typeof grantInput>): Promise<void> {
  mustGrant(ctx);
  const found = await findCommune(ctx, input.commune);
  if (found.kind !== 'one') throw new Refusal('relay.commune', 'unprocessable', { field: 'commune' });
  const person = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('email', '=', input.email)
    .where('merged_into', 'is', null)
    .executeTakeFirst();
  if (!person) throw new Refusal('relay.person', 'unprocessable', { field: 'email' });
  const { code } = found.commune;
  await atomically(ctx, async (inside) => {
    // Said twice at once, it is said once.
    await sql`select from person where id = ${person.id} for no key update`.execute(inside.db);
    const held = await inside.db
      .selectFrom('relay')
      .select('id')
      .where('person_id', '=', person.id)
      .where('commune_code', '=', code)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (held) throw new Refusal('relay.known', 'conflict');
    const id = newId();
    const row = { id, person_id: person.id, commune_code: code, granted_by: ctx.actor.personId, created_at: ctx.now };
    await inside.db
      .insertInto('relay')
      .values({ ...row, revoked_at: null })
      .execute();
    const data = { communeCode: code };
    await record(inside, { kind: 'relay.granted', subjectKind: 'relay', subjectId: id, onBehalfOf: person.id, data });
  });
}

/** Takes the role of relay back: what was taken for residents stands. */
export async function revokeRelay(ctx: Ctx, id: string): Promise<void> {
  mustGrant(ctx);
  await atomically(ctx, async (inside) => {
    const row = await inside.db
      .updateTable('relay')
      .set({ revoked_at: ctx.now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst();
    if (!row) throw notFound();
    await record(inside, { kind: 'relay.revoked', subjectKind: 'relay', subjectId: id, onBehalfOf: row.person_id });
  });
}
