import type { Noted } from './queue.ts';

type Words = Record<'toSend' | 'sent' | 'seen' | 'settle', string>;

/** "14:05", as the reader writes it. */
export const clock = (at: Date, locale: string): string =>
  at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });

const make = (tag: string, text: string): HTMLElement =>
  Object.assign(document.createElement(tag), { textContent: text });

/** Shows what the phone keeps over the page that the server made: beside each line, in the counts, on top what went wrong. */
export function showDay(root: HTMLElement, entries: readonly Noted[], words: Words, locale: string): void {
  for (const list of root.querySelectorAll<HTMLElement>('[data-said]')) {
    const row = list.closest<HTMLElement>('[data-row]')?.id;
    const own = entries.filter((entry) => entry.row === row && (entry.state === 'waiting' || entry.state === 'done'));
    const lines = own.map((entry) => {
      const text = entry.kind === 'note' ? (entry.payload.body ?? '') : entry.says;
      const line = make('li', `${clock(new Date(entry.occurredAt), locale)} ${text} · `);
      line.append(make('b', entry.state === 'done' ? words.sent : words.toSend));
      return line;
    });
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
  }
  showCounts(root, entries);
  showTroubles(root, entries, words, locale);
}

function showCounts(root: HTMLElement, entries: readonly Noted[]): void {
  for (const count of root.querySelectorAll<HTMLElement>('[data-band]')) {
    const row = count.closest<HTMLElement>('[data-row]')?.id;
    const more = entries.filter(
      (entry) =>
        entry.kind === 'walk_in' &&
        entry.row === row &&
        entry.payload.ageBand === count.dataset.band &&
        (entry.state === 'waiting' || entry.state === 'done'),
    ).length;
    count.textContent = String(Number(count.dataset.count) + more);
  }
}

function showTroubles(root: HTMLElement, entries: readonly Noted[], words: Words, locale: string): void {
  const place = root.querySelector('[data-troubles]');
  if (!place) return;
  const bad = entries.filter((entry) => entry.state === 'conflict' || entry.state === 'refused');
  const shown = bad.map((entry) => entry.turn).join();
  if (place.getAttribute('data-shown') === shown) return;
  place.setAttribute('data-shown', shown);
  place.replaceChildren(
    ...bad.map((entry) => {
      const box = document.createElement('div');
      box.className = 'notice notice-warning';
      box.setAttribute('role', 'alert');
      const name = document.getElementById(entry.row)?.querySelector('b')?.textContent ?? '';
      const what = [clock(new Date(entry.occurredAt), locale), entry.says, name].filter(Boolean).join(' ');
      const settle = Object.assign(make('a', words.settle), { href: `/${locale}/carnet/a-regler` });
      const seen = make('button', words.seen);
      seen.className = 'button button-quiet';
      seen.setAttribute('type', 'button');
      seen.dataset.seen = String(entry.turn);
      const line = make('p', `${entry.sentence ?? ''} `);
      line.append(settle);
      box.append(make('p', what), line, seen);
      return box;
    }),
  );
}
