import type { Ctx } from '../../core/context.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { reasonsById } from '../presence/index.ts';
import { cancelInside } from '../sessions/index.ts';
import type { MailFact } from '../tidings/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import { isEmpty } from './appointments.store.ts';

/** An appointment nobody comes to any more is no appointment: its time is given back in the same transaction. */
export async function freeTheTime(inside: Ctx, change: { kind: string; sessionId: string }): Promise<void> {
  if (change.kind === 'registered') return;
  if (await isEmpty(inside, change.sessionId)) await cancelInside(inside, { session: change.sessionId });
}

/** What to bring, in the body of the mails to who comes; why they come stays on the page. */
export async function whatToBring(ctx: Ctx, session: SessionView, locale: Locale): Promise<MailFact[]> {
  if (session.kind !== 'appointment' || !session.reasonId) return [];
  const reason = (await reasonsById(ctx, [session.reasonId])).get(session.reasonId);
  const value = reason ? say(reason.bring, locale, ctx.territory.mainLanguage) : '';
  return value ? [{ label: appointmentsMessages[locale].bring, value }] : [];
}
