import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashSecret, newId, newToken } from '../../src/core/ids.ts';
import type { Answer, Visitor } from '../harness/app.ts';
import { makeAccount, makePerson, makeResource, makeSite, monday9 } from '../harness/make.ts';
import { expectSound, forgetAttempts, type Ground, nasty, openGround } from './ground.ts';

// Thousands of requests: a machine that does other things besides needs the time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

let ground: Ground;
let site: { id: string };
let room: { slug: string };
let caller: Visitor;
let other: Visitor;

beforeAll(async () => {
  ground = await openGround();
  site = await makeSite(ground.db);
  room = await makeResource(ground.db, site.id, { rules: { ownOverlaps: true, personAtOnce: 1_000 } });
  caller = await withToken(['bookings:read', 'bookings:write']);
  other = await withToken(['bookings:read', 'bookings:write']);
});

afterAll(() => ground?.close());

async function withToken(scopes: string[]): Promise<Visitor> {
  const person = await makePerson(ground.db);
  const account_id = await makeAccount(ground.db, person.id);
  const token = newToken();
  const row = { id: newId(), account_id, name: 'test', token_hash: hashSecret(token), scopes, created_at: monday9 };
  await ground.db.insertInto('api_token').values(row).execute();
  return ground.app.visitor({ authorization: `Bearer ${token}` });
}

const root = '/api/v1/bookings';
type Said = { id: string; reference: string; code: string; title: string; reasons: { code: string; text: string }[] };
const said = (answer: Answer) => answer.json() as Said;

/** A refusal of the API: problem+json, with its code and its reasons in words. */
function expectProblem(answer: Answer, what: string, status?: number): void {
  expectSound(answer, what);
  if (status !== undefined) expect(answer.status, what).toBe(status);
  if (answer.status < 400) return;
  expect(answer.headers.get('content-type'), what).toContain('application/problem+json');
  const { code, title, reasons } = said(answer);
  expect(code, what).toMatch(/^[a-z_.]+$/);
  expect(title.length, what).toBeGreaterThan(10);
  expect(reasons.length, what).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason.text.length, what).toBeGreaterThan(5);
}

const hours = (start: number, end: number) => ({
  start: new Date(monday9.getTime() + start * 3_600_000).toISOString(),
  end: new Date(monday9.getTime() + end * 3_600_000).toISOString(),
});

const bookings = async () =>
  Number(
    (
      await ground.db
        .selectFrom('booking')
        .select((one) => one.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  );

describe('The API, called by somebody hostile', () => {
  test('refuses every wrong time and says so', async () => {
    const before = await bookings();
    const wrong: [string, string][] = [
      ['0001-01-01T00:00:00Z', '0001-01-01T01:00:00Z'],
      ['9999-12-31T22:00:00Z', '9999-12-31T23:00:00Z'],
      ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'],
      ['2026-11-24T11:00:00Z', '2026-11-24T10:00:00Z'],
      ['2026-11-24T11:00:00Z', '2026-11-24T11:00:00Z'],
      ['2026-11-24T10:00:00Z', '2099-11-24T11:00:00Z'],
      ['2026-11-24T10:00:00', '2026-11-24T11:00:00'],
      ['2026-11-24', '2026-11-25'],
    ];
    for (const [start, end] of wrong) {
      const answer = await caller.call('POST', root, { resource: room.slug, start, end, people: 1 });
      expectProblem(answer, `${start} – ${end}`);
      expect([409, 422], `${start} – ${end}`).toContain(answer.status);
    }
    expect(await bookings()).toBe(before);
  });

  test('stands any value in any field of a body, and any body', async () => {
    const own = await makeResource(ground.db, site.id, { rules: { ownOverlaps: true, personAtOnce: 1_000 } });
    const valid = { resource: own.slug, ...hours(24, 25), people: 1, purpose: 'x' };
    const strange: unknown[] = [...nasty, null, true, 0, -1, 1e308, [], ['a'], {}, { toString: 1 }, [[[]]]];
    for (const field of Object.keys(valid)) {
      for (const value of strange) {
        const answer = await caller.call('POST', root, { ...valid, [field]: value });
        expectProblem(answer, `${field}=${JSON.stringify(value).slice(0, 60)}`);
      }
    }
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '1',
      '{"__proto__":{"people":3}}',
      '\u0000',
      '{"resource":"\\u0000"}',
      `${'['.repeat(20_000)}`,
    ];
    for (const path of [root, `${root}/${ground.foreign.id}/move`, `${root}/${ground.foreign.id}/cancellation`]) {
      for (const body of bodies) {
        for (const type of [
          'application/json',
          'text/plain',
          'multipart/form-data; boundary=x',
          'application/xml',
          '',
        ]) {
          const answer = await raw(path, body, type);
          expectProblem(answer, `${path} ${type} ${body.slice(0, 30)}`);
          expect(answer.status, `${path} ${type} ${body.slice(0, 30)}`).toBeGreaterThanOrEqual(400);
        }
      }
    }
    await forgetAttempts(ground.db);
  });

  /** A call whose body is exactly this. */
  async function raw(path: string, body: string, type: string): Promise<Answer> {
    return callRaw(path, { method: 'POST', body, headers: type ? { 'content-type': type } : {} });
  }

  async function callRaw(path: string, init: { method: string; body?: string; headers: Record<string, string> }) {
    const token = await tokenOf();
    const response = await ground.app.app.request(`http://localhost:3000${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      text,
      headers: response.headers,
      json: () => JSON.parse(text),
    };
  }

  let known: string | undefined;
  async function tokenOf(): Promise<string> {
    if (known) return known;
    const person = await makePerson(ground.db);
    const account_id = await makeAccount(ground.db, person.id);
    known = newToken();
    await ground.db
      .insertInto('api_token')
      .values({
        id: newId(),
        account_id,
        name: 'raw',
        token_hash: hashSecret(known),
        scopes: ['bookings:read', 'bookings:write'],
        created_at: monday9,
      })
      .execute();
    return known;
  }

  test('stands any query', async () => {
    const questions = {
      '/api/v1/sites': ['cursor', 'limit'],
      '/api/v1/resources': ['site', 'kind', 'people', 'cursor', 'limit', 'need'],
      '/api/v1/availability': ['from', 'to', 'minutes', 'kind', 'people', 'near', 'cursor', 'limit'],
      [root]: ['cursor', 'limit'],
    };
    const cursors = nasty.map((value) => Buffer.from(value).toString('base64url'));
    const usual: Record<string, string> = { from: '2026-11-23', to: '2026-11-24' };
    for (const [path, names] of Object.entries(questions)) {
      for (const name of names) {
        for (const value of name === 'cursor' ? [...nasty, ...cursors] : nasty) {
          const query = new URLSearchParams({ ...(path.endsWith('availability') ? usual : {}), [name]: value });
          expectProblem(await caller.get(`${path}?${query}`), `${path}?${name}=${JSON.stringify(value).slice(0, 60)}`);
        }
      }
      await forgetAttempts(ground.db);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(questions)),
        fc.dictionary(
          fc.constantFrom('from', 'to', 'minutes', 'people', 'near', 'cursor', 'limit', 'kind', 'site'),
          fc.constantFrom(...nasty),
          {
            maxKeys: 4,
          },
        ),
        async (path, query) => expectProblem(await caller.get(`${path}?${new URLSearchParams(query)}`), path),
      ),
      { numRuns: 60 },
    );
  });

  test('shows and changes nothing that is somebody else’s', async () => {
    const made = await caller.call('POST', root, { resource: room.slug, ...hours(24, 25), people: 1 });
    expect(made.status, made.text).toBe(201);
    for (const id of [
      said(made).id,
      said(made).reference,
      ground.foreign.id,
      ground.foreign.reference,
      newId(),
      '%00',
      '..',
      'x'.repeat(60),
    ]) {
      const asked = [other.get(`${root}/${id}`)];
      for (const gesture of ['cancellation', 'move', 'check-in'])
        asked.push(other.call('POST', `${root}/${id}/${gesture}`, gesture === 'check-in' ? undefined : {}));
      for (const answer of await Promise.all(asked)) {
        expectProblem(answer, id);
        expect([404, 422], `${id}: ${answer.text}`).toContain(answer.status);
        if (id.length < 40) expect(answer.status, id).toBe(404);
        expect(answer.text).not.toContain('7171');
      }
    }
    expect((said(await caller.get(`${root}/${said(made).id}`)) as unknown as { status: string }).status).toBe(
      'confirmed',
    );
  });

  test('asks for a token, a good one, with the right scope', async () => {
    const headers = [
      'Bearer',
      'Bearer ',
      `Bearer ${newToken()}`,
      'Basic YTpi',
      'Bearer a b',
      `Bearer ${'x'.repeat(5_000)}`,
      "Bearer ' or 1=1 --",
    ];
    for (const authorization of headers) {
      const answer = await ground.app.visitor({ authorization }).get(root);
      expectProblem(answer, authorization.slice(0, 40), 401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    expectProblem(await ground.app.visitor().get(root), 'no token', 401);
    const reader = await withToken(['bookings:read']);
    expectProblem(await reader.call('POST', root, { resource: room.slug, ...hours(26, 27), people: 1 }), 'scope', 403);
    // A session's cookie opens nothing here: a form of another site would carry it.
    expectProblem(await ground.viewers.inhabitant.get(root), 'cookie', 401);
    // A token opens no page.
    expect((await caller.get('/fr/compte')).status).toBe(303);
  });

  test('an idempotency key is each person’s own', async () => {
    const body = { resource: room.slug, ...hours(28, 29), people: 1 };
    const headers = { 'idempotency-key': 'the same' };
    const mine = await caller.call('POST', root, body, headers);
    expect(mine.status, mine.text).toBe(201);
    const again = await caller.call('POST', root, body, headers);
    expect([again.status, said(again).id]).toEqual([201, said(mine).id]);
    const theirs = await other.call('POST', root, body, headers);
    expectProblem(theirs, 'somebody else with the same key', 409);
    expect(theirs.text).not.toContain(said(mine).reference);
    expectProblem(await caller.call('POST', root, { ...body, people: 2 }, headers), 'another body', 422);
    for (const key of nasty.filter((one) => /^[\x20-\x7e\xa0-\xff]*$/.test(one)))
      expectProblem(
        await caller.call('POST', root, { ...body, people: 2 }, { 'idempotency-key': key }),
        key.slice(0, 30),
      );
  });

  test('If-Match is understood or refused', async () => {
    const made = await caller.call('POST', root, { resource: room.slug, ...hours(30, 31), people: 1 });
    const path = `${root}/${said(made).id}/cancellation`;
    for (const tag of ['"0"', '"-1"', '1', 'W/"x"', '"99999999999"', script(), '"1", "2"'])
      expectProblem(await caller.call('POST', path, {}, { 'if-match': tag }), tag, 422);
    expectProblem(await caller.call('POST', path, {}, { 'if-match': '"7"' }), 'stale', 412);
    expect((await caller.call('POST', path, {}, { 'if-match': made.headers.get('etag')! })).status).toBe(200);
  });

  const script = () => '"<script>alert(7171)</script>"';

  test('unknown calls and methods are problems too', async () => {
    for (const path of [
      '/api/v1',
      '/api/v1/',
      '/api/v1/nothing',
      '/api/v2/sites',
      '/api/',
      '/api/v1/bookings/x/y/z',
      '/api/v1/%00',
      '/api/v1/%E0%A4%A',
    ])
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])
        expectProblem(await caller.call(method, path, method === 'GET' ? undefined : {}), `${method} ${path}`, 404);
  });

  test('a body over the limit is refused as a problem', async () => {
    const answer = await caller.call('POST', root, {
      resource: room.slug,
      ...hours(32, 33),
      purpose: 'x'.repeat(1_000_000),
    });
    expectProblem(answer, '1 MB', 413);
  });
});
