import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { clearCookie } from '../../core/cookies.ts';
import { Refusal, refusalStatus } from '../../core/errors.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, formList, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { accountMessages } from './account.messages.ts';
import { liveTokens, readProfile } from './accounts.store.ts';
import { DataPage, ErasePage, GonePage } from './data.pages.tsx';
import { eraseMyself, whatErasingDoes } from './erase.ts';
import { exportMyData } from './export.ts';
import { KeysPage } from './keys.pages.tsx';
import { idOf, own, root } from './own.tsx';
import { createToken, revokeToken, self, tokenInput } from './profile.ts';
import { isHttps } from './sign-in.routes.tsx';

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

/** One’s keys for the API. */
export function keyRoutes(app: Hono<Env>): void {
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

/** One’s data: read, taken away, erased. */
export function dataRoutes(app: Hono<Env>): void {
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
