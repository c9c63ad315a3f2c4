import type { Db } from '../../src/core/db.ts';
import { newId, newReference } from '../../src/core/ids.ts';
import { makePerson, monday9 } from './make.ts';

/** A confirmed booking of one unit, written as the commands leave it; returns its reference. */
export async function bookUnit(db: Db, resourceId: string, unitId: string, start: Date, end: Date): Promise<string> {
  const person = await makePerson(db);
  const id = newId();
  const reference = newReference();
  await db
    .insertInto('booking')
    .values({
      id,
      reference,
      resource_id: resourceId,
      person_id: person.id,
      status: 'confirmed',
      starts_at: start,
      ends_at: end,
      channel: 'web',
      created_at: monday9,
    })
    .execute();
  await db
    .insertInto('allocation')
    .values({
      id: newId(),
      unit_id: unitId,
      during: `[${start.toISOString()},${end.toISOString()})`,
      cause_kind: 'booking',
      cause_id: id,
    })
    .execute();
  return reference;
}

/** The kinds of what the journal keeps about something, in order. */
export const journalKinds = async (db: Db, subjectId: string): Promise<string[]> =>
  (await db.selectFrom('journal').select('kind').where('subject_id', '=', subjectId).execute()).map((row) => row.kind);
