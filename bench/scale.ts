import { sql } from 'kysely';
import { newId } from '../src/core/ids.ts';
import { makeTokens } from './bookings.ts';
import { type Ground, inParallel, makeGround, median, percentile, startServer } from './ground.ts';

type Size = { resources: number; allocations: number };
const once: Size = { resources: 50, allocations: 20_000 };
const hundredfold: Size = { resources: 5_000, allocations: 2_000_000 };

/**
 * Fills a territory: sites of 10 rooms around, and as many past and coming bookings as asked, two hours each, none overlapping.
 * Bookings of a room lie day after day around today, four a day.
 */
async function fill(ground: Ground, size: Size): Promise<void> {
  const { db } = ground;
  const sites = size.resources / 10;
  const each = size.allocations / size.resources;
  const siteIds = Array.from({ length: sites }, () => newId());
  await sql`
    insert into site (id, slug, kind, name, summary, how_to_come, accessibility, time_zone, closed_on_holidays, rules, lat, lon)
    select id, 'scale-' || n, 'mini_station', jsonb_build_object('fr', 'Site ' || n), '{}', '{}', '{}', 'Europe/Paris', false, '{}',
      50.4 + (n * 7919 % 1000) / 1400.0, 1.9 + (n * 104729 % 1000) / 1000.0
    from unnest(${siteIds}::uuid[]) with ordinality s (id, n)`.execute(db);
  await sql`
    insert into opening_rule (id, site_id, weekday, opens, closes)
    select md5(s.id::text || w)::uuid, s.id, w, 480, 1200 from site s, generate_series(1, 7) w where s.slug like 'scale-%'`.execute(
    db,
  );
  await sql`
    insert into resource (id, slug, site_id, kind, name, summary, equipment, requirement, needs, capacity, rules, price_kind)
    select md5('r' || s.id || n)::uuid, s.slug || '-' || n, s.id, 'meeting_room', jsonb_build_object('fr', 'Salle ' || n), '{}', '[]', '{}', '{meet}', 8,
      '{"personAtOnce": 100000, "ownOverlaps": true, "horizonDays": 400}', 'free'
    from site s, generate_series(1, 10) n where s.slug like 'scale-%'`.execute(db);
  await sql`insert into unit (id, resource_id, label) select md5('u' || r.id)::uuid, r.id, '1' from resource r where r.slug like 'scale-%'`.execute(
    db,
  );
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'habitant@quai.example')
    .executeTakeFirstOrThrow();
  const today = new Date();
  today.setUTCHours(0, 0, 0, 0);
  const first = new Date(today.getTime() - (each / 4 - 30) * 86_400_000);
  await sql`alter table allocation drop constraint allocation_no_overlap`.execute(db);
  await sql`
    insert into booking (id, reference, resource_id, person_id, status, starts_at, ends_at, channel, created_at)
    select md5('b' || r.id || n)::uuid, left(md5('b' || r.id || n), 20), r.id, ${person.id}, 'confirmed',
      ${first}::timestamptz + (n / 4) * interval '1 day' + (8 + (n % 4) * 3) * interval '1 hour',
      ${first}::timestamptz + (n / 4) * interval '1 day' + (10 + (n % 4) * 3) * interval '1 hour', 'demonstration', ${first}
    from resource r, generate_series(0, ${each - 1}::int) n where r.slug like 'scale-%'`.execute(db);
  await sql`
    insert into allocation (id, unit_id, during, cause_kind, cause_id)
    select md5('a' || b.id)::uuid, u.id, tstzrange(b.starts_at, b.ends_at), 'booking', b.id
    from booking b join unit u on u.resource_id = b.resource_id join resource r on r.id = b.resource_id where r.slug like 'scale-%'`.execute(
    db,
  );
  await sql`alter table allocation add constraint allocation_no_overlap exclude using gist (unit_id with =, during with &&)`.execute(
    db,
  );
  await sql`analyze`.execute(db);
}

async function measure(ground: Ground): Promise<{ search: number[]; booking: number[] }> {
  const tokens = await makeTokens(ground.db, 20);
  const rooms = await ground.db
    .selectFrom('resource')
    .select('slug')
    .where('slug', 'like', 'scale-%')
    .limit(2_000)
    .execute();
  const towns = await ground.db.selectFrom('commune').select('code').where('country', '=', 'FR').execute();
  const server = await startServer(ground.env);
  const search: number[] = [];
  const booking: number[] = [];
  const base = new Date();
  base.setUTCHours(0, 0, 0, 0);
  try {
    const oneSearch = async (index: number) => {
      const day = new Date(base.getTime() + (1 + (index % 20)) * 86_400_000).toISOString().slice(0, 10);
      const sent = performance.now();
      const answer = await fetch(
        `${server.url}/fr/trouver?besoin=meet&jour=${day}&duree=60&pres=${towns[index % towns.length]!.code}`,
        // With a cookie, so that no answer comes from the pages kept for those nobody knows.
        { headers: { cookie: 'other=1' } },
      );
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`search: ${answer.status}`);
      return performance.now() - sent;
    };
    // Past 40 days every room is free all day: each wish has an hour of its own.
    const oneBooking = async (index: number) => {
      const room = rooms[index % rooms.length]!;
      const start = new Date(base.getTime() + (40 + Math.floor(index / rooms.length)) * 86_400_000 + 10 * 3_600_000);
      const sent = performance.now();
      const answer = await fetch(`${server.url}/api/v1/bookings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[index % tokens.length]}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          resource: room.slug,
          start: start.toISOString(),
          end: new Date(start.getTime() + 3_600_000).toISOString(),
          people: 2,
        }),
      });
      if (answer.status !== 201) throw new Error(`booking: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
      return performance.now() - sent;
    };
    const turns = Array.from({ length: 700 }, (_, index) => index);
    await inParallel(turns.slice(0, 200), 2, async (index) => void (await oneSearch(index)));
    await inParallel(turns, 2, async (index) => void search.push(await oneSearch(index)));
    await inParallel(turns.slice(0, 200), 2, async (index) => void (await oneBooking(index)));
    await inParallel(turns.slice(200), 2, async (index) => void booking.push(await oneBooking(index)));
  } finally {
    await server.stop();
  }
  return { search, booking };
}

/** Search and booking at 1x and at 100x the data, in one run. */
export async function benchScale(): Promise<string[]> {
  const results: { size: Size; search: number[]; booking: number[] }[] = [];
  for (const size of [once, hundredfold]) {
    const ground = await makeGround();
    try {
      await fill(ground, size);
      results.push({ size, ...(await measure(ground)) });
    } finally {
      await ground.end();
    }
  }
  const [small, large] = results as [(typeof results)[0], (typeof results)[0]];
  const lineOf = (name: 'search' | 'booking') =>
    `${name}: p95 ${percentile(small[name], 0.95).toFixed(1)} ms with ${small.size.resources} resources and ${small.size.allocations} allocations, ` +
    `${percentile(large[name], 0.95).toFixed(1)} ms with ${large.size.resources} and ${large.size.allocations}: ratio ${(percentile(large[name], 0.95) / percentile(small[name], 0.95)).toFixed(2)} (goal: 1.5); ` +
    `medians ${median(small[name]).toFixed(1)} and ${median(large[name]).toFixed(1)} ms`;
  return [lineOf('search'), lineOf('booking')];
}
