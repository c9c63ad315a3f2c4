import type { Hono } from 'hono';
import { notFound } from '../../core/errors.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { helpers, mustWriteReasons, type Reason, reasonBySlug, reasons } from '../presence/index.ts';
import { allLines, blank, durationText, type Form, languagesOf, submit, textValues } from '../setup/index.ts';
import { openingMessages } from './opening.messages.ts';
import { ReasonPage, ReasonsPage } from './reasons.pages.tsx';
import { addReason, addUsualReasons, archiveReason, editReason, reasonInput } from './save-reason.ts';

const root = '/:locale{(?:fr|nl|en)}/permanences/sujets';

async function reasonOf(c: Web): Promise<Reason> {
  const reason = await reasonBySlug(c.var.ctx, c.req.param('slug') ?? '');
  if (!reason) throw notFound();
  return reason;
}

async function showReason(c: Web, form: Form, reason: Reason | undefined): Promise<Response> {
  const { ctx } = c.var;
  const { status } = form;
  const content = <ReasonPage {...languagesOf(c)} form={form} reason={reason} lines={await allLines(ctx)} />;
  return page(c, { title: openingMessages[ctx.locale].reasons, status }, content);
}

/** The reasons to come, written by those who administer a place. */
export function reasonRoutes(app: Hono<Env>): void {
  app.use(`${root}/*`, async (c, next) => {
    mustWriteReasons(c.var.ctx);
    await next();
  });
  app.get(root, async (c) => {
    const { ctx } = c.var;
    const counts = new Map<string, number>();
    for (const { reasonIds } of await helpers(ctx))
      for (const id of reasonIds) counts.set(id, (counts.get(id) ?? 0) + 1);
    const content = (
      <ReasonsPage {...languagesOf(c)} reasons={await reasons(ctx, { archived: true })} counts={counts} />
    );
    return page(c, { title: openingMessages[ctx.locale].reasons }, content);
  });
  app.post(`${root}/courants`, async (c) => {
    await addUsualReasons(c.var.ctx);
    return seeOther(c, '/permanences/sujets');
  });
  app.get(`${root}/nouveau`, (c) =>
    showReason(c, blank({ minutes: '45', places: '2', who: 'public', notice: '2 h', horizon: '60' }), undefined),
  );
  app.post(`${root}/nouveau`, async (c) => {
    const run = async (data: Parameters<typeof addReason>[1]) => {
      await addReason(c.var.ctx, data);
      return '/permanences/sujets';
    };
    const form = blank(await readForm(c));
    return submit(c, reasonInput(languagesOf(c).main), form, run, (shown) => showReason(c, shown, undefined));
  });
  app.get(`${root}/:slug`, async (c) => {
    const reason = await reasonOf(c);
    const values = {
      version: String(reason.version),
      ...textValues('name', reason.name),
      ...textValues('summary', reason.summary),
      ...textValues('bring', reason.bring),
      minutes: String(reason.minutes),
      places: String(reason.places),
      who: reason.who,
      notice: reason.noticeMinutes > 0 ? durationText(reason.noticeMinutes, c.var.ctx.locale) : '',
      horizon: String(reason.horizonDays),
      line: reason.lineId ?? '',
    };
    return showReason(c, blank(values), reason);
  });
  app.post(`${root}/:slug`, async (c) => {
    const reason = await reasonOf(c);
    const run = async (data: Parameters<typeof editReason>[2]) => {
      await editReason(c.var.ctx, reason.id, data);
      return '/permanences/sujets';
    };
    const form = blank(await readForm(c));
    return submit(c, reasonInput(languagesOf(c).main), form, run, (shown) => showReason(c, shown, reason));
  });
  for (const [path, archived] of [
    ['arret', true],
    ['reprise', false],
  ] as const) {
    app.post(`${root}/:slug/${path}`, async (c) => {
      const reason = await reasonOf(c);
      await archiveReason(c.var.ctx, reason.id, archived);
      return seeOther(c, '/permanences/sujets');
    });
  }
}
