import type { Child, FC } from 'hono/jsx';
import { Button } from '../../ui/components/index.ts';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'quai-pad': { class?: string; hidden?: boolean; children?: Child };
    }
  }
}

/** What signatures are drawn on, in the units of their strokes. */
export const padSize = { width: 800, height: 260 } as const;

type Words = { signHere: string; signClear: string };

/**
 * Where a finger signs: its island (`pad.js`) shows it and writes the strokes into the field `traits`. Without JavaScript it is
 * not there, and what stands beside it says what to do.
 */
export const SignaturePad: FC<{ m: Words; children?: Child }> = ({ m, children }) => (
  <quai-pad class="pad" hidden>
    <p class="pad-label" id="pad-label">
      {m.signHere}
    </p>
    <canvas
      class="pad-canvas"
      width={String(padSize.width * 2)}
      height={String(padSize.height * 2)}
      role="img"
      aria-labelledby="pad-label"
    />
    <input type="hidden" name="traits" value="" />
    <div class="cluster">
      {children}
      <Button type="button" kind="quiet" attrs={{ 'data-pad-clear': '' }}>
        {m.signClear}
      </Button>
    </div>
  </quai-pad>
);

/** Strokes as they were drawn. They hold whole numbers only, whatever they were called. */
export const Strokes: FC<{ strokes: string; label: string }> = ({ strokes, label }) => (
  <svg
    class="pad-drawn"
    viewBox={`0 0 ${padSize.width} ${padSize.height}`}
    role="img"
    aria-label={label}
    preserveAspectRatio="xMinYMid meet"
  >
    <path
      d={strokes}
      fill="none"
      stroke="currentColor"
      stroke-width="5"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
