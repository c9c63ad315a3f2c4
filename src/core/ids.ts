import { createHash, randomBytes } from 'node:crypto';
import { encodeBase64urlNoPadding } from '@oslojs/encoding';

/** A UUIDv7: sortable by the instant it was made, so that indexes stay compact. */
export function newId(at: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Letters and digits that are not mistaken for one another on paper or by telephone. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

function draw(length: number, letters: string): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes past the last whole multiple are drawn again, so that each letter is equally likely.
      if (byte < 256 - (256 % letters.length) && text.length < length) text += letters[byte % letters.length];
    }
  }
  return text;
}

/** A booking's public reference: 10 characters, 30^10 of them, unguessable and easy to read aloud. */
export const newReference = (): string => draw(10, alphabet);

/** Six digits sent by e-mail. */
export const newCode = (): string => draw(6, '0123456789');

/** A secret of 256 bits for a cookie, a link or a token. */
export const newToken = (): string => encodeBase64urlNoPadding(randomBytes(32));

/** What is stored of a secret: its SHA-256, in hexadecimal. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text is a UUID, so that a forged one never reaches the database. */
export const isUuid = (text: string): boolean => uuidPattern.test(text);
