import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { usefulWords } from '../feedback/index.ts';
import {
  isPublic,
  partsOf,
  type SessionView,
  sessionByReference,
  sessionsByIds,
  sessionsOfSeries,
} from '../sessions/index.ts';
import { listItems } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { agendaHref, readAsked } from './agenda.query.ts';
import { windowOf } from './agenda.rules.ts';
import { placeWords, tell } from './agenda.words.ts';
import { showFrame } from './embed.tsx';
import { ListPage } from './list.pages.tsx';
import { SessionPage, whenOf } from './session.pages.tsx';
import { choices } from './stops.store.ts';
import { showWeek } from './week.routes.tsx';

/** As many as are read on a phone before one asks for more. */
const onPage = 30;
const laterShown = 5;
const othersShown = 12;

/** The public pages: what is on, and one session. */
export function agendaRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/agenda', showList);
  app.get('/:locale{fr|nl|en}/agenda/semaine', showWeek);
  app.get('/:locale{fr|nl|en}/agenda/cadre', showFrame);
  app.get('/:locale{fr|nl|en}/agenda/:reference', showSession);
}

async function showList(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const asked = await readAsked(ctx, readQuery(c));
  const [listed, { lines, sites }] = await Promise.all([
    listItems(ctx, asked.query, { after: asked.after, limit: onPage }),
    choices(ctx),
  ]);
  const words = agendaMessages[ctx.locale].list;
  const wrong = Object.keys(asked.errors).length > 0;
  const { quand: _, jour: __, ...kept } = asked.values;
  return page(
    c,
    {
      title: words.title,
      description: words.description,
      feed: agendaHref('/agenda.atom', kept, { langue: ctx.locale }),
      shared: true,
      status: wrong ? 422 : 200,
    },
    <ListPage
      ctx={ctx}
      asked={asked}
      listed={listed}
      later={listed.items.length === 0 && asked.period ? await later(ctx, asked.query) : []}
      lines={lines}
      sites={sites}
    />,
  );
}

/** What comes next, whenever it is. */
async function later(ctx: Ctx, query: Parameters<typeof listItems>[1]) {
  const { end } = windowOf(undefined, undefined, ctx.now, ctx.territory.timeZone);
  return (await listItems(ctx, { ...query, to: end }, { limit: laterShown })).items;
}

/** A session that anybody may read of. */
export async function publicSession(ctx: Ctx, reference: string | undefined): Promise<SessionView> {
  const session = await sessionByReference(ctx, reference ?? '');
  if (!session || !isPublic(session)) throw notFound();
  return session;
}

async function showSession(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const session = await publicSession(ctx, c.req.param('reference'));
  const [series, parts, parent] = await Promise.all([
    session.seriesId ? sessionsOfSeries(ctx, session.seriesId) : [],
    partsOf(ctx, session.id),
    session.parentId ? sessionsByIds(ctx, [session.parentId]) : [],
  ]);
  const dates = series.filter(isPublic);
  const others = dates.filter(({ id, end }) => id !== session.id && end > ctx.now).slice(0, othersShown);
  const title = tell(ctx, session.title);
  return page(
    c,
    {
      title,
      description: [whenOf(ctx, session), placeWords(ctx, session).join(', '), tell(ctx, session.summary)]
        .filter(Boolean)
        .join(' · '),
      shared: true,
    },
    <SessionPage
      ctx={ctx}
      session={session}
      others={others}
      dates={dates.length}
      parts={parts.filter(isPublic)}
      parent={parent.find(isPublic)}
      useful={await usefulWords(ctx, [session, ...dates])}
    />,
  );
}
