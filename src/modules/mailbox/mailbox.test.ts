import { expect, test } from 'vitest';
import { makeApp } from '../../../test/harness/app.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { newId } from '../../core/ids.ts';
import { renderLetter } from '../../core/letter.ts';
import { makePostman } from '../../core/mail.ts';

const base = useDatabase({ max: 2 });
async function keepOne(): Promise<string> {
  const app = await makeApp(base.db);
  const id = newId();
  const { territory } = app.ctx();
  await makePostman({ smtpUrl: undefined, mailFrom: undefined, keep: true }).deliver(app.ctx(), {
    id,
    to: 'lea@exemple.fr',
    subject: 'Bonjour <script>',
    ...renderLetter({
      locale: 'fr',
      territory,
      title: 'Bonjour',
      paragraphs: ['Voir aussi http://evil.example/x'],
      actions: [{ label: 'Voir', href: 'http://localhost:3000/r/ABC' }],
      image: { cid: 'qr', alt: 'Code', width: 200 },
    }),
    attachments: [
      { filename: 'reservation.ics', contentType: 'text/calendar', content: Buffer.from('BEGIN').toString('base64') },
      { filename: 'qr.png', contentType: 'image/png', content: 'aGk=', cid: 'qr' },
    ],
    language: 'fr',
  });
  return id;
}

test('in demonstration mails are read, their links followed, their files taken', async () => {
  const id = await keepOne();
  const visitor = (await makeApp(base.db)).visitor();
  expect((await visitor.get('/dev/mails')).text).toContain('Bonjour &lt;script&gt;');
  const mail = await visitor.get(`/dev/mails/${id}`);
  expect(mail.text).toContain('href="/r/ABC"');
  expect(mail.text).not.toContain('href="http://evil.example');
  const html = await visitor.get(`/dev/mails/${id}/html`);
  expect(html.headers.get('content-security-policy')).toContain('sandbox');
  expect(html.text).toContain('src="data:image/png;base64,aGk="');
  const file = await visitor.get(`/dev/mails/${id}/0`);
  expect(file.text).toBe('BEGIN');
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="reservation.ics"');
  for (const path of [`/dev/mails/${id}/9`, `/dev/mails/${newId()}`, '/dev/mails/x', '/dev/mails/%00/html']) {
    expect((await visitor.get(path)).status).toBe(404);
  }
});

test('in production there is no mailbox', async () => {
  const id = await keepOne();
  const visitor = (await makeApp(base.db, { demo: false })).visitor();
  for (const path of ['/dev/mails', `/dev/mails/${id}`, `/dev/mails/${id}/html`, `/dev/mails/${id}/0`]) {
    expect((await visitor.get(path)).status).toBe(404);
  }
});

test('the legal pages say what is true, in three languages', async () => {
  const visitor = (await makeApp(base.db)).visitor();
  expect((await visitor.get('/fr/accessibilite')).text).toMatch(/«\snon conforme\s»/);
  expect((await visitor.get('/nl/accessibilite')).text).toContain('niet conform');
  expect((await visitor.get('/en/mentions-legales')).status).toBe(200);
  const privacy = await visitor.get('/fr/confidentialite');
  expect(privacy.text).toContain('3 ans après votre dernière visite');
  expect((await visitor.get('/de/confidentialite')).status).toBe(404);
});
