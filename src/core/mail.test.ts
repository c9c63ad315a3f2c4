import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/harness/house.ts';
import { makeCtx } from '../../test/harness/make.ts';
import { newId } from './ids.ts';
import { renderLetter } from './letter.ts';
import { type Letter, makePostman, senderOf, sendLetter } from './mail.ts';

const base = useDatabase({ max: 2 });
type Received = { from: string; to: string[]; raw: Buffer };

async function withServer(work: (url: string, received: Received[]) => Promise<void>, refuse = false): Promise<void> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, callback) =>
      refuse ? callback(Object.assign(new Error('mailbox full'), { responseCode: 452 })) : callback(),
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((one) => one.address),
          raw: Buffer.concat(parts),
        });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received);
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
}

const letter = (over: Partial<Letter> = {}): Letter => ({
  to: 'lea@exemple.fr',
  subject: 'Votre réservation : salle « Marais »',
  ...renderLetter({
    locale: 'fr',
    territory: { name: 'Pays d’essai', telephone: '03 00 00 00 00', email: null },
    title: 'Votre réservation est confirmée',
    paragraphs: ['Bonjour <Léa> & compagnie,'],
    facts: [{ label: 'Quand', value: 'lundi 23 novembre, 9 h 30' }],
    actions: [{ label: 'Voir la réservation', href: 'http://localhost:3000/r/ABC' }],
  }),
  attachments: [
    {
      filename: 'reservation.ics',
      contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      content: Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n').toString('base64'),
    },
    { filename: 'qr.png', contentType: 'image/png', content: Buffer.from([137, 80]).toString('base64'), cid: 'qr' },
  ],
  language: 'fr',
  ...over,
});

describe('the postman', () => {
  test('sends text, HTML, calendar and picture through a real server, as an independent reader reads them', async () => {
    await withServer(async (smtpUrl, received) => {
      const postman = makePostman({ smtpUrl, mailFrom: undefined, keep: false });
      const id = newId();
      await sendLetter(makeCtx(base.db, { postman }), letter({ id }));
      postman.close();
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({ from: 'contact@essai.example', to: ['lea@exemple.fr'] });
      const mail = await PostalMime.parse(received[0]!.raw);
      expect(mail.subject).toBe('Votre réservation : salle « Marais »');
      expect(mail.from).toMatchObject({ name: 'Pays d’essai', address: 'contact@essai.example' });
      expect(mail.messageId).toBe(`<${id}@localhost>`);
      expect(mail.text).toContain('Bonjour <Léa> & compagnie,');
      expect(mail.text).toContain('http://localhost:3000/r/ABC');
      expect(mail.html).toContain('Bonjour &lt;Léa&gt; &amp; compagnie,');
      expect(mail.html).toContain('href="tel:0300000000"');
      const calendar = mail.attachments.find((one) => one.filename === 'reservation.ics');
      const picture = mail.attachments.find((one) => one.filename === 'qr.png');
      expect(calendar).toMatchObject({ mimeType: 'text/calendar' });
      expect(new TextDecoder().decode(calendar?.content as ArrayBuffer)).toContain('BEGIN:VCALENDAR');
      expect(picture).toMatchObject({ mimeType: 'image/png', contentId: '<qr>' });
    });
  });

  test('an address that hides a second one reaches nobody else, a subject cannot add a header', async () => {
    await withServer(async (smtpUrl, received) => {
      const postman = makePostman({ smtpUrl, mailFrom: 'Quai <quai@exemple.fr>', keep: false });
      await postman.deliver(makeCtx(base.db), letter({ subject: 'Bonjour\r\nBcc: autre@exemple.fr' }));
      await postman.deliver(makeCtx(base.db), letter({ to: 'a@exemple.fr, b@exemple.fr' })).catch(() => undefined);
      postman.close();
      const [first, ...others] = received;
      expect(first?.from).toBe('quai@exemple.fr');
      expect(first?.to).toEqual(['lea@exemple.fr']);
      expect((await PostalMime.parse(first!.raw)).subject).toBe('Bonjour Bcc: autre@exemple.fr');
      expect(others.flatMap((one) => one.to)).not.toContain('b@exemple.fr');
    });
  });

  test('a server that refuses makes the delivery fail, so that the job is run again', async () => {
    await withServer(async (smtpUrl) => {
      const postman = makePostman({ smtpUrl, mailFrom: undefined, keep: true });
      await expect(postman.deliver(makeCtx(base.db), letter())).rejects.toThrow();
      postman.close();
      expect(await base.db.selectFrom('mail').select('id').execute()).toEqual([]);
    }, true);
  });

  test('in demonstration a mail is kept in the database, once even if its job runs twice', async () => {
    const postman = makePostman({ smtpUrl: undefined, mailFrom: undefined, keep: true });
    const id = newId();
    await postman.deliver(makeCtx(base.db), letter({ id }));
    await postman.deliver(makeCtx(base.db), letter({ id }));
    const kept = await base.db.selectFrom('mail').selectAll().where('id', '=', id).execute();
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ recipient: 'lea@exemple.fr', language: 'fr' });
    expect(kept[0]?.attachments).toHaveLength(2);
  });
});

test('the sender is the setting, else the territory, else an address of the site', () => {
  const { territory } = makeCtx(base.db);
  expect(senderOf(territory, 'https://quai.example', '"Le Quai" <a@b.fr>')).toEqual({
    name: 'Le Quai',
    address: 'a@b.fr',
  });
  expect(senderOf(territory, 'https://quai.example', 'a@b.fr').address).toBe('a@b.fr');
  expect(senderOf({ ...territory, email: null }, 'https://quai.example', undefined).address).toBe(
    'no-reply@quai.example',
  );
});

test('a link that is not of the web leads nowhere', () => {
  const { html } = renderLetter({
    locale: 'en',
    territory: { name: 'T', telephone: null, email: null },
    title: 'T',
    paragraphs: [],
    actions: [{ label: 'x', href: 'javascript:alert(1)' }],
  });
  expect(html).not.toContain('javascript:');
});
