import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Turns } from './turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('without a nudge the work is done each second', async () => {
  let done = 0;
  const turns = new Turns(async () => {
    done += 1;
  });
  turns.start();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(done).toBe(4);
  await turns.stop();
});

test('nudged again and again, the work is done all the same', async () => {
  let done = 0;
  const turns = new Turns(async () => {
    done += 1;
  });
  turns.start();
  for (let each = 0; each < 100; each += 1) {
    turns.nudge();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(done).toBeGreaterThan(10);
  await turns.stop();
});

test('nudged during a turn, one turn follows it, and the pace is as before', async () => {
  let [done, under, most] = [0, 0, 0];
  const turns = new Turns(async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 200));
    under -= 1;
    done += 1;
  });
  turns.start();
  for (let each = 0; each < 5; each += 1) {
    turns.nudge();
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(most).toBe(1);
  const before = done;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(done - before).toBeLessThanOrEqual(11);
  await turns.stop();
  const stopped = done;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(done).toBe(stopped);
});
