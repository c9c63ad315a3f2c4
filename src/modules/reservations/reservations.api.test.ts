import { beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makeAccount, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { hashSecret, newId, newToken } from '../../core/ids.ts';

const app = useHouse();
let siteId: string;
let caller: Visitor;
let other: Visitor;

beforeAll(async () => {
  siteId = (await makeSite(app.db)).id;
  caller = await withToken(['bookings:read', 'bookings:write']);
  other = await withToken(['bookings:read', 'bookings:write']);
});

async function withToken(scopes: string[]): Promise<Visitor> {
  const person = await makePerson(app.db);
  const account_id = await makeAccount(app.db, person.id);
  const token = newToken();
  const row = { id: newId(), account_id, name: 'test', token_hash: hashSecret(token), scopes, created_at: monday9 };
  await app.db.insertInto('api_token').values(row).execute();
  return app.visitor({ authorization: `Bearer ${token}` });
}

const root = '/api/v1/bookings';
const tuesday = { start: '2026-11-24T14:00:00+01:00', end: '2026-11-24T16:00:00+01:00' };
type Said = {
  id: string;
  reference: string;
  status: string;
  start: string;
  version: number;
  code: string;
  reasons: { code: string }[];
};
const said = (answer: { json: () => unknown }) => answer.json() as Said;

describe('Bookings by REST', () => {
  test('need a token, and its scope', async () => {
    const room = await makeResource(app.db, siteId);
    const nobody = await app.visitor().call('POST', root, { resource: room.slug, ...tuesday, people: 1 });
    expect(nobody.status).toBe(401);
    expect((await app.visitor().call('POST', root, { nonsense: true })).status).toBe(401);
    expect((await app.visitor().get(root)).status).toBe(401);
    const reader = await withToken(['bookings:read']);
    const refused = await reader.call('POST', root, { resource: room.slug, ...tuesday, people: 1 });
    expect([refused.status, said(refused).code]).toEqual([403, 'token.scope']);
  });

  test('are made, read, listed, moved, cancelled', async () => {
    const room = await makeResource(app.db, siteId);
    const made = await caller.call('POST', root, { resource: room.slug, ...tuesday, people: 3, purpose: 'Essai' });
    expect(made.status).toBe(201);
    const booking = said(made);
    expect(made.json()).toMatchObject({ status: 'confirmed', resource: room.slug, ...tuesday, people: 3, version: 1 });
    expect(made.headers.get('etag')).toBe('"1"');
    const read = await caller.get(`${root}/${booking.id}`);
    expect(read.json()).toEqual(made.json());
    expect((await caller.get(`${root}/${booking.reference}`)).status).toBe(200);
    const list = (await caller.get(`${root}?limit=1`)).json() as { items: Said[]; next: string | null };
    expect(list.items.map((one) => one.id)).toEqual([booking.id]);
    const start = '2026-11-25T10:00:00+01:00';
    const moved = await caller.call('POST', `${root}/${booking.id}/move`, { start }, { 'if-match': '"1"' });
    expect([moved.status, said(moved).start, said(moved).version]).toEqual([200, start, 2]);
    const stale = await caller.call('POST', `${root}/${booking.id}/cancellation`, {}, { 'if-match': '"1"' });
    expect([stale.status, said(stale).code]).toEqual([412, 'stale']);
    const bad = await caller.call('POST', `${root}/${booking.id}/cancellation`, {}, { 'if-match': 'x' });
    expect(bad.status).toBe(422);
    const early = await caller.call('POST', `${root}/${booking.id}/check-in`);
    expect([early.status, said(early).code]).toEqual([422, 'booking.too_early']);
    const gone = await caller.call('POST', `${root}/${booking.id}/cancellation`);
    expect([gone.status, said(gone).status]).toEqual([200, 'cancelled']);
  });

  test('of others are not there', async () => {
    const room = await makeResource(app.db, siteId);
    const { id } = said(await caller.call('POST', root, { resource: room.slug, ...tuesday, people: 1 }));
    expect((await other.get(`${root}/${id}`)).status).toBe(404);
    for (const path of ['cancellation', 'move', 'check-in'])
      expect([path, (await other.call('POST', `${root}/${id}/${path}`, {})).status]).toEqual([path, 404]);
    for (const forged of ['x', newId(), '%00', '00000000-0000-0000-0000-000000000000'])
      expect([forged, (await caller.get(`${root}/${forged}`)).status]).toEqual([forged, 404]);
  });

  test('taken are refused as booking.taken with every reason', async () => {
    const room = await makeResource(app.db, siteId);
    const body = { resource: room.slug, ...tuesday, people: 1 };
    expect((await caller.call('POST', root, body)).status).toBe(201);
    const taken = await other.call('POST', root, body);
    expect(taken.status).toBe(409);
    expect(taken.headers.get('content-type')).toContain('application/problem+json');
    expect(said(taken)).toMatchObject({ code: 'booking.taken', reasons: [{ code: 'booking.taken' }] });
  });

  test('with the same key book once, even at once; with another body the key is refused', async () => {
    const room = await makeResource(app.db, siteId, { units: 5, capacity: 1 });
    const body = { resource: room.slug, ...tuesday, people: 1 };
    const key = { 'idempotency-key': 'clé-1'.normalize('NFD').replace(/\P{ASCII}/gu, '') };
    const all = await Promise.all(Array.from({ length: 5 }, () => caller.call('POST', root, body, key)));
    expect(new Set(all.map((one) => one.status))).toEqual(new Set([201]));
    expect(new Set(all.map((one) => said(one).id)).size).toBe(1);
    const changed = await caller.call('POST', root, { ...body, people: 2 }, key);
    expect([changed.status, said(changed).code]).toEqual([422, 'idempotency.mismatch']);
    expect((await other.call('POST', root, body, key)).status).toBe(201);
  });

  test.each([
    [{ start: 'hier' }],
    [{ start: '0001-01-01T00:00:00Z' }],
    [{ people: 0 }],
    [{ people: 1.5 }],
    [{ resource: 7 }],
    [{ purpose: 'x'.repeat(10_000) }],
  ])('ill-formed are refused, not broken: %j', async (over) => {
    const room = await makeResource(app.db, siteId);
    const answer = await caller.call('POST', root, { resource: room.slug, ...tuesday, people: 1, ...over });
    expect([answer.status, said(answer).code]).toEqual([422, 'request.invalid']);
  });

  test('of things that do not exist, reversed or past are refused', async () => {
    const room = await makeResource(app.db, siteId);
    const at = (over: object) => caller.call('POST', root, { resource: room.slug, ...tuesday, people: 1, ...over });
    expect((await at({ resource: 'nulle-part' })).status).toBe(404);
    expect(said(await at({ start: tuesday.end, end: tuesday.start })).code).toBe('booking.order');
    expect(said(await at({ start: '2025-11-24T14:00:00Z', end: '2025-11-24T15:00:00Z' })).code).toBe('booking.past');
  });

  test('are described', async () => {
    const document = (await app.visitor().get('/api/v1/openapi.json')).json() as { paths: Record<string, unknown> };
    for (const path of ['', '/{id}', '/{id}/cancellation', '/{id}/move', '/{id}/check-in'])
      expect(Object.keys(document.paths)).toContain(`/bookings${path}`);
  });
});
