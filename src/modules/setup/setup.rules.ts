import { normaliseName } from '../../core/names.ts';

/** Words that pages of a place already have as addresses. */
const reserved = new Set(['nouveau', 'nouvelle', 'carte', 'fiche', 'horaires', 'photo', 'tournee', 'espaces']);

/** A name as the end of an address: "Salle du Marais" is "salle-du-marais". */
export function slugOf(name: string): string {
  const slug = normaliseName(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  if (!slug) return 'lieu';
  return reserved.has(slug) ? `${slug}-1` : slug;
}

/** The first of "salle", "salle-2", "salle-3"… that nothing bears yet. */
export function freeSlug(name: string, taken: ReadonlySet<string>): string {
  const base = slugOf(name);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

const unitMinutes: [RegExp, number][] = [
  [/^(j|jour|jours|d|day|days|dag|dagen)$/, 1440],
  [/^(h|heure|heures|hour|hours|u|uur|uren)$/, 60],
  [/^(m|mn|min|minute|minutes|minuut|minuten)$/, 1],
  [/^(sem|semaine|semaines|week|weeks|weken)$/, 7 * 1440],
];

/** Minutes of "2 h 30", "90 min", "3 jours", "1,5 h" or "45"; NaN when it is no length of time. */
export function parseDuration(text: string): number {
  const parts = text
    .toLowerCase()
    .replaceAll(',', '.')
    .match(/\d+(?:\.\d+)?|\p{L}+|[^\s\d\p{L}]+/gu);
  if (!parts) return Number.NaN;
  let total = 0;
  let before = 1440 * 7 + 1;
  for (let i = 0; i < parts.length; i += 2) {
    const amount = Number(parts[i]);
    const word = parts[i + 1];
    // "2 h 30": a number left alone counts in the unit below; alone from the start it is minutes.
    const size = word === undefined ? (i === 0 || before === 60 ? 1 : Number.NaN) : unitOf(word);
    if (!Number.isFinite(amount) || !(size < before)) return Number.NaN;
    total += amount * size;
    before = size;
  }
  return Math.round(total);
}

const unitOf = (word: string): number => unitMinutes.find(([pattern]) => pattern.test(word))?.[1] ?? Number.NaN;

/** Cents of "12", "12,50" or "12.5 €"; undefined when it is no amount. */
export function parseCents(text: string): number | undefined {
  const amount = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f€]/g, ''));
  if (!amount) return undefined;
  return Number(amount[1]) * 100 + Number((amount[2] ?? '').padEnd(2, '0'));
}

/** A wall time "09:30" in minutes after midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes after midnight as a wall time; past midnight it is the next morning's. */
export const clockOf = (minutes: number): string => {
  const inDay = minutes % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
};

export type Range = { opens: number; closes: number };

/** An opening from one wall time to another; ending before it begins, it ends the next morning. */
export function rangeOf(from: string, to: string): Range {
  const opens = minutesOf(from);
  const closes = minutesOf(to);
  return { opens, closes: closes > opens ? closes : closes + 1440 };
}

/** Whether two openings of a day meet. */
export const rangesMeet = (ranges: readonly Range[]): boolean =>
  [...ranges].sort((a, b) => a.opens - b.opens).some((range, i, all) => i > 0 && range.opens < all[i - 1]!.closes);

/** Whether adding `contents` to `container` would make something contain itself. */
export function makesLoop(
  container: string,
  contents: readonly string[],
  edges: readonly { container_id: string; content_id: string }[],
): boolean {
  const seen = new Set<string>();
  const todo = [...contents];
  while (todo.length > 0) {
    const id = todo.pop()!;
    if (id === container) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of edges) if (edge.container_id === id) todo.push(edge.content_id);
  }
  return false;
}

/** The names of the fields that differ, for the journal. */
export function changedKeys(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const plain = (value: unknown) => JSON.stringify(sorted(value ?? null));
  return Object.keys(after).filter((key) => plain(before[key]) !== plain(after[key]));
}

function sorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(sorted);
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, sorted(one)]),
    );
  return value;
}
