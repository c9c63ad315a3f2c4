import { addMinutes, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { ResourceKind } from '../../core/schema.ts';
import { fits, freedom } from '../finding/index.ts';

export type Room = { id: string; slug: string; name: I18nText; kind: ResourceKind };

/** What else of a site is free at the same time: what may be booked together with it. */
export async function freeBeside(
  ctx: Ctx,
  like: { kind: ResourceKind; site: { id: string } },
  span: Span,
  except: readonly string[],
): Promise<Room[]> {
  const rows = await ctx.db
    .selectFrom('resource')
    .select(['id', 'slug', 'name', 'kind'])
    .select((eb) => eb.fn('greatest', ['buffer_before', 'buffer_after']).$castTo<number>().as('gap'))
    .where('site_id', '=', like.site.id)
    .where('archived_at', 'is', null)
    .orderBy('kind')
    .orderBy('rank')
    .limit(60)
    .execute();
  const others = rows.filter((row) => !except.includes(row.id));
  const gap = Math.max(0, ...others.map((row) => row.gap));
  const found = await freedom(ctx, {
    resourceIds: others.map((row) => row.id),
    from: span.start,
    to: addMinutes(span.end, gap + 1),
  });
  const free = others.filter((row) => fits(found.get(row.id)!, span.start, span.end, row.gap));
  // What resembles it first: who books a room seldom wants a saw with it.
  return free.sort((a, b) => Number(b.kind === like.kind) - Number(a.kind === like.kind));
}

/** Notes for which organisation somebody new has booked: it is known only once they are. */
export async function giveToOrganisation(
  ctx: Ctx,
  bookingIds: readonly string[],
  organisationId: string,
): Promise<void> {
  await ctx.db
    .updateTable('booking')
    .set({ organisation_id: organisationId })
    .where('id', 'in', [...bookingIds])
    .execute();
}
