import { z } from 'zod';
import { addDays, type Day, dayOf, instantAt, timeOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { checkbox, day, localTime, optionalText, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { lockSessions } from '../booking/index.ts';
import { holidaysOf } from '../finding/index.ts';
import {
  changedKeys,
  claim,
  communeOf,
  i18nFields,
  mustRunSite,
  optionalDecimal,
  optionalWhole,
  rangeOf,
  refuseField,
  textFrom,
  version,
} from '../setup/index.ts';
import { expandDates, sessionsByIds } from '../timetable/index.ts';
import { type MovedStop, tellPlace } from './place.ts';
import { type Bus, lockTour, stopScopes, stopsFor } from './stops.ts';
import { aboardOf, clashOf, isElsewhere } from './tour.rules.ts';
import { bookingsAt, readStop, seriesStops, sessionsAt, stopsAround } from './tour.store.ts';

export const stopInput = (main: Locale) =>
  z.object({
    version: version.optional(),
    commune: text(120),
    commune_code: optionalText(20),
    ...i18nFields('place', 160, main),
    address: optionalText(200),
    lat: optionalDecimal(-90, 90),
    lon: optionalDecimal(-180, 180),
    day,
    from: localTime,
    to: localTime,
    /** One thing a line. */
    aboard: optionalText(1200),
    /** Weeks from one stop to the next, and how many stops in all. */
    every: z.enum(['0', '1', '2', '3', '4']).optional(),
    times: optionalWhole(1, 60),
    holidays: checkbox,
    draft: checkbox,
    /** Which stops of a series the change is for. */
    scope: z.enum(stopScopes).optional(),
    /** Those who count on the stop have been counted: they are to be told that it goes elsewhere. */
    tell: checkbox,
    /** The road is shorter than we think: whoever drives says so. */
    anyway: checkbox,
  });
export type StopInput = z.output<ReturnType<typeof stopInput>>;

async function columnsOf(ctx: Ctx, bus: Bus, input: StopInput, on: string) {
  const commune = await communeOf(ctx, input.commune, input.commune_code);
  const point = input.lat === undefined || input.lon === undefined ? commune : { lat: input.lat, lon: input.lon };
  const range = rangeOf(input.from, input.to);
  return {
    commune_code: commune.code,
    place: textFrom(input, 'place'),
    address: input.address ?? null,
    lat: point.lat,
    lon: point.lon,
    aboard: aboardOf(input.aboard),
    starts_at: instantAt(on, range.opens, bus.time_zone),
    ends_at: instantAt(on, range.closes, bus.time_zone),
  };
}
type Columns = Awaited<ReturnType<typeof columnsOf>>;
const written = (columns: Columns) => ({
  ...columns,
  place: JSON.stringify(columns.place),
  aboard: JSON.stringify(columns.aboard),
});

/** The days of a tour: once, or every so many weeks, the public holidays of where the bus goes left out where asked. */
function daysOf(country: string, bus: Bus, input: StopInput): Day[] {
  const { day: first, from, to: until, every = '0', holidays: skipHolidays } = input;
  const head = { first, from, until, skipHolidays };
  const repeat =
    every === '0'
      ? ({ repeat: 'once' } as const)
      : ({ repeat: 'weekly', every: Number(every), stop: { count: input.times ?? 1 } } as const);
  const isHoliday = (on: Day) => holidaysOf(country, Number(on.slice(0, 4))).includes(on);
  const { dates } = expandDates({ ...head, ...repeat }, bus.time_zone, isHoliday);
  return dates.map(({ start }) => dayOf(start, bus.time_zone));
}

/** Adds a stop to the tour, once or every so many weeks; all of them, or none. Returns how many. */
export async function addStops(ctx: Ctx, bus: Bus, input: StopInput): Promise<number> {
  mustRunSite(ctx, bus.id);
  const { country } = await communeOf(ctx, input.commune, input.commune_code);
  const days = daysOf(country, bus, input);
  if (days.length === 0) throw refuseField('day', 'tour.only_holidays');
  return atomically(ctx, async (inside) => {
    await lockTour(inside, bus);
    const seriesId = days.length > 1 ? newId() : null;
    for (const on of days) {
      const values = await columnsOf(inside, bus, input, on);
      if (values.ends_at <= ctx.now) throw refuseField('day', 'setup.day_past');
      const id = newId();
      await refuseClash(inside, bus, values, id, input.anyway);
      const more = { id, site_id: bus.id, series_id: seriesId, draft: input.draft };
      await inside.db
        .insertInto('stop')
        .values({ ...written(values), ...more })
        .execute();
      const data = { siteId: bus.id, seriesId, draft: input.draft };
      await record(inside, { kind: 'stop.added', subjectKind: 'stop', subjectId: id, data });
    }
    return days.length;
  });
}

/** Changes one stop, those of its series from it on, or all to come. Nobody who counts on one may be left out by its new hours. */
export function editStop(ctx: Ctx, bus: Bus, stopId: string, input: StopInput): Promise<void> {
  mustRunSite(ctx, bus.id);
  return atomically(ctx, async (inside) => {
    // Sessions, then what is on board, then the stops: the order of whoever plans something at one.
    const seen = await stopsFor(inside, await readStop(inside, bus.id, stopId), input.scope ?? 'one');
    const ids = seen.map((stop) => stop.id);
    await lockSessions(inside, await sessionsAt(inside, ids));
    await lockTour(inside, bus);
    const named = await readStop(inside, bus.id, stopId);
    await claim(inside, 'stop', stopId, input.version ?? 0);
    const { series_id: seriesId, starts_at: start } = named;
    const scope = input.scope ?? 'one';
    const stops =
      scope === 'one' || !seriesId
        ? [named]
        : await seriesStops(inside, seriesId, scope === 'following' ? start : undefined);
    const dayShift = (Date.parse(input.day) - Date.parse(dayOf(start, bus.time_zone))) / 86_400_000;
    const changed: { id: string; after: Columns }[] = [];
    const elsewhere: MovedStop[] = [];
    for (const before of stops) {
      const on = addDays(dayOf(before.starts_at, bus.time_zone), dayShift);
      const after = await columnsOf(inside, bus, input, on);
      if (after.ends_at <= ctx.now && before.ends_at > ctx.now) throw refuseField('day', 'setup.day_past');
      await refuseLeaving(inside, bus, before, after);
      await inside.db
        .updateTable('stop')
        .set((eb) => ({ ...written(after), ...(before.id === stopId ? {} : { version: eb('version', '+', 1) }) }))
        .where('id', '=', before.id)
        .execute();
      const was = { start: [before.starts_at, after.starts_at], end: [before.ends_at, after.ends_at] };
      const data = { siteId: bus.id, changed: changedKeys(before, after), was };
      await record(inside, { kind: 'stop.changed', subjectKind: 'stop', subjectId: before.id, data });
      changed.push({ id: before.id, after });
      if (isElsewhere(before, after)) elsewhere.push({ ...before, ...after });
    }
    // Once all are moved: a series that shifts by an hour does not stand in its own way.
    for (const { id, after } of changed) await refuseClash(inside, bus, after, id, input.anyway);
    await tellPlace(inside, bus, elsewhere, input.tell);
  });
}

/** Shows to everybody a stop that was a draft, or all of a bus. Returns how many. */
export function publishStops(ctx: Ctx, bus: Bus, stopId?: string): Promise<number> {
  mustRunSite(ctx, bus.id);
  return atomically(ctx, async (inside) => {
    const rows = await inside.db
      .updateTable('stop')
      .set((eb) => ({ draft: false, version: eb('version', '+', 1) }))
      .where('site_id', '=', bus.id)
      .where('draft', '=', true)
      .where('cancelled_at', 'is', null)
      .where('ends_at', '>', inside.now)
      .$if(stopId !== undefined, (query) => query.where('id', '=', stopId!))
      .returning('id')
      .execute();
    if (stopId && rows.length === 0) throw notFound();
    const data = { siteId: bus.id };
    await record(
      inside,
      ...rows.map(({ id }) => ({ kind: 'stop.published', subjectKind: 'stop', subjectId: id, data })),
    );
    return rows.length;
  });
}

type Before = { id: string; commune_code: string; starts_at: Date; ends_at: Date };

async function refuseLeaving(ctx: Ctx, bus: Bus, before: Before, after: Columns): Promise<void> {
  const elsewhere = before.commune_code !== after.commune_code;
  const left = (span: { starts_at: Date; ends_at: Date }) =>
    elsewhere || span.starts_at < after.starts_at || span.ends_at > after.ends_at;
  const booked = (await bookingsAt(ctx, bus.id, before)).filter(left);
  if (booked.length > 0) throw stopBooked(booked);
  const sessions = await sessionsByIds(ctx, await sessionsAt(ctx, [before.id]));
  const hit = sessions.filter(({ start, end }) => left({ starts_at: start, ends_at: end }));
  if (hit.length > 0) {
    const references = hit.map((one) => one.reference).join(', ');
    throw new Refusal('tour.sessions', 'conflict', { sessions: hit.length, references });
  }
}

export const stopBooked = (booked: readonly { reference: string }[]): Refusal =>
  new Refusal('tour.booked', 'conflict', {
    bookings: booked.length,
    references: booked.map((one) => one.reference).join(', '),
  });

/** The bus is in one place at a time, and has to drive from each to the next. */
async function refuseClash(ctx: Ctx, bus: Bus, after: Columns, id: string, anyway: boolean): Promise<void> {
  const stop = { id, start: after.starts_at, end: after.ends_at, lat: after.lat, lon: after.lon };
  const clash = clashOf(stop, await stopsAround(ctx, bus.id, stop));
  if (!clash || (clash.kind === 'road' && anyway)) return;
  const at = clash.with.start;
  const params = { field: 'day', at };
  if (clash.kind === 'meets') throw new Refusal('tour.meets', 'conflict', params);
  const { needed, left } = clash;
  const hours = `${timeOf(clash.with.start, bus.time_zone)}–${timeOf(clash.with.end, bus.time_zone)}`;
  throw new Refusal('tour.road', 'conflict', { ...params, needed, left, hours, field: 'anyway' });
}
