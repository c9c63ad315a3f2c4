/**
 * <quai-roll>: one tap notes somebody without the page being read again. The form is sent as the browser would send it, and the list
 * is taken from the answer; taps follow one another in the order they were made. Network lost: the page says so, nothing is
 * pretended.
 */
/** Two taps this near to one another are one finger that trembled. */
const tremorMs = 350;

class QuaiRoll extends HTMLElement {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #tapped = { on: '', at: 0 };

  connectedCallback(): void {
    this.addEventListener('submit', this.#submit);
  }

  readonly #submit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.method !== 'post') return;
    event.preventDefault();
    const on = button?.id ?? '';
    const now = performance.now();
    const trembles = on === this.#tapped.on && now - this.#tapped.at < tremorMs;
    this.#tapped = { on, at: now };
    if (trembles) return;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    if (button?.name) body.append(button.name, button.value);
    // Each tap counts one, also before the list is back with its new number.
    if (form.hasAttribute('data-tap') && 'randomUUID' in crypto) body.append('id', crypto.randomUUID());
    this.#press(form, button);
    this.#waiting += 1;
    this.#last = this.#last.then(() => this.#send(form.action, body));
  };

  /** The button shows at once that it was heard. */
  #press(form: HTMLFormElement, button: HTMLButtonElement | null): void {
    if (!button?.hasAttribute('aria-pressed')) return;
    for (const other of form.querySelectorAll('[aria-pressed]'))
      other.setAttribute('aria-pressed', String(other === button));
  }

  async #send(address: string, body: URLSearchParams): Promise<void> {
    const live = this.querySelector<HTMLElement>('quai-live')!;
    live.setAttribute('data-busy', '');
    try {
      const answer = await fetch(address, { method: 'POST', body, credentials: 'same-origin' });
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(live.id);
      if (!fresh) throw new Error('not a list');
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#show(live, fresh);
    } catch {
      this.#waiting -= 1;
      this.#say(live);
    } finally {
      if (this.#waiting === 0) live.removeAttribute('data-busy');
    }
  }

  #show(live: HTMLElement, fresh: HTMLElement): void {
    const focused = live.contains(document.activeElement) ? document.activeElement?.id : '';
    const unfolded = [...live.querySelectorAll<HTMLElement>('details[open][id]')].map(({ id }) => id);
    live.innerHTML = fresh.innerHTML;
    for (const id of unfolded) document.getElementById(id)?.setAttribute('open', '');
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    live.querySelector<HTMLElement>('[role=alert]')?.scrollIntoView({ block: 'center' });
  }

  #say(live: HTMLElement): void {
    const now = new Date();
    const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
    for (const place of live.querySelectorAll<HTMLElement>('[data-board-notice]')) {
      place.textContent = (this.dataset.lost ?? '').replace('{time}', time);
      place.hidden = false;
      place.scrollIntoView({ block: 'center' });
    }
  }
}

customElements.define('quai-roll', QuaiRoll);
