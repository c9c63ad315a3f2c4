import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bookOn,
  freePort,
  kept,
  type Load,
  makeFolder,
  makeLoad,
  opened,
  openTables,
  type Program,
  pause,
  start,
  statusOf,
  until,
} from './ground.ts';
import { expectWhole } from './proof.ts';

/** The program as `npm start` runs it, with its own database in a folder of its own. */
let folder: Awaited<ReturnType<typeof makeFolder>>;
let env: Record<string, string>;
let url: string;
let program: Program;
let database: Awaited<ReturnType<typeof kept>>;
let load: Load;

beforeAll(async () => {
  folder = await makeFolder();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = { DATA_DIR: folder.path, PORT: String(port), PUBLIC_URL: url };
  program = start(env);
  await opened(program, url);
  database = await kept(folder.path);
  const db = openTables(database.url);
  load = await makeLoad(db, 8, 6);
  await db.destroy();
}, 60_000);

afterAll(async () => {
  program?.process.kill('SIGTERM');
  const ended = await Promise.race([program?.ended, pause(15_000)]);
  program?.process.kill('SIGKILL');
  await folder?.remove();
  expect(ended).toEqual({ code: 0, signal: null });
}, 30_000);

describe('Under a load of bookings', () => {
  test('the server and its database are killed ten times each: nothing is lost, nothing is double', async () => {
    const booking = bookOn(url, load, 4);
    const answered = () => booking.outcomes.length;
    const more = async (count: number) => {
      const from = answered();
      await until('more bookings', async () => answered() >= from + count, program);
    };
    await more(10);
    for (let fall = 0; fall < 10; fall += 1) {
      program.process.kill('SIGKILL');
      await program.ended;
      program = start(env);
      await opened(program, url);
      await more(6);
      // Not always at the same point of a booking.
      await pause(fall * 7);
      process.kill(await database.pid(), 'SIGKILL');
      await opened(program, url);
      await more(6);
      await pause(fall * 7);
    }
    const outcomes = await booking.stop();
    expect(outcomes.some((one) => one.tries > 1)).toBe(true);
    expect(outcomes.some((one) => one.status === 409)).toBe(true);
    await expectWhole(database.url, url, outcomes);
  }, 120_000);

  test('a second start says that Quai runs, and changes nothing', async () => {
    const before = await database.pid();
    const again = start(env);
    expect(await again.ended).toEqual({ code: 0, signal: null });
    expect(again.said()).toContain('already runs');
    // On another port too: the data are in use.
    const elsewhere = start({ ...env, PORT: String(await freePort()) });
    expect(await elsewhere.ended).toEqual({ code: 0, signal: null });
    expect(elsewhere.said()).toContain('already runs');
    expect(await database.pid()).toBe(before);
    expect(await statusOf(`${url}/readyz`)).toBe(200);
  }, 30_000);
});
