import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { Refusal, refusalStatus } from '../../core/errors.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { telHref } from '../../ui/layout.tsx';
import { words } from './view.words.ts';

/** What a page shows of a refusal, and the status it answers with. */
export type Refused = { status: number; reasons: Explained[]; codes: string[] };

/** A refusal as the page says it; what is not there, and what is not a refusal, is for the house's own page. */
export function refusedBy(ctx: Ctx, error: unknown, timeZone?: string): Refused {
  if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
  return {
    status: refusalStatus[error.kind],
    reasons: explainAll(ctx, error, timeZone ? { timeZone } : {}),
    codes: error.reasons.map((reason) => reason.code),
  };
}

/** Every reason, each with its next step, announced at once; and whom to call. */
export const Reasons: FC<{
  ctx: Ctx;
  site: { telephone: string | null } | undefined;
  title: string;
  reasons: readonly Explained[];
}> = ({ ctx, site, title, reasons }) => {
  const telephone = site?.telephone ?? ctx.territory.telephone;
  const offered = reasons.some((reason) => reason.next?.href.startsWith('tel:'));
  if (reasons.length === 0) return null;
  return (
    <div class="notice notice-bad" role="alert" tabindex={-1} id="refused">
      <h2 class="notice-title">{title}</h2>
      <ul class="reasons">
        {reasons.map((reason) => (
          <li>
            {reason.text}
            {reason.next ? (
              <>
                {' '}
                <a class="reason-next" href={reason.next.href}>
                  {reason.next.label}
                </a>
              </>
            ) : null}
          </li>
        ))}
        {telephone && !offered ? (
          <li>
            {words[ctx.locale].call}{' '}
            <a class="reason-next" href={telHref(telephone)}>
              {telephone}
            </a>
          </li>
        ) : null}
      </ul>
    </div>
  );
};
