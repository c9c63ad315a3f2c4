import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { system } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';
import { mergePersons, unmerge, whatMergingDoes } from '../privacy/index.ts';
import { type AttendeeInput, register, registrationsOf } from '../registrations/index.ts';

const app = useHouse();
let siteId: string;
beforeAll(async () => {
  siteId = (await makeSite(app.db)).id;
});
beforeEach(async () => {
  app.now.at = monday9;
  await app.work();
  app.letters.length = 0;
});

type Person = Awaited<ReturnType<typeof makePerson>>;

const session = (over: Partial<SessionOver> = {}) => makeSession(app.db, { siteId, ...over });
const person = () => makePerson(app.db);
const come = (who: Person, sessionId: string, attendees: AttendeeInput[] = [{ self: true }]) =>
  register(app.ctx(actorOf(who)), {
    sessionIds: [sessionId],
    kind: 'household',
    person: { id: who.id },
    attendees,
    consent: true,
    channel: 'web',
  });
const asAdmin = () =>
  app.ctx({ ...system, kind: 'person', personId: null, grants: [{ role: 'administrator', siteId: null }] });
const merge = (keep: Person, merged: Person) =>
  mergePersons(asAdmin(), { keepId: keep.id, mergedId: merged.id, reason: 'La même personne' });

/** How the list of a session stands: who, state, how many come, how many have a seat. */
async function list(sessionId: string) {
  const all = await registrationsOf(app.ctx(), sessionId);
  return all.map(({ person: { id }, status, places, attendees }) => [
    id,
    status,
    places,
    attendees.filter((one) => one.seat !== null).length,
  ]);
}

describe('two persons who are one', () => {
  test('both seated: one seat is kept, the other is offered to whoever waits, and both are told', async () => {
    const one = await session({ seats: 2 });
    const [keep, merged, waits] = [await person(), await person(), await person()];
    for (const who of [keep, merged, waits]) await come(who, one.id);
    await app.work();
    app.letters.length = 0;
    await merge(keep, merged);
    expect(await list(one.id)).toEqual([
      [keep.id, 'registered', 1, 1],
      [waits.id, 'offered', 1, 1],
      [keep.id, 'cancelled', 1, 0],
    ]);
    await app.work();
    expect(app.letters.filter((letter) => letter.to === waits.email)).toHaveLength(1);
    const [told] = app.letters.filter((letter) => letter.to === keep.email);
    expect(told!.text).toContain('cette inscription y était en double');
    expect(told!.attachments.map((part) => part.contentType)).toEqual(['text/calendar; charset=utf-8; method=CANCEL']);
  });

  test('the one who sits is kept, whichever record it is of; the turn of the other is the next one’s', async () => {
    const one = await session({ seats: 1 });
    const [keep, merged, waits] = [await person(), await person(), await person()];
    for (const who of [merged, keep, waits]) await come(who, one.id);
    await merge(keep, merged);
    expect(await list(one.id)).toEqual([
      [keep.id, 'registered', 1, 1],
      [waits.id, 'waiting', 1, 0],
      [keep.id, 'cancelled', 1, 0],
    ]);
    expect((await registrationsOf(app.ctx(), one.id))[1]!.rank).toBe(1);
  });

  test('the children of both come, with their seats; the parent once; the total is that of those who come', async () => {
    const one = await session({ seats: 4 });
    const [keep, merged] = [await person(), await person()];
    await come(keep, one.id, [{ self: true }, { name: 'Léo', birthYear: 2016 }]);
    await come(merged, one.id, [{ self: true }, { name: 'Zoé', birthYear: 2018 }]);
    await merge(keep, merged);
    expect(await list(one.id)).toEqual([
      [keep.id, 'registered', 3, 3],
      [keep.id, 'cancelled', 2, 0],
    ]);
    const [view] = await registrationsOf(app.ctx(), one.id);
    expect(view!.attendees.map((who) => who.name)).toEqual([keep.name, 'Léo', 'Zoé']);
    expect(view!.consentAt).toEqual(monday9);
  });

  test('a child for whom the other record waits goes on waiting, alone, in its turn', async () => {
    const one = await session({ seats: 2 });
    const [keep, merged, sits, last] = [await person(), await person(), await person(), await person()];
    for (const who of [keep, sits]) await come(who, one.id);
    await come(merged, one.id, [{ self: true }, { name: 'Zoé', birthYear: 2018 }]);
    await come(last, one.id);
    await merge(keep, merged);
    expect(await list(one.id)).toEqual([
      [keep.id, 'registered', 1, 1],
      [sits.id, 'registered', 1, 1],
      [keep.id, 'waiting', 1, 0],
      [last.id, 'waiting', 1, 0],
    ]);
  });

  test('what was written down on the list stays, and so does what is over', async () => {
    const [running, over] = [await session({ seats: 3 }), await session({ seats: 3, start: addMinutes(monday9, 60) })];
    const [keep, merged] = [await person(), await person()];
    for (const who of [keep, merged]) for (const one of [running, over]) await come(who, one.id);
    app.now.at = addMinutes(running.start, 10);
    for (const view of await registrationsOf(app.ctx(), running.id)) {
      const mark = { session_id: running.id, attendee_id: view.attendees[0]!.id, half_day: '2026-11-28 pm' };
      await app.db
        .insertInto('attendance')
        .values({
          id: newId(),
          ...mark,
          state: 'present',
          mode: 'desk',
          occurred_at: app.now.at,
          recorded_at: app.now.at,
        })
        .execute();
    }
    await merge(keep, merged);
    for (const one of [running, over]) {
      expect(await list(one.id)).toEqual([
        [keep.id, 'registered', 1, 1],
        [keep.id, 'registered', 1, 1],
      ]);
    }
  });

  test('the page says it before it is done, in words, of each session', async () => {
    const one = await session({ seats: 3, title: { fr: 'Découpe laser' } });
    const [keep, merged] = [await person(), await person()];
    for (const who of [keep, merged]) await come(who, one.id);
    const said = await whatMergingDoes(asAdmin(), keep.id, merged.id);
    expect(said[0]).toContain('Découpe laser, samedi 28\u00a0novembre 2026');
    expect(said[0]).toContain('Une seule inscription reste');
    expect(said.at(-1)).toContain('ne rend pas une inscription en double');
    expect(await list(one.id)).toHaveLength(2);
    const admin = await makePerson(app.db);
    const grant = { person_id: admin.id, site_id: null, role: 'administrator' as const, granted_by: null };
    await app.db
      .insertInto('role_grant')
      .values({ id: newId(), ...grant, created_at: monday9 })
      .execute();
    const visitor = await app.signedIn(admin.email!);
    const page = await visitor.get(`/fr/gestion/personnes/${keep.id}/fusion/${merged.id}`);
    expect(page.text).toContain('Découpe laser');
    await visitor.post(`/fr/gestion/personnes/${keep.id}/fusion/${merged.id}`, { keep: keep.id });
    expect((await list(one.id)).map(([, status]) => status)).toEqual(['registered', 'cancelled']);
  });

  test('parted again, each has what came from it; what was done stays, and the journal says what it was', async () => {
    const one = await session({ seats: 3 });
    const [keep, merged] = [await person(), await person()];
    for (const who of [keep, merged]) await come(who, one.id);
    await merge(keep, merged);
    await unmerge(asAdmin(), merged.id, 'Deux personnes');
    expect(await list(one.id)).toEqual([
      [keep.id, 'registered', 1, 1],
      [merged.id, 'cancelled', 1, 0],
    ]);
    const { rows } = await sql<{ data: { joined: { registrations: { outcome: string }[] } } }>`
      select data from journal where kind = 'person.merged' and subject_id = ${merged.id}`.execute(app.db);
    expect(rows[0]!.data.joined.registrations).toMatchObject([{ outcome: 'given' }]);
    expect(JSON.stringify(rows)).not.toContain(keep.name);
  });
});
