import { beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';

const tuesday = '2026-11-24';
const now = at(tuesday, '18:00');
const house = useHouse({ now });
let nadia: Visitor;
let nadiaId: string;
let site: { id: string; slug: string };
let elsewhere: { id: string; slug: string };

beforeAll(async () => {
  site = await makeSite(house.db, { name: 'Le bus' });
  elsewhere = await makeSite(house.db, { name: 'Ailleurs' });
  const person = await makePerson(house.db, { email: 'nadia@hostile.example' });
  nadiaId = person.id;
  const grant = { id: newId(), person_id: nadiaId, site_id: site.id, role: 'team' as const, created_at: now };
  await house.db.insertInto('role_grant').values(grant).execute();
  nadia = await house.signedIn('nadia@hostile.example');
});

type Answers = { answers: { id: string; outcome: string }[] };
const send = (entries: unknown[], sentAt: unknown = now.toISOString(), who: unknown = nadiaId) =>
  nadia.call('POST', '/fr/carnet/envoi', { who, sentAt, entries }, { 'sec-fetch-site': 'same-origin' });
const entry = (kind: string, payload: object, occurredAt = `${tuesday}T14:05:00+01:00`) => ({
  id: newId(),
  turn: 1,
  kind,
  occurredAt,
  payload,
});
const visit = (occurredAt?: string) => entry('walk_in', { siteId: site.id, ageBand: '70_over' }, occurredAt);
const visitAt = async (id: string) =>
  (await house.db.selectFrom('visit').select('occurred_at').where('id', '=', id).executeTakeFirst())?.occurred_at;
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('a phone whose clock is years wrong', () => {
  it.each([
    ['in 1970, as after a flat battery', '1970-01-01T00:10:00.000Z', '1970-01-01T00:40:00.000Z'],
    ['in 2043', '2043-06-01T09:00:00.000Z', '2043-06-01T09:30:00.000Z'],
    ['before any of us', '0001-01-01T00:00:00.000Z', '0001-01-01T00:30:00.000Z'],
  ])('%s, still has its gestures taken, half an hour before it sent them', async (_, noted, sent) => {
    const one = visit(noted);
    const answer = await send([one], sent);
    expect((answer.json() as Answers).answers).toMatchObject([{ id: one.id, outcome: 'done' }]);
    expect(await visitAt(one.id)).toEqual(minutesAgo(30));
  });

  it.each(['1970-01-01T00:10:00.000Z', '2019-02-03T10:00:00.000Z', '2043-06-01T09:00:00.000Z'])(
    'put right before it sends, dates what it noted in %s by when it came in, and no day long past changes',
    async (noted) => {
      const one = visit(noted);
      await send([one]);
      expect(await visitAt(one.id)).toEqual(now);
    },
  );

  it('marks the half-day that was meant, whatever it shows', async () => {
    const session = await makeSession(house.db, { siteId: site.id, start: at(tuesday, '14:00') });
    const [attendeeId] = (await makeRegistration(house.db, session.id)).attendees as [string];
    const halfDay = `${tuesday} pm`;
    await send([entry('mark', { attendeeId, halfDay, state: 'present' }, '1970-01-01T00:10:00.000Z')]);
    const rows = await house.db
      .selectFrom('attendance')
      .select(['half_day', 'occurred_at'])
      .where('attendee_id', '=', attendeeId)
      .execute();
    expect(rows).toEqual([{ half_day: halfDay, occurred_at: now }]);
  });
});

describe('what comes from no page of ours', () => {
  it('is answered without harm: no time, no list, no person, too much of all', async () => {
    const bad: [unknown[], unknown?, unknown?][] = [
      [[], 'hier'],
      [[], null],
      [[], '2026-13-45T99:99:99Z'],
      [[], now.toISOString(), 'x'],
      [[], now.toISOString(), { $ne: null }],
      [[null, 1, 'x', [], { id: 'x' }, { id: newId() }]],
      [
        [
          { ...visit(), turn: -1 },
          { ...visit(), turn: 1e300 },
          { ...visit(), kind: '__proto__' },
        ],
      ],
      [
        [
          { ...visit(), payload: null },
          { ...visit(), payload: { siteId: "x' or 1=1" } },
        ],
      ],
    ];
    for (const given of bad) expect((await send(...given)).status, JSON.stringify(given)).toBeLessThan(500);
  });

  it('keeps no character that cannot be kept, and never more than it may', async () => {
    const note = (body: unknown) => entry('note', { siteId: site.id, day: tuesday, body } as object);
    const strange = ['a\u0000b', 'lone \ud800 half', '\udfff', '\u0000', '\ufffd', ' '.repeat(400), 'x'.repeat(501), 7];
    const answers = (await send(strange.map(note))).json() as Answers;
    expect(answers.answers.map((one) => one.outcome)).toEqual([
      'done',
      'done',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
    ]);
    const rows = await house.db.selectFrom('day_note').select('body').where('site_id', '=', site.id).execute();
    expect(rows.map((row) => row.body).sort()).toEqual(['ab', 'lone  half']);
  });

  it('draws nothing but strokes: neither a megabyte, nor marks of another kind', async () => {
    const session = await makeSession(house.db, { siteId: site.id, start: at(tuesday, '14:00') });
    const [attendeeId] = (await makeRegistration(house.db, session.id)).attendees as [string];
    const drawn = (strokes: string) => send([entry('mark', { attendeeId, state: 'present', strokes })]);
    expect((await drawn(`M1 1${'L2 2'.repeat(262_144)}`)).status).toBe(413);
    for (const strokes of [`M1 1${'L2 2'.repeat(20_000)}`, 'M1 1L2 2"/><script>', 'M1 1\u0000', '\ud800', 'M-1 1']) {
      const { answers } = (await drawn(strokes)).json() as Answers;
      expect(answers.map((one) => one.outcome)).toEqual(['refused']);
    }
    expect(await house.db.selectFrom('signature').select('id').where('attendee_id', '=', attendeeId).execute()).toEqual(
      [],
    );
  });

  it('of another site’s people, visits and stops does nothing there', async () => {
    const session = await makeSession(house.db, { siteId: elsewhere.id, start: at(tuesday, '14:00') });
    const [attendeeId] = (await makeRegistration(house.db, session.id)).attendees as [string];
    const visitId = newId();
    const row = { id: visitId, site_id: elsewhere.id, occurred_at: now, recorded_at: now };
    await house.db.insertInto('visit').values(row).execute();
    const { answers } = (
      await send([
        entry('mark', { attendeeId, state: 'absent' }),
        entry('walk_out', { visitId }),
        entry('walk_in', { siteId: elsewhere.id, ageBand: 'unsaid' }),
        entry('walk_in', { siteId: site.id, stopId: newId(), ageBand: 'unsaid' }),
        entry('note', { siteId: elsewhere.id, day: tuesday, body: 'Intrus' }),
        entry('arrived', { booking: newId() }),
      ])
    ).json() as Answers;
    expect(answers.map((one) => one.outcome)).toEqual(Array(6).fill('refused'));
    const counted = house.db.selectFrom('visit').select('withdrawn_at').where('site_id', '=', elsewhere.id);
    expect(await counted.execute()).toEqual([{ withdrawn_at: null }]);
  });
});
