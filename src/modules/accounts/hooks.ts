import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';

/** A part of the account page that another module fills in ("my bookings"); nothing is shown for null. */
export type AccountSection = { name: string; rank: number; render: (ctx: Ctx) => Promise<Child> };

/** What another module keeps about a person, for the copy of one's data. */
export type PersonalDataPart = { name: string; collect: (ctx: Ctx, personId: string) => Promise<unknown> };

/** Something kept after erasure, in the reader's words: what, why, until when. */
export type Kept = { what: string; why: string; until: string };

/**
 * What another module does when a person is erased, in the transaction that erases them; it may refuse by throwing a Refusal.
 * `erased` and `kept` are read on the page before anything is done.
 */
export type EraseHook = {
  name: string;
  erase: (ctx: Ctx, personId: string) => Promise<void>;
  erased?: (ctx: Ctx, personId: string) => Promise<string[]>;
  kept?: (ctx: Ctx, personId: string) => Promise<Kept[]>;
};

/** Filled when modules are loaded: `accountSections.push(…)` at the top level of a module's index. */
export const accountSections: AccountSection[] = [];
export const personalData: PersonalDataPart[] = [];
export const onErase: EraseHook[] = [];
