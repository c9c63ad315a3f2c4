import { describe, expect, test } from 'vitest';
import { freePort } from '../harness/port.ts';
import { bookOn, type Load, makeLoad, pause, start, statusOf, useProgram } from './ground.ts';
import { expectWhole } from './proof.ts';

let load: Load;
const house = useProgram(async (db) => {
  load = await makeLoad(db, 8, 6);
});

describe('Under a load of bookings', () => {
  test('the server and its database are killed ten times each: nothing is lost, nothing is double', async () => {
    const booking = bookOn(house.url, load, 4);
    const answered = () => booking.outcomes.length;
    const more = async (count: number) => {
      const from = answered();
      await house.until('more bookings', async () => answered() >= from + count);
    };
    await more(10);
    for (let fall = 0; fall < 10; fall += 1) {
      await house.fall();
      await more(6);
      // Not always at the same point of a booking.
      await pause(fall * 7);
      await house.databaseFalls();
      await more(6);
      await pause(fall * 7);
    }
    const outcomes = await booking.stop();
    expect(outcomes.some((one) => one.tries > 1)).toBe(true);
    expect(outcomes.some((one) => one.status === 409)).toBe(true);
    await expectWhole(house.tables, house.url, outcomes);
  }, 120_000);

  test('a second start says that Quai runs, and changes nothing', async () => {
    const before = await house.pid();
    const again = start(house.env);
    expect(await again.ended).toEqual({ code: 0, signal: null });
    expect(again.said()).toContain('already runs');
    // On another port too: the data are in use.
    const elsewhere = start({ ...house.env, PORT: String(await freePort()) });
    expect(await elsewhere.ended).toEqual({ code: 0, signal: null });
    expect(elsewhere.said()).toContain('already runs');
    expect(await house.pid()).toBe(before);
    expect(await statusOf(`${house.url}/readyz`)).toBe(200);
  }, 30_000);
});
