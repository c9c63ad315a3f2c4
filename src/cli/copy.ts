import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** What the driver's connection can do for COPY, beyond its published types. */
type Connection = {
  stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

const blockBytes = 65_536;

/** A COPY command as the driver runs one: it calls these methods as the server answers. */
abstract class Copy {
  readonly done: Promise<number>;
  readonly #text: string;
  #rows = 0;
  #failure: Error | undefined;
  #settle!: { resolve: (rows: number) => void; reject: (error: unknown) => void };

  constructor(text: string) {
    this.#text = text;
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  handleCommandComplete(message: { text: string }): void {
    this.#rows = Number(/\d+$/.exec(message.text)?.[0] ?? 0);
  }

  handleReadyForQuery(): void {
    if (this.#failure) this.#settle.reject(this.#failure);
    else void this.lastly().then(() => this.#settle.resolve(this.#rows), this.#settle.reject);
  }

  /** The driver forgets a command that failed, so its end is told here. */
  handleError(error: Error): void {
    this.fail(error);
    this.#settle.reject(this.#failure);
  }

  fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  protected async lastly(): Promise<void> {}
}

class CopyOut extends Copy {
  readonly #write: (block: Buffer) => Promise<void>;
  #parts: Buffer[] = [];
  #size = 0;
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #stream: Duplex | undefined;

  constructor(text: string, write: (block: Buffer) => Promise<void>) {
    super(text);
    this.#write = write;
  }

  handleCopyData(message: { chunk: Buffer }, connection: Connection): void {
    // The driver uses its buffer again: what it holds is copied.
    this.#parts.push(Buffer.from(message.chunk));
    this.#size += message.chunk.length;
    this.#stream = connection.stream;
    if (this.#size >= blockBytes) this.#flush();
  }

  protected override async lastly(): Promise<void> {
    this.#flush();
    await this.#writing;
    if (this.failure) throw this.failure;
  }

  /** Writes what has come, and stops listening to the server until it is written. */
  #flush(): void {
    const block = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    if (block.length === 0) return;
    this.#waiting += 1;
    this.#stream?.pause();
    this.#writing = this.#writing
      .then(() => this.#write(block))
      .catch((error) => this.fail(error))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#stream?.resume();
      });
  }
}

class CopyIn extends Copy {
  readonly #blocks: AsyncIterable<Buffer>;

  constructor(text: string, blocks: AsyncIterable<Buffer>) {
    super(text);
    this.#blocks = blocks;
  }

  handleCopyInResponse(connection: Connection): void {
    this.#pump(connection).catch((error: unknown) => {
      if (this.failure) return;
      this.fail(error);
      connection.sendCopyFail('the source failed');
    });
  }

  async #pump(connection: Connection): Promise<void> {
    for await (const block of this.#blocks) {
      // Refused by the server: what is left is read to its end, for the next reader, and sent to nobody.
      if (this.failure) continue;
      connection.sendCopyFromChunk(block);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
    }
    if (!this.failure) connection.endCopyFrom();
  }
}

const start = (client: pg.Client, copy: Copy): Promise<number> => {
  client.query(copy as unknown as pg.Submittable);
  return copy.done;
};

/** Runs a COPY … TO STDOUT, giving what comes block by block; returns the number of rows. Nothing is kept in memory. */
export const copyOut = (client: pg.Client, text: string, write: (block: Buffer) => Promise<void>): Promise<number> =>
  start(client, new CopyOut(text, write));

/** Runs a COPY … FROM STDIN from blocks; returns the number of rows. */
export const copyIn = (client: pg.Client, text: string, blocks: AsyncIterable<Buffer>): Promise<number> =>
  start(client, new CopyIn(text, blocks));
