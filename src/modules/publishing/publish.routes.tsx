import type { Hono } from 'hono';
import { has } from '../../core/access.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { choices, chosenWords, readAsked } from '../agenda/index.ts';
import { mediationPlaces } from './mediation.ts';
import { PublishPage } from './publish.pages.tsx';
import { publishingMessages } from './publishing.messages.ts';

/** The page that says how to follow the agenda elsewhere. */
export function publishRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/agenda/publier', showPublish);
}

async function showPublish(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { quand: _, jour: __, ...form } = readQuery(c);
  const [asked, some] = await Promise.all([readAsked(ctx, form), choices(ctx)]);
  const words = publishingMessages[ctx.locale].page;
  return page(
    c,
    { title: words.title, description: words.lead, shared: true },
    <PublishPage
      ctx={ctx}
      values={asked.values}
      chosen={chosenWords(ctx, asked, some)}
      mediation={has(ctx.actor, 'team') ? await mediationPlaces(ctx) : undefined}
    />,
  );
}
