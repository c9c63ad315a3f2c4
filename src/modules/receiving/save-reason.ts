import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { whole } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { mustWriteReasons, reasons } from '../presence/index.ts';
import { freeSlug, i18nFields, optionalDuration, optionalId, stale, textFrom, version } from '../setup/index.ts';
import { usualReasons } from './usual.messages.ts';

/** The form of a reason. */
export const reasonInput = (main: Locale) =>
  z.object({
    version: version.optional(),
    ...i18nFields('name', 80, main),
    ...i18nFields('summary', 300),
    ...i18nFields('bring', 600),
    line: optionalId,
    minutes: whole(5, 480),
    places: whole(1, 20),
    who: z.enum(['public', 'member', 'team']),
    notice: optionalDuration(0, 60 * 1440),
    horizon: whole(1, 400),
  });
export type ReasonInput = z.output<ReturnType<typeof reasonInput>>;

const columnsOf = (input: ReasonInput) => ({
  name: JSON.stringify(textFrom(input, 'name')),
  summary: JSON.stringify(textFrom(input, 'summary')),
  bring: JSON.stringify(textFrom(input, 'bring')),
  line_id: input.line ?? null,
  minutes: input.minutes,
  places: input.places,
  who: input.who,
  notice_minutes: input.notice ?? 0,
  horizon_days: input.horizon,
});

/** Adds a reason to come; returns its short name. */
export function addReason(ctx: Ctx, input: ReasonInput): Promise<string> {
  mustWriteReasons(ctx);
  return atomically(ctx, async (inside) => {
    const known = await reasons(inside, { archived: true });
    const slug = freeSlug(textFrom(input, 'name')[ctx.territory.mainLanguage] ?? '', new Set(known.map((r) => r.slug)));
    const id = newId();
    await inside.db
      .insertInto('appointment_reason')
      .values({ id, slug, rank: known.length, ...columnsOf(input) })
      .execute();
    await record(inside, { kind: 'reason.added', subjectKind: 'reason', subjectId: id });
    return slug;
  });
}

/** Changes a reason; what was taken for it keeps its time. */
export function editReason(ctx: Ctx, id: string, input: ReasonInput): Promise<void> {
  mustWriteReasons(ctx);
  return atomically(ctx, async (inside) => {
    const row = await inside.db
      .updateTable('appointment_reason')
      .set((set) => ({ ...columnsOf(input), version: set('version', '+', 1) }))
      .where('id', '=', id)
      .where('version', '=', input.version ?? 0)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw stale();
    await record(inside, { kind: 'reason.changed', subjectKind: 'reason', subjectId: id });
  });
}

/** Gives a reason up, or takes it up again: nobody can take it from then on, what was taken stands. */
export function archiveReason(ctx: Ctx, id: string, archived: boolean): Promise<void> {
  mustWriteReasons(ctx);
  return atomically(ctx, async (inside) => {
    const row = await inside.db
      .updateTable('appointment_reason')
      .set((set) => ({ archived_at: archived ? ctx.now : null, version: set('version', '+', 1) }))
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw notFound();
    await record(inside, {
      kind: archived ? 'reason.archived' : 'reason.resumed',
      subjectKind: 'reason',
      subjectId: id,
    });
  });
}

/** Begins with the five reasons most people come for, in three languages; nothing where there are some already. */
export function addUsualReasons(ctx: Ctx, demonstration = false): Promise<void> {
  mustWriteReasons(ctx);
  return atomically(ctx, async (inside) => {
    if ((await reasons(inside, { archived: true })).length > 0) return;
    const rows = usualReasons.map(({ slug, name, summary, bring, ...rest }, rank) => ({
      id: newId(),
      slug,
      rank,
      name: JSON.stringify(name),
      summary: JSON.stringify(summary),
      bring: JSON.stringify(bring),
      line_id: null,
      demonstration,
      ...rest,
    }));
    await inside.db.insertInto('appointment_reason').values(rows).execute();
    await record(inside, ...rows.map(({ id }) => ({ kind: 'reason.added', subjectKind: 'reason', subjectId: id })));
  });
}
