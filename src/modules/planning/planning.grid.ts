import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { formatter } from '../../ui/format.ts';
import { planningMessages } from './planning.messages.ts';
import { type Axis, type Cell, cellsOf, instantOfColumn, lanesOf, type Openness } from './planning.rules.ts';
import type { PlannedResource, PlannedSite, PlannedTaken } from './planning.store.ts';

/** A day of a site, ready to be drawn. */
export type Sheet = {
  site: PlannedSite;
  axis: Axis;
  resources: PlannedResource[];
  taken: Map<string, PlannedTaken[]>;
  openness: Map<string, Openness>;
};

// The busiest table of the product: text is put together here rather than through components, a third of the time.
// Addresses are relative to the page's own, /fr/equipe/<site>/planning: a hundred of them are said once each.
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => escapes[c]!) : text);

type Pen = {
  ctx: Ctx;
  sheet: Sheet;
  words: (typeof planningMessages)['fr'];
  say: (text: I18nText) => string;
  time: (at: Date) => string;
  range: (from: Date, to: Date) => string;
};

const kindOf = (taken: PlannedTaken): string => {
  if (taken.kind === 'closure') return 'closed';
  return taken.status === 'held' || taken.status === 'requested' ? 'hold' : 'busy';
};

const sessionTitle = (pen: Pick<Pen, 'words' | 'say'>, { note }: PlannedTaken): string =>
  note && typeof note === 'object' ? pen.say(note) : pen.words.appointment;

/** What the island needs to move a booking exactly: its minutes from the axis' start, which columns round. */
const minutesIn = (axis: Axis, at: Date): number => (at.getTime() - axis.start.getTime()) / 60_000;

function takenCell(pen: Pen, cell: Cell<PlannedTaken>, taken: PlannedTaken): string {
  const { words, sheet } = pen;
  const when = pen.range(taken.start, taken.end);
  if (taken.kind === 'closure') {
    const why = taken.note && typeof taken.note === 'object' ? pen.say(taken.note) : '';
    return `<td class="grid-cell is-closed is-outage" colspan="${cell.span}"><span class="grid-text"><span class="grid-when">${when} </span><span class="grid-what">${words.outage}${why ? ` · ${safe(why)}` : ''}</span></span></td>`;
  }
  if (taken.kind === 'session') {
    // Its own page is where it is moved: nothing here lets it be dragged.
    const title = safe(sessionTitle(pen, taken));
    return `<td class="grid-cell is-busy is-session" colspan="${cell.span}"><a class="grid-link" title="${when}" href="../${taken.of}/programme/${taken.reference}"><span class="grid-when">${when} </span><span class="grid-what">${title}</span><span class="grid-status"> ${words.session}</span></a></td>`;
  }
  const status = words.status[taken.status as keyof typeof words.status] ?? '';
  const who = safe([taken.person ?? '', taken.organisation].filter(Boolean).join(' · '));
  const title = safe([when, words.people(taken.people ?? 1), status, taken.note ?? ''].filter(Boolean).join(' · '));
  return (
    `<td class="grid-cell is-${kindOf(taken)} is-${taken.status}" colspan="${cell.span}" data-reference="${taken.reference}" data-version="${taken.version}" ` +
    `data-start="${minutesIn(sheet.axis, taken.start)}" data-end="${minutesIn(sheet.axis, taken.end)}"><a class="grid-link" title="${title}" href="reservations/${taken.reference}">` +
    `<span class="grid-when">${when} </span><span class="grid-what">${who}</span><span class="grid-status"> ${status}</span></a></td>`
  );
}

function freeCell(pen: Pen, resource: PlannedResource, cell: Cell<PlannedTaken>): string {
  const { words, sheet } = pen;
  const from = instantOfColumn(sheet.axis, cell.from);
  const to = instantOfColumn(sheet.axis, cell.from + cell.span);
  const when = pen.range(from, to);
  // One link for a whole free stretch: a grid of small ones is out of reach for a finger.
  const href = `accueil?ressource=${resource.slug}&amp;debut=${from.toISOString()}`;
  return (
    `<td class="grid-cell is-free" colspan="${cell.span}"><a class="grid-link" href="${href}">` +
    `<span class="grid-when">${when} </span><span class="grid-kind">${words.free}</span><span class="hidden"> ${safe(pen.say(resource.name))}</span></a></td>`
  );
}

/** Closed, or taken together with what contains it or what it contains. */
function shutCell(pen: Pen, cell: Cell<PlannedTaken>): string {
  const { axis } = pen.sheet;
  const away = cell.kind === 'away';
  const hours = (): string => pen.range(instantOfColumn(axis, cell.from), instantOfColumn(axis, cell.from + cell.span));
  const when = away ? `<span class="grid-when">${hours()} </span>` : '';
  const word = away ? pen.words.away : pen.words.closed;
  return `<td class="grid-cell is-${cell.kind}" colspan="${cell.span}"><span class="grid-text">${when}<span class="grid-kind">${word}</span></span></td>`;
}

function resourceRows(pen: Pen, resource: PlannedResource): string {
  const { sheet } = pen;
  const openness = sheet.openness.get(resource.id) ?? { open: [], full: [] };
  const lanes = lanesOf(sheet.axis, sheet.taken.get(resource.id) ?? []);
  // A pool keeps one empty lane while it has places left, so that there is always somewhere to draw the next booking.
  if (resource.units > lanes.length && (lanes.at(-1)?.length ?? 0) > 0) lanes.push([]);
  const name = safe(pen.say(resource.name));
  const detail = [
    resource.space ? pen.say(resource.space) : '',
    resource.units > 1 ? pen.words.units(resource.units) : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return lanes
    .map((lane, index) => {
      const cells = cellsOf(sheet.axis, lane, openness)
        .map((cell) => {
          if (cell.taken) return takenCell(pen, cell, cell.taken);
          return cell.kind === 'free' ? freeCell(pen, resource, cell) : shutCell(pen, cell);
        })
        .join('');
      const head =
        index === 0
          ? `<th scope="rowgroup" class="grid-row-head" rowspan="${lanes.length}"><a href="/${pen.ctx.locale}/lieux/${sheet.site.slug}/${resource.slug}">${name}</a>${detail ? `<span class="grid-detail">${safe(detail)}</span>` : ''}</th>`
          : '';
      return `<tr data-resource="${resource.slug}">${head}${cells}</tr>`;
    })
    .join('');
}

function heads(pen: Pen): string {
  const { axis } = pen.sheet;
  const perHour = Math.max(1, Math.round(60 / axis.stepMinutes));
  let text = '';
  for (let column = 0; column < axis.count; column += perHour) {
    const span = Math.min(perHour, axis.count - column);
    text += `<th scope="col" class="grid-head" colspan="${span}">${pen.time(instantOfColumn(axis, column))}</th>`;
  }
  return text;
}

/** Rooms side by side are taken and free at the same hours: each is put in words once. */
function remembered(range: Pen['range']): Pen['range'] {
  const said = new Map<string, string>();
  return (from, to) => {
    const key = `${from.getTime()} ${to.getTime()}`;
    const before = said.get(key);
    if (before !== undefined) return before;
    const text = range(from, to);
    said.set(key, text);
    return text;
  };
}

/** The table of one day: what can be booked down, time across, each cell as wide as it lasts. */
export function daySheet(ctx: Ctx, sheet: Sheet, caption: string): HtmlEscapedString | Promise<HtmlEscapedString> {
  const f = formatter(ctx.locale, sheet.site.time_zone);
  const pen: Pen = {
    ctx,
    sheet,
    words: planningMessages[ctx.locale],
    say: (text) => say(text, ctx.locale, ctx.territory.mainLanguage),
    time: f.time,
    range: remembered(f.range),
  };
  const { axis } = sheet;
  const body = sheet.resources.map((resource) => `<tbody>${resourceRows(pen, resource)}</tbody>`).join('');
  return html`<section class="grid-scroll" tabindex="0" aria-labelledby="planning-caption"><table class="planning is-day" id="planning" data-start="${axis.start.getTime()}" data-step="${axis.stepMinutes}" data-columns="${axis.count}"><caption class="data-caption" id="planning-caption">${caption}</caption><colgroup><col class="grid-first"><col span="${axis.count}"></colgroup><thead><tr><th scope="col" class="grid-corner">${pen.words.resource}</th>${raw(heads(pen))}</tr></thead>${raw(body)}</table></section>`;
}
