import type { FC } from 'hono/jsx';

/** The palette of lines: a territory gives each service one of these names, the style sheet gives it its colour. */
export const lineColours = ['orange', 'blue', 'teal', 'green', 'pink', 'violet', 'brown', 'slate'] as const;
export type LineColour = (typeof lineColours)[number];

/** A service drawn as a line of a metro map: its letter, its colour and, for those who see neither, its name. */
export type Line = { letter: string; colour: LineColour; name?: string | undefined };

/** The round bullet of a line; `name` is read aloud and otherwise the bullet is silent, the word standing beside it. */
export const LineBullet: FC<Line> = ({ letter, colour, name }) => (
  <span class={`bullet line-${colour}`}>
    <span aria-hidden="true">{letter}</span>
    {name ? <span class="hidden">{name}</span> : null}
  </span>
);

/** The line in words: bullet and name side by side. */
export const LineName: FC<{ line: Line }> = ({ line }) => (
  <span class="line-name">
    <LineBullet letter={line.letter} colour={line.colour} />
    {line.name ?? ''}
  </span>
);

export type Stop = {
  href?: string | undefined;
  label: string;
  detail?: string | undefined;
  /** What is happening there now, in words ("ouvert jusqu’à 19 h"). */
  status?: string | undefined;
  /** Open now: the stop is filled in yellow. */
  active?: boolean | undefined;
  /** The stop that moves: the bus. */
  moving?: boolean | undefined;
};

/** The bus, drawn: it stands where a stop has no line of its own. */
export const BusShape: FC = () => (
  <svg class="stop-bus" viewBox="0 0 36 24" aria-hidden="true">
    <rect class="stop-bus-body" x="2" y="2" width="32" height="16" rx="4" />
    <path class="stop-bus-glass" d="M6 6h6v5H6zM15 6h6v5h-6zM24 6h6v5h-6z" />
    <circle class="stop-bus-wheel" cx="10" cy="19" r="3.5" />
    <circle class="stop-bus-wheel" cx="26" cy="19" r="3.5" />
  </svg>
);

/** The network as one metro line: a list of stops, upright on a phone, lying on a wide screen. */
export const NetworkLine: FC<{ stops: Stop[]; label?: string | undefined }> = ({ stops, label }) => (
  <ol class="network" aria-label={label}>
    {stops.map((stop, index) => (
      <li class={`stop${stop.active ? ' is-active' : ''}${stops[index + 1]?.moving ? ' before-moving' : ''}`}>
        {stop.moving ? <BusShape /> : <span class="stop-mark" aria-hidden="true" />}
        {stop.href ? (
          <a class="stop-label" href={stop.href}>
            {stop.label}
          </a>
        ) : (
          <span class="stop-label">{stop.label}</span>
        )}
        {stop.detail ? <span class="stop-detail">{stop.detail}</span> : null}
        {stop.status ? <span class="stop-status">{stop.status}</span> : null}
      </li>
    ))}
  </ol>
);

/** What stands where a photo will be: a platform under the line's colour, with its letter; purely decorative. */
export const Placeholder: FC<{ line: Line; label?: string | undefined }> = ({ line, label }) => (
  <svg
    class={`placeholder line-${line.colour}`}
    viewBox="0 0 480 270"
    preserveAspectRatio="xMidYMid slice"
    role={label ? 'img' : undefined}
    aria-label={label}
    aria-hidden={label ? undefined : 'true'}
  >
    <rect class="placeholder-ground" width="480" height="270" />
    <path class="placeholder-roof" d="M0 60 96 18l96 42 96-42 96 42 96-42v34l-96 42-96-42-96 42-96-42L0 94z" />
    <path class="placeholder-pillar" d="M93 84h6v126h-6zM285 84h6v126h-6z" />
    <circle class="placeholder-disc" cx="382" cy="134" r="48" />
    <text class="placeholder-letter" x="382" y="134" text-anchor="middle" dominant-baseline="central">
      {line.letter}
    </text>
    <rect class="placeholder-strip" y="210" width="480" height="12" />
    <rect class="placeholder-platform" y="222" width="480" height="48" />
  </svg>
);
