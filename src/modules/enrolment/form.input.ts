import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { checkbox, type FieldErrors, type FormValues, optionalText, parse, requiredWords } from '../../core/input.ts';
import type { RegistrationKind } from '../../core/schema.ts';
import type { AttendeeInput } from '../registrations/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { ownShape, visitorShape } from '../visitors/index.ts';
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
  present: checkbox,
  noms: optionalText(2000),
  ages: optionalText(300),
  precision: optionalText(300),
  accord: checkbox,
};

const signedIn = (ctx: Ctx) => z.object({ ...common, ...ownShape(ctx) });
const visitor = z.object({ ...common, ...visitorShape });

export type EnrolmentForm = {
  kind: RegistrationKind;
  attendees: AttendeeInput[];
  answers: Record<string, string>;
  consent: boolean;
  note: string | undefined;
  organisation: string | undefined;
  /** Who asks, where they have no account. */
  nom?: string | undefined;
  email?: string | undefined;
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

/** So many adults and children; those adults whose names are known, by name; whoever registers them only if they come too. */
function group(data: {
  adultes: number;
  jeunes: number;
  present: boolean;
  noms?: string | undefined;
}): AttendeeInput[] {
  const names = (data.noms ?? '')
    .split('\n')
    .map((line) => line.trim().slice(0, 80))
    .filter(Boolean)
    .slice(0, 500);
  const self = data.present && data.adultes > 0 ? 1 : 0;
  const others = Math.max(data.adultes - self, names.length);
  return [
    ...(self ? [{ self: true }] : []),
    ...Array.from({ length: others }, (_, index): AttendeeInput => (names[index] ? { name: names[index] } : {})),
    ...Array.from({ length: data.jeunes }, (): AttendeeInput => ({ minor: true })),
  ];
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
  const parsed = parse(known ? signedIn(ctx) : visitor, values, ctx.locale);
  const errors: FieldErrors = parsed.ok ? {} : { ...parsed.errors };
  const kind = kinds[values.pour ?? 'moi'] ?? 'self';
  const data = parsed.ok ? (parsed.data as z.output<ReturnType<typeof signedIn>> & { email?: string }) : undefined;
  const self: AttendeeInput = { self: true, birthYear: data?.annee, tariff: data?.tarif };
  let attendees: AttendeeInput[] = [self];
  if (kind === 'household') {
    const others = household(ctx, values, errors);
    attendees = data?.vient ? [self, ...others] : others;
    // Somebody whose line is wrong is somebody.
    const written = Object.keys(errors).some((field) => /-\d+$/.test(field));
    if (attendees.length === 0 && !written) errors['prenom-0'] = m.peopleNeeded;
  }
  if (kind === 'group' && data) {
    attendees = group(data);
    if (attendees.length === 0) errors.jeunes ??= m.peopleNeeded;
    const most = session.perOrganisation;
    if (most !== null && attendees.length > most) errors.adultes ??= m.mostEach(most);
  }
  // All that is missing is said at once, whatever else is wrong.
  if (kind === 'group') {
    if (!values.organisation?.trim()) errors.organisation ??= m.organisationNeeded;
    const said = [values.jeunes, values.adultes, values.noms].some((value) => value?.trim());
    if (!said) errors.jeunes ??= m.peopleNeeded;
  }
  const answers: Record<string, string> = {};
  for (const question of session.questions) {
    const answer = parse(optionalText(300), values[`q-${question.key}`], ctx.locale);
    if (answer.ok && answer.data) answers[question.key] = answer.data;
    else if (question.required) errors[`q-${question.key}`] = requiredWords(ctx.locale);
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
      note: [kind === 'group' ? data.ages : undefined, data.precision].filter(Boolean).join(' · ') || undefined,
      organisation: kind === 'group' ? data.organisation : undefined,
      nom: data.nom,
      email: data.email,
      parts: chosen,
    },
  };
}
