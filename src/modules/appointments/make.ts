import { sql } from 'kysely';
import { has } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { type NextStep, notFound, Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { lockHelpers } from '../booking/index.ts';
import {
  type Helper,
  helpers,
  isFree,
  mayTake,
  type Reason,
  reasonBySlug,
  type Wanted,
  windowFor,
} from '../presence/index.ts';
import { type RegistrationState, register } from '../registrations/index.ts';
import { cancelInside, insertSessions } from '../sessions/index.ts';
import { aheadOf, givenUp, type Names, namesOf } from './appointments.store.ts';
import type { AppointmentTime, MakeInput } from './appointments.types.ts';

/** At most so many appointments for one reason before somebody: the others are for others. */
const mostAhead = 3;

/** Whoever is of a team takes an appointment for a caller anywhere in the network, at once and as far ahead as it likes. */
export const isTeam = (ctx: Ctx): boolean => has(ctx.actor, 'team');

/** Acts at a place with the rights of its team: the caller has checked who may. */
export const asTeamOf = (ctx: Ctx, siteId: string): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, grants: [...ctx.actor.grants, { role: 'team' as const, siteId }] },
});

/** What is written where others may read: with whom, never why. */
const titleWith = (name: string): I18nText => ({
  fr: `Rendez-vous avec ${name}`,
  nl: `Afspraak met ${name}`,
  en: `Appointment with ${name}`,
});

const choose = (reasonSlug: string): NextStep => ({
  code: 'appointment.next.choose',
  href: `/rendez-vous?raison=${reasonSlug}`,
});

export const taken = (reasonSlug: string): Refusal =>
  new Refusal('appointment.taken', 'conflict', {}, choose(reasonSlug));

/** The time of a helper becomes somebody's: a session of one to one with its registration, or nothing at all. */
export async function makeAppointment(ctx: Ctx, input: MakeInput): Promise<RegistrationState & { personId: string }> {
  const reason = await reasonBySlug(ctx, input.reasonSlug);
  if (!reason || reason.archived) throw notFound();
  const helper = (await helpers(ctx)).find((one) => one.id === input.helperId);
  if (!helper?.reasonIds.includes(reason.id)) throw notFound();
  await refuse(ctx, input, reason);
  const wanted = wantedFor(input, reason.minutes);
  const limited = isLimited(ctx, input);
  return atomically(ctx, async (inside) => {
    await holdPlace(inside, wanted.siteId);
    const who = limited ? await namesOf(inside, input.person) : undefined;
    await lockHelpers(inside, [helper.id], who);
    if (who) await refuseMore(inside, who, reason);
    await releaseGivenUp(inside, wanted);
    if (!(await isFree(inside, wanted))) throw taken(reason.slug);
    return write(inside, input, reason, helper, wanted);
  });
}

export const wantedFor = ({ helperId, siteId, stopId, start }: AppointmentTime, minutes: number): Wanted => ({
  helperId,
  siteId,
  stopId,
  start,
  end: addMinutes(start, minutes),
});

/** While it is looked at and taken, a place stays as it is: whoever cancels or moves a stop of the bus locks its site. */
export async function holdPlace(inside: Ctx, siteId: string): Promise<void> {
  await sql`select from site where id = ${siteId} for key share`.execute(inside.db);
}

/** What nobody comes to any more is cancelled, so that its time is free in the constraint too. Call it under the lock. */
export async function releaseGivenUp(inside: Ctx, wanted: Wanted): Promise<void> {
  for (const session of await givenUp(inside, wanted.helperId, wanted)) await cancelInside(inside, { session });
}

/** Every rule of the reason; the team may take it at once, and as far ahead as it likes. */
async function refuse(ctx: Ctx, input: MakeInput, reason: Reason): Promise<void> {
  const team = isTeam(ctx) || input.channel === 'demonstration';
  if (!team && !mayTake(ctx, reason.who)) throw new Refusal('appointment.who', 'forbidden', {}, signIn);
  if ((input.attendees?.length ?? 1) > reason.places) {
    throw new Refusal('appointment.too_many', 'unprocessable', { most: reason.places, field: 'personnes' });
  }
  await refuseTime(ctx, input.start, reason, input.channel === 'demonstration');
}

/** The team and a town hall take for others, as many as they see fit. */
const isLimited = (ctx: Ctx, { channel }: MakeInput): boolean =>
  !isTeam(ctx) && channel !== 'demonstration' && channel !== 'relay';

/** Refuses one too many. Call it under the lock of whoever it is: asked at once of several helpers, each would find room. */
async function refuseMore(inside: Ctx, who: Names, reason: Reason): Promise<void> {
  if ((await aheadOf(inside, who, reason.id)) < mostAhead) return;
  throw new Refusal('appointment.enough', 'conflict', { most: mostAhead });
}

const signIn: NextStep = { code: 'appointment.next.sign_in', href: '/connexion' };

/** Refuses a time that is over, too near or too far. */
export async function refuseTime(ctx: Ctx, start: Date, reason: Reason, shown = false): Promise<void> {
  if (shown) return;
  const window = windowFor(ctx, reason, isTeam(ctx));
  if (start < ctx.now) throw new Refusal('appointment.past', 'conflict', {}, choose(reason.slug));
  if (start < window.start) {
    throw new Refusal('appointment.too_soon', 'conflict', { minutes: reason.noticeMinutes }, choose(reason.slug));
  }
  if (start >= window.end) {
    throw new Refusal('appointment.too_far', 'conflict', { days: reason.horizonDays }, choose(reason.slug));
  }
}

async function write(
  inside: Ctx,
  input: MakeInput,
  reason: Reason,
  helper: Helper,
  { start, end, siteId, stopId }: Wanted,
): Promise<RegistrationState & { personId: string }> {
  const attendees = input.attendees ?? [{ self: true }];
  const { sessions } = await insertSessions(inside, {
    kind: 'appointment',
    title: titleWith(helper.name),
    siteId,
    placeKind: stopId ? 'stop' : 'site',
    stopId,
    lineId: reason.lineId,
    // Nobody can sit down beside them.
    seats: Math.max(1, attendees.length),
    audience: 'all',
    reasonId: reason.id,
    leaderIds: [helper.personId],
    dates: [{ start, end }],
    publish: true,
    channel: input.channel === 'relay' ? 'desk' : input.channel,
  });
  const { registrations, personId } = await register(isTeam(inside) ? asTeamOf(inside, siteId) : inside, {
    sessionIds: [sessions[0]!.id],
    kind: attendees.length > 1 ? 'household' : 'self',
    person: input.person,
    attendees,
    mandate: input.mandate,
    note: input.note,
    communeCode: input.communeCode,
    channel: input.channel,
  });
  return { ...registrations[0]!, personId };
}
