import { has } from '../../core/access.ts';
import { bookingKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { readQuery, type Web } from '../../core/web.ts';
import { type BookingView, viewByReference } from '../notices/index.ts';

/** How somebody comes to a booking: it is theirs, they have the link of its mails, or they are of the site's team. */
export type Seen = {
  view: BookingView;
  owner: boolean;
  team: boolean;
  /** The secret of the mail's link, passed on from page to page. */
  key: string | undefined;
};

/** Whether the secret of a link is this booking's. */
export const opens = (ctx: Ctx, view: { id: string }, key: string | undefined): key is string =>
  key !== undefined && key.length < 100 && sameSecret(key, bookingKey(ctx.secret, view.id));

/** The booking of an address, for those who may see it; for the others it is not there. */
export async function seen(c: Web, formKey?: string | undefined): Promise<Seen> {
  const { ctx } = c.var;
  const view = await viewByReference(ctx, c.req.param('ref') ?? '');
  if (!view) throw notFound();
  const given = formKey ?? readQuery(c).cle;
  const key = opens(ctx, view, given) ? given : undefined;
  const mine = ctx.actor.personId !== null && ctx.actor.personId === view.person.id;
  const team = has(ctx.actor, 'team', view.resource.site.id);
  if (!mine && !key && !team) throw notFound();
  return { view, owner: mine || key !== undefined, team, key };
}
