import type { Ctx } from '../../core/context.ts';

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

/**
 * What another module does when two persons are made one, in the transaction that does it, before what one has goes to the
 * other. `sessions` are locked first, with both persons; what `merge` returns (ids, no words) stays in the journal; `said` is
 * read on the page before anything is done.
 */
export type MergeHook = {
  name: string;
  sessions: (ctx: Ctx, keepId: string, mergedId: string) => Promise<string[]>;
  merge: (ctx: Ctx, keepId: string, mergedId: string) => Promise<unknown>;
  said: (ctx: Ctx, keepId: string, mergedId: string) => Promise<string[]>;
};

/** Filled when modules are loaded, at the top level of a module's index: `onErase.push(…)`. */
export const personalData: PersonalDataPart[] = [];
export const onErase: EraseHook[] = [];
export const onMerge: MergeHook[] = [];
