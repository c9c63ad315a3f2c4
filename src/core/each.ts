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
