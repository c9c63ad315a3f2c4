import { expect } from 'vitest';
import { ask, bookForSure, countOf, type Outcome, outboxEmpty, until } from './ground.ts';

/** What must be true of the tables after any fall: nothing confirmed is lost, nothing is double, nothing is half done. */
export async function expectWhole(tables: string, url: string, outcomes: readonly Outcome[]): Promise<void> {
  const booked = outcomes.filter((one) => one.status === 201);
  const refused = outcomes.filter((one) => one.status !== 201);
  expect(booked.length).toBeGreaterThan(20);
  expect(new Set(refused.map((one) => one.status))).toEqual(new Set(refused.length > 0 ? [409] : []));
  const ids = booked.map((one) => one.id!);
  expect(new Set(ids).size).toBe(ids.length);

  const kept = await ask<{ id: string; status: string; claims: number; told: number }>(
    tables,
    `select b.id, b.status,
       (select count(*)::int from allocation a where a.cause_kind = 'booking' and a.cause_id = b.id) as claims,
       (select count(*)::int from journal j where j.subject_id = b.id and j.kind = 'booking.confirmed') as told
     from booking b where b.channel = 'api'`,
  );
  // Exactly those that were answered: none lost, none that nobody was told of, none twice.
  expect(kept.map((row) => row.id).sort()).toEqual([...ids].sort());
  for (const row of kept) expect(row).toMatchObject({ status: 'confirmed', claims: 1, told: 1 });
  const overlaps = await ask(
    tables,
    'select a.id from allocation a join allocation b on a.unit_id = b.unit_id and a.id < b.id and a.during && b.during',
  );
  expect(overlaps).toEqual([]);
  const constraints = await countOf(
    tables,
    `select count(*)::int as count from pg_constraint where contype = 'x' and conrelid = 'allocation'::regclass and convalidated`,
  );
  expect(constraints).toBeGreaterThan(0);

  for (const one of [...booked.filter((each) => each.tries > 1), ...booked.slice(-5)]) {
    const again = await bookForSure(url, one.token, one.key, one.body);
    expect([again.status, again.id]).toEqual([201, one.id]);
  }
  // The work left for later is handed over, and done.
  await outboxEmpty(tables);
  await until('a mail', async () => (await countOf(tables, 'select count(*)::int as count from mail')) > 0);
}
