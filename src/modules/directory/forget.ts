import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { isLocale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import { later } from '../../core/outbox.ts';
import { erasePerson } from '../privacy/index.ts';
import { directoryMessages } from './directory.messages.ts';
import { mustRunAll, readPerson, scopeOf } from './directory.store.ts';

/** Erases a person who asked for it, and leaves one last mail to tell them. Oneself is erased from one's own account. */
export async function forget(ctx: Ctx, personId: string): Promise<void> {
  mustRunAll(ctx);
  await atomically(ctx, async (inside) => {
    const { id, email, language } = await readPerson(inside, scopeOf(ctx), personId);
    if (id !== personId || id === ctx.actor.personId) throw notFound();
    await erasePerson(inside, id, 'asked');
    // The only place the address is still in; the page says so, and the tidying takes it away.
    if (email) await later(inside, { topic: 'directory.erased', payload: { id: newId(), to: email, language } });
  });
}

/** Tells somebody that they are erased. */
export async function tellErased(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const given = String(payload.language);
  const locale = isLocale(given) ? given : ctx.locale;
  const m = directoryMessages[locale];
  const { territory } = ctx;
  const { text, html } = renderLetter({
    locale,
    territory,
    title: m.mailTitle,
    paragraphs: [m.mailText, m.mailAgain],
    footer: [m.mailFooter],
  });
  await sendLetter(ctx, {
    id: String(payload.id),
    to: String(payload.to),
    subject: m.mailSubject(territory.name),
    text,
    html,
    attachments: [],
    language: locale,
  });
}
