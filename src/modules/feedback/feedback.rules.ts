import { hour } from '../../core/clock.ts';

/** From "not at all" to "very": four, so that nobody sits in the middle. */
export const scores = [1, 2, 3, 4] as const;
export type Score = (typeof scores)[number];

/** From here down somebody was let down: the team is asked to do something about it. */
export const lowScore = 2;
/** Fewer people than this, and it could be told who said what. */
export const fewestShown = 3;

const changeHours = 24;
const askedDays = 60;

/** Until when an answer may be changed by whoever gave it. */
export const changeableUntil = (given: Date): Date => new Date(given.getTime() + changeHours * hour);

/** Until when one is asked: later, nobody remembers. */
export const askedUntil = (end: Date): Date => new Date(end.getTime() + askedDays * 24 * hour);

export type FeedbackFigures = { count: number; useful: number };

/** What may be said in public: how many people answered and how many found it useful, from three people on. */
export const publicFigures = ({ count, useful }: FeedbackFigures): FeedbackFigures | null =>
  count >= fewestShown ? { count, useful } : null;
