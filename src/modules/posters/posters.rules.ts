type Dated = { commune: string; communeCode: string; start: Date; aboard: readonly string[] };

export type Village<T> = { code: string; name: string; dates: T[] };

/** The dates village by village, in the order of the alphabet, so that one finds one's own. */
export function byVillage<T extends Dated>(dates: readonly T[], locale: string): Village<T>[] {
  const villages = new Map<string, Village<T>>();
  for (const date of dates) {
    const village = villages.get(date.communeCode) ?? { code: date.communeCode, name: date.commune, dates: [] };
    village.dates.push(date);
    villages.set(date.communeCode, village);
  }
  return [...villages.values()].sort((a, b) => a.name.localeCompare(b.name, locale));
}

/** All that one finds aboard on these dates, each thing once. */
export const aboardAll = (dates: readonly Pick<Dated, 'aboard'>[]): string[] => [
  ...new Set(dates.flatMap((date) => date.aboard)),
];
