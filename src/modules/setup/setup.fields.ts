import { z } from 'zod';
import { type I18nText, type Locale, locales } from '../../core/i18n.ts';
import { optionalText, text } from '../../core/input.ts';
import type { RuleSet } from '../../core/schema.ts';
import { parseDuration } from './setup.rules.ts';

/** The version a form was opened on: the change is refused when the thing has changed since. */
export const version = z.coerce.number().int().min(1).max(2_000_000_000);

/** A choice that may be left open: then undefined. */
export const optionalChoice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .optional()
    .transform((value) => value || undefined)
    .pipe(z.enum(values).optional());

export const optionalId = z
  .string()
  .optional()
  .transform((value) => value || undefined)
  .pipe(z.uuid().optional());

/** A whole number that may be left empty. */
export const optionalWhole = (min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((value) => value?.replace(/[\s\u00a0\u202f]/g, '') || undefined)
    .transform((value) => (value === undefined ? undefined : Number(value)))
    .pipe(z.number().int().min(min).max(max).optional());

const toDot = (value: string | undefined) => value?.replace(/[\s\u00a0\u202f°]/g, '').replace(',', '.') || undefined;

/** A number as people write it, with a comma or a point. */
export const decimal = (min: number, max: number) =>
  z
    .string()
    .transform((value) => Number(toDot(value) ?? Number.NaN))
    .pipe(z.number().min(min).max(max));

export const optionalDecimal = (min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((value) => (toDot(value) === undefined ? undefined : Number(toDot(value))))
    .pipe(z.number().min(min).max(max).optional());

/** A length of time as people write it ("2 h 30", "3 jours"), in minutes; empty is undefined. */
export const optionalDuration = (min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((value) => (value?.trim() ? parseDuration(value) : undefined))
    .pipe(z.number().min(min).max(max).optional());

type Names<K extends string> = Record<`${K}.${Locale}`, z.ZodType<string | undefined>>;

/** The three languages of a text, as fields "name.fr", "name.nl", "name.en"; the main one may be required. */
export function i18nFields<K extends string>(key: K, max: number, required?: Locale): Names<K> {
  return Object.fromEntries(
    locales.map((locale) => [`${key}.${locale}`, locale === required ? text(max) : optionalText(max)]),
  ) as unknown as Names<K>;
}

/** The text those three fields make; languages left empty are absent. */
export function textFrom(data: Record<string, unknown>, key: string): I18nText {
  const found: I18nText = {};
  for (const locale of locales) {
    const value = data[`${key}.${locale}`];
    if (typeof value === 'string' && value) found[locale] = value;
  }
  return found;
}

/** The same text as the values of those fields. */
export const textValues = (key: string, value: I18nText): Record<string, string> =>
  Object.fromEntries(locales.map((locale) => [`${key}.${locale}`, value[locale] ?? '']));

const yesNo = optionalChoice(['yes', 'no']);
const days = 24 * 60;

/** Every rule, as the fields of a form: left empty, the level above decides. */
export const ruleFields = {
  'rules.who': optionalChoice(['public', 'member', 'team', 'group']),
  'rules.groupSlug': optionalText(80),
  'rules.approval': yesNo,
  'rules.noticeMinutes': optionalDuration(0, 365 * days),
  'rules.horizonDays': optionalWhole(1, 1000),
  'rules.minMinutes': optionalDuration(5, 30 * days),
  'rules.maxMinutes': optionalDuration(5, 30 * days),
  'rules.personAtOnce': optionalWhole(1, 1000),
  'rules.personWindowMinutes': optionalDuration(5, 365 * days),
  'rules.organisationAtOnce': optionalWhole(1, 1000),
  'rules.organisationWindowMinutes': optionalDuration(5, 365 * days),
  'rules.windowDays': optionalWhole(1, 366),
  'rules.ownOverlaps': yesNo,
  'rules.cancelUntilMinutes': optionalDuration(0, 365 * days),
  'rules.checkIn': yesNo,
  'rules.releaseMinutes': optionalDuration(1, 1 * days),
};

const yesNoKeys = ['approval', 'ownOverlaps', 'checkIn'] as const;

/** The rules those fields make; what was left empty is absent. */
export function rulesFrom(data: Record<string, unknown>): RuleSet {
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(ruleFields)) {
    const key = name.slice('rules.'.length);
    const value = data[name];
    if (value === undefined) continue;
    found[key] = (yesNoKeys as readonly string[]).includes(key) ? value === 'yes' : value;
  }
  if (found.who !== 'group') delete found.groupSlug;
  return found as RuleSet;
}
