import type { Ctx } from './context.ts';
import { newId } from './ids.ts';

export type Entry = {
  kind: string;
  subjectKind: string;
  subjectId: string;
  occurredAt?: Date;
  onBehalfOf?: string | null;
  reason?: string | null;
  /** Ids, numbers and instants only: a person's values are never copied, so that erasing the person is enough. */
  data?: Record<string, unknown>;
};

/** A row of the journal, ready to be inserted beside what it tells. */
export function journalRow(ctx: Pick<Ctx, 'actor' | 'now'>, entry: Entry) {
  return {
    id: newId(),
    occurred_at: entry.occurredAt ?? ctx.now,
    recorded_at: ctx.now,
    actor_id: ctx.actor.personId,
    on_behalf_of: entry.onBehalfOf ?? null,
    device_id: ctx.actor.deviceId,
    kind: entry.kind,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    reason: entry.reason ?? null,
    data: JSON.stringify(entry.data ?? {}),
  };
}

/** Writes what happened, by whom and why, in the transaction of what happened. */
export async function record(ctx: Ctx, ...entries: Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await ctx.db
    .insertInto('journal')
    .values(entries.map((entry) => journalRow(ctx, entry)))
    .execute();
}
