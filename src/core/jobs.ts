import { sql } from 'kysely';
import { type JobResult, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Ctx } from './context.ts';
import { safeError } from './log.ts';
import type { Handler, Module, Schedule } from './module.ts';
import { Turns } from './turns.ts';

/** Everything the modules can do later, by topic. */
export function gatherHandlers(modules: readonly Module[]): Map<string, Handler> {
  return new Map(modules.flatMap((module) => Object.entries(module.handlers ?? {})));
}

export const gatherSchedules = (modules: readonly Module[]): Schedule[] =>
  modules.flatMap((module) => module.schedules ?? []);

type Row = { id: string; topic: string; payload: Record<string, unknown> };

const batch = 100;

/** The messages that are due, oldest first, marked taken; a crash before they are handed over leaves them for the next turn. */
async function takeDue(ctx: Ctx, hand: (rows: Row[]) => Promise<void>): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const { rows } = await sql<Row>`
      select id, topic, payload from outbox where taken_at is null and due_at <= ${ctx.now}
      order by due_at limit ${batch} for update skip locked`.execute(trx);
    if (rows.length === 0) return 0;
    await hand(rows);
    await sql`update outbox set taken_at = ${ctx.now} where id = any(${rows.map((row) => row.id)})`.execute(trx);
    return rows.length;
  });
}

/** Does all that is due here and now, one after the other: for tests and for the command line. Returns how many were done. */
export async function drain(ctx: Ctx, handlers: Map<string, Handler>): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await ctx.db
      .selectFrom('outbox')
      .select(['id', 'topic', 'payload'])
      .where('taken_at', 'is', null)
      .where('due_at', '<=', ctx.now)
      .orderBy('due_at')
      .limit(batch)
      .execute();
    if (due.length === 0) return done;
    for (const row of due) {
      await handle(ctx, handlers, row);
      await ctx.db.updateTable('outbox').set({ taken_at: ctx.now }).where('id', '=', row.id).execute();
      done += 1;
    }
  }
}

async function handle(ctx: Ctx, handlers: Map<string, Handler>, row: Pick<Row, 'topic' | 'payload'>): Promise<void> {
  const handler = handlers.get(row.topic);
  if (!handler) throw new Error(`Nothing handles "${row.topic}"`);
  await handler(ctx, row.payload);
}

export type Served = { slug: string; context: () => Promise<Ctx> };

/** What fails is tried again for the better part of a day: a mail server away for the night loses nobody's mail. */
const patience = { retryLimit: 24, retryDelay: 5, retryDelayMax: 3600, retryBackoff: true };

/** Batches that come back full are followed at once: one job a turn would be four mails a second. */
const inBatches = { batchSize: 10, burstWhenBatchFull: true, perJobResults: true } as const;

const work = 'quai';
const clock = 'quai-clock';
/** Between two attempts to start while the database is away. */
const startAgainMs = 2_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The workers of this process: they move what is due from each territory's outbox to pg-boss, do it with retries, and keep the
 * schedules. Everything works by polling alone; `nudge` only makes the next turn come sooner.
 */
export class Jobs {
  readonly #url: string;
  #boss: PgBoss | undefined;
  #starting: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly #territories: Map<string, Served>;
  readonly #handlers: Map<string, Handler>;
  readonly #schedules: Schedule[];
  readonly #log: Logger;
  readonly #turns: Turns;

  constructor(options: { url: string; territories: Served[]; modules: readonly Module[]; log: Logger }) {
    this.#url = options.url;
    this.#territories = new Map(options.territories.map((served) => [served.slug, served]));
    this.#handlers = gatherHandlers(options.modules);
    this.#schedules = gatherSchedules(options.modules);
    this.#log = options.log;
    this.#turns = new Turns(() => this.#dispatch());
  }

  /** Starts to work, now or as soon as the database answers; resolves once it does, or once stopped. */
  start(): Promise<void> {
    this.#starting = this.#startUntilDone();
    return this.#starting;
  }

  async #startUntilDone(): Promise<void> {
    for (;;) {
      const boss = new PgBoss({ connectionString: this.#url, schema: 'pgboss', max: 4, application_name: 'quai-jobs' });
      // pg-boss says again each second that the database is away: the pages and /readyz already do.
      boss.on('error', (error) => this.#log.warn({ error: safeError(error) }, 'jobs'));
      try {
        await this.#startWith(boss);
        this.#boss = boss;
        this.#turns.start();
        return;
      } catch (error) {
        this.#log.warn({ error: safeError(error) }, 'the jobs could not start yet');
        await boss.stop({ graceful: false }).catch(() => undefined);
      }
      await pause(startAgainMs);
      if (this.#stopped) return;
    }
  }

  async #startWith(boss: PgBoss): Promise<void> {
    await boss.start();
    for (const queue of [work, clock]) {
      if (await boss.getQueue(queue)) await boss.updateQueue(queue, patience);
      else await boss.createQueue(queue, patience);
    }
    await boss.work<{ territory: string; topic: string; payload: Record<string, unknown> }>(
      work,
      { ...inBatches, pollingIntervalSeconds: 0.5, localConcurrency: 2 },
      (jobs) =>
        this.#each(jobs, ({ data }) =>
          this.#do(data.territory, data.topic, (ctx) => handle(ctx, this.#handlers, data)),
        ),
    );
    await boss.work<{ territory: string; schedule: string }>(
      clock,
      { ...inBatches, pollingIntervalSeconds: 2 },
      (jobs) =>
        this.#each(jobs, async ({ data }) => {
          const schedule = this.#schedules.find((one) => one.name === data.schedule);
          if (schedule) await this.#do(data.territory, schedule.name, schedule.run);
        }),
    );
    for (const schedule of this.#schedules) {
      for (const territory of this.#territories.keys()) {
        await boss.schedule(
          clock,
          cron(schedule.everyMinutes),
          { territory, schedule: schedule.name },
          { key: `${territory}-${schedule.name}` },
        );
      }
    }
  }

  /** Something may be due: look now rather than at the next second. */
  nudge(): void {
    this.#turns.nudge();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#starting;
    await this.#turns.stop();
    await this.#boss?.stop({ graceful: true, timeout: 5_000 }).catch(() => undefined);
  }

  async #dispatch(): Promise<void> {
    for (const [slug, served] of this.#territories) {
      // A territory that cannot be read holds back none of the others.
      try {
        const ctx = await served.context();
        // The outbox row's id is the job's: handed over twice, it is still one job.
        while ((await takeDue(ctx, (rows) => this.#hand(slug, rows))) === batch) {}
      } catch (error) {
        this.#log.warn({ territory: slug, error: safeError(error) }, 'outbox');
      }
    }
  }

  async #hand(territory: string, rows: Row[]): Promise<void> {
    await this.#boss!.insert(
      work,
      rows.map((row) => ({ id: row.id, data: { territory, topic: row.topic, payload: row.payload } })),
    );
  }

  /** Does the jobs of a batch one after the other; one that fails is tried again later, and holds back none of the others. */
  async #each<J extends { id: string }>(jobs: readonly J[], run: (job: J) => Promise<void>): Promise<JobResult[]> {
    const results: JobResult[] = [];
    for (const job of jobs) {
      const status = await run(job).then(
        () => 'completed' as const,
        () => 'failed' as const,
      );
      results.push({ id: job.id, status });
    }
    return results;
  }

  /** pg-boss keeps a failure to itself: it is said here, without the message, which may hold somebody's address. */
  async #do(slug: string, job: string, run: (ctx: Ctx) => Promise<void>): Promise<void> {
    try {
      const served = this.#territories.get(slug);
      if (!served) throw new Error('This territory is not served here');
      await run(await served.context());
    } catch (error) {
      this.#log.warn({ job, territory: slug, error: safeError(error) }, 'a job failed');
      throw error;
    }
  }
}

/** Every n minutes as a cron line; a day or more means once a night, at 3:17. */
const cron = (minutes: number): string => {
  if (minutes >= 1440) return '17 3 * * *';
  return minutes >= 60 ? `7 */${Math.round(minutes / 60)} * * *` : `*/${minutes} * * * *`;
};
