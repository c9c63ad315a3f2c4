import { z } from 'zod';
import { addDays, type Day, dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import * as input from '../../core/input.ts';
import { type Commune, type Near, readAround } from '../communes/index.ts';
import { type FreeTime, freeTimes, mayTake, type Reason, reasonsOffered } from '../presence/index.ts';
import type { AppointmentTime } from './appointments.types.ts';
import { isTeam } from './make.ts';

const schema = z.object({
  raison: input.slug.optional(),
  pres: input.optionalText(80),
  jour: input.day.optional(),
});

export type AskedTimes = {
  /** Where the form stands: for all, or below a relay's own address. */
  base: string;
  values: input.FormValues;
  errors: input.FieldErrors;
  reasons: Reason[];
  reason: Reason | undefined;
  day: Day;
  near: Near | undefined;
  communes: Commune[];
};

/** Reads what somebody looks for; a field that is wrong is said and left out, so that answers still come. */
export async function readAsked(ctx: Ctx, form: input.FormValues, base = '/rendez-vous'): Promise<AskedTimes> {
  const { given, data, errors } = input.parseSearch(schema, form, ctx.locale);
  const around = await readAround(ctx, data.pres);
  if (around.fault) errors.pres = around.fault;
  const reasons = (await reasonsOffered(ctx)).filter((reason) => mayTake(ctx, reason.who));
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const day = data.jour && data.jour > today ? data.jour : today;
  return {
    base,
    values: {
      raison: data.raison ?? '',
      jour: day,
      pres: around.shown ?? '',
      ...Object.fromEntries(Object.entries(given).filter(([name]) => name in errors)),
    },
    errors,
    reasons,
    reason: reasons.find((reason) => reason.slug === data.raison),
    day,
    near: around.near,
    communes: around.communes,
  };
}

/** Free times of one helper at one place on one day. */
export type DayOfTimes = Omit<FreeTime, 'start' | 'end'> & { day: Day };

/** The same free times, those of one day at one place made one. */
export function byDay(found: readonly FreeTime[]): DayOfTimes[] {
  const days = new Map<string, DayOfTimes>();
  for (const { start, end: _, ...one } of found) {
    const day = dayOf(start, one.timeZone);
    const key = `${one.helper.id} ${one.site.id} ${one.stop?.id} ${day}`;
    const known = days.get(key);
    if (known) known.starts.push(...one.starts);
    else days.set(key, { ...one, starts: [...one.starts], day });
  }
  return [...days.values()];
}

export type Answers = { days: DayOfTimes[]; count: number; next: DayOfTimes[] };

const fewNext = 4;
const soonDays = 28;
const mostDays = 24;

/** What is free in the seven days from the one asked, nearest first; when nothing is, the next times. */
export async function answersFor(ctx: Ctx, asked: AskedTimes): Promise<Answers> {
  const { reason, day, near } = asked;
  if (!reason) return { days: [], count: 0, next: [] };
  const zone = ctx.territory.timeZone;
  const query = {
    reasonSlug: reason.slug,
    near,
    team: isTeam(ctx),
  };
  const from = wholeDay(day, zone).start;
  const to = wholeDay(addDays(day, 6), zone).end;
  const days = byDay(await freeTimes(ctx, { ...query, from, to }));
  const count = days.reduce((sum, one) => sum + one.starts.length, 0);
  if (count > 0) return { days: days.slice(0, mostDays), count, next: [] };
  // Soon first: further away only where the next weeks hold nothing.
  const limits = [soonDays, reason.horizonDays].filter((days, index) => index === 0 || days > soonDays);
  let later: DayOfTimes[] = [];
  for (const days of limits) {
    later = byDay(await freeTimes(ctx, { ...query, from: to, to: wholeDay(addDays(day, days), zone).end }));
    if (later.length > 0) break;
  }
  return { days: [], count: 0, next: later.sort((a, b) => (a.day < b.day ? -1 : 1)).slice(0, fewNext) };
}

/** A time as a form names it; a forged one is a page that does not exist. */
export function readTime(text: string | undefined): AppointmentTime {
  const [helperId = '', siteId = '', stopId = '', instant = ''] = (text ?? '').slice(0, 200).split('|');
  const start = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(instant) ? instant : Number.NaN);
  if (!isUuid(helperId) || !isUuid(siteId) || (stopId && !isUuid(stopId)) || Number.isNaN(start.getTime())) {
    throw notFound();
  }
  return { helperId, siteId, stopId: stopId || null, start };
}
