import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { formatter } from '../../ui/format.ts';
import { placeMore, placeName } from '../appointments/index.ts';
import { communeLabel } from '../communes/index.ts';
import { freeTimes } from '../presence/index.ts';
import { findSessions } from '../timetable/index.ts';
import { relaysMessages } from './relays.messages.ts';
import type { PosterView } from './relays.pages.tsx';
import { type RelayCommune, stopsIn } from './relays.store.ts';

const month = 30 * 1440;
const mostSessions = 5;
const mostPlaces = 5;

/** What hangs on the wall of a town hall: what comes to the commune, and the nearest places where one is received. */
export async function posterOf(ctx: Ctx, commune: RelayCommune): Promise<PosterView> {
  const window = { from: ctx.now, to: addMinutes(ctx.now, month) };
  const [stops, sessions, free] = await Promise.all([
    stopsIn(ctx, commune.code),
    findSessions(ctx, { ...window, communeCode: commune.code, limit: mostSessions }),
    freeTimes(ctx, { ...window, near: { lat: commune.lat, lon: commune.lon } }),
  ]);
  const places = new Map<string, PosterView['places'][number] & { start: Date }>();
  for (const one of free) {
    const write = formatter(ctx.locale, one.timeZone);
    const key = `${one.site.id} ${one.stop?.communeCode ?? ''}`;
    if (places.has(key) || places.size >= mostPlaces) continue;
    const when = relaysMessages[ctx.locale].from(write.day(one.start), write.time(one.start));
    const { start, distanceKm } = one;
    places.set(key, { name: placeName(ctx, one), more: placeMore(ctx, one), distanceKm, when, start });
  }
  // The nearest are chosen; on a wall they are read day after day.
  const soonestFirst = [...places.values()].sort((a, b) => a.start.getTime() - b.start.getTime());
  const address = `${ctx.publicUrl}/${ctx.locale}/rendez-vous?${new URLSearchParams({ pres: communeLabel(commune) })}`;
  return { ctx, commune, stops, sessions, places: soonestFirst, address };
}
