import { addDays, dayOf, instantOf, mondayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { hrefWith } from '../../core/input.ts';
import { findSessions } from '../sessions/index.ts';
import { itemOf, listItems } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { windowOf } from './agenda.rules.ts';
import { Days } from './item.tsx';

const onHome = 5;
const atSite = 6;

/** The next few things, on the home page; nothing while nothing is planned. */
export async function agendaSection(ctx: Ctx) {
  const { start, end } = windowOf(undefined, undefined, ctx.now, ctx.territory.timeZone);
  const { items } = await listItems(ctx, { from: start, to: end, reader: ctx.actor.personId }, { limit: onHome });
  if (items.length === 0) return null;
  const m = agendaMessages[ctx.locale].home;
  return (
    <section class="section stack" aria-labelledby="agenda-title">
      <h2 id="agenda-title">{m.title}</h2>
      <div class="agenda">
        <Days ctx={ctx} items={items} from={ctx.now} level={3} />
      </div>
      <p>
        <a href={`/${ctx.locale}/agenda`}>{m.all}</a>
      </p>
    </section>
  );
}

/** What is on at a site this week and the next; nothing where nothing is planned. */
export async function agendaOfSite(ctx: Ctx, site: { id: string; slug: string; kind: string; timeZone: string }) {
  const monday = mondayOf(dayOf(ctx.now, site.timeZone));
  const to = instantOf(addDays(monday, 14), '00:00', site.timeZone);
  // The bus's page already says where it stops.
  const query = { from: ctx.now, to, siteId: site.id, reader: ctx.actor.personId, limit: atSite };
  const items = (await findSessions(ctx, query)).map(itemOf);
  if (items.length === 0) return null;
  const m = agendaMessages[ctx.locale].here;
  return (
    <section class="section stack" aria-labelledby="agenda-title">
      <h2 id="agenda-title">{m.title}</h2>
      <div class="agenda">
        <Days ctx={ctx} items={items} from={ctx.now} level={3} />
      </div>
      <p>
        <a href={hrefWith(`/${ctx.locale}/agenda`, { site: site.slug })}>{m.all}</a>
      </p>
    </section>
  );
}
