import { sql } from 'kysely';
import { sitesWith } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { communeLabel } from '../communes/index.ts';

/** The sites a person administers, in the network's order, archived ones last. */
export function managedSites(ctx: Ctx) {
  const ids = sitesWith(ctx.actor, 'administrator');
  return ctx.db
    .selectFrom('site as s')
    .leftJoin('commune as c', 'c.code', 's.commune_code')
    .select(['s.id', 's.slug', 's.kind', 's.name', 's.archived_at', 'c.name as commune'])
    .select((eb) =>
      eb
        .selectFrom('resource as r')
        .select((count) => count.fn.countAll<string>().as('n'))
        .whereRef('r.site_id', '=', 's.id')
        .where('r.archived_at', 'is', null)
        .as('resources'),
    )
    .$if(ids !== null, (query) => query.where('s.id', '=', sql<string>`any(${ids}::uuid[])`))
    .orderBy((eb) => eb('s.archived_at', 'is not', null))
    .orderBy('s.rank')
    .orderBy('s.slug')
    .execute();
}

/** A site by its address, with the name of its commune; 404 when there is none. */
export async function readSite(ctx: Ctx, slug: string) {
  const site = await ctx.db
    .selectFrom('site as s')
    .leftJoin('commune as c', 'c.code', 's.commune_code')
    .leftJoin('file as f', 'f.id', 's.photo_id')
    .selectAll('s')
    .select(['c.name as commune', 'c.postcodes', 'f.sha256 as photo', 'f.alt as photo_alt'])
    .where('s.slug', '=', slug)
    .executeTakeFirst();
  if (!site) throw notFound();
  return site;
}
export type SiteRow = Awaited<ReturnType<typeof readSite>>;

/** A space of a site; 404 when there is none. */
export async function readSpace(ctx: Ctx, siteId: string, slug: string) {
  const space = await ctx.db
    .selectFrom('space as p')
    .leftJoin('file as f', 'f.id', 'p.photo_id')
    .selectAll('p')
    .select(['f.sha256 as photo', 'f.alt as photo_alt'])
    .where('p.site_id', '=', siteId)
    .where('p.slug', '=', slug)
    .executeTakeFirst();
  if (!space) throw notFound();
  return space;
}
export type SpaceRow = Awaited<ReturnType<typeof readSpace>>;

/** Something of a site that can be booked, with how many of it there are and what it contains. */
export async function readResource(ctx: Ctx, siteId: string, slug: string) {
  const resource = await ctx.db
    .selectFrom('resource as r')
    .leftJoin('file as f', 'f.id', 'r.photo_id')
    .selectAll('r')
    .select(['f.sha256 as photo', 'f.alt as photo_alt'])
    .where('r.site_id', '=', siteId)
    .where('r.slug', '=', slug)
    .executeTakeFirst();
  if (!resource) throw notFound();
  const units = await liveUnits(ctx, resource.id);
  const contents = await ctx.db
    .selectFrom('resource_content')
    .select('content_id')
    .where('container_id', '=', resource.id)
    .execute();
  return { ...resource, units: units.length, contents: contents.map((row) => row.content_id) };
}
export type ResourceRow = Awaited<ReturnType<typeof readResource>>;

/** The units of a resource that are not archived, in order. */
export const liveUnits = (ctx: Pick<Ctx, 'db'>, resourceId: string) =>
  ctx.db
    .selectFrom('unit')
    .select(['id', 'label', 'rank'])
    .where('resource_id', '=', resourceId)
    .where('archived_at', 'is', null)
    .orderBy('rank')
    .orderBy('id')
    .execute();

/** The spaces of a site, archived ones last. */
export const spacesOf = (ctx: Ctx, siteId: string) =>
  ctx.db
    .selectFrom('space')
    .select(['id', 'slug', 'name', 'line_id', 'archived_at'])
    .where('site_id', '=', siteId)
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('rank')
    .orderBy('slug')
    .execute();

/** What can be booked at a site, archived ones last. */
export const resourcesOf = (ctx: Ctx, siteId: string) =>
  ctx.db
    .selectFrom('resource as r')
    .select(['r.id', 'r.slug', 'r.name', 'r.kind', 'r.space_id', 'r.capacity', 'r.preset', 'r.archived_at'])
    .select((eb) =>
      eb
        .selectFrom('unit as u')
        .select((count) => count.fn.countAll<string>().as('n'))
        .whereRef('u.resource_id', '=', 'r.id')
        .where('u.archived_at', 'is', null)
        .as('units'),
    )
    .where('r.site_id', '=', siteId)
    .orderBy((eb) => eb('r.archived_at', 'is not', null))
    .orderBy('r.rank')
    .orderBy('r.slug')
    .execute();

/** The lines of the territory, in order. */
export const allLines = (ctx: Ctx) => ctx.db.selectFrom('line').selectAll().orderBy('rank').orderBy('letter').execute();

export const allGroups = (ctx: Ctx) =>
  ctx.db.selectFrom('person_group').select(['slug', 'name']).orderBy('slug').execute();

/** The names offered while a commune is typed: those of the territory first. */
export async function communeNames(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('commune')
    .select(['code', 'name', 'postcodes'])
    .orderBy('in_territory', 'desc')
    .orderBy('search_name')
    .limit(300)
    .execute();
  const labels = rows.map(communeLabel);
  // Two of one name and one postcode are told apart by their code.
  return labels.map((label, i) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${rows[i]!.name} (${rows[i]!.code})`,
  );
}

/** What a booking that still counts is: one that holds something, and is not over. */
export const activeBooking = (ctx: Ctx) => sql<boolean>`
  b.status in ('requested', 'held', 'confirmed', 'checked_in') and b.ends_at > ${ctx.now}
  and (b.status <> 'held' or b.hold_expires_at is null or b.hold_expires_at > ${ctx.now})`;
