import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { record } from '../../core/journal.ts';
import { isWeakPin } from './accounts.rules.ts';
import { self } from './profile.ts';

export const pinInput = z.object({ pin: z.string().regex(/^\d{6}$/) });

export const pinFailuresAtMost = 5;
const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** Slow and keyed: the million PINs cannot be tried on a stolen table without the secret of the settings. */
async function hashPin(ctx: Pick<Ctx, 'secret'>, pin: string, salt: Buffer): Promise<string> {
  const key = await derive(`${ctx.secret}:${pin}`, salt, 32);
  return `${salt.toString('hex')}:${key.toString('hex')}`;
}

/** Chooses one's PIN for the shared tablets; it also unlocks it. */
export async function setPin(ctx: Ctx, input: z.output<typeof pinInput>): Promise<void> {
  const { personId, accountId } = self(ctx);
  if (isWeakPin(input.pin)) throw new Refusal('pin.weak', 'unprocessable');
  const hash = await hashPin(ctx, input.pin, randomBytes(16));
  await ctx.db.updateTable('account').set({ pin_hash: hash, pin_failures: 0 }).where('id', '=', accountId).execute();
  await record(ctx, { kind: 'pin.set', subjectKind: 'person', subjectId: personId });
}

/** Whether a PIN is an account's; counts the failures and refuses once there were five. */
export async function checkPin(ctx: Ctx, accountId: string, pin: string): Promise<void> {
  // Counted as a failure first: tried many times at once, five are compared and no more.
  const row = await ctx.db
    .updateTable('account')
    .set((eb) => ({ pin_failures: eb('pin_failures', '+', 1) }))
    .where('id', '=', accountId)
    .where('pin_hash', 'is not', null)
    .where('disabled_at', 'is', null)
    .where('pin_failures', '<', pinFailuresAtMost)
    .returning(['pin_hash', 'pin_failures'])
    .executeTakeFirst();
  if (!row?.pin_hash) throw new Refusal('pin.locked', 'forbidden');
  const salt = Buffer.from(row.pin_hash.split(':', 1)[0]!, 'hex');
  if (!sameSecret(await hashPin(ctx, pin, salt), row.pin_hash)) {
    const left = pinFailuresAtMost - row.pin_failures;
    throw left > 0 ? new Refusal('pin.wrong', 'unprocessable', { left }) : new Refusal('pin.locked', 'forbidden');
  }
  await ctx.db.updateTable('account').set({ pin_failures: 0 }).where('id', '=', accountId).execute();
}
