import { sitesWith } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';

/** The way to somebody's record, for those who may open it: a shared tablet may not. */
export const personPath = (ctx: Ctx, personId: string): string | undefined =>
  sitesWith(ctx.actor, 'team')?.length === 0 || ctx.actor.deviceId
    ? undefined
    : `/${ctx.locale}/gestion/personnes/${personId}`;
