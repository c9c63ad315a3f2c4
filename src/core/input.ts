// From here rather than from zod: what is made before that package is loaded could not be described in the API.
import { z } from '@hono/zod-openapi';
import { isDay, isLocalTime } from './clock.ts';
import { defineMessages, type Locale } from './i18n.ts';

/** Field name -> what is wrong with it, in the reader's language. */
export type FieldErrors = Record<string, string>;

export type Parsed<T> = { ok: true; data: T } | { ok: false; errors: FieldErrors };

/** Text from outside: whole characters only (no NUL, no lone surrogate), trimmed, of a bounded length. */
export const text = (max: number, min = 1) =>
  z
    .string()
    .transform((value) =>
      value
        .toWellFormed()
        .replace(/[\p{Cc}\uFFFD]/gu, (c) => (c === '\n' || c === '\t' ? c : ''))
        .trim(),
    )
    .pipe(z.string().min(min).max(max));

/** A text that may be left empty: then undefined. */
export const optionalText = (max: number) =>
  text(max, 0)
    .optional()
    .transform((value) => value || undefined);

export const email = z
  .string()
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email().max(254));

export const optionalEmail = z
  .string()
  .optional()
  .transform((value) => value?.trim().toLowerCase() || undefined)
  .pipe(z.email().max(254).optional());

/** "0321000010" as one reads it aloud, "03 21 00 00 10"; a number that is not French keeps the groups it was typed in. */
function grouped(value: string): string {
  const typed = value
    .replace(/[\s.\-()]+/g, ' ')
    .trim()
    .replace(/^\+ /, '+');
  const digits = typed.replaceAll(' ', '');
  // Ten figures written "0470 12 34 56" are a Belgian mobile.
  const national = /^0\d{3} /.test(typed) ? undefined : /^0([1-9]\d{8})$/.exec(digits)?.[1];
  const abroad = /^(?:\+|00)330?([1-9]\d{8})$/.exec(digits)?.[1];
  const pairs = (nine: string) => `${nine[0]}${nine.slice(1).replace(/\d\d/g, ' $&')}`;
  if (national) return `0${pairs(national)}`;
  return abroad ? `+33 ${pairs(abroad)}` : typed;
}

/** A number with its country has eight figures at least, one that begins with 0 nine: with fewer, some were left out. */
const telephoneLike = z.string().regex(/^(?:\+\d(?: ?\d){7,14}|0(?: ?\d){8,14}|[1-9](?: ?\d){5,14})$/);

/** A telephone number as people write it, kept in groups of figures with an optional leading +. */
export const telephone = z.string().transform(grouped).pipe(telephoneLike);

export const optionalTelephone = z
  .string()
  .optional()
  .transform((value) => (value && grouped(value)) || undefined)
  .pipe(telephoneLike.optional());

/** The short name of a site, a space or a resource, as addresses carry it. */
export const slug = z
  .string()
  .max(120)
  .refine((value) => /^[a-z0-9_-]+$/.test(value));

export const day = z.string().refine(isDay, { params: { code: 'day' } });
export const localTime = z.string().refine(isLocalTime, { params: { code: 'time' } });
export const uuid = z.uuid();
export const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** An instant in RFC 3339 with an offset, between 2000 and 2100. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((at) => at.getTime() >= Date.UTC(2000, 0, 1) && at.getTime() < Date.UTC(2100, 0, 1), {
    params: { code: 'instant' },
  });

/** A box of a form: "on" or absent. */
export const checkbox = z
  .string()
  .optional()
  .transform((value) => value !== undefined && value !== '' && value !== 'false');

const messages = defineMessages({
  fr: {
    required: 'Ce champ est nécessaire.',
    tooLong: (max: number) => `Ce texte est trop long : ${max} caractères au plus.`,
    tooShort: (min: number) => `Ce texte est trop court : ${min} caractères au moins.`,
    tooSmall: (min: number) => `Indiquez au moins ${min}.`,
    tooBig: (max: number) => `Indiquez ${max} au plus.`,
    email: 'Cette adresse ne semble pas complète. Exemple : nom@exemple.fr.',
    telephone: 'Ce numéro ne semble pas complet. Exemple : 03 21 00 00 00.',
    day: 'Cette date n’existe pas. Exemple : 2026-11-23.',
    time: 'Cette heure n’existe pas. Exemple : 09:30.',
    number: 'Indiquez un nombre.',
    choice: 'Choisissez une des réponses proposées.',
    other: 'Cette réponse n’est pas comprise.',
  },
  nl: {
    required: 'Dit veld is nodig.',
    tooLong: (max: number) => `Deze tekst is te lang: hoogstens ${max} tekens.`,
    tooShort: (min: number) => `Deze tekst is te kort: minstens ${min} tekens.`,
    tooSmall: (min: number) => `Vul minstens ${min} in.`,
    tooBig: (max: number) => `Vul hoogstens ${max} in.`,
    email: 'Dit adres lijkt niet volledig. Voorbeeld: naam@voorbeeld.be.',
    telephone: 'Dit nummer lijkt niet volledig. Voorbeeld: +32 57 00 00 00.',
    day: 'Deze datum bestaat niet. Voorbeeld: 2026-11-23.',
    time: 'Dit uur bestaat niet. Voorbeeld: 09:30.',
    number: 'Vul een getal in.',
    choice: 'Kies een van de voorgestelde antwoorden.',
    other: 'Dit antwoord is niet duidelijk.',
  },
  en: {
    required: 'This field is needed.',
    tooLong: (max: number) => `This text is too long: ${max} characters at most.`,
    tooShort: (min: number) => `This text is too short: at least ${min} characters.`,
    tooSmall: (min: number) => `Enter at least ${min}.`,
    tooBig: (max: number) => `Enter at most ${max}.`,
    email: 'This address does not look complete. Example: name@example.com.',
    telephone: 'This number does not look complete. Example: +33 3 21 00 00 00.',
    day: 'This date does not exist. Example: 2026-11-23.',
    time: 'This time does not exist. Example: 09:30.',
    number: 'Enter a number.',
    choice: 'Choose one of the answers offered.',
    other: 'This answer is not understood.',
  },
});

/** What is said of a field left empty that another answer makes necessary. */
export const requiredWords = (locale: Locale): string => messages[locale].required;

type Issue = z.core.$ZodIssue;

function sentence(issue: Issue, locale: Locale, empty: boolean): string {
  const m = messages[locale];
  if (empty) return m.required;
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' ? m.tooLong(Number(issue.maximum)) : m.tooBig(Number(issue.maximum));
    case 'too_small':
      if (issue.origin === 'string') return Number(issue.minimum) <= 1 ? m.required : m.tooShort(Number(issue.minimum));
      return m.tooSmall(Number(issue.minimum));
    case 'invalid_format':
      if (issue.format === 'email') return m.email;
      if (issue.format === 'regex') return m.telephone;
      return issue.format === 'datetime' ? m.day : m.other;
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? m.number : m.required;
    case 'invalid_value':
      return m.choice;
    case 'custom':
      if (issue.params?.code === 'day' || issue.params?.code === 'instant') return m.day;
      return issue.params?.code === 'time' ? m.time : m.other;
    default:
      return m.other;
  }
}

/** Checks what came from outside; the first fault of each field is said in the reader's language. */
export function parse<S extends z.ZodType>(schema: S, input: unknown, locale: Locale): Parsed<z.output<S>> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, data: result.data };
  return { ok: false, errors: fieldErrors(result.error, locale, input) };
}

/** The first fault of each field, in the reader's language; the input tells an empty field from a wrong one. */
export function fieldErrors(error: z.ZodError, locale: Locale, input?: unknown): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) {
    const given = (input as Record<string, unknown> | null | undefined)?.[String(issue.path[0])];
    const empty = input !== undefined && (given === undefined || given === '' || given === null);
    errors[issue.path.join('.')] ??= sentence(issue, locale, empty);
  }
  return errors;
}

/** A form's values as text, to show it again filled in. */
export type FormValues = Record<string, string>;

/** Reads a search: what is left empty is not asked; what is wrong is said and left out, so that answers still come. */
export function parseSearch<S extends z.ZodObject>(
  schema: S,
  form: FormValues,
  locale: Locale,
): { given: FormValues; data: z.output<S>; errors: FieldErrors } {
  const filled = Object.entries(form).filter(([name, value]) => Object.hasOwn(schema.shape, name) && value.trim());
  const given = Object.fromEntries(filled);
  const first = parse(schema, given, locale);
  if (first.ok) return { given, data: first.data, errors: {} };
  const right = filled.filter(([name]) => !Object.hasOwn(first.errors, name));
  return { given, data: schema.parse(Object.fromEntries(right)), errors: first.errors };
}

/** The address of the same question with some fields changed; an empty one is taken out. */
export function hrefWith(path: string, values: FormValues, over: FormValues = {}): string {
  const kept = Object.entries({ ...values, ...over }).filter(([, value]) => value !== '');
  const text = new URLSearchParams(kept).toString();
  return text ? `${path}?${text}` : path;
}
