import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { checkbox, email, type FieldErrors, type FormValues, optionalText, parse, text } from '../../core/input.ts';
import type { RegistrationKind } from '../../core/schema.ts';
import type { AttendeeInput } from '../registrations/index.ts';
import type { SessionView } from '../sessions/index.ts';
import { enrolmentMessages } from './enrolment.messages.ts';

/** More people than this come as a group. */
export const mostRows = 12;

const year = z
  .string()
  .optional()
  .transform((value) => (value?.trim() ? Number(value.trim()) : undefined))
  .pipe(z.number().int().min(1900).max(2200).optional());

const number = z
  .string()
  .optional()
  .transform((value) => (value?.trim() ? Number(value.trim()) : 0))
  .pipe(z.number().int().min(0).max(500));

const common = {
  pour: z.enum(['moi', 'famille', 'groupe']).default('moi'),
  annee: year,
  tarif: optionalText(60),
  vient: checkbox,
  organisation: optionalText(200),
  jeunes: number,
  adultes: number,
  ages: optionalText(300),
  precision: optionalText(300),
  accord: checkbox,
};

const signedIn = z.object(common);
const visitor = z.object({ ...common, nom: text(120), email });

export type EnrolmentForm = {
  kind: RegistrationKind;
  attendees: AttendeeInput[];
  answers: Record<string, string>;
  consent: boolean;
  note: string | undefined;
  organisation: string | undefined;
  name: string | undefined;
  email: string | undefined;
  /** The parts chosen of an event. */
  parts: string[];
};

const kinds: Record<string, RegistrationKind> = { moi: 'self', famille: 'household', groupe: 'group' };

/** How many lines of people a form shows: two at first, one more each time it is asked. */
export function rowsOf(values: FormValues): number {
  const rows = Number(values.lignes);
  return Number.isInteger(rows) && rows >= 1 ? Math.min(rows, mostRows) : 2;
}

/** The sets of parts of an event, in their order, each of which one is chosen. */
export function tracksOf(parts: readonly SessionView[]): [string, SessionView[]][] {
  const tracks = new Map<string, SessionView[]>();
  for (const part of parts) tracks.set(part.track ?? part.id, [...(tracks.get(part.track ?? part.id) ?? []), part]);
  return [...tracks];
}

/** The name of the field of a set of parts. */
export const partField = (index: number): string => `partie-${index}`;

/** One who comes along: a first name, a year of birth, nothing more. */
export const rowSchema = z.object({ prenom: optionalText(80), annee: year, tarif: optionalText(60) });

function household(ctx: Ctx, values: FormValues, errors: FieldErrors): AttendeeInput[] {
  const m = enrolmentMessages[ctx.locale];
  const attendees: AttendeeInput[] = [];
  for (let row = 0; row < rowsOf(values); row += 1) {
    const given = { prenom: values[`prenom-${row}`], annee: values[`annee-${row}`], tarif: values[`tarif-${row}`] };
    const parsed = parse(rowSchema, given, ctx.locale);
    if (!parsed.ok) {
      for (const [field, message] of Object.entries(parsed.errors)) errors[`${field}-${row}`] = message;
      continue;
    }
    const { prenom, annee, tarif } = parsed.data;
    if (!prenom && annee !== undefined) errors[`prenom-${row}`] = m.firstNameNeeded;
    if (prenom) attendees.push({ name: prenom, birthYear: annee, tariff: tarif });
  }
  return attendees;
}

/** Reads the form of a registration: who comes, what they answer; the rules themselves are the command's. */
export function readEnrolment(
  ctx: Ctx,
  session: SessionView,
  parts: readonly SessionView[],
  values: FormValues,
): { ok: true; data: EnrolmentForm } | { ok: false; errors: FieldErrors } {
  const m = enrolmentMessages[ctx.locale];
  const known = ctx.actor.kind === 'person';
  const parsed = parse(known ? signedIn : visitor, values, ctx.locale);
  const errors: FieldErrors = parsed.ok ? {} : { ...parsed.errors };
  const kind = kinds[values.pour ?? 'moi'] ?? 'self';
  const data = parsed.ok ? (parsed.data as z.output<typeof signedIn> & { nom?: string; email?: string }) : undefined;
  const self: AttendeeInput = { self: true, birthYear: data?.annee, tariff: data?.tarif };
  let attendees: AttendeeInput[] = [self];
  if (kind === 'household') {
    const others = household(ctx, values, errors);
    attendees = data?.vient ? [self, ...others] : others;
    if (attendees.length === 0) errors['prenom-0'] ??= m.peopleNeeded;
  }
  if (kind === 'group' && data) {
    attendees = [
      ...Array.from({ length: data.adultes }, (_, index): AttendeeInput => (index === 0 ? { self: true } : {})),
      ...Array.from({ length: data.jeunes }, (): AttendeeInput => ({ minor: true })),
    ];
    if (attendees.length === 0) errors.jeunes ??= m.peopleNeeded;
    if (!data.organisation) errors.organisation ??= m.organisationNeeded;
  }
  const answers: Record<string, string> = {};
  for (const question of session.questions) {
    const answer = parse(optionalText(300), values[`q-${question.key}`], ctx.locale);
    if (answer.ok && answer.data) answers[question.key] = answer.data;
    else if (question.required) errors[`q-${question.key}`] = requiredWords(ctx);
  }
  const chosen: string[] = [];
  tracksOf(parts).forEach(([, set], index) => {
    const given = values[partField(index)];
    const part = set.find((one) => one.reference === given);
    if (part) chosen.push(part.id);
    else if (given !== '-') errors[partField(index)] = m.partNeeded;
  });
  if (!data || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    data: {
      kind,
      attendees,
      answers,
      consent: data.accord,
      note: (kind === 'group' ? data.ages : undefined) ?? data.precision,
      organisation: kind === 'group' ? data.organisation : undefined,
      name: data.nom,
      email: data.email,
      parts: chosen,
    },
  };
}

function requiredWords(ctx: Ctx): string {
  const empty = parse(z.object({ it: text(1) }), { it: '' }, ctx.locale);
  return empty.ok ? '' : (empty.errors.it ?? '');
}
