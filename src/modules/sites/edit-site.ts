import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import { record } from '../../core/journal.ts';
import { changedKeys, claim, mustRunSite, version } from '../setup/index.ts';
import { nowhere, siteColumns, siteFields, standsSomewhere } from './site.input.ts';

export const siteInput = (main: Locale) => z.object({ ...siteFields(main), version }).refine(standsSomewhere, nowhere);
export type SiteInput = z.output<ReturnType<typeof siteInput>>;

/** Changes what a place says of itself, and the rules that hold for all that is in it. */
export function editSite(ctx: Ctx, siteId: string, input: SiteInput): Promise<void> {
  mustRunSite(ctx, siteId);
  return atomically(ctx, async (inside) => {
    const before = await inside.db
      .selectFrom('site')
      .selectAll()
      .where('id', '=', siteId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await claim(inside, 'site', siteId, input.version);
    const after = await siteColumns(inside, input);
    // Its hours are of another nature then: stops instead of a week.
    if ((before.kind === 'mobile') !== (after.kind === 'mobile'))
      throw new Refusal('sites.kind_fixed', 'unprocessable', { field: 'kind' });
    await inside.db
      .updateTable('site')
      .set({
        ...after,
        name: JSON.stringify(after.name),
        summary: JSON.stringify(after.summary),
        how_to_come: JSON.stringify(after.how_to_come),
        accessibility: JSON.stringify(after.accessibility),
        rules: JSON.stringify(after.rules),
      })
      .where('id', '=', siteId)
      .execute();
    await record(inside, {
      kind: 'site.changed',
      subjectKind: 'site',
      subjectId: siteId,
      data: { changed: changedKeys(before, after) },
    });
  });
}
