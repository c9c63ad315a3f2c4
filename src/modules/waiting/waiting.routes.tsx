import type { Hono } from 'hono';
import { z } from 'zod';
import { wishKey } from '../../core/codes.ts';
import { Refusal } from '../../core/errors.ts';
import { email, type FormValues, parse } from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import { askAgain, askByMail, askMyself, confirmWish, ownEmail, ownWish, stopWish, whyNot } from './ask.ts';
import { wishByLink } from './links.store.ts';
import { waitingMessages } from './waiting.messages.ts';
import { AskPage, ConfirmPage, EndPage, SentPage, WishPage } from './waiting.pages.tsx';
import { wishPath } from './waiting.words.ts';
import { nameOf, readWanted } from './wanted.ts';

const root = '/:locale{(?:fr|nl|en)}/me-prevenir';
const onlyEmail = z.object({ email });
const searchFields = ['besoin', 'jour', 'heure', 'duree', 'personnes', 'pres'];

type Shown = { error?: string | undefined; refused?: Refused };

async function showAsk(c: Web, form: FormValues, shown: Shown = {}): Promise<Response> {
  const { ctx } = c.var;
  const wanted = await readWanted(ctx, form);
  if (!wanted) return toSearch(c, form);
  const late = whyNot(ctx, wanted.question);
  const refused = shown.refused ?? (late && refusedBy(ctx, late));
  return page(
    c,
    { title: waitingMessages[ctx.locale].title, status: refused?.status ?? (shown.error ? 422 : 200) },
    <AskPage
      ctx={ctx}
      wanted={wanted}
      values={wanted.values}
      known={ownEmail(ctx) !== undefined}
      email={form.email}
      error={shown.error}
      refused={refused?.reasons ?? []}
    />,
  );
}

/** What is not understood is said by the search itself. */
function toSearch(c: Web, form: FormValues): Response {
  const kept = searchFields.flatMap((name) => (form[name] ? [[name, form[name]]] : []));
  return seeOther(c, `/trouver?${new URLSearchParams(kept as [string, string][])}`);
}

async function postAsk(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const form = await readForm(c);
  const wanted = await readWanted(ctx, form);
  if (!wanted) return toSearch(c, form);
  try {
    if (ownEmail(ctx)) return seeOther(c, wishPath(await askMyself(ctx, wanted.question), undefined, { fait: '1' }));
    const input = parse(onlyEmail, form, ctx.locale);
    if (!input.ok) return showAsk(c, form, { error: input.errors.email });
    await askByMail(ctx, wanted.question, input.data.email, c.var.clientAddress);
    return seeOther(c, '/me-prevenir/courrier');
  } catch (error) {
    return showAsk(c, form, { refused: refusedBy(ctx, error) });
  }
}

async function showConfirm(c: Web, token: string, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const wish = token.length <= 100 ? await wishByLink(ctx, token) : undefined;
  if (!wish) return showEnd(c, 'gone');
  return page(
    c,
    { title: waitingMessages[ctx.locale].confirmTitle, status: refused?.status ?? 200 },
    <ConfirmPage ctx={ctx} wanted={await nameOf(ctx, wish.question)} token={token} refused={refused?.reasons ?? []} />,
  );
}

async function postConfirm(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const token = ((await readForm(c)).jeton ?? '').slice(0, 100);
  try {
    const id = await confirmWish(ctx, token, c.var.clientAddress);
    return seeOther(c, wishPath(id, wishKey(ctx.secret, id), { fait: '1' }));
  } catch (error) {
    return showConfirm(c, token, refusedBy(ctx, error));
  }
}

function showEnd(c: Web, end: 'stopped' | 'gone'): Response {
  const m = waitingMessages[c.var.ctx.locale];
  const [title, status] = end === 'gone' ? [m.gone, 404] : [m.stoppedTitle, 200];
  return page(c, { title, status }, <EndPage ctx={c.var.ctx} end={end} />);
}

async function showWish(c: Web, key: string | undefined, noted: boolean, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const wish = await ownWish(ctx, c.req.param('id') ?? '', key);
  const response = page(
    c,
    { title: waitingMessages[ctx.locale].wish, status: refused?.status ?? 200 },
    <WishPage
      ctx={ctx}
      wish={wish}
      wanted={await nameOf(ctx, wish.question)}
      linkKey={key}
      noted={noted}
      refused={refused?.reasons ?? []}
    />,
  );
  response.headers.set('Cache-Control', 'no-store');
  return response;
}

/** A wish that is gone, or somebody else's, is the same page: nothing is said of either. */
const orGone = (handle: (c: Web) => Promise<Response>) => async (c: Web) => {
  try {
    return await handle(c);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'wish.gone') return showEnd(c, 'gone');
    throw error;
  }
};

async function postAgain(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { cle } = await readForm(c);
  const id = c.req.param('id') ?? '';
  try {
    await askAgain(ctx, id, cle);
    return seeOther(c, wishPath(id, cle, { fait: '1' }));
  } catch (error) {
    return showWish(c, cle, false, refusedBy(ctx, error));
  }
}

async function postStop(c: Web): Promise<Response> {
  const { cle, retour } = await readForm(c);
  await stopWish(c.var.ctx, c.req.param('id') ?? '', cle);
  return seeOther(c, retour === 'compte' ? '/compte?fait=1' : '/me-prevenir/arrete');
}

/** Asking to be told, confirming it from the mail, renewing and stopping. */
export function waitingRoutes(app: Hono<Env>): void {
  app.get(root, (c) => showAsk(c, readQuery(c)));
  app.post(root, postAsk);
  app.get(`${root}/courrier`, (c) =>
    page(c, { title: waitingMessages[c.var.ctx.locale].sentTitle }, <SentPage ctx={c.var.ctx} demo={c.var.demo} />),
  );
  app.get(`${root}/arrete`, (c) => showEnd(c, 'stopped'));
  app.get(`${root}/confirmer`, (c) => showConfirm(c, readQuery(c).jeton ?? ''));
  app.post(`${root}/confirmer`, postConfirm);
  app.get(
    `${root}/:id`,
    orGone((c) => {
      const { cle, fait } = readQuery(c);
      return showWish(c, cle, fait === '1');
    }),
  );
  app.post(`${root}/:id/encore`, orGone(postAgain));
  app.post(`${root}/:id/arret`, orGone(postStop));
}
