import type { AgeBand } from '../../core/schema.ts';
import type { HalfDay } from './attendance.rules.ts';

type Marked = {
  attendeeId: string;
  personId: string | null;
  name: string | null;
  erased: boolean;
  marks: readonly { halfDay: string; state: 'present' | 'absent' | 'excused'; minutes: number }[];
};
type Counted = { ageBand: AgeBand; halfDay: string };
type Countable = {
  sittings: readonly { halfDay: string }[];
  people: readonly Marked[];
  walkIns: readonly Counted[];
};

export type HalfDayTotals = {
  halfDay: HalfDay;
  present: number;
  absent: number;
  excused: number;
  /** Registered, and nothing written of them yet. */
  unsaid: number;
  walkIns: number;
};

export type Totals = {
  halfDays: HalfDayTotals[];
  /** One for each person and half-day they were there, those without a name included. */
  peopleHalfDays: number;
  /** Of those whose presence was written down: how long walk-ins stayed nobody knows. */
  minutes: number;
  /** Different people with a name, who were there at least once. */
  named: number;
  /** Seats taken by people without a name (a class), who were there at least once. */
  unnamed: number;
  walkIns: number;
  bands: Partial<Record<AgeBand, number>>;
};

const count = <T>(list: readonly T[], is: (one: T) => boolean): number => list.filter(is).length;

/** What the rows of a session come to. Nothing is counted that is not a row; erasing somebody changes none of it. */
export function totalsOf({ sittings, people, walkIns }: Countable): Totals {
  const marks = people.flatMap((one) => one.marks);
  const halfDays = sittings.map(({ halfDay }) => {
    const here = marks.filter((mark) => mark.halfDay === halfDay);
    return {
      halfDay: halfDay as HalfDay,
      present: count(here, (mark) => mark.state === 'present'),
      absent: count(here, (mark) => mark.state === 'absent'),
      excused: count(here, (mark) => mark.state === 'excused'),
      unsaid: people.length - here.length,
      walkIns: count(walkIns, (one) => one.halfDay === halfDay),
    };
  });
  const bands: Totals['bands'] = {};
  for (const { ageBand } of walkIns) bands[ageBand] = (bands[ageBand] ?? 0) + 1;
  const who = namedWho(people);
  const came = people.filter((one) => one.marks.some((mark) => mark.state === 'present'));
  return {
    halfDays,
    peopleHalfDays: count(marks, (mark) => mark.state === 'present') + walkIns.length,
    minutes: marks.reduce((sum, mark) => sum + (mark.state === 'present' ? mark.minutes : 0), 0),
    named: new Set(who).size,
    unnamed: came.length - who.length,
    walkIns: walkIns.length,
    bands,
  };
}

/**
 * Who was there at least once, of those with a name, as keys that are alike for the same person. Somebody known to Quai is
 * one person however often they come; a first name alone tells nobody from another, so each seat is one.
 */
export const namedWho = (people: readonly Marked[]): string[] =>
  people
    .filter((one) => one.personId !== null || one.name !== null || one.erased)
    .filter((one) => one.marks.some((mark) => mark.state === 'present'))
    .map((one) => one.personId ?? one.attendeeId);

export type PeriodTotals = Pick<Totals, 'peopleHalfDays' | 'minutes' | 'named' | 'unnamed' | 'walkIns' | 'bands'> & {
  sessions: number;
  halfDays: number;
};

/** What several sessions come to; somebody who came to two of them is one person with a name. */
export function periodTotals(sessions: readonly Countable[]): PeriodTotals {
  const each = sessions.map(totalsOf);
  const sum = (of: (one: Totals) => number) => each.reduce((all, one) => all + of(one), 0);
  const bands: Totals['bands'] = {};
  for (const one of each)
    for (const [band, number] of Object.entries(one.bands) as [AgeBand, number][])
      bands[band] = (bands[band] ?? 0) + number;
  return {
    sessions: sessions.length,
    halfDays: sum((one) => one.halfDays.length),
    peopleHalfDays: sum((one) => one.peopleHalfDays),
    minutes: sum((one) => one.minutes),
    named: new Set(sessions.flatMap(({ people }) => namedWho(people))).size,
    unnamed: sum((one) => one.unnamed),
    walkIns: sum((one) => one.walkIns),
    bands,
  };
}
