import type { Child } from 'hono/jsx';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Searched } from '../finding/index.ts';
import { ownEmail } from './ask.ts';
import { WaitingOffer } from './waiting.pages.tsx';

/** What the search shows when nothing suits: nothing for a day that is over. */
export function waitingOffer(ctx: Ctx, searched: Searched): Child {
  const { jour } = searched.values;
  if (jour && jour < dayOf(ctx.now, ctx.territory.timeZone)) return null;
  return <WaitingOffer ctx={ctx} known={ownEmail(ctx) !== undefined} {...searched} />;
}
