import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import type { Letter } from '../../core/mail.ts';
import { type AttendeeInput, acceptOffer, cancelRegistration, importGuests, register } from '../registrations/index.ts';
import { cancelSession, moveSession, postponeSession } from '../sessions/index.ts';
import { eraseAnswers, remind, thank } from './index.ts';

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

const session = (over: Partial<SessionOver> = {}) => makeSession(app.db, { siteId, ...over });

async function come(
  sessionId: string,
  language: 'fr' | 'nl' | 'en' = 'fr',
  attendees: AttendeeInput[] = [{ self: true }],
  answers = {},
) {
  const person = await makePerson(app.db, { language });
  const ctx = { ...app.ctx(actorOf(person)), locale: language };
  const input = { sessionIds: [sessionId], kind: 'self' as const, person: { id: person.id }, attendees, answers };
  const { registrations } = await register(ctx, { ...input, channel: 'web' });
  return { person, ctx, registration: registrations[0]!, last: registrations.at(-1)! };
}

const icsOf = (letter: Letter): string =>
  Buffer.from(letter.attachments.find((one) => one.filename.endsWith('.ics'))?.content ?? '', 'base64')
    .toString()
    .replace(/\r\n /g, '');
const staff = async () => {
  const person = await makePerson(app.db, { name: 'Dana' });
  return app.ctx(actorOf(person, ['team'], siteId));
};

describe('what people are told', () => {
  test('in their language, with a file for their calendar and a code to show', async () => {
    const one = await session();
    for (const language of ['fr', 'nl', 'en'] as const) await come(one.id, language);
    await app.work();
    expect(app.letters.map((letter) => letter.subject)).toEqual([
      'Inscription confirmée\u00a0: samedi 28\u00a0novembre à\u00a014\u00a0h',
      'Inschrijving bevestigd: zaterdag 28\u00a0november om\u00a014\u00a0uur',
      'Registration confirmed: Saturday 28\u00a0November at\u00a014:00',
    ]);
    const [letter] = app.letters;
    expect(letter!.attachments.map((part) => part.filename)).toEqual(['inscription.ics', 'qr.png']);
    for (const line of ['METHOD:REQUEST', 'DTSTART:20261128T130000Z', 'SEQUENCE:1', 'STATUS:CONFIRMED'])
      expect(icsOf(letter!)).toContain(line);
  });

  test('why one comes to somebody is said nowhere: an appointment is an appointment', async () => {
    const one = await session({ kind: 'appointment', title: { fr: 'Dossier de surendettement' } });
    await come(one.id);
    await app.work();
    const [letter] = app.letters;
    const all = `${letter!.subject} ${letter!.text} ${letter!.html} ${icsOf(letter!)}`;
    expect(all).not.toContain('surendettement');
    expect(icsOf(letter!)).toContain('SUMMARY:Rendez-vous');
  });

  test('about an appointment, its mails say so, with whom it is, and lead to changing it', async () => {
    const leader = await makePerson(app.db, { name: 'Lucie' });
    const one = await session({ kind: 'appointment' });
    await app.db.insertInto('session_leader').values({ session_id: one.id, person_id: leader.id }).execute();
    for (const language of ['fr', 'nl', 'en'] as const) await come(one.id, language);
    await app.work();
    expect(app.letters.map((letter) => letter.subject)).toEqual([
      'Rendez-vous confirmé\u00a0: samedi 28\u00a0novembre à\u00a014\u00a0h',
      'Afspraak bevestigd: zaterdag 28\u00a0november om\u00a014\u00a0uur',
      'Appointment confirmed: Saturday 28\u00a0November at\u00a014:00',
    ]);
    const [letter] = app.letters;
    expect(letter!.text).not.toMatch(/inscription/i);
    expect(letter!.text).toContain('Lucie');
    expect(letter!.text).toMatch(/\/fr\/rendez-vous\/\w{10}\/deplacer\?cle=/);
    expect(letter!.attachments[0]!.filename).toBe('rendez-vous.ics');
    expect(icsOf(letter!)).not.toMatch(/DESCRIPTION:Inscription/);
  });

  test('a class is so many children and adults, and has so many seats', async () => {
    const one = await session({ seats: 30 });
    const pupils = Array.from({ length: 24 }, () => ({ minor: true }));
    const person = await makePerson(app.db, { name: 'Claire' });
    const ctx = app.ctx(actorOf(person));
    await register(ctx, {
      sessionIds: [one.id],
      kind: 'group',
      person: { id: person.id },
      attendees: [{ self: true }, {}, {}, ...pupils],
      channel: 'web',
    });
    await app.work();
    const { text } = app.letters.at(-1)!;
    expect(text).toContain('24 enfants ou jeunes');
    expect(text).toContain('2 adultes');
    expect(text).toContain('Vos 27 places sont gardées');
    expect(text).not.toContain('sans nom');
  });

  test('moved, put off, cancelled: the same event, a later version, the other dates offered', async () => {
    const [one, other] = [await session(), await session({ start: at('2026-12-05', '14:00') })];
    const { registration } = await come(one.id);
    await app.work();
    app.letters.length = 0;
    const team = await staff();
    await moveSession(team, {
      session: one.id,
      scope: 'one',
      start: at('2026-11-28', '16:00'),
      end: at('2026-11-28', '18:00'),
      reason: { fr: 'Panne de chauffage' },
    });
    await app.work();
    const moved = app.letters.at(-1)!;
    expect(moved.subject).toContain('Changement\u00a0: ce sera samedi 28\u00a0novembre à\u00a016\u00a0h');
    expect(moved.text).toContain('Panne de chauffage');
    expect(moved.text).toContain('14\u00a0h');
    for (const line of [`UID:${registration.id}@`, 'SEQUENCE:2', 'METHOD:REQUEST', 'DTSTART:20261128T150000Z'])
      expect(icsOf(moved)).toContain(line);
    await postponeSession(team, { session: one.id });
    await app.work();
    for (const line of ['SEQUENCE:3', 'METHOD:CANCEL', 'STATUS:CANCELLED'])
      expect(icsOf(app.letters.at(-1)!)).toContain(line);
    await cancelSession(team, {
      session: one.id,
      scope: 'one',
      reason: { fr: 'Plus personne' },
      insteadIds: [other.id],
    });
    await app.work();
    const gone = app.letters.at(-1)!;
    for (const line of ['SEQUENCE:4', 'METHOD:CANCEL', 'STATUS:CANCELLED']) expect(icsOf(gone)).toContain(line);
    expect(gone.text).toContain(`/fr/agenda/${other.reference}/inscription`);
    expect(gone.text).toContain('Plus personne');
  });

  test('who waited for a course that has begun is told that the seat is for the dates that remain, and which', async () => {
    const seriesId = crypto.randomUUID();
    const series = { id: seriesId, site_id: siteId, enrolment: 'course' as const, created_at: monday9 };
    await app.db.insertInto('session_series').values(series).execute();
    const dates = [];
    for (const day of ['2027-01-05', '2027-01-12', '2027-01-19'])
      dates.push(await session({ seriesId, seats: 1, start: at(day, '18:00') }));
    const sits = await come(dates[0]!.id);
    const waits = await come(dates[0]!.id);
    app.now.at = at('2027-01-06', '10:00');
    await cancelRegistration({ ...sits.ctx, now: app.now.at }, { registration: sits.last.id, whole: true });
    await app.work();
    const [letter] = app.letters.filter((one) => one.to === waits.person.email).slice(-1);
    expect(letter!.text).toContain('Le cours a déjà commencé');
    expect(letter!.text).toContain('12\u00a0janvier');
    expect(letter!.text).toContain('19\u00a0janvier');
    expect(letter!.text).not.toContain('5\u00a0janvier');
  });

  const subjectsTo = (email: string | null) =>
    app.letters.filter((letter) => letter.to === email).map((letter) => letter.subject);

  test('on the eve, once, by day; not whoever was confirmed within the day', async () => {
    const one = await session({ start: at('2026-12-12', '14:00'), seats: 2 });
    const { person } = await come(one.id);
    app.now.at = at('2026-12-11', '09:00');
    expect(await remind(app.ctx())).toBe(0);
    app.now.at = at('2026-12-11', '11:00');
    const late = await come(one.id);
    await app.work();
    app.letters.length = 0;
    expect(await remind(app.ctx())).toBe(1);
    expect(await remind(app.ctx())).toBe(0);
    await app.work();
    expect(subjectsTo(person.email)).toEqual(['Demain\u00a0: samedi 12\u00a0décembre à\u00a014\u00a0h']);
    expect(subjectsTo(late.person.email)).toEqual([]);
  });

  test('who waited for weeks and takes the seat on the eve is told once, by the mail that confirms it', async () => {
    const one = await session({ start: at('2026-12-12', '14:00'), seats: 1 });
    const sits = await come(one.id);
    const waits = await come(one.id);
    app.now.at = at('2026-12-11', '10:30');
    await cancelRegistration({ ...sits.ctx, now: app.now.at }, { registration: sits.registration.id });
    await app.work();
    app.letters.length = 0;
    await acceptOffer({ ...waits.ctx, now: app.now.at }, { registration: waits.registration.id });
    for (const time of ['10:35', '13:00', '19:55']) {
      app.now.at = at('2026-12-11', time);
      await remind(app.ctx());
      await app.work();
    }
    expect(subjectsTo(waits.person.email)).toEqual([
      'Inscription confirmée\u00a0: samedi 12\u00a0décembre à\u00a014\u00a0h',
    ]);
  });

  test('registered the day before at eleven, one is reminded a day later, at eleven', async () => {
    const one = await session({ start: at('2026-12-12', '14:00') });
    app.now.at = at('2026-12-10', '11:00');
    const { person } = await come(one.id);
    await app.work();
    app.letters.length = 0;
    for (const [time, count] of [
      ['10:59', 0],
      ['11:00', 1],
    ] as const) {
      app.now.at = at('2026-12-11', time);
      expect(await remind(app.ctx())).toBe(count);
    }
    await app.work();
    expect(subjectsTo(person.email)).toHaveLength(1);
  });

  test('whoever was brought in by a list on the eve was told nothing yet, and is reminded', async () => {
    const one = await session({ start: at('2026-12-12', '14:00') });
    app.now.at = at('2026-12-11', '11:00');
    const email = 'liste@essai.example';
    await importGuests(await staff(), {
      sessionId: one.id,
      guests: [{ name: 'Lise', email, organisation: undefined }],
    });
    await remind(app.ctx());
    await app.work();
    expect(subjectsTo(email)).toHaveLength(1);
  });

  test('thanked afterwards, with one question: those who were there or whom nobody marked', async () => {
    const one = await session({ start: at('2026-12-19', '14:00') });
    const [there, unmarked, absent] = [await come(one.id), await come(one.id), await come(one.id)];
    for (const [who, state] of [
      [there, 'present'],
      [absent, 'absent'],
    ] as const) {
      const { id } = await app.db
        .selectFrom('attendee')
        .select('id')
        .where('registration_id', '=', who.registration.id)
        .executeTakeFirstOrThrow();
      const row = { session_id: one.id, attendee_id: id, half_day: '2026-12-19 pm', state, mode: 'desk' as const };
      await app.db
        .insertInto('attendance')
        .values({ id: crypto.randomUUID(), ...row, occurred_at: one.start, recorded_at: one.start })
        .execute();
    }
    await app.work();
    app.letters.length = 0;
    app.now.at = at('2026-12-19', '17:00');
    expect(await thank(app.ctx())).toBe(2);
    expect(await thank(app.ctx())).toBe(0);
    await app.work();
    expect(app.letters.map((letter) => letter.to).sort()).toEqual([there.person.email, unmarked.person.email].sort());
    expect(app.letters[0]!.text).toMatch(/\/fr\/avis\/\w{10}\?cle=/);
    const [letter] = app.letters;
    for (const line of ['Quoi\u00a0: ', 'Quand\u00a0: ']) expect(letter!.text, 'which session').toContain(line);
    expect(letter!.text).not.toContain('Où\u00a0: ');
  });

  test('answers are erased when the form said they would be', async () => {
    const question = (key: string, keepDays: number) => ({
      key,
      label: { fr: key },
      required: false,
      purpose: {},
      keepDays,
    });
    const one = await session({ questions: [question('repas', 0), question('niveau', 30)] });
    const { registration } = await come(one.id, 'fr', [{ self: true }], { repas: 'végétarien', niveau: 'débutant' });
    const answers = async () =>
      (
        await app.db
          .selectFrom('registration')
          .select('answers')
          .where('id', '=', registration.id)
          .executeTakeFirstOrThrow()
      ).answers;
    expect(await eraseAnswers(app.ctx())).toBe(0);
    app.now.at = at('2026-11-29', '03:17');
    expect(await eraseAnswers(app.ctx())).toBe(1);
    expect(await answers()).toEqual({ niveau: 'débutant' });
    app.now.at = at('2026-12-29', '03:17');
    expect(await eraseAnswers(app.ctx())).toBe(1);
    expect(await answers()).toEqual({});
  });

  test('of a session put off are kept for its new day; of a question asked no more, erased with the others', async () => {
    const question = { key: 'repas', label: { fr: 'Repas' }, required: false, purpose: {}, keepDays: 0 };
    const [off, asked] = [await session({ questions: [question] }), await session({ questions: [question] })];
    const there = await Promise.all(
      [off, asked].map((one) => come(one.id, 'fr', [{ self: true }], { repas: 'végétarien' })),
    );
    await postponeSession(await staff(), { session: off.id });
    await app.db.updateTable('session').set({ questions: '[]' }).where('id', '=', asked.id).execute();
    app.now.at = at('2026-12-20', '03:17');
    await eraseAnswers(app.ctx());
    const rows = await app.db
      .selectFrom('registration')
      .select(['session_id', 'answers'])
      .where(
        'id',
        'in',
        there.map((one) => one.registration.id),
      )
      .execute();
    const answersOf = (id: string) => rows.find((row) => row.session_id === id)!.answers;
    expect([answersOf(off.id), answersOf(asked.id)]).toEqual([{ repas: 'végétarien' }, {}]);
  });
});
