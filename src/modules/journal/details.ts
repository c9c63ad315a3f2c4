import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { detailsMessages, type Label } from './details.messages.ts';

/** What each field that commands name is called; those of one thing have one word, and those left out are nobody's concern. */
const fieldLabels: Record<string, Label> = {
  kind: 'kind',
  lineId: 'line',
  line_id: 'line',
  title: 'title',
  summary: 'summary',
  description: 'description',
  language: 'language',
  siteId: 'place',
  placeKind: 'place',
  stopId: 'place',
  address: 'address',
  onlineUrl: 'place',
  place: 'place',
  commune_code: 'place',
  setUpMinutes: 'around',
  cleanUpMinutes: 'around',
  enrolment: 'enrolment',
  seats: 'seats',
  minimum: 'minimum',
  opensAt: 'opensAt',
  closesAt: 'closesAt',
  audience: 'audience',
  groupId: 'audience',
  ageMin: 'ageMin',
  ageMax: 'ageMax',
  perOrganisation: 'perOrganisation',
  priceKind: 'price',
  tariffs: 'price',
  price_kind: 'price',
  price_cents: 'price',
  price_per: 'price',
  questions: 'questions',
  accessibility: 'accessibility',
  photoId: 'picture',
  operation: 'operation',
  leaderIds: 'leaders',
  organisationIds: 'organisations',
  things: 'things',
  starts_at: 'when',
  ends_at: 'when',
  aboard: 'aboard',
  name: 'name',
  telephone: 'telephone',
  email: 'email',
  how_to_come: 'coming',
  rules: 'rules',
  capacity: 'capacity',
  equipment: 'equipment',
  needs: 'needs',
  requirement: 'requirement',
  start: 'when',
  end: 'end',
};

type Told = { m: ReturnType<typeof wordsOf>; write: Formatter; ctx: Pick<Ctx, 'locale' | 'territory'>; names: Names };

/** What the ids that the journal holds are called. */
export type Names = ReadonlyMap<string, I18nText>;

const wordsOf = (locale: Ctx['locale']) => detailsMessages[locale];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const isText = (value: unknown): value is I18nText =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isWord);
const isWord = (value: unknown): value is string => typeof value === 'string';

/** One value in words: an instant, a number, a text, an id by its name; null is nothing, or no limit of seats. */
function valueWords({ m, write, ctx, names }: Told, label: Label, value: unknown): string {
  if (value === null || value === undefined) return label === 'seats' ? m.endless : m.nothing;
  if (typeof value === 'number') return write.number(value);
  if (isWord(value)) {
    if (instant.test(value)) return write.dayTime(new Date(value));
    const name = names.get(value);
    return name ? say(name, ctx.locale, ctx.territory.mainLanguage) : m.nothing;
  }
  if (Array.isArray(value)) {
    const said = value
      .map((one) => valueWords({ m, write, ctx, names }, label, one))
      .filter((one) => one !== m.nothing);
    return said.join(', ') || m.nothing;
  }
  return (isText(value) && say(value, ctx.locale, ctx.territory.mainLanguage)) || m.nothing;
}

type Data = Record<string, unknown>;

function becameWords(told: Told, label: Label, before: unknown, after: unknown): string {
  const { m } = told;
  return m.became(m.labels[label], valueWords(told, label, before), valueWords(told, label, after));
}

/** "date : … → …" of what goes from one instant, number or place to another. */
function fromTo(told: Told, { from, to }: Data): string[] {
  if (from === to) return [];
  if (isWord(from) || typeof from === 'number' || (from === null && to !== undefined)) {
    const label: Label = isWord(from) && instant.test(from) ? 'when' : 'seats';
    return [to === undefined ? valueWords(told, label, from) : becameWords(told, label, from, to)];
  }
  if (typeof from !== 'object' || from === null || typeof to !== 'object' || to === null) return [];
  const [before, after] = [from as Data, to as Data];
  return [
    ...(before.start === after.start && before.end === after.end
      ? []
      : [told.m.became(told.m.labels.when, spanWords(told, before), spanWords(told, after))]),
    ...(before.resourceId === after.resourceId ? [] : [becameWords(told, 'what', before.resourceId, after.resourceId)]),
  ];
}

function spanWords({ write, m }: Told, { start, end }: Data): string {
  if (!isWord(start) || !instant.test(start)) return m.nothing;
  const from = new Date(start);
  return isWord(end) && instant.test(end)
    ? `${write.day(from)}, ${write.range(from, new Date(end))}`
    : write.dayTime(from);
}

function wasWords(told: Told, was: unknown, said: Set<Label>): string[] {
  if (typeof was !== 'object' || was === null) return [];
  return Object.entries(was as Record<string, unknown>).flatMap(([key, pair]) => {
    const label = fieldLabels[key];
    if (!label || !Array.isArray(pair) || pair.length !== 2 || JSON.stringify(pair[0]) === JSON.stringify(pair[1]))
      return [];
    // An hour further, its end goes with it.
    if (said.has(label) || (label === 'end' && said.has('when'))) return [];
    said.add(label);
    return [becameWords(told, label, pair[0], pair[1])];
  });
}

function halfDayWords({ write, m }: Told, halfDay: unknown): string {
  const found = isWord(halfDay) ? /^(\d{4}-\d\d-\d\d) (am|pm)$/.exec(halfDay) : null;
  return found ? `${write.day(new Date(`${found[1]}T12:00:00Z`))}, ${found[2] === 'am' ? m.morning : m.afternoon}` : '';
}

/** What changed, from what to what, in the words of a reader: nothing of anybody's person, which the journal does not hold. */
export function detailsOf(
  ctx: Pick<Ctx, 'locale' | 'territory'>,
  line: { kind: string; data: Data },
  names: Names,
  timeZone: string,
): string[] {
  const m = wordsOf(ctx.locale);
  const told: Told = { m, write: formatter(ctx.locale, timeZone), ctx, names };
  const { data } = line;
  const said = new Set<Label>();
  const moved = fromTo(told, data);
  if (moved.length > 0 && data.to !== undefined && isWord(data.from) && instant.test(data.from)) said.add('when');
  const were = wasWords(told, data.was, said);
  const fields = [data.fields, data.changed].flatMap((list) => (Array.isArray(list) ? list.filter(isWord) : []));
  const labels = [...new Set(fields.flatMap((field) => fieldLabels[field] ?? []))].filter((label) => !said.has(label));
  const named = (id: unknown) => (isWord(id) && names.has(id) ? valueWords(told, 'place', id) : '');
  return [
    ...moved,
    ...were,
    // A form says all its fields: where the values are told, their names say nothing more.
    ...(labels.length > 0 && !(line.kind.startsWith('session.') && data.was)
      ? [m.changed(labels.map((label) => m.labels[label]).join(', '))]
      : []),
    ...(isWord(data.start) ? [spanWords(told, data)] : []),
    isWord(data.day) && /^\d{4}-\d\d-\d\d$/.test(data.day) ? told.write.dayLong(new Date(`${data.day}T12:00:00Z`)) : '',
    halfDayWords(told, data.halfDay),
    isWord(data.role) && Object.hasOwn(m.roles, data.role)
      ? [m.roles[data.role as keyof typeof m.roles], named(data.siteId)].filter(Boolean).join(', ')
      : '',
    typeof data.places === 'number' ? m.places(data.places) : '',
    typeof data.seats === 'number' && data.from === undefined ? m.places(data.seats) : '',
    ...(Object.keys(m.counts) as (keyof typeof m.counts)[]).map((key) => {
      const count = data[key];
      return typeof count === 'number' && count > 0 ? m.counts[key](count) : '';
    }),
  ].filter(Boolean);
}

/** The ids that a line names, whose names are to be read. */
export function idsIn(value: unknown): string[] {
  if (isWord(value)) return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}
