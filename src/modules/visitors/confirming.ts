import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Purpose } from '../booking/index.ts';

/** What a visitor asked for in one go, as the pages of the code show it. */
export type ToConfirm = {
  reference: string;
  /** The ids of all that one code confirms. */
  ids: readonly string[];
  /** Each thing that is left to confirm, in a line. */
  lines: readonly string[];
  site: { telephone: string | null };
  /** Until when it is kept, or what the code does now. */
  until: string;
  /** What is called otherwise for it than for others of its kind: an appointment among registrations. */
  words?: Partial<ConfirmingWords> | undefined;
  /** Whether the code still does something. */
  waits: boolean;
  /** Its own page, without its locale: for whoever is known, and for whoever holds the mail. */
  path: string;
  keyedPath: string;
};

/** What is called otherwise from one kind of thing to the other. */
export type ConfirmingWords = {
  confirm: string;
  linkTitle: string;
  linkLead: string;
  linkGoneText: string;
  see: string;
  startAgain: string;
};

/** How one kind of thing that visitors ask for is confirmed, by the code of a mail or by its link. */
export type Confirming = {
  purpose: Purpose;
  /** Below which its addresses stand. */
  root: 'reservations' | 'inscriptions';
  words: Record<Locale, ConfirmingWords>;
  /** Where one asks anew. */
  startPath: string;
  find: (ctx: Ctx, by: { reference: string } | { id: string }) => Promise<ToConfirm | undefined>;
  /** Confirms, and says where that leads, without its locale. */
  confirm: (ctx: Ctx, by: { reference: string; code: string } | { token: string }) => Promise<string>;
};

type Held = { status: string; holdExpiresAt: Date | null };

/** What is left to confirm: one of several that was given back on purpose is not shown as if it were still held. */
export function leftOf<T extends Held>(all: readonly [T, ...T[]]): readonly [T, ...T[]] {
  const [first, ...others] = all.filter((one) => one.status !== 'cancelled' || one.holdExpiresAt !== null);
  return first ? [first, ...others] : all;
}
