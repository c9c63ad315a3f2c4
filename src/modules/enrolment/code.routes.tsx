import type { Hono } from 'hono';
import { registrationKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { limit } from '../../core/limits.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import {
  codeAskedByLink,
  codeAskedFor,
  confirmRegistration,
  type Registered,
  type RegistrationView,
  registrationByReference,
  registrationsByIds,
  requestOf,
} from '../registrations/index.ts';
import { sessionsByIds } from '../sessions/index.ts';
import { type Both, registrationPath } from '../tidings/index.ts';
import { CodePage, LinkGonePage, LinkPage } from './code.pages.tsx';
import { enrolmentMessages } from './enrolment.messages.ts';

const codePath = '/:locale{fr|nl|en}/inscriptions/:ref{[2-9A-Za-z]{10}}/confirmation';
const linkPath = '/:locale{fr|nl|en}/inscriptions/confirmer';
/** Beside the five tries of each code: nobody walks through the codes of many registrations. */
const tries = { name: 'registration.codes', hits: 60, minutes: 15 };

/** All that was asked for in one go, the one looked at first. */
async function allOf(ctx: Ctx, view: RegistrationView): Promise<readonly [Both, ...Both[]]> {
  const together = (await requestOf(ctx, view)).filter((other) => other.id !== view.id);
  const views = [view, ...together];
  const sessions = await sessionsByIds(
    ctx,
    views.map((one) => one.sessionId),
  );
  const both = views.map((one) => ({ view: one, session: sessions.find((two) => two.id === one.sessionId)! }));
  return both as [Both, ...Both[]];
}

/** To the registration, with the key that the code has just earned. */
function toRegistration(c: Web, { registrations, personId }: Registered): Response {
  const { ctx } = c.var;
  const [first] = registrations;
  if (!first) throw notFound();
  const key = ctx.actor.personId === personId ? undefined : registrationKey(ctx.secret, first.id);
  const fait = first.status === 'waiting' ? 'attente' : 'inscription';
  return seeOther(c, registrationPath(first.reference, '', key, { fait }));
}

async function showCode(c: Web, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const view = await registrationByReference(ctx, c.req.param('ref') ?? '');
  const asked = view ? await codeAskedFor(ctx, view) : undefined;
  if (!view) throw notFound();
  const left = view.status === 'held' || (view.status === 'cancelled' && view.holdExpiresAt !== null);
  // Confirmed since: whose it is, and what it is, is for the page that checks who looks.
  if (!asked || (!left && !refused)) return seeOther(c, registrationPath(view.reference));
  return page(
    c,
    { title: enrolmentMessages[ctx.locale].codeTitle, status: refused?.status ?? 200 },
    <CodePage
      ctx={ctx}
      all={await allOf(ctx, view)}
      email={asked.email}
      demo={c.var.demo}
      refused={refused?.reasons ?? []}
    />,
  );
}

async function postCode(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  try {
    await limit(ctx, tries, c.var.clientAddress);
    const code = (values.code ?? '').replace(/\D/g, '');
    return toRegistration(c, await confirmRegistration(ctx, { reference: c.req.param('ref') ?? '', code }));
  } catch (error) {
    return showCode(c, refusedBy(ctx, error));
  }
}

async function showLink(c: Web, token: string | undefined, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const asked = token && token.length <= 100 ? await codeAskedByLink(ctx, token) : undefined;
  const [view] = asked ? await registrationsByIds(ctx, [asked.registrationId]) : [];
  const m = enrolmentMessages[ctx.locale];
  if (!asked || !view || !token) return page(c, { title: m.linkGone, status: 404 }, <LinkGonePage ctx={ctx} />);
  const key = registrationKey(ctx.secret, view.id);
  return page(
    c,
    { title: m.linkTitle, status: refused?.status ?? 200 },
    <LinkPage
      ctx={ctx}
      all={await allOf(ctx, view)}
      token={token}
      seeHref={asked.used ? `/${ctx.locale}${registrationPath(view.reference, '', key)}` : undefined}
      refused={refused?.reasons ?? []}
    />,
  );
}

async function postLink(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const token = (await readForm(c)).jeton ?? '';
  try {
    await limit(ctx, tries, c.var.clientAddress);
    return toRegistration(c, await confirmRegistration(ctx, { token: token.slice(0, 100) }));
  } catch (error) {
    return showLink(c, token, refusedBy(ctx, error));
  }
}

/** Confirming by code or by link. */
export function codeRoutes(app: Hono<Env>): void {
  app.get(linkPath, (c) => showLink(c, readQuery(c).jeton));
  app.post(linkPath, postLink);
  app.get(codePath, (c) => showCode(c));
  app.post(codePath, postCode);
}
