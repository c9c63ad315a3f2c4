import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect } from 'vitest';
import { connect, type Db } from '../../src/core/db.ts';
import { newId } from '../../src/core/ids.ts';
import { type Answer, makeApp, origin, type TestApp, type Visitor } from '../harness/app.ts';
import { cloneDatabase } from '../harness/cluster.ts';
import { monday9 } from '../harness/make.ts';
import { type Planted, plant } from './planted.ts';

/** What an attacker writes wherever they can: it must come back escaped, or not at all. */
export const script = '<script>alert(7171)</script>';
export const attribute = '" onmouseover="alert(7171)" x="';

/** Values nobody expects, as they would be typed. */
export const nasty: readonly string[] = [
  script,
  attribute,
  `'"><img src=x onerror=alert(7171)>`,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'x\uDFFFy',
  '\uFFFD',
  '😀👩‍👩‍👧',
  '\u202Eevil\u2066',
  '-1',
  '0',
  '1.5',
  '1e999',
  'Infinity',
  '-Infinity',
  'NaN',
  '99999999999999999999',
  '2147483648',
  '9007199254740993',
  '0x10',
  '0001-01-01',
  '9999-12-31',
  '10000-01-01',
  '-000001-01-01',
  '2026-02-30',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-11-24T14:00:00+01:00',
  '2026-11-23T08:00:00+99:99',
  '2026-W48-1',
  '24:00',
  '25:61',
  '٢٠٢٦-١١-٢٣',
  '//evil.example/',
  'https://evil.example/',
  'javascript:alert(7171)',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '[object Object]',
  "' or 1=1 --",
  '{}',
  '[]',
  '%',
  '%00',
  '%E0%A4%A',
  'a\r\nSet-Cookie: evil=1',
  'évil@quai.example\r\nBcc: evil@evil.example',
  '00000000-0000-0000-0000-000000000000',
  '01900000-0000-7000-8000-00000000ffff',
  'x'.repeat(5_000),
];

/** The same in a path, some of them broken on purpose. */
export const nastySegments: readonly string[] = [
  '%00',
  encodeURIComponent(script),
  '%E0%A4%A',
  encodeURIComponent(attribute),
  '%ED%A0%80%ff',
  '%2e%2e%2f..%5c%2e%2e%2fetc%2fpasswd',
  '%F0%9F%98%80%E2%80%AE',
  '__proto__',
  '0001-01-01',
  '01900000-0000-7000-8000-00000000ffff',
  'ZZZZZZZZZZ',
  'x'.repeat(3_000),
];

export type Ground = {
  app: TestApp;
  db: Db;
  /** Lines of the log so far. */
  lines: string[];
  viewers: Record<'nobody' | 'inhabitant' | 'team' | 'administrator', Visitor>;
  /** What a parameter of a path is usually filled with: things of other people where there are any. */
  fill: Record<string, string>;
  /** A coming booking of somebody who is none of the viewers, at a site whose team none of them is. */
  foreign: { id: string; reference: string };
  /** Sessions, registrations and what else is theirs alone, at the same site. */
  planted: Planted;
  close: () => Promise<void>;
};

/** The demonstration, with the four kinds of visitors and a log that is read. */
export async function openGround(
  options: { publicUrl?: string; demo?: boolean; trustedProxies?: string[] } = {},
): Promise<Ground> {
  const clone = await cloneDatabase();
  const db = connect(clone.url, { max: 4 });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const app = await makeApp(db, { now: monday9, ...options, log: pino({ level: 'debug', base: null }, sink) });
  const foreign = await foreignBooking(db);
  const planted = await plant(db);
  return {
    app,
    db,
    lines,
    viewers: {
      nobody: app.visitor(),
      inhabitant: await app.signedIn('habitant@quai.example'),
      team: await app.signedIn('equipe@quai.example'),
      administrator: await app.signedIn('admin@quai.example'),
    },
    fill: await usualValues(db, foreign, planted),
    foreign,
    planted,
    close: async () => {
      await db.destroy();
      await clone.drop();
    },
  };
}

async function foreignBooking(db: Db): Promise<Ground['foreign']> {
  const at = (hours: number) => new Date(monday9.getTime() + hours * 3_600_000);
  const resource = await db
    .selectFrom('resource')
    .innerJoin('site', 'site.id', 'resource.site_id')
    .select('resource.id')
    .where('site.slug', '=', 'mini-station-eperlecques')
    .executeTakeFirstOrThrow();
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'theo@quai.example')
    .executeTakeFirstOrThrow();
  const booking = { id: newId(), reference: '8K7MQ2XW9P' };
  await db
    .insertInto('booking')
    .values({
      ...booking,
      resource_id: resource.id,
      person_id: person.id,
      status: 'confirmed',
      starts_at: at(28),
      ends_at: at(29),
      purpose: 'secret-purpose-7171',
      channel: 'web',
      created_at: monday9,
      confirmed_at: monday9,
    })
    .execute();
  return booking;
}

async function usualValues(db: Db, foreign: Ground['foreign'], planted: Planted): Promise<Record<string, string>> {
  const one = async (text: string) =>
    (await sql<{ value: string }>`${sql.raw(text)}`.execute(db)).rows[0]?.value ?? newId();
  return {
    locale: 'fr',
    site: 'la-station',
    ref: foreign.reference,
    reference: planted.open.reference,
    session: planted.open.id,
    registration: planted.registration.reference,
    attendee: planted.registration.attendeeId,
    'presence/:ref': planted.open.reference,
    'agenda/:ref': planted.open.reference,
    'seances/:ref': planted.open.reference,
    'inscriptions/:ref': planted.registration.reference,
    'avis/:ref': planted.registration.reference,
    'rendez-vous/:ref': planted.visit.reference,
    'absence/:ref': planted.visit.reference,
    ':code/:ref': planted.visit.reference,
    'relais/:code': planted.commune,
    'sujets/:slug': planted.reason.slug,
    commune: planted.commune,
    'equipe/:id': planted.helper,
    'feuilles/:file': `${planted.sheet}.pdf`,
    'a-regler/:id': planted.fieldEntry,
    code: foreign.reference,
    id: foreign.id,
    booking: foreign.id,
    person: await one(`select person_id as value from booking where id = '${foreign.id}'`),
    resource: await one(
      "select r.slug as value from resource r join site s on s.id = r.site_id where s.slug = 'la-station' order by r.rank limit 1",
    ),
    space: await one(
      "select p.slug as value from space p join site s on s.id = p.site_id where s.slug = 'la-station' order by p.rank limit 1",
    ),
    stop: await one('select id as value from stop order by starts_at desc limit 1'),
    line: await one('select slug as value from line limit 1'),
    file: 'la-station.ics',
    sha256: 'a'.repeat(64),
    name: '400.webp',
    at: '0',
    gesture: 'cancellation',
    kind: 'reservation',
    slug: 'la-station',
  };
}

export type Route = { method: 'GET' | 'POST'; path: string };

/** Every route of the application that answers by itself, once. */
export function routesOf(app: TestApp): Route[] {
  const seen = new Map<string, Route>();
  for (const { method, path } of app.app.routes) {
    if ((method !== 'GET' && method !== 'POST') || path === '/static/*') continue;
    seen.set(`${method} ${path}`, { method, path });
  }
  return [...seen.values()];
}

const parameter = /:(\w+)(\{(?:[^{}]|\{[^{}]*\})*\})?/g;

/** The names of a route's parameters. */
export const parametersOf = (path: string): string[] => [...path.matchAll(parameter)].map((found) => found[1]!);

/**
 * An address of a route, with what is spoilt of it; an unknown parameter is a fault of this file. What stands before a parameter
 * may say more than its name: `inscriptions/:reference` is no session's.
 */
export const addressOf = (path: string, fill: Record<string, string>, spoilt: Record<string, string> = {}): string =>
  path.replace(parameter, (_, name: string, __: string | undefined, at: number) => {
    const before = (path.slice(0, at).split('/').at(-2) ?? '').replace(/^(:\w+).*/, '$1');
    const value = spoilt[name] ?? fill[`${before}/:${name}`] ?? fill[name];
    if (value === undefined) throw new Error(`test/hostile/ground.ts does not know what to put in :${name} of ${path}`);
    return value;
  });

const policies = ["default-src 'none'"];

/** What is true of every answer whatever was asked; `what` says which it was. */
export function expectSound(answer: Answer, what: string): void {
  const { status, headers, text } = answer;
  expect(status, what).toBeLessThan(500);
  expect(headers.get('content-security-policy') ?? '', what).toContain(policies[0]);
  expect(headers.get('x-content-type-options'), what).toBe('nosniff');
  expect(headers.get('referrer-policy'), what).toBe('same-origin');
  expect(headers.get('x-request-id'), what).toMatch(/^[0-9a-f]{12}$/);
  const type = headers.get('content-type') ?? '';
  const shown = `${what} → ${status} ${type}`;
  if (type.includes('html')) {
    expect(text.includes('<script>alert'), shown).toBe(false);
    expect(text.includes('<img src=x'), shown).toBe(false);
    expect(/ onmouseover="alert/.test(text), shown).toBe(false);
    expect(/(?:href|action|src)="\s*(?:javascript:|\/\/evil|https:\/\/evil)/i.test(text), shown).toBe(false);
    // The frame alone is the same for everybody, and tested to be.
    if (!what.includes('/agenda/cadre')) expect(headers.get('cache-control') ?? '', shown).toMatch(/private|no-store/);
    if (status >= 400) expect(/<h1[\s>]/.test(text), shown).toBe(true);
  } else if (status >= 400) {
    expect(text.trim().length, `${shown}: ${text}`).toBeGreaterThan(12);
  }
  expect(
    /\n\s+at \S+ \(|node_modules|src\/(core|modules)\/|\.ts:\d+|dist\/main\.js|syntax error at|duplicate key/.test(
      text,
    ),
    shown,
  ).toBe(false);
  const location = answer.location;
  if (location) expect(new URL(location, origin).origin, `${shown} ${location}`).toBe(origin);
  expect(headers.get('set-cookie') ?? '', shown).not.toContain('evil');
}

/** Attempts are not what is tested here: the counters of limits are put back to nothing. */
export const forgetAttempts = (db: Db): Promise<unknown> => db.deleteFrom('rate_limit').execute();
