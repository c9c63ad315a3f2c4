import Holidays from 'date-holidays';
import type { Day } from './clock.ts';

const kept = new Map<string, readonly Day[]>();

/** The public holidays of a country (ISO 3166 code) in a year; none for a country the library does not know. */
export function holidaysOf(country: string, year: number): readonly Day[] {
  const key = `${country} ${year}`;
  let days = kept.get(key);
  if (!days) {
    // Years come from requests, bounded to this century, countries from the territory's own communes.
    days = (new Holidays(country).getHolidays(year) ?? [])
      .filter((holiday) => holiday.type === 'public')
      .map((holiday) => holiday.date.slice(0, 10));
    kept.set(key, days);
  }
  return days;
}

/** The public holidays of some countries from a day to another, as two arrays of the same length for SQL. */
export function holidaysBetween(
  countries: Iterable<string>,
  first: Day,
  last: Day,
): { countries: string[]; days: Day[] } {
  const found: { countries: string[]; days: Day[] } = { countries: [], days: [] };
  for (const country of countries) {
    for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
      for (const day of holidaysOf(country, year)) {
        if (day < first || day > last) continue;
        found.countries.push(country);
        found.days.push(day);
      }
    }
  }
  return found;
}
