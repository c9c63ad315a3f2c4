import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import * as input from '../../core/input.ts';
import { type Commune, communeLabel, findCommune } from '../communes/index.ts';
import { agendaMessages } from './agenda.messages.ts';
import { type Period, periods, readAfter, windowOf } from './agenda.rules.ts';
import type { After, AgendaQuery } from './agenda.types.ts';

/** How far one looks around a commune: the choices, and the usual one. */
export const reaches = [5, 10, 20, 40] as const;
export const usualReach = 20;

const schema = z.object({
  quand: z.enum(periods).optional(),
  jour: input.day.optional(),
  ligne: input.slug.optional(),
  site: input.slug.optional(),
  pres: input.optionalText(80),
  km: z
    .enum(reaches.map(String) as [string, ...string[]])
    .transform(Number)
    .optional(),
  age: input.whole(0, 120).optional(),
  places: input.whole(1, 50).optional(),
});

export type Asked = {
  query: AgendaQuery;
  period: Period | undefined;
  after: After | undefined;
  /** The fields as they are shown again, those left empty aside. */
  values: input.FormValues;
  errors: input.FieldErrors;
  /** The communes among which one must choose. */
  communes: Commune[];
};

/** Reads what is asked of the agenda; a field that is wrong is said and left out, so that answers still come. */
export async function readAsked(ctx: Ctx, form: input.FormValues): Promise<Asked> {
  const known = Object.keys(schema.shape);
  const given = Object.fromEntries(
    Object.entries(form).filter(([name, value]) => known.includes(name) && value.trim()),
  );
  const first = input.parse(schema, given, ctx.locale);
  const errors = first.ok ? {} : first.errors;
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in errors)));
  const data = first.ok ? first.data : schema.parse(right);
  const found = data.pres ? await findCommune(ctx, data.pres) : undefined;
  if (found?.kind === 'none') errors.pres = agendaMessages[ctx.locale].list.unknownCommune;
  const commune = found?.kind === 'one' ? found.commune : undefined;
  const span = windowOf(data.quand, data.jour, ctx.now, ctx.territory.timeZone);
  return {
    query: {
      from: span.start,
      to: span.end,
      siteSlug: data.site,
      lineSlug: data.ligne,
      near: commune && { lat: commune.lat, lon: commune.lon, label: commune.name },
      withinKm: commune && (data.km ?? usualReach),
      age: data.age,
      seatsFree: data.places,
    },
    period: data.quand,
    after: readAfter(form.apres),
    values: {
      ...given,
      ...(commune && data.pres ? { pres: namedCommune(commune, data.pres), km: String(data.km ?? usualReach) } : {}),
    },
    errors,
    communes: found?.kind === 'several' ? found.communes : [],
  };
}

/** What the field shows once a commune is known: its name, with its code where the name alone was not enough. */
const namedCommune = (commune: Commune, typed: string): string => {
  if (/\(.+\)/.test(typed)) return communeValue(commune);
  return /\d/.test(typed) ? communeLabel(commune) : commune.name;
};

/** "Bailleul (59043)": a choice among several of one name, as the field takes it. */
export const communeValue = (commune: Commune): string => `${commune.name} (${commune.code})`;

/** The address of the same question with some fields changed; an empty one is taken out. */
export function agendaHref(base: string, values: input.FormValues, over: input.FormValues = {}): string {
  const kept = Object.entries({ ...values, ...over }).filter(([, value]) => value !== '');
  const text = new URLSearchParams(kept).toString();
  return text ? `${base}?${text}` : base;
}
