import { z } from 'zod';
import { addDays, type Day, dayOf, weekdayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { isUuid } from '../../core/ids.ts';
import { day, type FieldErrors, type FormValues, parse, uuid } from '../../core/input.ts';
import type { Line, OpenInput, Village } from '../presence/index.ts';
import { rangeOf } from '../setup/index.ts';
import { openingMessages } from './opening.messages.ts';

export const fewLines = 4;
const mostLines = 20;

const schema = z.object({ qui: uuid, from: day, to: day, reasons: z.array(uuid).max(200) });

/** How many lines the form shows: all that are filled in, and a few more. */
export function linesShown(values: FormValues): number {
  const asked = Number(values.lignes);
  return Number.isInteger(asked) && asked > fewLines ? Math.min(asked, mostLines) : fewLines;
}

export type ReadOpening = { ok: true; data: OpenInput } | { ok: false; errors: FieldErrors };

/** The days one asks about, or next month where they make no sense. */
export function periodOf(ctx: Ctx, values: FormValues): { from: Day; to: Day } {
  const read = z.object({ from: day, to: day }).safeParse(values);
  return read.success && read.data.from <= read.data.to ? read.data : nextMonth(ctx);
}

/** The stops of the villages that were ticked, each for its own hours. */
const stopsIn = (villages: readonly Village[], ticked: readonly string[]): Line[] =>
  villages
    .filter((village) => ticked.includes(village.code))
    .flatMap(({ stops }) =>
      stops.map(({ siteId, day: on, opens, closes }) => ({ siteId, weekday: weekdayOf(on), day: on, opens, closes })),
    );

/** Reads the form; a line without a place and without hours is one left empty. */
export function readOpening(
  ctx: Ctx,
  values: FormValues,
  {
    reasons,
    villages,
    ticked,
  }: { reasons: readonly string[]; villages: readonly Village[]; ticked: readonly string[] },
): ReadOpening {
  const m = openingMessages[ctx.locale];
  const parsed = parse(schema, { ...values, reasons }, ctx.locale);
  const errors: FieldErrors = parsed.ok ? {} : { ...parsed.errors };
  const lines = stopsIn(villages, ticked);
  for (let index = 0; index < linesShown(values); index += 1) {
    const [site = '', weekday, from = '', to = ''] = ['site', 'weekday', 'from', 'to'].map(
      (name) => values[`p${index}.${name}`],
    );
    if (!site && !from && !to) continue;
    const on = Number(weekday);
    const time = /^([01]\d|2[0-3]):[0-5]\d$/;
    if (!isUuid(site) || !time.test(from) || !time.test(to) || !(Number.isInteger(on) && on >= 1 && on <= 7)) {
      errors[`p${index}.site`] = m.lineIncomplete;
      continue;
    }
    const { opens, closes } = rangeOf(from, to);
    // Nobody receives past midnight: an end before its beginning is a slip.
    if (closes > 1440) errors[`p${index}.site`] = m.lineOrder;
    else lines.push({ siteId: site, weekday: on, opens, closes });
  }
  if (lines.length === 0 && Object.keys(errors).length === 0) errors['p0.site'] = m.linesNone;
  if (!parsed.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const { qui, from, to, reasons: reasonIds } = parsed.data;
  return { ok: true, data: { helperId: qui, from, to, reasonIds, lines } };
}

/** The whole of next month: what one opens most often. */
export function nextMonth(ctx: Ctx): { from: Day; to: Day } {
  const first = (at: Day): Day => `${at.slice(0, 7)}-01`;
  const from = first(addDays(first(dayOf(ctx.now, ctx.territory.timeZone)), 32));
  return { from, to: addDays(first(addDays(from, 32)), -1) };
}
