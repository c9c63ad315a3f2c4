import { z } from 'zod';
import { type I18nText, type Locale, locales } from '../../core/i18n.ts';
import { optionalText, whole } from '../../core/input.ts';
import { type PricePer, resourceKinds } from '../../core/schema.ts';
import { type Need, needKeys } from '../finding/index.ts';
import {
  i18nFields,
  optionalDecimal,
  optionalDuration,
  optionalId,
  optionalWhole,
  refuseField,
  ruleFields,
  rulesFrom,
  textFrom,
  version,
} from '../setup/index.ts';
import { parseCents } from './furnishing.rules.ts';

const pricePer = ['hour', 'half_day', 'day', 'booking'] as const satisfies readonly PricePer[];

/** What something bookable says of itself. `needs` and `contents` are the boxes ticked. */
export const resourceInput = (main: Locale) =>
  z.object({
    version: version.optional(),
    kind: z.enum(resourceKinds),
    ...i18nFields('name', 120, main),
    ...i18nFields('summary', 600),
    ...i18nFields('requirement', 300),
    ...i18nFields('equipment', 4000),
    space_id: optionalId,
    line_id: optionalId,
    units: whole(1, 500),
    capacity: whole(1, 10_000),
    minimum_age: optionalWhole(1, 99),
    buffer_before: optionalDuration(0, 1440),
    buffer_after: optionalDuration(0, 1440),
    step_minutes: optionalDuration(5, 1440),
    price_kind: z.enum(['unknown', 'free', 'amount']),
    price: optionalText(20),
    price_per: z.enum(pricePer).optional(),
    price_tax: optionalDecimal(0, 100),
    preset: z.enum(['open', 'members', 'on_request']),
    needs: z.array(z.enum(needKeys)).max(needKeys.length),
    contents: z.array(z.uuid()).max(200),
    ...ruleFields,
  });
export type ResourceInput = z.output<ReturnType<typeof resourceInput>>;

/** The columns those fields fill. */
export function resourceColumns(input: ResourceInput) {
  const price = priceOf(input);
  return {
    kind: input.kind,
    name: textFrom(input, 'name'),
    summary: textFrom(input, 'summary'),
    requirement: textFrom(input, 'requirement'),
    equipment: equipmentOf(input),
    space_id: input.space_id ?? null,
    line_id: input.line_id ?? null,
    capacity: input.capacity,
    minimum_age: input.minimum_age ?? null,
    buffer_before: input.buffer_before ?? 0,
    buffer_after: input.buffer_after ?? 0,
    step_minutes: input.step_minutes ?? 30,
    preset: input.preset,
    needs: input.needs as Need[],
    rules: rulesFrom(input),
    ...price,
  };
}

/** The same, ready to be written: texts and lists as JSON. */
export const written = (values: ReturnType<typeof resourceColumns>) => ({
  ...values,
  name: JSON.stringify(values.name),
  summary: JSON.stringify(values.summary),
  requirement: JSON.stringify(values.requirement),
  equipment: JSON.stringify(values.equipment),
  rules: JSON.stringify(values.rules),
});

function priceOf(input: ResourceInput) {
  const none = { price_kind: input.price_kind, price_cents: null, price_per: null, price_tax_bp: null };
  if (input.price_kind !== 'amount') return none;
  const cents = input.price === undefined ? undefined : parseCents(input.price);
  if (cents === undefined || cents === 0) throw refuseField('price', 'furnishing.price_amount');
  if (!input.price_per) throw refuseField('price_per', 'furnishing.price_per');
  return {
    ...none,
    price_cents: cents,
    price_per: input.price_per,
    price_tax_bp: input.price_tax === undefined ? null : Math.round(input.price_tax * 100),
  };
}

/** One thing a line; the third line in Dutch is the third line in French. */
function equipmentOf(input: Record<string, unknown>): I18nText[] {
  const lines = (locale: Locale) => String(input[`equipment.${locale}`] ?? '').split('\n');
  const columns = locales.map((locale) => [locale, lines(locale)] as const);
  const most = Math.max(...columns.map(([, list]) => list.length));
  return Array.from({ length: most }, (_, i) => {
    const one: I18nText = {};
    for (const [locale, list] of columns) if (list[i]?.trim()) one[locale] = list[i].trim();
    return one;
  }).filter((one) => Object.keys(one).length > 0);
}
