import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import type { Letter } from '../../core/mail.ts';
import { type AttendeeInput, register } from '../registrations/index.ts';
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
  return { person, ctx, registration: registrations[0]! };
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

  test('on the eve, once, by day; not whoever registered that very day', async () => {
    const one = await session({ start: at('2026-12-12', '14:00') });
    await come(one.id);
    await app.work();
    app.letters.length = 0;
    app.now.at = at('2026-12-11', '09:00');
    expect(await remind(app.ctx())).toBe(0);
    app.now.at = at('2026-12-11', '11:00');
    await come(one.id);
    await app.work();
    app.letters.length = 0;
    expect(await remind(app.ctx())).toBe(2);
    expect(await remind(app.ctx())).toBe(0);
    await app.work();
    expect(app.letters.map((letter) => letter.subject)).toEqual([
      'Demain\u00a0: samedi 12\u00a0décembre à\u00a014\u00a0h',
    ]);
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
});
