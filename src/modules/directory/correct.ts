import { sql } from 'kysely';
import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { sqlState } from '../../core/errors.ts';
import { locales } from '../../core/i18n.ts';
import { optionalEmail, optionalTelephone, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { personByEmail } from '../accounts/index.ts';
import { changedKeys, refuseField, stale, version } from '../setup/index.ts';
import { type Person, readPerson, scopeOf } from './directory.store.ts';

export const correctInput = z.object({
  version,
  name: text(120),
  email: optionalEmail,
  telephone: optionalTelephone,
  language: z.enum(locales),
});

/** Corrects a person's record. The e-mail, by which one signs in, only by who administers the whole territory. */
export async function correct(ctx: Ctx, personId: string, input: z.output<typeof correctInput>): Promise<void> {
  const scope = scopeOf(ctx);
  try {
    await atomically(ctx, async (inside) => {
      const before = await readPerson(inside, scope, personId);
      const after = {
        name: input.name,
        email: scope.whole ? (input.email ?? null) : before.email,
        telephone: input.telephone ?? null,
        language: input.language,
      };
      const { rows } = await sql`
        update person set name = ${after.name}, email = ${after.email}, telephone = ${after.telephone},
          language = ${after.language}, version = version + 1
        where id = ${before.id} and version = ${input.version} and erased_at is null returning id`.execute(inside.db);
      if (rows.length === 0) throw stale();
      if (after.email !== before.email) await changeEmail(inside, before, after.email);
      const fields = changedKeys(before, after);
      if (fields.length === 0) return;
      await record(inside, {
        kind: 'person.corrected',
        subjectKind: 'person',
        subjectId: before.id,
        data: { fields },
      });
    });
  } catch (error) {
    if (sqlState(error) === '23505') throw taken();
    throw error;
  }
}

const taken = () => refuseField('email', 'directory.email_taken');

/** The new address is proven by nobody yet, and what the old one opened is closed: it may have been somebody else's. */
async function changeEmail(ctx: Ctx, before: Person, email: string | null): Promise<void> {
  if (email === null && before.account) throw refuseField('email', 'directory.email_needed');
  // One merged into another still answers to its e-mail, which no constraint sees.
  const holder = email === null ? undefined : await personByEmail(ctx, email);
  if (holder && holder.id !== before.id) throw taken();
  await ctx.db.updateTable('person').set({ confirmed_at: null }).where('id', '=', before.id).execute();
  const accounts = ctx.db.selectFrom('account').select('id').where('person_id', '=', before.id);
  for (const table of ['account_session', 'api_token'] as const)
    await ctx.db
      .updateTable(table)
      .set({ revoked_at: ctx.now })
      .where('account_id', 'in', accounts)
      .where('revoked_at', 'is', null)
      .execute();
  await ctx.db
    .updateTable('calendar_feed')
    .set({ revoked_at: ctx.now })
    .where('person_id', '=', before.id)
    .where('revoked_at', 'is', null)
    .execute();
  if (before.email) await ctx.db.deleteFrom('email_code').where('email', '=', before.email).execute();
}
