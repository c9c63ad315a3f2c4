import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Matter } from '../timetable/index.ts';

/** One date of a change; `before` is how it stood, for those who had noted it. */
export type ChangedDate = {
  sessionId: string;
  before: { start: Date; end: Date; version: number };
  /** What changed of it for those who come. */
  what: readonly Matter[];
  /** Sessions offered to those who were to come. */
  insteadIds?: readonly string[] | undefined;
};

/** What became of published sessions in one gesture: one, or dates of a series together, so that each person is told once. */
export type SessionChange = {
  kind: 'moved' | 'edited' | 'seats' | 'postponed' | 'cancelled' | 'resumed';
  dates: readonly ChangedDate[];
  /** Whether those who come are written to. */
  tell: boolean;
  reason?: I18nText | undefined;
};

/**
 * Who must act in the transaction of a change: seats raised serve the list, a session cancelled gives back its registrations.
 * Filled when modules are loaded, at the top level of a module's index: `onSessionChange.push(…)`. Called under the sessions'
 * locks.
 */
export const onSessionChange: ((inside: Ctx, change: SessionChange) => Promise<void>)[] = [];

/**
 * Who must act where the seats of a session are counted, under its lock: what nobody answered in time is free. Filled when
 * modules are loaded, as above.
 */
export const beforeSeatsCount: ((inside: Ctx, sessionId: string) => Promise<void>)[] = [];
