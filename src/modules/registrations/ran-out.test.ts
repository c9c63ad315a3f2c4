import { describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, monday9 } from '../../../test/harness/make.ts';
import { come, type Ground, onGround, somebody, statesIn } from '../../../test/harness/registering.ts';
import { addMinutes } from '../../core/clock.ts';
import { editSession, setSeats } from '../sessions/index.ts';
import { acceptOffer, cancelRegistration, changePeople, register, registrationsOf } from './index.ts';

const base = useDatabase();
const on = (work: (ground: Ground) => Promise<void>) => onGround(base, work);

/** What is left for the morning's hold of a visitor who never confirmed, one minute after it ran out and before any job looked. */
const late = addMinutes(monday9, 31);

async function withHold(ground: Ground, seats: number, start = at('2026-11-28', '14:00')) {
  const session = await makeSession(ground.db, { siteId: ground.siteId, seats, start });
  const person = { name: 'Nina', email: 'nina@essai.example' };
  const input = { sessionIds: [session.id], kind: 'self' as const, person, attendees: [{ self: true }] };
  await register(ground.visitor, { ...input, channel: 'web' });
  return session;
}

describe('a hold that ran out, before any job has looked', () => {
  it.each(['setSeats', 'editSession'] as const)('does not keep the team from lowering the seats (%s)', (command) =>
    on(async (ground) => {
      const session = await withHold(ground, 2);
      const sits = await somebody(ground.db);
      await come(sits, session.id);
      const team = { ...ground.team, now: late };
      if (command === 'setSeats') await setSeats(team, { session: session.id, seats: 1 });
      else await editSession(team, { session: session.id, fields: { seats: 1 } });
      expect((await registrationsOf(ground.team, session.id)).map((one) => one.status)).toEqual([
        'registered',
        'cancelled',
      ]);
    }),
  );

  it.each(['setSeats', 'editSession'] as const)(
    'leaves its seat to whoever waits when the seats change (%s)',
    (command) =>
      on(async (ground) => {
        const session = await withHold(ground, 3);
        const crowd = [await somebody(ground.db), await somebody(ground.db), await somebody(ground.db)];
        for (const one of crowd.slice(0, 2)) await come(one, session.id);
        await come(crowd[2]!, session.id);
        const team = { ...ground.team, now: late };
        // One seat less, and one that nobody confirmed: two sit, the third waits on.
        if (command === 'setSeats') await setSeats(team, { session: session.id, seats: 2 });
        else await editSession(team, { session: session.id, fields: { seats: 2 } });
        expect(await statesIn(ground.team, [session.id], crowd[2]!.person.id)).toEqual(['waiting']);
        if (command === 'setSeats') await setSeats(team, { session: session.id, seats: 3 });
        else await editSession(team, { session: session.id, fields: { seats: 3 } });
        expect(await statesIn(ground.team, [session.id], crowd[2]!.person.id)).toEqual(['offered']);
      }),
  );

  it('is free for whoever waits and takes it right before the beginning', () =>
    on(async (ground) => {
      const session = await withHold(ground, 1, addMinutes(monday9, 60));
      const waits = await somebody(ground.db);
      const { registrations } = await come(waits, session.id);
      expect(registrations[0]!.status).toBe('waiting');
      const taken = await acceptOffer({ ...waits.ctx, now: late }, { registration: registrations[0]!.id });
      expect(taken.status).toBe('registered');
    }));

  it('is free for one more of those who come', () =>
    on(async (ground) => {
      const session = await withHold(ground, 2);
      const sits = await somebody(ground.db);
      const { registrations } = await come(sits, session.id);
      const [view] = await registrationsOf(ground.team, session.id);
      const target = { registration: registrations[0]!.id, keep: view!.attendees.map((one) => one.id) };
      await changePeople({ ...sits.ctx, now: late }, { ...target, add: [{ name: 'Ami' }] });
      expect((await registrationsOf(ground.team, session.id))[0]!.places).toBe(2);
    }));

  it('given to whoever waits, changes nothing under the hands of whoever acts: their version still stands', () =>
    on(async (ground) => {
      const session = await withHold(ground, 1);
      const waits = await somebody(ground.db);
      const { registrations } = await come(waits, session.id);
      const target = { registration: registrations[0]!.id, version: registrations[0]!.version };
      const done = await cancelRegistration({ ...waits.ctx, now: late }, target);
      expect(done.status).toBe('cancelled');
    }));
});

it('an offer nobody answered goes to the next in the very gesture that changes the seats', () =>
  on(async (ground) => {
    const session = await makeSession(ground.db, { siteId: ground.siteId, seats: 1 });
    const [sits, first, second] = [await somebody(ground.db), await somebody(ground.db), await somebody(ground.db)];
    const had = await come(sits, session.id);
    for (const one of [first, second]) await come(one, session.id);
    await cancelRegistration(sits.ctx, { registration: had.registrations[0]!.id });
    const team = { ...ground.team, now: at('2026-11-26', '12:00') };
    await setSeats(team, { session: session.id, seats: 2 });
    expect(await statesIn(ground.team, [session.id], first.person.id)).toEqual(['cancelled']);
    expect(await statesIn(ground.team, [session.id], second.person.id)).toEqual(['offered']);
  }));
