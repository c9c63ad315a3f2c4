import { sql } from 'kysely';
import { sitesWith } from '../../core/access.ts';
import { dayOf, type Span, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { freeOf, helperOfPerson, readCalendars } from '../presence/index.ts';
import type { FieldSite } from './field.types.ts';

type At = Span & { siteId: string };

/** Where somebody receives people in a window, absences aside. */
async function receivingIn(ctx: Ctx, window: Span): Promise<At[]> {
  const helper = await helperOfPerson(ctx, ctx.actor.personId);
  if (!helper) return [];
  const { calendars, sites } = await readCalendars(ctx, { helperIds: [helper.id] }, window);
  return calendars
    .flatMap((calendar) => freeOf(calendar, sites, window))
    .filter(({ parts }) => parts.free.length + parts.taken.length > 0)
    .flatMap(({ present: { start, end, place } }) => (place.siteId ? [{ start, end, siteId: place.siteId }] : []));
}

async function leadingIn(ctx: Ctx, { start, end }: Span): Promise<At[]> {
  const { rows } = await sql<At>`
    select s.site_id as "siteId", s.starts_at as start, s.ends_at as "end"
    from session_leader l join session s on s.id = l.session_id
    where l.person_id = ${ctx.actor.personId} and s.status = 'published' and s.place_kind <> 'online'
      and s.starts_at < ${end} and s.ends_at > ${start}`.execute(ctx.db);
  return rows;
}

async function stoppingIn(ctx: Ctx, siteIds: readonly string[], { start, end }: Span): Promise<At[]> {
  const { rows } = await sql<At>`
    select site_id as "siteId", starts_at as start, ends_at as "end" from stop
    where site_id = any(${[...siteIds]}::uuid[]) and cancelled_at is null and not draft
      and starts_at < ${end} and ends_at > ${start}`.execute(ctx.db);
  return rows;
}

/** Where one is now, else where one goes next, else where one was last. */
const currentOf = (all: readonly At[], now: Date): At | undefined => {
  const inOrder = all.toSorted((a, b) => a.start.getTime() - b.start.getTime());
  return inOrder.find(({ end }) => end > now) ?? inOrder.at(-1);
};

/**
 * Of these places, where somebody works today as far as it is planned: where they receive or lead, else with the bus they are of.
 * Undefined where nothing tells, and they say it themselves.
 */
export async function hereToday(ctx: Ctx, sites: readonly FieldSite[]): Promise<FieldSite | undefined> {
  const zone = ctx.territory.timeZone;
  const today = wholeDay(dayOf(ctx.now, zone), zone);
  const siteOf = (at: At | undefined) => sites.find((site) => site.id === at?.siteId);
  const known = (all: readonly At[]) => all.filter(({ siteId }) => sites.some((site) => site.id === siteId));
  const own = known([...(await receivingIn(ctx, today)), ...(await leadingIn(ctx, today))]);
  if (own.length > 0) return siteOf(currentOf(own, ctx.now));
  // Whoever is of every place is of the bus too, but does not go along for that.
  if (sitesWith(ctx.actor, 'team') === null) return undefined;
  const buses = sites.filter(({ kind }) => kind === 'mobile').map(({ id }) => id);
  return siteOf(currentOf(await stoppingIn(ctx, buses, today), ctx.now));
}
