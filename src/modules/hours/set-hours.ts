import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { claim, mustRunSite, type Owner, type Range, refuseField } from '../setup/index.ts';
import { rangesMeet } from './hours.rules.ts';

export type Week = readonly { weekday: number; ranges: readonly Range[] }[];

export type HoursInput = {
  version: number;
  week: Week;
  /** Only a place itself closes on public holidays. */
  closedOnHolidays?: boolean | undefined;
};

/** Column of the opening tables that names their owner. */
export const ownerColumn = { site: 'site_id', space: 'space_id', resource: 'resource_id' } as const;

/** The usual week of a place, a space or a thing. Hours that hold between two dates only are left as they are. */
export function setHours(ctx: Ctx, owner: Owner, input: HoursInput): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  for (const { weekday, ranges } of input.week) {
    if (rangesMeet(ranges)) throw refuseField(`h${weekday}`, 'hours.overlap', { weekday });
  }
  return atomically(ctx, async (inside) => {
    await claim(inside, owner.kind, owner.id, input.version);
    await inside.db
      .deleteFrom('opening_rule')
      .where(ownerColumn[owner.kind], '=', owner.id)
      .where('valid_from', 'is', null)
      .where('valid_to', 'is', null)
      .execute();
    const rows = input.week.flatMap(({ weekday, ranges }) =>
      ranges.map((range) => ({ id: newId(), [ownerColumn[owner.kind]]: owner.id, weekday, ...range })),
    );
    if (rows.length > 0) await inside.db.insertInto('opening_rule').values(rows).execute();
    if (owner.kind === 'site' && input.closedOnHolidays !== undefined) {
      await inside.db
        .updateTable('site')
        .set({ closed_on_holidays: input.closedOnHolidays })
        .where('id', '=', owner.id)
        .execute();
    }
    const week = Object.fromEntries(input.week.map(({ weekday, ranges }) => [weekday, ranges]));
    await record(inside, {
      kind: `${owner.kind}.hours_changed`,
      subjectKind: owner.kind,
      subjectId: owner.id,
      data: { week, closedOnHolidays: input.closedOnHolidays },
    });
  });
}

/** The usual week as it stands. */
export const readHours = (ctx: Ctx, owner: Owner) =>
  ctx.db
    .selectFrom('opening_rule')
    .select(['weekday', 'opens', 'closes'])
    .where(ownerColumn[owner.kind], '=', owner.id)
    .where('valid_from', 'is', null)
    .where('valid_to', 'is', null)
    .orderBy('weekday')
    .orderBy('opens')
    .execute();
