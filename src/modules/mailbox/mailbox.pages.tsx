import type { Child, FC } from 'hono/jsx';
import type { Locale } from '../../core/i18n.ts';
import { DataTable, DescriptionList, EmptyState, LinkButton, PageHead } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { mailboxMessages } from './mailbox.messages.ts';

type Reader = { locale: Locale; timeZone: string };
export type MailItem = { id: string; recipient: string; subject: string; language: string; created_at: Date };

/** All the mails, the last one first. */
export const MailboxPage: FC<Reader & { mails: MailItem[] }> = ({ locale, timeZone, mails }) => {
  const m = mailboxMessages[locale];
  const format = formatter(locale, timeZone);
  const reload = <LinkButton href="/dev/mails">{m.reload}</LinkButton>;
  return (
    <>
      <PageHead title={m.title} lead={m.lead} actions={reload} />
      <section class="section">
        <DataTable
          caption={m.title}
          quiet
          columns={[{ label: m.subject, heading: true }, { label: m.to }, { label: m.when }]}
          empty={
            <EmptyState title={m.empty}>
              <p>{m.emptyText}</p>
            </EmptyState>
          }
          rows={mails.map((mail) => [
            <a href={`/dev/mails/${mail.id}`} lang={mail.language}>
              {mail.subject}
            </a>,
            mail.recipient,
            format.dayTime(mail.created_at),
          ])}
        />
      </section>
    </>
  );
};

/** A text whose addresses can be followed; only those of this very site. */
function linked(text: string, publicUrl: string): Child[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part) => (part.startsWith(`${publicUrl}/`) ? <a href={part.slice(publicUrl.length)}>{part}</a> : part));
}

/** One mail as its plain text, with what came with it. */
export const MailPage: FC<
  Reader & { mail: MailItem & { body_text: string }; attachments: string[]; publicUrl: string }
> = ({ locale, timeZone, mail, attachments, publicUrl }) => {
  const m = mailboxMessages[locale];
  const base = `/dev/mails/${mail.id}`;
  return (
    <>
      <PageHead title={<span lang={mail.language}>{mail.subject}</span>} back={{ href: '/dev/mails', label: m.back }} />
      <DescriptionList
        items={[
          { term: m.to, value: mail.recipient },
          { term: m.when, value: formatter(locale, timeZone).dayTime(mail.created_at) },
        ]}
      />
      <div class="section prose" lang={mail.language}>
        {mail.body_text
          .trim()
          .split('\n\n')
          .map((block) => (
            <p>
              {block.split('\n').map((line, at) => (
                <>
                  {at > 0 ? <br /> : null}
                  {linked(line, publicUrl)}
                </>
              ))}
            </p>
          ))}
      </div>
      {attachments.length > 0 ? (
        <section class="section" aria-labelledby="attachments">
          <h2 id="attachments">{m.attachments}</h2>
          <ul>
            {attachments.map((name, at) => (
              <li>
                <a href={`${base}/${at}`}>{name}</a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p class="section">
        <LinkButton href={`${base}/html`}>{m.html}</LinkButton>
      </p>
    </>
  );
};
