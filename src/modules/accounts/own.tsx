import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import type { Web } from '../../core/web.ts';
import { Notice, PageHead } from '../../ui/components/index.ts';
import { page } from '../../ui/page.tsx';
import { accountMessages } from './account.messages.ts';

export const root = '/:locale{(?:fr|nl|en)}/compte';

/** An id from the address; a forged one is a page that does not exist. */
export function idOf(c: Web): string {
  const id = c.req.param('id') ?? '';
  if (!isUuid(id)) throw notFound();
  return id;
}

/** Runs a handler for whoever is signed in on their own browser; others are asked to sign in, or told why not. */
export function own(handle: (c: Web, ctx: Ctx) => Promise<Response>) {
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
