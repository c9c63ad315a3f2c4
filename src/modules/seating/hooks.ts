import type { Ctx } from '../../core/context.ts';

/** What became of one registration. */
export type RegistrationChange = {
  kind: 'registered' | 'cancelled' | 'expired';
  registrationId: string;
  sessionId: string;
};

/**
 * Who must act in the transaction of a change: an appointment given back frees the time of who was to hold it. Filled when
 * modules are loaded: `onRegistrationChange.push(…)`. Called under the session's lock, once the change is written.
 */
export const onRegistrationChange: ((inside: Ctx, change: RegistrationChange) => Promise<void>)[] = [];

/** Tells all of them. */
export async function changed(ctx: Ctx, change: RegistrationChange): Promise<void> {
  for (const hook of onRegistrationChange) await hook(ctx, change);
}
