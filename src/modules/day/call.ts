import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import type { Outcome } from './day.types.ts';

export const outcomeSchema = z.object({ suite: z.enum(['reached', 'message', 'unreachable']) });

/**
 * Says how a call went. Nobody answered: it stays on the list, marked as tried. With no outcome, what was said is taken back.
 */
export function answerCall(ctx: Ctx, input: { callId: string; outcome: Outcome | null }): Promise<void> {
  return atomically(ctx, async (inside) => {
    const { callId, outcome } = input;
    const calls = inside.db
      .selectFrom('call as c')
      .leftJoin('booking as b', 'b.id', 'c.booking_id')
      .leftJoin('resource as r', 'r.id', 'b.resource_id')
      .leftJoin('registration as n', 'n.id', 'c.registration_id')
      .leftJoin('session as s', 's.id', 'n.session_id')
      .select(['c.id', 'c.booking_id', 'c.registration_id', 'c.outcome'])
      .select((eb) => [
        eb.fn.coalesce('b.person_id', 'n.person_id').as('person_id'),
        eb.fn.coalesce('r.site_id', 's.site_id').as('site_id'),
      ]);
    const call = isUuid(callId) ? await calls.where('c.id', '=', callId).forUpdate('c').executeTakeFirst() : undefined;
    if (!call) throw notFound();
    mustHave(inside.actor, 'team', call.site_id);
    if (call.outcome === outcome && outcome !== 'unreachable') return;
    const done = outcome === 'reached' || outcome === 'message';
    await inside.db
      .updateTable('call')
      .set({ outcome, done_at: done ? inside.now : null, done_by: done ? inside.actor.personId : null })
      .where('id', '=', call.id)
      .execute();
    await record(inside, {
      kind: outcome ? `call.${outcome}` : 'call.undone',
      subjectKind: call.booking_id ? 'booking' : 'registration',
      subjectId: (call.booking_id ?? call.registration_id)!,
      onBehalfOf: call.person_id,
      data: { callId: call.id },
    });
  });
}
