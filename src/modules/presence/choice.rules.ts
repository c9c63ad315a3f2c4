import type { FreeTime } from './presence.types.ts';

/** Somebody goes so far for sooner help, before the road is asked of them as a last resort. */
const nearbyKm = 15;
/** Within so little it is the same village. */
const sameKm = 1;
/** A day of waiting weighs like so many kilometres. */
const kmADay = 1;

type Choice = Pick<FreeTime, 'starts' | 'distanceKm'>;

const km = ({ distanceKm }: Choice): number => distanceKm ?? 0;
const startOf = ({ starts }: Choice): number => starts[0]!.getTime();

/**
 * A few other times for who loses one, that differ: the soonest nearby, then the next at the same place, then what is both soon
 * and near. Without distances, the soonest.
 */
export function mixOf<T extends Choice>(times: readonly T[], now: Date, most: number): T[] {
  const soonest = [...times].sort((a, b) => startOf(a) - startOf(b) || km(a) - km(b));
  const weight = (one: T) => km(one) + ((startOf(one) - now.getTime()) / 86_400_000) * kmADay;
  const wanted = [
    soonest.find((one) => km(one) <= nearbyKm),
    soonest.find((one) => km(one) <= sameKm),
    ...soonest.toSorted((a, b) => weight(a) - weight(b)),
  ];
  const mix: T[] = [];
  for (const one of wanted) {
    if (mix.length === most) break;
    // Two who receive at one place that day are one choice.
    const again = (other: T) =>
      Math.abs(km(other) - km(one!)) < sameKm && Math.abs(startOf(other) - startOf(one!)) < 43_200_000;
    if (one && !mix.some(again)) mix.push(one);
  }
  return mix;
}
