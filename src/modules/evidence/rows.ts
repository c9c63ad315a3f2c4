import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { AgeBand } from '../../core/schema.ts';
import { ageBands, attendanceMessages, penOf, placeOf, type Roll, totalsOf } from '../attendance/index.ts';
import { evidenceMessages } from './evidence.messages.ts';
import type { SheetSession } from './evidence.types.ts';

/** A sheet is written in the territory's language, whoever prints it: a funder reads one language. */
export const sheetCtx = (ctx: Ctx): Ctx => ({ ...ctx, locale: ctx.territory.mainLanguage });

/** A session's roll as a sheet freezes it: the rows, and in words all that is printed around them. */
export function rowsOf(given: Ctx, roll: Roll): SheetSession {
  const ctx = sheetCtx(given);
  const { session, sittings } = roll;
  const pen = penOf(ctx, session);
  const words = evidenceMessages[ctx.locale];
  const attendance = attendanceMessages[ctx.locale];
  const totals = totalsOf(roll);
  const { start, end, operation } = session;
  const sameDay = pen.f.isoDay(start) === pen.f.isoDay(new Date(end.getTime() - 1));
  // With its year: a sheet is read years later.
  const when = sameDay
    ? `${pen.f.dayLong(start)}, ${pen.f.range(start, end)}`
    : `${pen.f.dayLong(start)} – ${pen.f.dayLong(end)}`;
  const half = (halfDay: string) => attendance.half[halfDay.endsWith('am') ? 'am' : 'pm'];
  const bands = (of: readonly { ageBand: AgeBand }[]) =>
    ageBands
      .map((band) => [band, of.filter((one) => one.ageBand === band).length] as const)
      .filter(([, count]) => count > 0)
      .map(([band, count]) => words.band(attendance.bands[band], count))
      .join(', ');
  const facts: [string, string][] = [
    [words.facts.session, pen.title],
    [words.facts.reference, session.reference],
    [words.facts.kind, words.kinds[session.kind]],
    [words.facts.place, placeOf(pen)],
    [words.facts.when, when],
    [words.facts.leaders, session.leaders.map((one) => one.name).join(', ')],
    [words.facts.organisations, session.organisations.map((one) => one.name).join(', ')],
    [words.facts.operation, [operation.emblem, operation.number, operation.title].filter(Boolean).join(' · ')],
  ];
  return {
    sessionId: session.id,
    reference: session.reference,
    title: pen.title,
    place: placeOf(pen),
    service: session.line && { slug: session.line.slug, name: say(session.line.name, ctx.locale) },
    when,
    day: dayOf(session.start, session.timeZone),
    facts: facts.filter(([, value]) => value !== ''),
    totals: [words.sessionTotals(totals.peopleHalfDays, totals.walkIns, pen.f.duration(totals.minutes))],
    sittings: sittings.map(({ halfDay, start, end, minutes }) => ({
      halfDay,
      day: pen.f.dayLong(start),
      half: half(halfDay),
      hours: pen.f.range(start, end),
      start: start.toISOString(),
      end: end.toISOString(),
      minutes,
    })),
    people: roll.people.map((one) => ({
      attendeeId: one.attendeeId,
      registrationId: one.registrationId,
      personId: one.personId,
      name: one.name,
      organisation: one.organisation ?? '',
      group: one.kind === 'group' && one.name === null && !one.erased && one.personId === null,
      minor: one.minor,
      erased: one.erased || (one.personId !== null && one.name === null),
      marks: one.marks.map(({ halfDay, state, mode, minutes, arrivedAt, leftAt, strokes }) => {
        const sitting = sittings.find((other) => other.halfDay === halfDay)!;
        return {
          halfDay,
          state,
          mode,
          minutes,
          arrivedAt: arrivedAt?.toISOString() ?? null,
          leftAt: leftAt?.toISOString() ?? null,
          stayed: arrivedAt || leftAt ? pen.f.range(arrivedAt ?? sitting.start, leftAt ?? sitting.end) : null,
          strokes,
        };
      }),
    })),
    walkIns: roll.walkIns.map(({ halfDay, ageBand }) => ({ halfDay, ageBand })),
    walkInLines: sittings.flatMap(({ halfDay }) => {
      const here = roll.walkIns.filter((one) => one.halfDay === halfDay);
      if (here.length === 0) return [];
      return [{ day: halfDay.slice(0, 10), text: words.walkInLine(half(halfDay), here.length, bands(here)) }];
    }),
  };
}
