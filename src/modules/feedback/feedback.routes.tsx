import type { Hono } from 'hono';
import { mustHave } from '../../core/access.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { parse } from '../../core/input.ts';
import { explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { feedbackMessages } from './feedback.messages.ts';
import { AnswersPage, AskPage } from './feedback.pages.tsx';
import { askedUntil } from './feedback.rules.ts';
import { figuresSince, saidSince, siteBySlug, toHandle } from './feedback.store.ts';
import { giveFeedback, giveSchema, mineToAnswer, whyNotNow } from './give.ts';
import { handleFeedback, handleSchema } from './handle.ts';

const asking = '/:locale{fr|nl|en}/avis/:registration{[2-9A-Za-z]{10}}';
const reading = '/:locale{fr|nl|en}/equipe/:site/avis';

async function showAsk(c: Web, key: string | undefined, refusal?: Refusal): Promise<Response> {
  const { ctx } = c.var;
  const asked = await mineToAnswer(ctx, c.req.param('registration') ?? '', key);
  const why = refusal ?? whyNotNow(ctx, asked);
  const reasons = why ? explainAll(ctx, why, { timeZone: asked.timeZone }) : [];
  const open = whyNotNow(ctx, asked) === undefined;
  const status = refusal ? { status: refusalStatus[refusal.kind] } : {};
  c.header('X-Robots-Tag', 'noindex');
  return page(
    c,
    { title: feedbackMessages[ctx.locale].title, ...status },
    <AskPage ctx={ctx} asked={asked} secret={key} reasons={reasons} open={open} />,
  );
}

/** The site whose answers are read, for its team; for anybody else it is not there. */
async function enterSite(c: Web) {
  const { ctx } = c.var;
  mustHave(ctx.actor, 'team');
  const site = await siteBySlug(ctx, c.req.param('site') ?? '');
  if (!site) throw notFound();
  mustHave(ctx.actor, 'team', site.id);
  return site;
}

/** The question after a session, and what the team reads and does. */
export function feedbackRoutes(app: Hono<Env>): void {
  app.get(asking, (c) => showAsk(c, readQuery(c).cle));

  app.post(asking, async (c) => {
    const { ctx } = c.var;
    const form = await readForm(c);
    const registration = c.req.param('registration');
    const given = parse(giveSchema, { score: form.note, words: form.mots }, ctx.locale);
    try {
      if (!given.ok) throw new Refusal('request.invalid', 'unprocessable');
      await giveFeedback(ctx, { ...given.data, registration, key: form.cle });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
      return showAsk(c, form.cle, error);
    }
    return seeOther(c, `/avis/${registration}${form.cle ? `?cle=${encodeURIComponent(form.cle)}` : ''}`);
  });

  app.get(reading, async (c) => {
    const { ctx } = c.var;
    const site = await enterSite(c);
    const since = new Date(2 * ctx.now.getTime() - askedUntil(ctx.now).getTime());
    const [waiting, others, figures] = await Promise.all([
      toHandle(ctx, site.id),
      saidSince(ctx, site.id, since),
      figuresSince(ctx, site.id, since),
    ]);
    const name = say(site.name, ctx.locale, ctx.territory.mainLanguage);
    return page(
      c,
      { title: feedbackMessages[ctx.locale].teamTitle(name) },
      <AnswersPage ctx={ctx} site={{ ...site, name }} waiting={waiting} others={others} figures={figures} />,
    );
  });

  app.post(`${reading}/:id`, async (c) => {
    const { ctx } = c.var;
    const site = await enterSite(c);
    const form = await readForm(c);
    const given = parse(handleSchema, { note: form.suite }, ctx.locale);
    if (!given.ok) throw new Refusal('request.invalid', 'unprocessable');
    await handleFeedback(ctx, { feedbackId: c.req.param('id'), note: given.data.note });
    return seeOther(c, `/equipe/${site.slug}/avis`);
  });
}
