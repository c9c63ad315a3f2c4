import type { Hono } from 'hono';
import type { Env } from '../../core/web.ts';
import { DashboardPage } from './dashboard.pages.tsx';
import { setupMessages } from './setup.messages.ts';
import { setupPage } from './setup.parts.tsx';
import { managedSites } from './setup.store.ts';
import { languagesOf, mustManage, runsTerritory } from './setup.web.ts';

/** The door of the administration: the places one looks after, and what belongs to the territory. */
export function setupRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}/gestion', async (c) => {
    mustManage(c);
    const sites = await managedSites(c.var.ctx);
    const territory = runsTerritory(c) ? c.var.ctx.territory.name : null;
    return setupPage(
      c,
      setupMessages[c.var.ctx.locale].title,
      <DashboardPage {...languagesOf(c)} sites={sites} territory={territory} />,
    );
  });
}
