import { z } from 'zod';
import { isTimeZone } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { locales } from '../../core/i18n.ts';
import { optionalEmail, optionalTelephone, optionalText, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { checkSiret } from '../accounts/index.ts';
import { changedKeys, claim, mustRunTerritory, refuseField, version } from '../setup/index.ts';

/** What the legal notice needs of whoever publishes the site, and of whoever hosts it. */
export const publisherKeys = ['name', 'form', 'address', 'registration', 'director', 'telephone', 'host'] as const;

export const territoryInput = z.object({
  version,
  name: text(120),
  telephone: optionalTelephone,
  email: optionalEmail,
  main_language: z.enum(locales),
  time_zone: text(60).refine(isTimeZone),
  'publisher.name': optionalText(200),
  'publisher.form': optionalText(200),
  'publisher.address': optionalText(300),
  'publisher.registration': optionalText(60),
  'publisher.director': optionalText(200),
  'publisher.telephone': optionalText(40),
  'publisher.host': optionalText(400),
});
export type TerritoryInput = z.output<typeof territoryInput>;

/** Changes what the territory says of itself. */
export function editTerritory(ctx: Ctx, input: TerritoryInput): Promise<void> {
  mustRunTerritory(ctx);
  const number = input['publisher.registration'] ?? '';
  // Fourteen figures are a SIRET: one that is false would be published with every place. Other countries have shorter numbers.
  if (/^\d{14}$/.test(number.replace(/[\s.]/g, '')) && !checkSiret(number).ok) {
    throw refuseField('publisher.registration', 'territory.siret');
  }
  return atomically(ctx, async (inside) => {
    const before = await inside.db
      .selectFrom('territory')
      .select(['id', 'name', 'telephone', 'email', 'main_language', 'time_zone', 'publisher'])
      .executeTakeFirstOrThrow();
    await claim(inside, 'territory', before.id, input.version);
    // Keys the form does not know are kept.
    const publisher: Record<string, string> = { ...before.publisher };
    for (const key of publisherKeys) {
      const value = input[`publisher.${key}`];
      if (value) publisher[key] = value;
      else delete publisher[key];
    }
    const after = {
      name: input.name,
      telephone: input.telephone ?? null,
      email: input.email ?? null,
      main_language: input.main_language,
      time_zone: input.time_zone,
      publisher,
    };
    await inside.db
      .updateTable('territory')
      .set({ ...after, publisher: JSON.stringify(publisher) })
      .where('id', '=', before.id)
      .execute();
    await record(inside, {
      kind: 'territory.changed',
      subjectKind: 'territory',
      subjectId: before.id,
      data: { changed: changedKeys(before, after) },
    });
  });
}
