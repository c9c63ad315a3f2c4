import { sql } from 'kysely';
import { mustHave } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { type I18nText, locales } from '../../core/i18n.ts';
import { record } from '../../core/journal.ts';
import { closeForOutage, liftClosure, lockSessions } from '../booking/index.ts';
import { type FreeTime, freeTimes, reasonsById } from '../presence/index.ts';
import { cancelInside, findSessions, type SessionView, seatsLeft, sessionsByIds } from '../sessions/index.ts';
import { claim } from '../setup/index.ts';
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
import { type Bus, lockTour } from './tour.ts';

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

/** All who count on a stop, and what they could be offered. */
export type Touched = {
  bookings: StopBooking[];
  sessions: TouchedSession[];
  byMail: number;
  byCall: number;
};

/** Who a cancelled stop would touch, before anything is done. */
export async function touchedBy(ctx: Ctx, bus: Bus, stop: StopRow): Promise<Touched> {
  const bookings = await bookingsAt(ctx, bus.id, stop);
  const people = await registeredAt(ctx, stop.id);
  const sessions = await sessionsByIds(ctx, await sessionsAt(ctx, stop.id));
  const touched = await Promise.all(
    sessions.map(async (session) => ({
      session,
      people: people.filter((one) => one.sessionId === session.id),
      instead: session.kind === 'appointment' ? [] : await insteadOf(ctx, session, stop),
      times: session.kind === 'appointment' ? await timesFor(ctx, session) : [],
    })),
  );
  const all = [...bookings, ...people];
  const byMail = all.filter((one) => one.mail).length;
  return { bookings, sessions: touched, byMail, byCall: all.length - byMail };
}

/** Sessions of the same kind and line, with seats left, elsewhere or later. */
async function insteadOf(ctx: Ctx, session: SessionView, stop: StopRow): Promise<SessionView[]> {
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
    one.status === 'published' && one.start > ctx.now && one.stop?.id !== stop.id && seatsLeft(one) !== 0;
  const alike = found.filter((one) => open(one) && unlike(one) < 2);
  return alike.sort((a, b) => unlike(a) - unlike(b) || a.start.getTime() - b.start.getTime()).slice(0, mostInstead);
}

/** Other times for the same reason: at the nearest places first. */
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
  return times.filter((one) => one.stop?.id !== stop?.id).slice(0, mostInstead);
}

export type CancelStop = {
  version: number;
  /** How many people the page showed: others by now, and it is refused, so that nobody is dropped unseen. */
  told: number;
  reason?: I18nText | undefined;
  /** Which other sessions are offered to those of each. */
  instead?: ReadonlyMap<string, readonly string[]> | undefined;
};

/**
 * Cancels one stop and all that was to happen there, in one transaction: sessions and appointments are cancelled and others
 * offered, bookings are displaced and keep a right to an equivalent; each person is told by mail, or comes on the call list.
 */
export function cancelStop(ctx: Ctx, bus: Bus, stopId: string, seen: CancelStop): Promise<void> {
  mustHave(ctx.actor, 'team', bus.id);
  const reason = seen.reason && Object.keys(seen.reason).length > 0 ? seen.reason : usualReason;
  return atomically(ctx, async (inside) => {
    await lockSessions(inside, await sessionsAt(inside, stopId));
    await lockTour(inside, bus);
    const stop = await readStop(inside, bus.id, stopId);
    await claim(inside, 'stop', stopId, seen.version);
    const bookings = await bookingsAt(inside, bus.id, stop);
    const people = await registeredAt(inside, stopId);
    if (bookings.length + people.length !== seen.told) {
      throw new Refusal('tour.others', 'conflict', { people: bookings.length + people.length });
    }
    const set = { cancelled_at: inside.now, cancel_reason: JSON.stringify(reason) };
    await inside.db.updateTable('stop').set(set).where('id', '=', stopId).execute();
    const sessions = await sessionsByIds(inside, await sessionsAt(inside, stopId));
    for (const session of sessions) {
      // Its parts go with the event they belong to.
      if (sessions.some((one) => one.id === session.parentId)) continue;
      await cancelInside(inside, { session: session.id, reason, insteadIds: seen.instead?.get(session.id) });
    }
    if (bookings.length > 0) await displaceAll(inside, bus, stop, reason);
    const data = { siteId: bus.id, displaced: bookings.length, sessions: sessions.length, registered: people.length };
    await record(inside, { kind: 'stop.cancelled', subjectKind: 'stop', subjectId: stopId, data });
  });
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
