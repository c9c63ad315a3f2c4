/**
 * The forms of the attendance sheet, by number: ink on white, A4, fit for any printer. A locked sheet is set again from its rows
 * each time it is opened and must come out byte for byte as it was signed: a form that has been used is never changed, a new
 * one takes the next number. All that is written comes with the data, which no text typed by anybody can leave.
 */
export const sheetForms: Record<number, string> = {
  1: `
#let data = json(bytes(sys.inputs.data))
#let w = data.words
#set document(title: data.title, author: data.territory, date: auto)
#set text(font: "Atkinson Hyperlegible Next", size: 10pt, lang: data.lang, hyphenate: false)
#set par(leading: 0.5em)
#set page(
  paper: "a4",
  margin: (x: 15mm, top: 14mm, bottom: 17mm),
  footer: context [
    #set text(size: 8pt)
    #line(length: 100%, stroke: 0.4pt)
    #v(-2mm)
    #data.footer
    #h(1fr)
    #w.page #counter(page).display("1 / 1", both: true)
  ],
)
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

// A blank cell is high enough to be signed by hand.
#let presence(cell, who) = if cell == none { v(10mm) } else if cell.drawn == none {
  text(size: 9pt)[#cell.text]
} else {
  stack(dir: ttb, spacing: 0.8mm, drawing(cell.drawn, who, 9mm), text(size: 7pt)[#cell.text])
}

#let day-table(day) = {
  let halves = day.halves.len()
  table(
    columns: (8mm, 1.5fr, 1.2fr, ..range(halves).map(_ => 1.35fr), 16mm),
    stroke: 0.5pt,
    inset: (x: 1.6mm, y: 1.3mm),
    align: (x, y) => if x == 0 or x == halves + 3 { right + horizon } else { left + horizon },
    table.header(
      [*#w.rank*], [*#w.name*], [*#w.organisation*],
      ..day.halves.map(half => [*#half.name* #linebreak() #text(size: 8.5pt)[#half.hours, #hm(half.minutes)]]),
      [*#w.length*],
    ),
    ..day.people.map(one => (
      [#one.rank], [#one.name], [#one.organisation],
      ..one.cells.map(cell => presence(cell, one.name)),
      if one.minutes == none [] else [#hm(one.minutes)],
    )).flatten(),
  )
  for line in day.walkIns [#par(spacing: 1.5mm)[#line]]
}

#grid(
  columns: (1fr, auto),
  column-gutter: 8mm,
  [= #data.title
   #par[#data.subtitle]],
  if data.emblem != none {
    box(stroke: 0.8pt, inset: 3mm, width: 52mm)[
      #set align(center)
      #set text(size: 9pt)
      #for line in data.emblem [#par(spacing: 1.4mm)[#line]]
    ]
  },
)
#par[*#data.state*]
#for note in data.notes [#par(spacing: 2mm)[#note]]
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
  #if session.title != none [== #session.title]
  #if session.facts.len() > 0 [#facts(session.facts)]
  #for day in session.days [
    #heading(level: if session.title == none { 2 } else { 3 })[#day.name]
    #day-table(day)
  ]
  #for line in session.totals [#par(spacing: 1.5mm)[#line]]
]

#block(breakable: false)[
  == #w.totals
  #facts(data.totals)
]

#block(breakable: false)[
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
]
`,
};

/** The form new sheets are set with. */
export const currentForm = 1;
