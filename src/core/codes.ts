import { createHmac, timingSafeEqual } from 'node:crypto';

const derive = (secret: string, use: string, id: string): Buffer =>
  createHmac('sha256', secret).update(`quai:${use}:${id}`, 'utf8').digest();

/**
 * The six digits that go with a row of email_code. They are derived from the house's secret and the row's id, so the mail
 * job can write them again while nothing stored gives them away.
 */
export function codeFor(secret: string, id: string): string {
  return String(derive(secret, 'code', id).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** The secret of the link that goes with a row of email_code, derived like its code. */
export const linkTokenFor = (secret: string, id: string): string => derive(secret, 'link', id).toString('base64url');

/** What is stored of a code: keyed, because six digits alone could be guessed from a plain hash. */
export const codeHash = (secret: string, id: string, code: string): string =>
  derive(secret, 'hash', `${id}:${code}`).toString('hex');

/** The secret of the links by which a mail lets somebody see, move or cancel one booking without signing in. */
export const bookingKey = (secret: string, bookingId: string): string =>
  derive(secret, 'booking', bookingId).subarray(0, 18).toString('base64url');

/** The secret of the links by which a mail lets somebody stop or renew one wish without signing in. */
export const wishKey = (secret: string, wishId: string): string =>
  derive(secret, 'wish', wishId).subarray(0, 18).toString('base64url');

/** The secret of the links by which a mail lets somebody see, change or give back one registration without signing in. */
export const registrationKey = (secret: string, registrationId: string): string =>
  derive(secret, 'registration', registrationId).subarray(0, 18).toString('base64url');

/** Whether a given secret is the expected one, without telling by the time it takes. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Letters and digits that are not mistaken for one another when a code is typed from a screen. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten letters and digits that go with an id, for what is typed on another device. */
export function typedCodeFor(secret: string, id: string): string {
  const bytes = derive(secret, 'typed', id);
  return Array.from({ length: 10 }, (_, at) => alphabet[bytes.readUInt16BE(at * 2) % alphabet.length]).join('');
}
