import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, paris } from '../../../test/harness/make.ts';
import { ageBands, sittingsOf, totalsOf } from '../attendance/index.ts';
import { csvOf, daysOf, erasedSince, keepNames, keepUntil, sameFacts, withoutNames } from './evidence.rules.ts';
import type { PaperWords, SheetSession } from './evidence.types.ts';
import { figuresOf } from './paper.ts';

const words = {
  colon: ' : ',
  states: { present: 'Présence', absent: 'Absence', excused: 'Excusée' },
  modes: { desk: 'accueil', qr: 'code', signature: 'signature', self: 'dit' },
  unsaid: 'non noté',
} as PaperWords;

// Both days on which the clocks change, a night between two days, a day like others.
const beginnings = [
  at('2026-10-25', '00:30', '+02:00'),
  at('2027-03-28', '00:30'),
  at('2026-11-23', '21:30'),
  at('2026-11-24', '09:00'),
];
const states = ['present', 'absent', 'excused'] as const;

/** What is written of one person, a letter for each half-day: there, absent, excused, nothing said. */
const marking = fc.array(fc.constantFrom(...states, null), { minLength: 6, maxLength: 6 });
const somebody = fc.record({
  personId: fc.constantFrom(null, 'anne', 'bart', 'cleo'),
  name: fc.constantFrom(null, 'Anne', '=Bart;"', 'Cléo\nd’Arc'),
  group: fc.constantFrom(null, 'class'),
  erased: fc.boolean(),
  marking,
});
const gathering = fc.record({
  start: fc.constantFrom(...beginnings),
  minutes: fc.integer({ min: 15, max: 40 * 60 }),
  people: fc.array(somebody, { maxLength: 8 }),
  walkIns: fc.array(fc.tuple(fc.nat(9), fc.constantFrom(...ageBands)), { maxLength: 6 }),
});

type Somebody = {
  personId: string | null;
  name: string | null;
  group: string | null;
  erased: boolean;
  marking: ((typeof states)[number] | null)[];
};
type Gathering = {
  start: Date;
  minutes: number;
  people: Somebody[];
  walkIns: [number, (typeof ageBands)[number]][];
};

function rowOf({ start, minutes, people, walkIns }: Gathering, at = 0) {
  const end = new Date(start.getTime() + minutes * 60_000);
  const sittings = sittingsOf({ start, end }, paris);
  return {
    sessionId: `s${at}`,
    reference: `REF${at}`,
    title: 'Atelier ; « essai »',
    place: 'La Station',
    service: null,
    sittings: sittings.map((one) => ({
      ...one,
      day: '',
      half: '',
      hours: '',
      start: one.start.toISOString(),
      end: one.end.toISOString(),
    })),
    people: people.map((one, rank) => ({
      attendeeId: `${at}-${rank}`,
      registrationId: one.group ? `${at}-class` : `${at}-${rank}`,
      personId: one.group ? null : one.personId,
      name: one.group || one.erased ? null : one.name,
      organisation: '',
      group: one.group !== null,
      minor: false,
      erased: one.erased,
      marks: sittings.flatMap(({ halfDay, minutes }, half) => {
        const state = one.marking[half % 6];
        if (!state) return [];
        const spent = state === 'present' ? minutes : 0;
        const whole = { arrivedAt: null, leftAt: null, stayed: null, strokes: null };
        return [{ ...whole, halfDay, state, mode: 'desk' as const, minutes: spent }];
      }),
    })),
    walkIns: walkIns.map(([half, ageBand]) => ({ halfDay: sittings[half % sittings.length]!.halfDay, ageBand })),
    walkInLines: [],
    when: '',
    day: '',
    facts: [],
    totals: [],
  } satisfies SheetSession;
}

const linesOf = (rows: readonly SheetSession[]) =>
  parse(csvOf(rows, 'FE-1', 1), { bom: true, columns: true, delimiter: ';' }) as Record<string, string>[];

describe('a figure opens down to its rows', () => {
  test('the lines of the file add up to it, and the sessions of a month to the month', () => {
    fc.assert(
      fc.property(fc.array(gathering, { maxLength: 5 }), (gatherings) => {
        const rows = gatherings.map(rowOf);
        const lines = linesOf(rows);
        const figures = figuresOf(rows);
        const there = lines.filter(({ etat }) => etat === 'present');
        expect(there.length).toBe(figures.peopleHalfDays);
        expect(there.filter(({ type }) => type === 'sans_nom').length).toBe(figures.walkIns);
        expect(lines.reduce((sum, { minutes }) => sum + Number(minutes), 0)).toBe(figures.minutes);
        for (const band of ageBands)
          expect(lines.filter(({ age }) => age === band).length).toBe(figures.bands[band] ?? 0);
        const each = rows.map(totalsOf);
        expect(each.reduce((sum, one) => sum + one.peopleHalfDays, 0)).toBe(figures.peopleHalfDays);
        expect(each.reduce((sum, one) => sum + one.minutes, 0)).toBe(figures.minutes);
        expect(each.reduce((sum, one) => sum + one.unnamed, 0)).toBe(figures.unnamed);
        // Nobody is written twice of one half-day, and every half-day counted is one of a session held.
        const said = lines.filter(({ type }) => type === 'inscrit');
        expect(said.length).toBe(rows.reduce((sum, one) => sum + one.people.length * one.sittings.length, 0));
        expect(new Set(there.map(({ seance }) => seance)).size).toBe(figures.sessions);
      }),
    );
  });

  test('what is printed adds up to it too', () => {
    fc.assert(
      fc.property(gathering, (one) => {
        const row = rowOf(one);
        const printed = daysOf(row, words, true).flatMap(({ people }) => people);
        expect(printed.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)).toBe(totalsOf(row).minutes);
        const there = printed
          .flatMap(({ cells }) => cells)
          .reduce((sum, cell) => {
            const group = /^Présence : (\d+) \//.exec(cell?.text ?? '');
            return sum + (group ? Number(group[1]) : cell?.text.startsWith('Présence,') ? 1 : 0);
          }, 0);
        expect(there).toBe(totalsOf(row).peopleHalfDays - row.walkIns.length);
      }),
    );
  });

  test('whoever is erased moves none, before the sheet is locked and after', () => {
    fc.assert(
      fc.property(fc.array(gathering, { maxLength: 4 }), (gatherings) => {
        const rows = gatherings.map(rowOf);
        const erased = (who: Somebody) => ({ ...who, erased: who.erased || (who.group === null && who.name !== null) });
        const since = gatherings.map((one, at) => rowOf({ ...one, people: one.people.map(erased) }, at));
        expect(sameFacts(rows, since)).toBe(true);
        expect(figuresOf(since)).toEqual(figuresOf(rows));
        expect(figuresOf(keepNames(since, { rows }))).toEqual(figuresOf(rows));
        expect(sameFacts(rows, withoutNames(rows))).toBe(true);
        expect(erasedSince(rows, since)).toBe(rows.flatMap(({ people }) => people.filter(({ name }) => name)).length);
      }),
    );
  });
});

test.each([
  ['2026-11-23', '2036-11-23'],
  ['2028-02-29', '2038-02-28'],
])('a sheet locked on %s keeps its names until %s', (locked, until) => {
  expect(keepUntil(locked)).toBe(until);
});
