import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { RegistrationStatus } from '../../core/schema.ts';
import { codeRow, holdMinutes, outboxRows, type Resolved, type Rows } from '../booking/index.ts';
import { type RegisterInput, reminderCall } from '../seating/index.ts';
import type { SessionView } from '../timetable/index.ts';

type Told = { sessions: readonly SessionView[]; who: Resolved };
export type Drafted = { id: string; session_id: string; status: RegistrationStatus };

/** What comes after: a mail with its code, one that says who sits and who waits, or a call on the eve. */
export function follow(ctx: Ctx, input: RegisterInput, { sessions, who }: Told, drafted: readonly Drafted[]): Rows {
  const first = drafted[0]!;
  const begins = sessions[0]!.start;
  if (who.toConfirm) {
    const code = codeRow(ctx, {
      purpose: 'registration',
      email: who.toConfirm,
      subjectId: first.id,
      // Late is not lost: until it begins, the code still registers while there are seats.
      expiresAt: new Date(Math.max(begins.getTime(), addMinutes(ctx.now, holdMinutes).getTime())),
    });
    const payload = { registrationId: first.id, codeId: code.id };
    return { email_code: [code], outbox: outboxRows(ctx, { topic: 'registration.confirm_asked', payload }) };
  }
  // What is imported or shown as an example is told to nobody.
  if (input.channel === 'demonstration' || input.channel === 'import') return {};
  if (!who.hasEmail) {
    return { call: drafted.flatMap((row, index) => reminderCall(ctx, row, sessions[index]!)) };
  }
  return input.arrived ? {} : { outbox: outboxRows(ctx, ...newsOf(drafted)) };
}

/** The mails that say what became of one request: one for all that sits, one for all that waits. */
export const newsOf = (drafted: readonly Drafted[]) =>
  (['registered', 'waiting'] as const).flatMap((status) => {
    const first = drafted.find((one) => one.status === status);
    return first ? [{ topic: `registration.${status}`, payload: { registrationId: first.id } }] : [];
  });
