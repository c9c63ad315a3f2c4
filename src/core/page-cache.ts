import type { Changes } from './changes.ts';
import type { Body } from './compress.ts';
import type { Route, Web } from './web.ts';

const mostPages = 300;
const mostBytes = 20 * 1024 * 1024;
const longestMs = 5_000;

type Kept = { body: Body; contentType: string; version: string; at: number };

/**
 * Pages that are the same for every visitor nobody knows, kept as bytes: five seconds at most, and only while nothing is
 * heard of having changed. A page says itself that it may be kept (`shared`); one with a secret in a form never does.
 */
export class PageCache {
  readonly #changes: Changes;
  readonly #pages = new Map<string, Kept>();
  #bytes = 0;
  #generation = 0;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Forgets all: called when this very process changed something, which others hear of a moment later. */
  clear(): void {
    this.#generation += 1;
    this.#pages.clear();
    this.#bytes = 0;
  }

  /** Answers from what is kept, else keeps what the page answers. */
  readonly route: Route = async (c, next) => {
    if (!mayBeShared(c)) return next();
    const key = keyOf(c);
    const kept = this.#find(key);
    if (kept) return send(c, kept.body, kept.contentType);
    const { version } = this.#changes;
    const generation = this.#generation;
    await next();
    const body = c.var.shared;
    // What was read before a change must not be shown after it.
    if (!body || c.res.status !== 200 || c.res.headers.has('set-cookie') || generation !== this.#generation) return;
    const contentType = c.res.headers.get('content-type') ?? '';
    this.#keep(key, { body, contentType, version, at: performance.now() });
  };

  #find(key: string): Kept | undefined {
    const kept = this.#pages.get(key);
    if (!kept) return undefined;
    if (kept.version === this.#changes.version && performance.now() - kept.at < longestMs) return kept;
    this.#drop(key, kept);
    return undefined;
  }

  #keep(key: string, kept: Kept): void {
    const before = this.#pages.get(key);
    if (before) this.#drop(key, before);
    this.#pages.set(key, kept);
    this.#bytes += sizeOf(key, kept);
    for (const [oldest, one] of this.#pages) {
      if (this.#pages.size <= mostPages && this.#bytes <= mostBytes) break;
      this.#drop(oldest, one);
    }
  }

  #drop(key: string, kept: Kept): void {
    this.#pages.delete(key);
    this.#bytes -= sizeOf(key, kept);
  }
}

/** Half as much again for the compressed bytes, made later or never. */
const sizeOf = (key: string, { body }: Kept): number => key.length * 2 + body.plain.length * 1.5;

const mayBeShared = (c: Web): boolean =>
  c.req.method === 'GET' && c.req.header('cookie') === undefined && c.req.header('authorization') === undefined;

/** The minute is part of it: pages say "today" and leave out what has begun. */
const keyOf = (c: Web): string => `${c.var.ctx.locale} ${Math.floor(c.var.ctx.now.getTime() / 60_000)} ${c.req.url}`;

/** Sends a page, compressed for those who accept it. */
export function send(c: Web, body: Body, contentType: string, status = 200): Response {
  const { bytes, encoding } = body.for(c.req.header('accept-encoding') ?? '');
  c.header('Content-Type', contentType);
  c.header('Cache-Control', 'private, no-cache');
  c.header('Vary', 'Accept-Encoding');
  c.header('Content-Length', String(bytes.length));
  if (encoding) c.header('Content-Encoding', encoding);
  return c.body(bytes, status as 200);
}
