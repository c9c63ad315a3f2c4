import { z } from 'zod';
import { dayOf, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { isUuid } from '../../core/ids.ts';
import { type FieldErrors, type FormValues, optionalText, parse, requiredWords, whole } from '../../core/input.ts';
import { checkRegistration, countries } from '../accounts/index.ts';
import type { ResourceView } from '../notices/index.ts';
import { ownShape, visitorShape } from '../visitors/index.ts';
import { formMessages } from './form.messages.ts';

const common = {
  personnes: whole(1, 10_000),
  pour: z.enum(['moi', 'organisation']).default('moi'),
  organisation: optionalText(200),
  pays: z.enum(countries).default('FR'),
  numero: optionalText(40),
  objet: optionalText(500),
};

const signedInForm = (ctx: Ctx) => z.object({ ...common, ...ownShape(ctx) });
const visitorForm = z.object({ ...common, ...visitorShape });

export type BookingForm = z.output<ReturnType<typeof signedInForm>> & { email?: string };

/** Reads the booking form; a number of an organisation is checked by its key, and only where one was given. */
export function readBookingForm(
  ctx: Ctx,
  values: FormValues,
): { ok: true; data: BookingForm } | { ok: false; errors: FieldErrors } {
  const signedIn = ctx.actor.kind === 'person';
  const parsed = parse(signedIn ? signedInForm(ctx) : visitorForm, values, ctx.locale);
  const errors: FieldErrors = parsed.ok ? {} : { ...parsed.errors };
  const m = formMessages[ctx.locale];
  if (values.pour === 'organisation') {
    if (!values.organisation?.trim()) errors.organisation ??= requiredWords(ctx.locale);
    const check = checkRegistration(values.pays ?? 'FR', values.numero);
    if (!check.ok) errors.numero = check.fault === 'key' ? m.registrationKey : m.registrationLength;
  }
  if (!parsed.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, data: parsed.data };
}

/** The one-time mark of a form: a form sent twice books once. */
export const isFormKey = (text: string | undefined): text is string => text !== undefined && isUuid(text);

/** The week of a thing, on the day asked. */
export const weekPath = (resource: ResourceView, span?: Span): string =>
  `/lieux/${resource.site.slug}/${resource.slug}${span ? `?jour=${dayOf(span.start, resource.site.timeZone)}` : ''}`;
