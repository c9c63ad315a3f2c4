import type { Hono } from 'hono';
import { has, isTerritoryAdministrator } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import type { Env, Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { idsIn } from './details.ts';
import { journalMessages } from './journal.messages.ts';
import { JournalPage, OwnPage } from './journal.pages.tsx';
import { findSubject, type Line, linesOf, namesOf, ownLines, type Subject, type SubjectKind } from './journal.store.ts';

const perPage = 50;
/** The part of the address that says what it is about. */
const named: Record<string, SubjectKind> = {
  reservation: 'booking',
  ressource: 'resource',
  espace: 'space',
  lieu: 'site',
  personne: 'person',
  seance: 'session',
  arret: 'stop',
  inscription: 'registration',
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
    if (!subject || !mayRead(c, kind, subject)) throw notFound();
    const at = pageOf(c);
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
        names={await namesIn(ctx, lines)}
        at={at}
        more={lines.length > perPage}
      />,
    );
  });

  app.get('/:locale{fr|nl|en}/compte/journal', async (c) => {
    const { ctx } = c.var;
    const { personId, deviceId } = ctx.actor;
    if (deviceId) throw notFound();
    if (!personId) {
      const query = new URLSearchParams({ retour: `/${ctx.locale}/compte/journal` });
      return c.redirect(`/${ctx.locale}/connexion?${query}`, 302);
    }
    const at = pageOf(c);
    const lines = await ownLines(ctx, personId, at, perPage + 1);
    return page(
      c,
      { title: journalMessages[ctx.locale].own },
      <OwnPage
        ctx={ctx}
        lines={lines.slice(0, perPage)}
        names={await namesIn(ctx, lines)}
        at={at}
        more={lines.length > perPage}
      />,
    );
  });
}

const pageOf = (c: Web): number => Math.min(10_000, Math.max(0, Math.trunc(Number(c.req.query('page') ?? 0)) || 0));

const namesIn = (ctx: Ctx, lines: readonly Line[]) =>
  namesOf(
    ctx,
    lines.flatMap(({ data }) => idsIn(data)),
  );

/** Of these the team reads the journal too: they are its own work. */
const teams: readonly SubjectKind[] = ['session', 'stop', 'registration'];

/** Who administers the site, or works there; for people, who administers the whole territory. A shared tablet never shows it. */
function mayRead(c: Web, kind: SubjectKind, { siteId }: Subject): boolean {
  const { actor } = c.var.ctx;
  if (actor.deviceId) return false;
  return siteId ? has(actor, teams.includes(kind) ? 'team' : 'administrator', siteId) : isTerritoryAdministrator(actor);
}
