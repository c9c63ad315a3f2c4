import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addMinutes } from '../src/core/clock.ts';
import type { Ctx } from '../src/core/context.ts';
import type { BookingStatus } from '../src/core/schema.ts';
import { expireHolds, lapseRequests, releaseLate, reserve } from '../src/modules/booking/index.ts';
import { remind } from '../src/modules/notices/notices.jobs.ts';
import { retention, tidy } from '../src/modules/privacy/retention.ts';
import { useHouse } from './harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite, monday9 } from './harness/make.ts';

const app = useHouse({ eachTest: true });

type Row = { id: string; status: BookingStatus; reminded_at: Date | null };
const late = (time: string, day = '2026-11-24') => at(day, time);
const jobs: {
  name: string;
  before: BookingStatus;
  job: (ctx: Ctx) => Promise<number>;
  now: Date;
  done: (row: Row) => boolean;
}[] = [
  {
    name: 'what nobody came to',
    before: 'confirmed',
    job: releaseLate,
    now: late('14:31'),
    done: (row) => row.status === 'no_show',
  },
  {
    name: 'holds that ran out',
    before: 'held',
    job: expireHolds,
    now: late('09:31', '2026-11-23'),
    done: (row) => row.status === 'cancelled',
  },
  {
    name: 'requests that nobody answered',
    before: 'requested',
    job: lapseRequests,
    now: late('14:01'),
    done: (row) => row.status === 'cancelled',
  },
  {
    name: 'reminders of the eve',
    before: 'confirmed',
    job: remind,
    now: late('12:00', '2026-11-23'),
    done: (row) => row.reminded_at !== null,
  },
];

/** Three bookings of tomorrow at two, in this state, made by who it takes for it. */
async function threeOf(before: BookingStatus): Promise<string[]> {
  const site = await makeSite(app.db, {
    rules: { checkIn: true, releaseMinutes: 30, approval: before === 'requested' },
  });
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const person = await makePerson(app.db);
    const room = await makeResource(app.db, site.id);
    const self = makeCtx(app.db, { actor: actorOf(person) });
    const { bookings } = await reserve(before === 'held' ? makeCtx(app.db) : self, {
      items: [{ resourceId: room.id, start: late('14:00'), end: late('15:00') }],
      people: 1,
      person: before === 'held' ? { name: 'Nina', email: `nina-${n}@essai.example` } : { id: person.id },
      channel: 'web',
    });
    expect(bookings[0]!.status).toBe(before);
    ids.push(bookings[0]!.id);
  }
  if (before === 'confirmed') {
    // Not within the day: who has just been told is not reminded.
    const days = { confirmed_at: addMinutes(monday9, -2 * 1440) };
    await app.db.updateTable('booking').set(days).where('id', 'in', ids).execute();
  }
  return ids;
}

/** While `work` runs, a row of this table may only be what it is. */
async function broken(table: string, condition: string, work: () => Promise<void>): Promise<void> {
  await sql.raw(`alter table ${table} add constraint broken check (${condition}) not valid`).execute(app.db);
  await work();
  await sql.raw(`alter table ${table} drop constraint broken`).execute(app.db);
}

test.each(jobs)('A booking that cannot be written holds back none of the others: $name', async (one) => {
  const { before, job, now, done } = one;
  const ids = await threeOf(before);
  const rows = () =>
    app.db.selectFrom('booking').select(['id', 'status', 'reminded_at']).where('id', 'in', ids).execute();
  await broken('booking', `id <> '${ids[0]}' or (status = '${before}' and reminded_at is null)`, async () => {
    await expect(job({ ...app.ctx(), now })).rejects.toThrow('broken');
    for (const row of await rows()) expect(done(row)).toBe(row.id !== ids[0]);
  });
  await job({ ...app.ctx(), now });
  expect((await rows()).every(done)).toBe(true);
});

test('A person who cannot be erased holds back none of the others', async () => {
  const people = [await makePerson(app.db), await makePerson(app.db), await makePerson(app.db)];
  const ids = people.map((person) => person.id);
  const long = addMinutes(monday9, -(retention.inactivePerson + 1) * 1440);
  await app.db.updateTable('person').set({ created_at: long }).where('id', 'in', ids).execute();
  const kept = async () =>
    (
      await app.db.selectFrom('person').select('id').where('id', 'in', ids).where('erased_at', 'is', null).execute()
    ).map((row) => row.id);
  await broken('person', `id <> '${ids[0]}' or erased_at is null`, async () => {
    await expect(tidy(app.ctx())).rejects.toThrow('broken');
    expect(await kept()).toEqual([ids[0]]);
  });
  await tidy(app.ctx());
  expect(await kept()).toEqual([]);
});
