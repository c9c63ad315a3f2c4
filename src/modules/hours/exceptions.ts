import { z } from 'zod';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { day, localTime } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { i18nFields, mustRunSite, type Owner, type Range, rangeOf, refuseField, textFrom } from '../setup/index.ts';
import { ownerColumn } from './set-hours.ts';

const time = z
  .string()
  .optional()
  .transform((value) => value || undefined)
  .pipe(localTime.optional());

export const exceptionInput = z.object({
  day,
  open: z.enum(['closed', 'hours']),
  from: time,
  to: time,
  ...i18nFields('reason', 200),
});
export type ExceptionInput = z.output<typeof exceptionInput>;

/** Says that one day is not as usual. */
export function addException(ctx: Ctx, owner: Owner, timeZone: string, input: ExceptionInput): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  if (input.day < dayOf(ctx.now, timeZone)) throw refuseField('day', 'setup.day_past');
  if (input.open === 'hours' && !input.from) throw refuseField('from', 'hours.missing');
  if (input.open === 'hours' && !input.to) throw refuseField('to', 'hours.missing');
  const range = input.open === 'hours' ? rangeOf(input.from!, input.to!) : undefined;
  return atomically(ctx, async (inside) => {
    const id = newId();
    const same = await exceptionsOn(inside, owner, input.day);
    // A day is closed, or has hours: the last word replaces what contradicts it.
    const gone = same.filter((one) => !range || one.opens === null || meets(one, range));
    if (gone.length > 0) {
      await inside.db
        .deleteFrom('opening_exception')
        .where(
          'id',
          'in',
          gone.map((one) => one.id),
        )
        .execute();
    }
    await inside.db
      .insertInto('opening_exception')
      .values({
        id,
        [ownerColumn[owner.kind]]: owner.id,
        day: input.day,
        opens: range?.opens ?? null,
        closes: range?.closes ?? null,
        reason: JSON.stringify(textFrom(input, 'reason')),
      })
      .execute();
    await record(inside, {
      kind: `${owner.kind}.exception_added`,
      subjectKind: owner.kind,
      subjectId: owner.id,
      data: { day: input.day, ...range, replaced: gone.length },
    });
  });
}

const meets = (one: { opens: number | null; closes: number | null }, range: Range): boolean =>
  one.opens !== null && one.closes !== null && one.opens < range.closes && range.opens < one.closes;

const exceptionsOn = (ctx: Ctx, owner: Owner, on: string) =>
  ctx.db
    .selectFrom('opening_exception')
    .select(['id', 'opens', 'closes'])
    .where(ownerColumn[owner.kind], '=', owner.id)
    .where('day', '=', on)
    .execute();

/** Gives a day its usual hours back. */
export async function removeException(ctx: Ctx, owner: Owner, id: string): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  await atomically(ctx, async (inside) => {
    const gone = await inside.db
      .deleteFrom('opening_exception')
      .where('id', '=', id)
      .where(ownerColumn[owner.kind], '=', owner.id)
      .returning('day')
      .executeTakeFirst();
    if (!gone) throw notFound();
    await record(inside, {
      kind: `${owner.kind}.exception_removed`,
      subjectKind: owner.kind,
      subjectId: owner.id,
      data: { day: gone.day },
    });
  });
}

/** The exceptions from today on. */
export const readExceptions = (ctx: Ctx, owner: Owner, timeZone: string) =>
  ctx.db
    .selectFrom('opening_exception')
    .select(['id', 'day', 'opens', 'closes', 'reason'])
    .where(ownerColumn[owner.kind], '=', owner.id)
    .where('day', '>=', dayOf(ctx.now, timeZone))
    .orderBy('day')
    .orderBy('opens')
    .limit(200)
    .execute();
