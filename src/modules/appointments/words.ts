import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { formatter } from '../../ui/format.ts';
import type { FreeTime } from '../presence/index.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import type { AppointmentView } from './appointments.types.ts';
import type { AskedTimes, DayOfTimes } from './find.input.ts';

type Somewhere = Pick<FreeTime, 'site' | 'stop'>;

/** Where one is received: the bus in a village, or a site by its name. */
export function placeName(
  ctx: Ctx,
  { site, stop }: { site: Pick<FreeTime['site'], 'name'>; stop: { commune: string } | null },
): string {
  return stop
    ? appointmentsMessages[ctx.locale].bus(stop.commune)
    : say(site.name, ctx.locale, ctx.territory.mainLanguage);
}

/** The same with what helps to find it: the square, or the commune. */
export function placeLine(ctx: Ctx, { site, stop }: Somewhere): string {
  return [placeName(ctx, { site, stop }), placeMore(ctx, { site, stop })].filter(Boolean).join(', ');
}

/** What helps to find it, beside its name: the square where the bus stands, or the commune when the name does not say it. */
export function placeMore(ctx: Ctx, { site, stop }: Somewhere): string {
  if (stop) return say(stop.place, ctx.locale, ctx.territory.mainLanguage);
  const name = placeName(ctx, { site, stop });
  return site.commune && !name.includes(site.commune) ? site.commune : '';
}

/** Where the form of one time is. */
export function takeHref(
  ctx: Ctx,
  asked: Pick<AskedTimes, 'base' | 'reason' | 'values'>,
  one: Pick<FreeTime, 'helper' | 'site' | 'stop' | 'timeZone'>,
  start: Date,
): string {
  const query = new URLSearchParams({
    raison: asked.reason?.slug ?? '',
    qui: one.helper.id,
    lieu: one.site.slug,
    ...(one.stop ? { arret: one.stop.id } : {}),
    debut: toRfc3339(start, one.timeZone),
    ...(asked.values.pres ? { pres: asked.values.pres } : {}),
  });
  return `/${ctx.locale}${asked.base}/prendre?${query}`;
}

/** "mardi 24 novembre, 9 h – 9 h 45". */
export function whenWords(
  ctx: Ctx,
  { start, end, timeZone }: Pick<AppointmentView, 'start' | 'end' | 'timeZone'>,
): string {
  const write = formatter(ctx.locale, timeZone);
  return `${write.day(start)}, ${write.range(start, end)}`;
}

/** Where an appointment is, in one line. */
export const appointmentPlace = (ctx: Ctx, view: Pick<AppointmentView, 'site' | 'stop' | 'commune'>): string => {
  const main = ctx.territory.mainLanguage;
  return view.stop
    ? `${appointmentsMessages[ctx.locale].bus(view.stop.commune)}, ${say(view.stop.place, ctx.locale, main)}`
    : [say(view.site.name, ctx.locale, main), view.commune].filter(Boolean).join(', ');
};

/** Who comes, by name where one is known. */
export function whoComes(view: AppointmentView): string {
  const named = view.attendees.flatMap((one) => (one.self ? [view.person.name] : one.name ? [one.name] : []));
  const more = view.places - named.length;
  return `${named.join(', ')}${more > 0 ? ` + ${more}` : ''}`;
}

/** How a form names one time: helper, place, stop, instant. */
export const timeValue = (one: DayOfTimes, start: Date): string =>
  [one.helper.id, one.site.id, one.stop?.id ?? '', start.toISOString()].join('|');
