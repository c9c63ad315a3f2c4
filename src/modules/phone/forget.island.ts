/**
 * <quai-forget>: stands on the first page read after whoever read a day on this phone has left, wherever they signed out. What was
 * kept of the day goes; what was noted and not sent stays, for the same person, and the page says so.
 */
import { waiting } from './queue.ts';

const daysName = 'quai-carnet-days';

class QuaiForget extends HTMLElement {
  connectedCallback(): void {
    void this.#forget();
  }

  async #forget(): Promise<void> {
    const { cookie = '', secure, unsent = '' } = this.dataset;
    // Should it fail, the mark stays, and the next page tries again.
    if ('caches' in window) await caches.delete(daysName);
    const left = await waiting().catch(() => 0);
    if (left > 0) {
      this.textContent = unsent.replace('{n}', String(left));
      this.hidden = false;
    }
    // biome-ignore lint/suspicious/noDocumentCookie: the mark that field.island.ts set the same way.
    document.cookie = `${cookie}=; path=/; max-age=0; samesite=lax${secure ? '; secure' : ''}`;
  }
}

customElements.define('quai-forget', QuaiForget);
