import type { Db } from '../../src/core/db.ts';
import { newId } from '../../src/core/ids.ts';
import { makePerson, monday9 } from './make.ts';

type ReasonOptions = { minutes?: number; places?: number; who?: 'public' | 'member' | 'team'; notice?: number };

/** A reason to come: 45 minutes, for two at most, whenever one likes. */
export async function makeReason(db: Db, over: ReasonOptions = {}) {
  const id = newId();
  const slug = `sujet-${id.slice(-8)}`;
  await db
    .insertInto('appointment_reason')
    .values({
      id,
      slug,
      name: JSON.stringify({ fr: 'Dossier de surendettement', nl: 'Schulddossier', en: 'Debt file' }),
      summary: '{}',
      bring: JSON.stringify({ fr: 'Vos relevés de compte', nl: 'Uw rekeninguittreksels', en: 'Your statements' }),
      line_id: null,
      minutes: over.minutes ?? 45,
      places: over.places ?? 2,
      who: over.who ?? 'public',
      notice_minutes: over.notice ?? 0,
      horizon_days: 60,
    })
    .execute();
  return { id, slug };
}

/** Somebody who receives for these reasons; their time is a unit. */
export async function makeHelper(db: Db, siteId: string, reasonIds: readonly string[], name = 'Nadia Essai') {
  const person = await makePerson(db, { name });
  const id = newId();
  await db
    .insertInto('helper')
    .values({
      id,
      person_id: person.id,
      site_id: siteId,
      does: '{}',
      line_id: null,
      created_at: monday9,
      archived_at: null,
    })
    .execute();
  const unitId = newId();
  await db.insertInto('unit').values({ id: unitId, helper_id: id, resource_id: null, label: '' }).execute();
  if (reasonIds.length > 0) {
    await db
      .insertInto('appointment_offer')
      .values(reasonIds.map((reason_id) => ({ reason_id, helper_id: id })))
      .execute();
  }
  return { id, unitId, person };
}

/** Present each week on a weekday, in minutes after local midnight. */
export async function makePresence(
  db: Db,
  helperId: string,
  siteId: string,
  weekday: number,
  opens = 540,
  closes = 720,
): Promise<void> {
  await db
    .insertInto('presence')
    .values({
      id: newId(),
      helper_id: helperId,
      site_id: siteId,
      weekday,
      day: null,
      opens,
      closes,
      valid_from: null,
      valid_to: null,
      created_at: monday9,
    })
    .execute();
}
