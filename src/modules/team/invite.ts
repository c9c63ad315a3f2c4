import { z } from 'zod';
import { addMinutes } from '../../core/clock.ts';
import { linkTokenFor } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { hashSecret, newId } from '../../core/ids.ts';
import { email, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { limit } from '../../core/limits.ts';
import { later } from '../../core/outbox.ts';
import { enter, type SignedIn } from '../accounts/index.ts';
import { grantRole } from './roles.ts';
import { mayAdminister } from './team.store.ts';

export const inviteInput = z.object({
  email,
  role: z.enum(['administrator', 'team', 'member']),
  /** A site, or all of them. */
  site: z.union([z.literal('all'), uuid]),
});

export const invitationDays = 7;
const perPerson = { name: 'team.invitations', hits: 60, minutes: 60 };

/** Invites someone by mail to a role at a site or at all; whoever opens the mail's link within seven days holds it. */
export async function invite(ctx: Ctx, input: z.output<typeof inviteInput>): Promise<string> {
  const siteId = input.site === 'all' ? null : input.site;
  if (!mayAdminister(ctx, siteId)) throw notFound();
  await limit(ctx, perPerson, ctx.actor.personId ?? '');
  return atomically(ctx, async (inside) => {
    if (siteId) {
      const site = await inside.db
        .selectFrom('site')
        .select('id')
        .where('id', '=', siteId)
        .where('archived_at', 'is', null)
        .executeTakeFirst();
      if (!site) throw notFound();
    }
    const id = newId();
    await inside.db
      .insertInto('invitation')
      .values({
        id,
        email: input.email,
        role: input.role,
        site_id: siteId,
        token_hash: hashSecret(linkTokenFor(ctx.secret, id)),
        invited_by: ctx.actor.personId,
        created_at: ctx.now,
        expires_at: addMinutes(ctx.now, invitationDays * 24 * 60),
      })
      .execute();
    await later(inside, { topic: 'team.invitation', payload: { invitationId: id, locale: ctx.locale } });
    await record(inside, {
      kind: 'invitation.sent',
      subjectKind: 'invitation',
      subjectId: id,
      data: { role: input.role, siteId },
    });
    return id;
  });
}

/** Takes an invitation back: its link leads nowhere from then on. */
export async function revokeInvitation(ctx: Ctx, invitationId: string): Promise<void> {
  await atomically(ctx, async (inside) => {
    const row = await inside.db
      .updateTable('invitation')
      .set({ revoked_at: ctx.now })
      .where('id', '=', invitationId)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('site_id')
      .executeTakeFirst();
    if (!row || !mayAdminister(ctx, row.site_id)) throw notFound();
    await record(inside, { kind: 'invitation.revoked', subjectKind: 'invitation', subjectId: invitationId });
  });
}

/** The invitation a link stands for, while it can still be accepted. */
export function invitationOfLink(ctx: Ctx, linkToken: string) {
  return ctx.db
    .selectFrom('invitation as i')
    .leftJoin('site as s', 's.id', 'i.site_id')
    .select(['i.id', 'i.email', 'i.role', 'i.site_id', 's.name as siteName', 'i.invited_by'])
    .where('i.token_hash', '=', hashSecret(linkToken))
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', ctx.now)
    .executeTakeFirst();
}

/** Accepts an invitation: the link proves the e-mail, so it opens the account and the session too. Once. */
export async function acceptInvitation(ctx: Ctx, linkToken: string, agent: string): Promise<SignedIn> {
  return atomically(ctx, async (inside) => {
    const gone = new Refusal('team.invitation_gone', 'unprocessable');
    const found = await invitationOfLink(inside, linkToken);
    if (!found) throw gone;
    const taken = await inside.db
      .updateTable('invitation')
      .set({ accepted_at: ctx.now })
      .where('id', '=', found.id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!taken) throw gone;
    const signedIn = await enter(inside, found.email, agent);
    await grantRole(
      { ...inside, actor: { ...inside.actor, personId: signedIn.personId } },
      { personId: signedIn.personId, role: found.role, siteId: found.site_id, grantedBy: found.invited_by },
    );
    return signedIn;
  });
}

/** What the mail of an invitation needs, found again from its id; undefined when it no longer serves. */
export async function invitationToSend(ctx: Ctx, invitationId: string) {
  const linkToken = linkTokenFor(ctx.secret, invitationId);
  const row = await invitationOfLink(ctx, linkToken);
  return row && { ...row, linkToken };
}
