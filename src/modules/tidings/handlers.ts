import { z } from 'zod';
import { codeFor, linkTokenFor } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidOf } from '../../core/idempotency.ts';
import { uuid } from '../../core/input.ts';
import { renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import type { Handler } from '../../core/module.ts';
import { registrationsByIds, requestOf } from '../registrations/index.ts';
import { matters, sessionsByIds } from '../timetable/index.ts';
import { mailMessages } from './mails.messages.ts';
import { factsOf, type Kind, tellMail } from './mails.ts';
import { formatOf, titleOf, whenOf } from './said.ts';
import { visitMessages } from './visits.messages.ts';
import { isVisit } from './visits.ts';

/** The mail with the code: it goes to the address that was typed, which belongs to nobody yet. */
async function tellCode(ctx: Ctx, registrationId: string, codeId: string): Promise<void> {
  const [view] = await registrationsByIds(ctx, [registrationId]);
  const code = await ctx.db
    .selectFrom('email_code')
    .select(['id', 'email', 'used_at'])
    .where('id', '=', codeId)
    .executeTakeFirst();
  if (!view || !code || code.used_at || view.status !== 'held') return;
  const views = await requestOf(ctx, view);
  const sessions = await sessionsByIds(
    ctx,
    views.map((one) => one.sessionId),
  );
  const all = views.map((one) => ({ view: one, session: sessions.find((two) => two.id === one.sessionId)! }));
  const { session } = all.find((one) => one.view.id === view.id)!;
  const locale = view.language;
  const visit = isVisit(session);
  const m = mailMessages[locale];
  const { confirmAsked } = (visit ? visitMessages : mailMessages)[locale];
  const digits = codeFor(ctx.secret, code.id);
  const link = new URLSearchParams({ jeton: linkTokenFor(ctx.secret, code.id) });
  const when = whenOf(session, locale);
  const until = formatOf(session, locale).time(view.holdExpiresAt ?? session.start);
  await sendLetter(ctx, {
    id: uuidOf(`registration.confirm_asked:${code.id}`),
    to: code.email,
    subject: confirmAsked.subject,
    ...renderLetter({
      locale,
      territory: { ...ctx.territory, telephone: session.site.telephone ?? ctx.territory.telephone },
      title: confirmAsked.title,
      preview: digits,
      paragraphs: [confirmAsked.text(visit ? when : `${titleOf(ctx, session, locale)}, ${when}`, until)],
      code: digits,
      facts: factsOf(ctx, all, locale).filter((fact) => fact.label !== m.reference),
      actions: [{ label: confirmAsked.action, href: `${ctx.publicUrl}/${locale}/inscriptions/confirmer?${link}` }],
      footer: [confirmAsked.late, confirmAsked.notYou],
    }),
    attachments: [],
    language: locale,
  });
}

const payloadSchema = z.object({
  registrationId: uuid,
  codeId: uuid.optional(),
  reason: z.union([z.string(), z.record(z.string(), z.string())]).nullish(),
  before: z.record(uuid, z.object({ start: z.coerce.date(), end: z.coerce.date() })).optional(),
  insteadIds: z.array(uuid).optional(),
  ids: z.array(uuid).optional(),
  what: z.array(z.enum(matters)).optional(),
});

const teller =
  (kind: Kind): Handler =>
  async (ctx, payload) => {
    const { registrationId, reason, before, insteadIds, ids, what } = payloadSchema.parse(payload);
    const instead = insteadIds && insteadIds.length > 0 ? await sessionsByIds(ctx, insteadIds) : [];
    await tellMail(ctx, kind, registrationId, { reason, before, instead, ids, what });
  };

/** What registrations leave in the outbox, and what people receive of it. */
export const mailHandlers: Record<string, Handler> = {
  'registration.confirm_asked': async (ctx, payload) => {
    const { registrationId, codeId } = payloadSchema.parse(payload);
    if (codeId) await tellCode(ctx, registrationId, codeId);
  },
  ...Object.fromEntries(
    (
      [
        'registered',
        'changed',
        'waiting',
        'offered',
        'offer_expired',
        'moved',
        'edited',
        'resumed',
        'postponed',
        'cancelled',
        'session_cancelled',
        'reminder',
        'invited',
        'thanks',
      ] as const
    ).map((kind) => [`registration.${kind}`, teller(kind)]),
  ),
};
