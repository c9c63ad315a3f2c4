import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

/** What became of a published session; `before` is how it stood, for those who had noted it. */
export type SessionChange = {
  kind: 'moved' | 'edited' | 'seats' | 'postponed' | 'cancelled' | 'resumed';
  sessionId: string;
  before: { start: Date; end: Date; version: number };
  reason?: I18nText | undefined;
  /** Sessions offered to those who were to come. */
  insteadIds?: readonly string[] | undefined;
};

/**
 * Who must act in the transaction of a change: seats raised serve the list, a session cancelled gives back its registrations.
 * Filled when modules are loaded, at the top level of a module's index: `onSessionChange.push(…)`. Called under the session's lock.
 */
export const onSessionChange: ((inside: Ctx, change: SessionChange) => Promise<void>)[] = [];
