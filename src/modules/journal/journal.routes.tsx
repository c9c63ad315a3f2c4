import type { Hono } from 'hono';
import { has, isTerritoryAdministrator } from '../../core/access.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import type { Env, Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { journalMessages } from './journal.messages.ts';
import { JournalPage } from './journal.pages.tsx';
import { findSubject, linesOf, type Subject, type SubjectKind } from './journal.store.ts';

const perPage = 50;
/** The part of the address that says what it is about. */
const named: Record<string, SubjectKind> = {
  reservation: 'booking',
  ressource: 'resource',
  espace: 'space',
  lieu: 'site',
  personne: 'person',
};

/** The journal of one subject. */
export function journalRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/gestion/journal/:kind/:id', async (c) => {
    const { ctx } = c.var;
    const part = c.req.param('kind') ?? '';
    const kind = Object.hasOwn(named, part) ? named[part] : undefined;
    const id = c.req.param('id') ?? '';
    if (!kind || !isUuid(id)) throw notFound();
    const subject = await findSubject(ctx, kind, id);
    if (!subject || !mayRead(c, subject)) throw notFound();
    const at = Math.min(10_000, Math.max(0, Math.trunc(Number(c.req.query('page') ?? 0)) || 0));
    const lines = await linesOf(ctx, kind, id, at, perPage + 1);
    return page(
      c,
      { title: journalMessages[ctx.locale].title },
      <JournalPage
        ctx={ctx}
        kind={kind}
        subject={subject}
        path={`/${ctx.locale}/gestion/journal/${part}/${id}`}
        lines={lines.slice(0, perPage)}
        at={at}
        more={lines.length > perPage}
      />,
    );
  });
}

/** Who administers the site; for people, who administers the whole territory. A shared tablet never shows it. */
function mayRead(c: Web, { siteId }: Subject): boolean {
  const { actor } = c.var.ctx;
  if (actor.deviceId) return false;
  return siteId ? has(actor, 'administrator', siteId) : isTerritoryAdministrator(actor);
}
