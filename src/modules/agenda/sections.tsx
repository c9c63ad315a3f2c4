import type { FC } from 'hono/jsx';
import { addDays, dayOf, instantOf, mondayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { hrefWith } from '../../core/input.ts';
import { findSessions } from '../timetable/index.ts';
import { itemOf, listItems } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { windowOf } from './agenda.rules.ts';
import type { AgendaItem } from './agenda.types.ts';
import { Days } from './item.tsx';

const onHome = 5;
const atSite = 6;

type FewProps = { ctx: Ctx; items: readonly AgendaItem[]; words: { title: string; all: string }; site?: string };

/** The first few, and the way to all of them. */
const Few: FC<FewProps> = ({ ctx, items, words, site = '' }) => (
  <section class="section stack" aria-labelledby="agenda-title">
    <h2 id="agenda-title">{words.title}</h2>
    <div class="agenda">
      <Days ctx={ctx} items={items} from={ctx.now} level={3} />
    </div>
    <p>
      <a href={hrefWith(`/${ctx.locale}/agenda`, { site })}>{words.all}</a>
    </p>
  </section>
);

/** The next few things, on the home page; nothing while nothing is planned. */
export async function agendaSection(ctx: Ctx) {
  const { start, end } = windowOf(undefined, undefined, ctx.now, ctx.territory.timeZone);
  const { items } = await listItems(ctx, { from: start, to: end, reader: ctx.actor.personId }, { limit: onHome });
  if (items.length === 0) return null;
  return <Few ctx={ctx} items={items} words={agendaMessages[ctx.locale].home} />;
}

/** What is on at a site this week and the next; nothing where nothing is planned. */
export async function agendaOfSite(ctx: Ctx, site: { id: string; slug: string; kind: string; timeZone: string }) {
  const monday = mondayOf(dayOf(ctx.now, site.timeZone));
  const to = instantOf(addDays(monday, 14), '00:00', site.timeZone);
  // The bus's page already says where it stops.
  const query = { from: ctx.now, to, siteId: site.id, reader: ctx.actor.personId, limit: atSite };
  const items = (await findSessions(ctx, query)).map(itemOf);
  if (items.length === 0) return null;
  return <Few ctx={ctx} items={items} words={agendaMessages[ctx.locale].here} site={site.slug} />;
}
