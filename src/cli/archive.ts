import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { CommandError } from './command.ts';

/**
 * The file of a backup: gzip of lines of JSON, each a section, followed by its content in blocks ("<bytes>\n<content>", ended by
 * "0\n") where it has one. The last section gives the SHA-256 of all before it. `zcat` shows it.
 */
export type Section =
  | { section: 'quai-backup'; format: 1; made_at: string; postgres: string }
  | {
      section: 'territory';
      slug: string;
      hosts: string[];
      created_at: string;
      migrations: { name: string; checksum: string }[];
    }
  | { section: 'table'; name: string; columns: string[] }
  | { section: 'counted'; rows: number }
  | { section: 'file'; path: string }
  | { section: 'end'; sha256: string };

const newline = 0x0a;

/** Writes the sections of a backup one after the other. */
export class ArchiveWriter {
  readonly #gzip = createGzip({ level: 6, chunkSize: 65_536 });
  readonly #hash = createHash('sha256');
  readonly #ended: Promise<void>;
  #bytes = 0;

  constructor(path: string) {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    this.#gzip.pipe(file);
    file.on('error', (error) => this.#gzip.destroy(error));
    this.#ended = finished(file);
    // Told by the write that meets it: a failure that nobody waits for yet must not end the process.
    this.#ended.catch(() => undefined);
    this.#gzip.on('error', () => undefined);
  }

  /** How many bytes it is about, uncompressed. */
  get bytes(): number {
    return this.#bytes;
  }

  async section(section: Section): Promise<void> {
    await this.#write(Buffer.from(`${JSON.stringify(section)}\n`));
  }

  async block(content: Buffer): Promise<void> {
    if (content.length === 0) return;
    await this.#write(Buffer.from(`${content.length}\n`));
    await this.#write(content);
  }

  async endOfBlocks(): Promise<void> {
    await this.#write(Buffer.from('0\n'));
  }

  async finish(): Promise<void> {
    await this.section({ section: 'end', sha256: this.#hash.copy().digest('hex') });
    this.#gzip.end();
    await this.#ended;
  }

  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await this.#ended.catch(() => undefined);
  }

  async #write(content: Buffer): Promise<void> {
    if (this.#gzip.destroyed) await this.#ended;
    this.#hash.update(content);
    this.#bytes += content.length;
    if (!this.#gzip.write(content)) await once(this.#gzip, 'drain');
  }
}

/** Reads a backup section by section; what is damaged or cut short is said as a CommandError. */
export class ArchiveReader {
  readonly #path: string;
  readonly #hash = createHash('sha256');
  readonly #source: AsyncIterator<Buffer>;
  readonly #close: () => void;
  #buffer: Buffer = Buffer.alloc(0);
  #inBlocks = false;

  constructor(path: string) {
    this.#path = path;
    const file = createReadStream(path);
    const gunzip = createGunzip({ chunkSize: 65_536 });
    file.on('error', (error) => gunzip.destroy(error));
    this.#source = file.pipe(gunzip)[Symbol.asyncIterator]();
    this.#close = () => {
      file.destroy();
      gunzip.destroy();
    };
  }

  close(): void {
    this.#close();
  }

  /** The next section; content nobody read is passed over. Ends after the checksum, which is verified. */
  async *sections(): AsyncGenerator<Section> {
    for (;;) {
      if (this.#inBlocks) for await (const _ of this.blocks());
      const before = this.#hash.copy();
      const section = this.#parse(await this.#line());
      if (section.section === 'end') {
        if (section.sha256 !== before.digest('hex')) throw this.#damaged('its checksum is not the one it announces');
        if (await this.#more()) throw this.#damaged('something follows its end');
        return;
      }
      this.#inBlocks = section.section === 'table' || section.section === 'file';
      yield section;
    }
  }

  /** The content of the section just read. */
  async *blocks(): AsyncGenerator<Buffer> {
    while (this.#inBlocks) {
      const size = Number(await this.#line());
      if (!Number.isInteger(size) || size < 0 || size > 2 ** 30) throw this.#damaged('a block has no size');
      if (size === 0) this.#inBlocks = false;
      else yield await this.#take(size);
    }
  }

  #parse(line: string): Section {
    try {
      const section = JSON.parse(line) as Section;
      if (typeof section.section === 'string') return section;
    } catch {
      // Said below.
    }
    throw this.#damaged('a section is not readable');
  }

  async #line(): Promise<string> {
    let from = 0;
    for (;;) {
      const at = this.#buffer.indexOf(newline, from);
      if (at >= 0) return (await this.#take(at + 1)).toString('utf8', 0, at);
      from = this.#buffer.length;
      if (from > 2 ** 24 || !(await this.#more())) throw this.#damaged('it is cut short');
    }
  }

  async #take(size: number): Promise<Buffer> {
    while (this.#buffer.length < size) if (!(await this.#more())) throw this.#damaged('it is cut short');
    const taken = this.#buffer.subarray(0, size);
    this.#buffer = this.#buffer.subarray(size);
    this.#hash.update(taken);
    return taken;
  }

  async #more(): Promise<boolean> {
    try {
      const { value, done } = await this.#source.next();
      if (done) return false;
      this.#buffer = this.#buffer.length === 0 ? value : Buffer.concat([this.#buffer, value]);
      return true;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') throw new CommandError(`There is no file ${this.#path}.`);
      if (code?.startsWith('Z_'))
        throw this.#damaged(code === 'Z_BUF_ERROR' ? 'it is cut short' : `it is not what Quai wrote: ${message}`);
      throw new CommandError(`${this.#path} cannot be read: ${message}.`);
    }
  }

  #damaged(why: string): CommandError {
    return new CommandError(`${this.#path} is not a whole backup: ${why}. Nothing was changed.`);
  }
}
