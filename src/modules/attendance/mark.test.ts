import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeSite } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addMinutes } from '../../core/clock.ts';
import { registrationKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import { markGroup } from './group.ts';
import { markAttendance } from './mark.ts';
import { correctionsOf, rollOf } from './roll.store.ts';
import { totalsOf } from './totals.rules.ts';
import { ageBands, walkIn, withdrawWalkIn } from './walk-in.ts';

const base = useDatabase();
const day = '2026-11-28';
const squiggle = 'M10 10L200 90L310 40M20 120L400 130';

/** A site with its team, and a session of it on Saturday the 28th at 14:00. */
async function ground(db: Db, over: Partial<Parameters<typeof makeSession>[1]> = {}) {
  const site = await makeSite(db);
  const session = await makeSession(db, { siteId: site.id, ...over });
  const nadia = await makePerson(db, { name: 'Nadia Équipe' });
  const ctx = makeCtx(db, { now: at(day, '14:05'), actor: actorOf(nadia, ['team'], site.id) });
  const rows = () => db.selectFrom('attendance').selectAll().where('session_id', '=', session.id).execute();
  return { site, session, ctx, rows, nadia };
}
const moved = (ctx: Ctx, minutes: number): Ctx => ({ ...ctx, now: addMinutes(ctx.now, minutes) });

describe('a mark', () => {
  it('is kept when it is put right: the former stays, with who replaced it', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx, rows, nadia } = await ground(db);
      const { attendees } = await makeRegistration(db, session.id);
      const [attendeeId] = attendees as [string];
      await markAttendance(ctx, { attendeeId, state: 'absent', mode: 'desk' });
      const late = await markAttendance(moved(ctx, 20), { attendeeId, state: 'present', mode: 'desk' });
      expect(late).toMatchObject({ halfDay: `${day} pm`, replaced: true });
      expect((await rows()).map((row) => [row.state, row.minutes, row.replaced_by])).toEqual([
        ['absent', 0, nadia.id],
        ['present', 120, null],
      ]);
      expect(await correctionsOf(ctx, session.id)).toMatchObject([{ state: 'absent', replacedBy: 'Nadia Équipe' }]);
    }));

  it('said twice, or sent twice with one id, is written once', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx, rows } = await ground(db);
      const { attendees } = await makeRegistration(db, session.id, { seats: [{ name: 'Léa' }, { name: 'Tom' }] });
      const [lea, tom] = attendees as [string, string];
      const id = newId();
      const sent = { id, attendeeId: lea, state: 'present', mode: 'desk' } as const;
      await markAttendance(ctx, sent);
      await markAttendance(ctx, { ...sent, id: newId() });
      await markAttendance(ctx, { ...sent, state: 'absent' });
      expect((await rows()).map((row) => [row.id, row.state])).toEqual([[id, 'present']]);
      await expect(markAttendance(ctx, { ...sent, attendeeId: tom })).rejects.toThrow('not_found');
    }));

  it('is worth more signed: on the screen, on paper, or signed again', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx } = await ground(db);
      const [attendeeId] = (await makeRegistration(db, session.id)).attendees as [string];
      const mode = async () => (await rollOf(ctx, session.id))!.people[0]!.marks[0];
      const present = { attendeeId, state: 'present' } as const;
      await markAttendance(ctx, { ...present, mode: 'desk' });
      await markAttendance(ctx, { ...present, mode: 'signature' });
      expect(await mode()).toMatchObject({ mode: 'signature', strokes: null });
      await markAttendance(ctx, { ...present, mode: 'signature', strokes: squiggle });
      expect(await mode()).toMatchObject({ mode: 'signature', strokes: squiggle });
      await markAttendance(ctx, { ...present, mode: 'signature', strokes: 'M1 1L2 2' });
      expect(await mode()).toMatchObject({ strokes: 'M1 1L2 2' });
      expect(await markAttendance(ctx, { ...present, mode: 'desk' })).toMatchObject({ replaced: false });
    }));

  it('is for the half-day under way, and for none that is not the session’s', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx, rows } = await ground(db, { start: at(day, '09:00'), end: at(day, '17:00') });
      const [attendeeId] = (await makeRegistration(db, session.id)).attendees as [string];
      const present = { attendeeId, state: 'present', mode: 'desk' } as const;
      await markAttendance(ctx, present);
      await markAttendance(ctx, { ...present, halfDay: `${day} am` });
      expect((await rows()).map((row) => [row.half_day, row.minutes])).toEqual([
        [`${day} pm`, 240],
        [`${day} am`, 240],
      ]);
      await expect(markAttendance(ctx, { ...present, halfDay: '2026-11-29 am' })).rejects.toThrow('other_day');
      const early = { ...ctx, now: at('2026-11-27', '09:00') };
      await expect(markAttendance(early, { ...present, state: 'absent' })).rejects.toThrow('attendance.not_yet');
      await markAttendance(early, { ...present, state: 'excused' });
      await expect(
        markAttendance(ctx, { ...present, occurredAt: addMinutes(ctx.now, 40), state: 'absent' }),
      ).rejects.toThrow('attendance.not_yet');
    }));

  it('is for who is registered; what was written of somebody who gave their seat back can still be put right', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx } = await ground(db);
      const waiting = await makeRegistration(db, session.id, { status: 'cancelled' });
      const present = { attendeeId: waiting.attendees[0]!, state: 'present', mode: 'desk' } as const;
      await expect(markAttendance(ctx, present)).rejects.toThrow('attendance.not_registered');
      const came = await makeRegistration(db, session.id);
      await markAttendance(ctx, { ...present, attendeeId: came.attendees[0]! });
      await db.updateTable('registration').set({ status: 'cancelled' }).where('id', '=', came.id).execute();
      expect((await rollOf(ctx, session.id))!.people).toHaveLength(1);
      await markAttendance(ctx, { ...present, attendeeId: came.attendees[0]!, state: 'absent' });
    }));
});

describe('who may say it', () => {
  it('the team of its site; for another team the person is not there', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx } = await ground(db);
      const [attendeeId] = (await makeRegistration(db, session.id)).attendees as [string];
      const other = await ground(db);
      const stranger = { ...ctx, actor: other.ctx.actor };
      const present = { attendeeId, state: 'present', mode: 'desk' } as const;
      await expect(markAttendance(stranger, present)).rejects.toThrow('not_found');
      await expect(markAttendance(ctx, { ...present, attendeeId: newId() })).rejects.toThrow('not_found');
    }));

  it('oneself, by the key of one’s mail or signed in, while it goes on, and only that one is there', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx, rows } = await ground(db);
      const person = await makePerson(db);
      const own = await makeRegistration(db, session.id, { person });
      const other = await makeRegistration(db, session.id, {}, 2);
      const nobody = makeCtx(db, { now: ctx.now });
      const key = registrationKey(ctx.secret, own.id);
      const here = { attendeeId: own.attendees[0]!, state: 'present', mode: 'self', key } as const;
      await expect(markAttendance(nobody, { ...here, key: undefined })).rejects.toThrow('not_found');
      await expect(markAttendance(nobody, { ...here, attendeeId: other.attendees[0]! })).rejects.toThrow('not_found');
      for (const forged of [
        { state: 'excused' },
        { mode: 'desk' },
        { mode: 'signature', strokes: squiggle },
        { occurredAt: ctx.now },
      ] as const)
        await expect(markAttendance(nobody, { ...here, ...forged })).rejects.toThrow('not_found');
      await expect(markAttendance(moved(nobody, -90), here)).rejects.toThrow('attendance.not_now');
      await expect(markAttendance(moved(nobody, 180), here)).rejects.toThrow('attendance.not_now');
      await markAttendance(nobody, here);
      const signedIn = makeCtx(db, { now: ctx.now, actor: actorOf(person) });
      await markAttendance(signedIn, { ...here, key: undefined });
      expect((await rows()).map((row) => [row.mode, row.state])).toEqual([['self', 'present']]);
    }));
});

it('two phones that mark the same person at once write one mark; two that disagree keep both, one standing', async () => {
  const { session, ctx, rows } = await ground(base.db);
  const { attendees } = await makeRegistration(base.db, session.id, { seats: [{ name: 'Léa' }, { name: 'Tom' }] });
  const [lea, tom] = attendees as [string, string];
  const mark = (attendeeId: string, state: 'present' | 'absent') =>
    markAttendance(ctx, { attendeeId, state, mode: 'desk' });
  const id = newId();
  await Promise.all([mark(lea, 'present'), mark(lea, 'present'), mark(tom, 'present'), mark(tom, 'absent')]);
  await Promise.allSettled(
    [lea, tom].map((attendeeId) => markAttendance(ctx, { id, attendeeId, state: 'excused', mode: 'desk' })),
  );
  const now = (await rows()).filter((row) => row.replaced_at === null);
  expect(now.map((row) => row.attendee_id).sort()).toEqual([lea, tom].sort());
  expect(now.filter((row) => row.id === id)).toHaveLength(1);
});

describe('people without a name', () => {
  it('of a class are counted: so many are there, the others are not', () =>
    rolledBack(base.db, async (db) => {
      const { session, ctx } = await ground(db);
      const seats = Array.from({ length: 6 }, () => ({ minor: true }));
      const group = await makeRegistration(db, session.id, { kind: 'group', seats });
      const say = (present: number) =>
        markGroup(ctx, { sessionId: session.id, registrationId: group.id, halfDay: `${day} pm`, present });
      await say(6);
      await say(4);
      expect(totalsOf((await rollOf(ctx, session.id))!)).toMatchObject({ named: 0, unnamed: 4, peopleHalfDays: 4 });
      await expect(say(7)).rejects.toThrow('attendance.more_than_seats');
      const alone = await makeRegistration(db, session.id, { seats: [{ name: 'Léa' }] }, 7);
      const named = { sessionId: session.id, registrationId: alone.id, halfDay: `${day} pm`, present: 1 };
      await expect(markGroup(ctx, named)).rejects.toThrow('not_found');
    }));

  it('who come by are counted once by id, by the session’s service, and can be taken back', () =>
    rolledBack(base.db, async (db) => {
      const line = await db.selectFrom('line').select('id').executeTakeFirstOrThrow();
      const { session, ctx, site } = await ground(db, { lineId: line.id });
      const id = newId();
      const one = { id, siteId: site.id, sessionId: session.id, ageBand: '60_69' } as const;
      await walkIn(ctx, one);
      await walkIn(ctx, one);
      const after = await walkIn(moved(ctx, 24 * 60), { siteId: site.id, sessionId: session.id });
      const visits = await db.selectFrom('visit').selectAll().where('session_id', '=', session.id).execute();
      expect(visits.map((row) => [row.id, row.line_id, row.age_band]).sort()).toEqual(
        [
          [id, line.id, '60_69'],
          [after, line.id, 'unsaid'],
        ].sort(),
      );
      expect(visits.find((row) => row.id === after)!.occurred_at).toEqual(session.end);
      await withdrawWalkIn(ctx, id);
      await withdrawWalkIn(ctx, id);
      expect((await rollOf(ctx, session.id))!.walkIns.map((row) => row.id)).toEqual([after]);
      for (const forged of ['x', newId()]) await expect(withdrawWalkIn(ctx, forged)).rejects.toThrow('not_found');
      const other = await ground(db);
      await expect(withdrawWalkIn({ ...ctx, actor: other.ctx.actor }, after)).rejects.toThrow('not_found');
      await expect(walkIn(other.ctx, { id, siteId: other.site.id })).rejects.toThrow('not_found');
      await expect(walkIn(other.ctx, { siteId: other.site.id, sessionId: session.id })).rejects.toThrow('not_found');
      const eve = { ...ctx, now: at('2026-11-27', '09:00') };
      await expect(walkIn(eve, { ...one, id: newId() })).rejects.toThrow('attendance.not_yet');
    }));
});

describe('totals', () => {
  const state = fc.constantFrom('present', 'absent', 'excused' as const);
  const gesture = fc.oneof(
    fc.record({ kind: fc.constant('mark' as const), who: fc.nat(4), half: fc.nat(3), state }),
    fc.record({ kind: fc.constant('walkIn' as const), band: fc.constantFrom(...ageBands), hour: fc.nat(30) }),
    fc.record({ kind: fc.constant('withdraw' as const), which: fc.nat(9) }),
  );

  it('are what the rows come to, whatever was marked, put right, counted and taken back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(gesture, { maxLength: 25 }), (gestures) =>
        rolledBack(base.db, async (db) => {
          const long = { start: at(day, '09:00'), end: at('2026-11-29', '17:00') };
          const { session, ctx, site } = await ground(db, long);
          const after = { ...ctx, now: at('2026-11-30', '09:00') };
          const { attendees } = await makeRegistration(db, session.id, {
            kind: 'household',
            seats: [{ self: true }, { name: 'Léa' }, { name: 'Tom' }, {}, {}],
          });
          const halves = [`${day} am`, `${day} pm`, '2026-11-29 am', '2026-11-29 pm'];
          const visits: string[] = [];
          for (const one of gestures) {
            if (one.kind === 'mark') {
              const mark = { attendeeId: attendees[one.who]!, halfDay: halves[one.half]!, state: one.state };
              await markAttendance(after, { ...mark, mode: 'desk' });
            } else if (one.kind === 'walkIn') {
              const occurredAt = addMinutes(session.start, one.hour * 60);
              visits.push(
                await walkIn(after, { siteId: site.id, sessionId: session.id, ageBand: one.band, occurredAt }),
              );
            } else if (visits.length > 0) await withdrawWalkIn(after, visits[one.which % visits.length]!);
          }
          const marks = db.selectFrom('attendance').selectAll().where('session_id', '=', session.id);
          const present = await marks.where('replaced_at', 'is', null).where('state', '=', 'present').execute();
          const counted = await db
            .selectFrom('visit')
            .select('age_band')
            .where('session_id', '=', session.id)
            .where('withdrawn_at', 'is', null)
            .execute();
          const totals = totalsOf((await rollOf(after, session.id))!);
          expect(totals.peopleHalfDays).toBe(present.length + counted.length);
          expect(totals.minutes).toBe(present.reduce((sum, row) => sum + row.minutes!, 0));
          expect(totals.named + totals.unnamed).toBe(new Set(present.map((row) => row.attendee_id)).size);
          expect(Object.values(totals.bands).reduce((sum, one) => sum + one, 0)).toBe(counted.length);
          const sum = (of: 'present' | 'walkIns') => totals.halfDays.reduce((all, half) => all + half[of], 0);
          expect(sum('present') + sum('walkIns')).toBe(totals.peopleHalfDays);
          for (const half of totals.halfDays)
            expect(half.present + half.absent + half.excused + half.unsaid).toBe(attendees.length);
        }),
      ),
      { numRuns: 15 },
    );
  });
});
