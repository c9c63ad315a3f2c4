import { instantOf, isDay } from '../core/clock.ts';

const clock = /^(\d{1,2})\s*(?:[:hHuU.]\s*(\d{2})?)(?::\d{2}(?:\.0+)?)?$/;

/** "9:30", "9h30", "9 h", "09:30:00" as "09:30"; undefined when it is no time of day. */
export function readTime(text: string): string | undefined {
  const [, hours, minutes] = clock.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes ?? 0) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes ?? '00'}`;
}

/** "2026-11-23" or "23/11/2026" (also - and . between) as "2026-11-23"; undefined when it is no day. */
export function readDay(text: string): string | undefined {
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const day = french ? `${french[3]}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}` : text.trim();
  return isDay(day) ? day : undefined;
}

/** An instant of RFC 3339, or a day and a time of the place's clock; a time alone is of `day`. */
export function readInstant(text: string, timeZone: string, day: string | undefined): Date | undefined {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? undefined : at;
  }
  const alone = readTime(text);
  if (alone) return day ? instantOf(day, alone, timeZone) : undefined;
  const [, date = '', time = ''] = /^(\S+?)(?:T|\s+)(?:(?:à|at)\s+)?(\d.*)$/.exec(text) ?? [];
  const [d, t] = [readDay(date), readTime(time)];
  return d && t ? instantOf(d, t, timeZone) : undefined;
}
