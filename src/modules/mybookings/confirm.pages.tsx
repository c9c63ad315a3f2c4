import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { EmptyState, LinkButton, PageHead } from '../../ui/components/index.ts';
import { confirmMessages } from './confirm.messages.ts';

/** What a stranger reads who scans a code: what it is and what to do, nothing of whose it is. */
export const ScanPage: FC<{ ctx: Ctx; path: string }> = ({ ctx, path }) => {
  const m = confirmMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.scanTitle} />
      <EmptyState
        title={m.scanTeam}
        action={
          <LinkButton kind="primary" href={`/${ctx.locale}/connexion?${new URLSearchParams({ retour: path })}`}>
            {m.signIn}
          </LinkButton>
        }
      >
        <p>{m.scanOwn}</p>
      </EmptyState>
    </>
  );
};
