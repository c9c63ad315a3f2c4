import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { FormValues } from '../../core/input.ts';

/** What was searched, as the fields of the form, and whether something was free. */
export type Searched = {
  values: FormValues;
  free: boolean;
  /** Read after the offer where several look alike ("mardi 24 novembre"). */
  about?: string | undefined;
};

/** What other modules offer to whom the answers do not suit; they add theirs when they are loaded, as on the home page. */
export const whenNothingIsFree: ((ctx: Ctx, searched: Searched) => Child)[] = [];

/** Every offer for a search. */
export const offersFor = (ctx: Ctx, searched: Searched): Child[] =>
  whenNothingIsFree.map((offer) => offer(ctx, searched));
