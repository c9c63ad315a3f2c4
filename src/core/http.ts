import { randomBytes } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { Env, Web } from './web.ts';

/**
 * The policy of every page: nothing from elsewhere, nothing inline, no frame. `frame-ancestors 'none'` keeps buttons from being
 * overlaid; a page made to be embedded sets its own header.
 */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The same policy for the one kind of page that other sites may show in a frame: it has no form and no gesture. */
export const framedAnywhere = contentSecurity.replace("frame-ancestors 'none'", 'frame-ancestors *');

/** Security headers on every answer; a handler that set one of them keeps it. */
export function securityHeaders(https: boolean): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const headers = c.res.headers;
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', contentSecurity);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
    if (https) headers.set('Strict-Transport-Security', 'max-age=31536000');
  };
}

/**
 * Whether a request that acts comes from one of our own pages: Sec-Fetch-Site where the browser sends it, else Origin.
 * With neither it does not come from a page of another site: every browser sends an Origin with a POST across sites.
 */
export function isOwnRequest(headers: Headers, origins: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  return origin === null || origins.includes(origin);
}

/** Whether an address carries a control character, as it came or decoded: no link of ours does, and PostgreSQL keeps no NUL. */
export const hasControl = (path: string): boolean => /\p{Cc}|%(?:[01][0-9a-f]|7f)/iu.test(path);

/** The visitor's address: what a trusted proxy says, else the socket's. Used for limits only, never stored nor logged. */
export function addressReader(trustedProxies: readonly string[]): (c: Web) => string {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [network = '', bits] = proxy.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (!isIP(network)) continue;
    if (bits) trusted.addSubnet(network, Number(bits), family);
    else trusted.addAddress(network, family);
  }
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (c) => {
    const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
    let address = (incoming?.socket?.remoteAddress ?? '').replace(/^::ffff:/, '');
    const chain = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
    while (isTrusted(address) && chain.length > 0) {
      const before = chain.pop()!;
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** Gives each request a reference and writes one line when it is answered: method, route, status, time; no address, no query. */
export function requestLog(log: Logger): MiddlewareHandler<Env> {
  return async (c, next) => {
    const requestId = randomBytes(6).toString('hex');
    c.set('requestId', requestId);
    const started = performance.now();
    await next();
    // Not c.header(): once answered it would copy the whole response to set one line.
    c.res.headers.set('X-Request-Id', requestId);
    // The route, not the path: a path may carry a reference or a search.
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.info({ requestId, method: c.req.method, route: c.req.routePath, status: c.res.status, ms }, 'request');
  };
}

/** The largest form accepted; pictures come through `core/files` with their own bound. */
export const maxFormBytes = 256 * 1024;
export const maxFileFormBytes = 12 * 1024 * 1024;
