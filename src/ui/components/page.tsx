import type { Child, FC } from 'hono/jsx';

/** The head of a page: the way back, its only h1, a sentence, the gestures. */
export const PageHead: FC<{
  title: Child;
  lead?: Child;
  back?: { href: string; label: string } | undefined;
  actions?: Child;
  /** The home page's very large type. */
  hero?: boolean | undefined;
}> = ({ title, lead, back, actions, hero }) => (
  <div class={`page-head${hero ? ' is-hero' : ''}`}>
    {back ? (
      <a class="back" href={back.href}>
        <span aria-hidden="true">← </span>
        {back.label}
      </a>
    ) : null}
    <h1 class={hero ? 'hero' : undefined}>{title}</h1>
    {lead ? <p class="lead">{lead}</p> : null}
    {actions ? <div class="cluster">{actions}</div> : null}
  </div>
);
