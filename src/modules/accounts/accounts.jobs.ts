import type { Ctx } from '../../core/context.ts';
import { isLocale } from '../../core/i18n.ts';
import { isUuid } from '../../core/ids.ts';
import { renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import { localPath } from './accounts.rules.ts';
import { signInMessages } from './sign-in.messages.ts';
import { codeToSend } from './sign-in.ts';

/** Sends the mail of a sign-in code; nothing when the code was used or is over meanwhile. */
export async function sendSignInCode(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const codeId = String(payload.codeId);
  const given = String(payload.locale);
  const locale = isLocale(given) ? given : ctx.locale;
  const code = isUuid(codeId) ? await codeToSend(ctx, codeId) : undefined;
  if (!code) return;
  const m = signInMessages[locale];
  const returnTo = localPath(String(payload.returnTo ?? ''));
  const query = new URLSearchParams({ jeton: code.linkToken, ...(returnTo ? { retour: returnTo } : {}) });
  const { text, html } = renderLetter({
    locale,
    territory: ctx.territory,
    title: m.mailTitle,
    paragraphs: [m.mailText],
    code: code.code,
    actions: [{ label: m.mailButton, href: `${ctx.publicUrl}/${locale}/connexion/lien?${query}` }],
    footer: [m.mailFooter],
  });
  const subject = m.mailSubject(code.code);
  await sendLetter(ctx, { id: code.id, to: code.email, subject, text, html, attachments: [], language: locale });
}
