import pg from 'pg';
import type { Logger } from 'pino';
import { safeError } from './log.ts';

const channel = 'quai_changed';
const coalesceMs = 200;
const retryMs = 5_000;

/**
 * Tells open screens that something changed, across processes: a number that moves, nothing more. It is a hint: a screen that
 * sees it move reads again, and reads again every half minute whatever happens.
 */
export class Changes {
  #version = '0';
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;
  readonly #url: string | undefined;
  readonly #log: Logger;

  /** `url` must be a direct connection: a transaction pooler does not listen. Without one, only this process is told. */
  constructor(url: string | undefined, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  get version(): string {
    return this.#version;
  }

  /** Called after a commit; several calls within 200 ms make one notification. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#version = Date.now().toString(36);
      this.#client?.query(`select pg_notify($1, $2)`, [channel, this.#version]).catch(() => undefined);
    }, coalesceMs);
  }

  async listen(): Promise<void> {
    if (!this.#url || this.#stopped) return;
    const client = new pg.Client({ connectionString: this.#url, application_name: 'quai-changes', keepAlive: true });
    client.on('notification', (message) => {
      if (message.payload) this.#version = message.payload;
    });
    client.on('error', () => this.#again(client));
    client.on('end', () => this.#again(client));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#client = client;
    } catch (error) {
      this.#log.warn({ error: safeError(error) }, 'changes');
      this.#again(client);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  #again(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    if (this.#stopped || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.listen();
    }, retryMs);
    this.#retry.unref();
  }
}
