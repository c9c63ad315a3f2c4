/**
 * Does the same work turn after turn, never two at once: a moment after a nudge, else each second. A nudge never delays the turn
 * another has asked for, so that a busy house does not wait for a quiet moment.
 */
export class Turns {
  readonly #work: () => Promise<void>;
  readonly #everyMs: number;
  readonly #soonMs: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #soon = false;
  #live = false;

  /** `work` must not fail: what goes wrong in it is its own to tell. */
  constructor(work: () => Promise<void>, everyMs = 1_000, soonMs = 50) {
    this.#work = work;
    this.#everyMs = everyMs;
    this.#soonMs = soonMs;
  }

  start(): void {
    this.#live = true;
    this.#run();
  }

  /** There is something to do: soon, or right after the turn under way. */
  nudge(): void {
    if (!this.#live || this.#soon) return;
    this.#soon = true;
    if (!this.#running) this.#plan();
  }

  /** No turn begins any more; resolves once the one under way has ended. */
  async stop(): Promise<void> {
    this.#live = false;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), this.#soon ? this.#soonMs : this.#everyMs);
  }

  #run(): void {
    this.#soon = false;
    this.#running = this.#work().finally(() => {
      this.#running = undefined;
      if (this.#live) this.#plan();
    });
  }
}
