import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen as plain } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';
import type { Letter } from '../../core/mail.ts';
import { later } from '../../core/outbox.ts';
import { callsOf as callsOfDay } from '../day/day.store.ts';
import { register, registrationsByIds } from '../registrations/index.ts';
import {
  cancelSession,
  editSession,
  moveSession,
  postponeSession,
  resumeSession,
  type SessionFields,
} from '../sessions/index.ts';

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

const staff = async () => app.ctx(actorOf(await makePerson(app.db, { name: 'Dana' }), ['team'], siteId));

/** Somebody who comes to these sessions; without an e-mail they are on the team's lists of calls. */
async function come(sessionIds: string[], over: { email?: null; language?: 'fr' | 'nl' | 'en' } = {}) {
  const person = await makePerson(app.db, over);
  const team = await staff();
  const ctx = over.email === null ? team : app.ctx(actorOf(person));
  const { registrations } = await register(
    { ...ctx, locale: over.language ?? 'fr' },
    {
      sessionIds,
      kind: 'self',
      person: { id: person.id },
      attendees: [{ self: true }],
      channel: over.email === null ? 'desk' : 'web',
    },
  );
  await app.work();
  app.letters.length = 0;
  return { person, registrations };
}

const session = (over: Partial<SessionOver> = {}) => makeSession(app.db, { siteId, ...over });
const icsOf = (letter: Letter | undefined): string =>
  Buffer.from(letter?.attachments.find((one) => one.filename.endsWith('.ics'))?.content ?? '', 'base64')
    .toString()
    .replace(/\r\n /g, '');
const callsOf = async (registrations: readonly { id: string }[]) => {
  const rows = await app.db
    .selectFrom('call')
    .select(['kind', 'registration_id'])
    .where(
      'registration_id',
      'in',
      registrations.map((one) => one.id),
    )
    .where('kind', '<>', 'reminder')
    .execute();
  return rows.map((row) => row.kind);
};

async function edit(sessionId: string, fields: Partial<SessionFields>, tell?: boolean): Promise<Letter[]> {
  await editSession(await staff(), { session: sessionId, fields, ...(tell === undefined ? {} : { tell }) });
  await app.work();
  return [...app.letters];
}

describe('a change of what is published', () => {
  test('another room is told once, with a later version for calendars; who has no e-mail is called', async () => {
    const one = await session();
    const [mail, call] = [await come([one.id]), await come([one.id], { email: null })];
    const room = await makeResource(app.db, siteId, { name: 'Salle bleue' });
    const letters = await edit(one.id, { things: [{ resourceId: room.id, people: 8 }] });
    expect(letters.map((letter) => [letter.to, letter.subject])).toEqual([
      [mail.person.email, 'Changement de salle\u00a0: samedi 28\u00a0novembre à\u00a014\u00a0h'],
    ]);
    expect(letters[0]!.text).toContain('Salle bleue');
    for (const line of ['SEQUENCE:2', 'METHOD:REQUEST']) expect(icsOf(letters[0])).toContain(line);
    expect(await callsOf(call.registrations)).toEqual(['moved']);
  });

  test('another place is another place, at the same hour', async () => {
    const one = await session();
    await come([one.id]);
    const [letter] = await edit(one.id, { placeKind: 'address', address: { name: 'Arc International' } });
    expect(letter!.subject).toContain('Changement de lieu');
    expect(letter!.text).toContain('Le jour et l’heure restent les mêmes');
    expect(letter!.text).not.toContain('C’était prévu');
  });

  test('another link is a new link, told to those who come for sure', async () => {
    const one = await session({ seats: 1 });
    const team = await staff();
    await moveSession(team, { session: one.id, placeKind: 'online', onlineUrl: 'https://visio.example/un' });
    const { person, registrations } = await come([one.id]);
    await come([one.id]);
    const [letter, ...others] = await edit(one.id, { onlineUrl: 'https://visio.example/deux' });
    expect(others).toEqual([]);
    expect([letter!.to, letter!.subject]).toEqual([
      person.email,
      'Nouveau lien\u00a0: samedi 28\u00a0novembre à\u00a014\u00a0h',
    ]);
    expect(letter!.text).toContain('https://visio.example/deux');
    expect(letter!.text).not.toContain('La date change');
    expect(icsOf(letter)).toContain('SEQUENCE:2');
    // It is no other date: to give it back on the eve is as late as before.
    const told = app.db.selectFrom('journal').select('kind').where('subject_id', '=', registrations[0]!.id);
    const kinds = (await told.execute()).map((row) => row.kind);
    expect(kinds).toContain('registration.edited');
    expect(kinds).not.toContain('registration.moved');
  });

  test('what to know before coming is told word for word', async () => {
    const one = await session();
    const place = { name: 'Arc', town: 'Arques' };
    await edit(one.id, { placeKind: 'address', address: place });
    await come([one.id]);
    const [letter] = await edit(one.id, { address: { ...place, instructions: { fr: 'Chaussures de sécurité' } } });
    expect(letter!.subject).toContain('À savoir avant de venir');
    expect(letter!.text.match(/Chaussures de sécurité/g)).toHaveLength(1);
  });

  test('a title put right changes calendars without a word; said where the team asks', async () => {
    const one = await session();
    const { registrations } = await come([one.id]);
    expect(await edit(one.id, { title: { fr: 'Atelier couture' } })).toEqual([]);
    const [view] = await registrationsByIds(app.ctx(), [registrations[0]!.id]);
    expect(view!.version).toBe(2);
    const [letter] = await edit(one.id, { title: { fr: 'Atelier tricot' }, priceKind: 'free', minimum: 2 }, true);
    expect(letter!.subject).toContain('Une précision');
    expect(letter!.text).toContain('Ce qui change\u00a0: le titre.');
    for (const line of ['SEQUENCE:3', 'SUMMARY:Atelier tricot']) expect(icsOf(letter)).toContain(line);
  });

  test('what does not concern those who come changes nothing for them', async () => {
    const one = await session();
    const { registrations } = await come([one.id]);
    expect(await edit(one.id, { minimum: 2, setUpMinutes: 15 }, true)).toEqual([]);
    const [view] = await registrationsByIds(app.ctx(), [registrations[0]!.id]);
    expect(view!.version).toBe(1);
  });
});

describe('dates of a course', () => {
  const course = async (count: number) => {
    const seriesId = newId();
    const row = { id: seriesId, site_id: siteId, enrolment: 'course' as const, created_at: monday9 };
    await app.db.insertInto('session_series').values(row).execute();
    const dates = [];
    for (let week = 0; week < count; week += 1) {
      const start = new Date(at('2026-12-01', '18:00').getTime() + week * 7 * 86_400_000);
      dates.push(await session({ seriesId, start, seats: 20 }));
    }
    return dates;
  };

  test('moved together are one mail a person, all its dates in one file; one call', async () => {
    const dates = await course(3);
    const [first] = dates;
    const two = [await come([first!.id]), await come([first!.id], { language: 'nl' })];
    const called = await come([first!.id], { email: null });
    await moveSession(await staff(), { session: first!.id, scope: 'all', start: at('2026-12-02', '18:30') });
    await app.work();
    expect(app.letters.map((letter) => plain(letter.subject))).toEqual([
      'Changement pour 3 dates : la première sera mercredi 2 décembre à 18 h 30',
      'Wijziging voor 3 datums: de eerste wordt woensdag 2 december om 18.30 uur',
    ]);
    expect(app.letters.map((letter) => letter.to)).toEqual(two.map(({ person }) => person.email));
    const ics = icsOf(app.letters[0]);
    expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    expect(ics.match(/SEQUENCE:2/g)).toHaveLength(3);
    expect(plain(app.letters[0]!.text)).toContain('Avant : mardi 15 décembre 2026, 18 h – 20 h');
    expect(await callsOf(called.registrations)).toEqual(['moved']);
    const [call] = (await callsOfDay(app.ctx(), siteId, '2026-11-23', '2026-11-23')).filter(
      (one) => one.kind === 'moved' && called.registrations.some(({ reference }) => reference === one.reference),
    );
    expect(call!.others).toBe(2);
    // The worker was killed before it could say that the mails had left: what leaves again is the same mail to a mailbox.
    const rows = await app.db.selectFrom('outbox').selectAll().where('topic', '=', 'registration.moved').execute();
    const own = two.flatMap(({ registrations }) => registrations.map((one) => one.id));
    const payloads = rows.map((row) => row.payload as { registrationId: string });
    const again = payloads.filter(({ registrationId }) => own.includes(registrationId));
    expect(again).toHaveLength(2);
    await later(app.ctx(), ...again.map((payload) => ({ topic: 'registration.moved', payload })));
    await app.work();
    expect(app.letters.slice(2).map((letter) => letter.id)).toEqual(app.letters.slice(0, 2).map((letter) => letter.id));
  });

  test('put off, given their days again, cancelled: one mail each time; one date given back before is left out', async () => {
    const dates = await course(3);
    const { registrations } = await come([dates[0]!.id]);
    const team = await staff();
    const [first] = dates;
    const subjects = async (work: Promise<unknown>) => {
      app.letters.length = 0;
      await work;
      await app.work();
      return app.letters.map((letter) => plain(letter.subject));
    };
    expect(await subjects(postponeSession(team, { session: first!.id, scope: 'all' }))).toEqual([
      'Reportées : 3 dates, à partir du mardi 1er décembre à 18 h',
    ]);
    expect(icsOf(app.letters[0]).match(/STATUS:CANCELLED/g)).toHaveLength(3);
    const days = { start: at('2026-12-02', '18:00') };
    expect(await subjects(resumeSession(team, { session: first!.id, scope: 'all', ...days }))).toHaveLength(1);
    await app.db
      .updateTable('registration')
      .set({ status: 'cancelled', cancelled_at: app.now.at, cancel_cause: 'person' })
      .where('id', '=', registrations[1]!.id)
      .execute();
    const [subject, ...others] = await subjects(cancelSession(team, { session: first!.id, scope: 'all' }));
    expect(others).toEqual([]);
    expect(subject).toContain('Annulées : 2 dates');
    const ics = icsOf(app.letters[0]);
    expect(ics).toContain('METHOD:CANCEL');
    expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  });

  test('are said in one message a person, however many come, in the transaction of the change', async () => {
    const dates = await course(10);
    const people = 150;
    const persons = Array.from({ length: people }, (_, index) => ({
      id: newId(),
      name: `Personne ${index}`,
      email: `personne-${index}-${newId()}@essai.example`,
      created_at: monday9,
    }));
    await app.db.insertInto('person').values(persons).execute();
    const rows = dates.flatMap((date) =>
      persons.map((person) => ({
        id: newId(),
        reference: newId().replace(/-/g, '').slice(-10).toUpperCase(),
        session_id: date.id,
        person_id: person.id,
        kind: 'self' as const,
        status: 'registered' as const,
        places: 1,
        channel: 'web' as const,
        created_at: monday9,
        registered_at: monday9,
      })),
    );
    await app.db.insertInto('registration').values(rows).execute();
    const waiting = () =>
      app.db.selectFrom('outbox').select('payload').where('topic', '=', 'registration.moved').execute();
    const team = await staff();
    const far = { session: dates[0]!.id, scope: 'all' as const };
    await expect(moveSession(team, { ...far, end: at('2026-12-01', '17:00') })).rejects.toMatchObject({
      code: 'session.order',
    });
    const before = (await waiting()).length;
    await moveSession(team, { ...far, start: at('2026-12-02', '18:00') });
    const told = (await waiting()).slice(before).map((row) => row.payload as { ids: string[] });
    expect(told.map(({ ids }) => ids.length)).toEqual(Array(people).fill(10));
  });
});
