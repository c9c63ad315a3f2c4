import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Clone, cloneDatabase } from '../../test/harness/cluster.ts';
import { connect, type Db } from './db.ts';
import { Refusal } from './errors.ts';
import { limit, limitOften } from './limits.ts';

let clone: Clone;
let one: Db;
let other: Db;
const now = new Date('2026-11-23T08:00:30Z');

beforeAll(async () => {
  clone = await cloneDatabase();
  // Two pools are two processes: each takes its own shares.
  one = connect(clone.url, { max: 4 });
  other = connect(clone.url, { max: 4 });
});

afterAll(async () => {
  await Promise.all([one.destroy(), other.destroy()]);
  await clone.drop();
});

async function passes(calls: (() => Promise<void>)[]): Promise<number> {
  const done = await Promise.all(
    calls.map((call) =>
      call().then(
        () => 1,
        (error) => {
          expect(error).toBeInstanceOf(Refusal);
          return 0;
        },
      ),
    ),
  );
  return done.reduce<number>((sum, passed) => sum + passed, 0);
}

describe('a limit', () => {
  test.each([
    ['counted one by one', limit],
    ['counted by shares', limitOften],
  ])('%s lets through what it says, then nothing until the next window', async (name, counted) => {
    const rule = { name, hits: 45, minutes: 1 };
    const calls = (at: Date) => Array.from({ length: 60 }, () => () => counted({ db: one, now: at }, rule, 'somebody'));
    let passed = 0;
    for (const call of calls(now)) passed += await passes([call]);
    expect(passed).toBe(45);
    expect(await passes([() => counted({ db: one, now }, rule, 'somebody else')])).toBe(1);
    expect(await passes([calls(new Date(now.getTime() + 60_000))[0]!])).toBe(1);
  });

  test('counted by shares is never passed, whatever comes at once and from where', async () => {
    const rule = { name: 'crowd', hits: 50, minutes: 1 };
    const calls = Array.from(
      { length: 150 },
      (_, index) => () => limitOften({ db: index % 2 ? one : other, now }, rule, 'somebody'),
    );
    const passed = await passes(calls);
    expect(passed).toBeLessThanOrEqual(50);
    expect(passed).toBeGreaterThan(40);
  });
});
