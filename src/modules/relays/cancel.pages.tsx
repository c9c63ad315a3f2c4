import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { Button, LinkButton, PageHead } from '../../ui/components/index.ts';
import { relaysMessages } from './relays.messages.ts';
import { relayRoot, whenOf } from './relays.pages.tsx';
import type { Registered, RelayCommune } from './relays.store.ts';

/** Before a resident's appointment or place is given back: whose, and when. */
export const AskCancelPage: FC<{ ctx: Ctx; commune: RelayCommune; one: Registered }> = ({ ctx, commune, one }) => {
  const m = relaysMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const own = relayRoot(ctx, commune);
  return (
    <>
      <PageHead title={m.cancelTitle} back={{ href: own, label: m.back }} />
      <section class="card about">
        <p class="recap-name">
          <strong>{one.person}</strong>
        </p>
        <p>{whenOf(ctx, one)}</p>
        <p class="meta">
          {[say(one.title, ctx.locale, main), one.stopCommune ?? one.commune ?? say(one.site, ctx.locale, main)].join(
            ' · ',
          )}
        </p>
      </section>
      <form method="post" action={`${own}/${one.reference}/annuler`} class="cluster">
        <Button kind="danger">{m.cancelYes}</Button>
        <LinkButton href={own}>{m.cancelNo}</LinkButton>
      </form>
    </>
  );
};
