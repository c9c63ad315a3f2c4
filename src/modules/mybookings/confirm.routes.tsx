import type { Hono } from 'hono';
import { has } from '../../core/access.ts';
import { bookingKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Env, Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { confirm } from '../booking/index.ts';
import {
  type BookingView,
  bookingPath,
  formatOf,
  lineOf,
  stateOf,
  viewByReference,
  viewsByIds,
  viewsTogether,
} from '../notices/index.ts';
import { type Confirming, confirmingRoutes, leftOf, type ToConfirm } from '../visitors/index.ts';
import { confirmMessages } from './confirm.messages.ts';
import { ScanPage } from './confirm.pages.tsx';
import { scanners } from './sections.ts';

/** All that was booked in one go, as it is confirmed. */
async function toConfirm(ctx: Ctx, view: BookingView): Promise<ToConfirm> {
  const { locale, territory, now } = ctx;
  const together = (await viewsTogether(ctx, view)).filter((other) => other.id !== view.id);
  const left = leftOf([view, ...together]);
  const [first] = left;
  const { resource } = first;
  return {
    reference: first.reference,
    ids: [view, ...together].map((one) => one.id),
    lines: left.map((one) => lineOf(one, locale, territory.mainLanguage)),
    site: resource.site,
    until: confirmMessages[locale].until(formatOf(resource, locale).time(first.holdExpiresAt ?? first.start)),
    waits: ['held', 'expired', 'cancelled'].includes(stateOf(view, now)),
    path: bookingPath(view.reference),
    keyedPath: bookingPath(view.reference, '', bookingKey(ctx.secret, view.id)),
  };
}

const bookings: Confirming = {
  purpose: 'booking',
  root: 'reservations',
  words: confirmMessages,
  startPath: '/trouver',
  find: async (ctx, by) => {
    const view = 'id' in by ? (await viewsByIds(ctx, [by.id]))[0] : await viewByReference(ctx, by.reference);
    return view && toConfirm(ctx, view);
  },
  // To the booking, with the key that the code has just earned.
  confirm: async (ctx, by) => {
    const [first] = await confirm(ctx, by);
    if (!first) throw notFound();
    const key = ctx.actor.personId === first.personId ? undefined : bookingKey(ctx.secret, first.id);
    return bookingPath(first.reference, '', key, { fait: first.status === 'requested' ? 'demande' : 'confirmation' });
  },
};

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
  confirmingRoutes(app, bookings);
  app.get('/r/:code{[0-9A-Za-z]{4,40}}', scan);
}
