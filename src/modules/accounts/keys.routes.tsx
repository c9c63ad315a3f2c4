import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { Refusal, refusalStatus } from '../../core/errors.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, formList, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { accountMessages } from './account.messages.ts';
import { liveTokens } from './accounts.store.ts';
import { KeysPage } from './keys.pages.tsx';
import { idOf, own, root } from './own.tsx';
import { createToken, revokeToken, self, tokenInput } from './profile.ts';

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
