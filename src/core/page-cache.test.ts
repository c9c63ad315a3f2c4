import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { Changes } from './changes.ts';
import { Body } from './compress.ts';
import { quietLog } from './log.ts';
import { PageCache, send } from './page-cache.ts';
import type { Env } from './web.ts';

/** A house of one page that counts how often it is made. */
function house(options: { shared?: boolean; status?: number; cookie?: boolean } = {}) {
  const changes = new Changes(undefined, quietLog);
  const pages = new PageCache(changes);
  const state = { made: 0, now: new Date('2026-11-23T08:00:10Z'), meanwhile: () => {} };
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set('ctx', { now: state.now, locale: 'fr', actor: { kind: 'anonymous' } } as never);
    await next();
  });
  app.use(pages.route);
  app.get('/page', (c) => {
    state.made += 1;
    const body = new Body(`<p>${'made '.repeat(400)}${state.made}</p>`);
    if (options.shared !== false) c.set('shared', body);
    if (options.cookie) c.header('Set-Cookie', 'a=b');
    state.meanwhile();
    return send(c, body, 'text/html; charset=utf-8', options.status);
  });
  const get = (path = '/page', headers: Record<string, string> = {}) => app.request(path, { headers });
  return { pages, changes, state, get };
}

async function madeAfter(one: ReturnType<typeof house>, ...asked: Parameters<ReturnType<typeof house>['get']>[]) {
  for (const args of asked) await one.get(...args);
  return one.state.made;
}

describe('a public page', () => {
  test('is made once for all who are not known, compressed for those who accept it', async () => {
    const one = house();
    const plain = await one.get();
    const again = await one.get('/page', { 'accept-encoding': 'br, gzip' });
    expect(one.state.made).toBe(1);
    expect(again.headers.get('content-encoding')).toBe('gzip');
    expect(Number(again.headers.get('content-length'))).toBeLessThan(Number(plain.headers.get('content-length')));
    expect(again.headers.get('vary')).toBe('Accept-Encoding');
    const text = await new Response(again.body!.pipeThrough(new DecompressionStream('gzip'))).text();
    expect(text).toBe(await plain.text());
    expect((await one.get('/page', { 'accept-encoding': 'gzip;q=0' })).headers.has('content-encoding')).toBe(false);
  });

  test('is made anew for another address, for one who has a cookie or a token, and each minute', async () => {
    expect(await madeAfter(house(), ['/page'], ['/page?a=1'], ['/page?a=2'])).toBe(3);
    expect(await madeAfter(house(), ['/page'], ['/page', { cookie: 'a=b' }])).toBe(2);
    expect(await madeAfter(house(), ['/page'], ['/page', { authorization: 'Bearer x' }])).toBe(2);
    const one = house();
    await one.get();
    one.state.now = new Date('2026-11-23T08:01:00Z');
    expect(await madeAfter(one, ['/page'])).toBe(2);
  });

  test('is forgotten when something changed here, even while it was being made', async () => {
    const one = house();
    await one.get();
    one.pages.clear();
    one.state.meanwhile = () => one.pages.clear();
    expect(await madeAfter(one, ['/page'], ['/page'])).toBe(3);
  });

  test('is forgotten when another process says that something changed', async () => {
    const one = house();
    await one.get();
    one.changes.touch();
    await expect.poll(() => one.changes.version).not.toBe('0');
    expect(await madeAfter(one, ['/page'])).toBe(2);
  });

  test('is never kept when it does not say so, when it is refused, or when it gives a cookie', async () => {
    expect(await madeAfter(house({ shared: false }), ['/page'], ['/page'])).toBe(2);
    expect(await madeAfter(house({ status: 422 }), ['/page'], ['/page'])).toBe(2);
    expect(await madeAfter(house({ cookie: true }), ['/page'], ['/page'])).toBe(2);
  });

  test('leaves its place when too many are kept', async () => {
    const one = house();
    for (let number = 0; number < 301; number += 1) await one.get(`/page?${number}`);
    expect(await madeAfter(one, ['/page?300'])).toBe(301);
    expect(await madeAfter(one, ['/page?0'])).toBe(302);
  });
});
