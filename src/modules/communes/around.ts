import type { Ctx } from '../../core/context.ts';
import { communesMessages } from './communes.messages.ts';
import { type Commune, communeLabel, findCommune } from './communes.store.ts';

/** Where one looks from. */
export type Near = { lat: number; lon: number; label: string };

/** Around which commune a search looks. */
export type Around = {
  commune: Commune | undefined;
  near: Near | undefined;
  /** Those among which one must choose. */
  communes: Commune[];
  /** What the field shows again. */
  shown: string | undefined;
  /** What is wrong with the field. */
  fault: string | undefined;
};

/** A commune as a point one looks from. */
export const nearOf = ({ lat, lon, name }: Commune): Near => ({ lat, lon, label: name });

/** Reads the field of a search that says around which commune one looks. */
export async function readAround(ctx: Ctx, typed: string | undefined): Promise<Around> {
  const found = typed ? await findCommune(ctx, typed) : undefined;
  const commune = found?.kind === 'one' ? found.commune : undefined;
  return {
    commune,
    near: commune && nearOf(commune),
    communes: found?.kind === 'several' ? found.communes : [],
    shown: commune && typed ? writtenAgain(commune, typed) : typed,
    fault: found?.kind === 'none' ? communesMessages[ctx.locale].unknown : undefined,
  };
}

/** A commune once known: its name, with the code that was written where the name alone was not enough. */
function writtenAgain(commune: Commune, typed: string): string {
  const code = /\(([^()]+)\)\s*$/.exec(typed)?.[1];
  if (code) return `${commune.name} (${code})`;
  return /\d/.test(typed) ? communeLabel(commune) : commune.name;
}

/** How a form writes one of several: with its postcode, or with its code where two of a name have one postcode. */
export function choiceLabel(commune: Commune, among: readonly Commune[]): string {
  const label = communeLabel(commune);
  const alone = among.filter((other) => communeLabel(other) === label).length === 1;
  return alone ? label : `${commune.name} (${commune.code})`;
}
