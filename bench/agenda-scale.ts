import { sql } from 'kysely';
import { connect } from '../src/core/db.ts';
import { makeTokens } from './bookings.ts';
import { type Ground, inParallel, makeGround, median, percentile, startServer } from './ground.ts';
import { registerOver } from './registrations.ts';

/** Ten times the sites, each for ten times as long: what a territory becomes when it grows and lasts. */
export type Size = { sites: number; days: number };
const once: Size = { sites: 10, days: 100 };
const hundredfold: Size = { sites: 100, days: 1_000 };

/** Of the days, those still to come. */
const ahead = 50;
const seats = 24;
const comers = 20;

export const sessionsOf = ({ sites, days }: Size): number => sites * days;

/** A share of the sizes, for a look at whether it runs: `BENCH_SHARE=0.1`. */
const share = Number(process.env.BENCH_SHARE ?? 1);

/**
 * Fills a territory: one session a day at each site, lines, audiences and communes in turn, 24 seats each, of which 20 are had
 * by as many people, each of whom comes ten times. Loaded as the database's owner, with the checks of keys put off: all of it is
 * computed from numbers, and stands as they would have it.
 */
export async function fillAgenda(ground: Ground, size: Size): Promise<void> {
  const db = connect(ground.embedded.url, { max: 1, searchPath: 'territory_demo,extensions' });
  const today = new Date();
  today.setUTCHours(0, 0, 0, 0);
  const first = new Date(today.getTime() - (size.days - ahead) * 86_400_000);
  const people = (sessionsOf(size) * comers) / 10;
  try {
    await sql`set session_replication_role = replica`.execute(db);
    await sql`
      insert into site (id, slug, kind, name, summary, how_to_come, accessibility, time_zone, closed_on_holidays, rules, commune_code, lat, lon)
      select md5('s' || n)::uuid, 'scale-' || n, 'mini_station', jsonb_build_object('fr', 'Site ' || n), '{}', '{}', '{}',
        'Europe/Paris', false, '{}', c.code, c.lat, c.lon
      from generate_series(1, ${size.sites}::int) n
        join (select code, lat, lon, row_number() over (order by code) as turn, count(*) over () as all_of_them from commune
          where lat is not null and country = 'FR') c on c.turn = 1 + n % c.all_of_them`.execute(db);
    await sql`
      insert into session (id, reference, kind, line_id, title, summary, description, site_id, starts_at, ends_at, time_zone,
        seats, audience, age_min, age_max, price_kind, status, published_at, created_at)
      select md5('d' || n || ' ' || d)::uuid, upper(translate(left(md5('d' || n || ' ' || d), 10), '01', '23')), 'workshop', l.id,
        jsonb_build_object('fr', 'Atelier ' || n || ', ' || d), jsonb_build_object('fr', 'Ce qu’on y fait, en une phrase.'),
        jsonb_build_object('fr', repeat('Ce qu’on y apprend. ', 10)), md5('s' || n)::uuid,
        ${first}::timestamptz + d * interval '1 day' + (8 + n % 9) * interval '1 hour',
        ${first}::timestamptz + d * interval '1 day' + (10 + n % 9) * interval '1 hour', 'Europe/Paris', ${seats}::int,
        case when n % 5 = 0 then 'ages' else 'all' end, case when n % 5 = 0 then 8 end, case when n % 5 = 0 then 12 end,
        'free', 'published', ${first}, ${first}
      from generate_series(1, ${size.sites}::int) n cross join generate_series(0, ${size.days - 1}::int) d
        join (select id, row_number() over (order by rank, slug) as turn, count(*) over () as all_of_them from line) l
          on l.turn = 1 + (n + d) % l.all_of_them`.execute(db);
    await sql`
      insert into seat (session_id, number) select s.id, k from session s, generate_series(1, ${seats}::int) k
      where not s.demonstration`.execute(db);
    await sql`
      insert into person (id, name, email, language, created_at, confirmed_at)
      select md5('p' || n)::uuid, 'Personne ' || n, 'p' || n || '@scale.example', 'fr', ${first}, ${first}
      from generate_series(0, ${people - 1}::int) n`.execute(db);
    // Who comes to the n-th session are the next twenty in a round of all people.
    await sql`
      insert into registration (id, reference, session_id, person_id, kind, status, places, channel, created_at, registered_at)
      select md5(s.id::text || k)::uuid, left(md5(s.id::text || k), 20), s.id,
        md5('p' || ((s.turn * ${comers}::int + k) % ${people}::int))::uuid, 'self', 'registered', 1, 'web',
        s.starts_at - interval '9 days', s.starts_at - interval '9 days'
      from (select id, starts_at, row_number() over (order by starts_at, id) as turn from session where not demonstration) s,
        generate_series(1, ${comers}::int) k`.execute(db);
    await sql`
      insert into attendee (id, registration_id, session_id, seat, person_id)
      select md5('a' || r.id)::uuid, r.id, r.session_id, row_number() over (partition by r.session_id order by r.id), r.person_id
      from registration r join session s on s.id = r.session_id and not s.demonstration`.execute(db);
    await sql`set session_replication_role = origin`.execute(db);
    await sql`vacuum analyze`.execute(db);
  } finally {
    await db.destroy();
  }
}

/** What people ask of the agenda; each has an address of its own, and none is answered from the pages kept. */
const questions: Record<string, (index: number, places: { day: string; commune: string; site: string }) => string> = {
  plain: () => '',
  day: (_, { day }) => `jour=${day}`,
  near: (_, { commune }) => `pres=${commune}&km=10`,
  site: (_, { site }) => `site=${site}`,
  free: (_, { day }) => `places=2&jour=${day}`,
  age: () => 'age=9',
};

type Measured = { agenda: number[]; byQuestion: Record<string, number[]>; registration: number[] };

async function measure(ground: Ground, size: Size): Promise<Measured> {
  const { db } = ground;
  const tokens = await makeTokens(db, 20);
  const now = new Date();
  const { rows: coming } = await sql<{ reference: string }>`
    select s.reference from session s where not s.demonstration and s.audience = 'all' and s.starts_at > ${new Date(now.getTime() + 3 * 86_400_000)}
    order by s.starts_at, s.id limit 400`.execute(db);
  const communes = await db.selectFrom('commune').select('code').where('country', '=', 'FR').orderBy('code').execute();
  const server = await startServer(ground.env);
  const byQuestion: Measured['byQuestion'] = {};
  const registration: number[] = [];
  const kinds = Object.keys(questions);
  const oneQuestion = async (index: number) => {
    const kind = kinds[index % kinds.length]!;
    const asked = questions[kind]!(index, {
      day: new Date(now.getTime() + (1 + (index % 40)) * 86_400_000).toISOString().slice(0, 10),
      commune: communes[(index * 7) % communes.length]!.code,
      site: `scale-${1 + (index % size.sites)}`,
    });
    const sent = performance.now();
    // With a cookie, so that no answer comes from the pages kept for those nobody knows.
    const answer = await fetch(`${server.url}/fr/agenda?${asked}`, { headers: { cookie: 'other=1' } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`agenda ${asked}: ${answer.status}`);
    return { kind, ms: performance.now() - sent };
  };
  // Four seats are left in each session: everybody who asks has one.
  const oneRegistration = async (index: number) => {
    const sent = performance.now();
    await registerOver(
      server.url,
      tokens[index % tokens.length]!,
      coming[Math.floor(index / 4) % coming.length]!.reference,
    );
    return performance.now() - sent;
  };
  try {
    const turns = Array.from({ length: 720 }, (_, index) => index);
    await inParallel(turns.slice(0, 240), 2, async (index) => void (await oneQuestion(index)));
    await inParallel(turns, 2, async (index) => {
      const { kind, ms } = await oneQuestion(index);
      byQuestion[kind] = [...(byQuestion[kind] ?? []), ms];
    });
    await inParallel(turns.slice(0, 200), 2, async (index) => void (await oneRegistration(index)));
    await inParallel(turns.slice(200), 2, async (index) => void registration.push(await oneRegistration(index)));
  } finally {
    await server.stop();
  }
  return { agenda: Object.values(byQuestion).flat(), byQuestion, registration };
}

/** The agenda and a registration at 1x and at 100x the data, in one run. */
export async function benchAgendaScale(): Promise<string[]> {
  const results: { size: Size; measured: Measured }[] = [];
  for (const whole of [once, hundredfold]) {
    const size = { ...whole, days: Math.max(ahead + 10, Math.round(whole.days * share)) };
    const ground = await makeGround();
    try {
      await fillAgenda(ground, size);
      results.push({ size, measured: await measure(ground, size) });
    } finally {
      await ground.end();
    }
  }
  const [small, large] = results as [(typeof results)[0], (typeof results)[0]];
  const amount = (size: Size) => `${sessionsOf(size)} sessions and ${sessionsOf(size) * comers} registrations`;
  const compare = (before: number[], after: number[]) =>
    `p95 ${percentile(before, 0.95).toFixed(1)} → ${percentile(after, 0.95).toFixed(1)} ms: ratio ${(percentile(after, 0.95) / percentile(before, 0.95)).toFixed(2)}, medians ${median(before).toFixed(1)} → ${median(after).toFixed(1)} ms`;
  return [
    `${amount(small.size)} beside ${amount(large.size)} (goal of each ratio: 1.5)`,
    `agenda, six questions in turn: ${compare(small.measured.agenda, large.measured.agenda)}`,
    ...Object.keys(questions).map(
      (kind) =>
        `agenda, ${kind}: ${compare(small.measured.byQuestion[kind] ?? [], large.measured.byQuestion[kind] ?? [])}`,
    ),
    `registration: ${compare(small.measured.registration, large.measured.registration)}`,
  ];
}
