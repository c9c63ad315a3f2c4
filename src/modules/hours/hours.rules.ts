import type { Range } from '../setup/index.ts';

/** Minutes after midnight as a wall time; past midnight it is the next morning's. */
export const clockOf = (minutes: number): string => {
  const inDay = minutes % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
};

/** Whether two openings of a day meet. */
export const rangesMeet = (ranges: readonly Range[]): boolean =>
  [...ranges].sort((a, b) => a.opens - b.opens).some((range, i, all) => i > 0 && range.opens < all[i - 1]!.closes);
