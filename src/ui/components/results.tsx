import type { Child, FC } from 'hono/jsx';
import { type Line, LineBullet } from './line.tsx';

export type Slot = {
  href: string;
  label: string /** Read instead of the label, where the label alone is bare. */;
  about?: string | undefined;
};

/** Free times as big links. */
export const SlotList: FC<{
  slots: Slot[];
  more?: Slot | undefined;
  label?: string | undefined;
}> = ({ slots, more, label }) => (
  <ul class="slots" aria-label={label}>
    {slots.map((slot) => (
      <li>
        <a class="slot" href={slot.href}>
          {slot.label}
          {slot.about ? <span class="hidden"> {slot.about}</span> : null}
        </a>
      </li>
    ))}
    {more ? (
      <li>
        <a class="slot slot-more" href={more.href}>
          {more.label}
          {more.about ? <span class="hidden"> {more.about}</span> : null}
        </a>
      </li>
    ) : null}
  </ul>
);

/** One answer of the search: what, where, how far, what it asks, and its free times. */
export const ResultCard: FC<{
  line?: Line | undefined;
  title: string;
  href?: string | undefined;
  /** Where, how far: the facts in grey. */
  meta?: Child;
  tags?: Child;
  /** Only where a price was set; never guessed. */
  price?: string | undefined;
  slots?: Slot[] | undefined;
  more?: Slot | undefined;
  /** The next step when there is no free time or a condition is missing. */
  next?: Child;
  level?: 2 | 3 | undefined;
}> = ({ line, title, href, meta, tags, price, slots = [], more, next, level = 3 }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <article class={`result${line ? '' : ' is-plain'}`}>
      {line ? <LineBullet {...line} /> : null}
      <div class="result-body">
        <Heading class="result-title">{href ? <a href={href}>{title}</a> : title}</Heading>
        {meta ? <p class="meta">{meta}</p> : null}
        {tags ? <p class="result-tags">{tags}</p> : null}
        {slots.length > 0 || more ? <SlotList slots={slots} more={more} label={title} /> : null}
        {next ? <div class="result-next">{next}</div> : null}
      </div>
      {price ? <p class="price">{price}</p> : null}
    </article>
  );
};
