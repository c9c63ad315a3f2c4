import type { Hono } from 'hono';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { findingMessages } from './finding.messages.ts';
import { FindPage } from './finding.pages.tsx';
import { homeShown, isSearch, readSearch } from './form.ts';
import { renderSections } from './home.ts';
import { search } from './search.ts';

/**
 * The one page of finding: home, which answers a search in its own place, at an address that can be shared. `/trouver` is
 * the same without the welcome: mails and refusals lead there.
 */
export function findingRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}', (c) => find(c, true));
  app.get('/:locale{(?:fr|nl|en)}/trouver', (c) => find(c, false));
}

async function find(c: Web, welcoming: boolean): Promise<Response> {
  const { ctx } = c.var;
  const form = readQuery(c);
  const home = welcoming && !isSearch(form);
  const asked = await readSearch(ctx, form, home ? homeShown : undefined);
  const [found, sections] = await Promise.all([
    search(ctx, asked.query),
    home ? renderSections(ctx) : { aside: [], below: [] },
  ]);
  const words = findingMessages[ctx.locale];
  return page(
    c,
    {
      title: words.menu,
      description: words.description,
      shared: true,
      status: Object.keys(asked.errors).length > 0 ? 422 : 200,
    },
    <FindPage ctx={ctx} asked={asked} found={found} home={home} {...sections} />,
  );
}
