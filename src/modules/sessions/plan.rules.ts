import { hour, type Span } from '../../core/clock.ts';
import type { Reason } from '../../core/errors.ts';
import { mostDates } from '../timetable/index.ts';
import type { SessionFields } from './plan.types.ts';

/** No session is longer than this (a constraint of the table says so too). */
const longest = 31 * 24 * hour;
export const mostSeats = 2000;

const named = (text: SessionFields['title']): boolean => Object.values(text).some((words) => words?.trim());

/** What is wrong with what is said of a session, every reason at once. */
export function fieldFaults(fields: SessionFields): Reason[] {
  const { audience = 'all', priceKind = 'unknown', ageMin, ageMax, seats, minimum, opensAt, closesAt } = fields;
  const faults: [boolean, string][] = [
    [!named(fields.title), 'session.title'],
    [audience === 'ages' && ageMin == null && ageMax == null, 'session.ages'],
    [ageMin != null && ageMax != null && ageMin > ageMax, 'session.ages_order'],
    [audience === 'group' && !fields.groupId, 'session.group'],
    [priceKind === 'amount' && (fields.tariffs ?? []).length === 0, 'session.tariffs'],
    [fields.placeKind === 'stop' && !fields.stopId, 'session.stop'],
    [fields.placeKind === 'address' && !fields.address?.name.trim(), 'session.address'],
    [Boolean(fields.track) && !fields.parentId, 'session.track'],
    [seats != null && (seats < 0 || seats > mostSeats), 'session.seats'],
    [seats != null && minimum != null && minimum > seats, 'session.minimum'],
    [opensAt != null && closesAt != null && closesAt <= opensAt, 'session.registration_order'],
  ];
  return faults.flatMap(([wrong, code]) =>
    wrong ? [{ code, params: code === 'session.seats' ? { most: mostSeats } : {} }] : [],
  );
}

/** What is wrong with the dates of a plan. */
export function dateFaults(dates: readonly Span[]): Reason[] {
  if (dates.length === 0) return [{ code: 'session.no_date', params: {} }];
  if (dates.length > mostDates) return [{ code: 'session.too_many_dates', params: { most: mostDates } }];
  return dates.flatMap(({ start, end }): Reason[] => {
    if (end <= start) return [{ code: 'session.order', params: { start } }];
    return end.getTime() - start.getTime() > longest ? [{ code: 'session.too_long', params: { start } }] : [];
  });
}
