import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { makeCtx, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { sites } from './index.ts';

const base = useDatabase({ max: 1 });

test('at night the pictures that nothing shows are forgotten; those shown and those of the day stay', () =>
  rolledBack(base.db, async (db) => {
    const picture = async (hoursAgo: number) => {
      const id = newId();
      const created_at = addMinutes(monday9, -hoursAgo * 60);
      await db
        .insertInto('file')
        .values({ id, sha256: id.replaceAll('-', '').repeat(2), media_type: 'image/webp', byte_size: 1, created_at })
        .execute();
      return id;
    };
    const site = await makeSite(db);
    const room = await makeResource(db, site.id);
    const [ofSite, ofRoom, orphan, fresh] = [await picture(48), await picture(48), await picture(48), await picture(2)];
    await db.updateTable('site').set({ photo_id: ofSite }).where('id', '=', site.id).execute();
    await db.updateTable('resource').set({ photo_id: ofRoom }).where('id', '=', room.id).execute();
    for (const night of sites.schedules ?? []) await night.run(makeCtx(db));
    const left = await db.selectFrom('file').select('id').where('id', 'in', [ofSite, ofRoom, orphan, fresh]).execute();
    expect(left.map(({ id }) => id).sort()).toEqual([ofSite, ofRoom, fresh].sort());
  }));
