import type { Hono } from 'hono';
import { clearCookie, leaveField, readCookie, sessionCookieSeconds, writeCookie } from '../../core/cookies.ts';
import { Refusal, refusalStatus } from '../../core/errors.ts';
import { parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { agentLabel, localPath } from './accounts.rules.ts';
import { signInMessages } from './sign-in.messages.ts';
import { CodePage, LinkGonePage, LinkPage, SignInPage } from './sign-in.pages.tsx';
import {
  askForCode,
  closeSession,
  codeMinutes,
  emailOfLink,
  type SignedIn,
  signInInput,
  signInWithCode,
  signInWithLink,
  type Visitor,
} from './sign-in.ts';

/** Whether cookies carry `Secure`: the public address says so, whatever the proxy speaks to us. */
export const isHttps = (c: Web): boolean => c.var.ctx.publicUrl.startsWith('https://');

const visitorOf = (c: Web): Visitor => ({
  address: c.var.clientAddress,
  agent: agentLabel(c.req.header('user-agent')),
});

/** The refusals of signing in; anything else is not for this page. */
function refusedBy(c: Web, error: unknown): { status: number; refused: Explained[] } {
  if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
  return { status: refusalStatus[error.kind], refused: explainAll(c.var.ctx, error) };
}

/** Puts the session in the browser and goes where the visitor was going, asking first the name we do not have. */
export function welcome(c: Web, signedIn: SignedIn, returnTo: string | undefined): Response {
  const { locale } = c.var.ctx;
  writeCookie(c, 'session', isHttps(c), signedIn.token, sessionCookieSeconds);
  clearCookie(c, 'code', isHttps(c));
  const account = `/${locale}/compte`;
  if (!signedIn.nameMissing) return c.redirect(returnTo ?? account, 303);
  const query = new URLSearchParams({ bienvenue: '1', ...(returnTo ? { retour: returnTo } : {}) });
  return c.redirect(`${account}?${query}`, 303);
}

type Shown = { email?: string; error?: string | undefined; refused?: Explained[]; status?: number };

function showSignIn(c: Web, returnTo: string | undefined, shown: Shown = {}): Response {
  const { locale, actor } = c.var.ctx;
  return page(
    c,
    { title: signInMessages[locale].title, status: shown.status ?? 200 },
    <SignInPage
      locale={locale}
      returnTo={returnTo}
      email={shown.email ?? ''}
      error={shown.error}
      refused={shown.refused ?? []}
      signedIn={actor.kind === 'person'}
      demo={c.var.demo && c.var.ctx.territory.demonstration}
    />,
  );
}

function showCode(c: Web, returnTo: string | undefined, refused: Explained[] = [], status = 200): Response {
  const { locale } = c.var.ctx;
  return page(
    c,
    { title: signInMessages[locale].codeTitle, status },
    <CodePage locale={locale} returnTo={returnTo} refused={refused} demo={c.var.demo} />,
  );
}

function showLinkGone(c: Web, refused: Explained[], status: number): Response {
  const { locale } = c.var.ctx;
  return page(
    c,
    { title: signInMessages[locale].linkGone, status },
    <LinkGonePage locale={locale} refused={refused} />,
  );
}

/** Signing in and out. */
export function signInRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}/connexion', (c) => showSignIn(c, localPath(readQuery(c).retour)));

  app.post('/:locale{(?:fr|nl|en)}/connexion', async (c) => {
    const form = await readForm(c);
    const returnTo = localPath(form.retour);
    const { ctx } = c.var;
    const input = parse(signInInput, form, ctx.locale);
    const email = form.email ?? '';
    if (!input.ok) return showSignIn(c, returnTo, { email, error: input.errors.email, status: 422 });
    try {
      const codeId = await askForCode(ctx, input.data, visitorOf(c), returnTo);
      writeCookie(c, 'code', isHttps(c), codeId, codeMinutes * 60);
    } catch (error) {
      return showSignIn(c, returnTo, { email, ...refusedBy(c, error) });
    }
    const query = returnTo ? `?${new URLSearchParams({ retour: returnTo })}` : '';
    return c.redirect(`/${ctx.locale}/connexion/code${query}`, 303);
  });

  app.get('/:locale{(?:fr|nl|en)}/connexion/code', (c) => {
    if (!readCookie(c, 'code', isHttps(c))) return c.redirect(`/${c.var.ctx.locale}/connexion`, 303);
    return showCode(c, localPath(readQuery(c).retour));
  });

  app.post('/:locale{(?:fr|nl|en)}/connexion/code', async (c) => {
    const form = await readForm(c);
    const returnTo = localPath(form.retour);
    try {
      const codeId = readCookie(c, 'code', isHttps(c));
      return welcome(c, await signInWithCode(c.var.ctx, codeId, form.code ?? '', visitorOf(c)), returnTo);
    } catch (error) {
      const { refused, status } = refusedBy(c, error);
      return showCode(c, returnTo, refused, status);
    }
  });

  app.get('/:locale{(?:fr|nl|en)}/connexion/lien', async (c) => {
    const { jeton = '', retour } = readQuery(c);
    const { ctx } = c.var;
    const email = await emailOfLink(ctx, jeton);
    if (!email) return showLinkGone(c, explainAll(ctx, new Refusal('sign_in.link_gone', 'unprocessable')), 422);
    return page(
      c,
      { title: signInMessages[ctx.locale].linkTitle },
      <LinkPage locale={ctx.locale} returnTo={localPath(retour)} email={email} linkToken={jeton} />,
    );
  });

  app.post('/:locale{(?:fr|nl|en)}/connexion/lien', async (c) => {
    const form = await readForm(c);
    try {
      const signedIn = await signInWithLink(c.var.ctx, form.jeton ?? '', visitorOf(c));
      return welcome(c, signedIn, localPath(form.retour));
    } catch (error) {
      const { refused, status } = refusedBy(c, error);
      return showLinkGone(c, refused, status);
    }
  });

  app.post('/:locale{(?:fr|nl|en)}/deconnexion', async (c) => {
    await closeSession(c.var.ctx);
    clearCookie(c, 'session', isHttps(c));
    // What a telephone keeps of the day goes with the session: without its mark it shows none of it, and forgets it.
    leaveField(c, isHttps(c));
    return c.redirect(`/${c.var.ctx.locale}`, 303);
  });
}
