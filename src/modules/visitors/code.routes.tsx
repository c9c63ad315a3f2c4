import type { Hono } from 'hono';
import { notFound } from '../../core/errors.ts';
import { limit, notAnAttempt } from '../../core/limits.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import { CodePage, LinkGonePage, LinkPage } from './code.pages.tsx';
import { askedByLink, mailAskedAt } from './codes.store.ts';
import type { Confirming } from './confirming.ts';
import { visitorsMessages } from './visitors.messages.ts';

async function showCode(c: Web, how: Confirming, error?: unknown): Promise<Response> {
  const { ctx } = c.var;
  const found = await how.find(ctx, { reference: c.req.param('ref') ?? '' });
  if (!found) throw notFound();
  const email = await mailAskedAt(ctx, how.purpose, found.ids);
  // Confirmed since: whose it is, and what it is, is for the page that checks who looks. A refusal is told, and nothing else.
  if (error && !found.waits) throw error;
  if (!email || !found.waits) return seeOther(c, found.path);
  const refused = error === undefined ? undefined : refusedBy(ctx, error);
  return page(
    c,
    { title: visitorsMessages[ctx.locale].codeTitle, status: refused?.status ?? 200 },
    <CodePage ctx={ctx} how={how} found={found} email={email} demo={c.var.demo} refused={refused?.reasons ?? []} />,
  );
}

async function showLink(c: Web, how: Confirming, token: string | undefined, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const asked = token && token.length <= 100 ? await askedByLink(ctx, how.purpose, token) : undefined;
  const found = asked && (await how.find(ctx, { id: asked.id }));
  if (!asked || !found || !token) {
    const title = visitorsMessages[ctx.locale].linkGone;
    return page(c, { title, status: 404 }, <LinkGonePage ctx={ctx} how={how} />);
  }
  return page(
    c,
    { title: found.words?.linkTitle ?? how.words[ctx.locale].linkTitle, status: refused?.status ?? 200 },
    <LinkPage ctx={ctx} how={how} found={found} token={token} used={asked.used} refused={refused?.reasons ?? []} />,
  );
}

/** Beside the five tries of each code: nobody walks through the codes of many. */
const tries = { hits: 60, minutes: 15 };

async function confirm(c: Web, how: Confirming, by: Parameters<Confirming['confirm']>[1]): Promise<Response> {
  const { ctx, clientAddress } = c.var;
  const rule = { name: `${how.purpose}.codes`, ...tries };
  await limit(ctx, rule, clientAddress);
  const path = await how.confirm(ctx, by);
  await notAnAttempt(ctx, rule, clientAddress);
  return seeOther(c, path);
}

async function postCode(c: Web, how: Confirming): Promise<Response> {
  const { code = '' } = await readForm(c);
  try {
    return await confirm(c, how, { reference: c.req.param('ref') ?? '', code: code.replace(/\D/g, '') });
  } catch (error) {
    return showCode(c, how, error);
  }
}

async function postLink(c: Web, how: Confirming): Promise<Response> {
  const { jeton = '' } = await readForm(c);
  try {
    return await confirm(c, how, { token: jeton.slice(0, 100) });
  } catch (error) {
    return showLink(c, how, jeton, refusedBy(c.var.ctx, error));
  }
}

/** Confirming by the code of a mail or by its link, for one kind of thing. */
export function confirmingRoutes(app: Hono<Env>, how: Confirming): void {
  const codePath = `/:locale{fr|nl|en}/${how.root}/:ref{[2-9A-Za-z]{10}}/confirmation`;
  const linkPath = `/:locale{fr|nl|en}/${how.root}/confirmer`;
  app.get(linkPath, (c) => showLink(c, how, readQuery(c).jeton));
  app.post(linkPath, (c) => postLink(c, how));
  app.get(codePath, (c) => showCode(c, how));
  app.post(codePath, (c) => postCode(c, how));
}
