import type { FC } from 'hono/jsx';
import type { Span } from '../../core/clock.ts';
import type { Locale } from '../../core/i18n.ts';
import type { ResourceView } from './view.store.ts';
import { formatOf, whenOf } from './view.words.ts';

/** The day and the hours, which never part at the end of a line. */
export const When: FC<{ view: Span & { resource: ResourceView }; locale: Locale }> = ({ view, locale }) => {
  const format = formatOf(view.resource, locale);
  const whole = whenOf(view, locale);
  const range = format.range(view.start, view.end);
  if (!whole.endsWith(range) || whole === range) return <>{whole}</>;
  return (
    <>
      {whole.slice(0, -range.length)}
      <span class="nowrap">{range}</span>
    </>
  );
};
