import type { Hono } from 'hono';
import { notFound, Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import { grantInput, grantRelay, mustGrant, revokeRelay } from './grant.ts';
import { relaysMessages } from './relays.messages.ts';
import { GrantPage } from './relays.pages.tsx';
import { relays } from './relays.store.ts';

const root = '/:locale{(?:fr|nl|en)}/gestion/relais';

type Shown = { values?: FormValues; errors?: FieldErrors; refused?: Refused };

async function show(c: Web, { values = {}, errors = {}, refused }: Shown = {}): Promise<Response> {
  const { ctx } = c.var;
  const status = Object.keys(errors).length > 0 ? 422 : (refused?.status ?? 200);
  const content = (
    <GrantPage ctx={ctx} relays={await relays(ctx)} values={values} errors={errors} refused={refused?.reasons ?? []} />
  );
  return page(c, { title: relaysMessages[ctx.locale].admin, status }, content);
}

/** Who is a relay: said by those who administer a place. */
export function grantRoutes(app: Hono<Env>): void {
  app.use(`${root}/*`, async (c, next) => {
    mustGrant(c.var.ctx);
    await next();
  });
  app.get(root, (c) => show(c));
  app.post(root, async (c) => {
    const { ctx } = c.var;
    const values = await readForm(c);
    const asked = parse(grantInput, values, ctx.locale);
    if (!asked.ok) return show(c, { values, errors: asked.errors });
    try {
      await grantRelay(ctx, asked.data);
      return seeOther(c, '/gestion/relais');
    } catch (error) {
      const field = error instanceof Refusal ? error.reasons[0]?.params.field : undefined;
      const refused = refusedBy(ctx, error);
      if (typeof field !== 'string') return show(c, { values, refused });
      return show(c, { values, errors: { [field]: refused.reasons[0]?.text ?? '' } });
    }
  });
  app.post(`${root}/:id/retrait`, async (c) => {
    const id = c.req.param('id');
    if (!isUuid(id)) throw notFound();
    await revokeRelay(c.var.ctx, id);
    return seeOther(c, '/gestion/relais');
  });
}
