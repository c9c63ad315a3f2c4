import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Clone, cloneDatabase } from '../../test/harness/cluster.ts';
import { makeCtx } from '../../test/harness/make.ts';
import type { Ctx } from './context.ts';
import { connect, type Db } from './db.ts';
import { Jobs } from './jobs.ts';
import { quietLog } from './log.ts';
import { later } from './outbox.ts';

let clone: Clone;
let db: Db;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = connect(clone.url, { max: 4 });
});
afterAll(async () => {
  await db.destroy();
  await clone.drop();
});

test('what is left for later is done, many a second, and what fails or is unknown holds back nothing', async () => {
  const done: number[] = [];
  const warn = vi.spyOn(quietLog, 'warn').mockImplementation(() => undefined);
  const handlers = {
    'essai.fait': async (_ctx: Ctx, payload: Record<string, unknown>) => void done.push(Number(payload.n)),
    'essai.casse': async () => {
      throw new Error('adresse@essai.example');
    },
  };
  const ctx = makeCtx(db, { now: new Date() });
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  await later(ctx, { topic: 'essai.casse', payload: {} }, { topic: 'essai.inconnu', payload: {} });
  await later(ctx, ...numbers.map((n) => ({ topic: 'essai.fait', payload: { n } })));
  const jobs = new Jobs({
    url: clone.url,
    territories: [
      { slug: 'perdu', context: () => Promise.reject(new Error('away')) },
      { slug: 'essai', context: async () => makeCtx(db, { now: new Date() }) },
    ],
    modules: [{ name: 'essai', handlers }],
    log: quietLog,
  });
  await jobs.start();
  const started = Date.now();
  await vi.waitFor(() => expect(done).toHaveLength(60), { timeout: 12_000, interval: 50 });
  // One job a turn would take fifteen seconds.
  expect(Date.now() - started).toBeLessThan(10_000);
  expect([...done].sort((a, b) => a - b)).toEqual(numbers);
  const told = warn.mock.calls.map(([what]) => what as { job?: string }).filter((what) => what.job);
  expect(told.map((what) => what.job).sort()).toEqual(['essai.casse', 'essai.inconnu']);
  expect(JSON.stringify(told)).not.toContain('adresse@');
  await jobs.stop();
  warn.mockRestore();
}, 40_000);
