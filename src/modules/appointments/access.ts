import { has } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { appointmentByReference } from './appointments.store.ts';
import type { AppointmentView } from './appointments.types.ts';

/** Which appointment, by the reference of its registration; `key` is the secret of the links in its mails. */
export type AppointmentTarget = { reference: string; key?: string | undefined; version?: number | undefined };

/** Whosoever took it for a caller has them on the line for a while yet. */
const onTheLineMinutes = 60;

/** Whether somebody comes to this appointment, or has the link of its mails. */
export const isTheirs = (ctx: Ctx, view: AppointmentView, key: string | undefined): boolean =>
  (ctx.actor.personId !== null && ctx.actor.personId === view.person.id) ||
  (key !== undefined && key.length < 100 && sameSecret(key, registrationKey(ctx.secret, view.registrationId)));

/** Whether one may read who comes and why, and act for them: who receives them, and the team of the place where they come. */
export const mayReadAppointment = (ctx: Ctx, view: Pick<AppointmentView, 'site' | 'helper'>): boolean =>
  has(ctx.actor, 'team', view.site.id) || (ctx.actor.personId !== null && ctx.actor.personId === view.helper.personId);

/** Whether one of another team has just taken it, by telephone: they wrote all that it says. */
const justTook = (ctx: Ctx, { takenBy, takenAt }: AppointmentView): boolean =>
  has(ctx.actor, 'team') &&
  takenBy !== null &&
  takenBy === ctx.actor.personId &&
  takenAt > addMinutes(ctx.now, -onTheLineMinutes);

/** The appointment for its person, who receives them and the team of its place; for the others there is none. */
export async function seenAppointment(
  ctx: Ctx,
  { reference, key }: AppointmentTarget,
): Promise<{ view: AppointmentView; theirs: boolean; team: boolean }> {
  const view = await appointmentByReference(ctx, reference);
  if (!view) throw notFound();
  const theirs = isTheirs(ctx, view, key);
  const team = mayReadAppointment(ctx, view) || justTook(ctx, view);
  if (!theirs && !team) throw notFound();
  return { view, theirs, team };
}
