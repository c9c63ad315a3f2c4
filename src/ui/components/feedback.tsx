import type { Child, FC } from 'hono/jsx';

export type NoticeKind = 'info' | 'good' | 'warning' | 'bad';

/** A message in the flow of the page; bad news is announced at once, the rest politely. */
export const Notice: FC<{
  kind?: NoticeKind | undefined;
  title?: string | undefined;
  /** The heading's level; without it the title is a paragraph. */
  level?: 2 | 3 | undefined;
  children?: Child;
}> = ({ kind = 'info', title, level, children }) => (
  <div class={`notice notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
    {title ? (
      level === 2 ? (
        <h2 class="notice-title">{title}</h2>
      ) : level === 3 ? (
        <h3 class="notice-title">{title}</h3>
      ) : (
        <p class="notice-title">{title}</p>
      )
    ) : null}
    {children ? <div class="notice-body">{children}</div> : null}
  </div>
);

const marks = { plain: '', good: '✓', warning: '!', bad: '✗', info: 'i' } as const;

export type TagKind = keyof typeof marks;

/** A word on the state of something; the mark doubles the colour. */
export const Tag: FC<{ kind?: TagKind | undefined; children?: Child }> = ({ kind = 'plain', children }) => (
  <span class={`tag tag-${kind}`}>
    {marks[kind] ? <span aria-hidden="true">{marks[kind]} </span> : null}
    {children}
  </span>
);

/** An empty screen: what will be here, and how to begin. */
export const EmptyState: FC<{ title: string; children?: Child; action?: Child }> = ({ title, children, action }) => (
  <div class="empty">
    <svg class="empty-mark" viewBox="0 0 120 40" aria-hidden="true">
      <path class="empty-track" d="M4 20h112" />
      <circle class="empty-stop" cx="60" cy="20" r="11" />
    </svg>
    <h2 class="empty-title">{title}</h2>
    {children ? <div class="empty-body">{children}</div> : null}
    {action ? <div class="cluster">{action}</div> : null}
  </div>
);

export type Step = { label: string; state: 'done' | 'current' | 'todo'; href?: string | undefined };

/** Where one stands in a task: a short line of stops. */
export const Steps: FC<{ label: string; steps: Step[] }> = ({ label, steps }) => (
  <nav aria-label={label}>
    <ol class="steps">
      {steps.map((step) => (
        <li class={`step is-${step.state}`} aria-current={step.state === 'current' ? 'step' : undefined}>
          {step.href && step.state === 'done' ? <a href={step.href}>{step.label}</a> : step.label}
        </li>
      ))}
    </ol>
  </nav>
);
