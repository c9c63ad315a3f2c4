import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { wallOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { closeForOutage, sessionsInOutage } from '../booking/index.ts';
import { sessionsByIds } from '../timetable/index.ts';
import {
  askAboutMinimum,
  cancelSession,
  editSession,
  lapseOptions,
  moveSession,
  onSessionChange,
  type PlanInput,
  planSessions,
  postponeSession,
  previewMove,
  previewPlan,
  publishSession,
  resumeSession,
  type SessionChange,
  setSeats,
} from './index.ts';

const base = useDatabase();
const paris = 'Europe/Paris';

type Scene = { db: Db; ctx: Ctx; site: { id: string }; room: { id: string }; plan: PlanInput; other: { id: string } };

/** A site with two rooms and its team, and a plan for its first room on Tuesday at two. */
const scene = (test: (scene: Scene) => Promise<void>) => () =>
  rolledBack(base.db, async (db) => {
    const site = await makeSite(db);
    const room = await makeResource(db, site.id);
    const other = await makeResource(db, site.id, { name: 'Autre salle' });
    const person = await makePerson(db);
    const ctx = makeCtx(db, { actor: actorOf(person, ['team'], site.id) });
    const plan: PlanInput = {
      kind: 'workshop',
      title: { fr: 'Couture' },
      siteId: site.id,
      placeKind: 'site',
      seats: 6,
      setUpMinutes: 30,
      cleanUpMinutes: 15,
      things: [{ resourceId: room.id, people: 6 }],
      dates: [{ start: at('2026-11-24', '14:00'), end: at('2026-11-24', '16:00') }],
      publish: true,
    };
    await test({ db, ctx, site, room, plan, other });
  });

const heldBy = async (db: Db, sessionId: string) => {
  const { rows } = await sql<{ start: Date; end: Date; expires: Date | null }>`
    select lower(during) as start, upper(during) as "end", expires_at as expires from allocation
    where cause_id = ${sessionId} and cause_kind = 'session' order by 1`.execute(db);
  return rows;
};

const seatsOf = async (db: Db, sessionId: string) =>
  (await db.selectFrom('seat').select('number').where('session_id', '=', sessionId).orderBy('number').execute()).map(
    (row) => row.number,
  );

async function sit(db: Db, sessionId: string, seat: number | null) {
  const person = await makePerson(db);
  const registration = newId();
  const row = {
    id: registration,
    reference: newId().slice(-10).toUpperCase(),
    session_id: sessionId,
    person_id: person.id,
    kind: 'self' as const,
    status: 'registered' as const,
    places: 1,
    channel: 'web' as const,
    created_at: at('2026-11-20', '09:00'),
  };
  await db.insertInto('registration').values(row).execute();
  await db
    .insertInto('attendee')
    .values({ id: newId(), registration_id: registration, session_id: sessionId, seat })
    .execute();
}

const listening = async (work: () => Promise<unknown>): Promise<SessionChange[]> => {
  const heard: SessionChange[] = [];
  const hook = async (_: Ctx, change: SessionChange) => void heard.push(change);
  onSessionChange.push(hook);
  try {
    await work();
  } finally {
    onSessionChange.splice(onSessionChange.indexOf(hook), 1);
  }
  return heard;
};

describe('planning', () => {
  it(
    'takes the room with set-up and clean-up, and makes the seats',
    scene(async ({ db, ctx, plan }) => {
      const { sessions } = await planSessions(ctx, plan);
      expect(await heldBy(db, sessions[0]!.id)).toEqual([
        { start: at('2026-11-24', '13:30'), end: at('2026-11-24', '16:15'), expires: null },
      ]);
      expect(await seatsOf(db, sessions[0]!.id)).toEqual([1, 2, 3, 4, 5, 6]);
    }),
  );

  it(
    'keeps all the rooms and dates, or none',
    scene(async ({ db, ctx, plan, room, other }) => {
      await planSessions(ctx, { ...plan, things: [{ resourceId: other.id, people: 1 }] });
      const before = await db.selectFrom('session').select('id').execute();
      const both = [room, other].map(({ id }) => ({ resourceId: id, people: 3 }));
      const twice = [...plan.dates, { start: at('2026-12-01', '14:00'), end: at('2026-12-01', '16:00') }];
      const again = planSessions(ctx, { ...plan, things: both, dates: twice });
      await expect(again).rejects.toMatchObject({ code: 'booking.thing_taken' });
      expect(await db.selectFrom('session').select('id').execute()).toEqual(before);
      const preview = await previewPlan(ctx, { ...plan, things: both, dates: twice });
      expect(preview.map((date) => date.ok)).toEqual([false, true]);
      const clash = preview[0]!.clashes.find((one) => one.reasons.length > 0)!;
      expect(clash.alternatives.every((one) => one.resourceId !== room.id)).toBe(true);
    }),
  );

  it(
    'one date of several may have a room of its own',
    scene(async ({ db, ctx, plan, other }) => {
      const things = [{ resourceId: other.id, people: 6 }];
      const second = { start: at('2026-12-01', '14:00'), end: at('2026-12-01', '16:00'), things };
      const { sessions } = await planSessions(ctx, { ...plan, dates: [...plan.dates, second] });
      const views = await sessionsByIds(
        ctx,
        sessions.map((one) => one.id),
      );
      expect(views.map((view) => view.things.map(({ id }) => id))).toEqual([[plan.things![0]!.resourceId], [other.id]]);
      const units = await db
        .selectFrom('allocation as a')
        .innerJoin('unit as u', 'u.id', 'a.unit_id')
        .select('u.resource_id')
        .where('a.cause_id', '=', sessions[1]!.id)
        .execute();
      expect(units).toEqual([{ resource_id: other.id }]);
    }),
  );

  it(
    'a draft takes nothing; with an option it does until then, and the job gives it back and says so',
    scene(async ({ db, ctx, plan }) => {
      const draft = await planSessions(ctx, { ...plan, publish: false });
      expect(await heldBy(db, draft.sessions[0]!.id)).toEqual([]);
      const until = at('2026-11-23', '18:00');
      const kept = await planSessions(ctx, { ...plan, publish: false, optionUntil: until });
      expect((await heldBy(db, kept.sessions[0]!.id)).map((row) => row.expires)).toEqual([until]);
      expect(await lapseOptions({ ...ctx, now: at('2026-11-23', '17:59') })).toBe(0);
      expect(await lapseOptions({ ...ctx, now: until })).toBe(1);
      expect(await heldBy(db, kept.sessions[0]!.id)).toEqual([]);
      const topics = await db
        .selectFrom('outbox')
        .select('topic')
        .where('topic', '=', 'session.option_lapsed')
        .execute();
      expect(topics).toHaveLength(1);
      expect(await lapseOptions({ ...ctx, now: until })).toBe(0);
    }),
  );

  it(
    'publishing turns an option into a holding for good, or says what is taken',
    scene(async ({ db, ctx, plan }) => {
      const kept = await planSessions(ctx, { ...plan, publish: false, optionUntil: at('2026-11-23', '18:00') });
      const draft = await planSessions(ctx, { ...plan, publish: false });
      await publishSession(ctx, { session: kept.sessions[0]!.reference, version: 1 });
      expect((await heldBy(db, kept.sessions[0]!.id)).map((row) => row.expires)).toEqual([null]);
      const late = publishSession(ctx, { session: draft.sessions[0]!.id });
      await expect(late).rejects.toMatchObject({ code: 'booking.thing_taken' });
    }),
  );

  it(
    'refuses what makes no sense, every reason at once, and what is another team’s',
    scene(async ({ db, ctx, plan }) => {
      const wrong = { ...plan, title: {}, audience: 'group' as const, minimum: 9, dates: [] };
      await expect(planSessions(ctx, wrong)).rejects.toMatchObject({
        reasons: [
          { code: 'session.title' },
          { code: 'session.group' },
          { code: 'session.minimum' },
          { code: 'session.no_date' },
        ],
      });
      const ages = planSessions(ctx, { ...plan, audience: 'ages' });
      await expect(ages).rejects.toMatchObject({ code: 'session.ages' });
      const elsewhere = await makeSite(db);
      const foreign = await makeResource(db, elsewhere.id);
      const things = [{ resourceId: foreign.id, people: 1 }];
      await expect(planSessions(ctx, { ...plan, things })).rejects.toMatchObject({ code: 'session.foreign_thing' });
      await expect(planSessions(ctx, { ...plan, siteId: elsewhere.id })).rejects.toMatchObject({ code: 'not_found' });
      const anybody = await makePerson(db);
      const led = planSessions(ctx, { ...plan, leaderIds: [anybody.id] });
      await expect(led).rejects.toMatchObject({ code: 'session.leader' });
      await expect(planSessions(ctx, { ...plan, lineId: newId() })).rejects.toMatchObject({ code: 'not_found' });
    }),
  );
});

describe('changing', () => {
  const weekly = (plan: PlanInput): PlanInput => ({
    ...plan,
    series: { enrolment: 'date', pattern: {} },
    closesAt: at('2027-03-15', '12:00'),
    dates: [
      { start: at('2027-03-16', '18:00'), end: at('2027-03-16', '20:00') },
      { start: at('2027-03-23', '18:00'), end: at('2027-03-23', '20:00') },
      { start: at('2027-03-30', '18:00', '+02:00'), end: at('2027-03-30', '20:00', '+02:00') },
    ],
  });

  it(
    'moves this and the following by as much on the wall clock, across a change of clocks, with what they hold',
    scene(async ({ db, ctx, plan }) => {
      const { sessions } = await planSessions(ctx, weekly(plan));
      const [, second] = sessions;
      const heard = await listening(() =>
        moveSession(ctx, {
          session: second!.id,
          version: 1,
          scope: 'following',
          start: at('2027-03-24', '17:30'),
          end: at('2027-03-24', '20:00'),
        }),
      );
      const views = await sessionsByIds(
        ctx,
        sessions.map((one) => one.id),
      );
      expect(views.map((view) => wallOf(view.start, paris))).toEqual([
        '2027-03-16T18:00',
        '2027-03-24T17:30',
        '2027-03-31T17:30',
      ]);
      expect(views.map((view) => wallOf(view.closesAt!, paris))).toEqual([
        '2027-03-15T12:00',
        '2027-03-23T11:30',
        '2027-03-30T11:30',
      ]);
      const [held] = await heldBy(db, views[2]!.id);
      expect(wallOf(held!.start, paris)).toBe('2027-03-31T17:00');
      // One gesture, said once for all its dates.
      expect(heard.map((change) => change.kind)).toEqual(['moved']);
      expect(heard[0]!.dates.map((date) => date.before.start)).toEqual(sessions.slice(1).map((one) => one.start));
    }),
  );

  it(
    'what is said anew for all the dates closes registration as long before each of them',
    scene(async ({ ctx, plan }) => {
      const { sessions } = await planSessions(ctx, weekly(plan));
      const fields = { title: { fr: 'Broderie' }, closesAt: at('2027-03-16', '09:00') };
      await editSession(ctx, { session: sessions[0]!.id, scope: 'all', fields });
      const views = await sessionsByIds(
        ctx,
        sessions.map((one) => one.id),
      );
      expect(views.map((view) => [view.title.fr, wallOf(view.closesAt!, paris)])).toEqual([
        ['Broderie', '2027-03-16T09:00'],
        ['Broderie', '2027-03-23T09:00'],
        ['Broderie', '2027-03-30T09:00'],
      ]);
    }),
  );

  it(
    'a move onto what is taken changes nothing, and the preview said so; a session may move over itself',
    scene(async ({ db, ctx, plan }) => {
      const [one, two] = [
        await planSessions(ctx, plan),
        await planSessions(ctx, {
          ...plan,
          dates: [{ start: at('2026-11-24', '18:00'), end: at('2026-11-24', '19:00') }],
        }),
      ];
      const id = one.sessions[0]!.id;
      const onto = { session: id, start: at('2026-11-24', '17:00'), end: at('2026-11-24', '18:00') };
      expect((await previewMove(ctx, onto)).map((date) => date.ok)).toEqual([false]);
      await expect(moveSession(ctx, onto)).rejects.toMatchObject({ code: 'booking.thing_taken' });
      expect((await heldBy(db, id))[0]!.start).toEqual(at('2026-11-24', '13:30'));
      await moveSession(ctx, { session: id, start: at('2026-11-24', '14:30') });
      expect(await heldBy(db, id)).toMatchObject([
        { start: at('2026-11-24', '14:00'), end: at('2026-11-24', '16:45') },
      ]);
      expect(await heldBy(db, two.sessions[0]!.id)).toHaveLength(1);
      const stale = moveSession(ctx, { session: id, version: 1, start: at('2026-11-25', '14:30') });
      await expect(stale).rejects.toMatchObject({ kind: 'stale' });
    }),
  );

  it(
    'editing what it takes takes it anew; the place said anew is told as a move',
    scene(async ({ db, ctx, plan, other }) => {
      const { sessions } = await planSessions(ctx, plan);
      const id = sessions[0]!.id;
      const things = [{ resourceId: other.id, people: 6 }];
      const heard = await listening(() => editSession(ctx, { session: id, fields: { things, setUpMinutes: 0 } }));
      expect(heard.map((change) => [change.kind, change.tell, change.dates[0]!.what])).toEqual([
        ['moved', true, ['room']],
      ]);
      expect((await heldBy(db, id))[0]!.start).toEqual(at('2026-11-24', '14:00'));
      await planSessions(ctx, plan);
      const address = { name: 'Arc' };
      const away = await listening(() => editSession(ctx, { session: id, fields: { placeKind: 'address', address } }));
      expect(away.map((change) => change.kind)).toEqual(['moved']);
    }),
  );

  it(
    'raises seats and says so; lowers only what is free, from the last, never below what is taken',
    scene(async ({ db, ctx, plan }) => {
      const { sessions } = await planSessions(ctx, plan);
      const session = sessions[0]!.id;
      await sit(db, session, 2);
      await sit(db, session, 6);
      await setSeats(ctx, { session, seats: 4 });
      expect(await seatsOf(db, session)).toEqual([1, 2, 3, 6]);
      await expect(setSeats(ctx, { session, seats: 1 })).rejects.toMatchObject({
        code: 'session.seats_taken',
        reasons: [{ params: { taken: 2, wanted: 1 } }],
      });
      const heard = await listening(() => setSeats(ctx, { session, seats: 7 }));
      expect(await seatsOf(db, session)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(heard.map((change) => change.kind)).toEqual(['seats']);
      await setSeats(ctx, { session, seats: null });
      await setSeats(ctx, { session, seats: 3 });
      expect(await seatsOf(db, session)).toEqual([1, 2, 6]);
    }),
  );

  it(
    'cancelling gives back what is to come of a series and keeps the past; postponing too, and resuming takes it anew',
    scene(async ({ db, ctx, plan }) => {
      const { sessions } = await planSessions(ctx, weekly(plan));
      const [first, second, third] = sessions.map((one) => one.id);
      const midst = { ...ctx, now: at('2027-03-20', '09:00') };
      const [, gone] = [await postponeSession(midst, { session: third! }), await heldBy(db, third!)];
      expect(gone).toEqual([]);
      await expect(setSeats(midst, { session: first!, seats: 2 })).rejects.toMatchObject({ code: 'session.over' });
      await resumeSession(midst, { session: third!, start: at('2027-04-06', '18:00', '+02:00') });
      expect(wallOf((await heldBy(db, third!))[0]!.start, paris)).toBe('2027-04-06T17:30');
      const heard = await listening(() =>
        cancelSession(midst, { session: second!, scope: 'all', reason: { fr: 'Panne' }, insteadIds: [first!] }),
      );
      expect(heard.map((change) => change.reason)).toEqual([{ fr: 'Panne' }]);
      expect(heard[0]!.dates.map((date) => [date.sessionId, date.insteadIds])).toEqual([
        [second, []],
        [third, []],
      ]);
      const views = await sessionsByIds(ctx, [first!, second!, third!]);
      expect(views.map((view) => view.status)).toEqual(['published', 'cancelled', 'cancelled']);
      expect([...(await heldBy(db, second!)), ...(await heldBy(db, third!))]).toEqual([]);
      expect(await heldBy(db, first!)).toHaveLength(1);
    }),
  );

  it(
    'an event takes its parts with it: they move as far, and go when it goes',
    scene(async ({ db, ctx, plan, other }) => {
      const day = { start: at('2026-12-11', '08:30'), end: at('2026-12-11', '12:30') };
      const event = await planSessions(ctx, { ...plan, kind: 'event', dates: [day] });
      const parentId = event.sessions[0]!.id;
      const part = { ...plan, parentId, track: 'A', things: [{ resourceId: other.id, people: 6 }] };
      const morning = { start: at('2026-12-11', '10:00'), end: at('2026-12-11', '11:00') };
      const { sessions } = await planSessions(ctx, { ...part, dates: [morning] });
      const outside = planSessions(ctx, { ...part, dates: [{ ...morning, end: at('2026-12-11', '14:00') }] });
      await expect(outside).rejects.toMatchObject({ code: 'session.outside_parent' });
      await moveSession(ctx, { session: parentId, start: at('2026-12-12', '08:30') });
      const [moved] = await sessionsByIds(ctx, [sessions[0]!.id]);
      expect(moved).toMatchObject({ start: at('2026-12-12', '10:00'), title: { fr: 'Couture' } });
      expect((await heldBy(db, moved!.id))[0]!.start).toEqual(at('2026-12-12', '09:30'));
      await cancelSession(ctx, { session: parentId });
      expect((await sessionsByIds(ctx, [moved!.id]))[0]!.status).toBe('cancelled');
    }),
  );

  it(
    'the parts of an event stand in its rooms one after the other, and keep theirs when it lets it go',
    scene(async ({ db, ctx, plan, room, other }) => {
      const day = { start: at('2026-12-11', '08:30'), end: at('2026-12-11', '12:30') };
      const both = [room, other].map(({ id }) => ({ resourceId: id, people: 6 }));
      const event = await planSessions(ctx, { ...plan, kind: 'event', dates: [day], things: both });
      const parentId = event.sessions[0]!.id;
      const part = { ...plan, parentId, track: 'A', setUpMinutes: 0, cleanUpMinutes: 0, things: [both[0]!] };
      const morning = { start: at('2026-12-11', '10:00'), end: at('2026-12-11', '11:00') };
      expect((await previewPlan(ctx, { ...part, dates: [morning] }))[0]!.ok).toBe(true);
      const { sessions } = await planSessions(ctx, { ...part, dates: [morning] });
      expect(await heldBy(db, sessions[0]!.id)).toEqual([]);
      const beside = { ...part, dates: [{ ...morning, end: at('2026-12-11', '10:30') }] };
      expect((await previewPlan(ctx, beside))[0]!.ok).toBe(false);
      await expect(planSessions(ctx, beside)).rejects.toMatchObject({ code: 'booking.thing_taken' });
      await planSessions(ctx, { ...part, dates: [{ start: morning.end, end: at('2026-12-11', '12:00') }] });
      await planSessions(ctx, { ...beside, things: [both[1]!] });
      await moveSession(ctx, { session: parentId, start: at('2026-12-12', '08:30') });
      expect(await heldBy(db, sessions[0]!.id)).toEqual([]);
      await editSession(ctx, { session: parentId, fields: { things: [both[1]!] } });
      expect((await heldBy(db, sessions[0]!.id))[0]!.start).toEqual(at('2026-12-12', '10:00'));
    }),
  );

  it(
    'closed under a session, a room is the session’s until it goes elsewhere, then the closing’s',
    scene(async ({ db, ctx, plan, room, other }) => {
      const { sessions } = await planSessions(ctx, plan);
      const morning = { start: at('2026-11-24', '08:00'), end: at('2026-11-24', '20:00') };
      const outage = { resourceId: room.id, ...morning };
      expect(await sessionsInOutage(ctx, outage)).toEqual([sessions[0]!.id]);
      const closed = await closeForOutage(ctx, { ...outage, reason: { fr: 'Fuite' } });
      expect(closed.sessionIds).toEqual([sessions[0]!.id]);
      expect(await heldBy(db, sessions[0]!.id)).toHaveLength(1);
      await moveSession(ctx, { session: sessions[0]!.id, things: [{ resourceId: other.id, people: 6 }] });
      const again = planSessions(ctx, plan);
      await expect(again).rejects.toMatchObject({ code: 'booking.thing_taken' });
    }),
  );

  it(
    'is not theirs who are another site’s team',
    scene(async ({ db, ctx, plan }) => {
      const { sessions } = await planSessions(ctx, plan);
      const elsewhere = await makeSite(db);
      const other = { ...ctx, actor: actorOf(await makePerson(db), ['team'], elsewhere.id) };
      const session = sessions[0]!.id;
      const tries = [
        () => moveSession(other, { session, start: at('2026-11-25', '14:00') }),
        () => editSession(other, { session, fields: { title: { fr: 'Pris' } } }),
        () => cancelSession(other, { session }),
        () => setSeats(other, { session, seats: 1 }),
        () => postponeSession(other, { session }),
      ];
      for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }),
  );
});

it(
  'asks the team once where too few come in time, and cancels nothing',
  scene(async ({ db, ctx, site }) => {
    const few = await makeSession(db, { siteId: site.id, minimum: 2, start: at('2026-11-26', '14:00') });
    const enough = await makeSession(db, { siteId: site.id, minimum: 1, start: at('2026-11-26', '14:00') });
    await makeSession(db, { siteId: site.id, minimum: 3, start: at('2026-12-05', '14:00') });
    await sit(db, few.id, 1);
    await sit(db, enough.id, 1);
    await askAboutMinimum(ctx);
    await askAboutMinimum(ctx);
    const asked = await db
      .selectFrom('outbox')
      .select('payload')
      .where('topic', '=', 'session.minimum_asked')
      .where(sql<boolean>`payload ->> 'sessionId' = any(${[few.id, enough.id]})`)
      .execute();
    expect(asked.map((row) => row.payload)).toEqual([{ sessionId: few.id }]);
    expect((await sessionsByIds(ctx, [few.id]))[0]!.status).toBe('published');
  }),
);

it(
  'is offered what is free to the team: what the public may book, how long and how soon, is not asked',
  scene(async ({ db, ctx, site, plan }) => {
    const rules = { maxMinutes: 60, horizonDays: 30, noticeMinutes: 2 * 24 * 60 };
    const hall = await makeResource(db, site.id, { name: 'Fablab', capacity: 900, rules });
    const far = { start: at('2027-05-11', '14:00', '+02:00'), end: at('2027-05-11', '16:00', '+02:00') };
    const own = {
      ...plan,
      setUpMinutes: 0,
      cleanUpMinutes: 0,
      things: [{ resourceId: hall.id, people: 900 }],
      dates: [far],
    };
    await planSessions(ctx, own);
    const [date] = await previewPlan(ctx, own);
    const times = date!.clashes[0]!.alternatives.map((one) => wallOf(one.start, paris));
    // The nearest, before as well as after.
    expect(times).toEqual(['2027-05-11T11:00', '2027-05-11T12:00', '2027-05-11T16:00', '2027-05-11T17:00']);
  }),
);

describe('a part of an event', () => {
  const day = { start: at('2026-11-24', '09:00'), end: at('2026-11-24', '18:00') };
  const event = (plan: PlanInput): PlanInput => ({ ...plan, kind: 'event', things: [], dates: [day] });

  it(
    'is added by the team of the event, by nobody else',
    scene(async ({ db, ctx, plan }) => {
      const { sessions } = await planSessions(ctx, event(plan));
      const theirs = await makeSite(db);
      const stranger = makeCtx(db, { actor: actorOf(await makePerson(db), ['team'], theirs.id) });
      const part = { ...plan, siteId: theirs.id, things: [], parentId: sessions[0]!.id };
      for (const look of [planSessions, previewPlan]) {
        await expect(look(stranger, part)).rejects.toMatchObject({ kind: 'not_found' });
      }
    }),
  );

  it(
    'put off, is given a day within the event, once the event has one',
    scene(async ({ ctx, plan }) => {
      const { sessions } = await planSessions(ctx, event(plan));
      const parentId = sessions[0]!.id;
      const made = await planSessions(ctx, { ...plan, things: [], parentId });
      const session = made.sessions[0]!.id;
      await postponeSession(ctx, { session });
      const outside = resumeSession(ctx, { session, start: at('2026-11-24', '17:00') });
      await expect(outside).rejects.toMatchObject({ code: 'session.outside_parent' });
      await postponeSession(ctx, { session: parentId });
      const early = resumeSession(ctx, { session, start: at('2026-11-24', '15:00') });
      await expect(early).rejects.toMatchObject({ code: 'session.parent_postponed' });
      await resumeSession(ctx, { session: parentId, start: at('2026-11-25', '09:00') });
      const [after] = await sessionsByIds(ctx, [session]);
      expect(after).toMatchObject({ status: 'published', start: at('2026-11-25', '14:00') });
    }),
  );
});

it(
  'asks about all sessions that too few come to, however many there are before them to which enough come',
  { timeout: 60_000 },
  scene(async ({ db, ctx, site }) => {
    const full = await Promise.all(
      Array.from({ length: 205 }, async () => (await makeSession(db, { siteId: site.id, seats: null, minimum: 1 })).id),
    );
    const person = await makePerson(db);
    const rows = full.map((session_id) => ({ id: newId(), session_id }));
    await db
      .insertInto('registration')
      .values(
        rows.map((row) => ({
          ...row,
          reference: row.id.replace(/-/g, '').slice(-10).toUpperCase(),
          person_id: person.id,
          kind: 'self' as const,
          status: 'registered' as const,
          places: 1,
          channel: 'web' as const,
          created_at: ctx.now,
        })),
      )
      .execute();
    const attendees = rows.map(({ id, session_id }) => ({ id: newId(), registration_id: id, session_id }));
    await db.insertInto('attendee').values(attendees).execute();
    const start = at('2026-11-28', '15:00');
    const { id } = await makeSession(db, { siteId: site.id, minimum: 2, start });
    const near = makeCtx(db, { now: at('2026-11-25', '09:00') });
    const asked = () =>
      db.selectFrom('journal').select('subject_id').where('kind', '=', 'session.minimum_asked').execute();
    const before = (await asked()).length;
    await askAboutMinimum(near);
    expect((await asked()).slice(before).filter((row) => row.subject_id === id)).toHaveLength(1);
  }),
);
