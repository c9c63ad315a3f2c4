import { sql } from 'kysely';
import { mustHave } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { type I18nText, locales } from '../../core/i18n.ts';
import { record } from '../../core/journal.ts';
import { closeForOutage, liftClosure, lockSessions } from '../booking/index.ts';
import { type FreeTime, freeTimes, mixOf, reasonsById } from '../presence/index.ts';
import { cancelTogether } from '../sessions/index.ts';
import { claim } from '../setup/index.ts';
import { findSessions, type SessionView, seatsLeft, sessionsByIds } from '../timetable/index.ts';
import { type Bus, lockTour, type StopScope, stopsFor } from './stops.ts';
import { tourMessages } from './tour.messages.ts';
import {
  bookingsAt,
  readStop,
  registeredAt,
  type StopBooking,
  type StopPerson,
  type StopRow,
  sessionsAt,
} from './tour.store.ts';

/** How far ahead another date is looked for. */
const aheadDays = 45;
const mostInstead = 3;

export type TouchedSession = {
  session: SessionView;
  people: StopPerson[];
  /** Other sessions they could come to, nearest in time first. */
  instead: SessionView[];
  /** For an appointment: when somebody could receive them. */
  times: FreeTime[];
};

/** All who count on stops, and what they could be offered. */
export type Touched = {
  stops: { stop: StopRow; bookings: StopBooking[]; sessions: TouchedSession[] }[];
  /** How many bookings and registrations there are. */
  count: number;
  /** How many people would be told by mail, and how many would have to be called, each once. */
  byMail: number;
  byCall: number;
};

/** Who cancelled stops would touch, before anything is done. */
export async function touchedBy(ctx: Ctx, bus: Bus, stops: readonly StopRow[]): Promise<Touched> {
  const gone = new Set(stops.map((stop) => stop.id));
  const touched: Touched['stops'] = [];
  const all: { person_id: string; mail: boolean }[] = [];
  for (const stop of stops) {
    const bookings = await bookingsAt(ctx, bus.id, stop);
    const people = await registeredAt(ctx, stop.id);
    const sessions: TouchedSession[] = [];
    for (const session of await sessionsByIds(ctx, await sessionsAt(ctx, [stop.id]))) {
      const own = people.filter((one) => one.sessionId === session.id);
      const asked = own.length > 0;
      const appointment = session.kind === 'appointment';
      sessions.push({
        session,
        people: own,
        instead: asked && !appointment ? await insteadOf(ctx, session, stop, gone) : [],
        times: asked && appointment ? await timesFor(ctx, session) : [],
      });
    }
    touched.push({ stop, bookings, sessions });
    all.push(...bookings, ...people);
  }
  const persons = new Map(all.map((one) => [one.person_id, one.mail]));
  const byMail = [...persons.values()].filter(Boolean).length;
  return { stops: touched, count: all.length, byMail, byCall: persons.size - byMail };
}

/** Sessions of the same kind and line, with seats left, elsewhere or later. */
async function insteadOf(
  ctx: Ctx,
  session: SessionView,
  stop: StopRow,
  gone: ReadonlySet<string>,
): Promise<SessionView[]> {
  const found = await findSessions(ctx, {
    from: ctx.now,
    to: addMinutes(ctx.now, aheadDays * 1440),
    kinds: [session.kind],
    near: { lat: stop.lat, lon: stop.lon },
    limit: 200,
  });
  // The same thing another day is worth more than something else of the same line.
  const unlike = (one: SessionView): number => {
    const again = session.seriesId !== null && one.seriesId === session.seriesId;
    if (again || JSON.stringify(one.title) === JSON.stringify(session.title)) return 0;
    return session.line !== null && one.line?.id === session.line.id ? 1 : 2;
  };
  const open = (one: SessionView) =>
    one.status === 'published' && one.start > ctx.now && !gone.has(one.stop?.id ?? '') && seatsLeft(one) !== 0;
  const alike = found.filter((one) => open(one) && unlike(one) < 2);
  return alike.sort((a, b) => unlike(a) - unlike(b) || a.start.getTime() - b.start.getTime()).slice(0, mostInstead);
}

/** Other times for the same reason, sooner weighed against nearer. */
export async function timesFor(ctx: Ctx, session: SessionView): Promise<FreeTime[]> {
  const reason = session.reasonId ? (await reasonsById(ctx, [session.reasonId])).get(session.reasonId) : undefined;
  if (!reason || reason.archived) return [];
  const { stop, site } = session;
  const point = stop ?? site;
  const near = point.lat === null || point.lon === null ? undefined : { lat: point.lat, lon: point.lon };
  const times = await freeTimes(ctx, {
    reasonSlug: reason.slug,
    near,
    from: ctx.now,
    to: addMinutes(ctx.now, aheadDays * 1440),
    team: true,
  });
  // The cancelled stop itself is no way out.
  const others = times.filter((one) => one.stop === null || one.stop.id !== stop?.id);
  return mixOf(others, ctx.now, mostInstead);
}

export type CancelStops = {
  version: number;
  scope: StopScope;
  /** How many people the page showed: others by now, and it is refused, so that nobody is dropped unseen. */
  told: number;
  reason?: I18nText | undefined;
  /** Which other sessions are offered to those of each. */
  instead?: ReadonlyMap<string, readonly string[]> | undefined;
};

/**
 * Cancels a stop, or those of its series with it, and all that was to happen there, in one transaction: sessions and
 * appointments are cancelled and others offered, bookings are displaced and keep a right to an equivalent; each person is told by
 * mail, or comes on the call list.
 */
export function cancelStops(ctx: Ctx, bus: Bus, stopId: string, seen: CancelStops): Promise<void> {
  mustHave(ctx.actor, 'team', bus.id);
  const reason = seen.reason && Object.keys(seen.reason).length > 0 ? seen.reason : usualReason;
  return atomically(ctx, async (inside) => {
    const stops = await stopsFor(inside, await readStop(inside, bus.id, stopId), seen.scope);
    const ids = stops.map((stop) => stop.id);
    const known = await sessionsAt(inside, ids);
    // Sessions, then what is on board, then the stops: the order of whoever plans something at one.
    await lockSessions(inside, known);
    await lockTour(inside, bus);
    await claim(inside, 'stop', stopId, seen.version);
    await takeStops(inside, ids);
    const bookings = new Map<string, StopBooking[]>();
    let people = 0;
    for (const stop of stops) {
      const own = await bookingsAt(inside, bus.id, stop);
      bookings.set(stop.id, own);
      people += own.length + (await registeredAt(inside, stop.id)).length;
    }
    const sessionIds = await sessionsAt(inside, ids);
    if (people !== seen.told || sessionIds.some((id) => !known.includes(id))) {
      throw new Refusal('tour.others', 'conflict', { people });
    }
    const set = { cancelled_at: inside.now, cancel_reason: JSON.stringify(reason) };
    await inside.db.updateTable('stop').set(set).where(sql<boolean>`id = any(${ids}::uuid[])`).execute();
    const sessions = await sessionsByIds(inside, sessionIds);
    // Its parts go with the event they belong to.
    const whole = sessions.filter((one) => !sessions.some((other) => other.id === one.parentId));
    const told = { reason, instead: seen.instead };
    await cancelTogether(
      inside,
      whole.map((one) => one.id),
      told,
    );
    for (const stop of stops) {
      const displaced = bookings.get(stop.id)!.length;
      if (displaced > 0) await displaceAll(inside, bus, stop, reason);
      const own = sessions.filter((one) => one.stop?.id === stop.id).length;
      const data = { siteId: bus.id, displaced, sessions: own, ...(ids.length > 1 ? { stops: ids.length } : {}) };
      await record(inside, { kind: 'stop.cancelled', subjectKind: 'stop', subjectId: stop.id, data });
    }
  });
}

/** Locks stops; one cancelled or moved away since they were read is somebody else's work to be read again. */
async function takeStops(inside: Ctx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from stop where id = any(${[...ids]}::uuid[]) and cancelled_at is null and ends_at > ${inside.now}
    order by starts_at, id for update`.execute(inside.db);
  if (rows.length < ids.length) throw new Refusal('stale', 'stale');
}

const usualReason: I18nText = Object.fromEntries(
  locales.map((locale) => [locale, tourMessages[locale].stopCancelReason]),
);

/** Displaces as an outage does; the bus itself is not out of order, so the closing is lifted at once. */
async function displaceAll(ctx: Ctx, bus: Bus, stop: StopRow, reason: I18nText): Promise<void> {
  // What another thing contains is closed with it.
  const { rows } = await sql<{ id: string }>`
    select r.id from resource r where r.site_id = ${bus.id} and r.archived_at is null
      and not exists (
        select from resource_content c join resource o on o.id = c.container_id and o.archived_at is null
        where c.content_id = r.id
      ) order by r.id`.execute(ctx.db);
  for (const { id } of rows) {
    const { closureId } = await closeForOutage(ctx, {
      resourceId: id,
      start: stop.starts_at,
      end: stop.ends_at,
      reason,
    });
    await liftClosure(ctx, { closureId });
  }
}
