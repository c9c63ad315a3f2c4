import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, makeCtx, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { newId } from '../../core/ids.ts';
import { remind, thank } from './index.ts';
import { schedules } from './jobs.ts';

const base = useDatabase();

test('whoever comes tomorrow is reminded, once, however many come today; whoever was there is thanked, however many they were', () =>
  rolledBack(base.db, async (db) => {
    const { id: siteId } = await makeSite(db);
    const today = await makeSession(db, { siteId, seats: null, start: at('2026-11-28', '18:00') });
    const tomorrow = await makeSession(db, { siteId, start: at('2026-11-29', '10:00') });
    const person = await makePerson(db);
    // A hall full of people: nobody reminded them yesterday.
    const rows = Array.from({ length: 1_005 }, () => {
      const id = newId();
      const row = { id, reference: id.replace(/-/g, '').slice(-10).toUpperCase(), session_id: today.id };
      const more = { person_id: person.id, kind: 'self' as const, status: 'registered' as const, places: 1 };
      return { ...row, ...more, channel: 'web' as const, created_at: monday9, registered_at: monday9 };
    });
    await db.insertInto('registration').values(rows).execute();
    const { id } = await makeRegistration(db, tomorrow.id);
    const left = async (topic: string) => {
      const all = await db.selectFrom('outbox').select('payload').where('topic', '=', topic).execute();
      return all.map((row) => (row.payload as { registrationId: string }).registrationId);
    };
    const now = at('2026-11-28', '11:00');
    await remind(makeCtx(db, { now }));
    await remind(makeCtx(db, { now }));
    expect((await left('registration.reminder')).filter((one) => one === id)).toEqual([id]);
    await thank(makeCtx(db, { now: at('2026-11-29', '10:30') }));
    expect(new Set(await left('registration.thanks')).size).toBe(rows.length);
  }));

test('a row that cannot be reminded keeps nobody from being thanked in the same run', () =>
  rolledBack(base.db, async (db) => {
    const { id: siteId } = await makeSite(db);
    const tomorrow = await makeSession(db, { siteId, start: at('2026-11-29', '10:00') });
    const over = await makeSession(db, { siteId, start: at('2026-11-27', '14:00') });
    await makeRegistration(db, tomorrow.id);
    const { id } = await makeRegistration(db, over.id);
    await db.updateTable('session').set({ time_zone: 'Nowhere' }).where('id', '=', tomorrow.id).execute();
    const mails = schedules.find((one) => one.name === 'registrations-mails')!;
    await expect(mails.run(makeCtx(db, { now: at('2026-11-28', '11:00') }))).rejects.toThrow();
    const row = await db.selectFrom('registration').select('thanked_at').where('id', '=', id).executeTakeFirst();
    expect(row?.thanked_at).not.toBeNull();
  }));

test('an event and the parts chosen of it are one reminder and one question afterwards; another day of the course is its own', () =>
  rolledBack(base.db, async (db) => {
    const { id: siteId } = await makeSite(db);
    const event = await makeSession(db, { siteId, start: at('2026-11-29', '08:30') });
    const part = await makeSession(db, { siteId, start: at('2026-11-29', '08:30') });
    const later = await makeSession(db, { siteId, start: at('2026-11-30', '08:30') });
    await db.updateTable('session').set({ parent_id: event.id }).where('id', '=', part.id).execute();
    const person = await makePerson(db);
    // The part first: it is not the older one that the mail is about.
    const made = [];
    for (const session of [part, event, later]) made.push(await makeRegistration(db, session.id, { person }));
    const ids = made.map(({ id }) => id);
    await db.updateTable('registration').set({ request_id: newId() }).where('id', 'in', ids).execute();
    const left = async (topic: string) => {
      const all = await db.selectFrom('outbox').select('payload').where('topic', '=', topic).orderBy('id').execute();
      return all.map((row) => row.payload as { registrationId: string; ids?: string[] });
    };
    await remind(makeCtx(db, { now: at('2026-11-28', '11:00') }));
    const both = [made[1]!.id, made[0]!.id];
    expect(await left('registration.reminder')).toEqual([{ registrationId: both[0], ids: both }]);
    await remind(makeCtx(db, { now: at('2026-11-29', '11:00') }));
    expect((await left('registration.reminder')).map((one) => one.registrationId)).toEqual([both[0], made[2]!.id]);
    await thank(makeCtx(db, { now: at('2026-11-29', '18:30') }));
    expect((await left('registration.thanks')).map((one) => one.registrationId)).toEqual([both[0]]);
  }));
