import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { anonymous, type Ctx } from '../src/core/context.ts';
import type { Db } from '../src/core/db.ts';
import { hashSecret, newId, newToken } from '../src/core/ids.ts';
import { quietLog } from '../src/core/log.ts';
import { keepingPostman } from '../src/core/mail.ts';
import type { Database } from '../src/core/schema.ts';
import { gatherSentences } from '../src/core/sentences.ts';
import { readTerritory } from '../src/core/territories.ts';
import { reserve } from '../src/modules/booking/index.ts';
import { type Ground, inParallel, median, openSite, percentile, startServer } from './ground.ts';

export type Person = { id: string; token: string };
type Wish = { person: Person; resource: { id: string; slug: string }; start: Date; end: Date };
export type Statement = { text: string; values: unknown[] };

const hour = 3_600_000;

/** Rooms open day and night with no limit, and people with tokens, made for the measure. */
async function prepare(db: Db, rooms: number, people: number) {
  const siteId = await openSite(db, { slug: `bench-${newId().slice(-6)}`, name: 'Bench', opens: 0, closes: 1440 });
  const resources = Array.from({ length: rooms }, () => {
    const id = newId();
    return { id, slug: `bench-${id.slice(-10)}` };
  });
  await db
    .insertInto('resource')
    .values(
      resources.map(({ id, slug }) => ({
        id,
        slug,
        site_id: siteId,
        kind: 'meeting_room' as const,
        name: JSON.stringify({ fr: slug }),
        summary: '{}',
        equipment: '[]',
        requirement: '{}',
        capacity: 8,
        step_minutes: 60,
        price_kind: 'free' as const,
        rules: JSON.stringify({ horizonDays: 400, ownOverlaps: true, personAtOnce: 100_000 }),
      })),
    )
    .execute();
  await db
    .insertInto('unit')
    .values(resources.map(({ id }) => ({ id: newId(), resource_id: id, label: '1' })))
    .execute();
  return { resources, persons: await makePeople(db, people) };
}

/** The tokens of people who may book without limit. */
export const makeTokens = async (db: Db, count: number): Promise<string[]> =>
  (await makePeople(db, count)).map(({ token }) => token);

/** People with tokens, known to the house. */
export async function makePeople(db: Db, people: number): Promise<Person[]> {
  const now = new Date();
  const persons: Person[] = Array.from({ length: people }, () => ({ id: newId(), token: newToken() }));
  await db
    .insertInto('person')
    .values(
      persons.map(({ id }) => ({ id, name: 'Bench', email: `${id}@quai.example`, created_at: now, confirmed_at: now })),
    )
    .execute();
  const accounts = persons.map(({ id, token }) => ({ id: newId(), person_id: id, token }));
  await db
    .insertInto('account')
    .values(accounts.map(({ id, person_id }) => ({ id, person_id, created_at: now })))
    .execute();
  await db
    .insertInto('api_token')
    .values(
      accounts.map(({ id, token }) => ({
        id: newId(),
        account_id: id,
        name: 'bench',
        token_hash: hashSecret(token),
        scopes: ['places:read', 'bookings:read', 'bookings:write'],
        created_at: now,
      })),
    )
    .execute();
  return persons;
}

/** Wishes that never meet: each its own hour of a room. */
function wishes(made: Awaited<ReturnType<typeof prepare>>, count: number, firstDay: number): Wish[] {
  const base = Math.ceil(Date.now() / (24 * hour)) * 24 * hour + firstDay * 24 * hour;
  const list = Array.from({ length: count }, (_, index) => {
    const start = base + Math.floor(index / made.resources.length) * hour;
    return {
      person: made.persons[index % made.persons.length]!,
      resource: made.resources[index % made.resources.length]!,
      start: new Date(start),
      end: new Date(start + hour),
    };
  });
  return list;
}

/** A connection that writes down what is sent on it, and the context in which a person acts there. */
export async function openRecorder(ground: Ground) {
  const seen: Statement[] = [];
  const pool = new pg.Pool({ connectionString: ground.url, max: 1 });
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => void seen.push({ text: event.query.sql, values: [...event.query.parameters] }),
  });
  const territory = (await readTerritory(db))!;
  const contextOf = (person: Person): Ctx => ({
    db,
    now: new Date(),
    actor: { ...anonymous, kind: 'person', personId: person.id, name: 'Bench', email: `${person.id}@quai.example` },
    locale: 'fr',
    territory,
    publicUrl: 'http://localhost',
    secret: 'bench',
    sentences: gatherSentences([]),
    postman: keepingPostman(),
    files: undefined as never,
    log: quietLog,
  });
  /** What was sent since the last time, what only marks a place in the transaction aside. */
  const take = () => seen.splice(0).filter(({ text }) => !/savepoint/i.test(text));
  return { db, contextOf, take, end: () => db.destroy() };
}

/** Undoes a transaction once it has been recorded. */
export async function notKept(db: Db, work: (inside: Db) => Promise<void>): Promise<void> {
  await db
    .transaction()
    .execute(async (trx) => {
      await work(trx as unknown as Db);
      throw new Error('not kept');
    })
    .catch((error: Error) => {
      if (error.message !== 'not kept') throw error;
    });
}

/** What one booking sends to the database, statement by statement, as the command really sends it; nothing of it is kept. */
async function recordStatements(ground: Ground, list: Wish[]): Promise<Statement[][]> {
  const recorder = await openRecorder(ground);
  const recorded: Statement[][] = [];
  for (const wish of list) {
    await notKept(recorder.db, async (db) => {
      recorder.take();
      await reserve(
        { ...recorder.contextOf(wish.person), db },
        {
          items: [{ resourceId: wish.resource.id, start: wish.start, end: wish.end }],
          people: 2,
          person: { id: wish.person.id },
          channel: 'api',
        },
      );
      recorded.push(recorder.take());
    });
  }
  await recorder.end();
  return recorded;
}

/** Sends what was recorded again, each list in a transaction, by so many connections; returns how many a second. */
export async function sendRaw(ground: Ground, recorded: Statement[][], lanes: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: lanes }, async () => {
      const client = new pg.Client({ connectionString: ground.url });
      await client.connect();
      return client;
    }),
  );
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    if (!names.has(text)) names.set(text, `s${names.size}`);
    return names.get(text)!;
  };
  const seconds = await inParallel(recorded, lanes, async (statements, lane) => {
    const client = clients[lane]!;
    await client.query('begin');
    for (const { text, values } of statements)
      await client.query(values.length > 0 ? { name: nameOf(text), text, values } : text);
    await client.query('commit');
  });
  await Promise.all(clients.map((client) => client.end()));
  return recorded.length / seconds;
}

/** Bookings per second over HTTP beside the same statements sent raw, turn by turn, several rounds of each. */
export async function benchBookings(ground: Ground): Promise<string[]> {
  const made = await prepare(ground.db, 50, 100);
  const perRound = 600;
  const lanes = 20;
  const raw: number[] = [];
  const http: number[] = [];
  const times: number[] = [];
  const server = await startServer(ground.env);
  try {
    for (let round = 0; round < 6; round += 1) {
      const recorded = await recordStatements(ground, wishes(made, perRound, round * 40));
      const rawRate = await sendRaw(ground, recorded, lanes);
      const list = wishes(made, perRound, round * 40 + 20);
      const seconds = await inParallel(list, lanes, async (wish) => {
        const sent = performance.now();
        const answer = await fetch(`${server.url}/api/v1/bookings`, {
          method: 'POST',
          headers: { authorization: `Bearer ${wish.person.token}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            resource: wish.resource.slug,
            start: wish.start.toISOString(),
            end: wish.end.toISOString(),
            people: 2,
          }),
        });
        if (answer.status !== 201) throw new Error(`A booking was refused: ${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
        times.push(performance.now() - sent);
      });
      // The first round warms both up.
      if (round > 0) {
        raw.push(rawRate);
        http.push(perRound / seconds);
      }
    }
  } finally {
    await server.stop();
  }
  const ratio = median(http.map((rate, index) => rate / raw[index]!));
  return [
    `bookings over HTTP: ${median(http).toFixed(0)}/s (${Math.min(...http).toFixed(0)}–${Math.max(...http).toFixed(0)}), answer median ${median(times).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms, ${lanes} at once`,
    `same statements raw: ${median(raw).toFixed(0)}/s (${Math.min(...raw).toFixed(0)}–${Math.max(...raw).toFixed(0)}), ${lanes} connections`,
    `ratio: ${(ratio * 100).toFixed(0)} % (goal: 40 %)`,
  ];
}

/** The race itself: one hour of one room, asked by many at once; how many got it, and in how long. */
export async function benchRace(ground: Ground): Promise<string[]> {
  const made = await prepare(ground.db, 1, 50);
  const server = await startServer(ground.env);
  const winners: number[] = [];
  const spent: number[] = [];
  try {
    for (let round = 0; round < 20; round += 1) {
      const [wish] = wishes(made, 1, round);
      const started = performance.now();
      const statuses = await Promise.all(
        made.persons.map(async (person) => {
          const answer = await fetch(`${server.url}/api/v1/bookings`, {
            method: 'POST',
            headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
            body: JSON.stringify({
              resource: wish!.resource.slug,
              start: wish!.start.toISOString(),
              end: wish!.end.toISOString(),
              people: 1,
            }),
          });
          await answer.arrayBuffer();
          return answer.status;
        }),
      );
      spent.push(performance.now() - started);
      winners.push(statuses.filter((status) => status === 201).length);
      if (statuses.some((status) => status !== 201 && status !== 409))
        throw new Error(`An answer was neither yes nor taken: ${statuses}`);
    }
  } finally {
    await server.stop();
  }
  const fair = winners.filter((count) => count === 1).length;
  return [
    `race of 50 for one slot: exactly one winner in ${fair} of ${winners.length} rounds, a round in ${median(spent).toFixed(0)} ms (median)`,
  ];
}
