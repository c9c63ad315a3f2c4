import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { asset } from '../../src/core/assets.ts';
import { addressReader } from '../../src/core/http.ts';
import type { Web } from '../../src/core/web.ts';
import { reserve } from '../../src/modules/booking/index.ts';
import { actorByEmail, type Visitor } from '../harness/app.ts';
import { makeResource, makeSite, monday9 } from '../harness/make.ts';
import { addressOf, expectSound, forgetAttempts, type Ground, openGround, routesOf, script } from './ground.ts';

// Thousands of requests: a machine that does other things besides needs the time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

let ground: Ground;
let secure: Ground;

beforeAll(async () => {
  ground = await openGround();
  secure = await openGround({ publicUrl: 'https://quai.example', demo: false });
});

afterAll(async () => {
  await ground?.close();
  await secure?.close();
});

const codeIn = (text: string) => /\b\d{6}\b/.exec(text)![0];

/** Asks for a code; the visitor then has the browser's half of it, and the mail the other. */
async function askForCode(one: Ground, email: string, headers: Record<string, string> = {}) {
  const visitor = one.app.visitor();
  const asked = await visitor.post('/fr/connexion', { email }, headers);
  expect(asked.status, asked.text).toBe(303);
  await one.app.work();
  const letter = one.app.letters.at(-1)!;
  return { visitor, asked, letter, code: codeIn(letter.text) };
}

const isSignedIn = async (visitor: Visitor) => (await visitor.get('/fr/compte')).status === 200;

/** What a request that does nothing leaves as it was. */
async function state(one: Ground): Promise<unknown[]> {
  const tables = [
    'booking',
    'journal',
    'outbox',
    'person',
    'account_session',
    'closure',
    'site',
    'resource',
    'visit',
  ] as const;
  return Promise.all(
    tables.map((table) =>
      one.db
        .selectFrom(table)
        .select((rows) => rows.fn.countAll().as('count'))
        .executeTakeFirst(),
    ),
  );
}

describe('A form of another site', () => {
  test('is refused on every route, and nothing is done', async () => {
    const before = await state(ground);
    const origins: Record<string, string>[] = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': '' },
      { origin: 'http://localhost:3000.evil.example', 'sec-fetch-site': '' },
      { origin: 'null', 'sec-fetch-site': '' },
    ];
    for (const { path } of routesOf(ground.app).filter(
      (route) => route.method === 'POST' && !route.path.startsWith('/api/'),
    )) {
      for (const [index, headers] of origins.entries()) {
        const who = index % 2 === 0 ? ground.viewers.administrator : ground.viewers.nobody;
        const answer = await who.post(addressOf(path, ground.fill), { email: 'a@quai.example', note: 'x' }, headers);
        expectSound(answer, path);
        expect(answer.status, path).toBe(403);
        expect(answer.text, path).toContain('rien n’a été fait');
        expect(answer.headers.get('set-cookie'), path).toBeNull();
      }
    }
    expect(await state(ground)).toEqual(before);
  });

  test('is refused by the public address alone where the house is open to the world', async () => {
    const visitor = secure.app.visitor();
    const forged = await visitor.post(
      '/fr/connexion',
      { email: 'habitant@quai.example' },
      { origin: 'http://localhost:3000', 'sec-fetch-site': '' },
    );
    expect(forged.status).toBe(403);
    const ours = await visitor.post(
      '/fr/connexion',
      { email: 'habitant@quai.example' },
      { origin: 'https://quai.example', 'sec-fetch-site': '' },
    );
    expect(ours.status).toBe(303);
  });
});

describe('A body that is not what it says', () => {
  test('is answered soundly by every route', async () => {
    const bodies: [string, string][] = [
      ['multipart/form-data', 'no boundary'],
      ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nunfinished'],
      [
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="photo"; filename="a\u0000.png"\r\nContent-Type: image/png\r\n\r\n\u0000\r\n--x--',
      ],
      ['application/x-www-form-urlencoded', '%=%&%E0%A4%A=%00&name=%ED%A0%80&=&&&a[b][c]=1&__proto__[x]=1'],
      ['application/json', '{"note":["x"]}'],
      ['text/plain', 'note=x'],
      ['', ''],
    ];
    const cookie = await cookieOf('admin@quai.example');
    for (const { path } of routesOf(ground.app).filter(
      (route) => route.method === 'POST' && !/api|deconnexion/.test(route.path),
    )) {
      for (const [type, body] of bodies) {
        const response = await ground.app.app.request(`http://localhost:3000${addressOf(path, ground.fill)}`, {
          method: 'POST',
          body,
          headers: { 'sec-fetch-site': 'same-origin', cookie, ...(type ? { 'content-type': type } : {}) },
        });
        const text = await response.text();
        const answer = {
          status: response.status,
          location: response.headers.get('location'),
          text,
          headers: response.headers,
          json: () => ({}),
        };
        expectSound(answer, `${path} ${type} ${body.slice(0, 40)}`);
      }
    }
    await forgetAttempts(ground.db);
  });

  test('of a megabyte is too large, said in words', async () => {
    for (const path of ['/fr/connexion', '/fr/reservations', '/fr/equipe/la-station/notes', '/fr/gestion/territoire']) {
      const answer = await ground.viewers.administrator.post(path, { note: 'x'.repeat(1_000_000) });
      expectSound(answer, path);
      expect([answer.status, answer.text.includes('trop gros')], path).toEqual([413, true]);
    }
    const long = await ground.viewers.nobody.get(`/fr/trouver?besoin=${'x'.repeat(100_000)}`);
    expectSound(long, 'a long question');
  });

  async function cookieOf(email: string): Promise<string> {
    const { visitor, code } = await askForCode(ground, email);
    const answer = await visitor.post('/fr/connexion/code', { code });
    return answer.headers
      .getSetCookie()
      .find((line) => line.startsWith('quai_session='))!
      .split(';')[0]!;
  }
});

describe('Codes and links', () => {
  test('a thousand wrong codes open nothing, and are slowed down', async () => {
    const { visitor, code } = await askForCode(ground, 'habitant@quai.example');
    const statuses = new Set<number>();
    for (let tried = 0; tried < 1_000; tried += 1) {
      const wrong = String((Number(code) + 1 + tried) % 1_000_000).padStart(6, '0');
      const answer = await visitor.post('/fr/connexion/code', { code: wrong });
      expect(answer.headers.get('set-cookie') ?? '').not.toContain('session=');
      statuses.add(answer.status);
    }
    expect([...statuses].every((status) => status === 422 || status === 429)).toBe(true);
    expect(statuses.has(429)).toBe(true);
    // Even the right one, then.
    await forgetAttempts(ground.db);
    await visitor.post('/fr/connexion/code', { code });
    expect(await isSignedIn(visitor)).toBe(false);
    await forgetAttempts(ground.db);
  });

  test('work once, and only in the browser that asked', async () => {
    const first = await askForCode(ground, 'habitant@quai.example');
    const elsewhere = ground.app.visitor();
    await elsewhere.post('/fr/connexion/code', { code: first.code });
    expect(await isSignedIn(elsewhere)).toBe(false);
    const cookie = first.asked.headers.getSetCookie()[0]!.split(';')[0]!.split('=');
    expect((await first.visitor.post('/fr/connexion/code', { code: first.code })).status).toBe(303);
    expect(await isSignedIn(first.visitor)).toBe(true);
    const replay = ground.app.visitor();
    replay.setCookie(cookie[0]!, cookie[1]!);
    expect((await replay.post('/fr/connexion/code', { code: first.code })).status).toBeGreaterThanOrEqual(400);
    expect(await isSignedIn(replay)).toBe(false);
    const second = await askForCode(ground, 'habitant@quai.example');
    const jeton = /jeton=([\w-]+)/.exec(second.letter.text)![1]!;
    const opened = ground.app.visitor();
    // Opened by a mail scanner, a link does nothing.
    expect((await opened.get(`/fr/connexion/lien?jeton=${jeton}`)).status).toBe(200);
    expect(await isSignedIn(opened)).toBe(false);
    expect((await opened.post('/fr/connexion/lien', { jeton })).status).toBe(303);
    const again = ground.app.visitor();
    expect((await again.post('/fr/connexion/lien', { jeton })).status).toBeGreaterThanOrEqual(400);
    expect(await isSignedIn(again)).toBe(false);
  });

  test('a session given in advance is never the one that is opened', async () => {
    const { visitor, code } = await askForCode(ground, 'theo@quai.example');
    visitor.setCookie('quai_session', 'chosen-by-somebody-else');
    const answer = await visitor.post('/fr/connexion/code', { code });
    const session = answer.headers.getSetCookie().find((line) => line.startsWith('quai_session='))!;
    expect(session).not.toContain('chosen-by-somebody-else');
    await visitor.post('/fr/deconnexion');
    const old = ground.app.visitor();
    old.setCookie('quai_session', session.split(';')[0]!.split('=')[1]!);
    expect(await isSignedIn(old)).toBe(false);
  });

  test('asking for many is refused, by e-mail and by address', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1)
      statuses.push((await ground.app.visitor().post('/fr/connexion', { email: 'ines@quai.example' })).status);
    expect(statuses.slice(0, 5)).toEqual([303, 303, 303, 303, 303]);
    expect(statuses.at(-1)).toBe(429);
    for (let count = 0; count < 25; count += 1)
      statuses.push(
        (
          await ground.app
            .visitor({ 'x-forwarded-for': `203.0.113.${count}` })
            .post('/fr/connexion', { email: `a${count}@quai.example` })
        ).status,
      );
    // A header anybody may write is no other address.
    expect(statuses.at(-1)).toBe(429);
    await forgetAttempts(ground.db);
  });

  test('a visitor holds two bookings at most, and one machine not the whole house', async () => {
    const site = await makeSite(ground.db);
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const room = await makeResource(ground.db, site.id);
      const chose = `${room.slug}|2026-11-24T14:00:00+01:00|2026-11-24T15:00:00+01:00`;
      const form = { chose, nom: 'Camille', email: 'someone@quai.example', personnes: '1', pour: 'moi' };
      statuses.push((await ground.app.visitor().post('/fr/reservations', form)).status);
    }
    expect(statuses.slice(0, 2)).toEqual([303, 303]);
    expect(statuses[2]).toBeGreaterThanOrEqual(400);
  });
});

describe('Addresses that lie', () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    'javascript:alert(7171)',
    '\\\\evil.example',
    '/%09/evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/@evil.example/..//x',
  ];

  test('the way back stays here', async () => {
    for (const retour of elsewhere) {
      const page = await ground.viewers.nobody.get(`/fr/connexion?${new URLSearchParams({ retour })}`);
      expectSound(page, retour);
      expect(page.text, retour).not.toMatch(/name="retour" value="(?!\/[^/\\])/);
      const { visitor, code } = await askForCode(ground, 'maud@quai.example');
      const answer = await visitor.post('/fr/connexion/code', { code, retour });
      const location = new URL(answer.location!, 'http://localhost:3000');
      expect([location.origin, answer.location!.startsWith('//')], retour).toEqual(['http://localhost:3000', false]);
      await forgetAttempts(ground.db);
    }
  });

  test('a forged Host reaches no mail and no redirect', async () => {
    const { letter, asked } = await askForCode(secure, 'habitant@quai.example', {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      origin: 'https://quai.example',
    });
    expect(letter.text + letter.html).not.toContain('evil.example');
    expect(letter.text).toContain('https://quai.example/fr/connexion/lien?jeton=');
    expect(asked.location).toBe('/fr/connexion/code');
    const reference = await secure.app.visitor().get('/api/v1/openapi.json', { host: 'evil.example' });
    expect(reference.text).not.toContain('evil.example');
  });

  test('the address of a visitor is what a trusted proxy says, never what anybody says', () => {
    const from = (remoteAddress: string, forwarded?: string) =>
      ({
        env: { incoming: { socket: { remoteAddress } } },
        req: { header: (name: string) => (name === 'x-forwarded-for' ? forwarded : undefined) },
      }) as unknown as Web;
    const read = addressReader(['127.0.0.1', '10.0.0.0/8', 'fd00::/8', 'nonsense']);
    expect(read(from('127.0.0.1', '203.0.113.9'))).toBe('203.0.113.9');
    expect(read(from('::ffff:127.0.0.1', '198.51.100.1, 203.0.113.9, 10.1.2.3'))).toBe('203.0.113.9');
    expect(read(from('fd00::1', '2001:db8::9'))).toBe('2001:db8::9');
    expect(read(from('203.0.113.1', '127.0.0.1'))).toBe('203.0.113.1');
    expect(read(from('127.0.0.1', script))).toBe('127.0.0.1');
    expect(read(from('127.0.0.1'))).toBe('127.0.0.1');
    expect(addressReader([])(from('203.0.113.1', '198.51.100.1'))).toBe('203.0.113.1');
  });

  test('nothing but the published files is served', async () => {
    for (const path of [
      '/static/',
      '/static/../package.json',
      '/static/%2e%2e/%2e%2e/package.json',
      '/static/..%2f..%2fpackage.json',
      '/static/..%5c..%5cpackage.json',
      '/static//etc/passwd',
      '/static/%00',
      `${asset('quai.css')}.br`,
      `${asset('quai.css')}%00`,
      '/files/../package.json',
      '/package.json',
      '/.git/config',
      '/var/secret',
      '/dist/main.js',
    ]) {
      const answer = await ground.viewers.nobody.get(path);
      expectSound(answer, path);
      expect(answer.status, path).toBe(404);
    }
    // Kept mails are for the demonstration only.
    for (const path of ['/dev/mails', '/dev/mails/01900000-0000-7000-8000-00000000ffff', '/dev/mails/x/0'])
      expect((await secure.viewers.administrator.get(path)).status, path).toBe(404);
  });
});

describe('Headers', () => {
  const addresses = [
    '/',
    '/fr',
    '/nowhere',
    '/fr/compte',
    '/healthz',
    '/readyz',
    '/live',
    '/static/nothing.css',
    '/ics/site/la-station.ics',
    '/api/v1/sites',
    '/api/v1/bookings',
    '/api/v1/openapi.json',
    '/api/v1/reference',
    '/fr/tableau/la-station',
    '/fr/connexion',
  ];

  test('of safety are on every answer, and over https a browser is told to stay there', async () => {
    for (const path of [...addresses, asset('quai.css')]) {
      for (const one of [ground, secure]) {
        const answer = await one.viewers.inhabitant.get(path);
        expectSound(answer, path);
        expect(answer.headers.get('x-powered-by'), path).toBeNull();
        expect(answer.headers.has('strict-transport-security'), path).toBe(one === secure);
      }
    }
  });

  test('keep what is private out of shared caches', async () => {
    const inhabitant = await ground.app.signedIn('habitant@quai.example');
    for (const path of [
      '/fr',
      '/fr/trouver',
      '/fr/mes-reservations',
      '/fr/compte',
      '/fr/compte/donnees',
      '/fr/compte/donnees.json',
      '/nowhere',
    ])
      expect((await inhabitant.get(path)).headers.get('cache-control') ?? 'private', path).toMatch(/private|no-store/);
  });

  test('of cookies keep them from scripts, from other sites, and over https from everything else', async () => {
    const plain = await askForCode(ground, 'habitant@quai.example');
    const hidden = await askForCode(secure, 'habitant@quai.example', { origin: 'https://quai.example' });
    const lines = [
      ...plain.asked.headers.getSetCookie(),
      ...(await plain.visitor.post('/fr/connexion/code', { code: plain.code })).headers.getSetCookie(),
    ];
    const https = [
      ...hidden.asked.headers.getSetCookie(),
      ...(await hidden.visitor.post('/fr/connexion/code', { code: hidden.code })).headers.getSetCookie(),
    ];
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of [...lines, ...https]) expect(line).toMatch(/HttpOnly.*SameSite=Lax/);
    for (const line of https) {
      expect(line).toMatch(/^__Host-quai_/);
      expect(line).toMatch(/Secure/);
      expect(line).toMatch(/Path=\//);
      expect(line).not.toMatch(/Domain=/);
    }
  });
});

describe('What is written by one and read by others', () => {
  test('stays words in pages, mails and calendars', async () => {
    const name = `${script}\r\nBcc: evil@evil.example\nEND:VEVENT`;
    const site = await makeSite(ground.db, { name });
    const room = await makeResource(ground.db, site.id, { name });
    await ground.db.updateTable('person').set({ name }).where('email', '=', 'habitant@quai.example').execute();
    const ctx = ground.app.ctx(await actorByEmail(ground.db, 'habitant@quai.example'));
    const at = (hour: number) => new Date(monday9.getTime() + hour * 3_600_000);
    const { bookings } = await reserve(ctx, {
      items: [{ resourceId: room.id, start: at(24), end: at(25) }],
      people: 1,
      person: { id: ctx.actor.personId! },
      purpose: name,
      channel: 'web',
    });
    await ground.app.work();
    const letter = ground.app.letters.at(-1)!;
    expect(letter.html).not.toContain('<script>');
    expect(letter.subject).not.toMatch(/[\r\n]/);
    const { reference } = bookings[0]!;
    const administrator = await ground.app.signedIn('admin@quai.example');
    const inhabitant = await ground.app.signedIn('habitant@quai.example');
    const pages = [
      await inhabitant.get(`/fr/reservations/${reference}`),
      await inhabitant.get('/fr/mes-reservations'),
      await inhabitant.get('/fr/compte'),
      await inhabitant.get(`/fr/reservations/${reference}/bulletin`),
      await administrator.get(`/fr/equipe/${site.slug}?jour=2026-11-24`),
      await administrator.get(`/fr/equipe/${site.slug}/planning?jour=2026-11-24`),
      await administrator.get(`/fr/equipe/${site.slug}/reservations/${reference}`),
      await administrator.get(`/fr/tableau/${site.slug}`),
      await ground.viewers.nobody.get(`/fr/lieux/${site.slug}`),
      await ground.viewers.nobody.get(`/fr/lieux/${site.slug}/${room.slug}?jour=2026-11-24`),
      await ground.viewers.nobody.get('/fr/lieux'),
    ];
    for (const [index, answer] of pages.entries()) {
      expectSound(answer, `page ${index}`);
      expect(answer.status, `page ${index}`).toBe(200);
    }
    for (const path of [`/fr/reservations/${reference}/agenda.ics`, `/ics/site/${site.slug}.ics`]) {
      const calendar = await inhabitant.get(path);
      expect(calendar.status, path).toBe(200);
      const events = new ICAL.Component(ICAL.parse(calendar.text)).getAllSubcomponents('vevent');
      expect(events.length, path).toBe(1);
      expect(calendar.text.match(/^END:VEVENT\r?$/gm)?.length, path).toBe(1);
    }
  });
});

test('The log tells of all this and of nobody', () => {
  const text = [...ground.lines, ...secure.lines];
  expect(text.length).toBeGreaterThan(1_000);
  const routes = new Set([...ground.app.app.routes.map((route) => route.path), undefined]);
  const personal =
    /@|\?|quai\.example|habitant|Camille|Delmotte|03530|8K7MQ2XW9P|7171|evil|jeton|<script|la-station|0353|Bcc|127\.0\.0\.1|203\.0\.113/i;
  for (const line of text) {
    const { requestId: _, time: __, route, ...told } = JSON.parse(line);
    // The route is a pattern of the code's own; whatever else was asked is not repeated.
    expect(routes.has(route), line).toBe(true);
    expect(JSON.stringify(told)).not.toMatch(personal);
  }
  expect(text.filter((line) => JSON.parse(line).level === 'error' || JSON.parse(line).level >= 50)).toEqual([]);
});
