import { z } from 'zod';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import * as input from '../../core/input.ts';
import { type ResourceKind, resourceKinds } from '../../core/schema.ts';
import { type Commune, readAround } from '../communes/index.ts';
import { isNeed } from './needs.ts';
import type { SearchQuery } from './search.ts';

/** How long one may ask for, in minutes. */
export const lengths = [30, 60, 90, 120, 180, 240, 480] as const;

/** How many answers are shown: on the home page, after a search, and when one asks for more. */
export const homeShown = 6;
const firstShown = 10;
export const moreShown = 40;

const kindPrefix = 'type-';
/** The form's value for a kind; needs keep their own keys. */
export const kindValue = (kind: ResourceKind): string => kindPrefix + kind;

const schema = z.object({
  besoin: z
    .string()
    .refine((value) => isNeed(value) || kindOf(value) !== undefined)
    .optional(),
  jour: input.day.optional(),
  heure: input.localTime.optional(),
  duree: input.whole(5, 1440).optional(),
  personnes: input.whole(1, 10_000).optional(),
  pres: input.optionalText(80),
  voir: input.whole(1, moreShown).optional().catch(undefined),
});

export type Asked = {
  query: SearchQuery & { limit: number };
  /** The fields as they are shown again. */
  values: input.FormValues;
  errors: input.FieldErrors;
  /** The communes among which one must choose. */
  communes: Commune[];
};

const kindOf = (value: string | undefined): ResourceKind | undefined =>
  resourceKinds.find((kind) => value === kindPrefix + kind);

/** Whether anything is searched for: the home page then gives way to its answers. */
export const isSearch = (form: input.FormValues): boolean =>
  Object.keys(schema.shape).some((name) => (form[name] ?? '').trim() !== '');

/** Reads the search form; a field that is wrong is said and takes its usual value, so that answers still come. */
export async function readSearch(ctx: Ctx, form: input.FormValues, shown = firstShown): Promise<Asked> {
  const { given, data, errors } = input.parseSearch(schema, form, ctx.locale);
  const around = await readAround(ctx, data.pres);
  if (around.fault) errors.pres = around.fault;
  const query = {
    need: data.besoin && isNeed(data.besoin) ? data.besoin : undefined,
    kind: kindOf(data.besoin),
    day: data.jour ?? dayOf(ctx.now, ctx.territory.timeZone),
    from: data.heure,
    minutes: data.duree ?? 60,
    people: data.personnes ?? 1,
    near: around.near,
    limit: data.voir ?? shown,
  };
  const values = {
    besoin: data.besoin ?? '',
    jour: query.day,
    heure: query.from ?? '',
    duree: String(query.minutes),
    personnes: String(query.people),
    pres: around.shown ?? '',
  };
  // What was wrong is shown again as it was written.
  const wrong = Object.fromEntries(Object.entries(given).filter(([name]) => name in errors));
  return {
    query,
    values: { ...values, ...wrong },
    errors,
    communes: around.communes,
  };
}
