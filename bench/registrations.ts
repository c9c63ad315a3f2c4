import type { Db } from '../src/core/db.ts';
import { newId, newReference } from '../src/core/ids.ts';
import { register } from '../src/modules/registrations/index.ts';
import { makePeople, notKept, openRecorder, type Person, type Statement, sendRaw } from './bookings.ts';
import { type Ground, inParallel, median, openSite, percentile, startServer } from './ground.ts';

type Wish = { person: Person; sessionId: string };

const seats = 12;

/** Registers the token's owner by the API for a session, by its id or reference; anything but 201 is a fault of the bench. */
export async function registerOver(
  url: string,
  token: string,
  session: string,
): Promise<{ status: string; rank?: number | null }> {
  const answer = await fetch(`${url}/api/v1/sessions/${session}/registrations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ people: [{ name: 'Bench' }] }),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`A registration was refused: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** Coming sessions of twelve seats. */
async function makeSessions(db: Db, count: number): Promise<string[]> {
  const siteId = await openSite(db, { slug: `bench-${newId().slice(-6)}`, name: 'Bench', opens: 0, closes: 1440 });
  const start = new Date(Date.now() + 20 * 86_400_000);
  const ids = Array.from({ length: count }, () => newId());
  await db
    .insertInto('session')
    .values(
      ids.map((id) => ({
        id,
        reference: newReference(),
        kind: 'workshop' as const,
        title: JSON.stringify({ fr: 'Bench' }),
        site_id: siteId,
        starts_at: start,
        ends_at: new Date(start.getTime() + 7_200_000),
        time_zone: 'Europe/Paris',
        seats,
        status: 'published' as const,
        published_at: new Date(),
        created_at: new Date(),
      })),
    )
    .execute();
  await db
    .insertInto('seat')
    .values(ids.flatMap((id) => Array.from({ length: seats }, (_, index) => ({ session_id: id, number: index + 1 }))))
    .execute();
  return ids;
}

/** One wish for each seat of each session, by somebody else each time. */
const wishesFor = (sessions: string[], persons: Person[]): Wish[] =>
  Array.from({ length: sessions.length * seats }, (_, index) => ({
    sessionId: sessions[index % sessions.length]!,
    person: persons[Math.floor(index / sessions.length)]!,
  }));

/**
 * What one registration sends to the database, statement by statement. All are recorded in one transaction, so that each is
 * given a seat of its own, as it would be; nothing of it is kept.
 */
async function recordStatements(ground: Ground, list: Wish[]): Promise<Statement[][]> {
  const recorder = await openRecorder(ground);
  const recorded: Statement[][] = [];
  await notKept(recorder.db, async (db) => {
    for (const { person, sessionId } of list) {
      recorder.take();
      await register(
        { ...recorder.contextOf(person), db },
        {
          sessionIds: [sessionId],
          kind: 'self',
          person: { id: person.id },
          attendees: [{ self: true }],
          channel: 'api',
        },
      );
      recorded.push(recorder.take());
    }
  });
  await recorder.end();
  return recorded;
}

/** Registrations per second over HTTP beside the same statements sent raw, turn by turn, several rounds of each. */
export async function benchRegistrations(ground: Ground): Promise<string[]> {
  const lanes = 20;
  const rounds = 6;
  const persons = await makePeople(ground.db, seats);
  const raw: number[] = [];
  const http: number[] = [];
  const times: number[] = [];
  const server = await startServer(ground.env);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const recorded = await recordStatements(ground, wishesFor(await makeSessions(ground.db, 50), persons));
      const rawRate = await sendRaw(ground, recorded, lanes);
      const list = wishesFor(await makeSessions(ground.db, 50), persons);
      const seconds = await inParallel(list, lanes, async ({ person, sessionId }) => {
        const sent = performance.now();
        const { status } = await registerOver(server.url, person.token, sessionId);
        if (status !== 'registered') throw new Error(`Somebody was left without a seat: ${status}`);
        times.push(performance.now() - sent);
      });
      // The first round warms both up.
      if (round > 0) {
        raw.push(rawRate);
        http.push(list.length / seconds);
      }
    }
  } finally {
    await server.stop();
  }
  const ratio = median(http.map((rate, index) => rate / raw[index]!));
  const spread = (rates: number[]) =>
    `${median(rates).toFixed(0)}/s (${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)})`;
  return [
    `registrations over HTTP: ${spread(http)}, answer median ${median(times).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms, ${lanes} at once`,
    `same statements raw: ${spread(raw)}, ${lanes} connections`,
    `ratio: ${(ratio * 100).toFixed(0)} % (goal: 40 %)`,
  ];
}

/** The last seats: twelve of them, asked for by fifty at once; how many sit, how those who wait are told, and in how long. */
export async function benchSeats(ground: Ground): Promise<string[]> {
  const persons = await makePeople(ground.db, 50);
  const sessions = await makeSessions(ground.db, 20);
  const spent: number[] = [];
  let fair = 0;
  const server = await startServer(ground.env);
  try {
    for (const sessionId of sessions) {
      const started = performance.now();
      const told = await Promise.all(persons.map(({ token }) => registerOver(server.url, token, sessionId)));
      spent.push(performance.now() - started);
      const ranks = told.flatMap(({ status, rank }) => (status === 'waiting' ? [rank ?? 0] : []));
      const inOrder = ranks.sort((a, b) => a - b).every((rank, index) => rank === index + 1);
      if (told.filter(({ status }) => status === 'registered').length === seats && inOrder) fair += 1;
    }
  } finally {
    await server.stop();
  }
  return [
    `race of 50 for 12 seats: exactly 12 sit and 38 wait, each told a turn of their own, in ${fair} of ${sessions.length} rounds, a round in ${median(spent).toFixed(0)} ms (median)`,
  ];
}
