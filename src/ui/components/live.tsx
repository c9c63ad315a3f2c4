import type { Child, FC } from 'hono/jsx';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'quai-live': { id: string; 'data-lost': string; class?: string; children?: Child };
    }
  }
}

/** A part of the page that its island (`live.js`) keeps up to date; without JavaScript it is simply there. */
export const Live: FC<{ id: string; lost: string; children?: Child }> = ({ id, lost, children }) => (
  <quai-live id={id} data-lost={lost} class="live">
    {children}
  </quai-live>
);
