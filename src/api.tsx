import type { Hook, OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { apiReference } from './api-reference.tsx';
import { findToken } from './core/auth.ts';
import { isDatabaseAway } from './core/db.ts';
import { Refusal, refusalStatus } from './core/errors.ts';
import { preferredLocale } from './core/i18n.ts';
import { fieldErrors } from './core/input.ts';
import { limitOften } from './core/limits.ts';
import { safeError } from './core/log.ts';
import type { Module } from './core/module.ts';
import { Unauthorised } from './core/rest.ts';
import { explainAll } from './core/sentences.ts';
import type { Env } from './core/web.ts';

/** Enough for a screen that refreshes and for a nightly copy; a mistaken loop meets it within a minute. */
const perToken = { name: 'api', hits: 600, minutes: 1 };
const perAddress = { name: 'api-address', hits: 300, minutes: 1 };

type Problem = {
  status: number;
  code: string;
  title: string;
  reasons: { code: string; text: string; field?: string }[];
  reference?: string;
};

function answer(c: Context<Env>, problem: Problem): Response {
  const body = {
    type: `${c.var.ctx.publicUrl}/api/v1/reference#${problem.code}`,
    detail: problem.reasons.map((one) => one.text).join(' '),
    ...problem,
  };
  return c.body(JSON.stringify(body), problem.status as 400, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}

/** The problem that stands for a failure, whatever it is. */
export function answerError(error: unknown, c: Context<Env>): Response {
  const { ctx, requestId } = c.var;
  if ((error as { tooLarge?: boolean }).tooLarge) {
    const reasons = explainAll(ctx, new Refusal('request.too_large', 'unprocessable'));
    return answer(c, { status: 413, code: 'request.too_large', title: reasons[0]!.text, reasons });
  }
  if (error instanceof Unauthorised) {
    c.header('WWW-Authenticate', error.scope ? `Bearer error="insufficient_scope", scope="${error.scope}"` : 'Bearer');
    const status = error.scope ? 403 : 401;
    const code = error.scope ? 'token.scope' : 'token.missing';
    const refusal = new Refusal(code, 'forbidden', { scope: error.scope });
    const reasons = explainAll(ctx, refusal);
    return answer(c, { status, code, title: reasons[0]!.text, reasons });
  }
  if (error instanceof Refusal) {
    const reasons = explainAll(ctx, error).map((one) =>
      one.next
        ? {
            ...one,
            next: { ...one.next, href: one.next.href.startsWith('/') ? ctx.publicUrl + one.next.href : one.next.href },
          }
        : one,
    );
    return answer(c, { status: refusalStatus[error.kind], code: error.code, title: reasons[0]!.text, reasons });
  }
  const status = (error as { status?: number }).status;
  if (status && status >= 400 && status < 500) return invalid(c, {});
  const away = isDatabaseAway(error);
  ctx.log[away ? 'warn' : 'error']({ requestId, error: safeError(error) }, away ? 'database away' : 'failure');
  if (away) c.header('Retry-After', '30');
  const code = away ? 'unavailable' : 'failure';
  const title = explainAll(ctx, new Refusal(code, 'unavailable'))[0]!.text;
  return answer(c, { status: away ? 503 : 500, code, title, reasons: [{ code, text: title }], reference: requestId });
}

function invalid(c: Context<Env>, errors: Record<string, string>): Response {
  const title = explainAll(c.var.ctx, new Refusal('request.invalid', 'unprocessable'))[0]!.text;
  const reasons = Object.entries(errors).map(([field, text]) => ({ code: 'request.invalid', text, field }));
  return answer(c, {
    status: 422,
    code: 'request.invalid',
    title,
    reasons: reasons.length > 0 ? reasons : [{ code: 'request.invalid', text: title }],
  });
}

/** What zod refused, field by field, as a problem. */
// biome-ignore lint/suspicious/noExplicitAny: the hook is called for every schema of the API.
const invalidHook: Hook<any, Env, any, any> = (result, c) => {
  if (result.success) return undefined;
  return invalid(c, fieldErrors(result.error, c.var.ctx.locale));
};

/** Puts every module's calls together, with tokens, limits, problems, the description and the page that reads it. */
export function mountApi(api: OpenAPIHono<Env>, modules: readonly Module[]): void {
  api.use(async (c, next) => {
    const { ctx } = c.var;
    const locale = preferredLocale(c.req.header('accept-language'), ctx.territory.mainLanguage);
    c.set('ctx', { ...ctx, locale });
    const token = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
    const signed = token ? await findToken(ctx.db, token, ctx.now) : undefined;
    if (c.req.header('authorization') && !signed) throw new Unauthorised();
    if (signed)
      c.set('ctx', { ...ctx, actor: signed.actor, locale: c.req.header('accept-language') ? locale : signed.language });
    await (signed ? limitOften(ctx, perToken, token!) : limitOften(ctx, perAddress, c.var.clientAddress));
    await next();
  });
  for (const module of modules) module.api?.(api);
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  api.doc31('/openapi.json', (c) => ({
    openapi: '3.1.0',
    info: { title: 'Quai', version: '1', license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    servers: [{ url: `${c.var.ctx.publicUrl}/api/v1` }],
  }));
  api.get('/reference', (c) => apiReference(c, api));
  api.all('*', () => {
    throw new Refusal('not_found', 'not_found');
  });
  api.onError(answerError);
}

mountApi.invalid = invalidHook;
