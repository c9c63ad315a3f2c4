import type { Hono } from 'hono';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type Env, formList, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  closePresence,
  helpers,
  type LinePreview,
  mayRun,
  openPresence,
  presenceSites,
  previewOpening,
  reasons,
} from '../presence/index.ts';
import { blank, type Form, languagesOf, refused } from '../setup/index.ts';
import { fewLines, linesShown, nextMonth, readOpening } from './open.input.ts';
import { OpenPage } from './open.pages.tsx';
import { openingMessages } from './opening.messages.ts';

const root = '/:locale{(?:fr|nl|en)}/permanences';

async function showOpening(c: Web, form: Form, previews?: LinePreview[]): Promise<Response> {
  const { ctx } = c.var;
  const mine = (await helpers(ctx)).filter((helper) => mayRun(ctx, helper));
  if (mine.length === 0) throw notFound();
  const known = { helpers: mine, reasons: await reasons(ctx), sites: await presenceSites(ctx) };
  const content = (
    <div class="setup stack">
      <OpenPage {...languagesOf(c)} {...known} form={form} previews={previews} />
    </div>
  );
  return page(c, { title: openingMessages[ctx.locale].open, status: form.status }, content);
}

async function postOpening(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const form = blank(values, { reasons: (await formList(c, 'reasons')).slice(0, 200) });
  if (values.geste === 'lignes') {
    const lignes = String(linesShown(values) + fewLines);
    return showOpening(c, { ...form, values: { ...values, lignes } });
  }
  const read = readOpening(ctx, values, form.ticked.reasons ?? []);
  if (!read.ok) return showOpening(c, { ...form, errors: read.errors, status: 422 });
  try {
    if (values.geste !== 'ouvrir') return await showOpening(c, form, await previewOpening(ctx, read.data));
    await openPresence(ctx, read.data);
    return seeOther(c, `/permanences?qui=${read.data.helperId}&fait=ouvert&jour=${read.data.from}`);
  } catch (error) {
    return showOpening(c, refused(c, form, error));
  }
}

/** Opening appointments, and closing them again. */
export function openRoutes(app: Hono<Env>): void {
  app.get(`${root}/ouvrir`, async (c) => {
    const { ctx } = c.var;
    const asked = c.req.query('qui') ?? '';
    const mine = (await helpers(ctx)).filter((helper) => mayRun(ctx, helper));
    const helper =
      mine.find((one) => one.id === asked) ?? mine.find((one) => one.personId === ctx.actor.personId) ?? mine[0];
    if (!helper) throw notFound();
    return showOpening(c, blank({ qui: helper.id, ...nextMonth(ctx) }, { reasons: helper.reasonIds }));
  });
  app.post(`${root}/ouvrir`, postOpening);
  app.post(`${root}/ouvert/:id/fermeture`, async (c) => {
    const id = c.req.param('id');
    if (!isUuid(id)) throw notFound();
    const helperId = await closePresence(c.var.ctx, id);
    return seeOther(c, `/permanences?qui=${helperId}&fait=ferme`);
  });
}
