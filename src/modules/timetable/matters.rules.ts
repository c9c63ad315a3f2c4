import type { SessionView } from './sessions.types.ts';

/** What changed of a session, for those who come: where and when they are expected, what they must have, what they had read. */
export const matters = [
  'time',
  'place',
  'room',
  'person',
  'link',
  'instructions',
  'title',
  'summary',
  'description',
  'accessibility',
  'price',
] as const;
export type Matter = (typeof matters)[number];

type Seen = Pick<
  SessionView,
  | 'kind'
  | 'start'
  | 'end'
  | 'placeKind'
  | 'site'
  | 'stop'
  | 'address'
  | 'onlineUrl'
  | 'things'
  | 'leaders'
  | 'title'
  | 'summary'
  | 'description'
  | 'accessibility'
  | 'priceKind'
  | 'tariffs'
>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).sort();

function whereOf({ placeKind, site, stop, address }: Seen): unknown {
  if (placeKind === 'address') return [address?.name, address?.street, address?.postcode, address?.town];
  return placeKind === 'stop' ? stop?.id : placeKind === 'site' ? site.id : null;
}

/** What differs, of what concerns those who come. */
export function mattersBetween(before: Seen, after: Seen): Matter[] {
  const { placeKind } = after;
  const there = placeKind === before.placeKind;
  const appointment = after.kind === 'appointment';
  const found: [Matter, boolean][] = [
    ['time', !same([before.start, before.end], [after.start, after.end])],
    ['place', !there || !same(whereOf(before), whereOf(after))],
    ['room', there && placeKind === 'site' && !same(ids(before.things), ids(after.things))],
    // Who receives is part of an appointment; who leads a workshop is not what one comes for.
    ['person', appointment && !same(ids(before.leaders), ids(after.leaders))],
    ['link', there && placeKind === 'online' && before.onlineUrl !== after.onlineUrl],
    [
      'instructions',
      there && placeKind === 'address' && !same(before.address?.instructions, after.address?.instructions),
    ],
    ['title', !appointment && !same(before.title, after.title)],
    ['summary', !appointment && !same(before.summary, after.summary)],
    ['description', !appointment && !same(before.description, after.description)],
    ['accessibility', !appointment && !same(before.accessibility, after.accessibility)],
    ['price', !same([before.priceKind, before.tariffs], [after.priceKind, after.tariffs])],
  ];
  return found.filter(([, differs]) => differs).map(([matter]) => matter);
}

const moving: readonly Matter[] = ['time', 'place', 'room', 'person'];
const needed: readonly Matter[] = [...moving, 'link', 'instructions'];

/** Whether one would come at the wrong time, to the wrong place or to the wrong person. */
export const isMove = (what: readonly Matter[]): boolean => what.some((matter) => moving.includes(matter));

/** Whether one cannot come without knowing it; the rest (a word put right) is told where the team asks for it. */
export const mustBeTold = (what: readonly Matter[]): boolean => what.some((matter) => needed.includes(matter));
