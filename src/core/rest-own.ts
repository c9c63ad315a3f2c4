import { z } from '@hono/zod-openapi';
import type { Ctx } from './context.ts';
import { Refusal } from './errors.ts';
import { type Answer, requestHash, withIdempotency } from './idempotency.ts';
import { mustHaveScope } from './rest.ts';
import type { Route, Web } from './web.ts';

/** What every call on something of one's own is described with. */
export const security = [{ token: [] }];

export const idParam = z.object({ id: z.string().max(40).openapi({ description: 'Id or reference' }) });

export const ifMatch = z.object({
  'if-match': z.string().max(40).optional().openapi({ description: 'The version read, such as "3"' }),
});

export const keyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The same key with the same body does it once and gets the first answer back' }),
});

export const jsonBody = <T extends z.ZodType>(schema: T, required = true) => ({
  content: { 'application/json': { schema } },
  required,
});

export const answersWith =
  <T extends z.ZodType>(schema: T) =>
  (description: string) => ({ description, content: { 'application/json': { schema } } });

/** The version of If-Match; absent or "*", nothing is compared. */
export function versionOf(c: Web): { version?: number } {
  const given = c.req.header('if-match')?.trim();
  if (!given || given === '*') return {};
  const version = Number(/^(?:W\/)?"(\d{1,6})"$/.exec(given)?.[1]);
  if (!Number.isInteger(version) || version < 1) throw new Refusal('request.if_match', 'unprocessable');
  return { version };
}

/** Does what is asked, once for the key that the caller gave with it. */
export function onceForKey(c: Web, request: unknown, work: (inside: Ctx) => Promise<Answer>): Promise<Answer> {
  const { ctx } = c.var;
  const key = c.req.header('idempotency-key');
  return key ? withIdempotency(ctx, `api:${key}`, requestHash(request), work) : work(ctx);
}

/** Asks for the scope before the body is read: without a token nothing is said of what is wrong with it. */
export const scoped: Route = async (c, next) => {
  mustHaveScope(c, c.req.method === 'GET' ? 'bookings:read' : 'bookings:write');
  await next();
};
