import { OpenAPIHono } from '@hono/zod-openapi';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import { answerError, mountApi } from './api.tsx';
import { staticFile } from './core/assets.ts';
import { findSession } from './core/auth.ts';
import type { Changes } from './core/changes.ts';
import { type Actor, anonymous, type Ctx, system, type Territory } from './core/context.ts';
import { readCookie } from './core/cookies.ts';
import type { Db } from './core/db.ts';
import { notFound, Refusal } from './core/errors.ts';
import type { FileStore } from './core/files.ts';
import {
  addressReader,
  hasControl,
  isOwnRequest,
  maxFileFormBytes,
  maxFormBytes,
  requestLog,
  securityHeaders,
} from './core/http.ts';
import type { Locale } from './core/i18n.ts';
import { preferredLocale } from './core/i18n.ts';
import type { Postman } from './core/mail.ts';
import type { Module } from './core/module.ts';
import type { PageCache } from './core/page-cache.ts';
import { gatherSentences } from './core/sentences.ts';
import { type Env, localeOfPath, type Web } from './core/web.ts';
import { answerFailure } from './failures.tsx';

/** All that an application of one territory stands on; tests give the same things as `main`. */
export type Deps = {
  db: Db;
  territory: () => Territory;
  modules: readonly Module[];
  postman: Postman;
  files: FileStore;
  clock: () => Date;
  publicUrl: string;
  secret: string;
  demo: boolean;
  trustedProxies: readonly string[];
  log: Logger;
  changes: Changes;
  /** Keeps public pages for a moment; without it each is made anew. */
  pages?: PageCache;
  /** Called after a request that acted, so that what it left for later is looked at soon. */
  onActed?: () => void;
};

export type App = {
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  request: Hono<Env>['request'];
  /** What it answers to, by method and path. */
  routes: Hono<Env>['routes'];
  /** The context of work done by the software itself: jobs, the command line. */
  systemContext: () => Ctx;
};

/** Assembles the pages and the API of one territory. */
export function createApp(deps: Deps): App {
  const sentences = gatherSentences(deps.modules.map((module) => module.sentences));
  const context = (actor: Actor, locale: Locale): Ctx => ({
    db: deps.db,
    now: deps.clock(),
    actor,
    locale,
    territory: deps.territory(),
    publicUrl: deps.publicUrl,
    secret: deps.secret,
    sentences,
    postman: deps.postman,
    files: deps.files,
    log: deps.log,
  });
  const https = deps.publicUrl.startsWith('https://');
  const clientAddress = addressReader(deps.trustedProxies);
  const menuOf = (ctx: Ctx) =>
    deps.modules.flatMap((module) => module.menu?.(ctx) ?? []).sort((a, b) => a.rank - b.rank);

  const app = new Hono<Env>();
  app.use(requestLog(deps.log));
  app.use(securityHeaders(https));
  app.use((c, next) => {
    // First without anybody, so that even a failure to find the session can be answered in the right words.
    const locale =
      localeOfPath(c.req.path) ?? preferredLocale(c.req.header('accept-language'), deps.territory().mainLanguage);
    c.set('ctx', context(anonymous, locale));
    c.set('demo', deps.demo);
    c.set('clientAddress', clientAddress(c));
    let items: ReturnType<typeof menuOf> | undefined;
    c.set('menu', () => (items ??= menuOf(c.var.ctx)));
    return next();
  });
  app.get('/static/*', serveStatic);
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    await deps.db.selectFrom('territory').select('id').executeTakeFirstOrThrow();
    return c.text('ready');
  });
  app.get('/live', (c) => c.json({ version: deps.changes.version }, 200, { 'Cache-Control': 'no-store' }));
  app.use(async (c, next) => {
    if (hasControl(c.req.path)) throw notFound();
    if (!c.req.path.startsWith('/api/')) await enter(c, https);
    await next();
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return;
    deps.pages?.clear();
    deps.onActed?.();
  });
  if (deps.pages) app.use(deps.pages.route);
  app.use(limitBodies());
  app.use(refuseForeignForms(deps));
  app.get('/', (c) => c.redirect(`/${c.var.ctx.locale}`, 302));
  for (const module of deps.modules) module.routes?.(app);
  const api = new OpenAPIHono<Env>({ defaultHook: mountApi.invalid });
  mountApi(api, deps.modules);
  app.route('/api/v1', api);
  app.notFound((c) => fail(notFound(), c));
  app.onError(fail);
  return {
    fetch: app.fetch,
    request: app.request,
    routes: app.routes,
    systemContext: () => context(system, deps.territory().mainLanguage),
  };
}

/** Finds out who is there; the session's language only matters where the address names none. */
async function enter(c: Web, https: boolean): Promise<void> {
  const token = readCookie(c, 'session', https);
  if (!token) return;
  const { ctx } = c.var;
  const signed = await findSession(ctx.db, token, ctx.now);
  if (!signed) return;
  c.set('asOf', signed.asOf);
  c.set('ctx', { ...ctx, actor: signed.actor, locale: localeOfPath(c.req.path) ?? signed.language });
}

/** A failure in the form its caller reads: a problem for a program, else a page. */
function fail(error: unknown, c: Context<Env>): Response {
  return c.req.path.startsWith('/api/') ? answerError(error, c) : answerFailure(error, c, c.var.ctx.log);
}

function serveStatic(c: Context<Env>): Response {
  const file = staticFile(c.req.path, c.req.header('accept-encoding') ?? '');
  if (!file) return fail(notFound(), c);
  c.header('Content-Type', file.type);
  c.header('Vary', 'Accept-Encoding');
  c.header('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
  if (file.encoding) c.header('Content-Encoding', file.encoding);
  return c.body(new Uint8Array(file.body));
}

function limitBodies() {
  const tooLarge = (c: Context<Env>) => fail(Object.assign(new Error('too large'), { tooLarge: true }), c);
  const forms = bodyLimit({ maxSize: maxFormBytes, onError: tooLarge });
  const files = bodyLimit({ maxSize: maxFileFormBytes, onError: tooLarge });
  return (c: Context<Env>, next: () => Promise<void>) =>
    (c.req.header('content-type') ?? '').startsWith('multipart/form-data') ? files(c, next) : forms(c, next);
}

function refuseForeignForms(deps: Deps) {
  const own = new URL(deps.publicUrl).origin;
  return async (c: Context<Env>, next: () => Promise<void>) => {
    const safe = ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) || c.req.path.startsWith('/api/');
    // In demonstration the same machine may be called by its number or by its name.
    const origins = deps.demo ? [own, new URL(c.req.url).origin] : [own];
    if (!safe && !isOwnRequest(c.req.raw.headers, origins)) throw new Refusal('request.foreign', 'forbidden');
    return next();
  };
}
