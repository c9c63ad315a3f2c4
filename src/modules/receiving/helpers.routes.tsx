import type { Hono } from 'hono';
import { mustHave } from '../../core/access.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type Env, formList, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Helper, helpers, mayRun, reasons, runHelper } from '../presence/index.ts';
import { blank, type Form, languagesOf, submit, textValues } from '../setup/index.ts';
import { HelperPage, HelpersPage } from './helpers.pages.tsx';
import { openingMessages } from './opening.messages.ts';
import { addHelper, archiveHelper, editHelper, helperInput, teamPeople, teamSites } from './save-helper.ts';

const root = '/:locale{(?:fr|nl|en)}/permanences/equipe';

function helperOf(c: Web): Promise<Helper> {
  const id = c.req.param('id') ?? '';
  if (!isUuid(id)) throw notFound();
  return runHelper(c.var.ctx, id);
}

async function showHelper(c: Web, form: Form, helper: Helper | undefined): Promise<Response> {
  const { ctx } = c.var;
  const known = { sites: await teamSites(ctx), reasons: await reasons(ctx), people: await teamPeople(ctx) };
  const content = <HelperPage {...languagesOf(c)} {...known} form={form} helper={helper} />;
  return page(c, { title: openingMessages[ctx.locale].helpers, status: form.status }, content);
}

const formOf = async (c: Web): Promise<Form> => blank(await readForm(c), { reasons: await formList(c, 'reasons') });

/** Who receives, for the team. */
export function helperRoutes(app: Hono<Env>): void {
  app.use(`${root}/*`, async (c, next) => {
    mustHave(c.var.ctx.actor, 'team');
    await next();
  });
  app.get(root, async (c) => {
    const { ctx } = c.var;
    const mine = (await helpers(ctx, { archived: true })).filter((helper) => mayRun(ctx, helper));
    const content = <HelpersPage {...languagesOf(c)} helpers={mine} reasons={await reasons(ctx)} />;
    return page(c, { title: openingMessages[ctx.locale].helpers }, content);
  });
  app.get(`${root}/nouvelle`, async (c) => {
    const all = await reasons(c.var.ctx);
    return showHelper(c, blank({}, { reasons: all.map((reason) => reason.id) }), undefined);
  });
  app.post(`${root}/nouvelle`, async (c) => {
    const run = async (data: Parameters<typeof addHelper>[1]) => {
      await addHelper(c.var.ctx, data);
      return '/permanences/equipe';
    };
    return submit(c, helperInput, await formOf(c), run, (shown) => showHelper(c, shown, undefined));
  });
  app.get(`${root}/:id`, async (c) => {
    const helper = await helperOf(c);
    const values = { version: String(helper.version), site: helper.siteId, ...textValues('does', helper.does) };
    return showHelper(c, blank(values, { reasons: helper.reasonIds }), helper);
  });
  app.post(`${root}/:id`, async (c) => {
    const helper = await helperOf(c);
    const run = async (data: Parameters<typeof editHelper>[2]) => {
      await editHelper(c.var.ctx, helper.id, data);
      return '/permanences/equipe';
    };
    return submit(c, helperInput, await formOf(c), run, (shown) => showHelper(c, shown, helper));
  });
  app.post(`${root}/:id/arret`, async (c) => {
    const helper = await helperOf(c);
    await archiveHelper(c.var.ctx, helper.id);
    return seeOther(c, '/permanences/equipe');
  });
}
