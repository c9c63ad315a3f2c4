import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { freeSlug, liveUnits } from '../setup/index.ts';

/** Gives a new place the hours, rules, spaces and bookable things of another; not its photos, bookings nor exceptions. */
export async function copySite(ctx: Ctx, fromId: string, to: { id: string; slug: string }): Promise<void> {
  const model = await ctx.db
    .selectFrom('site')
    .select(['closed_on_holidays', 'rules'])
    .where('id', '=', fromId)
    .executeTakeFirstOrThrow();
  const own = await ctx.db.selectFrom('site').select('rules').where('id', '=', to.id).executeTakeFirstOrThrow();
  await ctx.db
    .updateTable('site')
    .set({
      closed_on_holidays: model.closed_on_holidays,
      // What the form of the new place said comes first.
      rules: JSON.stringify({ ...model.rules, ...own.rules }),
    })
    .where('id', '=', to.id)
    .execute();
  const copies = new Map<string, string>([[fromId, to.id]]);
  await copySpaces(ctx, fromId, to.id, copies);
  await copyResources(ctx, fromId, to, copies);
  await copyHours(ctx, copies);
}

async function copySpaces(ctx: Ctx, fromId: string, siteId: string, copies: Map<string, string>): Promise<void> {
  const spaces = await ctx.db
    .selectFrom('space')
    .selectAll()
    .where('site_id', '=', fromId)
    .where('archived_at', 'is', null)
    .execute();
  for (const space of spaces) {
    const id = newId();
    copies.set(space.id, id);
    await ctx.db
      .insertInto('space')
      .values({
        id,
        site_id: siteId,
        slug: space.slug,
        line_id: space.line_id,
        area_m2: space.area_m2,
        rank: space.rank,
        name: JSON.stringify(space.name),
        summary: JSON.stringify(space.summary),
        floor: JSON.stringify(space.floor),
        rules: JSON.stringify(space.rules),
      })
      .execute();
  }
}

async function copyResources(
  ctx: Ctx,
  fromId: string,
  to: { id: string; slug: string },
  copies: Map<string, string>,
): Promise<void> {
  const resources = await ctx.db
    .selectFrom('resource')
    .selectAll()
    .where('site_id', '=', fromId)
    .where('archived_at', 'is', null)
    .execute();
  const taken = new Set((await ctx.db.selectFrom('resource').select('slug').execute()).map((row) => row.slug));
  for (const resource of resources) {
    const id = newId();
    copies.set(resource.id, id);
    const slug = freeSlug(`${say(resource.name, ctx.territory.mainLanguage)} ${to.slug}`, taken);
    taken.add(slug);
    const {
      photo_id: _photo,
      demonstration: _demonstration,
      archived_at: _archived,
      version: _version,
      ...kept
    } = resource;
    await ctx.db
      .insertInto('resource')
      .values({
        ...kept,
        id,
        slug,
        site_id: to.id,
        space_id: resource.space_id ? (copies.get(resource.space_id) ?? null) : null,
        name: JSON.stringify(resource.name),
        summary: JSON.stringify(resource.summary),
        equipment: JSON.stringify(resource.equipment),
        requirement: JSON.stringify(resource.requirement),
        rules: JSON.stringify(resource.rules),
      })
      .execute();
    const units = await liveUnits(ctx, resource.id);
    if (units.length > 0) {
      await ctx.db
        .insertInto('unit')
        .values(units.map((unit) => ({ ...unit, id: newId(), resource_id: id })))
        .execute();
    }
  }
  const contents = await ctx.db
    .selectFrom('resource_content as c')
    .innerJoin('resource as r', 'r.id', 'c.container_id')
    .select(['c.container_id', 'c.content_id'])
    .where('r.site_id', '=', fromId)
    .execute();
  const pairs = contents.flatMap((pair) => {
    const container = copies.get(pair.container_id);
    const content = copies.get(pair.content_id);
    return container && content ? [{ container_id: container, content_id: content }] : [];
  });
  if (pairs.length > 0) await ctx.db.insertInto('resource_content').values(pairs).execute();
}

async function copyHours(ctx: Ctx, copies: ReadonlyMap<string, string>): Promise<void> {
  const ids = [...copies.keys()];
  const rules = await ctx.db
    .selectFrom('opening_rule')
    .selectAll()
    .where(
      sql<boolean>`site_id = any(${ids}::uuid[]) or space_id = any(${ids}::uuid[]) or resource_id = any(${ids}::uuid[])`,
    )
    .execute();
  const copy = (id: string | null) => (id ? (copies.get(id) ?? null) : null);
  if (rules.length === 0) return;
  await ctx.db
    .insertInto('opening_rule')
    .values(
      rules.map((rule) => ({
        ...rule,
        id: newId(),
        site_id: copy(rule.site_id),
        space_id: copy(rule.space_id),
        resource_id: copy(rule.resource_id),
      })),
    )
    .execute();
}
