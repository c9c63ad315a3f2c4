import { z } from 'zod';
import { openSession } from '../../core/auth.ts';
import { addMinutes } from '../../core/clock.ts';
import { typedCodeFor } from '../../core/codes.ts';
import { type Ctx, system } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { hashSecret, newId, newToken } from '../../core/ids.ts';
import { text, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { limit } from '../../core/limits.ts';
import { checkPin } from '../accounts/index.ts';
import { mayAdminister, peopleOfTablet } from './team.store.ts';

export const deviceInput = z.object({ name: text(80), site: uuid });
export const unlockInput = z.object({ person: uuid, pin: z.string().max(20) });

/** How long the code that enrols a tablet serves. */
export const enrolmentMinutes = 30;
const enrolmentTries = { name: 'device.enrolment', hits: 20, minutes: 15 };
const unlockTries = { name: 'device.unlock', hits: 60, minutes: 15 };

/** Announces a tablet of one site; the code that enrols it is made again from the id for whoever administers the site. */
export async function announceDevice(ctx: Ctx, input: z.output<typeof deviceInput>): Promise<string> {
  if (!mayAdminister(ctx, input.site)) throw notFound();
  return atomically(ctx, async (inside) => {
    const id = newId();
    await inside.db
      .insertInto('device')
      .values({
        id,
        site_id: input.site,
        name: input.name,
        token_hash: hashSecret(typedCodeFor(ctx.secret, id)),
        enrolled_by: ctx.actor.personId,
        created_at: ctx.now,
      })
      .execute();
    await record(inside, {
      kind: 'device.announced',
      subjectKind: 'device',
      subjectId: id,
      data: { siteId: input.site },
    });
    return id;
  });
}

/** The code to open on a tablet, shown to who administers its site until it was used or is over. */
export async function enrolmentOf(ctx: Ctx, deviceId: string): Promise<{ name: string; code: string | undefined }> {
  const code = typedCodeFor(ctx.secret, deviceId);
  const device = await ctx.db
    .selectFrom('device')
    .select(['name', 'site_id', 'token_hash', 'created_at'])
    .where('id', '=', deviceId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!device || !mayAdminister(ctx, device.site_id)) throw notFound();
  const waiting = device.token_hash === hashSecret(code) && device.created_at > addMinutes(ctx.now, -enrolmentMinutes);
  return { name: device.name, code: waiting ? code : undefined };
}

/** Enrols the tablet on which the code is typed: the code is replaced by a secret that only this tablet holds. Once. */
export async function enrolDevice(ctx: Ctx, typed: string, address: string): Promise<string> {
  await limit(ctx, enrolmentTries, address);
  const code = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const token = newToken();
  return atomically(ctx, async (inside) => {
    const device = await inside.db
      .updateTable('device')
      .set({ token_hash: hashSecret(token), last_used_at: ctx.now })
      .where('token_hash', '=', hashSecret(code))
      .where('last_used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('created_at', '>', addMinutes(ctx.now, -enrolmentMinutes))
      .returning(['id', 'enrolled_by'])
      .executeTakeFirst();
    if (!device) throw new Refusal('team.device_code_gone', 'unprocessable');
    const actor = { ...system, personId: device.enrolled_by, deviceId: device.id };
    await record({ ...inside, actor }, { kind: 'device.enrolled', subjectKind: 'device', subjectId: device.id });
    return token;
  });
}

/** Ends a tablet and every session open on it. */
export async function revokeDevice(ctx: Ctx, deviceId: string): Promise<void> {
  await atomically(ctx, async (inside) => {
    const device = await inside.db
      .updateTable('device')
      .set({ revoked_at: ctx.now })
      .where('id', '=', deviceId)
      .where('revoked_at', 'is', null)
      .returning('site_id')
      .executeTakeFirst();
    if (!device || !mayAdminister(ctx, device.site_id)) throw notFound();
    await inside.db
      .updateTable('account_session')
      .set({ revoked_at: ctx.now })
      .where('device_id', '=', deviceId)
      .where('revoked_at', 'is', null)
      .execute();
    await record(inside, { kind: 'device.revoked', subjectKind: 'device', subjectId: deviceId });
  });
}

/** The tablet a secret belongs to. */
export function findDevice(ctx: Pick<Ctx, 'db'>, token: string | undefined) {
  if (!token) return Promise.resolve(undefined);
  return ctx.db
    .selectFrom('device as d')
    .innerJoin('site as s', 's.id', 'd.site_id')
    .select(['d.id', 'd.name', 'd.site_id as siteId', 's.slug as siteSlug', 's.name as siteName'])
    .where('d.token_hash', '=', hashSecret(token))
    .where('d.last_used_at', 'is not', null)
    .where('d.revoked_at', 'is', null)
    .executeTakeFirst();
}

/** Someone of the site's team takes a tablet in hand: their name and PIN open a session that locks after two minutes. */
export async function unlock(
  ctx: Ctx,
  device: { id: string; siteId: string },
  input: z.output<typeof unlockInput>,
  agent: string,
): Promise<string> {
  await limit(ctx, unlockTries, device.id);
  const people = await peopleOfTablet(ctx, device.siteId);
  const person = people.find((one) => one.personId === input.person);
  if (!person) throw notFound();
  await checkPin(ctx, person.accountId, input.pin);
  await ctx.db.updateTable('device').set({ last_used_at: ctx.now }).where('id', '=', device.id).execute();
  return openSession(ctx.db, ctx.now, person.accountId, agent, device.id);
}
