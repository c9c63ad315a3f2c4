import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import pg from 'pg';
import { it } from 'vitest';
import { connect } from '../../src/core/db.ts';
import { newId, newReference } from '../../src/core/ids.ts';
import { reserve } from '../../src/modules/booking/index.ts';
import { cloneDatabase } from '../harness/cluster.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite } from '../harness/make.ts';

it('perf', { timeout: 180_000 }, async () => {
  const clone = await cloneDatabase();
  const out: string[] = [];
  const pgCpu = () => readdirSync('/proc').filter((d) => /^\d+$/.test(d)).reduce((sum, d) => {
    try { const st = readFileSync(`/proc/${d}/stat`, 'utf8'); if (!st.includes('(postgres)')) return sum;
      const cmd = readFileSync(`/proc/${d}/cmdline`, 'utf8'); if (!cmd.includes(new URL(clone.url).pathname.slice(1))) return sum;
      const f = st.slice(st.lastIndexOf(')') + 2).split(' '); return sum + (Number(f[11]) + Number(f[12])) * 10; } catch { return sum; } }, 0);
  const db = connect(clone.url, { max: 50 });
  const site = await makeSite(db);
  const person = await makePerson(db);
  const ctx = makeCtx(db, { actor: actorOf(person) });
  const N = 300;
  const rooms: Awaited<ReturnType<typeof makeResource>>[] = [];
  for (let n = 0; n < N; n += 1) rooms.push(await makeResource(db, site.id));
  const hours = ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:00', '19:00'];
  const item = (room: { id: string }, h: number, day = '2026-11-24') => ({ resourceId: room.id, start: at(day, hours[h]!), end: new Date(at(day, hours[h]!).getTime() + 3600_000) });
  const one = (room: { id: string }, h: number, day?: string) => reserve(ctx, { items: [item(room, h, day)], people: 1, person: { id: person.id }, channel: 'api' });
  for (let n = 0; n < 30; n += 1) await one(rooms[n]!, 0);
  let t = performance.now();
  for (let n = 30; n < 230; n += 1) await one(rooms[n]!, 0);
  out.push(`sequential ${((performance.now() - t) / 200).toFixed(2)} ms`);
  // where the time goes
  const single = connect(clone.url, { max: 1 });
  const c1 = { ...ctx, db: single };
  for (let n = 0; n < 20; n += 1) await reserve(c1, { items: [item(rooms[n]!, 1)], people: 1, person: { id: person.id }, channel: 'api' });
  const orig = pg.Client.prototype.query;
  const times = new Map<string, number[]>();
  // biome-ignore lint/suspicious/noExplicitAny: measure
  (pg.Client.prototype as any).query = function (...args: any[]) {
    const text = typeof args[0] === 'string' ? args[0] : args[0].text;
    const start = performance.now();
    // biome-ignore lint/suspicious/noExplicitAny: measure
    const result = (orig as any).apply(this, args);
    // biome-ignore lint/suspicious/noExplicitAny: measure
    const note = () => { const k = String(text).replace(/\s+/g, ' ').trim().slice(0, 60); times.set(k, [...(times.get(k) ?? []), performance.now() - start]); };
    if (result?.then) result.then(note, note);
    return result;
  };
  t = performance.now();
  for (let n = 20; n < 220; n += 1) await reserve(c1, { items: [item(rooms[n]!, 1)], people: 1, person: { id: person.id }, channel: 'api' });
  out.push(`sequential one connection ${((performance.now() - t) / 200).toFixed(2)} ms`);
  pg.Client.prototype.query = orig;
  for (const r of (await sql<{ s: string; g: number; c: number }>`select left(regexp_replace(statement, '\s+', ' ', 'g'), 50) as s, generic_plans as g, custom_plans as c from pg_prepared_statements`.execute(single)).rows) out.push(`  ${r.g} generic ${r.c} custom ${r.s}`);
  for (const [k, v] of times) out.push(`  ${(v.reduce((a, b) => a + b, 0) / 200).toFixed(3)} ms/booking x${v.length / 200} ${k}`);
  {
    const things = (await import('../../src/modules/booking/booking.store.ts')).loadThings;
    const open = (await import('../../src/modules/finding/openings.ts')).openings;
    for (const [name, f] of [['things', () => things(single, [rooms[5]!.id])], ['openings', () => open(c1, { resourceIds: [rooms[5]!.id], from: at('2026-11-23', '00:00'), to: at('2026-11-25', '00:00') })], ['select 1', () => sql`select 1`.execute(single)]] as const) {
      const p1 = pgCpu(); const t1 = performance.now(); const c9 = process.cpuUsage();
      for (let k = 0; k < 1000; k += 1) await f();
      const c = process.cpuUsage(c9);
      out.push(`  ${name}: wall ${((performance.now() - t1) / 1000).toFixed(3)} pg ${((pgCpu() - p1) / 1000).toFixed(3)} node ${((c.user + c.system) / 1e6).toFixed(3)}`);
    }
  }
  // 50 connections
  const warm = Array.from({ length: 50 }, async (_, n) => { for (let k = 0; k < 8; k += 1) await one(rooms[(n * 6 + (k % 6)) % 300]!, 2 + Math.floor(k / 6)); });
  await Promise.all(warm);
  const total = 1500; let c0 = process.cpuUsage(); let p0 = pgCpu();
  let next = 0;
  t = performance.now();
  await Promise.all(Array.from({ length: 50 }, async () => { for (;;) { const n = next++; if (n >= total) return; await one(rooms[n % 300]!, 4 + Math.floor(n / 300)); } }));
  out.push(`50 connections: ${(total / ((performance.now() - t) / 1000)).toFixed(0)} bookings/s`);
  { const c = process.cpuUsage(c0); out.push(`  node ${((c.user + c.system) / 1000 / total).toFixed(2)} ms/booking, postgres ${((pgCpu() - p0) / total).toFixed(2)}`); }
  // raw
  const text = `with b as (insert into booking (id, reference, resource_id, person_id, status, starts_at, ends_at, channel, created_at) values ($1,$2,$3,$4,'confirmed',$5,$6,'api',$7)),
   a as (insert into allocation (id, unit_id, during, cause_kind, cause_id) values ($8,$9,tstzrange($5,$6),'booking',$1)),
   j as (insert into journal (id, occurred_at, recorded_at, kind, subject_kind, subject_id) values ($10,$7,$7,'booking.confirmed','booking',$1)),
   o as (insert into outbox (id, topic, payload, created_at, due_at) values ($11,'booking.confirmed','{}',$7,$7)) select 1`;
  const pool = new pg.Pool({ connectionString: clone.url, max: 50 });
  const raw = async (n: number) => {
    const client = await pool.connect();
    const room = rooms[n % 300]!;
    const it = item(room, Math.floor(n / 300), '2026-11-25');
    await client.query('begin');
    await client.query({ name: 'l', text: 'select pg_advisory_xact_lock(hashtextextended($1,0))', values: [room.id] });
    await client.query({ name: 'i', text, values: [newId(), newReference(), room.id, person.id, it.start, it.end, ctx.now, newId(), room.units[0], newId(), newId()] });
    await client.query('commit');
    client.release();
  };
  next = 0;
  await Promise.all(Array.from({ length: 300 }, (_, n) => raw(n)));
  next = 300; c0 = process.cpuUsage(); p0 = pgCpu();
  t = performance.now();
  await Promise.all(Array.from({ length: 50 }, async () => { for (;;) { const n = next++; if (n >= 3300) return; await raw(n); } }));
  out.push(`raw 50 connections: ${(3000 / ((performance.now() - t) / 1000)).toFixed(0)} bookings/s`);
  { const c = process.cpuUsage(c0); out.push(`  raw node ${((c.user + c.system) / 1000 / 3000).toFixed(2)} ms/booking, postgres ${((pgCpu() - p0) / 3000).toFixed(2)}`); }
  await pool.end();
  await single.destroy();
  await db.destroy();
  await clone.drop();
  console.warn(out.join('\n'));
  void sql;
});
