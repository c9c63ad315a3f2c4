import { has, isTerritoryAdministrator, mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Helper } from './presence.types.ts';
import { helpers } from './reasons.store.ts';

/** Whether one may say when somebody is present: themselves, and the team of their place. */
export const mayRun = (ctx: Ctx, helper: Pick<Helper, 'personId' | 'siteId'>): boolean =>
  (ctx.actor.personId !== null && ctx.actor.personId === helper.personId) || has(ctx.actor, 'team', helper.siteId);

/** The helper of an id for those who may say when they are present; for the others there is none. */
export async function runHelper(ctx: Ctx, helperId: string): Promise<Helper> {
  const helper = (await helpers(ctx)).find((one) => one.id === helperId);
  if (!helper || !mayRun(ctx, helper)) throw notFound();
  return helper;
}

/** Why people come is the same everywhere: whoever administers a place may write it. */
export const mustWriteReasons = (ctx: Ctx): void => mustHave(ctx.actor, 'administrator');

/** Whether somebody may take an appointment for a reason kept for some. */
export function mayTake(ctx: Ctx, who: 'public' | 'member' | 'team'): boolean {
  return who === 'public' || isTerritoryAdministrator(ctx.actor) || has(ctx.actor, who);
}
