import type { Paper, PaperWords, Sheet, SheetMark, SheetPerson, SheetSession } from './evidence.types.ts';

/** How long a locked sheet keeps its names, in years: what public funders may ask for, as for any accounting document. */
export const keptYears = 10;

/** The day until which a sheet locked on a day keeps its names. */
export function keepUntil(day: string): string {
  const [year, month, date] = day.split('-') as [string, string, string];
  // There is no 29 February every year.
  return `${Number(year) + keptYears}-${month}-${month === '02' && date === '29' ? '28' : date}`;
}

export type PrintedCell = { text: string; strokes: string | null } | null;
export type PrintedPerson = {
  rank: number;
  name: string;
  organisation: string;
  cells: PrintedCell[];
  minutes: number | null;
};
export type PrintedDay = {
  name: string;
  halves: { name: string; hours: string; minutes: number }[];
  people: PrintedPerson[];
  walkIns: string[];
};

const svgOf = (strokes: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 260"><path d="${strokes}" fill="none" stroke="black" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const cellOf = (mark: SheetMark | undefined, words: PaperWords, locked: boolean, erased = false): PrintedCell => {
  if (!mark) return locked ? { text: words.unsaid, strokes: null } : null;
  if (mark.state !== 'present') return { text: words.states[mark.state], strokes: null };
  const hours = mark.stayed ? `, ${mark.stayed}` : '';
  if (mark.strokes) return { text: words.modes.signature + hours, strokes: mark.strokes };
  // Whoever is erased signed we no longer know how: their strokes went with them.
  const mode = mark.mode === 'signature' && !erased ? words.onPaper : words.modes[mark.mode];
  return { text: `${words.states.present}, ${mode}${hours}`, strokes: null };
};

/** A class on one line: how many of it were there. */
function groupLine(seats: readonly SheetPerson[], halves: readonly string[], words: PaperWords, locked: boolean) {
  const cells = halves.map((halfDay): PrintedCell => {
    const marks = seats.flatMap((one) => one.marks.filter((mark) => mark.halfDay === halfDay));
    if (marks.length === 0) return cellOf(undefined, words, locked);
    const present = marks.filter((mark) => mark.state === 'present').length;
    return { text: `${words.states.present}${words.colon}${present} / ${seats.length}`, strokes: null };
  });
  return { name: `${seats.length} ${words.people}`, organisation: seats[0]!.organisation, cells };
}

const minutesOf = (people: readonly SheetPerson[], halves: readonly string[]): number | null => {
  const marks = people.flatMap((one) => one.marks.filter((mark) => halves.includes(mark.halfDay)));
  return marks.length === 0 ? null : marks.reduce((sum, mark) => sum + mark.minutes, 0);
};

/** The tables of a session as they are printed, a day each. */
export function daysOf(session: SheetSession, words: PaperWords, locked: boolean): PrintedDay[] {
  const days = [...new Set(session.sittings.map(({ halfDay }) => halfDay.slice(0, 10)))];
  const groups = Map.groupBy(
    session.people.filter((one) => one.group),
    (one) => one.registrationId,
  );
  return days.map((day) => {
    const sittings = session.sittings.filter(({ halfDay }) => halfDay.startsWith(day));
    const halves = sittings.map(({ halfDay }) => halfDay);
    const alone = session.people
      .filter((one) => !one.group)
      .map((one) => ({
        name: one.name ?? (one.erased ? words.erased : words.noName),
        organisation: one.organisation,
        cells: halves.map((halfDay) =>
          cellOf(
            one.marks.find((mark) => mark.halfDay === halfDay),
            words,
            locked,
            one.erased,
          ),
        ),
        minutes: minutesOf([one], halves),
      }));
    const classes = [...groups.values()].map((seats) => ({
      ...groupLine(seats, halves, words, locked),
      minutes: minutesOf(seats, halves),
    }));
    return {
      name: sittings[0]!.day,
      halves: sittings.map(({ half, hours, minutes }) => ({ name: half, hours, minutes })),
      people: [...alone, ...classes].map((one, at) => ({ rank: at + 1, ...one })),
      walkIns: session.walkInLines.filter((line) => line.day === day).map((line) => line.text),
    };
  });
}

/** What fills the form of a sheet. */
export function printed(paper: Paper, rows: readonly SheetSession[], countersignature: string | null, locked: boolean) {
  const several = paper.summary !== null;
  const { counter, ...rest } = paper;
  return {
    ...rest,
    counter: counter && { ...counter, drawn: countersignature ? svgOf(countersignature) : null },
    sessions: rows.map((session) => ({
      title: several ? session.title : null,
      facts: several ? session.facts.slice(1) : [],
      days: daysOf(session, paper.words, locked).map((day) => ({
        ...day,
        people: day.people.map((one) => ({
          ...one,
          cells: one.cells.map((cell) => cell && { text: cell.text, drawn: cell.strokes && svgOf(cell.strokes) }),
        })),
      })),
      totals: several ? session.totals : [],
    })),
  };
}

/** Names and signatures of those erased since stay on the next edition as they were on the former: the same right keeps them. */
export function keepNames(rows: readonly SheetSession[], former: Pick<Sheet, 'rows'> | undefined): SheetSession[] {
  const known = new Map(former?.rows.flatMap(({ people }) => people.map((one) => [one.attendeeId, one] as const)));
  return rows.map((session) => ({
    ...session,
    people: session.people.map((one) => {
      const before = one.erased ? known.get(one.attendeeId) : undefined;
      if (!before?.name) return one;
      const drawn = (mark: SheetMark) =>
        before.marks.find((was) => was.halfDay === mark.halfDay && was.mode === mark.mode)?.strokes ?? null;
      return {
        ...one,
        name: before.name,
        marks: one.marks.map((mark) => ({ ...mark, strokes: mark.strokes ?? drawn(mark) })),
      };
    }),
  }));
}

/** Who of a sheet has been erased since, by what is read of them now. */
export const erasedSince = (sheet: readonly SheetSession[], now: readonly SheetSession[]): number => {
  const gone = new Set(now.flatMap(({ people }) => people.filter((one) => one.erased).map((one) => one.attendeeId)));
  return sheet.flatMap(({ people }) => people.filter((one) => one.name && gone.has(one.attendeeId))).length;
};

/** Whether two readings say the same of who was there; a name erased since changes nothing of it. */
export function sameFacts(a: readonly SheetSession[], b: readonly SheetSession[]): boolean {
  const facts = (rows: readonly SheetSession[]) =>
    rows
      .flatMap(({ sessionId, sittings, people, walkIns }) => [
        ...sittings.map((one) => `${sessionId} ${one.halfDay} ${one.minutes}`),
        ...people.map(
          (one) =>
            `${one.attendeeId} ${one.marks.map((m) => [m.halfDay, m.state, m.mode, m.minutes, m.stayed].join(' ')).sort()}`,
        ),
        ...walkIns.map((one) => `${sessionId} ${one.halfDay} ${one.ageBand}`),
      ])
      .sort()
      .join('\n');
  return facts(a) === facts(b);
}

/** Rows without what tells one person from another: what is left when the time of keeping is over. */
export const withoutNames = (rows: readonly SheetSession[]): SheetSession[] =>
  rows.map((session) => ({
    ...session,
    people: session.people.map((one) => ({
      ...one,
      name: null,
      erased: true,
      marks: one.marks.map((mark) => ({ ...mark, strokes: null })),
    })),
  }));

/** A cell as every spreadsheet reads it; one that would be taken for a formula is told to be text. */
const cell = (value: string | number): string => {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Lines as a file for a spreadsheet, under the names of their columns. */
export const toSpreadsheet = (lines: readonly (readonly (string | number)[])[]): string =>
  // The mark at the head tells spreadsheets that accents are in UTF-8.
  `\ufeff${lines.map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`;

/** The rows as a file for a spreadsheet: one line a person and half-day, one a person counted without a name. */
export function csvOf(rows: readonly SheetSession[], number: string, edition: number | null): string {
  const head = [
    'feuille',
    'edition',
    'seance',
    'titre',
    'lieu',
    'service',
    'demi_journee',
    'debut',
    'fin',
    'type',
    'nom',
    'organisation',
    'mineur',
    'age',
    'etat',
    'mode',
    'minutes',
    'arrivee',
    'depart',
  ];
  const lines = rows.flatMap((session) =>
    session.sittings.flatMap((sitting) => {
      const start = [
        number,
        edition ?? '',
        session.reference,
        session.title,
        session.place,
        session.service?.name ?? '',
      ];
      const when = [sitting.halfDay, sitting.start, sitting.end];
      const people = session.people.map((one) => {
        const mark = one.marks.find(({ halfDay }) => halfDay === sitting.halfDay);
        const who = [one.name ?? '', one.organisation, one.minor ? 1 : 0, ''];
        const what = mark
          ? [mark.state, mark.mode, mark.minutes, mark.arrivedAt ?? '', mark.leftAt ?? '']
          : ['', '', '', '', ''];
        return [...start, ...when, 'inscrit', ...who, ...what];
      });
      const walkIns = session.walkIns
        .filter(({ halfDay }) => halfDay === sitting.halfDay)
        .map(({ ageBand }) => [...start, ...when, 'sans_nom', '', '', '', ageBand, 'present', 'compte', '', '', '']);
      return [...people, ...walkIns];
    }),
  );
  return toSpreadsheet([head, ...lines]);
}
