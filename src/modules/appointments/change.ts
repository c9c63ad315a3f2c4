import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { lockHelpers, lockSessions } from '../booking/index.ts';
import { helpers, isFree, reasonsById } from '../presence/index.ts';
import { cancelRegistration } from '../registrations/index.ts';
import { moveInside } from '../sessions/index.ts';
import { type AppointmentTarget, seenAppointment } from './access.ts';
import { appointmentByReference } from './appointments.store.ts';
import type { AppointmentTime, AppointmentView } from './appointments.types.ts';
import { asTeamOf, holdPlace, refuseTime, releaseGivenUp, taken, wantedFor } from './make.ts';

function mustBeAhead(ctx: Ctx, view: AppointmentView): void {
  if (view.status === 'cancelled') throw new Refusal('appointment.cancelled', 'conflict');
  if (view.end <= ctx.now) throw new Refusal('appointment.over', 'conflict');
}

export type MoveInput = AppointmentTarget & AppointmentTime & { reason?: I18nText | undefined };

/** Gives an appointment another time, place or helper: the new time is looked at and taken under the same lock. */
export async function moveAppointment(ctx: Ctx, input: MoveInput): Promise<void> {
  const { view } = await seenAppointment(ctx, input);
  mustBeAhead(ctx, view);
  const helper = (await helpers(ctx)).find((one) => one.id === input.helperId);
  const reason = view.reasonId ? (await reasonsById(ctx, [view.reasonId])).get(view.reasonId) : undefined;
  if (!helper || !reason || !helper.reasonIds.includes(reason.id)) throw notFound();
  await refuseTime(ctx, input.start, reason);
  const wanted = wantedFor(input, (view.end.getTime() - view.start.getTime()) / 60_000);
  await atomically(ctx, async (inside) => {
    await lockSessions(inside, [view.sessionId]);
    await holdPlace(inside, wanted.siteId);
    await lockHelpers(inside, [helper.id]);
    const now = await appointmentByReference(inside, input.reference);
    if (!now) throw notFound();
    mustBeAhead(inside, now);
    if (input.version !== undefined && input.version !== now.version) throw new Refusal('stale', 'stale');
    await releaseGivenUp(inside, wanted);
    if (!(await isFree(inside, wanted, view.sessionId))) throw taken(reason.slug);
    const [moved] = await moveInside(inside, {
      session: view.sessionId,
      start: wanted.start,
      end: wanted.end,
      leaderIds: [helper.personId],
      siteId: wanted.siteId,
      placeKind: wanted.stopId ? 'stop' : 'site',
      stopId: wanted.stopId,
      reason: input.reason,
    });
    // A wall clock shows one hour twice in autumn: what was looked at is what is taken.
    if (moved?.start.getTime() !== wanted.start.getTime()) throw taken(reason.slug);
  });
}

/** Gives an appointment back: the time is free again at once, and whoever must know is told. */
export async function cancelAppointment(
  ctx: Ctx,
  input: AppointmentTarget & { reason?: string | undefined },
): Promise<void> {
  const { view, theirs } = await seenAppointment(ctx, input);
  mustBeAhead(ctx, view);
  const acting = theirs ? ctx : asTeamOf(ctx, view.site.id);
  await cancelRegistration(acting, {
    registration: view.reference,
    key: input.key,
    version: input.version,
    cause: theirs ? 'person' : 'team',
    reason: input.reason,
  });
}
