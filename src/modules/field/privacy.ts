import { sql } from 'kysely';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { EraseHook } from '../privacy/index.ts';

const keptDays = 90;

/** Strokes that wait to be settled go with the person who drew them; what else waits holds ids only. */
export const eraseField: EraseHook = {
  name: 'field',
  erase: async (ctx, personId) => {
    await sql`
      update field_entry e set answer = e.answer #- '{payload,strokes}'
      from attendee a join registration r on r.id = a.registration_id
      where e.outcome <> 'done' and e.settled_at is null and e.kind = 'mark'
        and a.id = (e.answer -> 'payload' ->> 'attendeeId')::uuid and exists (
          select from person p where (p.id = ${personId} or p.merged_into = ${personId})
            and p.id = coalesce(a.person_id, r.person_id))`.execute(ctx.db);
  },
};

/** What nobody settled in three months will not be: what was written is dropped, that it was refused stays. */
export async function forgetUnsettled(ctx: Ctx): Promise<void> {
  await sql`update field_entry set answer = answer - 'payload', settled_at = ${ctx.now}
    where outcome <> 'done' and settled_at is null
      and recorded_at < ${addMinutes(ctx.now, -keptDays * 1440)}`.execute(ctx.db);
}
