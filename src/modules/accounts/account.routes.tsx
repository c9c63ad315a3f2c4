import type { Hono } from 'hono';
import { z } from 'zod';
import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { clearCookie } from '../../core/cookies.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, formList, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { Notice, PageHead } from '../../ui/components/index.ts';
import { page } from '../../ui/page.tsx';
import { accountMessages } from './account.messages.ts';
import { AccountPage } from './account.pages.tsx';
import { localPath } from './accounts.rules.ts';
import { liveFeeds, liveTokens, openSessions, organisationsOf, readProfile } from './accounts.store.ts';
import { DataPage, ErasePage, GonePage } from './data.pages.tsx';
import { eraseMyself, whatErasingDoes } from './erase.ts';
import { exportMyData } from './export.ts';
import { accountSections } from './hooks.ts';
import { KeysPage } from './keys.pages.tsx';
import { pinInput, setPin } from './pin.ts';
import {
  createFeed,
  createToken,
  profileInput,
  revokeFeeds,
  revokeOtherSessions,
  revokeSession,
  revokeToken,
  self,
  tokenInput,
  updateProfile,
} from './profile.ts';
import { isHttps } from './sign-in.routes.tsx';

const root = '/:locale{(?:fr|nl|en)}/compte';

/** An id from the address; a forged one is a page that does not exist. */
function idOf(c: Web): string {
  const id = c.req.param('id') ?? '';
  if (!isUuid(id)) throw notFound();
  return id;
}

/** Runs a handler for whoever is signed in on their own browser; others are asked to sign in, or told why not. */
function own(handle: (c: Web, ctx: Ctx) => Promise<Response>) {
  return async (c: Web): Promise<Response> => {
    const { ctx } = c.var;
    const m = accountMessages[ctx.locale];
    if (ctx.actor.kind !== 'person') {
      const path = c.req.method === 'GET' ? new URL(c.req.url).pathname : `/${ctx.locale}/compte`;
      return c.redirect(`/${ctx.locale}/connexion?${new URLSearchParams({ retour: path })}`, 303);
    }
    if (ctx.actor.deviceId) {
      return page(c, { title: m.title, status: 403 }, [<PageHead title={m.title} />, <Notice>{m.tablet}</Notice>]);
    }
    const response = await handle(c, ctx);
    response.headers.set('Cache-Control', 'no-store');
    return response;
  };
}

type Shown = {
  values?: FormValues;
  errors?: FieldErrors;
  pinRefused?: Explained[];
  pinError?: string;
  newFeed?: string;
  welcome?: boolean;
  saved?: boolean;
  returnTo?: string | undefined;
  status?: number;
};

async function showAccount(c: Web, ctx: Ctx, shown: Shown = {}): Promise<Response> {
  const { personId, accountId, sessionId } = self(ctx);
  const profile = await readProfile(ctx, personId);
  const feeds = await liveFeeds(ctx, personId);
  const sections = [];
  for (const section of accountSections.toSorted((a, b) => a.rank - b.rank)) sections.push(await section.render(ctx));
  const m = accountMessages[ctx.locale];
  return page(
    c,
    { title: m.title, status: shown.status ?? 200 },
    <AccountPage
      view={{
        locale: ctx.locale,
        timeZone: ctx.territory.timeZone,
        email: profile.email,
        values: shown.values ?? {
          name: profile.name,
          language: profile.language,
          telephone: profile.telephone ?? '',
        },
        errors: shown.errors ?? {},
        pinRefused: shown.pinRefused ?? [],
        pinError: shown.pinError,
        returnTo: shown.returnTo,
        welcome: shown.welcome ?? false,
        saved: shown.saved ?? false,
        sections,
        organisations: await organisationsOf(ctx, personId),
        sessions: await openSessions(ctx, accountId),
        currentSession: sessionId,
        feedSince: feeds[0]?.created_at,
        newFeed: shown.newFeed,
        isTeam: has(ctx.actor, 'team'),
      }}
    />,
  );
}

type Keyed = { values?: FormValues; scopes?: string[]; errors?: FieldErrors; refused?: Explained[]; newKey?: string };

async function showKeys(c: Web, ctx: Ctx, shown: Keyed = {}, status = 200): Promise<Response> {
  const view = {
    locale: ctx.locale,
    timeZone: ctx.territory.timeZone,
    keys: await liveTokens(ctx, self(ctx).accountId),
    values: {},
    scopes: ['places:read'],
    errors: {},
    refused: [],
    ...shown,
  };
  return page(c, { title: accountMessages[ctx.locale].keys, status }, <KeysPage view={view} />);
}

async function showErase(c: Web, ctx: Ctx, status: number, error?: string, refused: Explained[] = []) {
  const { erased, kept } = await whatErasingDoes(ctx, self(ctx).personId);
  return page(
    c,
    { title: accountMessages[ctx.locale].erase, status },
    <ErasePage locale={ctx.locale} erased={erased} kept={kept} error={error} refused={refused} />,
  );
}

/** The pages of one's own account. */
export function accountRoutes(app: Hono<Env>): void {
  app.get(
    root,
    own((c, ctx) => {
      const query = readQuery(c);
      const returnTo = localPath(query.retour);
      return showAccount(c, ctx, { welcome: query.bienvenue === '1', saved: query.fait === '1', returnTo });
    }),
  );
  app.post(
    root,
    own(async (c, ctx) => {
      const form = await readForm(c);
      const input = parse(profileInput, form, ctx.locale);
      const returnTo = localPath(form.retour);
      const welcome = form.bienvenue === '1';
      if (!input.ok) {
        return showAccount(c, ctx, { values: form, errors: input.errors, returnTo, welcome, status: 422 });
      }
      await updateProfile(ctx, input.data);
      // In the language just chosen, unless the visitor was on the way somewhere.
      return c.redirect(returnTo ?? `/${welcome ? ctx.locale : input.data.language}/compte?fait=1`, 303);
    }),
  );
  app.post(
    `${root}/code`,
    own(async (c, ctx) => {
      if (!has(ctx.actor, 'team')) throw notFound();
      const input = z.safeParse(pinInput, await readForm(c));
      if (!input.success) return showAccount(c, ctx, { pinError: accountMessages[ctx.locale].pinError, status: 422 });
      try {
        await setPin(ctx, input.data);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return showAccount(c, ctx, { pinRefused: explainAll(ctx, error), status: refusalStatus[error.kind] });
      }
      return seeOther(c, '/compte?fait=1');
    }),
  );
  sessionRoutes(app);
  keyRoutes(app);
  dataRoutes(app);
}

function sessionRoutes(app: Hono<Env>): void {
  app.post(
    `${root}/connexions/retrait`,
    own(async (c, ctx) => {
      await revokeOtherSessions(ctx);
      return seeOther(c, '/compte?fait=1');
    }),
  );
  app.post(
    `${root}/connexions/:id/retrait`,
    own(async (c, ctx) => {
      await revokeSession(ctx, idOf(c));
      return seeOther(c, '/compte?fait=1');
    }),
  );
  app.post(
    `${root}/agenda`,
    own(async (c, ctx) => {
      const token = await createFeed(ctx);
      return showAccount(c, ctx, { newFeed: `${ctx.publicUrl}/agenda/${token}.ics` });
    }),
  );
  app.post(
    `${root}/agenda/retrait`,
    own(async (c, ctx) => {
      await revokeFeeds(ctx);
      return seeOther(c, '/compte?fait=1');
    }),
  );
}

function keyRoutes(app: Hono<Env>): void {
  app.get(
    `${root}/cles`,
    own((c, ctx) => showKeys(c, ctx)),
  );
  app.post(
    `${root}/cles`,
    own(async (c, ctx) => {
      const values = await readForm(c);
      const scopes = await formList(c, 'scopes');
      const input = parse(tokenInput, { ...values, scopes }, ctx.locale);
      if (!input.ok) return showKeys(c, ctx, { values, scopes, errors: input.errors }, 422);
      try {
        return await showKeys(c, ctx, { newKey: await createToken(ctx, input.data) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const refused = explainAll(ctx, error);
        return showKeys(c, ctx, { values, scopes, refused }, refusalStatus[error.kind]);
      }
    }),
  );
  app.post(
    `${root}/cles/:id/retrait`,
    own(async (c, ctx) => {
      await revokeToken(ctx, idOf(c));
      return seeOther(c, '/compte/cles');
    }),
  );
}

function dataRoutes(app: Hono<Env>): void {
  app.get(
    `${root}/donnees`,
    own(async (c, ctx) => {
      const person = await readProfile(ctx, self(ctx).personId);
      const view = { locale: ctx.locale, timeZone: ctx.territory.timeZone, person };
      return page(c, { title: accountMessages[ctx.locale].dataTitle }, <DataPage view={view} />);
    }),
  );
  app.get(
    `${root}/donnees.json`,
    own(async (c, ctx) => {
      c.header('Content-Type', 'application/json; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="quai.json"');
      return c.body(JSON.stringify(await exportMyData(ctx), null, 2));
    }),
  );
  app.get(
    `${root}/effacement`,
    own((c, ctx) => showErase(c, ctx, 200)),
  );
  app.post(
    `${root}/effacement`,
    own(async (c, ctx) => {
      const form = await readForm(c);
      if (!form.confirmed) return showErase(c, ctx, 422, accountMessages[ctx.locale].confirmError);
      try {
        await eraseMyself(ctx);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return showErase(c, ctx, refusalStatus[error.kind], undefined, explainAll(ctx, error));
      }
      clearCookie(c, 'session', isHttps(c));
      return seeOther(c, '/compte/efface');
    }),
  );
  app.get(`${root}/efface`, (c) => {
    const { locale } = c.var.ctx;
    return page(c, { title: accountMessages[locale].gone }, <GonePage locale={locale} />);
  });
}
