import type { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Env, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { pastOf, upcomingOf } from '../notices/index.ts';
import { bookingMessages } from './booking.messages.ts';
import { MinePage } from './mine.pages.tsx';
import { mineSections } from './sections.ts';

const pageSize = 20;

async function showMine(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { locale } = ctx;
  const root = `/${locale}/mes-reservations`;
  const { personId } = ctx.actor;
  if (!personId) return c.redirect(`/${locale}/connexion?${new URLSearchParams({ retour: root })}`, 303);
  const query = readQuery(c);
  const past = query.passees === '1';
  const asked = Number(query.page);
  const number = Number.isInteger(asked) && asked >= 1 && asked <= 1000 ? asked : 1;
  const views = past
    ? await pastOf(ctx, personId, pageSize + 1, (number - 1) * pageSize)
    : await upcomingOf(ctx, personId);
  const sections: Child[] = [];
  for (const section of [...mineSections].sort((a, b) => a.rank - b.rank)) {
    const child = await section.render(ctx, past);
    if (child) sections.push(child);
  }
  const at = (to: number) => `${root}?passees=1&page=${to}`;
  return page(
    c,
    { title: bookingMessages[locale].mine },
    <MinePage
      ctx={ctx}
      views={past ? views.slice(0, pageSize) : views}
      past={past}
      sections={sections}
      previous={past && number > 1 ? at(number - 1) : undefined}
      next={past && views.length > pageSize ? at(number + 1) : undefined}
    />,
  );
}

/** One's own bookings. */
export function mineRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/mes-reservations', showMine);
}
