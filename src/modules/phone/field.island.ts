/**
 * <quai-field>: the day's page on a phone. Each gesture is written on the phone first, shown as "to send", then sent in its order,
 * once each, when there is a network: at once, on opening, when the network comes back, every thirty seconds. The service worker
 * (carnet.worker.ts) keeps the page itself.
 */
import { nextBatch } from './keep.rules.ts';
import { all, change, forget, type Noted, note, uuid } from './queue.ts';
import { clock, showDay } from './screen.ts';

const everyMs = 30_000;
const patienceMs = 20_000;
const daysName = 'quai-carnet-days';
const keptSeconds = 48 * 3600;

type Words = Record<
  | 'ready'
  | 'online'
  | 'waiting'
  | 'sending'
  | 'offline'
  | 'toSend'
  | 'sent'
  | 'signIn'
  | 'other'
  | 'signedOut'
  | 'seen'
  | 'settle'
  | 'trouble',
  string
>;

class QuaiField extends HTMLElement {
  #words = {} as Words;
  #offlineSince: Date | undefined;
  #trouble = '';
  #sending = false;

  connectedCallback(): void {
    this.#words = JSON.parse(this.dataset.words ?? '{}') as Words;
    void this.#open();
  }

  async #open(): Promise<void> {
    if (!(await this.#ownsWhatIsKept())) return;
    this.hidden = false;
    this.addEventListener('submit', (event) => void this.#onSubmit(event));
    this.addEventListener('click', (event) => void this.#onClick(event));
    document.addEventListener('submit', (event) => void this.#onSignOut(event));
    window.addEventListener('online', this.#wake);
    window.addEventListener('offline', () => this.#lost());
    document.addEventListener('visibilitychange', this.#wake);
    window.setInterval(this.#wake, everyMs);
    if (this.hasAttribute('data-offline')) {
      this.#lost();
      // Another address was asked for than that of the day which is kept.
      history.replaceState(null, '', this.dataset.here);
    }
    await this.#show();
    void this.#keepPage();
    await this.#turn();
  }

  /** A page that was kept is only shown to who read it, and only while they are signed in on this phone. */
  async #ownsWhatIsKept(): Promise<boolean> {
    const { cookie = '', who = '', secure } = this.dataset;
    const mark = document.cookie.split('; ').find((pair) => pair.startsWith(`${cookie}=`));
    const mine = mark === `${cookie}=${who}`;
    if (this.hasAttribute('data-offline') && !mine) {
      await caches.delete(daysName);
      this.replaceChildren(Object.assign(document.createElement('p'), { textContent: this.#words.signedOut }));
      this.hidden = false;
      return false;
    }
    if (mark && !mine) await caches.delete(daysName);
    // biome-ignore lint/suspicious/noDocumentCookie: read before anything is shown, which no asynchronous store allows.
    document.cookie = `${cookie}=${who}; path=/; max-age=${keptSeconds}; samesite=lax${secure ? '; secure' : ''}`;
    return true;
  }

  /** Has the service worker keep this very page; says so when it can be closed and opened without a network. */
  async #keepPage(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    try {
      const scope = `/${this.dataset.locale}/carnet`;
      await navigator.serviceWorker.register('/carnet-sw.js', { scope });
      navigator.serviceWorker.addEventListener('message', (event: MessageEvent<{ kept?: boolean }>) => {
        this.toggleAttribute('data-ready', event.data.kept === true);
        void this.#show();
      });
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage({ keep: location.href });
    } catch {
      // Without it the page goes on with a network, and what is noted is kept all the same.
    }
  }

  async #onSubmit(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    const { kind } = form.dataset;
    if (!kind) return;
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    const given = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    if (button?.name) given.push([button.name, button.value]);
    const payload = Object.fromEntries(
      given.filter(([name, value]) => value.trim() !== '' && !['id', 'kind', 'jour'].includes(name)),
    );
    if (payload.traits) payload.strokes = payload.traits;
    delete payload.traits;
    const row = form.dataset.row ?? form.closest<HTMLElement>('[data-row]')?.id ?? '';
    const [id, occurredAt, who, says] = [
      uuid(),
      new Date().toISOString(),
      this.dataset.who ?? '',
      button?.dataset.says ?? '',
    ];
    try {
      await note({ id, kind, occurredAt, payload, who, row, says, state: 'waiting' });
    } catch {
      // A phone that keeps nothing (a private window): the form goes as it would without this script.
      if (button?.name)
        form.append(
          Object.assign(document.createElement('input'), { type: 'hidden', name: button.name, value: button.value }),
        );
      form.submit();
      return;
    }
    for (const area of form.querySelectorAll('textarea')) area.value = '';
    this.#closePad();
    await this.#show();
    await this.#turn();
  }

  async #onClick(event: Event): Promise<void> {
    const target = event.target as HTMLElement;
    const sign = target.closest<HTMLElement>('[data-sign]');
    if (sign) this.#openPad(sign);
    if (target.closest('[data-sign-close]')) this.#closePad();
    const turn = target.closest<HTMLElement>('[data-seen]')?.dataset.seen;
    if (!turn) return;
    await forget(Number(turn));
    await this.#show();
  }

  /** The one pad of the page, for a line of a list. */
  #openPad({ dataset, parentElement }: HTMLElement): void {
    const dialog = this.querySelector<HTMLDialogElement>('[data-sign-dialog]');
    const form = dialog?.querySelector('form');
    if (!dialog || !form) return;
    const fill = (name: string, value = '') => {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    };
    fill('attendeeId', dataset.sign);
    fill('halfDay', dataset.half);
    fill('seen', dataset.seenMark);
    form.dataset.row = parentElement?.closest<HTMLElement>('[data-row]')?.id ?? '';
    dialog.querySelector('[data-sign-name]')!.textContent = dataset.name ?? '';
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute('open', '');
  }

  #closePad(): void {
    const dialog = this.querySelector<HTMLDialogElement>('[data-sign-dialog]');
    dialog?.querySelector<HTMLElement>('[data-pad-clear]')?.click();
    if (dialog?.close) dialog.close();
    else dialog?.removeAttribute('open');
  }

  /** What was read goes with the session; what was noted and not sent stays, for the same person. */
  async #onSignOut(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (!form.action.endsWith('/deconnexion')) return;
    event.preventDefault();
    try {
      await caches.delete(daysName);
    } finally {
      // Also where a browser has no such store (plain http): one must be able to leave.
      form.submit();
    }
  }

  readonly #wake = (): void => {
    if (!document.hidden) void this.#turn();
  };

  #lost(): void {
    this.#offlineSince ??= new Date();
    void this.#show();
  }

  /** One at a time over all the pages open: two senders would mix the order. */
  async #turn(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      if (navigator.locks)
        await navigator.locks.request('quai-carnet', { ifAvailable: true }, (lock) => lock && this.#send());
      else await this.#send();
    } catch {
      this.#lost();
    } finally {
      this.#sending = false;
      await this.#show();
    }
  }

  async #send(): Promise<void> {
    for (;;) {
      const mine = (await all()).filter((entry) => entry.state === 'waiting' && entry.who === this.dataset.who);
      const batch = nextBatch(mine);
      if (batch.length === 0) break;
      if (!(await this.#post(batch))) return;
    }
    await this.#refresh();
  }

  #fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), patienceMs);
    return fetch(address, { credentials: 'same-origin', cache: 'no-store', signal: stop.signal, ...init }).finally(() =>
      window.clearTimeout(timer),
    );
  }

  /** Sends some gestures; what is not answered stays, and is sent again under the same names. */
  async #post(batch: Noted[]): Promise<boolean> {
    const entries = batch.map(({ id, turn, kind, occurredAt, payload }) => ({ id, turn, kind, occurredAt, payload }));
    const answer = await this.#fetch(`/${this.dataset.locale}/carnet/envoi`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ who: this.dataset.who, sentAt: new Date().toISOString(), entries }),
    });
    this.#offlineSince = undefined;
    this.removeAttribute('data-offline');
    const signIn = answer.status === 401;
    this.#trouble = answer.ok ? '' : signIn ? 'signIn' : answer.status === 403 ? 'other' : 'trouble';
    if (!answer.ok) return false;
    const { answers } = (await answer.json()) as {
      answers: { id: string; outcome: Noted['state']; sentence?: string }[];
    };
    for (const { id, outcome, sentence } of answers) {
      const entry = batch.find((one) => one.id === id);
      if (entry) await change({ ...entry, state: outcome, ...(sentence ? { sentence } : {}) });
    }
    await this.#show();
    return answers.length > 0;
  }

  /** Reads the day again, and then forgets what it shows; not while somebody is writing or signing. */
  async #refresh(): Promise<void> {
    const day = this.querySelector('[data-day]');
    const busy = [...this.querySelectorAll('textarea')].some((area) => area.value !== '');
    if (!day || busy || this.querySelector('dialog[open]')) return;
    const before = await all();
    const answer = await this.#fetch(location.href, { headers: { accept: 'text/html' } });
    this.#offlineSince = undefined;
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-day]');
    if (!fresh) return;
    const focused = day.contains(document.activeElement)
      ? document.activeElement?.closest('[data-row]')?.id
      : undefined;
    day.replaceChildren(...fresh.childNodes);
    if (focused) document.getElementById(focused)?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
    for (const { turn, state } of before) if (state === 'done' && turn) await forget(turn);
  }

  async #show(): Promise<void> {
    const entries = await all();
    for (const button of this.querySelectorAll<HTMLElement>('[data-sign]')) button.hidden = false;
    showDay(this, entries, this.#words, this.dataset.locale ?? 'fr');
    const bar = this.querySelector<HTMLElement>('[data-state]');
    if (!bar) return;
    const left = entries.filter((entry) => entry.state === 'waiting');
    const foreign = left.some((entry) => entry.who !== this.dataset.who);
    const said = [
      this.#offlineSince
        ? this.#words.offline.replace('{time}', clock(this.#offlineSince, this.dataset.locale ?? 'fr'))
        : this.hasAttribute('data-ready') && left.length === 0
          ? this.#words.ready
          : '',
      left.length > 0 ? this.#words.waiting.replace('{n}', String(left.length)) : this.#words.online,
      foreign ? this.#words.other : '',
      this.#trouble === 'signIn' || this.#trouble === 'trouble' ? this.#words[this.#trouble] : '',
    ].filter(Boolean);
    const text = said.join(' · ');
    if (bar.dataset.text === text) return;
    bar.dataset.text = text;
    bar.textContent = text;
    bar.hidden = false;
    bar.dataset.waiting = String(left.length);
    if (this.#trouble !== 'signIn') return;
    const back = encodeURIComponent(location.pathname + location.search);
    const link = Object.assign(document.createElement('a'), {
      href: `/${this.dataset.locale}/connexion?retour=${back}`,
      textContent: this.#words.signIn,
    });
    bar.replaceChildren(link);
  }
}

customElements.define('quai-field', QuaiField);
