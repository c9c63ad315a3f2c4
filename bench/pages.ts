import { sql } from 'kysely';
import { hashSecret, newId, newToken } from '../src/core/ids.ts';
import { freePort } from '../test/harness/port.ts';
import {
  type Ground,
  inParallel,
  median,
  memoryMegabytes,
  openSite,
  percentile,
  processorSeconds,
  type Server,
  serverPid,
  startServer,
} from './ground.ts';

const hour = 3_600_000;

/** A site of 12 rooms with 60 bookings tomorrow, as the peers were measured with. */
async function makeBusySite(ground: Ground): Promise<{ slug: string; cookie: string; day: string }> {
  const { db } = ground;
  const now = new Date();
  const slug = `busy-${newId().slice(-6)}`;
  const siteId = await openSite(db, { slug, name: 'Busy', opens: 480, closes: 1200 });
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'admin@quai.example')
    .executeTakeFirstOrThrow();
  const day = new Date(Date.now() + 24 * hour).toISOString().slice(0, 10);
  for (let room = 0; room < 12; room += 1) {
    const id = newId();
    const unitId = newId();
    await db
      .insertInto('resource')
      .values({
        id,
        slug: `busy-${id.slice(-10)}`,
        site_id: siteId,
        kind: 'meeting_room',
        name: JSON.stringify({ fr: `Salle ${room + 1}` }),
        summary: '{}',
        equipment: '[]',
        requirement: '{}',
        rules: '{}',
        rank: room,
      })
      .execute();
    await db.insertInto('unit').values({ id: unitId, resource_id: id, label: '1' }).execute();
    for (let turn = 0; turn < 5; turn += 1) {
      const bookingId = newId();
      const starts = new Date(`${day}T${String(8 + turn * 2).padStart(2, '0')}:00:00+01:00`);
      const ends = new Date(starts.getTime() + hour + (turn % 2) * (hour / 2));
      await db
        .insertInto('booking')
        .values({
          id: bookingId,
          reference: bookingId.slice(-10).toUpperCase(),
          resource_id: id,
          person_id: person.id,
          status: 'confirmed',
          starts_at: starts,
          ends_at: ends,
          channel: 'demonstration',
          created_at: now,
          people: 4,
        })
        .execute();
      await db
        .insertInto('allocation')
        .values({
          id: newId(),
          unit_id: unitId,
          during: `[${starts.toISOString()},${ends.toISOString()})`,
          cause_kind: 'booking',
          cause_id: bookingId,
        })
        .execute();
    }
  }
  const account = await db
    .selectFrom('account')
    .select('id')
    .where('person_id', '=', person.id)
    .executeTakeFirstOrThrow();
  const token = newToken();
  await db
    .insertInto('account_session')
    .values({
      id: newId(),
      account_id: account.id,
      token_hash: hashSecret(token),
      created_at: now,
      last_used_at: now,
      expires_at: new Date(Date.now() + 24 * hour),
    })
    .execute();
  return { slug, cookie: `quai_session=${token}`, day };
}

type Asking = {
  headers?: Record<string, string>;
  /** What happens before each page; its processor time in the database is counted with the page's. */
  before?: () => Promise<unknown>;
  /** Makes each address another, so that no page was made before. */
  unlike?: boolean;
};

/** Processor time of one page, the database's included, over many; and how long each took. */
export async function cpuPerPage(
  ground: Ground,
  server: Server,
  path: string,
  { headers = {}, before, unlike }: Asking = {},
) {
  const roots = [server.process.pid!, await serverPid(ground.embedded.url)];
  let asked = 0;
  const ask = async () => {
    await before?.();
    asked += 1;
    const sent = performance.now();
    const answer = await fetch(server.url + path + (unlike ? `&n=${asked}` : ''), { headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return { ms: performance.now() - sent, size: text.length };
  };
  const list = Array.from({ length: 600 });
  await inParallel(list, 4, async () => void (await ask()));
  const figures: number[] = [];
  const times: number[] = [];
  let size = 0;
  for (let round = 0; round < 5; round += 1) {
    const spent = await processorSeconds(roots);
    await inParallel(list, 4, async () => {
      const one = await ask();
      times.push(one.ms);
      size = one.size;
    });
    figures.push(((await processorSeconds(roots)) - spent) * (1000 / list.length));
  }
  return {
    cpu: median(figures),
    low: Math.min(...figures),
    high: Math.max(...figures),
    p50: median(times),
    p95: percentile(times, 0.95),
    size,
  };
}

/** How such a page is told of. */
export const line = (name: string, one: Awaited<ReturnType<typeof cpuPerPage>>, goal = '') =>
  `${name}: ${one.cpu.toFixed(2)} ms of processor a page, database included (${one.low.toFixed(2)}–${one.high.toFixed(2)}), answer median ${one.p50.toFixed(1)} ms, p95 ${one.p95.toFixed(1)} ms at 4 at once, ${(one.size / 1024).toFixed(0)} kB of HTML${goal}`;

/** The pages people open all day, beside a static file served by the same process. */
export async function benchPages(ground: Ground): Promise<string[]> {
  const busy = await makeBusySite(ground);
  const server = await startServer(ground.env);
  try {
    const still = await cpuPerPage(ground, server, '/healthz');
    const planning = `/fr/equipe/${busy.slug}/planning?jour=${busy.day}`;
    const team = { headers: { cookie: busy.cookie } };
    const again = await cpuPerPage(ground, server, planning, team);
    // A transaction of somebody else, as small as one can be.
    const write = () => sql`select pg_current_xact_id()`.execute(ground.db);
    const elsewhere = await cpuPerPage(ground, server, planning, { ...team, before: write });
    const anew = await cpuPerPage(ground, server, planning, { ...team, unlike: true });
    const search = '/fr/trouver?besoin=meet&personnes=6&duree=120';
    // One who brings a cookie is not shown what is kept for those nobody knows: the page is made each time.
    const known = { headers: { cookie: 'other=1' } };
    const homeKept = await cpuPerPage(ground, server, '/fr');
    const homeMade = await cpuPerPage(ground, server, '/fr', known);
    const searchMade = await cpuPerPage(ground, server, search, known);
    return [
      line('the limit: an answer without database', still),
      line('planning of a day, 12 rooms, 60 bookings, asked again', again, ' (goal: under 2 ms)'),
      line('the same, somebody having written elsewhere before each page', elsewhere),
      line('the same, read and drawn each time', anew),
      line('home page, for visitors without a session', homeKept),
      line('home page, made each time', homeMade),
      line('search, made each time', searchMade),
    ];
  } finally {
    await server.stop();
  }
}

/** What a first visit loads, as a browser that accepts brotli would. */
export async function benchFirstPage(ground: Ground): Promise<string[]> {
  const server = await startServer(ground.env);
  try {
    const headers = { 'accept-encoding': 'gzip, deflate, br' };
    const weigh = async (path: string) => {
      const answer = await fetch(server.url + path, { headers });
      const text = await answer.clone().text();
      // fetch decodes: what crossed the wire is what the length says, or what is sent as it is.
      const length = Number(answer.headers.get('content-length') ?? Buffer.byteLength(text));
      return { text, length };
    };
    const page = await weigh('/fr');
    const found = [...page.text.matchAll(/(?:href|src)="(\/static\/[^"]+\.(?:css|js|svg|woff2))"/g)].map(
      (match) => match[1]!,
    );
    let bytes = page.length;
    let requests = 1;
    const parts = [`html ${(page.length / 1024).toFixed(1)}`];
    for (const path of new Set(found)) {
      const one = await weigh(path);
      bytes += one.length;
      requests += 1;
      parts.push(`${path.split('/').pop()} ${(one.length / 1024).toFixed(1)}`);
      for (const font of new Set(
        [...one.text.matchAll(/url\(["']?(\/static\/fonts\/[^"')]+)/g)].map((match) => match[1]!),
      )) {
        if (/variable/.test(font)) continue;
        const file = await weigh(font);
        bytes += file.length;
        requests += 1;
        parts.push(`${font.split('/').pop()} ${(file.length / 1024).toFixed(1)}`);
      }
    }
    return [
      `first page: ${(bytes / 1024).toFixed(1)} kB in ${requests} requests (goal: 60 kB in at most 6): ${parts.join(', ')}`,
    ];
  } finally {
    await server.stop();
  }
}

/** From nothing running to the first page, on data that exist already; and the memory of all that runs then. */
export async function benchStart(ground: Ground): Promise<string[]> {
  const cold: number[] = [];
  let memory = 0;
  for (let turn = 0; turn < 5; turn += 1) {
    const port = await freePort();
    const server = await startServer({ DATA_DIR: `${ground.folder}/start`, LOG_LEVEL: 'error', PORT: String(port) });
    if (turn > 0) cold.push(server.startMs);
    if (turn === 4) {
      for (let i = 0; i < 200; i += 1) await (await fetch(`${server.url}/fr`)).arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const { readFile } = await import('node:fs/promises');
      const database = Number(
        (await readFile(`${ground.folder}/start/postgres/cluster/postmaster.pid`, 'utf8')).split('\n')[0],
      );
      memory = await memoryMegabytes([server.process.pid!, database]);
    }
    await server.stop();
  }
  return [
    `cold start, embedded database included, to the first page: ${median(cold).toFixed(0)} ms (${Math.min(...cold).toFixed(0)}–${Math.max(...cold).toFixed(0)}) (goal: 2,000 ms)`,
    `memory after 200 pages, server and database: ${memory.toFixed(0)} MB (goal: under 300 MB)`,
  ];
}
