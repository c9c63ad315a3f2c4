import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { lockThings } from '../booking/index.ts';
import { changedKeys, claim, freeSlug, mustRunSite, namedOnce, refuseField } from '../setup/index.ts';
import { makesLoop } from './furnishing.rules.ts';
import { type ResourceInput, resourceColumns, written } from './resource.input.ts';
import { setUnits } from './set-units.ts';

/** Adds something that can be booked to a place, with its identical places; returns the end of its address. */
export function createResource(ctx: Ctx, siteId: string, input: ResourceInput): Promise<string> {
  mustRunSite(ctx, siteId);
  return namedOnce(() =>
    atomically(ctx, async (inside) => {
      const values = resourceColumns(input);
      await checkPlace(inside, siteId, input);
      // Addresses are one list for all places: "salle" is followed by "salle-2" wherever it stands.
      const all = await inside.db.selectFrom('resource').select(['slug', 'rank', 'site_id']).execute();
      const slug = freeSlug(say(values.name, ctx.territory.mainLanguage), new Set(all.map((one) => one.slug)));
      const id = newId();
      const rank = Math.max(0, ...all.filter((one) => one.site_id === siteId).map((one) => one.rank)) + 1;
      await inside.db
        .insertInto('resource')
        .values({ id, site_id: siteId, slug, rank, ...written(values) })
        .execute();
      await setUnits(inside, id, input.units);
      await setContents(inside, siteId, id, input.contents);
      await record(inside, { kind: 'resource.created', subjectKind: 'resource', subjectId: id, data: { siteId } });
      return slug;
    }),
  );
}

/** Changes something that can be booked. Fewer places: refused while bookings hold those that would go. */
export function editResource(ctx: Ctx, resource: { id: string; site_id: string }, input: ResourceInput): Promise<void> {
  mustRunSite(ctx, resource.site_id);
  return atomically(ctx, async (inside) => {
    const values = resourceColumns(input);
    await lockThings(inside, [resource.id, ...input.contents]);
    const before = await inside.db
      .selectFrom('resource')
      .selectAll()
      .where('id', '=', resource.id)
      .executeTakeFirstOrThrow();
    await claim(inside, 'resource', resource.id, input.version ?? 0);
    await checkPlace(inside, resource.site_id, input);
    await inside.db.updateTable('resource').set(written(values)).where('id', '=', resource.id).execute();
    const units = await setUnits(inside, resource.id, input.units);
    const contents = await setContents(inside, resource.site_id, resource.id, input.contents);
    await record(inside, {
      kind: 'resource.changed',
      subjectKind: 'resource',
      subjectId: resource.id,
      data: { changed: changedKeys(before, values), ...(units ? { units } : {}), ...(contents ? { contents } : {}) },
    });
  });
}

async function checkPlace(ctx: Ctx, siteId: string, input: ResourceInput): Promise<void> {
  if (!input.space_id) return;
  const space = await ctx.db
    .selectFrom('space')
    .select('id')
    .where('id', '=', input.space_id)
    .where('site_id', '=', siteId)
    .executeTakeFirst();
  if (!space) throw refuseField('space_id', 'furnishing.space_unknown');
}

/** What is taken with it: things of the same place, never itself. Returns the new list when it changed. */
async function setContents(
  ctx: Ctx,
  siteId: string,
  id: string,
  contents: readonly string[],
): Promise<readonly string[] | undefined> {
  const own = await ctx.db.selectFrom('resource').select('id').where('site_id', '=', siteId).execute();
  const known = new Set(own.map((row) => row.id));
  const wanted = [...new Set(contents)].sort();
  if (wanted.some((one) => !known.has(one))) throw refuseField('contents', 'furnishing.content_unknown');
  const edges = await ctx.db
    .selectFrom('resource_content')
    .select(['container_id', 'content_id'])
    .where('container_id', 'in', [...known])
    .execute();
  const now = edges.filter((edge) => edge.container_id === id).map((edge) => edge.content_id);
  if (now.sort().join() === wanted.join()) return undefined;
  if (makesLoop(id, wanted, edges)) throw refuseField('contents', 'furnishing.content_loop');
  await ctx.db.deleteFrom('resource_content').where('container_id', '=', id).execute();
  if (wanted.length > 0) {
    await ctx.db
      .insertInto('resource_content')
      .values(wanted.map((content_id) => ({ container_id: id, content_id })))
      .execute();
  }
  return wanted;
}
