import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { bookingHref } from '../finding/index.ts';
import { type Instead, insteadLabel } from './instead.ts';
import { words } from './view.words.ts';

/** What is free instead, one tap away. */
export const InsteadList: FC<{
  ctx: Ctx;
  found: readonly Instead[];
  people: number;
  title?: string | undefined;
  href?: ((one: Instead) => string) | undefined;
}> = ({ ctx, found, people, title, href }) => {
  const { locale } = ctx;
  if (found.length === 0) return null;
  return (
    <section class="section instead" aria-labelledby="instead">
      <h2 id="instead">{title ?? words[locale].instead}</h2>
      <ul class="slots">
        {found.map((one) => (
          <li>
            <a class="slot" href={href?.(one) ?? bookingHref(locale, one.slug, one, people, one.timeZone)}>
              {insteadLabel(one, locale, ctx.territory.mainLanguage)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
