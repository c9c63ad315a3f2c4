import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { hrefWith } from '../../core/input.ts';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { tell } from '../../ui/told.ts';
import { usefulWords } from '../feedback/index.ts';
import {
  type Pass,
  partsOf,
  passOf,
  passQuery,
  readable,
  type SessionView,
  sessionFor,
  sessionsByIds,
  sessionsOfSeries,
} from '../timetable/index.ts';
import { listItems } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { readAsked } from './agenda.query.ts';
import { windowOf } from './agenda.rules.ts';
import { placeWords } from './agenda.words.ts';
import { showFrame } from './embed.tsx';
import { ListPage } from './list.pages.tsx';
import { formerStarts } from './moves.store.ts';
import { SessionPage, whenOf } from './session.pages.tsx';
import { choices } from './stops.store.ts';

/** As many as are read on a phone before one asks for more. */
const onPage = 30;
const laterShown = 5;
const othersShown = 12;

/** The public pages: what is on, and one session. */
export function agendaRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/agenda', showList);
  app.get('/:locale{fr|nl|en}/agenda/cadre', showFrame);
  app.get('/:locale{fr|nl|en}/agenda/:reference', showSession);
}

async function showList(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const asked = await readAsked(ctx, readQuery(c));
  const query = { ...asked.query, reader: ctx.actor.personId };
  const [listed, { lines, sites }] = await Promise.all([
    listItems(ctx, query, { after: asked.after, limit: onPage }),
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
      feed: hrefWith('/agenda.atom', kept, { langue: ctx.locale }),
      shared: true,
      status: wrong ? 422 : 200,
    },
    <ListPage
      ctx={ctx}
      asked={asked}
      listed={listed}
      later={listed.items.length === 0 && asked.period ? await later(ctx, query) : []}
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

/** The session of an address, for those who may read of it; `pass` is what the address carries of an invitation. */
export function askedSession(c: Web): Promise<{ session: SessionView; pass: Pass }> {
  const { ctx } = c.var;
  const reference = c.req.param('reference') ?? '';
  const pass = { ...passOf(readQuery(c)), back: `/${ctx.locale}/agenda/${reference}` };
  return sessionFor(ctx, reference, pass).then((session) => ({ session, pass }));
}

async function showSession(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { session, pass } = await askedSession(c);
  const [series, parts, parent, former] = await Promise.all([
    session.seriesId ? sessionsOfSeries(ctx, session.seriesId) : [],
    partsOf(ctx, session.id),
    session.parentId ? sessionsByIds(ctx, [session.parentId]) : [],
    formerStarts(ctx, [session]),
  ]);
  const dates = await readable(ctx, series, pass);
  const others = dates.filter(({ id, end }) => id !== session.id && end > ctx.now).slice(0, othersShown);
  const title = tell(ctx, session.title);
  if (pass.key) c.header('X-Robots-Tag', 'noindex');
  return page(
    c,
    {
      title,
      description: [whenOf(ctx, session), placeWords(ctx, session).join(', '), tell(ctx, session.summary)]
        .filter(Boolean)
        .join(' · '),
      shared: !pass.key,
    },
    <SessionPage
      ctx={ctx}
      session={session}
      others={others}
      dates={dates.length}
      parts={await readable(ctx, parts, pass)}
      parent={(await readable(ctx, parent, pass))[0]}
      former={former.get(session.id)}
      useful={await usefulWords(ctx, [session, ...dates])}
      pass={passQuery(pass)}
    />,
  );
}
