import { z } from 'zod';
import { addDays, dayOf, instantOf, type Span, timeOf } from '../../core/clock.ts';
import type { FieldErrors } from '../../core/input.ts';
import { parse } from '../../core/input.ts';
import type { Question, SessionAddress, Tariff } from '../../core/schema.ts';
import { formList, readForm, type Web } from '../../core/web.ts';
import { findCommune } from '../communes/index.ts';
import type { Pen } from '../day/index.ts';
import { holidaysOf } from '../finding/index.ts';
import { mostSeats, type SessionFields } from '../sessions/index.ts';
import { blank, type Form, textFrom } from '../setup/index.ts';
import { expandDates, type Pattern, type SessionView, type Stop, spanOn } from '../timetable/index.ts';
import {
  dateNumbers,
  fieldsSchema,
  lists,
  placeSchema,
  questionNumbers,
  seriesSchema,
  tariffNumbers,
  whenSchema,
} from './form.fields.ts';
import type { Options } from './options.store.ts';
import { programmeMessages } from './programme.messages.ts';

export type Read<T> = { ok: true; data: T } | { ok: false; errors: FieldErrors };

/** A form as it was sent, its lists apart. */
export async function readSent(c: Web): Promise<Form> {
  const values = await readForm(c);
  const ticked: Record<string, string[]> = {};
  for (const name of lists) {
    ticked[name] = (await formList(c, name)).filter(Boolean).slice(0, 400);
    delete values[name];
  }
  return blank(values, ticked);
}

type Data = Record<string, unknown>;
const str = (data: Data, name: string): string | undefined => data[name] as string | undefined;
const num = (data: Data, name: string): number | undefined => data[name] as number | undefined;

const instantIn = (data: Data, name: string, pen: Pen, otherwise: string): Date | null => {
  const day = str(data, `${name}-jour`);
  return day ? instantOf(day, str(data, `${name}-heure`) ?? otherwise, pen.site.time_zone) : null;
};

/** A key that none of those before has, however many of them were taken away: what people gave with theirs stays theirs. */
const freshKey = (letter: string, n: number, before: readonly { key: string }[]): string =>
  `${letter}${n + Math.max(0, ...before.map(({ key }) => Number(key.slice(letter.length)) || 0))}`;

/** The tariffs a form says; one without a name is the plain one. A key once given stays: people registered with it. */
const tariffsOf = (data: Data, pen: Pen, before: readonly Tariff[]): Tariff[] =>
  tariffNumbers.flatMap((n) => {
    const euros = num(data, `tarif-${n}-euros`);
    if (euros === undefined) return [];
    const name = str(data, `tarif-${n}-nom`) ?? programmeMessages[pen.ctx.locale].plainTariff;
    const old = before[n - 1];
    const words = { ...old?.name, [pen.ctx.territory.mainLanguage]: name };
    return [{ key: old?.key ?? freshKey('t', n, before), name: words, cents: Math.round(euros * 100) }];
  });

const questionsOf = (data: Data, pen: Pen, before: readonly Question[]): Question[] =>
  questionNumbers.flatMap((n) => {
    const label = str(data, `question-${n}`);
    if (!label) return [];
    const main = pen.ctx.territory.mainLanguage;
    const old = before[n - 1];
    return [
      {
        key: old?.key ?? freshKey('q', n, before),
        label: { ...old?.label, [main]: label },
        required: data[`question-${n}-exige`] === true,
        purpose: { ...old?.purpose, [main]: str(data, `question-${n}-but`) ?? '' },
        keepDays: num(data, `question-${n}-jours`) ?? 30,
      },
    ];
  });

/** A question says why it is asked. */
function questionFaults(data: Data, pen: Pen): FieldErrors {
  const m = programmeMessages[pen.ctx.locale];
  return Object.fromEntries(
    questionNumbers.flatMap((n) =>
      str(data, `question-${n}`) && !str(data, `question-${n}-but`) ? [[`question-${n}-but`, m.purposeNeeded]] : [],
    ),
  );
}

function saidOf(data: Data, pen: Pen, before?: SessionView): Partial<SessionFields> {
  const prix = str(data, 'prix') as SessionFields['priceKind'];
  const audience = str(data, 'public') as SessionFields['audience'];
  const enrolment = str(data, 'inscription') as 'seat' | 'none';
  const operation = {
    ...(str(data, 'embleme') ? { emblem: str(data, 'embleme')! } : {}),
    ...(str(data, 'operation-numero') ? { number: str(data, 'operation-numero')! } : {}),
    ...(str(data, 'operation-titre') ? { title: str(data, 'operation-titre')! } : {}),
  };
  return {
    kind: str(data, 'genre') as SessionFields['kind'],
    title: textFrom(data, 'titre'),
    summary: textFrom(data, 'resume'),
    description: textFrom(data, 'texte'),
    accessibility: textFrom(data, 'acces'),
    lineId: str(data, 'ligne') ?? null,
    language: str(data, 'langue') as SessionFields['language'],
    enrolment,
    seats: enrolment === 'none' ? null : (num(data, 'places') ?? null),
    minimum: num(data, 'minimum') ?? null,
    opensAt: instantIn(data, 'ouvre', pen, '08:00'),
    closesAt: instantIn(data, 'ferme', pen, '23:59'),
    audience,
    ageMin: num(data, 'age-min') ?? null,
    ageMax: num(data, 'age-max') ?? null,
    groupId: audience === 'group' ? (str(data, 'groupe') ?? null) : null,
    perOrganisation: num(data, 'par-organisation') ?? null,
    priceKind: prix,
    tariffs: prix === 'amount' ? tariffsOf(data, pen, before?.tariffs ?? []) : [],
    questions: questionsOf(data, pen, before?.questions ?? []),
    leaderIds: data.qui as string[],
    organisationIds: data.organisations as string[],
    setUpMinutes: num(data, 'avant') ?? 0,
    cleanUpMinutes: num(data, 'apres') ?? 0,
    operation,
    track: str(data, 'fil') ?? null,
  };
}

/** An address with the point it is at, where its town is known: distances are counted from there. */
async function addressFrom(data: Data, pen: Pen): Promise<SessionAddress> {
  const parts = { street: 'adresse-rue', postcode: 'adresse-cp', town: 'adresse-ville' } as const;
  const address: SessionAddress = { name: str(data, 'adresse-nom') ?? '' };
  for (const [key, field] of Object.entries(parts)) {
    const said = str(data, field);
    if (said) address[key as keyof typeof parts] = said;
  }
  const instructions = textFrom(data, 'consignes');
  if (Object.keys(instructions).length > 0) address.instructions = instructions;
  const named = address.town ?? address.postcode;
  const found = named ? await findCommune(pen.ctx, named) : undefined;
  if (found?.kind !== 'one') return address;
  const { code, lat, lon } = found.commune;
  return { ...address, communeCode: code, lat, lon };
}

/** Where a session happens and what it takes. */
export async function placeFrom(
  data: Data,
  pen: Pen,
  options: Options,
  seats: number | null,
): Promise<Pick<SessionFields, 'placeKind' | 'stopId' | 'address' | 'onlineUrl' | 'things'>> {
  const placeKind = str(data, 'lieu') as SessionFields['placeKind'];
  const wanted = data.salles as string[];
  return {
    placeKind,
    stopId: placeKind === 'stop' ? (str(data, 'arret') ?? null) : null,
    address: placeKind === 'address' ? await addressFrom(data, pen) : null,
    onlineUrl: placeKind === 'online' ? (str(data, 'lien') ?? null) : null,
    things: options.rooms
      .filter((room) => wanted.includes(room.resource_id))
      .map((room) => ({
        resourceId: room.resource_id,
        people: Math.max(1, Math.min(seats ?? mostSeats, room.capacity * Math.max(1, room.units))),
      })),
  };
}

/** What a form says of a new session and of where it happens. */
export async function readNew(pen: Pen, options: Options, form: Form): Promise<Read<SessionFields>> {
  const { ctx, site } = pen;
  const schema = z.object({ ...fieldsSchema(ctx.territory.mainLanguage), ...placeSchema });
  const parsed = parse(schema, { ...form.values, ...form.ticked }, ctx.locale);
  if (!parsed.ok) return parsed;
  const data = parsed.data as Data;
  const errors = questionFaults(data, pen);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const said = saidOf(data, pen);
  const place = await placeFrom(data, pen, options, said.seats ?? null);
  return { ok: true, data: { ...said, ...place, siteId: site.id } as SessionFields };
}

/** What a form says anew of a session, its place and its hours aside. */
export function readEdit(pen: Pen, form: Form, before: SessionView): Read<Partial<SessionFields>> {
  const { ctx } = pen;
  const parsed = parse(
    z.object(fieldsSchema(ctx.territory.mainLanguage)),
    { ...form.values, ...form.ticked },
    ctx.locale,
  );
  if (!parsed.ok) return parsed;
  const data = parsed.data as Data;
  const errors = questionFaults(data, pen);
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, data: saidOf(data, pen, before) };
}

export type Moved = Span & Awaited<ReturnType<typeof placeFrom>>;

/** Where and when a form sends a session. */
export async function readMove(pen: Pen, options: Options, form: Form, view: SessionView): Promise<Read<Moved>> {
  const schema = z.object({ ...whenSchema, ...placeSchema });
  const parsed = parse(schema, { ...form.values, ...form.ticked }, pen.ctx.locale);
  if (!parsed.ok) return parsed;
  const { jour, de, a } = parsed.data;
  const span = spanOn(jour, de, a, view.timeZone);
  // A session of several days keeps its days.
  const days = Math.round(
    (Date.parse(dayOf(view.end, view.timeZone)) - Date.parse(dayOf(view.start, view.timeZone))) / 86_400_000,
  );
  const long = days > 1 || (days === 1 && timeOf(view.end, view.timeZone) > timeOf(view.start, view.timeZone));
  const end = long ? instantOf(addDays(jour, days), a, view.timeZone) : span.end;
  return { ok: true, data: { start: span.start, end, ...(await placeFrom(parsed.data, pen, options, view.seats)) } };
}

export type Dates = {
  dates: Span[];
  skipped: string[];
  pattern: Pattern;
  course: boolean;
  optionUntil: Date | null;
};

/** The dates a form asks for; `country` is where it happens, for its public holidays. */
export function readDates(pen: Pen, form: Form, country: string): Read<Dates> {
  const { ctx, site } = pen;
  const m = programmeMessages[ctx.locale];
  const schema = z.object({ ...whenSchema, ...seriesSchema });
  const parsed = parse(schema, { ...form.values, ...form.ticked }, ctx.locale);
  if (!parsed.ok) return parsed;
  const data = parsed.data as Data & z.output<typeof schema>;
  const common = { first: data.jour, from: data.de, until: data.a, skipHolidays: data.feries };
  const stop: Stop | undefined = data.jusquau ? { day: data.jusquau } : data.fois ? { count: data.fois } : undefined;
  const repeats = data.repeter !== 'once' && data.repeter !== 'dates';
  if (repeats && !stop) return { ok: false, errors: { fois: m.stopNeeded } };
  const chosen = dateNumbers.flatMap((n) => (data[`date-${n}`] as string | undefined) ?? []);
  const pattern: Pattern =
    data.repeter === 'weekly'
      ? { ...common, repeat: 'weekly', every: data.toutes ?? 1, weekdays: data.jours, stop: stop! }
      : data.repeter === 'monthly' || data.repeter === 'monthly_last'
        ? { ...common, repeat: 'monthly', last: data.repeter === 'monthly_last', stop: stop! }
        : data.repeter === 'dates'
          ? { ...common, repeat: 'dates', days: [data.jour, ...chosen] }
          : { ...common, repeat: 'once', skipHolidays: false };
  const holiday = (day: string) => holidaysOf(country, Number(day.slice(0, 4))).includes(day);
  const optionDay = data['option-jour'];
  return {
    ok: true,
    data: {
      ...expandDates(pattern, site.time_zone, holiday),
      pattern,
      course: data.cours,
      optionUntil: optionDay ? instantOf(addDays(optionDay, 1), '00:00', site.time_zone) : null,
    },
  };
}

/** The values of a form's day and hours. */
export const whenValues = (span: Span, timeZone: string, pen: Pen): Record<string, string> => ({
  jour: dayOf(span.start, timeZone),
  de: pen.f.clock(span.start),
  a: pen.f.clock(span.end),
});
