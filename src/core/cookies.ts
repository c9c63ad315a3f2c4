import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** The cookies of the house: nothing else is ever kept in a browser by the server. */
export type CookieName = 'session' | 'device' | 'code' | 'return' | 'field';

/** What a cookie is called. Over https the name carries `__Host-`: no other host or path can then set or read it. */
export const cookieName = (name: CookieName, https: boolean): string => `${https ? '__Host-' : ''}quai_${name}`;

// biome-ignore lint/suspicious/noExplicitAny: a cookie is read the same whatever the context carries.
type AnyContext = Context<any>;

/** A cookie's value, or undefined. */
export const readCookie = (c: AnyContext, name: CookieName, https: boolean): string | undefined =>
  getCookie(c, cookieName(name, https)) || undefined;

/** Sets a cookie that no script reads and that does not travel with another site's forms. */
export function writeCookie(
  c: AnyContext,
  name: CookieName,
  https: boolean,
  value: string,
  maxAgeSeconds: number,
): void {
  setCookie(c, cookieName(name, https), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: https,
    maxAge: maxAgeSeconds,
  });
}

/** Where a phone keeps a day, says that whoever read it has left: the next page has it forgotten. Scripts read and remove this mark. */
export function leaveField(c: AnyContext, https: boolean): void {
  if (readCookie(c, 'field', https) === undefined) return;
  const maxAge = deviceCookieSeconds;
  setCookie(c, cookieName('field', https), 'parti', { path: '/', sameSite: 'Lax', secure: https, maxAge });
}

/** Removes a cookie. */
export const clearCookie = (c: AnyContext, name: CookieName, https: boolean): void =>
  writeCookie(c, name, https, '', 0);

const day = 24 * 3600;

/** As long as a session can last in all; the session itself ends earlier, on the server. */
export const sessionCookieSeconds = 180 * day;

/** Browsers keep no cookie longer than 400 days. */
export const deviceCookieSeconds = 400 * day;
