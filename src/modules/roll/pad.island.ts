/**
 * <quai-pad>: signs with a finger, a pen or the mouse. Writes the strokes as a path of whole numbers into the form's field, so that
 * the form sends them like any other field.
 */
const units = { width: 800, height: 260 };
/** Points nearer than this to the last one say nothing more. */
const apart = 3;
const mostCharacters = 39_000;
const mostPoints = 1_900;

type Point = { x: number; y: number };

class QuaiPad extends HTMLElement {
  #strokes: Point[][] = [];
  #drawing = false;

  connectedCallback(): void {
    this.hidden = false;
    for (const hint of document.querySelectorAll<HTMLElement>('[data-pad-hint]')) hint.hidden = true;
    const canvas = this.#canvas;
    canvas.addEventListener('pointerdown', this.#down);
    canvas.addEventListener('pointermove', this.#move);
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, this.#up);
    this.querySelector('[data-pad-clear]')?.addEventListener('click', () => {
      this.#strokes = [];
      this.#show();
    });
    this.#show();
  }

  get #canvas(): HTMLCanvasElement {
    return this.querySelector('canvas')!;
  }

  #pointOf(event: PointerEvent): Point {
    const box = this.#canvas.getBoundingClientRect();
    const within = (value: number, most: number) => Math.min(Math.max(Math.round(value), 0), most);
    return {
      x: within(((event.clientX - box.left) / box.width) * units.width, units.width),
      y: within(((event.clientY - box.top) / box.height) * units.height, units.height),
    };
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#drawing = true;
    this.#strokes.push([this.#pointOf(event)]);
  };

  readonly #move = (event: PointerEvent): void => {
    const stroke = this.#strokes.at(-1);
    if (!this.#drawing || !stroke || stroke.length >= mostPoints) return;
    const point = this.#pointOf(event);
    const last = stroke.at(-1)!;
    if (Math.hypot(point.x - last.x, point.y - last.y) < apart) return;
    stroke.push(point);
    this.#draw();
  };

  readonly #up = (): void => {
    if (!this.#drawing) return;
    this.#drawing = false;
    this.#show();
  };

  /** The strokes as a path; a very long one keeps every second point until it fits. */
  #path(): string {
    let strokes = this.#strokes.filter((stroke) => stroke.length > 1);
    for (;;) {
      const path = strokes
        .map((stroke) => stroke.map(({ x, y }, at) => `${at ? 'L' : 'M'}${x} ${y}`).join(''))
        .join('');
      if (path.length <= mostCharacters) return path;
      strokes = strokes.map((stroke) => stroke.filter((_, at) => at % 2 === 0 || at === stroke.length - 1));
    }
  }

  #draw(): void {
    const canvas = this.#canvas;
    const brush = canvas.getContext('2d');
    if (!brush) return;
    brush.setTransform(canvas.width / units.width, 0, 0, canvas.height / units.height, 0, 0);
    brush.clearRect(0, 0, units.width, units.height);
    brush.strokeStyle = getComputedStyle(this).color;
    brush.lineWidth = 5;
    brush.lineCap = 'round';
    brush.lineJoin = 'round';
    brush.beginPath();
    for (const stroke of this.#strokes) {
      for (const [at, { x, y }] of stroke.entries()) at ? brush.lineTo(x, y) : brush.moveTo(x, y);
    }
    brush.stroke();
  }

  #show(): void {
    this.#draw();
    const path = this.#path();
    const field = this.querySelector<HTMLInputElement>('input[name=traits]')!;
    field.value = path;
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[type=submit]')) button.disabled = path === '';
  }
}

customElements.define('quai-pad', QuaiPad);
