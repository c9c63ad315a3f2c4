import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import type { What } from '../day/index.ts';
import type { Lengths, Stretch } from './desk.rules.ts';

/** Something that can be booked at the desk. */
export type Bookable = What & { capacity: number; units: number; step_minutes: number; gap: number };

/** Something with the free time it has on a day. */
export type Offer = { bookable: Bookable; lengths: Lengths; stretches: Stretch[] };

/** Somebody who came here before. */
export type Known = { id: string; name: string; email: string | null; telephone: string | null; last: Date };

/** What was chosen at the desk, and how far the form has come. */
export type DeskForm = {
  bookable: Bookable;
  start: Date;
  end: Date;
  /** Other ends one may choose. */
  ends: Date[];
  values: FormValues;
  errors: FieldErrors;
  /** Why not, as it stands. */
  reasons: readonly Explained[];
  /** The team may go past these reasons, saying why. */
  passable: boolean;
  /** Who was found, once looked for. */
  known: Known[] | undefined;
  /** Names this very form, so that it books once however often it is sent. */
  key: string;
  /** The person can be there already. */
  canBeHere: boolean;
};
