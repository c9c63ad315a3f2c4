/**
 * <quai-live>: keeps a part of the page up to date. It asks /live every 3 seconds, reads the page again when the number moved, and
 * every 30 seconds whatever happens. Network lost: the last state stays, and the page says since when. Hidden: it rests.
 */
const askEveryMs = 3_000;
const readEveryMs = 30_000;
const giveUpMs = 8_000;
/** A page that hears the number this late after it was drawn may already be behind it. */
const freshMs = 1_500;

const twoDigits = (value: number) => String(value).padStart(2, '0');

class QuaiLive extends HTMLElement {
  #version: string | undefined;
  #readAt = Date.now();
  #goodAt = new Date();
  #timer: number | undefined;
  #busy = false;

  connectedCallback(): void {
    this.#timer = window.setInterval(() => void this.#turn(), askEveryMs);
    document.addEventListener('visibilitychange', this.#wake);
    window.addEventListener('online', this.#wake);
    void this.#turn();
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#wake);
    window.removeEventListener('online', this.#wake);
  }

  readonly #wake = (): void => void this.#turn();

  async #turn(): Promise<void> {
    if (this.#busy || document.hidden) return;
    this.#busy = true;
    try {
      const answer = await this.#fetch('/live');
      if (!answer.ok) throw new Error('away');
      const { version } = (await answer.json()) as { version: string };
      const known = this.#version ?? (Date.now() - this.#readAt < freshMs ? version : undefined);
      if (version !== known || Date.now() - this.#readAt > readEveryMs) {
        // Somebody is writing here: what they typed is worth more than being fresh.
        if (this.#isBeingUsed()) return;
        await this.#read();
      }
      this.#version = version;
      this.#goodAt = new Date();
      this.#say('');
    } catch {
      this.#say(
        (this.dataset.lost ?? '').replace(
          '{time}',
          `${twoDigits(this.#goodAt.getHours())}:${twoDigits(this.#goodAt.getMinutes())}`,
        ),
      );
    } finally {
      this.#busy = false;
    }
  }

  #fetch(address: string): Promise<Response> {
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), giveUpMs);
    return fetch(address, { signal: stop.signal, cache: 'no-store', credentials: 'same-origin' }).finally(() =>
      window.clearTimeout(timer),
    );
  }

  async #read(): Promise<void> {
    const answer = await this.#fetch(location.href);
    if (!answer.ok || answer.redirected) throw new Error('away');
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(this.id);
    if (!fresh) throw new Error('away');
    this.#readAt = Date.now();
    if (fresh.innerHTML === this.innerHTML) return;
    const focused = this.contains(document.activeElement) ? document.activeElement?.id : '';
    const unfolded = [...this.querySelectorAll<HTMLElement>('details[open][id]')].map(({ id }) => id);
    this.innerHTML = fresh.innerHTML;
    for (const id of unfolded) document.getElementById(id)?.setAttribute('open', '');
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    this.dispatchEvent(new CustomEvent('quai:fresh', { bubbles: true }));
  }

  #isBeingUsed(): boolean {
    const active = document.activeElement;
    if (this.hasAttribute('data-busy')) return true;
    const typed = this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    if ([...typed].some((field) => field.type !== 'hidden' && field.value !== field.defaultValue)) return true;
    return this.contains(active) && active !== null && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName);
  }

  #say(text: string): void {
    for (const place of this.querySelectorAll<HTMLElement>('[data-board-notice]')) {
      if (place.textContent !== text) place.textContent = text;
      place.hidden = text === '';
    }
  }
}

customElements.define('quai-live', QuaiLive);
