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
  openedRules,
  openPresence,
  presenceSites,
  previewOpening,
  reasons,
  receivesAt,
  type Village,
  villagesBetween,
} from '../presence/index.ts';
import { blank, type Form, languagesOf, refused } from '../setup/index.ts';
import { fewLines, linesShown, nextMonth, periodOf, readOpening } from './open.input.ts';
import { OpenPage } from './open.pages.tsx';
import { openingMessages } from './opening.messages.ts';

const root = '/:locale{(?:fr|nl|en)}/permanences';

async function showOpening(c: Web, form: Form, previews?: LinePreview[]): Promise<Response> {
  const { ctx } = c.var;
  const mine = (await helpers(ctx)).filter((helper) => mayRun(ctx, helper));
  if (mine.length === 0) throw notFound();
  const villages = await villagesBetween(ctx, periodOf(ctx, form.values));
  const known = {
    helpers: mine,
    reasons: await reasons(ctx),
    sites: await presenceSites(ctx),
    villages,
    opened: await openedAmong(c, villages, form.values.qui),
  };
  const content = (
    <div class="setup stack">
      <OpenPage {...languagesOf(c)} {...known} form={form} previews={previews} />
    </div>
  );
  return page(c, { title: openingMessages[ctx.locale].open, status: form.status }, content);
}

/** The villages where they receive already, whenever the bus stops there. */
async function openedAmong(c: Web, villages: readonly Village[], helperId = ''): Promise<string[]> {
  if (villages.length === 0 || !isUuid(helperId)) return [];
  const rules = await openedRules(c.var.ctx, helperId);
  return villages.filter(({ stops }) => stops.every((stop) => receivesAt(rules, stop))).map(({ code }) => code);
}

async function postOpening(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const ticked = (await formList(c, 'villages')).slice(0, 200);
  const form = blank(values, { reasons: (await formList(c, 'reasons')).slice(0, 200), villages: ticked });
  if (values.geste === 'lignes') {
    const lignes = String(linesShown(values) + fewLines);
    return showOpening(c, { ...form, values: { ...values, lignes } });
  }
  const villages = ticked.length > 0 ? await villagesBetween(ctx, periodOf(ctx, values)) : [];
  const read = readOpening(ctx, values, { reasons: form.ticked.reasons ?? [], villages, ticked });
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
