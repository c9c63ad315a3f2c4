import { addMinutes, type Day, instantAt } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import type { I18nText, Locale } from '../core/i18n.ts';
import { newId, newReference } from '../core/ids.ts';
import { chance, filled, type SessionEntry } from './programme.plan.ts';

/** A session as the demonstration writes it. */
export type SessionRow = {
  id: string;
  reference: string;
  entry: SessionEntry;
  day: Day;
  seriesId: string | null;
  parentId: string | null;
  track: string | null;
  stopId: string | null;
  siteId: string;
  lineId: string;
  title: I18nText;
  summary: I18nText;
  start: Date;
  end: Date;
  seats: number | null;
  published: Date;
  things: readonly string[];
  leaders: readonly string[];
};

export type Guest = { id: string; name: string; language: Locale; team: boolean };

type Ground = { timeZone: string; persons: ReadonlyMap<string, Guest>; organisations: ReadonlyMap<string, string> };

const children = ['Lou', 'Noé', 'Adèle', 'Sacha', 'Milo', 'Jade', 'Zélie', 'Eliott', 'Rose', 'Anouk', 'Basile', 'Côme'];
const bands = ['under_12', '12_18', '18_24', '25_39', '40_59', '60_69', '70_over', 'unsaid'] as const;

type Body = { name: string | null; personId: string | null; birthYear: number | null; minor: boolean };
type Coming = { guest: Guest; bodies: Body[]; waits: boolean; at: Date };

/** Who comes to a session: the persons of the demonstration in an order of its own, until the seats it has by today are taken. */
function comingTo(session: SessionRow, guests: readonly Guest[], now: Date, timeZone: string): Coming[] {
  const { entry, day } = session;
  const ordered = [...guests].sort((a, b) => chance(entry.key, day, a.name) - chance(entry.key, day, b.name));
  const year = Number(day.slice(0, 4));
  const seats = Math.min(filled(entry, day, now, timeZone), session.seats ?? 0);
  const full = seats === session.seats;
  const latest = session.start < now ? session.start : now;
  const onlyChildren = entry.ages?.[1] !== undefined && entry.ages[1] !== null && entry.ages[1] < 18;
  const coming: Coming[] = [];
  let left = seats;
  for (const [index, guest] of ordered.entries()) {
    const child: Body = {
      name: children[Math.floor(chance(guest.name, day, 'child') * children.length)]!,
      personId: null,
      birthYear: year - 8 - Math.floor(chance(guest.name, day, 'age') * 5),
      minor: true,
    };
    const self: Body = { name: guest.name, personId: guest.id, birthYear: null, minor: false };
    const bodies = onlyChildren ? [child] : entry.children ? [self, child] : [self];
    const at = addMinutes(latest, -(index + 1) * 313);
    if (bodies.length <= left) {
      left -= bodies.length;
      coming.push({ guest, bodies, waits: false, at });
    } else if (left === 0 && full && session.start > now && coming.filter((one) => one.waits).length < entry.waits) {
      coming.push({ guest, bodies, waits: true, at: addMinutes(latest, -60 + index) });
    } else if (left === 0) break;
  }
  return coming;
}

/** Writes who registered for these sessions; for those that are over, who was there, who came without a name, and what they said. */
export async function peopleOf(db: Db, now: Date, sessions: readonly SessionRow[], ground: Ground): Promise<void> {
  const guests = [...ground.persons.values()].filter((guest) => !guest.team);
  const rows = { registration: [] as object[], attendee: [] as object[], signature: [] as object[] };
  const after = { attendance: [] as object[], visit: [] as object[], feedback: [] as object[] };
  for (const session of sessions.filter((one) => one.parentId === null)) {
    let seat = 0;
    for (const one of comingTo(session, guests, now, ground.timeZone)) {
      const registrationId = newId();
      rows.registration.push(registrationRow(session, one, registrationId));
      let there = false;
      for (const [rank, body] of one.bodies.entries()) {
        if (!one.waits) seat += 1;
        const attendee = attendeeRow(session, body, registrationId, one.waits ? null : seat, rank);
        rows.attendee.push(attendee);
        if (session.end > now) continue;
        const mark = markRow(session, attendee.id, one.guest.name, ground.timeZone);
        if (mark.signature) rows.signature.push(mark.signature);
        after.attendance.push(mark.attendance);
        there ||= mark.attendance.state === 'present';
      }
      if (there && chance(session.entry.key, session.day, `said ${one.guest.name}`) < 0.55) {
        after.feedback.push(feedbackRow(session, registrationId, one.guest.name, now));
      }
    }
    if (session.end <= now && session.seats === null) after.visit.push(...walkIns(session));
  }
  for (const [table, values] of Object.entries({ ...rows, ...after })) {
    for (let at = 0; at < values.length; at += 500) {
      await db
        .insertInto(table as 'registration')
        .values(values.slice(at, at + 500) as never)
        .execute();
    }
  }
}

const registrationRow = (session: SessionRow, one: Coming, id: string) => ({
  id,
  reference: newReference(),
  session_id: session.id,
  person_id: one.guest.id,
  kind: one.bodies.some((body) => body.minor) ? 'household' : 'self',
  status: one.waits ? 'waiting' : 'registered',
  places: one.bodies.length,
  waiting_since: one.waits ? one.at : null,
  consent_at: one.bodies.some((body) => body.minor) ? one.at : null,
  language: one.guest.language,
  channel: 'demonstration',
  created_by: one.guest.id,
  created_at: one.at,
  registered_at: one.waits ? null : one.at,
  demonstration: true,
});

const attendeeRow = (session: SessionRow, body: Body, registrationId: string, seat: number | null, rank: number) => ({
  id: newId(),
  registration_id: registrationId,
  session_id: session.id,
  seat,
  person_id: body.personId,
  name: body.name,
  birth_year: body.birthYear,
  minor: body.minor,
  tariff: session.entry.tariffs ? (body.minor ? 'enfant' : 'adulte') : null,
  rank,
});

/** Most were there; every other one signed. One sitting each: none of the demonstration's sessions lasts a day. */
function markRow(session: SessionRow, attendeeId: string, name: string, timeZone: string) {
  const { entry, day, start, end } = session;
  const present = chance(entry.key, day, `there ${name}`) < 0.86;
  const signs = present && chance(entry.key, day, `signs ${name}`) < 0.5;
  const signature = signs
    ? { id: newId(), attendee_id: attendeeId, strokes: scribble(name), signed_at: addMinutes(start, 3) }
    : undefined;
  const middle = new Date((start.getTime() + end.getTime()) / 2);
  const half = middle < instantAt(day, 13 * 60, timeZone) ? 'am' : 'pm';
  const attendance = {
    id: newId(),
    session_id: session.id,
    attendee_id: attendeeId,
    half_day: `${day} ${half}`,
    state: present ? 'present' : 'absent',
    mode: signs ? 'signature' : 'desk',
    minutes: present ? (end.getTime() - start.getTime()) / 60_000 : 0,
    signature_id: signature?.id ?? null,
    occurred_at: addMinutes(start, 3),
    recorded_at: addMinutes(start, 3),
  };
  return { attendance, signature };
}

/** A signature that nobody wrote: a line up and down, as long as the name. */
export function scribble(name: string): string {
  const points = [...name].map(
    (letter, index) => `${40 + index * 22} ${60 + (((letter.codePointAt(0) ?? 0) * 7) % 80)}`,
  );
  return `M${points[0]}${points
    .slice(1)
    .map((point) => `L${point}`)
    .join('')}`;
}

const feedbackRow = (session: SessionRow, registrationId: string, name: string, now: Date) => {
  const mood = chance(session.entry.key, session.day, `mood ${name}`);
  const said = addMinutes(session.end, 25 + Math.floor(mood * 600));
  return {
    id: newId(),
    session_id: session.id,
    registration_id: registrationId,
    score: mood < 0.06 ? 2 : mood < 0.4 ? 3 : 4,
    created_at: said < now ? said : now,
  };
};

const walkIns = (session: SessionRow) =>
  Array.from({ length: 7 + Math.floor(chance(session.entry.key, session.day) * 9) }, (_, index) => ({
    id: newId(),
    site_id: session.siteId,
    line_id: session.lineId,
    session_id: session.id,
    stop_id: session.stopId,
    occurred_at: addMinutes(session.start, 4 + index * 6),
    recorded_at: addMinutes(session.start, 4 + index * 6),
    age_band: bands[Math.floor(chance(session.entry.key, session.day, `${index} of the bands`) * bands.length)]!,
  }));
