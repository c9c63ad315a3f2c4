import type { Hono } from 'hono';
import { type Env, readQuery } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { appointmentsMessages } from './appointments.messages.ts';
import { answersFor, readAsked } from './find.input.ts';
import { FindPage } from './find.pages.tsx';

/** Looking for somebody who helps. */
export function findRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}/rendez-vous', async (c) => {
    const { ctx } = c.var;
    const asked = await readAsked(ctx, readQuery(c));
    const m = appointmentsMessages[ctx.locale];
    const options = {
      title: m.title,
      description: m.description,
      shared: true,
      status: Object.keys(asked.errors).length > 0 ? 422 : 200,
    };
    return page(c, options, <FindPage ctx={ctx} asked={asked} answers={await answersFor(ctx, asked)} />);
  });
}
