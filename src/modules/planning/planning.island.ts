/**
 * <quai-planning>: gestures on the planning of a day. Drag a booking to move it, pull its right edge to make it longer or shorter,
 * draw on a free stretch to book. Each gesture calls the command that the pages call; what is refused is explained where it was
 * tried, what was done can be undone. Without it the same is done through links and forms.
 */
type Place = { row: HTMLTableRowElement; column: number };
type Gesture = { kind: 'move' | 'stretch' | 'draw'; cell: HTMLElement; from: Place; at: Place; moved: boolean };
type Wanted = { reference: string; version: string; resource: string; start: number; end: number };

const minute = 60_000;
const edgePixels = 14;
const thresholdPixels = 5;

class QuaiPlanning extends HTMLElement {
  #gesture: Gesture | undefined;
  #origin = { x: 0, y: 0 };
  #shade: HTMLElement | undefined;

  connectedCallback(): void {
    this.addEventListener('pointerdown', this.#down);
    this.addEventListener('click', this.#click, true);
    this.addEventListener('dragstart', (event) => event.preventDefault());
  }

  get #table(): HTMLTableElement | null {
    return this.querySelector<HTMLTableElement>('#planning');
  }

  get #step(): number {
    return Number(this.#table?.dataset.step) * minute;
  }

  #instant(column: number): number {
    return Number(this.#table?.dataset.start) + column * this.#step;
  }

  /** Which row and column lie under the pointer: from the row's first and last cells, whatever their spans. */
  #placeAt(x: number, y: number): Place | undefined {
    const table = this.#table;
    const row = document.elementFromPoint(x, y)?.closest<HTMLTableRowElement>('tr[data-resource]');
    if (!table || !row) return undefined;
    const columns = Number(table.dataset.columns);
    const head = table.querySelector('thead .grid-corner')?.getBoundingClientRect();
    const all = table.getBoundingClientRect();
    const left = head?.right ?? all.left;
    const column = Math.floor(((x - left) / (all.right - left)) * columns);
    return { row, column: Math.min(Math.max(column, 0), columns - 1) };
  }

  readonly #down = (event: PointerEvent): void => {
    const cell = (event.target as Element).closest<HTMLElement>('td.is-free, td[data-reference]');
    // A finger scrolls the table: gestures are for a mouse or a pen.
    if (!cell || event.button !== 0 || event.pointerType === 'touch') return;
    const from = this.#placeAt(event.clientX, event.clientY);
    if (!from) return;
    const nearEdge = cell.getBoundingClientRect().right - event.clientX < edgePixels;
    const kind = cell.classList.contains('is-free') ? 'draw' : nearEdge ? 'stretch' : 'move';
    this.#gesture = { kind, cell, from, at: from, moved: false };
    this.#origin = { x: event.clientX, y: event.clientY };
    window.addEventListener('pointermove', this.#move);
    window.addEventListener('pointerup', this.#up, { once: true });
    window.addEventListener('keydown', this.#escape);
  };

  readonly #move = (event: PointerEvent): void => {
    const gesture = this.#gesture;
    if (!gesture) return;
    const far = Math.hypot(event.clientX - this.#origin.x, event.clientY - this.#origin.y) > thresholdPixels;
    if (!gesture.moved && !far) return;
    event.preventDefault();
    gesture.moved = true;
    this.querySelector('quai-live')?.setAttribute('data-busy', '');
    gesture.at = this.#placeAt(event.clientX, event.clientY) ?? gesture.at;
    this.#paint(gesture);
  };

  readonly #up = (): void => {
    const gesture = this.#gesture;
    this.#forget();
    if (!gesture?.moved) return;
    // The click that follows a gesture is not a click.
    this.dataset.dragged = '1';
    setTimeout(() => delete this.dataset.dragged, 0);
    if (gesture.kind === 'draw') this.#book(gesture);
    else void this.#send(this.#wanted(gesture));
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#forget();
  };

  readonly #click = (event: Event): void => {
    if (this.dataset.dragged) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  #forget(): void {
    this.#gesture = undefined;
    this.#shade?.remove();
    this.#shade = undefined;
    this.querySelector('quai-live')?.removeAttribute('data-busy');
    window.removeEventListener('pointermove', this.#move);
    window.removeEventListener('keydown', this.#escape);
  }

  /** The column a cell begins at: after the spans of those before it in its row. */
  #firstColumn(cell: HTMLElement): number {
    const before = [...(cell.parentElement?.querySelectorAll('td') ?? [])];
    return before.slice(0, before.indexOf(cell as HTMLTableCellElement)).reduce((sum, one) => sum + one.colSpan, 0);
  }

  /** The columns a gesture covers now: [first, after the last). */
  #columns({ kind, cell, from, at }: Gesture): [number, number] {
    if (kind === 'draw') return [Math.min(from.column, at.column), Math.max(from.column, at.column) + 1];
    const first = this.#firstColumn(cell);
    const span = Number(cell.getAttribute('colspan'));
    if (kind === 'stretch') return [first, Math.max(first + 1, at.column + 1)];
    const moved = first + at.column - from.column;
    return [moved, moved + span];
  }

  #paint(gesture: Gesture): void {
    const table = this.#table;
    if (!table) return;
    if (!this.#shade) {
      this.#shade = document.createElement('div');
      this.#shade.className = 'planning-shade';
      table.parentElement?.append(this.#shade);
    }
    const row = gesture.kind === 'move' ? gesture.at.row : gesture.from.row;
    const [first, after] = this.#columns(gesture);
    const frame = table.parentElement!.getBoundingClientRect();
    const head = table.querySelector('thead .grid-corner')!.getBoundingClientRect();
    const width = (table.getBoundingClientRect().right - head.right) / Number(table.dataset.columns);
    const box = row.getBoundingClientRect();
    const parent = table.parentElement!;
    const style = this.#shade.style;
    style.left = `${head.right - frame.left + parent.scrollLeft + first * width}px`;
    style.top = `${box.top - frame.top + parent.scrollTop}px`;
    style.width = `${(after - first) * width}px`;
    style.height = `${box.height}px`;
  }

  #wanted(gesture: Gesture): Wanted {
    const { cell } = gesture;
    const [first, after] = this.#columns(gesture);
    const origin = this.#instant(0);
    const start = origin + Number(cell.dataset.start) * minute;
    const end = origin + Number(cell.dataset.end) * minute;
    const row = gesture.kind === 'move' ? gesture.at.row : gesture.from.row;
    const shift = (first - this.#firstColumn(cell)) * this.#step;
    return {
      reference: cell.dataset.reference ?? '',
      version: cell.dataset.version ?? '',
      resource: row.dataset.resource ?? '',
      start: start + shift,
      end: gesture.kind === 'stretch' ? this.#instant(after) : end + shift,
    };
  }

  #book(gesture: Gesture): void {
    const [first, after] = this.#columns(gesture);
    const link = gesture.cell.querySelector<HTMLAnchorElement>('a');
    if (!link) return;
    const address = new URL(link.href);
    address.searchParams.set('debut', new Date(this.#instant(first)).toISOString());
    address.searchParams.set('fin', new Date(this.#instant(after)).toISOString());
    location.assign(address);
  }

  async #send(wanted: Wanted, undoing = false): Promise<void> {
    const form = new URLSearchParams({
      reservation: wanted.reference,
      version: wanted.version,
      ressource: wanted.resource,
      debut: new Date(wanted.start).toISOString(),
      fin: new Date(wanted.end).toISOString(),
    });
    try {
      const answer = await fetch(this.dataset.move ?? '', {
        method: 'POST',
        body: form,
        headers: { accept: 'application/json' },
      });
      const body = (await answer.json()) as {
        said?: string;
        reasons?: { text: string; next?: { label: string; href: string } }[];
        back?: Wanted;
      };
      if (!answer.ok) this.#say('bad', this.dataset.refused ?? '', body.reasons ?? []);
      else
        this.#say(
          'good',
          undoing ? (this.dataset.undone ?? '') : (body.said ?? ''),
          [],
          undoing ? undefined : body.back,
        );
    } catch {
      this.#say('bad', this.dataset.refused ?? '', []);
    }
    await this.#refresh();
  }

  #say(
    kind: 'good' | 'bad',
    title: string,
    reasons: { text: string; next?: { label: string; href: string } }[],
    back?: Wanted,
  ): void {
    const place = this.querySelector('.planning-says');
    if (!place) return;
    const notice = document.createElement('div');
    notice.className = `notice notice-${kind}`;
    const line = document.createElement('p');
    line.textContent = title;
    notice.append(line);
    for (const reason of reasons) {
      const item = document.createElement('p');
      item.textContent = reason.text;
      if (reason.next) {
        const link = document.createElement('a');
        link.href = reason.next.href;
        link.textContent = reason.next.label;
        item.append(' ', link);
      }
      notice.append(item);
    }
    if (back) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button-secondary';
      button.textContent = this.dataset.undo ?? '';
      button.addEventListener('click', () => void this.#send(back, true));
      notice.append(button);
    }
    place.replaceChildren(notice);
  }

  async #refresh(): Promise<void> {
    const live = this.querySelector('quai-live');
    const answer = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(live?.id ?? '');
    if (live && fresh) live.innerHTML = fresh.innerHTML;
  }
}

customElements.define('quai-planning', QuaiPlanning);
