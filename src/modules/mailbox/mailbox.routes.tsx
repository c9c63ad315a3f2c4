import type { Hono } from 'hono';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import type { Env, Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { mailboxMessages } from './mailbox.messages.ts';
import { MailboxPage, MailPage } from './mailbox.pages.tsx';

const shown = 200;

/** A mail brings its own styles and nothing else: no script, no request elsewhere, and it frames nowhere. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox";

const readerOf = (c: Web) => ({ locale: c.var.ctx.locale, timeZone: c.var.ctx.territory.timeZone });

async function readMail(c: Web) {
  const id = c.req.param('id') ?? '';
  if (!c.var.demo || !isUuid(id)) throw notFound();
  const mail = await c.var.ctx.db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirst();
  if (!mail) throw notFound();
  return mail;
}

/** The mails kept in demonstration; 404 anywhere else. */
export function mailboxRoutes(app: Hono<Env>): void {
  app.get('/dev/mails', async (c) => {
    if (!c.var.demo) throw notFound();
    const { ctx } = c.var;
    const mails = await ctx.db
      .selectFrom('mail')
      .select(['id', 'recipient', 'subject', 'language', 'created_at'])
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(shown)
      .execute();
    return page(c, { title: mailboxMessages[ctx.locale].title }, <MailboxPage {...readerOf(c)} mails={mails} />);
  });

  app.get('/dev/mails/:id', async (c) => {
    const mail = await readMail(c);
    const attachments = mail.attachments.map((one) => one.filename);
    return page(
      c,
      { title: mail.subject },
      <MailPage {...readerOf(c)} mail={mail} attachments={attachments} publicUrl={c.var.ctx.publicUrl} />,
    );
  });

  app.get('/dev/mails/:id/html', async (c) => {
    const mail = await readMail(c);
    c.header('Content-Security-Policy', mailPolicy);
    c.header('Content-Type', 'text/html; charset=utf-8');
    // Pictures that came with the mail are put in their place, as a mailbox does.
    const html = mail.attachments.reduce(
      (text, { cid, contentType, content }) =>
        cid && /^image\/[a-z]+$/.test(contentType)
          ? text.replaceAll(`cid:${cid}"`, `data:${contentType};base64,${content}"`)
          : text,
      mail.body_html,
    );
    return c.body(html);
  });

  app.get('/dev/mails/:id/:at{[0-9]{1,2}}', async (c) => {
    const mail = await readMail(c);
    const file = mail.attachments[Number(c.req.param('at'))];
    if (!file) throw notFound();
    c.header('Content-Type', file.contentType);
    const name = file.filename.replace(/[^\w.-]+/g, '_');
    c.header('Content-Disposition', `attachment; filename="${name}"`);
    return c.body(new Uint8Array(Buffer.from(file.content, 'base64')));
  });
}
