import type { Ctx } from '../../core/context.ts';
import { isLocale, say } from '../../core/i18n.ts';
import { isUuid } from '../../core/ids.ts';
import { renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import { invitationToSend } from './invite.ts';
import { teamMessages } from './team.messages.ts';

/** Sends the mail of an invitation; nothing when it was withdrawn or accepted meanwhile. */
export async function sendInvitation(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const id = String(payload.invitationId);
  const given = String(payload.locale);
  const locale = isLocale(given) ? given : ctx.locale;
  const invitation = isUuid(id) ? await invitationToSend(ctx, id) : undefined;
  if (!invitation) return;
  const m = teamMessages[locale];
  const { territory, publicUrl } = ctx;
  const site = invitation.siteName ? say(invitation.siteName, locale, territory.mainLanguage) : m.allSites;
  const { text, html } = renderLetter({
    locale,
    territory,
    title: m.invitation,
    paragraphs: [m.invitationText(m.roles[invitation.role], site, territory.name), m.roleHints[invitation.role]],
    actions: [
      {
        label: m.mailButton,
        href: `${publicUrl}/${locale}/invitation?${new URLSearchParams({ jeton: invitation.linkToken })}`,
      },
    ],
    footer: [m.mailFooter],
  });
  const subject = m.mailSubject(territory.name);
  await sendLetter(ctx, { id, to: invitation.email, subject, text, html, attachments: [], language: locale });
}
