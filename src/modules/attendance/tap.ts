import { createHash } from 'node:crypto';
import type { Ctx } from '../../core/context.ts';

/**
 * The id that one tap gives a count: drawn from who tapped, on what, and how many rows there were on their page, withdrawn ones
 * included. A finger that trembles sends the same one twice. `start` dates it, like any other id.
 */
export function tapId(ctx: Ctx, what: string, start: Date, seen: number): string {
  const who = ctx.actor.sessionId ?? ctx.actor.personId;
  const bytes = createHash('sha256').update(`visit:${what}:${who}:${start.getTime()}:${seen}`).digest();
  // Of two taps in one instant the second sorts after the first, so that it is the first taken back.
  bytes.writeUIntBE(start.getTime() + Math.min(seen, 86_000_000), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
