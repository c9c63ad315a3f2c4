import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import {
  changedKeys,
  claim,
  freeSlug,
  i18nFields,
  mustRunSite,
  namedOnce,
  optionalId,
  optionalWhole,
  ruleFields,
  rulesFrom,
  textFrom,
  version,
} from '../setup/index.ts';

export const spaceInput = (main: Locale) =>
  z.object({
    version: version.optional(),
    ...i18nFields('name', 120, main),
    ...i18nFields('summary', 600),
    ...i18nFields('floor', 120),
    area_m2: optionalWhole(1, 100_000),
    line_id: optionalId,
    ...ruleFields,
  });
export type SpaceInput = z.output<ReturnType<typeof spaceInput>>;

const columns = (input: SpaceInput) => ({
  name: textFrom(input, 'name'),
  summary: textFrom(input, 'summary'),
  floor: textFrom(input, 'floor'),
  area_m2: input.area_m2 ?? null,
  line_id: input.line_id ?? null,
  rules: rulesFrom(input),
});
const written = (values: ReturnType<typeof columns>) => ({
  ...values,
  name: JSON.stringify(values.name),
  summary: JSON.stringify(values.summary),
  floor: JSON.stringify(values.floor),
  rules: JSON.stringify(values.rules),
});

/** Adds a space to a place; returns the end of its address. */
export function createSpace(ctx: Ctx, siteId: string, input: SpaceInput): Promise<string> {
  mustRunSite(ctx, siteId);
  return namedOnce(() =>
    atomically(ctx, async (inside) => {
      const values = columns(input);
      const others = await inside.db
        .selectFrom('space')
        .select(['slug', 'rank'])
        .where('site_id', '=', siteId)
        .execute();
      const slug = freeSlug(say(values.name, ctx.territory.mainLanguage), new Set(others.map((one) => one.slug)));
      const id = newId();
      const rank = Math.max(0, ...others.map((one) => one.rank)) + 1;
      await inside.db
        .insertInto('space')
        .values({ id, site_id: siteId, slug, rank, ...written(values) })
        .execute();
      await record(inside, { kind: 'space.created', subjectKind: 'space', subjectId: id, data: { siteId } });
      return slug;
    }),
  );
}

/** Changes a space. */
export function editSpace(ctx: Ctx, space: { id: string; site_id: string }, input: SpaceInput): Promise<void> {
  mustRunSite(ctx, space.site_id);
  return atomically(ctx, async (inside) => {
    const before = await inside.db.selectFrom('space').selectAll().where('id', '=', space.id).executeTakeFirstOrThrow();
    await claim(inside, 'space', space.id, input.version ?? 0);
    const after = columns(input);
    await inside.db.updateTable('space').set(written(after)).where('id', '=', space.id).execute();
    const data = { changed: changedKeys(before, after) };
    await record(inside, { kind: 'space.changed', subjectKind: 'space', subjectId: space.id, data });
  });
}
