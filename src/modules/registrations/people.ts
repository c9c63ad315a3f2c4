import { sql } from 'kysely';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { write } from '../booking/index.ts';
import {
  type AttendeeInput,
  decide,
  growSeats,
  isMinor,
  noted,
  offerSeats,
  offerUntil,
  onRegistration,
  type RegistrationState,
  type RegistrationTarget,
  type Scene,
  seatAll,
  seeRegistration,
  standingsOf,
  statesOf,
  tell,
  update,
} from '../seating/index.ts';
import { mustBeAhead } from './cancel.ts';
import { isAnyMarked } from './marks.ts';
import { nextTurn, seatTaken } from './register.ts';

export type PeopleInput = RegistrationTarget & {
  /** Those who stay, by the id of their row, and those who come in addition. Who is not named comes no more. */
  keep: readonly string[];
  add?: readonly AttendeeInput[] | undefined;
  consent?: boolean | undefined;
};

/**
 * Changes who comes with a registration: one child less gives one seat back; one more takes a free seat, where nobody waits for
 * it. Who waits keeps its turn for fewer people, and goes to the end of the list for more.
 */
export function changePeople(ctx: Ctx, input: PeopleInput): Promise<RegistrationState> {
  return seatTaken(() =>
    onRegistration(ctx, input, async (inside, scene) => {
      const { row, session } = scene;
      if (row.status === 'cancelled' || row.status === 'invited') {
        throw new Refusal(`registration.state_${row.status}`, 'conflict', {}, seeRegistration(row.reference));
      }
      mustBeAhead(inside, scene);
      const add = [...(input.add ?? [])];
      const before = await peopleOf(inside, row.id);
      const stay = before.filter((one) => input.keep.includes(one.id));
      const places = stay.length + add.length;
      if (places === 0) throw new Refusal('registration.nobody', 'unprocessable', {}, seeRegistration(row.reference));
      if (stay.length === before.length && add.length === 0) return (await statesOf(inside, [row.id]))[0]!;
      if (add.length > 0) await mayCome(inside, scene, stay, add, input.consent === true);
      const gone = before.filter((one) => !stay.includes(one)).map((one) => one.id);
      await mustHaveNoMark(inside, gone, row.reference);
      await sql`delete from attendee where id = any(${gone}::uuid[])`.execute(inside.db);
      await arrive(inside, scene, add, before.length);
      const turn =
        row.status === 'waiting' && places > before.length ? await lastTurn(inside, scene) : row.waiting_since;
      const consent = input.consent ? { consent_at: row.consent_at ?? inside.now } : {};
      const after = await update(inside, row, { places, waiting_since: turn, ...consent });
      await noted(inside, 'people', after);
      if (row.status === 'registered') {
        await tell(inside, { ...scene, row: after, timeZone: session.timeZone }, 'changed', undefined);
      }
      await offerSeats(inside, row.session_id);
      return (await statesOf(inside, [row.id]))[0]!;
    }),
  );
}

const peopleOf = (ctx: Ctx, registrationId: string) =>
  ctx.db
    .selectFrom('attendee')
    .select(['id', 'name', 'birth_year', 'minor', 'tariff', 'person_id', 'rank'])
    .where('registration_id', '=', registrationId)
    .orderBy('rank')
    .orderBy('id')
    .execute();

type Person = Awaited<ReturnType<typeof peopleOf>>[number];

/** The rules again, for all who would come. */
async function mayCome(
  ctx: Ctx,
  { row, session, team }: Scene,
  stay: readonly Person[],
  add: readonly AttendeeInput[],
  consent: boolean,
): Promise<void> {
  const attendees = [
    ...stay.map(
      (one): AttendeeInput => ({
        name: one.name ?? undefined,
        birthYear: one.birth_year ?? undefined,
        minor: one.minor,
        self: one.person_id !== null,
      }),
    ),
    ...add,
  ];
  const who = { personId: row.person_id, organisationId: row.organisation_id, places: 1, except: [row.id] };
  const standing = (await standingsOf(ctx, [row.session_id], who)).get(row.session_id)!;
  const reasons = decide({
    now: ctx.now,
    session,
    attendees,
    consent: consent || row.consent_at !== null,
    answers: row.answers,
    group: row.kind === 'group',
    team,
    arrived: team,
    signedIn: true,
    // Who was let in before stays let in.
    member: true,
    inGroup: true,
    invited: true,
    ofOrganisation: row.organisation_id ? standing.ofOrganisation : undefined,
    telephone: session.site.telephone ?? ctx.territory.telephone,
    say: (words) => say(words, ctx.locale, ctx.territory.mainLanguage),
  });
  if (reasons.length > 0) throw Refusal.all('unprocessable', reasons);
  const sits = row.status !== 'waiting' && !(row.status === 'held' && row.waiting_since);
  if (sits && standing.waiting > 0 && offerUntil(ctx.now, session.start) !== null) throw noMore();
}

/** Who was marked on the list of those who came stays on it. */
async function mustHaveNoMark(ctx: Ctx, attendeeIds: readonly string[], reference: string): Promise<void> {
  if (await isAnyMarked(ctx, attendeeIds))
    throw new Refusal('registration.was_there', 'conflict', {}, seeRegistration(reference));
}

const noMore = () => new Refusal('registration.no_more', 'conflict');

async function arrive(ctx: Ctx, { row, session }: Scene, add: readonly AttendeeInput[], from: number): Promise<void> {
  if (add.length === 0) return;
  const day = dayOf(session.start, session.timeZone);
  await write(ctx.db, {
    attendee: add.map((one, index) => ({
      id: newId(),
      registration_id: row.id,
      session_id: row.session_id,
      seat: null,
      person_id: one.self ? row.person_id : null,
      name: one.self ? null : (one.name ?? null),
      birth_year: one.birthYear ?? null,
      minor: isMinor(one, day),
      tariff: one.tariff ?? session.tariffs[0]?.key ?? null,
      rank: from + index,
    })),
  });
  const sits = row.status === 'registered' || row.status === 'offered' || (row.status === 'held' && !row.waiting_since);
  if (!sits) return;
  if (session.seats === null) await growSeats(ctx, session.id, add.length);
  if (!(await seatAll(ctx, row.id))) throw noMore();
}

async function lastTurn(ctx: Ctx, { row }: Scene): Promise<Date> {
  const who = { personId: row.person_id, organisationId: null, places: 1, except: [row.id] };
  return nextTurn(ctx, (await standingsOf(ctx, [row.session_id], who)).get(row.session_id)!.lastWaiting);
}
