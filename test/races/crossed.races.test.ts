import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { registrationKey } from '../../src/core/codes.ts';
import { type Ctx, system } from '../../src/core/context.ts';
import { newId } from '../../src/core/ids.ts';
import { erasePerson, mergePersons } from '../../src/modules/privacy/index.ts';
import {
  acceptInvitation,
  acceptOffer,
  cancelRegistration,
  changePeople,
  declineOffer,
  importGuests,
  inviteGuests,
  offerAgain,
  offerUntil,
  type RegisterInput,
  register,
  releaseAllRanOut,
} from '../../src/modules/registrations/index.ts';
import { offerWhatRemains } from '../../src/modules/seating/index.ts';
import {
  cancelSession,
  editSession,
  moveSession,
  postponeSession,
  resumeSession,
  setSeats,
} from '../../src/modules/sessions/index.ts';
import { sessionsByIds } from '../../src/modules/timetable/index.ts';
import { makeSession } from '../harness/agenda.ts';
import { makeApp, type TestApp } from '../harness/app.ts';
import { actorOf, at, makePerson, makeSite, monday9 } from '../harness/make.ts';
import { race, useOpenDoors } from '../harness/races.ts';

const doors = useOpenDoors(50);
let house: TestApp;
beforeAll(async () => {
  house = await makeApp(doors.db);
});

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
const chance = (odds: number) => Math.random() < odds;

/** Whatever must never be, wherever it is: a seat too many, half of a household, a seat kept by who has none, somebody twice. */
async function faults(): Promise<unknown[]> {
  const { rows } = await sql`
    select 'oversold' as fault, s.id from session s where s.seats is not null
      and (select count(*) from attendee a where a.session_id = s.id and a.seat is not null) > s.seats
    union all
    select 'seats', s.id from session s where s.seats is not null and s.enrolment = 'seat' and s.status <> 'draft'
      and not s.demonstration and (select count(*) from seat n where n.session_id = s.id) <> s.seats
    union all
    select 'half seated', r.id from registration r where r.status in ('registered', 'offered') and not r.demonstration
      and r.places <> (select count(*) from attendee a where a.registration_id = r.id and a.seat is not null)
    union all
    select 'seat kept', r.id from registration r where r.status in ('waiting', 'cancelled')
      and exists (select from attendee a where a.registration_id = r.id and a.seat is not null)
    union all
    select 'places', r.id from registration r where r.status <> 'cancelled'
      and r.places <> (select count(*) from attendee a where a.registration_id = r.id)
    union all
    select 'not given back', r.id from registration r join session s on s.id = r.session_id
      where s.status = 'cancelled' and r.status <> 'cancelled'
    union all
    select 'offered without a day', r.id from registration r join session s on s.id = r.session_id
      where s.status = 'postponed' and r.status = 'offered'
    union all
    select 'twice', r.person_id from registration r where r.status in ('held', 'registered', 'waiting', 'offered')
      and not exists (select from journal j where j.kind = 'person.merged' and j.data ->> 'into' = r.person_id::text)
      group by r.person_id, r.session_id having count(*) > 1
    union all
    select 'marked on nobody', m.id from attendance m where not exists (select from attendee a where a.id = m.attendee_id)`.execute(
    doors.db,
  );
  return rows;
}

type Due = { id: string; payload: { sessionId: string; passed: string[] } };

/** Does what the outbox holds about lists, and what it leads to, until nothing is due. */
async function settle(ctx: Ctx): Promise<void> {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const due = (await doors.db
      .selectFrom('outbox')
      .select(['id', 'payload'])
      .where('topic', '=', 'registration.offer')
      .where('taken_at', 'is', null)
      .where('due_at', '<=', ctx.now)
      .execute()) as unknown as Due[];
    if (due.length === 0) return;
    const ids = due.map((row) => row.id);
    await doors.db.updateTable('outbox').set({ taken_at: ctx.now }).where('id', 'in', ids).execute();
    for (const { payload } of due) await offerAgain(ctx, payload.sessionId, payload.passed ?? []);
  }
  throw new Error('the lists never come to rest');
}

/** Seats that stay empty although somebody they would do for waits for them, and nothing is about to be done about it. */
async function idle(ctx: Ctx, ids: readonly string[]): Promise<unknown[]> {
  const sessions = new Map((await sessionsByIds(ctx, ids)).map((one) => [one.id, one]));
  const open = (id: string) => {
    const one = sessions.get(id);
    return one?.status === 'published' && offerUntil(ctx.now, one.start) !== null;
  };
  const { rows: free } = await sql<{ id: string; free: number }>`
    select n.session_id as id, count(*)::int as free from seat n where not exists (
      select from attendee a where a.session_id = n.session_id and a.seat = n.number) group by n.session_id`.execute(
    doors.db,
  );
  const left = new Map(free.map((row) => [row.id, row.free]));
  const { rows: waiting } = await sql<{
    id: string;
    session: string;
    request: string | null;
    places: number;
    course: boolean;
  }>`
    select r.id, r.session_id as session, r.request_id as request, r.places,
      coalesce(e.enrolment = 'course', false) as course
    from registration r join session s on s.id = r.session_id left join session_series e on e.id = s.series_id
    where r.status = 'waiting' order by r.waiting_since, r.id`.execute(doors.db);
  const { rows: kept } = await sql<{ session: string }>`
    select payload ->> 'sessionId' as session from outbox where topic = 'registration.offer' and taken_at is null`.execute(
    doors.db,
  );
  const found: unknown[] = [];
  for (const id of ids) {
    if (!open(id) || !left.get(id)) continue;
    for (const one of waiting.filter((row) => row.session === id)) {
      const together = one.course && one.request ? waiting.filter((row) => row.request === one.request) : [one];
      const needs = together.filter((row) => open(row.session));
      if (needs.some((row) => !left.get(row.session))) continue;
      if (needs.every((row) => row.places <= left.get(row.session)!)) {
        found.push({ session: id, seats: left.get(id), waits: one.id, places: one.places });
        break;
      }
      // Too many for what is free: the others wait for one delay of an offer, which is noted.
      if (kept.some((row) => row.session === id)) break;
    }
  }
  return found;
}

/** A site with sessions of every kind that people register for, and a crowd. */
async function ground() {
  const site = await makeSite(doors.db);
  const staff = await makePerson(doors.db, { name: 'Dana' });
  const grant = { id: newId(), person_id: staff.id, site_id: site.id, role: 'team' as const, granted_by: null };
  await doors.db
    .insertInto('role_grant')
    .values({ ...grant, created_at: monday9 })
    .execute();
  const crowd = await Promise.all(Array.from({ length: 70 }, () => makePerson(doors.db)));
  const make = (over: Partial<Parameters<typeof makeSession>[1]>) =>
    makeSession(doors.db, { siteId: site.id, seats: 8, ...over });
  const plain = await Promise.all([1, 2, 3].map((n) => make({ start: at(`2026-12-1${n}`, '14:00') })));
  const doomed = await Promise.all([1, 2, 3].map((n) => make({ start: at(`2026-12-2${n}`, '14:00') })));
  const seriesId = newId();
  const series = { id: seriesId, site_id: site.id, enrolment: 'course' as const, created_at: monday9 };
  await doors.db.insertInto('session_series').values(series).execute();
  const course = [];
  for (const day of ['01', '08', '15']) course.push(await make({ seriesId, start: at(`2026-12-${day}`, '18:00') }));
  const event = await make({
    kind: 'event',
    seats: 12,
    start: at('2026-12-04', '09:00'),
    end: at('2026-12-04', '18:00'),
  });
  const parts = [];
  for (const [track, time] of [
    ['matin', '10:00'],
    ['matin', '10:00'],
    ['soir', '15:00'],
  ] as const) {
    parts.push(await make({ parentId: event.id, track, seats: 5, start: at('2026-12-04', time) }));
  }
  const running = await make({ start: at('2026-11-23', '08:00'), end: at('2026-12-20', '18:00') });
  return { site, staff, crowd, plain, doomed, course, event, parts, running };
}

type Ground = Awaited<ReturnType<typeof ground>>;

/** What one of the crowd registers for: a session, a course whole, an event with a part of each set. */
function wish({ plain, doomed, course, event, parts }: Ground): string[] {
  const kind = Math.random();
  if (kind < 0.25) return [pick(course).id];
  if (kind < 0.45) return [event.id, pick(parts.slice(0, 2)).id, parts[2]!.id];
  return [pick([...plain, ...plain, ...doomed]).id];
}

const some = (places: number) =>
  Array.from({ length: places }, (_, index) => (index === 0 ? { self: true } : { name: `Ami ${index}` }));

describe('everything at once', () => {
  it('registered, given back, taken, left, moved, put off, cancelled, more seats and fewer, made one and erased: never oversold, no seat idle', {
    timeout: 300_000,
  }, async () => {
    const here = await ground();
    const { site, staff, crowd, plain, doomed, course, event, parts, running } = here;
    const all = [...plain, ...doomed, ...course, event, ...parts, running].map((one) => one.id);
    let clock = monday9.getTime();
    const now = () => {
      clock += 20_000;
      return new Date(clock);
    };
    const team = (): Ctx => ({ ...house.ctx(actorOf(staff, ['team'], site.id)), now: now() });
    const admin = (): Ctx => ({ ...house.ctx({ ...system, kind: 'person' }), now: now() });
    const asks = (person: RegisterInput['person'], sessionIds: string[], places = 1): RegisterInput => ({
      sessionIds,
      kind: places > 1 ? 'household' : 'self',
      person,
      attendees: some(places),
      channel: 'api',
    });
    const of = async (...status: string[]) => {
      const { rows } = await sql<{ id: string }>`
        select id from registration where session_id = any(${all}::uuid[]) and status = any(${status}::text[])`.execute(
        doors.db,
      );
      return rows.length > 0 ? pick(rows).id : undefined;
    };
    const on = (status: string[], work: (registration: string) => Promise<unknown>) => async () => {
      const registration = await of(...status);
      if (registration) await work(registration);
    };
    const come = async () => {
      const person = pick(crowd);
      const ctx = { ...house.ctx(actorOf(person)), now: now() };
      await register(ctx, asks({ id: person.id }, wish(here), 1 + Math.floor(Math.random() * 3)));
    };
    const free = [...plain, ...course, event, ...parts].map((one) => one.id);
    const acts: (() => Promise<unknown>)[] = [
      ...Array.from({ length: 10 }, () => come),
      ...Array.from({ length: 3 }, () =>
        on(['registered', 'offered', 'waiting'], (registration) =>
          cancelRegistration(team(), { registration, reason: 'essai', whole: chance(0.5) }),
        ),
      ),
      ...Array.from({ length: 3 }, () => on(['offered'], (registration) => acceptOffer(team(), { registration }))),
      on(['offered'], (registration) => declineOffer(team(), { registration })),
      on(['invited'], (registration) => acceptInvitation(team(), { registration })),
      on(['registered', 'waiting', 'offered'], async (registration) => {
        const rows = await doors.db
          .selectFrom('attendee')
          .select('id')
          .where('registration_id', '=', registration)
          .execute();
        const keep = rows.slice(chance(0.5) ? 0 : 1).map((row) => row.id);
        await changePeople(team(), { registration, keep, add: chance(0.5) ? [{ name: 'Amie' }] : [] });
      }),
      // Somebody at the door of what goes on, somebody who never confirms.
      async () => register(team(), { ...asks({ name: 'Passant' }, [running.id]), channel: 'desk', arrived: true }),
      async () => {
        const person = { name: 'Nina', email: `${newId()}@essai.example` };
        await register(
          { ...house.ctx(), actor: { ...system, kind: 'anonymous', grants: [] }, now: now() },
          asks(person, wish(here)),
        );
      },
      async () => setSeats(team(), { session: pick(free), seats: 3 + Math.floor(Math.random() * 10) }),
      async () => editSession(team(), { session: pick(free), fields: { seats: 3 + Math.floor(Math.random() * 10) } }),
      async () => {
        const session = pick(plain);
        const start = at(`2026-12-1${Math.floor(Math.random() * 10)}`, pick(['10:00', '14:00']));
        await moveSession(team(), { session: session.id, start });
      },
      async () => postponeSession(team(), { session: pick([...plain, ...course]).id }),
      async () => resumeSession(team(), { session: pick([...plain, ...course]).id }),
      async () => {
        const guests = [1, 2, 3].map(() => ({
          name: 'Lise',
          email: `${newId()}@essai.example`,
          organisation: undefined,
        }));
        const input = { sessionId: pick([...plain, ...course]).id, guests };
        if (chance(0.5)) await importGuests(team(), input);
        else await inviteGuests(team(), { ...input, hold: chance(0.5) });
      },
      async () => {
        const [one, two] = [await makePerson(doors.db), await makePerson(doors.db)];
        const wanted = wish(here);
        for (const person of [one, two]) {
          await race([
            () => register({ ...house.ctx(actorOf(person)), now: now() }, asks({ id: person.id }, wanted, 2)),
          ]);
        }
        await mergePersons(admin(), { keepId: one.id, mergedId: two.id, reason: 'essai' });
      },
      async () => {
        const person = await makePerson(doors.db);
        const ctx = { ...house.ctx(actorOf(person)), now: now() };
        for (let n = 0; n < 3; n += 1) await race([() => register(ctx, asks({ id: person.id }, wish(here)))]);
        await erasePerson(admin(), person.id, 'asked');
      },
      async () => releaseAllRanOut({ ...team(), now: new Date(clock + (chance(0.3) ? 60 * 3_600_000 : 0)) }),
      async () => offerWhatRemains(team()),
    ];
    for (let n = 0; n < 20; n += 1) await race([come]);
    for (let round = 0; round < 8; round += 1) {
      await race([
        ...Array.from({ length: 64 }, () => () => pick(acts)()),
        ...(round === 4
          ? doomed.slice(0, 2).map(
              ({ id }) =>
                () =>
                  cancelSession(team(), { session: id }),
            )
          : []),
      ]);
      expect(await faults()).toEqual([]);
      const quiet = { ...house.ctx({ ...system }), now: now() };
      await settle(quiet);
      expect(await faults()).toEqual([]);
      expect(await idle(quiet, all)).toEqual([]);
    }
    // Two weeks later, dates of the course are over: what remains of it is not left empty either.
    const later = { ...house.ctx({ ...system }), now: at('2026-12-07', '12:00') };
    await releaseAllRanOut(later);
    await offerWhatRemains(later);
    await settle(later);
    expect(await faults()).toEqual([]);
    expect(await idle(later, all)).toEqual([]);
  });

  it('sixty-four real requests at once, form, links, desk: each answered in words, never by a fault', {
    timeout: 240_000,
  }, async () => {
    const here = await ground();
    const { site, staff, crowd, plain, course, running } = here;
    const desk = await house.signedIn(staff.email!);
    const browsers = await Promise.all(crowd.map((person) => house.signedIn(person.email!)));
    const mine = [...plain, ...course];
    const of = async (...status: string[]) => {
      const { rows } = await sql<{ id: string; reference: string; version: number }>`
        select id, reference, version from registration where session_id = any(${mine.map(({ id }) => id)}::uuid[])
          and status = any(${status}::text[])`.execute(doors.db);
      return rows.length > 0 ? pick(rows) : undefined;
    };
    /** A gesture from the link of a mail. */
    const gesture = async (name: string, status: string[], form: Record<string, string>) => {
      const one = await of(...status);
      if (!one) return 200;
      const cle = registrationKey(house.ctx().secret, one.id);
      const version = String(chance(0.2) ? one.version - 1 : one.version);
      return (await house.visitor().post(`/fr/inscriptions/${one.reference}/${name}`, { ...form, cle, version }))
        .status;
    };
    const team = () => house.ctx(actorOf(staff, ['team'], site.id));
    const asks: (() => Promise<number>)[] = [
      ...Array.from({ length: 5 }, () => async () => {
        const path = `/fr/agenda/${pick(mine).reference}/inscription`;
        const form = {
          pour: 'famille',
          vient: 'on',
          'prenom-0': chance(0.5) ? 'Léa' : '',
          lignes: '1',
          envoi: newId(),
        };
        return (await pick(browsers).post(path, form)).status;
      }),
      () =>
        gesture('annulation', ['registered', 'waiting', 'offered'], {
          geste: 'oui',
          ...(chance(0.5) ? { cours: 'on' } : {}),
        }),
      () => gesture('place', ['offered', 'waiting'], { geste: 'prendre' }),
      () => gesture('place', ['offered'], { geste: 'laisser' }),
      async () =>
        (await desk.post(`/fr/inscriptions/seance/${running.reference}`, { nom: 'Passant', personnes: '1', la: 'on' }))
          .status,
      async () =>
        (await desk.post(`/fr/inscriptions/seance/${pick(mine).reference}`, { nom: 'Paul', personnes: '2' })).status,
      async () => {
        await race([() => setSeats(team(), { session: pick(plain).id, seats: 4 + Math.floor(Math.random() * 8) })]);
        return 200;
      },
    ];
    for (let round = 0; round < 5; round += 1) {
      const statuses = await Promise.all(Array.from({ length: 64 }, () => pick(asks)()));
      expect([...new Set(statuses)].filter((status) => status >= 500)).toEqual([]);
      expect(await faults()).toEqual([]);
      await settle(house.ctx({ ...system }));
      expect(
        await idle(
          house.ctx({ ...system }),
          mine.map(({ id }) => id),
        ),
      ).toEqual([]);
    }
  });

  it('the database never had to break a ring of commands waiting for one another', async () => {
    expect(await doors.deadlocks()).toBe(0);
  });
});
