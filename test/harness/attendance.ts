import type { Db } from '../../src/core/db.ts';
import { newId, newReference } from '../../src/core/ids.ts';
import type { RegistrationKind, RegistrationStatus } from '../../src/core/schema.ts';
import { at, makePerson } from './make.ts';

type Seat = { name?: string | null; birthYear?: number; minor?: boolean; self?: boolean };
type Over = {
  person?: { id: string };
  kind?: RegistrationKind;
  status?: RegistrationStatus;
  organisationId?: string | null;
  seats?: Seat[];
  createdAt?: Date;
};

/** A registration with its people, seated from number `from` on, written as the commands leave it: one person for oneself unless said. */
export async function makeRegistration(db: Db, sessionId: string, over: Over = {}, from = 1) {
  const person = over.person ?? (await makePerson(db));
  const id = newId();
  const reference = newReference();
  const seats = over.seats ?? [{ self: true }];
  const status = over.status ?? 'registered';
  const createdAt = over.createdAt ?? at('2026-11-02', '09:00');
  await db
    .insertInto('registration')
    .values({
      id,
      reference,
      session_id: sessionId,
      person_id: person.id,
      organisation_id: over.organisationId ?? null,
      kind: over.kind ?? 'self',
      status,
      places: seats.length,
      channel: 'web',
      created_at: createdAt,
      registered_at: status === 'registered' ? createdAt : null,
    })
    .execute();
  const attendees = seats.map((seat, rank) => ({
    id: newId(),
    registration_id: id,
    session_id: sessionId,
    seat: status === 'registered' ? from + rank : null,
    person_id: seat.self ? person.id : null,
    name: seat.name ?? null,
    birth_year: seat.birthYear ?? null,
    minor: seat.minor ?? false,
    rank,
  }));
  await db.insertInto('attendee').values(attendees).execute();
  return { id, reference, personId: person.id, attendees: attendees.map((one) => one.id) };
}
