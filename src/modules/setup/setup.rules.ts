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

/** A wall time "09:30" in minutes after midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export type Range = { opens: number; closes: number };

/** An opening from one wall time to another; ending before it begins, it ends the next morning. */
export function rangeOf(from: string, to: string): Range {
  const opens = minutesOf(from);
  const closes = minutesOf(to);
  return { opens, closes: closes > opens ? closes : closes + 1440 };
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
