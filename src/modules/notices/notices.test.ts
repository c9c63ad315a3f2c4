import ICAL from 'ical.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { system } from '../../core/context.ts';
import { hashSecret, newId, newToken } from '../../core/ids.ts';
import type { Letter } from '../../core/mail.ts';
import { approve, cancel, closeForOutage, decline, move, releaseLate, reserve } from '../booking/index.ts';
import { remind } from './notices.jobs.ts';

const app = useHouse({ eachTest: true });
let site: { id: string; slug: string };

beforeAll(async () => {
  site = await makeSite(app.db, {
    rules: { checkIn: true, releaseMinutes: 30, cancelUntilMinutes: 60, horizonDays: 400 },
  });
});

const tuesday = { start: new Date('2026-11-24T14:00:00+01:00'), end: new Date('2026-11-24T16:00:00+01:00') };

type Made = { resourceId?: string; language?: 'fr' | 'nl' | 'en'; email?: string | null; approval?: boolean };

/** A booking made by the team for somebody, or asked by themselves where it must be approved. */
async function makeBooking(over: Made = {}) {
  const person = await makePerson(app.db, {
    language: over.language ?? 'fr',
    ...(over.email === undefined ? {} : { email: over.email }),
  });
  const room = over.resourceId
    ? { id: over.resourceId }
    : await makeResource(app.db, site.id, {
        name: 'Salle Lys',
        ...(over.approval ? { rules: { approval: true } } : {}),
      });
  const items = [{ resourceId: room.id, ...tuesday }];
  const purpose = 'Réunion très privée';
  const who = { person: { id: person.id }, people: 2, purpose };
  const ctx = over.approval
    ? app.ctx({ ...system, kind: 'person', personId: person.id, email: person.email, grants: [] })
    : app.ctx();
  const { bookings } = await reserve(ctx, { items, ...who, channel: over.approval ? 'web' : 'desk' });
  return { ...bookings[0]!, person, roomId: room.id };
}

async function lastLetter(): Promise<Letter> {
  await app.work();
  return app.letters.at(-1)!;
}

function calendarOf(letter: Letter) {
  const file = letter.attachments.find((one) => one.contentType.startsWith('text/calendar'))!;
  return readCalendar(Buffer.from(file.content, 'base64').toString('utf8'));
}

function readCalendar(text: string) {
  const component = new ICAL.Component(ICAL.parse(text));
  const events = component.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      summary: event.summary,
      location: event.location,
      sequence: event.sequence,
      status: one.getFirstPropertyValue('status'),
      start: event.startDate.toJSDate(),
      end: event.endDate.toJSDate(),
    };
  });
  return { method: component.getFirstPropertyValue('method'), events };
}

describe('The mail of a booking', () => {
  test.each([
    ['fr', 'C’est réservé : mardi 24 novembre à 14 h', 'Voir ma réservation', 'mardi 24 novembre 2026, 14 h – 16 h'],
    [
      'nl',
      'Gereserveerd: dinsdag 24 november om 14 uur',
      'Mijn reservatie bekijken',
      'dinsdag 24 november 2026, 14 – 16 uur',
    ],
    ['en', 'Booked: Tuesday 24 November at 14:00', 'See my booking', 'Tuesday 24 November 2026, 14:00 – 16:00'],
  ] as const)(
    'in %s says what, when, where, and carries a calendar file and a QR code',
    async (language, subject, action, when) => {
      const { reference, id, person } = await makeBooking({ language });
      const letter = await lastLetter();
      expect(letter.to).toBe(person.email);
      expect(letter.language).toBe(language);
      expect(seen(letter.subject)).toBe(subject);
      expect(seen(letter.text)).toContain(when);
      for (const part of [
        action,
        'Salle Lys',
        'Gare d’essai',
        reference,
        '/annulation?cle=',
        '/deplacement?cle=',
        '03 00 00 00 01',
      ])
        expect(letter.text).toContain(part);
      expect(JSON.stringify(letter)).not.toContain('privée');
      const { method, events } = calendarOf(letter);
      expect(method).toBe('REQUEST');
      expect(events).toEqual([
        expect.objectContaining({ uid: `${id}@localhost`, status: 'CONFIRMED', ...tuesday, sequence: 1 }),
      ]);
      const qr = letter.attachments.find((one) => one.cid)!;
      expect(qr.contentType).toBe('image/png');
      expect(Buffer.from(qr.content, 'base64').subarray(1, 4).toString()).toBe('PNG');
      expect(letter.html).toContain(`src="cid:${qr.cid}"`);
    },
  );

  test('of a code has six digits and a link, in the visitor’s language, and goes to what they typed', async () => {
    const room = await makeResource(app.db, site.id, { name: 'Zaal Leie' });
    const form = {
      envoi: newId(),
      chose: `${room.slug}|${tuesday.start.toISOString()}|${tuesday.end.toISOString()}`,
      personnes: '2',
      nom: 'Lies Essai',
      email: 'lies@essai.example',
    };
    await app.visitor().post('/nl/reservations', form);
    const letter = await lastLetter();
    expect(letter.to).toBe('lies@essai.example');
    expect(letter.subject).toBe('Uw code om de reservatie te bevestigen');
    expect(letter.text).toMatch(/^\d{6}$/m);
    expect(letter.text).toContain('http://localhost:3000/nl/reservations/confirmer?jeton=');
    expect(seen(letter.text)).toContain('tot 9.30 uur');
    expect(letter.attachments).toEqual([]);
  });

  test('moved keeps its calendar identity with a later sequence; cancelled takes it out', async () => {
    const { id } = await makeBooking();
    const first = calendarOf(await lastLetter());
    const start = new Date('2026-11-25T10:00:00+01:00');
    await move(app.ctx(), { booking: id, start });
    const moved = await lastLetter();
    expect(seen(moved.subject)).toBe('Réservation déplacée : mercredi 25 novembre à 10 h');
    expect(calendarOf(moved).events[0]).toMatchObject({ uid: first.events[0]!.uid, sequence: 2, start });
    await cancel(app.ctx(), { booking: id, reason: 'La salle est repeinte.' });
    const gone = await lastLetter();
    expect(gone.text).toContain('La salle est repeinte.');
    const { method, events } = calendarOf(gone);
    expect(method).toBe('CANCEL');
    expect(events[0]).toMatchObject({ uid: first.events[0]!.uid, sequence: 3, status: 'CANCELLED' });
  });

  test('asked, then declined, says why', async () => {
    const { id } = await makeBooking({ approval: true });
    expect(seen((await lastLetter()).subject)).toMatch(/^Demande reçue : /);
    await decline(app.ctx(), { booking: id, reason: 'Il y a déjà une fête.' });
    const letter = await lastLetter();
    expect(letter.subject).toContain('Demande non retenue');
    expect(letter.text).toContain('Il y a déjà une fête.');
  });

  test('displaced offers what is free instead, one tap away', async () => {
    const { roomId, reference } = await makeBooking();
    const other = await makeResource(app.db, site.id, { name: 'Salle Aa' });
    await closeForOutage(app.ctx(), { resourceId: roomId, ...tuesday, reason: { fr: 'Fuite d’eau' } });
    const letter = await lastLetter();
    expect(letter.subject).toContain('À replacer');
    expect(letter.text).toContain(`/fr/reservations/${reference}/deplacement?ressource=`);
    expect(calendarOf(letter)).toMatchObject({ method: 'CANCEL', events: [{ status: 'CANCELLED' }] });
    expect(letter.text).toMatch(new RegExp(`ressource=(${other.slug}|r-)`));
  });

  test('of a place given back for want of an arrival is kind', async () => {
    await makeBooking();
    await app.work();
    app.now.at = new Date('2026-11-24T14:31:00+01:00');
    const both = await Promise.all([releaseLate(app.ctx()), releaseLate(app.ctx())]);
    expect(both[0]! + both[1]!).toBeGreaterThanOrEqual(1);
    expect((await lastLetter()).text).toContain('ce ne sera pas compté');
  });

  test('is not sent to who has none: somebody calls', async () => {
    await app.work();
    const before = app.letters.length;
    const { id } = await makeBooking({ email: null });
    await app.work();
    expect(app.letters.length).toBe(before);
    const calls = await app.db.selectFrom('call').selectAll().where('booking_id', '=', id).execute();
    expect(calls).toMatchObject([{ due_day: '2026-11-23', kind: 'reminder' }]);
  });
});

describe('The reminder of the eve', () => {
  test('leaves once, by day, though two processes look', async () => {
    const created = new Date('2026-11-21T09:00:00+01:00');
    app.now.at = created;
    const { person } = await makeBooking();
    await app.work();
    const mine = () =>
      app.letters.filter((letter) => letter.to === person.email && letter.subject.startsWith('Demain'));
    for (const hour of ['09:30', '20:30']) {
      app.now.at = new Date(`2026-11-23T${hour}:00+01:00`);
      await remind(app.ctx());
      await app.work();
      expect(mine()).toHaveLength(0);
    }
    app.now.at = new Date('2026-11-23T10:05:00+01:00');
    await Promise.all([remind(app.ctx()), remind(app.ctx())]);
    await remind(app.ctx());
    await app.work();
    expect(mine()).toHaveLength(1);
    expect(mine()[0]!.text).toContain('/annulation?cle=');
  });

  test('is not for whoever the team has said yes to within the day, however long ago they asked', async () => {
    app.now.at = new Date('2026-11-18T09:00:00+01:00');
    const { id, person } = await makeBooking({ approval: true });
    app.now.at = new Date('2026-11-23T10:30:00+01:00');
    await approve(app.ctx(), { booking: id });
    await app.work();
    for (const time of ['10:35', '19:55']) {
      app.now.at = new Date(`2026-11-23T${time}:00+01:00`);
      await remind(app.ctx());
      await app.work();
    }
    const subjects = app.letters.filter((letter) => letter.to === person.email).map((letter) => letter.subject);
    expect(subjects.filter((subject) => subject.startsWith('Demain'))).toEqual([]);
  });
});

describe('A move to what must be approved', () => {
  test('says that the team will answer, not that it is booked', async () => {
    const { id, person } = await makeBooking();
    const hall = await makeResource(app.db, site.id, { kind: 'hall', rules: { approval: true } });
    const self = app.ctx({ ...system, kind: 'person', personId: person.id, email: person.email, grants: [] });
    expect(await move(self, { booking: id, resourceId: hall.id })).toMatchObject({ status: 'requested' });
    const letter = await lastLetter();
    expect(letter.text).toContain('L’équipe la lit et vous répond');
    expect(letter.text).not.toContain('Voici ce qui est réservé maintenant');
  });
});

describe('Past the deadline', () => {
  test.each([
    ['fr', 'lundi 23 novembre à 14 h', 'appelez le 03 00 00 00 01'],
    ['nl', 'maandag 23 november om 14 uur', 'bel dan 03 00 00 00 01'],
    ['en', 'Monday 23 November at 14:00', 'call 03 00 00 00 01'],
  ] as const)(
    'the reminder says in %s until when it could be changed, and whom to call',
    async (language, until, call) => {
      const room = await makeResource(app.db, site.id, { rules: { cancelUntilMinutes: 1440 } });
      const { person } = await makeBooking({ resourceId: room.id, language });
      await app.work();
      app.now.at = new Date('2026-11-23T15:00:00+01:00');
      await app.db
        .updateTable('booking')
        .set({ created_at: new Date('2026-11-20T09:00:00Z'), confirmed_at: new Date('2026-11-20T09:00:00Z') })
        .execute();
      await remind(app.ctx());
      await app.work();
      const letter = app.letters.filter((one) => one.to === person.email).at(-1)!;
      const text = seen(letter.text);
      expect(text).toContain(until);
      expect(text).toContain(call);
      expect(letter.text).not.toContain('/annulation');
      expect(letter.text).not.toContain('/deplacement');
      expect(text).not.toContain('en un geste');
    },
  );
});

describe('Calendars', () => {
  test.each([
    ['2026-10-25T09:00:00+01:00', '2026-10-25T11:00:00+01:00', '2026-10-01T09:00:00+02:00'],
    ['2027-03-28T09:00:00+02:00', '2027-03-28T11:00:00+02:00', '2027-03-01T09:00:00+01:00'],
  ])('are right on the day the clocks change (%s)', async (from, to, now) => {
    app.now.at = new Date(now);
    const room = await makeResource(app.db, site.id);
    const person = await makePerson(app.db);
    const item = { resourceId: room.id, start: new Date(from), end: new Date(to) };
    await reserve(app.ctx(), { items: [item], people: 1, person: { id: person.id }, channel: 'desk' });
    const [event] = calendarOf(await lastLetter()).events;
    expect(event).toMatchObject({ start: item.start, end: item.end });
  });

  test('of a person open by their secret only, answer 304 when nothing changed, and stop when revoked', async () => {
    const { person } = await makeBooking();
    const token = newToken();
    const id = newId();
    await app.db
      .insertInto('calendar_feed')
      .values({ id, person_id: person.id, token_hash: hashSecret(token), created_at: monday9 })
      .execute();
    const visitor = app.visitor();
    const feed = await visitor.get(`/ics/${token}.ics`);
    expect(feed.status).toBe(200);
    expect(feed.headers.get('content-type')).toContain('text/calendar');
    expect(readCalendar(feed.text).events).toHaveLength(1);
    app.now.at = new Date(monday9.getTime() + 60_000);
    const tag = feed.headers.get('etag')!;
    expect((await visitor.get(`/agenda/${token}.ics`, { 'if-none-match': tag })).status).toBe(304);
    expect((await visitor.get(`/ics/${newToken()}.ics`)).status).toBe(404);
    await app.db.updateTable('calendar_feed').set({ revoked_at: monday9 }).where('id', '=', id).execute();
    expect((await visitor.get(`/ics/${token}.ics`)).status).toBe(404);
  });

  test('of a site say what is taken, and nobody’s name', async () => {
    const { person } = await makeBooking();
    const feed = await app.visitor().get(`/ics/site/${site.slug}.ics`);
    expect(feed.status).toBe(200);
    const { events } = readCalendar(feed.text);
    expect(events.length).toBeGreaterThan(0);
    expect(events[0]!.summary).toMatch(/^Réservé · /);
    for (const secret of [person.name, person.email!, 'privée']) expect(feed.text).not.toContain(secret);
    // The commune, once: the address says it already.
    const station = await app.visitor().get('/ics/site/la-station.ics');
    expect(station.text).not.toMatch(/Saint-Omer[^\r\n]*, ?\r?\n? ?Saint-Omer/);
    const bus = await app.visitor().get('/ics/site/bus.ics');
    expect(readCalendar(bus.text).events.length).toBeGreaterThan(0);
    expect((await app.visitor().get('/ics/site/nulle-part.ics')).status).toBe(404);
  });
});
