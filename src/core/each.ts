import type { Ctx } from './context.ts';

/**
 * Does the same for each, one after the other, and counts what was done. One that fails holds back none of those after it: the
 * others are done first, then the first failure is thrown. `work` must undo itself when it fails.
 */
export async function eachApart<T>(ones: readonly T[], work: (one: T) => Promise<boolean>): Promise<number> {
  let done = 0;
  const failures: unknown[] = [];
  for (const one of ones) {
    try {
      if (await work(one)) done += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/**
 * The same for all that a statement finds, however many: it is read page by page, each after the last row of the page before, so
 * that rows nothing can be done about hold back none behind them. A page shorter than `size` is the last.
 */
export async function eachInPages<T>(
  read: (after: T | undefined) => Promise<readonly T[]>,
  size: number,
  work: (one: T) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  const failures: unknown[] = [];
  let page: readonly T[] = [];
  do {
    page = await read(page.at(-1));
    try {
      done += await eachApart(page, work);
    } catch (error) {
      failures.push(error);
    }
  } while (page.length === size);
  if (failures.length > 0) throw failures[0];
  return done;
}

/** Several works as one, each done whatever became of those before it; then the first failure is thrown. */
export const inTurn =
  (...works: readonly ((ctx: Ctx) => Promise<unknown>)[]) =>
  async (ctx: Ctx): Promise<void> => {
    await eachApart(works, async (work) => {
      await work(ctx);
      return true;
    });
  };
