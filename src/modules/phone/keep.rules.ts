/** How long a phone keeps a day at most, whatever happens. */
const longestMs = 48 * 3_600_000;

/** Until when a day may be kept, by the phone's own clock. */
export type Keeping = { until: number; dayEnds: number };

/** From the seconds that the server says are left of the day. */
export const keepingFrom = (keptAt: number, secondsLeft: number): Keeping => ({
  until: keptAt + longestMs,
  dayEnds: keptAt + secondsLeft * 1000,
});

/** A day is kept while it lasts, then until what was noted is sent; never longer than 48 hours. */
export const isStillKept = ({ until, dayEnds }: Keeping, waiting: number, now: number): boolean =>
  now < until && (now < dayEnds || waiting > 0);

/** The addresses of what a kept page needs to be shown: style sheets, scripts, fonts. */
export const staticNeeds = (text: string): string[] => [
  ...new Set([...text.matchAll(/\/static\/[\w./-]+\.(?:css|js|woff2|svg)/g)].map(([address]) => address)),
];

type Sendable = { payload: Record<string, string> };

/** The next gestures to send, in their order: few and light enough for one request, at least one. */
export function nextBatch<T extends Sendable>(waiting: readonly T[], most = 5, mostCharacters = 100_000): T[] {
  const batch: T[] = [];
  let size = 0;
  for (const entry of waiting) {
    size += JSON.stringify(entry.payload).length;
    if (batch.length > 0 && (batch.length >= most || size > mostCharacters)) break;
    batch.push(entry);
  }
  return batch;
}
