import type { Hono } from 'hono';
import { has } from '../../core/access.ts';
import { bookingKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { limit } from '../../core/limits.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Booked, confirm } from '../booking/index.ts';
import {
  type BookingView,
  bookingPath,
  type Refused,
  refusedBy,
  stateOf,
  viewByReference,
  viewsByIds,
  viewsTogether,
} from '../notices/index.ts';
import { confirmMessages } from './confirm.messages.ts';
import { CodePage, LinkGonePage, LinkPage, ScanPage } from './confirm.pages.tsx';
import { askedByLink, mailAskedAt } from './confirm.store.ts';
import { scanners } from './sections.ts';

const codePath = '/:locale{fr|nl|en}/reservations/:ref{[2-9A-Za-z]{10}}/confirmation';
const linkPath = '/:locale{fr|nl|en}/reservations/confirmer';
/** Beside the five tries of each code: nobody walks through the codes of many bookings. */
const tries = { name: 'booking.codes', hits: 60, minutes: 15 };

type All = readonly [BookingView, ...BookingView[]];

async function allOf(ctx: Ctx, view: BookingView): Promise<All> {
  const together = (await viewsTogether(ctx, view)).filter((other) => other.id !== view.id);
  return [view, ...together];
}

/** What is left to confirm: one of several that was given back on purpose is not shown as if it were still held. */
function leftOf(all: All): All {
  const [first, ...others] = all.filter((one) => one.status !== 'cancelled' || one.holdExpiresAt !== null);
  return first ? [first, ...others] : all;
}

/** To the booking, with the key that the code has just earned. */
function toBooking(c: Web, [first]: readonly Booked[]): Response {
  const { ctx } = c.var;
  if (!first) throw notFound();
  const key = ctx.actor.personId === first.personId ? undefined : bookingKey(ctx.secret, first.id);
  const said = first.status === 'requested' ? 'demande' : 'confirmation';
  return seeOther(c, bookingPath(first.reference, '', key, { fait: said }));
}

async function showCode(c: Web, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const view = await viewByReference(ctx, c.req.param('ref') ?? '');
  if (!view) throw notFound();
  const all = await allOf(ctx, view);
  const email = await mailAskedAt(
    ctx,
    all.map((one) => one.id),
  );
  const waiting = ['held', 'expired', 'cancelled'].includes(stateOf(view, ctx.now));
  // Confirmed since: whose it is, and what it is, is for the page that checks who looks.
  if (!email || (!waiting && !refused)) return seeOther(c, bookingPath(view.reference));
  return page(
    c,
    { title: confirmMessages[ctx.locale].title, status: refused?.status ?? 200 },
    <CodePage ctx={ctx} views={leftOf(all)} email={email} demo={c.var.demo} refused={refused?.reasons ?? []} />,
  );
}

async function postCode(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  try {
    await limit(ctx, tries, c.var.clientAddress);
    const code = (values.code ?? '').replace(/\D/g, '');
    return toBooking(c, await confirm(ctx, { reference: c.req.param('ref') ?? '', code }));
  } catch (error) {
    return showCode(c, refusedBy(ctx, error));
  }
}

async function showLink(c: Web, token: string | undefined, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const asked = token && token.length <= 100 ? await askedByLink(ctx, token) : undefined;
  const [view] = asked ? await viewsByIds(ctx, [asked.bookingId]) : [];
  if (!asked || !view || !token) {
    return page(c, { title: confirmMessages[ctx.locale].linkGone, status: 404 }, <LinkGonePage ctx={ctx} />);
  }
  const key = bookingKey(ctx.secret, view.id);
  return page(
    c,
    { title: confirmMessages[ctx.locale].linkTitle, status: refused?.status ?? 200 },
    <LinkPage
      ctx={ctx}
      views={leftOf(await allOf(ctx, view))}
      token={token}
      seeHref={asked.used ? `/${ctx.locale}${bookingPath(view.reference, '', key)}` : undefined}
      refused={refused?.reasons ?? []}
    />,
  );
}

async function postLink(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const token = (await readForm(c)).jeton ?? '';
  try {
    await limit(ctx, tries, c.var.clientAddress);
    return toBooking(c, await confirm(ctx, { token: token.slice(0, 100) }));
  } catch (error) {
    return showLink(c, token, refusedBy(ctx, error));
  }
}

/** The address printed as a QR code, for ever: to the booking for its person and the team, words for anybody else. */
async function scan(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const view = await viewByReference(ctx, c.req.param('code') ?? '');
  const { actor } = ctx;
  const known =
    view && ((actor.personId && actor.personId === view.person.id) || has(actor, 'team', view.resource.site.id));
  if (view && known) return c.redirect(`/${ctx.locale}${bookingPath(view.reference)}`, 302);
  for (const leads of scanners) {
    const path = await leads(ctx, c.req.param('code') ?? '');
    if (path) return c.redirect(`/${ctx.locale}${path}`, 302);
  }
  c.header('X-Robots-Tag', 'noindex');
  return page(c, { title: confirmMessages[ctx.locale].scanTitle }, <ScanPage ctx={ctx} path={c.req.path} />);
}

/** Confirming by code or by link, and the permanent address. */
export function confirmRoutes(app: Hono<Env>): void {
  app.get(linkPath, (c) => showLink(c, readQuery(c).jeton));
  app.post(linkPath, postLink);
  app.get(codePath, (c) => showCode(c));
  app.post(codePath, postCode);
  app.get('/r/:code{[0-9A-Za-z]{4,40}}', scan);
}
