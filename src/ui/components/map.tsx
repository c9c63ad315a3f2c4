import { type Child, type FC, useContext } from 'hono/jsx';
import { LocaleContext } from '../locale-context.ts';
import { uiMessages } from '../ui.messages.ts';

export type MapPoint = {
  /** In units of the map's width and height, from its top left corner. */
  x: number;
  y: number;
  label: string;
  href?: string | undefined;
  kind: 'station' | 'mini_station' | 'mobile' | 'town' | 'here';
  detail?: string | undefined;
};

const radius: Record<MapPoint['kind'], number> = { station: 17, mini_station: 14, mobile: 14, town: 4, here: 9 };

const Shape: FC<{ point: MapPoint; number: number | null }> = ({ point, number }) => {
  const r = radius[point.kind];
  return (
    <>
      {point.kind === 'mobile' ? (
        <rect class="map-dot map-mobile" x={point.x - r - 3} y={point.y - r} width={2 * r + 6} height={2 * r} rx="5" />
      ) : (
        <circle class={`map-dot map-${point.kind}`} cx={point.x} cy={point.y} r={r} />
      )}
      {number === null ? null : (
        <text class="map-number" x={point.x} y={point.y} text-anchor="middle" dominant-baseline="central">
          {number}
        </text>
      )}
    </>
  );
};

/**
 * A map of points drawn by the server, with the same places as a numbered list beside it: the list is what is read,
 * the drawing what is seen. Its marks suit a map about 640 units wide. Towns and "here" are landmarks: named on the map, absent from the list.
 */
export const PointMap: FC<{
  title: string;
  width: number;
  height: number;
  points: MapPoint[];
  /** The territory's outline, as an SVG path in the same units. */
  outline?: string | undefined;
  /** Rivers, borders: paths drawn thin. */
  traces?: string[] | undefined;
  children?: Child;
}> = ({ title, width, height, points, outline, traces = [], children }) => {
  const words = uiMessages[useContext(LocaleContext)];
  const places = points.filter((point) => point.kind !== 'town' && point.kind !== 'here');
  const landmarks = points.filter((point) => point.kind === 'town' || point.kind === 'here');
  return (
    <div class="map">
      <svg class="map-drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {outline ? <path class="map-outline" d={outline} /> : null}
        {traces.map((d) => (
          <path class="map-trace" d={d} />
        ))}
        {landmarks.map((point) => {
          const left = point.x > width * 0.75;
          return (
            <>
              <Shape point={point} number={null} />
              <text
                class="map-town-name"
                x={point.x + (left ? -14 : 14)}
                y={point.y + 5}
                text-anchor={left ? 'end' : 'start'}
              >
                {point.kind === 'here' ? words.here : point.label}
              </text>
            </>
          );
        })}
        {places.map((point, index) =>
          point.href ? (
            <a href={point.href} tabindex={-1}>
              <title>{point.label}</title>
              <Shape point={point} number={index + 1} />
            </a>
          ) : (
            <Shape point={point} number={index + 1} />
          ),
        )}
      </svg>
      <ol class="map-list" aria-label={title}>
        {places.map((point, index) => (
          <li class="map-item">
            <span class={`map-key map-key-${point.kind}`} aria-hidden="true">
              {index + 1}
            </span>
            <span>
              {point.href ? <a href={point.href}>{point.label}</a> : <b>{point.label}</b>}
              {point.detail ? <span class="map-detail">{point.detail}</span> : null}
            </span>
          </li>
        ))}
        {children}
      </ol>
    </div>
  );
};
