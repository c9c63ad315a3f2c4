import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { doEntry } from './apply.ts';
import { lockEntry, settleEntry } from './entries.store.ts';
import { entrySchema } from './entry.ts';

/**
 * A person settles what two people noted otherwise: what stands is kept, or what the phone wrote replaces it. Settled twice, it is
 * settled once.
 */
export function settle(ctx: Ctx, id: string, choice: 'keep' | 'apply'): Promise<void> {
  return atomically(ctx, async (inside) => {
    const row = isUuid(id) ? await lockEntry(inside, id) : undefined;
    if (!row || row.outcome === 'done') throw notFound();
    const { siteId, payload } = row.answer as { siteId: string | null; payload?: object };
    const mine = row.person_id === inside.actor.personId;
    if (!mine && (!siteId || !has(inside.actor, 'team', siteId))) throw notFound();
    if (row.settled_at) return;
    if (choice === 'apply') {
      const { turn, kind, occurred_at: occurredAt } = row;
      const entry = entrySchema.parse({ id, turn, kind, occurredAt: occurredAt.toISOString(), payload });
      await doEntry(inside, entry, occurredAt, true);
    }
    await settleEntry(inside, id);
    await record(inside, { kind: `field.${choice}`, subjectKind: 'field_entry', subjectId: id, data: { siteId } });
  });
}
