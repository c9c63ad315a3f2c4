import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serveApp } from '../harness/served.ts';

let served: Served;

beforeAll(async () => {
  served = await serveApp();
});

afterAll(() => served?.close());

/** Writes exactly this on a connection and reads what comes back until it is closed or silent. */
function talk(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    let heard = '';
    socket.setTimeout(1_500, () => socket.destroy());
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
    socket.write(bytes, 'latin1');
  });
}

const close = 'Connection: close\r\n\r\n';

describe('What is no proper request', () => {
  test.each([
    ['no host', `GET /fr HTTP/1.1\r\n${close}`],
    ['a host that is none', `GET /fr HTTP/1.1\r\nHost: a b<script>alert(7171)</script>\r\n${close}`],
    ['an empty host', `GET /fr HTTP/1.1\r\nHost:\r\n${close}`],
    ['another server’s address', `GET http://evil.example/fr HTTP/1.1\r\nHost: localhost\r\n${close}`],
    ['a path that looks like a host', `GET //evil.example/%2e%2e HTTP/1.1\r\nHost: localhost\r\n${close}`],
    ['a lone percent sign', `GET /fr/% HTTP/1.1\r\nHost: localhost\r\n${close}`],
    ['a path that climbs', `GET /static/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n${close}`],
    ['bytes that are no text', `GET /fr/\xff\xfe?x=\xff HTTP/1.1\r\nHost: localhost\r\n${close}`],
    ['a header too long', `GET /fr HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n${close}`],
    ['a cookie that is none', `GET /fr HTTP/1.1\r\nHost: localhost\r\nCookie: quai_session=%00%; =;;=\xff\r\n${close}`],
    ['an unknown method', `HACK /fr HTTP/1.1\r\nHost: localhost\r\n${close}`],
    ['TRACE', `TRACE /fr HTTP/1.1\r\nHost: localhost\r\nCookie: a=secret-7171\r\n${close}`],
    [
      'two lengths',
      `POST /fr/connexion HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n${close}abcdef`,
    ],
    [
      'a body with no end',
      `POST /fr/connexion HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n${close}zz\r\n`,
    ],
    ['no language at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s', async (_, bytes) => {
    const heard = await talk(bytes);
    expect(heard).not.toMatch(/^HTTP\/1\.1 5|\n\s+at |node_modules|root:x:0|alert\(7171\)|secret-7171/);
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
  });

  test('a body over the limit that tells no length is refused all the same', async () => {
    const megabyte = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let count = 0; count < 16; count += 1) controller.enqueue(new Uint8Array(65_536).fill(120));
        controller.close();
      },
    });
    const answer = await fetch(`${served.url}/fr/connexion`, {
      method: 'POST',
      body: megabyte,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      duplex: 'half',
    } as RequestInit).catch(() => undefined);
    // Answered, or cut off before all was sent: never taken.
    expect(answer?.status ?? 413).toBe(413);
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
  });
});
