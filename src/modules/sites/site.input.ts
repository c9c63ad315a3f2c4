import { z } from 'zod';
import { isTimeZone } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import { optionalEmail, optionalTelephone, optionalText, text } from '../../core/input.ts';
import { communeOf, i18nFields, optionalDecimal, ruleFields, rulesFrom, textFrom } from '../setup/index.ts';

/** What a place says of itself; the same for a new one and for one that changes. */
export const siteFields = (main: Locale) => ({
  kind: z.enum(['station', 'mini_station', 'mobile']),
  ...i18nFields('name', 120, main),
  ...i18nFields('summary', 600),
  ...i18nFields('how_to_come', 2000),
  ...i18nFields('accessibility', 2000),
  /** A commune as one writes it, which a bus may lack; `commune_code` is the choice made when several bear the name. */
  commune: optionalText(120),
  commune_code: optionalText(20),
  address: optionalText(200),
  telephone: optionalTelephone,
  email: optionalEmail,
  time_zone: text(60).refine(isTimeZone),
  lat: optionalDecimal(-90, 90),
  lon: optionalDecimal(-180, 180),
  ...ruleFields,
});

/** Only what moves may stand in no commune. */
export const standsSomewhere = (input: { kind: string; commune?: string | undefined }): boolean =>
  input.kind === 'mobile' || input.commune !== undefined;
export const nowhere = { path: ['commune'] };

type SiteInput = z.output<z.ZodObject<ReturnType<typeof siteFields>>>;

/** The columns those fields fill. A place without coordinates of its own stands at the centre of its commune. */
export async function siteColumns(ctx: Ctx, input: SiteInput) {
  const commune = input.commune ? await communeOf(ctx, input.commune, input.commune_code) : undefined;
  const point = input.lat === undefined || input.lon === undefined ? commune : { lat: input.lat, lon: input.lon };
  return {
    kind: input.kind,
    name: textFrom(input, 'name'),
    summary: textFrom(input, 'summary'),
    how_to_come: textFrom(input, 'how_to_come'),
    accessibility: textFrom(input, 'accessibility'),
    commune_code: commune?.code ?? null,
    address: input.address ?? null,
    telephone: input.telephone ?? null,
    email: input.email ?? null,
    time_zone: input.time_zone,
    lat: point?.lat ?? null,
    lon: point?.lon ?? null,
    rules: rulesFrom(input),
  };
}
