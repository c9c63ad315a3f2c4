import { expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { holdForSessions, previewHolding, reserve } from '../booking/index.ts';
import { findSessions, sessionByReference } from './index.ts';

const base = useDatabase();
const week = { from: at('2026-11-23', '00:00'), to: at('2026-11-30', '00:00') };

it('lists what is published in a span, nearest seats counted, drafts and appointments aside', async () => {
  await rolledBack(base.db, async (db) => {
    const site = await makeSite(db);
    const ctx = makeCtx(db);
    const one = await makeSession(db, { siteId: site.id });
    await makeSession(db, { siteId: site.id, status: 'draft' });
    await makeSession(db, { siteId: site.id, kind: 'appointment' });
    const person = await makePerson(db);
    const registration = newId();
    await db
      .insertInto('registration')
      .values({
        id: registration,
        reference: 'ABCDEFGHJK',
        session_id: one.id,
        person_id: person.id,
        kind: 'self',
        status: 'registered',
        places: 1,
        channel: 'web',
        created_at: ctx.now,
      })
      .execute();
    await db
      .insertInto('attendee')
      .values({ id: newId(), registration_id: registration, session_id: one.id, seat: 3 })
      .execute();
    const near = { lat: 50.75, lon: 2.25 };
    const found = await findSessions(ctx, { ...week, siteId: site.id, near, withinKm: 1, seatsFree: 11 });
    expect(found.map(({ id, taken, seats, distanceKm }) => ({ id, taken, seats, distanceKm }))).toEqual([
      { id: one.id, taken: 1, seats: 12, distanceKm: 0 },
    ]);
    expect(await findSessions(ctx, { ...week, siteId: site.id, seatsFree: 12 })).toEqual([]);
    expect((await sessionByReference(ctx, one.reference.toLowerCase()))?.site.slug).toBe(site.slug);
  });
});

it('never lets a session and a booking have the same room, nor a helper be in two places', async () => {
  await rolledBack(base.db, async (db) => {
    const site = await makeSite(db);
    const room = await makeResource(db, site.id);
    const person = await makePerson(db);
    const team = makeCtx(db, { actor: actorOf(person, ['team'], site.id) });
    const helper = newId();
    await db
      .insertInto('helper')
      .values({ id: helper, person_id: person.id, site_id: site.id, does: '{}', created_at: team.now })
      .execute();
    await db.insertInto('unit').values({ id: newId(), helper_id: helper, label: '' }).execute();
    const [one, two] = [await makeSession(db, { siteId: site.id }), await makeSession(db, { siteId: site.id })];
    const span = { start: at('2026-11-24', '14:00'), end: at('2026-11-24', '16:00'), people: 5 };
    await holdForSessions(team, [
      { ...span, sessionId: one!.id, resourceId: room.id },
      { ...span, sessionId: one!.id, helperId: helper },
    ]);
    const booking = { items: [{ resourceId: room.id, ...span }], people: 2, person, channel: 'desk' as const };
    await expect(reserve(team, booking)).rejects.toMatchObject({ code: 'booking.taken' });
    const again = holdForSessions(team, [{ ...span, sessionId: two!.id, helperId: helper }]);
    await expect(again).rejects.toBeInstanceOf(Refusal);
    const [clash] = await previewHolding(team, [{ ...span, sessionId: two!.id, resourceId: room.id }]);
    expect(clash!.reasons.map(({ code }) => code)).toEqual(['booking.thing_taken']);
    expect(clash!.alternatives.length).toBeGreaterThan(0);
  });
});
