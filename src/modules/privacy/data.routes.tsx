import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { clearCookie } from '../../core/cookies.ts';
import { Refusal, refusalStatus } from '../../core/errors.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { isHttps, own, readProfile, root, self } from '../accounts/index.ts';
import { DataPage, ErasePage, GonePage } from './data.pages.tsx';
import { eraseMyself, whatErasingDoes } from './erase.ts';
import { exportMyData } from './export.ts';
import { privacyMessages } from './privacy.messages.ts';

async function showErase(c: Web, ctx: Ctx, status: number, error?: string, refused: Explained[] = []) {
  const { erased, kept } = await whatErasingDoes(ctx, self(ctx).personId);
  return page(
    c,
    { title: privacyMessages[ctx.locale].erase, status },
    <ErasePage locale={ctx.locale} erased={erased} kept={kept} error={error} refused={refused} />,
  );
}

/** One’s data: read, taken away, erased. */
export function dataRoutes(app: Hono<Env>): void {
  app.get(
    `${root}/donnees`,
    own(async (c, ctx) => {
      const person = await readProfile(ctx, self(ctx).personId);
      const view = { locale: ctx.locale, timeZone: ctx.territory.timeZone, person };
      return page(c, { title: privacyMessages[ctx.locale].dataTitle }, <DataPage view={view} />);
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
      if (!form.confirmed) return showErase(c, ctx, 422, privacyMessages[ctx.locale].confirmError);
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
    return page(c, { title: privacyMessages[locale].gone }, <GonePage locale={locale} />);
  });
}
