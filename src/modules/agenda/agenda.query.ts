import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import * as input from '../../core/input.ts';
import { formatter } from '../../ui/format.ts';
import { tell } from '../../ui/told.ts';
import { type Commune, readAround } from '../communes/index.ts';
import type { Welcome } from '../timetable/index.ts';
import { agendaMessages } from './agenda.messages.ts';
import { type Period, periods, readAfter, windowOf } from './agenda.rules.ts';
import type { After, AgendaQuery } from './agenda.types.ts';
import type { Choice } from './stops.store.ts';

/** How far one looks around a commune: the choices, and the usual one; 0: what is in the commune itself. */
export const reaches = [0, 5, 10, 20, 40] as const;
export const usualReach = 20;

/** Whom one looks for, as an address says it. */
export const welcomes = {
  tous: 'everyone',
  enfants: 'children',
  ados: 'teenagers',
  adultes: 'adults',
  membres: 'members',
} as const satisfies Record<string, Welcome>;
export type ForWhom = keyof typeof welcomes;
export const forWhom = Object.keys(welcomes) as [ForWhom, ...ForWhom[]];

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
  pour: z.enum(forWhom).optional(),
  // No field has it any more: the addresses of calendars that people follow do.
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
  const { given, data, errors } = input.parseSearch(schema, form, ctx.locale);
  const { commune, near, communes, shown, fault } = await readAround(ctx, data.pres);
  if (fault) errors.pres = fault;
  const span = windowOf(data.quand, data.jour, ctx.now, ctx.territory.timeZone);
  return {
    query: {
      from: span.start,
      to: span.end,
      siteSlug: data.site,
      lineSlug: data.ligne,
      near,
      withinKm: commune && data.km !== 0 ? (data.km ?? usualReach) : undefined,
      communeCode: commune && data.km === 0 ? commune.code : undefined,
      age: data.age,
      welcome: data.pour && welcomes[data.pour],
      seatsFree: data.places,
    },
    period: data.quand,
    after: readAfter(form.apres),
    values: {
      ...given,
      ...(commune && shown ? { pres: shown, km: String(data.km ?? usualReach) } : {}),
    },
    errors,
    communes,
  };
}

/** What was chosen, in words, the period aside. */
export function chosenWords(
  ctx: Ctx,
  { query, values }: Pick<Asked, 'query' | 'values'>,
  { lines, sites }: { lines: readonly Choice[]; sites: readonly Choice[] },
): string[] {
  const m = agendaMessages[ctx.locale].list;
  const { near, withinKm, age, welcome, seatsFree, lineSlug, siteSlug } = query;
  const write = formatter(ctx.locale, ctx.territory.timeZone);
  const named = (some: readonly Choice[], slug: string | undefined) => {
    const found = some.find((one) => one.slug === slug);
    return found ? tell(ctx, found.name) : '';
  };
  return [
    near ? (withinKm ? m.nearLine(near.label, write.distance(withinKm)) : m.inLine(near.label)) : '',
    named(lines, lineSlug),
    named(sites, siteSlug),
    welcome ? m.forWhom[values.pour as ForWhom] : '',
    age === undefined ? '' : m.forAge(age),
    seatsFree ? m.forPeople(seatsFree) : '',
  ].filter(Boolean);
}
