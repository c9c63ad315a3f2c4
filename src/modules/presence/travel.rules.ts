/** Where somebody is or has to be: a site, or one stop of a bus; a point where one is known. */
export type Place = { siteId: string | null; stopId: string | null; lat: number | null; lon: number | null };

/** Roads are longer than the crow flies, and are driven at this many kilometres an hour. */
const detour = 1.3;
const kmPerHour = 50;
/** To pack, to park, to unlock the door. */
const settleMinutes = 10;
const roundTo = 5;
/** Where no point is known, rather too long than to keep somebody waiting. */
const unknownMinutes = 30;
/** Nearer than this one walks across the square. */
const samePlaceKm = 0.05;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres between two points as the crow flies, on a sphere. */
export function kmBetween(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const half = (x: number, y: number): number => Math.sin(radians(x - y) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 12_742 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Minutes from one place to another; none within a place, nor where one of them is no place at all (online). */
export function travelMinutes(from: Place | null, to: Place | null): number {
  if (!from || !to) return 0;
  if (from.siteId !== null && from.siteId === to.siteId && from.stopId === to.stopId) return 0;
  if (from.lat === null || from.lon === null || to.lat === null || to.lon === null) return unknownMinutes;
  const km = kmBetween({ lat: from.lat, lon: from.lon }, { lat: to.lat, lon: to.lon });
  if (km < samePlaceKm) return 0;
  return Math.ceil((((km * detour) / kmPerHour) * 60 + settleMinutes) / roundTo) * roundTo;
}
