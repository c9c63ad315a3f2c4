import { z } from 'zod';
import { has } from '../../core/access.ts';
import { addDays, addMinutes, dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, type Reason, Refusal } from '../../core/errors.ts';
import { locales } from '../../core/i18n.ts';
import { newId, newReference } from '../../core/ids.ts';
import { email, instant, optionalEmail, optionalTelephone, optionalText, text, uuid, whole } from '../../core/input.ts';
import type { BookingStatus } from '../../core/schema.ts';
import { organisationOf } from '../accounts/index.ts';
import { assess, isLimited, loadOpenings, type Openings, refuseAbsurd, releaseAt, rulesOf, settle } from './assess.ts';
import { type Resolved, resolveBooker } from './booker.ts';
import { signIn } from './booking.links.ts';
import type { Booked, Reserved, ReserveInput } from './booking.types.ts';
import {
  claimRows,
  currentClaims,
  entryOf,
  journalRows,
  lockFor,
  newsOf,
  outboxRows,
  seat,
  takenReason,
  type Wanted,
} from './taking.ts';
import { loadThings, type Thing } from './thing.store.ts';
import { codeRow } from './visitor.ts';
import { type Rows, write } from './write.store.ts';

/** How long a visitor's booking waits for its code. */
export const holdMinutes = 30;

/** A visitor whose e-mail is not confirmed yet holds at most this many things in one request. */
const mostForVisitors = 5;

/** What may come from outside; `channel` and the team's privileges are added by the caller. */
export const reserveSchema = z.object({
  items: z
    .array(z.object({ resourceId: uuid, start: instant, end: instant }))
    .min(1)
    .max(60),
  people: whole(1, 10_000).default(1),
  person: z.union([
    z.object({ id: uuid }),
    z.object({
      name: text(120),
      email: optionalEmail,
      telephone: optionalTelephone,
      language: z.enum(locales).optional(),
    }),
  ]),
  organisationId: uuid.optional(),
  purpose: optionalText(500),
});

/** What a visitor without an account gives. */
export const visitorSchema = z.object({ name: text(120), email });

/** Takes one thing or several, all or none; a visitor without an account holds them until the e-mail is confirmed. */
export function reserve(ctx: Ctx, input: ReserveInput): Promise<Reserved> {
  // The team may name somebody new by an e-mail that another desk writes down at the same time.
  return onceMore(() => atomically(ctx, (inside) => take(inside, input)));
}

async function take(ctx: Ctx, input: ReserveInput): Promise<Reserved> {
  const plan = await prepare(ctx, input);
  const { wanted, things, who, team } = plan;
  const { reasons, seating } = await examine(ctx, plan);
  const overridden = settle(reasons.flat(), team, input.override);
  const draft = draftOf(ctx, input, plan, overridden);
  const allocation = await claimRows(ctx, wanted, seating, {
    fixed: Boolean(input.arrived),
    expiresAt: draft.expiresAt,
  });
  await write(ctx.db, { ...draft.rows, person: who.created, allocation }, things.values());
  return { bookings: draft.bookings, requestId: draft.requestId, seriesId: input.seriesId ?? null };
}

/** Every reason why a booking would be refused now, thing by thing; nothing is written, nor kept. */
export async function checkOnly(ctx: Ctx, input: ReserveInput): Promise<Reason[][]> {
  class Undo extends Error {}
  let found: Reason[][] = [];
  try {
    await atomically(ctx, async (inside) => {
      found = (await examine(inside, await prepare(inside, input))).reasons;
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return found;
}

type Plan = { wanted: Wanted[]; things: Map<string, Thing>; who: Resolved; team: boolean; openings: Openings };

/** Reads what is wanted and for whom, then takes the locks. */
async function prepare(ctx: Ctx, input: ReserveInput): Promise<Plan> {
  const things = await loadThings(ctx.db, [...new Set(input.items.map((item) => item.resourceId))]);
  const wanted = input.items.map((item): Wanted => {
    const thing = things.get(item.resourceId);
    if (!thing) throw new Refusal('booking.unknown', 'not_found');
    return { causeId: newId(), item, thing, people: input.people };
  });
  for (const one of wanted) refuseAbsurd(ctx, one);
  const team = [...things.values()].every((thing) => has(ctx.actor, 'team', thing.siteId));
  if (!team && (input.override || input.optionUntil || input.arrived)) throw notFound();
  const organisationId = await organisationOf(ctx, input.organisationId, team);
  const booker = await resolveBooker(ctx, input.person, organisationId, team);
  const newOrganisation = !organisationId && input.newOrganisation === true;
  const who = { ...booker, party: { ...booker.party, newOrganisation } };
  if (who.toConfirm && wanted.length > mostForVisitors) {
    throw new Refusal('booking.too_many_things', 'unprocessable', { most: mostForVisitors }, signIn());
  }
  const limited = [...things.values()].some((thing) => isLimited(rulesOf(thing), 'organisation'));
  const openings = await loadOpenings(ctx, wanted);
  await lockFor(ctx, things.values(), {
    // Not for the limits alone: a merge of this person ends before, or waits.
    persons: who.created.length === 0 ? [who.personId] : [],
    organisations: organisationId && limited ? [organisationId] : [],
    emails: who.toConfirm ? [who.toConfirm] : [],
  });
  return { wanted, things, who, team, openings };
}

async function examine(ctx: Ctx, { wanted, who, team, openings }: Plan) {
  const claims = await currentClaims(ctx, wanted);
  const ruled = await assess(ctx, wanted, who.party, { team, openings });
  const seating = await seat(ctx, wanted, claims);
  const reasons = wanted.map((one, index) => {
    const rules = ruled[index]!;
    // What seats too few has no units to look for: saying "taken" too would mislead.
    const hopeless = rules.some(({ code }) => code === 'booking.capacity');
    return seating.units[index] || hopeless ? rules : [...rules, takenReason(one)];
  });
  return { reasons, seating };
}

function draftOf(ctx: Ctx, input: ReserveInput, { wanted, who, team }: Plan, overridden: string | null) {
  const requestId = wanted.length > 1 ? newId() : null;
  const holdUntil = who.toConfirm ? addMinutes(ctx.now, holdMinutes) : (input.optionUntil ?? null);
  const statusOf = (thing: Thing): BookingStatus => {
    if (holdUntil) return 'held';
    if (input.arrived) return 'checked_in';
    return rulesOf(thing).approval && !team ? 'requested' : 'confirmed';
  };
  const bookings = wanted.map(
    ({ causeId, item, thing }): Booked => ({
      id: causeId,
      reference: newReference(),
      resourceId: thing.id,
      siteId: thing.siteId,
      personId: who.personId,
      status: statusOf(thing),
      start: item.start,
      end: item.end,
      people: input.people,
      version: 1,
      requestId,
      seriesId: input.seriesId ?? null,
      holdExpiresAt: holdUntil,
    }),
  );
  const booking = bookings.map((one, index) => {
    const rules = rulesOf(wanted[index]!.thing);
    return {
      id: one.id,
      reference: one.reference,
      resource_id: one.resourceId,
      person_id: one.personId,
      organisation_id: who.party.organisationId,
      request_id: requestId,
      series_id: one.seriesId,
      status: one.status,
      starts_at: one.start,
      ends_at: one.end,
      people: one.people,
      purpose: input.purpose ?? null,
      language: who.language,
      channel: input.channel,
      created_by: ctx.actor.personId,
      created_at: ctx.now,
      hold_expires_at: holdUntil,
      option_until: input.optionUntil ?? null,
      confirmed_at: one.status === 'confirmed' || one.status === 'checked_in' ? ctx.now : null,
      checked_in_at: input.arrived ? ctx.now : null,
      override_reason: overridden,
      check_in_required: rules.checkIn,
      release_at: releaseAt(ctx, rules, one.start),
      demonstration: input.channel === 'demonstration',
      version: 1,
    };
  });
  const rows: Rows = {
    booking,
    journal: journalRows(
      ctx,
      ...bookings.map((one) =>
        entryOf(`booking.${one.status}`, one.id, {
          onBehalfOf: who.personId === ctx.actor.personId ? null : who.personId,
          reason: overridden,
          data: { resourceId: one.resourceId, start: one.start, end: one.end, people: one.people },
        }),
      ),
    ),
    ...follow(ctx, input, wanted, bookings, who),
  };
  return { bookings, requestId, rows, expiresAt: holdUntil };
}

/** What comes after a booking: a mail with its code, a mail that says it is booked, or a call the day before. */
function follow(
  ctx: Ctx,
  input: ReserveInput,
  wanted: readonly Wanted[],
  bookings: readonly Booked[],
  who: Resolved,
): Rows {
  const first = bookings[0]!;
  if (who.toConfirm) {
    const code = codeRow(ctx, {
      purpose: 'booking',
      email: who.toConfirm,
      subjectId: first.id,
      // Late is not lost: until it begins, the code still books what is free.
      expiresAt: new Date(Math.max(first.start.getTime(), addMinutes(ctx.now, holdMinutes).getTime())),
    });
    const payload = { bookingId: first.id, codeId: code.id };
    return { email_code: [code], outbox: outboxRows(ctx, { topic: 'booking.confirm_asked', payload }) };
  }
  // An option is the team's own note; what is imported or shown as an example concerns nobody.
  if (input.optionUntil || input.channel === 'demonstration' || input.channel === 'import') return {};
  if (!who.hasEmail) {
    return { call: wanted.flatMap((one) => reminderCall(ctx, one.causeId, one.item.start, one.thing.timeZone)) };
  }
  if (input.arrived) return {};
  return { outbox: outboxRows(ctx, ...newsOf(bookings)) };
}

/** The call on the eve of a booking; none for today's. */
export function reminderCall(ctx: Ctx, bookingId: string, start: Date, timeZone: string) {
  const today = dayOf(ctx.now, timeZone);
  const eve = addDays(dayOf(start, timeZone), -1);
  return eve < today ? [] : [{ id: newId(), booking_id: bookingId, due_day: eve, kind: 'reminder' }];
}
