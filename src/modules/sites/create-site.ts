import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { freeSlug, mustRunTerritory, namedOnce, optionalId, refuseField } from '../setup/index.ts';
import { copySite } from './copy-site.ts';
import { nowhere, siteColumns, siteFields, standsSomewhere } from './site.input.ts';

export const newSiteInput = (main: Locale) =>
  z.object({ ...siteFields(main), copy_of: optionalId }).refine(standsSomewhere, nowhere);
export type NewSiteInput = z.output<ReturnType<typeof newSiteInput>>;

/** Opens a new place, empty or with all that another one has; returns its address. */
export function createSite(ctx: Ctx, input: NewSiteInput): Promise<string> {
  mustRunTerritory(ctx);
  return namedOnce(() =>
    atomically(ctx, async (inside) => {
      const columns = await siteColumns(inside, input);
      const others = await inside.db.selectFrom('site').select(['id', 'slug', 'rank', 'kind']).execute();
      const model = input.copy_of && others.find((site) => site.id === input.copy_of);
      if (input.copy_of && !model) throw refuseField('copy_of', 'sites.copy_unknown');
      const id = newId();
      const slug = freeSlug(say(columns.name, ctx.territory.mainLanguage), new Set(others.map((site) => site.slug)));
      await inside.db
        .insertInto('site')
        .values({
          id,
          slug,
          rank: Math.max(0, ...others.map((site) => site.rank)) + 1,
          ...columns,
          name: JSON.stringify(columns.name),
          summary: JSON.stringify(columns.summary),
          how_to_come: JSON.stringify(columns.how_to_come),
          accessibility: JSON.stringify(columns.accessibility),
          rules: JSON.stringify(columns.rules),
        })
        .execute();
      await record(inside, {
        kind: 'site.created',
        subjectKind: 'site',
        subjectId: id,
        data: model ? { copyOf: model.id } : {},
      });
      if (model) await copySite(inside, model.id, { id, slug });
      return slug;
    }),
  );
}
