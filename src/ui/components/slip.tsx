import type { Child, FC } from 'hono/jsx';

/** A slip in very large type, handed over at the desk: prints alone on its sheet. */
export const LargeSlip: FC<{
  /** What the person holds: "Votre réservation". */
  title: string;
  /** Lines in the largest type: the day, the hours, the place. */
  lines: { term: string; value: Child }[];
  /** Where to call, what to bring: in large type too. */
  footer?: Child;
  /** A QR code as an SVG element. */
  code?: Child;
  level?: 1 | 2 | undefined;
}> = ({ title, lines, footer, code, level = 1 }) => {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section class="slip">
      <Heading class="slip-title">{title}</Heading>
      <dl class="slip-lines">
        {lines.map((line) => (
          <div class="slip-line">
            <dt>{line.term}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
      {code ? <div class="slip-code">{code}</div> : null}
      {footer ? <div class="slip-footer">{footer}</div> : null}
    </section>
  );
};
