import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { at } from '../../../test/harness/make.ts';
import {
  come,
  dueIn,
  type Ground,
  makeCourse,
  onGround,
  somebody,
  statesIn,
} from '../../../test/harness/registering.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { offerWhatRemains } from '../seating/index.ts';
import { cancelSession, postponeSession } from '../sessions/index.ts';
import { acceptOffer, cancelRegistration, offerAgain, registrationsOf, releaseAllRanOut } from './index.ts';

const base = useDatabase();
const on = (work: (ground: Ground) => Promise<void>) => onGround(base, work);

const days = ['2026-12-01', '2026-12-08', '2026-12-15'];

/** Does what the outbox holds about lists to be looked at again. */
async function serveAll(ctx: Ctx): Promise<void> {
  const due = await dueIn<{ sessionId: string; passed: string[] }>(ctx, 'registration.offer');
  await ctx.db.deleteFrom('outbox').where('topic', '=', 'registration.offer').where('due_at', '<=', ctx.now).execute();
  for (const { sessionId, passed } of due) await offerAgain(ctx, sessionId, passed);
}

/** A course of one seat: one has it whole, another waits for all of it. */
async function begun(ground: Ground) {
  const dates = await makeCourse(ground, days);
  const [sits, waits] = [await somebody(ground.db), await somebody(ground.db)];
  const had = (await come(sits, dates[0]!)).registrations;
  const asked = (await come(waits, dates[0]!)).registrations;
  const now = at('2026-12-02', '10:00');
  const clock = <T extends { ctx: Ctx }>(one: T) => ({ ...one, ctx: { ...one.ctx, now } });
  return { dates, sits: clock(sits), waits: clock(waits), had, asked, now };
}

describe('a course that has begun', () => {
  it('is offered for the dates that remain, all together: its first date, over and full, holds nobody up', () =>
    on(async (ground) => {
      const { dates, sits, waits, had, asked, now } = await begun(ground);
      const visitor = { ...ground.visitor, now };
      await cancelRegistration(sits.ctx, { registration: had[1]!.id, whole: true });
      await serveAll(visitor);
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['waiting', 'offered', 'offered']);
      await acceptOffer(waits.ctx, { registration: asked[2]!.id });
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['waiting', 'registered', 'registered']);
    }));

  it('is not offered in pieces: where one of the dates that remain is full, all of them are waited for', () =>
    on(async (ground) => {
      const { dates, sits, waits, had, now } = await begun(ground);
      await cancelRegistration(sits.ctx, { registration: had[2]!.id });
      await serveAll({ ...ground.visitor, now });
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['waiting', 'waiting', 'waiting']);
    }));

  it('the seats left at the later dates are offered as soon as the first is too near to be', () =>
    on(async (ground) => {
      const dates = await makeCourse(ground, days);
      const [sits, waits] = [await somebody(ground.db), await somebody(ground.db)];
      const had = (await come(sits, dates[0]!)).registrations;
      await come(waits, dates[0]!);
      // Given back but for the first date, which stays full.
      for (const one of had.slice(1)) await cancelRegistration(sits.ctx, { registration: one.id });
      await serveAll(ground.visitor);
      const look = async (time: string) => {
        const visitor = { ...ground.visitor, now: at('2026-12-01', time) };
        await offerWhatRemains(visitor);
        await serveAll(visitor);
        return statesIn(ground.team, dates, waits.person.id);
      };
      expect(await look('17:00')).toEqual(['waiting', 'waiting', 'waiting']);
      expect(await look('17:20')).toEqual(['waiting', 'offered', 'offered']);
    }));

  it('though nobody looked for days, what remains is offered once somebody does', () =>
    on(async (ground) => {
      const { dates, sits, waits, had } = await begun(ground);
      const eve = { ...ground.visitor, now: at('2026-11-30', '10:00') };
      await offerWhatRemains(eve);
      for (const one of had.slice(1)) await cancelRegistration({ ...sits.ctx, now: eve.now }, { registration: one.id });
      await serveAll(eve);
      const later = { ...ground.visitor, now: at('2026-12-04', '10:00') };
      await offerWhatRemains(later);
      await serveAll(later);
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['waiting', 'offered', 'offered']);
    }));

  it('a date put off is waited for by itself; the others do not wait for it', () =>
    on(async (ground) => {
      const { dates, sits, waits, had, now } = await begun(ground);
      await postponeSession({ ...ground.team, now }, { session: dates[1]! });
      await cancelRegistration(sits.ctx, { registration: had[2]!.id });
      await serveAll({ ...ground.visitor, now });
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['waiting', 'waiting', 'offered']);
    }));

  it('one full date cancelled by the team, the others are offered to who waited for all', () =>
    on(async (ground) => {
      const dates = await makeCourse(ground, days);
      const [sits, waits] = [await somebody(ground.db), await somebody(ground.db)];
      const had = (await come(sits, dates[0]!)).registrations;
      await come(waits, dates[0]!);
      for (const one of had.slice(1)) await cancelRegistration(sits.ctx, { registration: one.id });
      await serveAll(ground.visitor);
      await cancelSession(ground.team, { session: dates[0]! });
      await serveAll(ground.visitor);
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['cancelled', 'offered', 'offered']);
    }));

  it('what is offered is kept until the nearest of its dates allows, never past its beginning', () =>
    on(async (ground) => {
      const dates = await makeCourse(ground, ['2026-12-08', '2027-03-09']);
      const [sits, waits] = [await somebody(ground.db), await somebody(ground.db)];
      const had = (await come(sits, dates[0]!)).registrations;
      const asked = (await come(waits, dates[0]!)).registrations;
      // The far date is the last to be given back: it is its list that is looked at.
      const now = at('2026-12-08', '12:00');
      const visitor = { ...ground.visitor, now };
      await cancelRegistration({ ...sits.ctx, now }, { registration: had[0]!.id });
      await serveAll(visitor);
      await cancelRegistration({ ...sits.ctx, now }, { registration: had[1]!.id });
      await serveAll(visitor);
      const offered = (await registrationsOf(ground.team, dates[1]!)).find((one) => one.id === asked[1]!.id)!;
      expect([offered.status, offered.offerExpiresAt]).toEqual(['offered', addMinutes(now, 30)]);
    }));
});

describe('an offer of a course that nobody answered', () => {
  it('is told in one mail, of the dates that were offered, not of one given back before', () =>
    on(async (ground) => {
      const dates = await makeCourse(ground, days);
      const [sits, waits] = [await somebody(ground.db), await somebody(ground.db)];
      const had = (await come(sits, dates[0]!)).registrations;
      const asked = (await come(waits, dates[0]!)).registrations;
      await cancelRegistration(waits.ctx, { registration: asked[1]!.id });
      await cancelRegistration(sits.ctx, { registration: had[0]!.id, whole: true });
      await serveAll(ground.visitor);
      expect(await statesIn(ground.team, dates, waits.person.id)).toEqual(['offered', 'cancelled', 'offered']);
      const later = { ...ground.visitor, now: at('2026-11-27', '10:00') };
      await releaseAllRanOut(later);
      const told = await dueIn<{ ids: string[] }>(later, 'registration.offer_expired');
      expect(told.map(({ ids }) => [...ids].sort())).toEqual([[asked[0]!.id, asked[2]!.id].sort()]);
    }));
});
