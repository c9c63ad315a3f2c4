import { expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { newId, newReference } from '../../core/ids.ts';
import { erasePerson } from '../privacy/index.ts';
import { register, registrationsOf } from '../registrations/index.ts';

const app = useHouse();

it('whoever erases themselves gives all of it back, however much it is, and each seat goes to whoever waits', async () => {
  const site = await makeSite(app.db);
  const person = await makePerson(app.db);
  const first = await makeSession(app.db, { siteId: site.id, seats: 1 });
  // More than a page of them: a class of the year, week after week, on Saturdays to come.
  const ids = [first.id];
  for (let week = 1; week <= 230; week += 1) {
    const start = addMinutes(at('2026-11-28', '14:00'), week * 24 * 60);
    ids.push((await makeSession(app.db, { siteId: site.id, seats: null, start })).id);
  }
  const registration = { person_id: person.id, kind: 'self' as const, status: 'registered' as const, places: 1 };
  const rows = ids.map((session_id) => ({ id: newId(), reference: newReference(), session_id, ...registration }));
  await app.db
    .insertInto('registration')
    .values(rows.map((row) => ({ ...row, channel: 'web' as const, created_at: app.now.at, registered_at: app.now.at })))
    .execute();
  await app.db
    .insertInto('seat')
    .values(ids.slice(1).map((session_id) => ({ session_id, number: 1 })))
    .execute();
  const bodies = rows.map(({ id, session_id }) => ({ id: newId(), registration_id: id, session_id, seat: 1 }));
  await app.db
    .insertInto('attendee')
    .values(bodies.map((body) => ({ ...body, person_id: person.id })))
    .execute();
  const other = await makePerson(app.db);
  const asks = { sessionIds: [first.id], kind: 'self' as const, person: { id: other.id }, attendees: [{ self: true }] };
  await register(app.ctx(actorOf(other)), { ...asks, channel: 'web' });
  await erasePerson(app.ctx(), person.id, 'asked');
  const left = await app.db
    .selectFrom('registration')
    .select('session_id')
    .where('person_id', '=', person.id)
    .where('status', '<>', 'cancelled')
    .execute();
  expect(left).toEqual([]);
  const seats = app.db.selectFrom('attendee').select('id').where('person_id', '=', person.id);
  expect(await seats.where('seat', 'is not', null).execute()).toEqual([]);
  expect((await registrationsOf(app.ctx(), first.id)).map((one) => one.status)).toEqual(['offered', 'cancelled']);
}, 60_000);
