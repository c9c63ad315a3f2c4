import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import { isDay, isTimeZone } from './clock.ts';
import { Refusal } from './errors.ts';
import type { Web } from './web.ts';

/** The pieces that every resource of the API is described with. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().openapi({ example: 'booking.taken' }),
    detail: z.string().optional(),
    reasons: z.array(
      z.object({
        code: z.string(),
        text: z.string(),
        field: z.string().optional(),
        next: z.object({ label: z.string(), href: z.string() }).optional(),
      }),
    ),
    reference: z.string().optional(),
  })
  .openapi('Problem');

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** The refusals that any call may get. */
export const problems = {
  401: problem('No token, or a token that is not valid'),
  404: problem('Not there, or not yours'),
  409: problem('Refused: every reason is listed'),
  412: problem('It has changed since it was read'),
  422: problem('Not understood'),
  429: problem('Too many calls'),
};

/** A page of a list: give `next` back as `cursor` to read on; null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const pageQuery = {
  cursor: z.string().max(200).optional().openapi({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

export const writeCursor = (value: string): string => Buffer.from(value, 'utf8').toString('base64url');

export function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text || text.includes('\u0000') || text.includes('\uFFFD')) throw new Refusal('request.cursor', 'unprocessable');
  return text;
}

/** Cuts a list read with one row too many into a page. */
export function cutPage<T>(
  rows: T[],
  limit: number,
  cursorOf: (row: T) => string,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? writeCursor(cursorOf(items.at(-1)!)) : null };
}

/** An instant of a query: RFC 3339, or a day, which begins at midnight in the zone. */
export function readInstant(text: string, timeZone: string): Date {
  if (isDay(text) && isTimeZone(timeZone)) {
    return new Date(Temporal.PlainDate.from(text).toZonedDateTime({ timeZone }).epochMilliseconds);
  }
  const at = /^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? new Date(text)
    : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) throw new Refusal('request.instant', 'unprocessable');
  return at;
}

/** Refuses a caller without a token or whose token may not do this: 401. */
export function mustHaveScope(c: Web, scope: string): void {
  const { actor } = c.var.ctx;
  if (actor.kind !== 'person') throw new Unauthorised();
  if (actor.scopes && !actor.scopes.includes(scope)) throw new Unauthorised(scope);
}

/** No token, or not enough of one. */
export class Unauthorised extends Error {
  readonly scope: string | undefined;
  constructor(scope?: string) {
    super('unauthorised');
    this.scope = scope;
  }
}

/** Whether who asks says it has this very version; a proxy that compresses calls a tag weak, and several may be named. */
export const hasAlready = (c: Web, tag: string): boolean =>
  (c.req.header('if-none-match') ?? '').split(',').some((one) => {
    const said = one.trim().replace(/^W\//, '');
    return said === tag || said === '*';
  });

/** Answers a GET with an ETag; a caller who has the same already gets 304 and no body. */
export function answerTagged(c: Web, body: unknown): Response {
  const text = JSON.stringify(body);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  c.header('ETag', tag);
  c.header('Cache-Control', 'private, no-cache');
  if (hasAlready(c, tag)) return c.body(null, 304);
  c.header('Content-Type', 'application/json');
  return c.body(text);
}
