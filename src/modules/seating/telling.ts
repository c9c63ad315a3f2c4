import { sql } from 'kysely';
import { addDays, dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { later } from '../../core/outbox.ts';
import type { SessionView } from '../timetable/index.ts';
import type { RegistrationRow } from './seating.store.ts';

/** Writes in the journal what became of a registration. */
export const noted = (ctx: Ctx, kind: string, row: RegistrationRow, reason: string | null = null): Promise<void> =>
  record(ctx, {
    kind: `registration.${kind}`,
    subjectKind: 'registration',
    subjectId: row.id,
    onBehalfOf: ctx.actor.personId === row.person_id ? null : row.person_id,
    reason,
    data: { sessionId: row.session_id, places: row.places },
  });

type CallKind = 'cancelled' | 'moved' | 'offered' | 'reminder';

/** How the person learns of a change: by mail where they have one, else somebody of the team calls them today. */
export async function tell(
  ctx: Ctx,
  to: { row: RegistrationRow; personEmail: string | null; timeZone: string },
  topic: string,
  call: CallKind | undefined,
  more: Record<string, unknown> = {},
): Promise<void> {
  const registrationId = to.row.id;
  if (to.row.demonstration && !to.personEmail) return;
  if (to.personEmail) return later(ctx, { topic: `registration.${topic}`, payload: { registrationId, ...more } });
  if (!call) return;
  await ctx.db
    .insertInto('call')
    .values({ id: newId(), registration_id: registrationId, due_day: dayOf(ctx.now, to.timeZone), kind: call })
    .execute();
}

/** Calls about registrations that nobody has to make any more. */
export async function dropCalls(
  ctx: Ctx,
  registrationIds: readonly string[],
  kinds: readonly CallKind[],
): Promise<void> {
  if (registrationIds.length === 0) return;
  await ctx.db
    .deleteFrom('call')
    .where(sql<boolean>`registration_id = any(${[...registrationIds]}::uuid[])`)
    .where('kind', 'in', [...kinds])
    .where('done_at', 'is', null)
    .execute();
}

/** The call on the eve of a session; none for today's, nor for who waits. */
export function reminderCall(
  ctx: Ctx,
  row: { id: string; status: RegistrationRow['status'] },
  session: Pick<SessionView, 'start' | 'timeZone'>,
) {
  const eve = addDays(dayOf(session.start, session.timeZone), -1);
  if (row.status !== 'registered' || eve < dayOf(ctx.now, session.timeZone)) return [];
  return [{ id: newId(), registration_id: row.id, due_day: eve, kind: 'reminder' as const }];
}
