import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { record } from '../../core/journal.ts';
import { among, self } from '../accounts/index.ts';
import { type Kept, onErase } from './hooks.ts';

/** Erases oneself: what other modules keep first, then the person, whose id alone is left in the journal. */
export async function eraseMyself(ctx: Ctx): Promise<void> {
  await erasePerson(ctx, self(ctx).personId, 'asked');
}

/** Blanks a person for good; bookings to come are cancelled and rights withdrawn by the modules' hooks, in the same transaction. */
export async function erasePerson(ctx: Ctx, personId: string, why: 'asked' | 'retention'): Promise<void> {
  await atomically(ctx, async (inside) => {
    const person = await inside.db
      .selectFrom('person')
      .select(['id', 'email'])
      .where('id', '=', personId)
      .where('erased_at', 'is', null)
      // Twice at once is once; what refers to the person meanwhile need not wait.
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!person) throw notFound();
    for (const hook of onErase) await hook.erase(inside, personId);
    const merged = await inside.db
      .selectFrom('person')
      .select(['id', 'email'])
      .where('merged_into', '=', personId)
      .execute();
    const all = [person, ...merged];
    await forgetAccount(
      inside,
      all.map((one) => one.id),
    );
    await forgetMails(
      inside,
      all.flatMap((one) => one.email ?? []),
    );
    await inside.db.deleteFrom('organisation_member').where('person_id', '=', personId).execute();
    await inside.db
      .updateTable('person')
      .set((eb) => ({
        name: '',
        email: null,
        telephone: null,
        confirmed_at: null,
        last_seen_at: null,
        erased_at: ctx.now,
        version: eb('version', '+', 1),
      }))
      .where(
        among(
          'id',
          all.map((one) => one.id),
        ),
      )
      .execute();
    await record(inside, { kind: 'person.erased', subjectKind: 'person', subjectId: personId, data: { why } });
  });
}

async function forgetAccount(ctx: Ctx, personIds: string[]): Promise<void> {
  const accounts = await ctx.db.selectFrom('account').select('id').where(among('person_id', personIds)).execute();
  await ctx.db.deleteFrom('calendar_feed').where(among('person_id', personIds)).execute();
  if (accounts.length === 0) return;
  const ids = accounts.map((account) => account.id);
  await ctx.db.deleteFrom('account_session').where(among('account_id', ids)).execute();
  await ctx.db.deleteFrom('api_token').where(among('account_id', ids)).execute();
  await ctx.db
    .deleteFrom('idempotency')
    .where(among('owner_id', [...ids, ...personIds]))
    .execute();
  await ctx.db.updateTable('account').set({ disabled_at: ctx.now, pin_hash: null }).where(among('id', ids)).execute();
}

async function forgetMails(ctx: Ctx, emails: string[]): Promise<void> {
  if (emails.length === 0) return;
  await ctx.db.deleteFrom('email_code').where(among('email', emails)).execute();
  await ctx.db.deleteFrom('mail').where(among('recipient', emails)).execute();
  await ctx.db.deleteFrom('invitation').where(among('email', emails)).execute();
}

/** What the other modules erase and keep, as the page says it before anything is done. */
export async function whatErasingDoes(ctx: Ctx, personId: string): Promise<{ erased: string[]; kept: Kept[] }> {
  const erased: string[] = [];
  const kept: Kept[] = [];
  for (const hook of onErase) {
    erased.push(...((await hook.erased?.(ctx, personId)) ?? []));
    kept.push(...((await hook.kept?.(ctx, personId)) ?? []));
  }
  return { erased, kept };
}

const day = 24 * 60;

/** An instant so many days before now. */
export const daysAgo = (now: Date, days: number): Date => addMinutes(now, -days * day);
