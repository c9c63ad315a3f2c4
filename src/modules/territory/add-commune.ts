import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { sqlState } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { optionalText, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { normaliseName } from '../../core/names.ts';
import { decimal, mustRunTerritory, refuseField } from '../setup/index.ts';

export const communeInput = z.object({
  name: text(120),
  country: z.string().regex(/^[A-Z]{2}$/),
  postcode: text(12),
  /** The statistical institute's code where it is known (INSEE, NIS). */
  code: optionalText(12),
  lat: decimal(-90, 90),
  lon: decimal(-180, 180),
});
export type CommuneInput = z.output<typeof communeInput>;

/** Adds a commune that the territory's list lacks; returns its code. */
export async function addCommune(ctx: Ctx, input: CommuneInput): Promise<string> {
  mustRunTerritory(ctx);
  const given = input.code?.toUpperCase();
  if (given && !/^[0-9A-Z-]{2,12}$/.test(given)) throw refuseField('code', 'territory.commune_code');
  const id = newId();
  // The end of a UUID is the part that is drawn: the code stays short enough to be read aloud.
  const code = given ?? `${input.country}-${id.slice(-8).toUpperCase()}`;
  const searchName = normaliseName(input.name);
  if (!searchName) throw refuseField('name', 'territory.commune_name');
  try {
    await atomically(ctx, async (inside) => {
      await inside.db
        .insertInto('commune')
        .values({
          code,
          name: input.name,
          search_name: searchName,
          country: input.country,
          postcodes: [input.postcode],
          lat: input.lat,
          lon: input.lon,
        })
        .execute();
      await record(inside, { kind: 'commune.added', subjectKind: 'commune', subjectId: id, data: { code } });
    });
  } catch (error) {
    if (sqlState(error) === '23505') throw refuseField('code', 'territory.commune_known', { code });
    throw error;
  }
  return code;
}
