import type { Body } from '../../core/compress.ts';
import type { Ctx, Territory } from '../../core/context.ts';

/** A planning as it is drawn, the same for all who may see it; and its pages as bytes, by the frame that each of them sees. */
export type Drawn = { siteId: string; title: string; content: string; pages: Map<string, Body> };

/** What was drawn, out of which rows, and where the database stood when they were read. */
export type Kept = { drawn: Drawn; rows: string; asOf: string | null; from: Date; until: Date };

const most = 30;

/**
 * The plannings drawn last, each with the point its rows were read at. It decides nothing by age: what is kept is shown only
 * to one who was found at that very point, or when the same rows were read again, so that it can never be late.
 */
export class PlanningKeep {
  #territory: Territory | undefined;
  readonly #kept = new Map<string, Kept>();

  /** What is kept of an address, unless the clock alone has changed it: another day begun, a hold run out. */
  find(ctx: Ctx, address: string): Kept | undefined {
    // The territory is read again each minute, and its zone and main language are drawn too.
    if (this.#territory !== ctx.territory) this.#kept.clear();
    this.#territory = ctx.territory;
    const kept = this.#kept.get(address);
    return kept && kept.from <= ctx.now && ctx.now < kept.until ? kept : undefined;
  }

  /** Keeps what was drawn at an address; the one drawn longest ago leaves its place. */
  keep(address: string, kept: Kept): void {
    this.#kept.delete(address);
    this.#kept.set(address, kept);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > most) this.#kept.delete(oldest);
  }
}
