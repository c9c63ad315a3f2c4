import nodemailer from 'nodemailer';
import type { Ctx, Territory } from './context.ts';
import type { Locale } from './i18n.ts';
import { isUuid, newId } from './ids.ts';
import type { MailAttachment } from './schema.ts';

/** A mail ready to leave, in the reader's language. */
export type Letter = {
  /** A UUID that names this mail: sent twice by a job run twice, it is kept once and carries the same Message-ID. */
  id?: string | undefined;
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments: MailAttachment[];
  language: Locale;
};

/** What a postman must know of the place a mail leaves from. */
export type MailRoom = Pick<Ctx, 'db' | 'now' | 'territory' | 'publicUrl'>;

/** Delivers mails; throws when one could not be, so that its job is run again. */
export type Postman = { deliver(room: MailRoom, letter: Letter): Promise<void>; close(): void };

export type PostmanOptions = {
  smtpUrl: string | undefined;
  /** "Name <address>" or an address; by default the territory's own. */
  mailFrom: string | undefined;
  /** Keeps each mail in the database, readable at /dev/mails: demonstration only. */
  keep: boolean;
};

/** Sends a mail from a job's handler: never from a command, whose transaction may be undone. */
export const sendLetter = (ctx: Ctx, letter: Letter): Promise<void> => ctx.postman.deliver(ctx, letter);

/** A postman that keeps the letters in a list, for tests. */
export const keepingPostman = (): Postman & { letters: Letter[] } => {
  const letters: Letter[] = [];
  return { letters, deliver: async (_room, letter) => void letters.push(letter), close: () => undefined };
};

/** The postman of the settings: SMTP where a server is given, the database where mails are kept, both or either. */
export function makePostman(options: PostmanOptions): Postman {
  const transport = options.smtpUrl
    ? nodemailer.createTransport({
        url: options.smtpUrl,
        pool: true,
        maxConnections: 2,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 30_000,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    : undefined;
  return {
    async deliver(room, letter) {
      const id = letter.id && isUuid(letter.id) ? letter.id : newId();
      if (transport) await transport.sendMail(toMessage(room, letter, id, options.mailFrom));
      if (options.keep) await keep(room, letter, id);
    },
    close: () => transport?.close(),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The sender: the setting, else the territory, else an address of the site that nobody reads. */
export function senderOf(territory: Territory, publicUrl: string, mailFrom: string | undefined) {
  const named = /^(.*)<([^<>\s]+@[^<>\s]+)>$/.exec(mailFrom?.trim() ?? '');
  if (named) return { name: oneLine(named[1]!).replace(/^"|"$/g, '') || territory.name, address: named[2]! };
  const address = mailFrom?.trim() || territory.email || `no-reply@${new URL(publicUrl).hostname}`;
  return { name: territory.name, address };
}

function toMessage(room: MailRoom, letter: Letter, id: string, mailFrom: string | undefined) {
  const { territory, publicUrl } = room;
  return {
    from: senderOf(territory, publicUrl, mailFrom),
    ...(territory.email ? { replyTo: { name: territory.name, address: territory.email } } : {}),
    // As an object: a comma in what people typed never makes a second recipient.
    to: { name: '', address: letter.to },
    subject: oneLine(letter.subject),
    text: letter.text,
    html: letter.html,
    date: room.now,
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
    attachments: letter.attachments.map(({ filename, contentType, content, cid }) => ({
      filename,
      contentType,
      content: Buffer.from(content, 'base64'),
      ...(cid ? { cid } : {}),
    })),
  };
}

async function keep(room: MailRoom, letter: Letter, id: string): Promise<void> {
  await room.db
    .insertInto('mail')
    .values({
      id,
      recipient: letter.to,
      subject: oneLine(letter.subject),
      body_text: letter.text,
      body_html: letter.html,
      attachments: JSON.stringify(letter.attachments),
      language: letter.language,
      created_at: room.now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
