import { documentFonts } from '../../core/pdf.ts';

// The flag of the European Union as its guide draws it: twelve stars on a circle of a third of the height.
const star = (turn: number): string => {
  const [x, y] = [27 + 12 * Math.sin(turn), 18 - 12 * Math.cos(turn)];
  const points = Array.from({ length: 10 }, (_, at) => {
    const [angle, length] = [(at * Math.PI) / 5, at % 2 === 0 ? 2 : 0.764];
    return `${(x + length * Math.sin(angle)).toFixed(2)},${(y - length * Math.cos(angle)).toFixed(2)}`;
  });
  return `<polygon points="${points.join(' ')}" fill="#fc0"/>`;
};
const stars = Array.from({ length: 12 }, (_, at) => star((at * Math.PI) / 6)).join('');
const flag =
  `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 54 36'><rect width='54' height='36' fill='#039'/>${stars}</svg>`.replaceAll(
    '"',
    "'",
  );

/**
 * The forms of the attendance sheet, by number: ink on white, A4, fit for any printer. A locked sheet is set again from its rows
 * each time it is opened and must come out byte for byte as it was signed: a form that has been used is never changed, a new
 * one takes the next number. All that is written comes with the data, which no text typed by anybody can leave.
 */
export const sheetForms: Record<number, string> = {
  1: `
#let data = json(bytes(sys.inputs.data))
#let w = data.words
#set document(title: data.title + " – " + data.subtitle + " – " + data.footer, author: data.territory, date: auto)
#set text(font: ${documentFonts}, fallback: false, size: 10pt, lang: data.lang, hyphenate: false)
#set par(leading: 0.5em)
#set page(
  paper: "a4",
  margin: (x: 15mm, top: 21mm, bottom: 17mm),
  header: context if counter(page).get().first() > 1 [
    #set text(size: 8pt)
    #grid(
      columns: (1fr, 1fr),
      column-gutter: 8mm,
      [#data.running],
      if data.emblem != none { align(right, data.emblem.slice(0, 2).join(" · ")) },
    )
    #v(-2mm)
    #line(length: 100%, stroke: 0.4pt)
  ],
  footer: context [
    #set text(size: 8pt)
    #line(length: 100%, stroke: 0.4pt)
    #v(-2mm)
    #data.footer
    #h(1fr)
    #w.page #counter(page).display("1 / 1", both: true)
  ],
)
#set table.cell(breakable: false)
#show heading: set block(above: 5mm, below: 2.5mm)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#show heading.where(level: 3): set text(size: 10.5pt)

// Minutes as hours: a sheet adds them up, and "1 h 05" cannot be mistaken for a decimal.
#let hm(m) = {
  let h = calc.quo(m, 60)
  let rest = calc.rem(m, 60)
  if h == 0 [#rest~min] else if rest == 0 [#h~h] else [#h~h~#if rest < 10 [0]#rest]
}

#let drawing(mark, who, height) = if mark != none {
  image(bytes(mark), format: "svg", height: height, alt: w.signatureOf + " " + who)
}

#let facts(pairs) = {
  set text(size: 9.5pt)
  grid(
    columns: (auto, 1fr),
    row-gutter: 1.6mm,
    column-gutter: 4mm,
    ..pairs.map(pair => ([*#pair.at(0)*], [#pair.at(1)])).flatten(),
  )
}

// A name as long as its field allows stays in its cell.
#let broken(name) = name.replace(regex("[^\\s\\-]{20}"), part => part.text + "\u{200b}")

// A blank cell is high enough to be signed by hand.
#let presence(cell, who) = if cell == none { v(10mm) } else if cell.drawn == none {
  text(size: 9pt)[#cell.text]
} else {
  stack(dir: ttb, spacing: 0.8mm, drawing(cell.drawn, who, 9mm), text(size: 7pt)[#cell.text])
}

#let day-table(day) = {
  let halves = day.halves.len()
  // A column that nobody fills takes room from the signatures.
  let sent = day.people.any(one => one.organisation != "")
  let last = halves + if sent { 3 } else { 2 }
  if day.people.len() > 0 {
    table(
      columns: (10mm, 1.5fr, ..if sent { (1.1fr,) }, ..range(halves).map(_ => 1.35fr), 17mm),
      stroke: 0.5pt,
      inset: (x: 1.6mm, y: 1.3mm),
      align: (x, y) => if x == 0 or x == last { right + horizon } else { left + horizon },
      table.header(
        [*#w.rank*], [*#w.name*], ..if sent { ([*#w.organisation*],) },
        ..day.halves.map(half => [*#half.name* #linebreak() #text(size: 8.5pt)[#half.hours, #hm(half.minutes)]]),
        [*#w.length*],
      ),
      ..day.people.map(one => (
        [#one.rank], [#broken(one.name)], ..if sent { ([#broken(one.organisation)],) },
        ..one.cells.map(cell => presence(cell, one.name)),
        if one.minutes == none [] else [#hm(one.minutes)],
      )).flatten(),
    )
  }
  for line in day.walkIns [#par(spacing: 1.5mm)[#line]]
}

// The first page needs no running head.
#v(-7mm)
#grid(
  columns: (1fr, auto),
  column-gutter: 8mm,
  [= #data.title
   #par[#data.subtitle]],
  if data.emblem != none {
    box(stroke: 0.8pt, inset: 3mm, width: 58mm)[
      #set align(center)
      #set text(size: 9pt)
      #if data.union [#image(bytes("${flag}"), format: "svg", height: 11mm, alt: w.union)]
      #for line in data.emblem [#par(spacing: 1.4mm)[#line]]
    ]
  },
)
#par[*#data.state*]
#for note in data.notes [#par(spacing: 2mm)[#note]]
#if data.unreadable [#par(spacing: 2mm)[#w.unreadable]]
#if data.facts.len() > 0 [#facts(data.facts)]

#if data.summary != none [
  == #data.summary.title
  #set text(size: 9pt)
  #table(
    columns: (46mm, 1fr, auto, auto, auto, auto),
    stroke: 0.5pt,
    inset: (x: 1.6mm, y: 1.2mm),
    align: (x, y) => if x > 1 { right } else { left },
    table.header(..data.summary.columns.map(column => [*#column*])),
    ..data.summary.rows.map(row => row.map(cell => [#cell])).flatten(),
  )
]

#for session in data.sessions [
  #if session.title != none [
    // Its name and its table stay together.
    #block(breakable: false, sticky: true)[
      == #session.title
      #facts(session.facts)
    ]
  ]
  #for day in session.days [
    #heading(level: if session.title == none { 2 } else { 3 })[#day.name]
    #day-table(day)
  ]
  #for line in session.totals [#par(spacing: 1.5mm)[#line]]
]

// Who countersigns signs below what was counted, never on a page of its own.
#block(breakable: false)[
  == #w.totals
  #facts(data.totals)
  #for note in data.totalNotes [#par(spacing: 1.5mm)[#text(size: 9pt)[#note]]]

  == #w.countersignature
  #if data.counter != none [
    #par[#data.counter.text]
    #if data.counter.drawn != none [#drawing(data.counter.drawn, data.counter.name, 16mm)]
  ] else [
    #grid(
      columns: (1fr, 1fr),
      column-gutter: 6mm,
      ..w.toSign.map(label => box(width: 100%, height: 30mm, stroke: 0.5pt, inset: 2mm)[#text(size: 8.5pt)[#label]]),
    )
  ]
  #par[#text(size: 8pt)[#data.legal]]
]
`,
};

/** The form new sheets are set with. */
export const currentForm = 1;
