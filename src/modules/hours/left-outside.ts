import { sql } from 'kysely';
import { addDays, dayOf, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import type { I18nText } from '../../core/i18n.ts';
import { openings } from '../finding/index.ts';
import { activeBooking, type Owner } from '../setup/index.ts';

/** A booking that the new hours no longer cover: it stands, until somebody speaks with who has it. */
export type LeftBooking = {
  id: string;
  reference: string;
  person: string;
  resourceId: string;
  resource: I18nText;
  start: Date;
  end: Date;
};

/** The hours would leave bookings outside, and nobody has said yet that they know. */
export class LeftOutside extends Error {
  readonly bookings: readonly LeftBooking[];
  constructor(bookings: readonly LeftBooking[]) {
    super('bookings left outside the hours');
    this.bookings = bookings;
  }
}

/**
 * Changes hours, and says how many bookings they leave outside. `seen` is how many the team was shown: where it is another
 * number nothing is changed, and `LeftOutside` tells which. What stood outside already is not told again.
 */
export function knowingly(
  ctx: Ctx,
  owner: Owner,
  timeZone: string,
  seen: number,
  change: (inside: Ctx) => Promise<unknown>,
): Promise<number> {
  return atomically(ctx, async (inside) => {
    const before = new Set((await outsideHours(inside, owner, timeZone)).map(({ id }) => id));
    await change(inside);
    const left = (await outsideHours(inside, owner, timeZone)).filter(({ id }) => !before.has(id));
    if (left.length > 0 && left.length !== seen) throw new LeftOutside(left);
    return left.length;
  });
}

const resourceColumn = { site: 'site_id', space: 'space_id', resource: 'id' } as const;

/** The bookings to come of a place, a space or a thing that its hours do not cover, soonest first. */
async function outsideHours(ctx: Ctx, owner: Owner, timeZone: string): Promise<LeftBooking[]> {
  const { rows } = await sql<LeftBooking>`
    select b.id, b.reference, p.name as person, r.id as "resourceId", r.name as resource, b.starts_at as start,
      b.ends_at as end
    from resource r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
    where r.${sql.ref(resourceColumn[owner.kind])} = ${owner.id} and ${activeBooking(ctx)}
    order by b.starts_at, b.id`.execute(ctx.db);
  if (rows.length === 0) return [];
  const earliest = rows[0]!.start;
  const latest = new Date(Math.max(...rows.map(({ end }) => end.getTime())));
  const open = await openings(ctx, {
    resourceIds: [...new Set(rows.map(({ resourceId }) => resourceId))],
    from: instantOf(addDays(dayOf(earliest, timeZone), -1), '00:00', timeZone),
    to: latest,
  });
  return rows.filter(
    ({ resourceId, start, end }) => !open.get(resourceId)?.some((span) => span.start <= start && end <= span.end),
  );
}
