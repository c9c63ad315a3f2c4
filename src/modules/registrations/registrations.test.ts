import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { journalKinds } from '../../../test/harness/bookings.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes } from '../../core/clock.ts';
import { linkTokenFor } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { cancelSession, moveSession, postponeSession, resumeSession, setSeats } from '../sessions/index.ts';
import {
  type AttendeeInput,
  acceptInvitation,
  acceptOffer,
  cancelRegistration,
  changePeople,
  confirmRegistration,
  declineOffer,
  importGuests,
  inviteGuests,
  offerAgain,
  register,
  registrationsOf,
  releaseAllRanOut,
} from './index.ts';
import { onChange } from './session-changes.ts';

const base = useDatabase();

type Ground = { db: Db; siteId: string; team: Ctx; visitor: Ctx };

const on = (work: (ground: Ground) => Promise<void>) =>
  rolledBack(base.db, async (db) => {
    const site = await makeSite(db);
    const staff = await makePerson(db, { name: 'Dana' });
    const team = makeCtx(db, { actor: actorOf(staff, ['team'], site.id) });
    await work({ db, siteId: site.id, team, visitor: makeCtx(db) });
  });

async function somebody(db: Db, now = monday9) {
  const person = await makePerson(db);
  return { person, ctx: makeCtx(db, { actor: actorOf(person), now }) };
}

const come = (
  ctx: Ctx,
  personId: string,
  sessionId: string,
  attendees: AttendeeInput[] = [{ self: true }],
  more = {},
) =>
  register(ctx, {
    sessionIds: [sessionId],
    kind: 'household',
    person: { id: personId },
    attendees,
    channel: 'web',
    ...more,
  });

const visit = (ctx: Ctx, sessionId: string, email = 'nina@essai.example') =>
  register(ctx, {
    sessionIds: [sessionId],
    kind: 'self',
    person: { name: 'Nina', email },
    attendees: [{ self: true }],
    channel: 'web',
  });

const topics = async (db: Db) =>
  (await db.selectFrom('outbox').select('topic').orderBy('id').execute()).map((row) => row.topic);

async function tokenOf(ctx: Ctx): Promise<string> {
  const row = await ctx.db
    .selectFrom('outbox')
    .select('payload')
    .where('topic', '=', 'registration.confirm_asked')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return linkTokenFor(ctx.secret, (row.payload as { codeId: string }).codeId);
}

/** A full session of one seat and two people who wait. */
async function full({ db, siteId }: Ground, over: Partial<SessionOver> = {}) {
  const session = await makeSession(db, { siteId, seats: 1, ...over });
  const [sits, first, second] = [await somebody(db), await somebody(db), await somebody(db)];
  const all = [];
  for (const one of [sits, first, second])
    all.push((await come(one!.ctx, one!.person.id, session.id)).registrations[0]!);
  return { session, people: [sits, first, second] as const, all };
}

describe('a seat', () => {
  it('is given by naming one; who comes next waits, and sees their rank', () =>
    on(async (ground) => {
      const { session, all } = await full(ground);
      expect(all.map(({ status, rank }) => [status, rank])).toEqual([
        ['registered', null],
        ['waiting', 1],
        ['waiting', 2],
      ]);
      const [first] = await registrationsOf(ground.team, session.id);
      expect(first!.attendees.map((one) => one.seat)).toEqual([1]);
      expect(await journalKinds(ground.db, all[1]!.id)).toEqual(['registration.waiting']);
      expect(await topics(ground.db)).toEqual([
        'registration.registered',
        'registration.waiting',
        'registration.waiting',
      ]);
    }));

  it('given back is offered to the first in line, who takes it; nobody jumps the line meanwhile', () =>
    on(async (ground) => {
      const { session, people, all } = await full(ground);
      await cancelRegistration(people[0].ctx, { registration: all[0]!.id });
      const late = await somebody(ground.db);
      expect((await come(late.ctx, late.person.id, session.id)).registrations[0]).toMatchObject({
        status: 'waiting',
        rank: 2,
      });
      const taken = await acceptOffer(people[1].ctx, { registration: all[1]!.id });
      expect(taken.status).toBe('registered');
      await expect(acceptOffer(people[2].ctx, { registration: all[2]!.id })).rejects.toMatchObject({
        code: 'registration.state_waiting',
      });
    }));

  it('offered and not answered goes to the next; declined too; who declined is told no more', () =>
    on(async (ground) => {
      const { people, all, session } = await full(ground);
      await cancelRegistration(people[0].ctx, { registration: all[0]!.id });
      const soon = at('2026-11-24', '09:01');
      expect(await releaseAllRanOut({ ...ground.visitor, now: soon })).toBe(1);
      const second = (await registrationsOf(ground.team, session.id))[0]!;
      expect([second.id, second.status]).toEqual([all[2]!.id, 'offered']);
      // Twelve hours would end at nine in the evening: it lasts until the morning.
      expect(second.offerExpiresAt).toEqual(at('2026-11-25', '09:00'));
      const left = await declineOffer({ ...people[2].ctx, now: soon }, { registration: all[2]!.id });
      expect(left.status).toBe('cancelled');
      expect(await topics(ground.db)).toContain('registration.offer_expired');
    }));

  it('is free for whoever comes first right before the beginning', () =>
    on(async (ground) => {
      const { people, all, session } = await full(ground);
      const now = addMinutes(session.start, -20);
      await cancelRegistration({ ...people[0].ctx, now }, { registration: all[0]!.id });
      const late = await somebody(ground.db, now);
      expect((await come(late.ctx, late.person.id, session.id)).registrations[0]!.status).toBe('registered');
      await expect(acceptOffer({ ...people[1].ctx, now }, { registration: all[1]!.id })).rejects.toMatchObject({
        code: 'registration.full',
      });
    }));

  it('waits one delay for a group too large, then those behind it are asked', () =>
    on(async (ground) => {
      const { db, siteId } = ground;
      const session = await makeSession(db, { siteId, seats: 4 });
      const [one, group, single] = [await somebody(db), await somebody(db), await somebody(db)];
      await come(one.ctx, one.person.id, session.id, [{ self: true }, { name: 'Ali' }, { name: 'Zoé' }]);
      const crowd = [{ self: true }, { name: 'A' }, { name: 'B' }];
      await come(group.ctx, group.person.id, session.id, crowd);
      const { registrations } = await come(single.ctx, single.person.id, session.id);
      expect(registrations[0]).toMatchObject({ status: 'waiting', rank: 2 });
      const again = await db
        .selectFrom('outbox')
        .select(['payload', 'due_at'])
        .where('topic', '=', 'registration.offer')
        .orderBy('id')
        .executeTakeFirstOrThrow();
      // Twelve hours, and the night.
      expect(again.due_at).toEqual(at('2026-11-24', '09:00'));
      const { passed } = again.payload as { passed: string[] };
      await offerAgain({ ...ground.visitor, now: again.due_at }, session.id, passed);
      const states = new Map((await registrationsOf(ground.team, session.id)).map((r) => [r.person.id, r.status]));
      expect([states.get(group.person.id), states.get(single.person.id)]).toEqual(['waiting', 'offered']);
    }));

  it('is made for each who comes where as many come as like', () =>
    on(async ({ db, siteId, team }) => {
      const session = await makeSession(db, { siteId, seats: null });
      for (let n = 0; n < 3; n += 1) {
        const one = await somebody(db);
        const { registrations } = await come(one.ctx, one.person.id, session.id, [{ self: true }, { name: 'Léo' }]);
        expect(registrations[0]!.status).toBe('registered');
      }
      const seats = (await registrationsOf(team, session.id)).flatMap((one) => one.attendees.map((a) => a.seat));
      expect(seats).toEqual([1, 2, 3, 4, 5, 6]);
    }));
});

describe('a visitor without an account', () => {
  it('holds the seat half an hour, has it by the link, and becomes a person', () =>
    on(async ({ db, siteId, visitor, team }) => {
      const session = await makeSession(db, { siteId });
      const { registrations } = await visit(visitor, session.id);
      expect(registrations[0]).toMatchObject({ status: 'held', holdExpiresAt: addMinutes(monday9, 30) });
      const token = await tokenOf(visitor);
      const done = await confirmRegistration(visitor, { token });
      expect(done.registrations[0]!.status).toBe('registered');
      const [view] = await registrationsOf(team, session.id);
      expect(view!.person.email).toBe('nina@essai.example');
      expect(view!.attendees[0]).toMatchObject({ name: 'Nina', personId: view!.person.id });
      // The same link again says the same.
      expect((await confirmRegistration(visitor, { token })).registrations[0]!.status).toBe('registered');
    }));

  it('whose e-mail is somebody’s: the registration is theirs, the children with it', () =>
    on(async ({ db, siteId, visitor, team }) => {
      const session = await makeSession(db, { siteId });
      const known = await makePerson(db, { name: 'Nina Vraie', email: 'nina@essai.example' });
      await visit(visitor, session.id);
      await confirmRegistration(visitor, { token: await tokenOf(visitor) });
      const [view] = await registrationsOf(team, session.id);
      expect(view!.person.id).toBe(known.id);
      expect(view!.attendees[0]!.personId).toBe(known.id);
    }));

  it('who comes back late has a seat if one is free, else waits at the end of the list', () =>
    on(async ({ db, siteId, visitor, team }) => {
      const session = await makeSession(db, { siteId, seats: 1 });
      await visit(visitor, session.id);
      const token = await tokenOf(visitor);
      const late = addMinutes(monday9, 31);
      const other = await somebody(db, late);
      expect((await come(other.ctx, other.person.id, session.id)).registrations[0]!.status).toBe('registered');
      const done = await confirmRegistration({ ...visitor, now: late }, { token });
      expect(done.registrations[0]).toMatchObject({ status: 'waiting', rank: 1 });
      expect((await registrationsOf(team, session.id)).map((one) => one.status)).toEqual(['registered', 'waiting']);
    }));

  it('holds two things unconfirmed at most, over bookings and registrations', () =>
    on(async ({ db, siteId, visitor }) => {
      const sessions = [
        await makeSession(db, { siteId }),
        await makeSession(db, { siteId }),
        await makeSession(db, { siteId }),
      ];
      await visit(visitor, sessions[0]!.id);
      await visit(visitor, sessions[1]!.id);
      await expect(visit(visitor, sessions[2]!.id)).rejects.toMatchObject({ code: 'booking.unconfirmed' });
    }));

  it('who turns out to be registered already is told so, and has no second seat', () =>
    on(async ({ db, siteId, visitor }) => {
      const session = await makeSession(db, { siteId });
      const known = await makePerson(db, { email: 'nina@essai.example' });
      await visit(visitor, session.id);
      await come(makeCtx(db, { actor: actorOf(known) }), known.id, session.id);
      const again = confirmRegistration(visitor, { token: await tokenOf(visitor) });
      await expect(again).rejects.toMatchObject({ code: 'registration.already' });
    }));

  it('who waits while confirming keeps the turn in which they came', () =>
    on(async (ground) => {
      const { session } = await full(ground);
      await visit(ground.visitor, session.id);
      const late = await somebody(ground.db);
      expect((await come(late.ctx, late.person.id, session.id)).registrations[0]!.rank).toBe(4);
      const done = await confirmRegistration(ground.visitor, { token: await tokenOf(ground.visitor) });
      expect(done.registrations[0]).toMatchObject({ status: 'waiting', rank: 3 });
    }));
});

describe('who may come', () => {
  it.each<[string, Partial<SessionOver>, AttendeeInput, object, string]>([
    [
      'too young',
      { ageMin: 8, ageMax: 12 },
      { name: 'Léo', birthYear: 2020 },
      { consent: true },
      'registration.too_young',
    ],
    ['too old', { ageMin: 8, ageMax: 12 }, { name: 'Léo', birthYear: 2010 }, { consent: true }, 'registration.too_old'],
    ['no year of birth', { ageMin: 8 }, { name: 'Léo' }, {}, 'registration.birth_year'],
    ['a minor without consent', {}, { name: 'Léo', birthYear: 2016 }, {}, 'registration.consent'],
    ['members only', { audience: 'members' }, { self: true }, {}, 'registration.members'],
    ['invited only', { audience: 'invited' }, { self: true }, {}, 'registration.invited'],
    ['not open yet', { opensAt: at('2026-11-25', '09:00') }, { self: true }, {}, 'registration.not_yet'],
    ['closed', { closesAt: at('2026-11-20', '09:00') }, { self: true }, {}, 'registration.closed'],
    ['cancelled', { status: 'cancelled' }, { self: true }, {}, 'registration.session_cancelled'],
    ['over', { start: at('2026-11-20', '09:00') }, { self: true }, {}, 'registration.over'],
    [
      'a question without an answer',
      { questions: [{ key: 'diet', label: { fr: 'Repas ?' }, required: true, purpose: {}, keepDays: 1 }] },
      { self: true },
      {},
      'registration.answer',
    ],
  ])('%s', (_name, over, attendee, more, code) =>
    on(async ({ db, siteId }) => {
      const session = await makeSession(db, { siteId, ...over });
      const one = await somebody(db);
      await expect(come(one.ctx, one.person.id, session.id, [attendee], more)).rejects.toMatchObject({ code });
    }),
  );

  it('the team goes past who it is for, saying why; the reason is kept', () =>
    on(async ({ db, siteId, team }) => {
      const session = await makeSession(db, { siteId, audience: 'members' });
      const person = { name: 'Paul', telephone: '03 21 00 00 11' };
      const input = {
        sessionIds: [session.id],
        kind: 'self' as const,
        person,
        attendees: [{ self: true }],
        channel: 'desk' as const,
      };
      await expect(register(team, input)).rejects.toMatchObject({ code: 'registration.members' });
      const { registrations } = await register(team, { ...input, override: { reason: 'Il adhère lundi.' } });
      const entry = await db
        .selectFrom('journal')
        .select('reason')
        .where('subject_id', '=', registrations[0]!.id)
        .execute();
      expect(entry).toEqual([{ reason: 'Il adhère lundi.' }]);
      const calls = await db
        .selectFrom('call')
        .select(['kind', 'due_day'])
        .where('registration_id', '=', registrations[0]!.id)
        .execute();
      expect(calls).toEqual([{ kind: 'reminder', due_day: '2026-11-27' }]);
    }));

  it('the same person twice: says so, adds nothing', () =>
    on(async ({ db, siteId }) => {
      const session = await makeSession(db, { siteId });
      const one = await somebody(db);
      await come(one.ctx, one.person.id, session.id);
      await expect(come(one.ctx, one.person.id, session.id)).rejects.toMatchObject({
        code: 'registration.already',
        kind: 'conflict',
      });
    }));

  it('an organisation has its limit', () =>
    on(async ({ db, siteId, team }) => {
      const session = await makeSession(db, { siteId, perOrganisation: 3 });
      const organisationId = newId();
      await db
        .insertInto('organisation')
        .values({ id: organisationId, name: 'École', country: 'FR', created_at: monday9 })
        .execute();
      const send = (count: number) =>
        register(team, {
          sessionIds: [session.id],
          kind: 'group',
          person: { name: 'Prof' },
          organisationId,
          attendees: Array.from({ length: count }, () => ({})),
          channel: 'desk',
        });
      await send(2);
      await expect(send(2)).rejects.toMatchObject({ code: 'registration.organisation_full' });
    }));
});

describe('changing one’s mind', () => {
  it('one child less gives a seat to the list; one more has none while somebody waits', () =>
    on(async ({ db, siteId, team }) => {
      const session = await makeSession(db, { siteId, seats: 3 });
      const [family, next] = [await somebody(db), await somebody(db)];
      const kids = [{ self: true }, { name: 'Léo', birthYear: 2016 }, { name: 'Zoé', birthYear: 2018 }];
      const { registrations } = await come(family.ctx, family.person.id, session.id, kids, { consent: true });
      await come(next.ctx, next.person.id, session.id);
      const { attendees } = (await registrationsOf(team, session.id))[0]!;
      const keep = attendees.slice(0, 2).map((one) => one.id);
      const target = { registration: registrations[0]!.id };
      const after = await changePeople(family.ctx, { ...target, keep });
      expect(after.version).toBe(2);
      const states = (await registrationsOf(team, session.id)).map((one) => [one.status, one.places]);
      expect(states).toEqual([
        ['registered', 2],
        ['offered', 1],
      ]);
      await expect(changePeople(family.ctx, { ...target, keep, add: [{ name: 'Ami' }] })).rejects.toMatchObject({
        code: 'registration.no_more',
      });
    }));

  it('late is noted; a stranger may do nothing; the team says why', () =>
    on(async ({ db, siteId }) => {
      const session = await makeSession(db, { siteId });
      const [one, other] = [await somebody(db), await somebody(db)];
      const { registrations } = await come(one.ctx, one.person.id, session.id);
      const target = { registration: registrations[0]!.reference };
      await expect(cancelRegistration(other.ctx, target)).rejects.toMatchObject({ kind: 'not_found' });
      await cancelRegistration({ ...one.ctx, now: addMinutes(session.start, -60) }, target);
      const row = await db
        .selectFrom('registration')
        .select(['cancelled_late', 'cancel_cause'])
        .where('id', '=', registrations[0]!.id)
        .executeTakeFirst();
      expect(row).toEqual({ cancelled_late: true, cancel_cause: 'person' });
    }));
});

describe('a course', () => {
  it('is had whole: one date full, and all of them wait; freed, all are offered at once', () =>
    on(async ({ db, siteId, team, visitor }) => {
      const seriesId = newId();
      await db
        .insertInto('session_series')
        .values({ id: seriesId, site_id: siteId, enrolment: 'course', created_at: monday9, pattern: '{}' })
        .execute();
      const dates = [];
      for (const day of ['2026-12-01', '2026-12-08', '2026-12-15'])
        dates.push(await makeSession(db, { siteId, seriesId, seats: 1, start: at(day, '18:00') }));
      const [one, two] = [await somebody(db), await somebody(db)];
      const had = await come(one.ctx, one.person.id, dates[0]!.id);
      expect(had.registrations.map((r) => r.status)).toEqual(['registered', 'registered', 'registered']);
      const waits = await come(two.ctx, two.person.id, dates[1]!.id);
      expect(waits.registrations.map((r) => r.status)).toEqual(['waiting', 'waiting', 'waiting']);
      await cancelRegistration(one.ctx, { registration: had.registrations[0]!.id });
      const due = () => db.selectFrom('outbox').select('payload').where('topic', '=', 'registration.offer').execute();
      for (const row of await due()) await offerAgain(visitor, (row.payload as { sessionId: string }).sessionId, []);
      expect((await registrationsOf(team, dates[0]!.id)).map((r) => r.status)).toEqual(['waiting', 'cancelled']);
      await cancelRegistration(one.ctx, { registration: had.registrations[1]!.id, whole: true });
      await offerAgain(visitor, dates[2]!.id, []);
      for (const date of dates)
        expect((await registrationsOf(team, date.id)).map((r) => r.status)).toEqual(['offered', 'cancelled']);
      await acceptOffer(two.ctx, { registration: waits.registrations[2]!.id });
      for (const date of dates) expect((await registrationsOf(team, date.id))[0]!.status).toBe('registered');
    }));
});

describe('when the session changes', () => {
  const before = { start: at('2026-11-28', '14:00'), end: at('2026-11-28', '16:00'), version: 1 };
  it('cancelled, all is given back; by mail, or on the list of calls', () =>
    on(async (ground) => {
      const { session, all } = await full(ground);
      const { registrations } = await register(ground.team, {
        sessionIds: [session.id],
        kind: 'self',
        person: { name: 'Paul' },
        attendees: [{ self: true }],
        channel: 'desk',
      });
      await onChange(ground.team, {
        kind: 'cancelled',
        tell: true,
        dates: [{ sessionId: session.id, before, what: ['time'] }],
      });
      const rows = await ground.db
        .selectFrom('registration')
        .select(['status', 'cancel_cause'])
        .where('session_id', '=', session.id)
        .execute();
      expect(new Set(rows.map((row) => `${row.status} ${row.cancel_cause}`))).toEqual(new Set(['cancelled session']));
      expect((await topics(ground.db)).filter((topic) => topic === 'registration.session_cancelled')).toHaveLength(3);
      const calls = await ground.db
        .selectFrom('call')
        .select('kind')
        .where('registration_id', '=', registrations[0]!.id)
        .execute();
      expect(calls).toEqual([{ kind: 'cancelled' }]);
      expect(all).toHaveLength(3);
    }));

  it('moved, everyone is told and their calendar has a later version', () =>
    on(async (ground) => {
      const { session, all } = await full(ground);
      await onChange(ground.team, {
        kind: 'moved',
        tell: true,
        dates: [{ sessionId: session.id, before, what: ['time'] }],
      });
      const [sits] = await registrationsOf(ground.team, session.id);
      expect([sits!.id, sits!.version]).toEqual([all[0]!.id, 2]);
      expect((await topics(ground.db)).filter((topic) => topic === 'registration.moved')).toHaveLength(3);
      // Refusing the new date is a right: it is never late.
      const now = addMinutes(session.start, -60);
      await cancelRegistration({ ...ground.team, now }, { registration: all[0]!.id, cause: 'person' });
      const row = ground.db.selectFrom('registration').select('cancelled_late').where('id', '=', all[0]!.id);
      expect(await row.executeTakeFirst()).toEqual({ cancelled_late: false });
    }));

  it('without a limit from now on, all who waited are offered a seat', () =>
    on(async (ground) => {
      const { session } = await full(ground);
      await ground.db.updateTable('session').set({ seats: null }).where('id', '=', session.id).execute();
      await onChange(ground.team, {
        kind: 'seats',
        tell: true,
        dates: [{ sessionId: session.id, before, what: ['time'] }],
      });
      const states = (await registrationsOf(ground.team, session.id)).map((one) => one.status);
      expect(states).toEqual(['registered', 'offered', 'offered']);
    }));

  it('whoever takes an offer without an e-mail is called on the eve', () =>
    on(async (ground) => {
      const { session, all } = await full(ground);
      const input = { sessionIds: [session.id], kind: 'self' as const, attendees: [{ self: true }] };
      const { registrations } = await register(ground.team, { ...input, person: { name: 'Paul' }, channel: 'desk' });
      for (const one of all) await cancelRegistration(ground.team, { registration: one.id, reason: 'essai' });
      const target = { registration: registrations[0]!.id };
      const calls = () =>
        ground.db.selectFrom('call').select('kind').where('registration_id', '=', target.registration).execute();
      expect(await calls()).toEqual([{ kind: 'offered' }]);
      await acceptOffer(ground.team, target);
      expect(await calls()).toEqual([{ kind: 'reminder' }]);
    }));

  it('with a seat more, the list is served first', () =>
    on(async (ground) => {
      const { session } = await full(ground);
      await ground.db.insertInto('seat').values({ session_id: session.id, number: 2 }).execute();
      await ground.db.updateTable('session').set({ seats: 2 }).where('id', '=', session.id).execute();
      await onChange(ground.team, {
        kind: 'seats',
        tell: true,
        dates: [{ sessionId: session.id, before, what: ['time'] }],
      });
      expect((await registrationsOf(ground.team, session.id)).map((one) => one.status)).toEqual([
        'registered',
        'offered',
        'waiting',
      ]);
    }));

  it('put off, what was offered waits again in its turn; given its day back, the list is served', () =>
    on(async (ground) => {
      const { people, all, session } = await full(ground);
      await cancelRegistration(people[0].ctx, { registration: all[0]!.id });
      await postponeSession(ground.team, { session: session.id });
      const standing = async () => (await registrationsOf(ground.team, session.id)).map((one) => [one.id, one.status]);
      expect((await standing()).slice(0, 2)).toEqual([
        [all[1]!.id, 'waiting'],
        [all[2]!.id, 'waiting'],
      ]);
      await expect(acceptOffer(people[1].ctx, { registration: all[1]!.id })).rejects.toMatchObject({
        code: 'registration.session_postponed',
      });
      const later = { ...ground.team, now: addMinutes(monday9, 3 * 24 * 60) };
      expect(await releaseAllRanOut(later)).toBe(0);
      await resumeSession(later, { session: session.id, start: at('2026-12-05', '14:00') });
      expect((await standing()).slice(0, 2)).toEqual([
        [all[1]!.id, 'offered'],
        [all[2]!.id, 'waiting'],
      ]);
    }));

  it('put off and its former day gone by: one may still give one’s seat back, and is not late; the team may still cancel', () =>
    on(async (ground) => {
      const session = await makeSession(ground.db, { siteId: ground.siteId });
      const one = await somebody(ground.db);
      const { registrations } = await come(one.ctx, one.person.id, session.id);
      await postponeSession(ground.team, { session: session.id });
      const now = addMinutes(session.end, 60);
      await cancelRegistration({ ...one.ctx, now }, { registration: registrations[0]!.id });
      const [after] = await registrationsOf(ground.team, session.id);
      expect([after!.status, after!.cancelledLate]).toEqual(['cancelled', false]);
      expect(await cancelSession({ ...ground.team, now }, { session: session.id })).toHaveLength(1);
    }));

  it('put off, nobody is called on the eve of a day that is no more', () =>
    on(async (ground) => {
      const session = await makeSession(ground.db, { siteId: ground.siteId });
      const { registrations } = await register(ground.team, {
        sessionIds: [session.id],
        kind: 'self',
        person: { name: 'Paul', telephone: '+33321000001' },
        attendees: [{ self: true }],
        channel: 'desk',
      });
      await postponeSession(ground.team, { session: session.id });
      const own = ground.db.selectFrom('call').select('kind').where('registration_id', '=', registrations[0]!.id);
      expect((await own.execute()).map((row) => row.kind)).toEqual(['moved']);
    }));
});

describe('an invitation', () => {
  const invited = async (ground: Ground, over: Partial<SessionOver> = {}, hold = false) => {
    const session = await makeSession(ground.db, { siteId: ground.siteId, seats: 2, ...over });
    const guests = [{ name: 'Nina', email: 'nina@essai.example', organisation: undefined }];
    const { ids } = await inviteGuests(ground.team, { sessionId: session.id, guests, hold });
    return { session, id: ids[0]!, ids };
  };

  it('of somebody who registered by the form meanwhile is answered by that: they sit once, and the seat kept is theirs', () =>
    on(async (ground) => {
      const { session, id } = await invited(ground, { seats: 1 }, true);
      await visit(ground.visitor, session.id);
      const { registrations } = await confirmRegistration(ground.visitor, { token: await tokenOf(ground.visitor) });
      expect(registrations[0]!.status).toBe('registered');
      await expect(acceptInvitation(ground.team, { registration: id })).rejects.toMatchObject({
        code: 'registration.state_cancelled',
      });
      const standing = (await registrationsOf(ground.team, session.id)).map((one) => one.status);
      expect(standing).toEqual(['registered', 'cancelled']);
    }));

  it('that kept a seat, answered by a form that had one too, leaves the second to whoever waits', () =>
    on(async (ground) => {
      const { session } = await invited(ground, { seats: 2 }, true);
      await visit(ground.visitor, session.id);
      const waits = await somebody(ground.db);
      await come(waits.ctx, waits.person.id, session.id);
      await confirmRegistration(ground.visitor, { token: await tokenOf(ground.visitor) });
      const standing = (await registrationsOf(ground.team, session.id)).map((one) => one.status);
      expect(standing).toEqual(['registered', 'offered', 'cancelled']);
    }));

  it('answered by the form keeps counting its versions: a calendar never goes back', () =>
    on(async (ground) => {
      const { session, id } = await invited(ground);
      await moveSession(ground.team, { session: session.id, start: addMinutes(session.start, 60) });
      const person = await ground.db
        .selectFrom('person')
        .selectAll()
        .where('email', '=', 'nina@essai.example')
        .executeTakeFirstOrThrow();
      const nina = makeCtx(ground.db, { actor: actorOf(person as never) });
      const { registrations } = await come(nina, person.id, session.id);
      expect(registrations[0]).toMatchObject({ id, status: 'registered', version: 3 });
    }));

  it('of somebody who was written down on the list is answered itself, at the door too: what is written stays', () =>
    on(async (ground) => {
      const { session, id } = await invited(ground);
      const person = await ground.db
        .selectFrom('person')
        .selectAll()
        .where('email', '=', 'nina@essai.example')
        .executeTakeFirstOrThrow();
      const [view] = await registrationsOf(ground.team, session.id);
      await ground.db
        .insertInto('attendance')
        .values({
          id: newId(),
          session_id: session.id,
          attendee_id: view!.attendees[0]!.id,
          half_day: '2026-11-28 pm',
          state: 'present',
          mode: 'desk',
          occurred_at: session.start,
          recorded_at: session.start,
        })
        .execute();
      const nina = makeCtx(ground.db, { actor: actorOf(person as never) });
      await expect(come(nina, person.id, session.id)).rejects.toMatchObject({
        code: 'registration.was_marked',
        reasons: [{ next: { href: `/inscriptions/${view!.reference}` } }],
      });
      // Nor by the code of a mail, for who was not signed in.
      await visit(ground.visitor, session.id);
      const confirmed = confirmRegistration(ground.visitor, { token: await tokenOf(ground.visitor) });
      await expect(confirmed).rejects.toMatchObject({ code: 'registration.was_marked' });
      const now = addMinutes(session.start, 10);
      const { status } = await acceptInvitation({ ...ground.team, now }, { registration: id });
      expect(status).toBe('registered');
      const marks = ground.db.selectFrom('attendance').select('attendee_id').where('session_id', '=', session.id);
      expect(await marks.execute()).toEqual([{ attendee_id: view!.attendees[0]!.id }]);
    }));

  it('to a course is one mail, and is answered for all its dates', () =>
    on(async (ground) => {
      const [first, second] = await course(ground);
      const guests = [{ name: 'Nina', email: 'nina@essai.example', organisation: undefined }];
      const { ids } = await inviteGuests(ground.team, { sessionId: first, guests });
      expect((await topics(ground.db)).filter((topic) => topic === 'registration.invited')).toHaveLength(1);
      await acceptInvitation(ground.team, { registration: ids[0]! });
      for (const id of [first, second]) {
        expect((await registrationsOf(ground.team, id)).map((one) => one.status)).toEqual(['registered']);
      }
    }));
});

it('whoever has given one date of a course back is not brought twice to the others by a list', () =>
  on(async (ground) => {
    const [first, second] = await course(ground);
    const one = await somebody(ground.db);
    const { registrations } = await come(one.ctx, one.person.id, first);
    await cancelRegistration(one.ctx, { registration: registrations.find((row) => row.sessionId === first)!.id });
    const guests = [{ name: 'Nina', email: one.person.email!, organisation: undefined }];
    expect(await importGuests(ground.team, { sessionId: first, guests })).toMatchObject({ added: 0, already: 1 });
    expect((await registrationsOf(ground.team, second)).map((row) => row.status)).toEqual(['registered']);
  }));

it('right before the beginning, who waits where as many come as like from now on is seated', () =>
  on(async (ground) => {
    const { session, people, all } = await full(ground);
    const now = addMinutes(session.start, -20);
    await setSeats({ ...ground.team, now }, { session: session.id, seats: null });
    const taken = await acceptOffer({ ...people[1].ctx, now }, { registration: all[1]!.id });
    expect(taken.status).toBe('registered');
  }));

/** Two dates of a course of two seats, the first tomorrow. */
async function course({ db, siteId }: Ground): Promise<[string, string]> {
  const seriesId = newId();
  const row = { id: seriesId, site_id: siteId, enrolment: 'course' as const, created_at: monday9 };
  await db.insertInto('session_series').values(row).execute();
  const first = await makeSession(db, { siteId, seats: 2, seriesId, start: addMinutes(monday9, 20 * 60) });
  const second = await makeSession(db, { siteId, seats: 2, seriesId });
  return [first.id, second.id];
}

describe('giving back', () => {
  it('a whole course the day before is late for the date that is near alone', () =>
    on(async (ground) => {
      const [first, second] = await course(ground);
      const one = await somebody(ground.db);
      const { registrations } = await come(one.ctx, one.person.id, first);
      const named = registrations.find((row) => row.sessionId === first)!;
      await cancelRegistration(one.ctx, { registration: named.id, whole: true });
      const late = async (id: string) => (await registrationsOf(ground.team, id))[0]!.cancelledLate;
      expect([await late(first), await late(second)]).toEqual([true, false]);
    }));

  it('the seat of somebody who was there is refused, in words', () =>
    on(async (ground) => {
      const session = await makeSession(ground.db, { siteId: ground.siteId });
      const one = await somebody(ground.db);
      const { registrations } = await come(one.ctx, one.person.id, session.id, [{ self: true }, { name: 'Lou' }]);
      const [view] = await registrationsOf(ground.team, session.id);
      await ground.db
        .insertInto('attendance')
        .values({
          id: newId(),
          session_id: session.id,
          attendee_id: view!.attendees[1]!.id,
          half_day: '2026-11-28 pm',
          state: 'present',
          mode: 'desk',
          occurred_at: session.start,
          recorded_at: session.start,
        })
        .execute();
      const now = addMinutes(session.start, 30);
      const keep = [view!.attendees[0]!.id];
      await expect(
        changePeople({ ...one.ctx, now }, { registration: registrations[0]!.id, keep }),
      ).rejects.toMatchObject({ code: 'registration.was_there' });
    }));
});
