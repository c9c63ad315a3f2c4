import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { at, monday9, paris } from '../../../test/harness/make.ts';
import { addMinutes, type Span } from '../../core/clock.ts';
import {
  canOverride,
  decide,
  decideChange,
  type Facts,
  heaviestWindow,
  resolveRules,
  scopeOf,
} from './booking.rules.ts';
import { bookingSentences } from './booking.sentences.ts';
import { bestFit, type Held, isFull, repack } from './repack.ts';

const rules = resolveRules({ preset: 'open', resource: {}, space: {}, site: {} });
const monday: Span = { start: at('2026-11-23', '08:00'), end: at('2026-11-23', '20:00') };

const facts = (over: Omit<Partial<Facts>, 'rules' | 'place'> & { rules?: object; place?: object } = {}): Facts => ({
  now: monday9,
  start: at('2026-11-23', '14:00'),
  end: at('2026-11-23', '15:00'),
  people: 2,
  open: [monday],
  booker: { signedIn: true, member: false, groups: [] },
  team: false,
  ...over,
  rules: { ...rules, ...over.rules },
  place: {
    id: 'r',
    slug: 'salle',
    siteSlug: 'gare',
    siteTelephone: '03 00 00 00 01',
    timeZone: paris,
    capacity: 8,
    units: 1,
    stepMinutes: 30,
    archived: false,
    ...over.place,
  },
});
const to = (time: string) => at('2026-11-23', time);
const hour = (from: string, until: string) => ({ start: to(from), end: to(until) });

describe('what the rules say', () => {
  const cases: [string, Facts, string[]][] = [
    ['an ordinary booking is possible', facts(), []],
    ['what is archived', facts({ place: { archived: true } }), ['booking.archived']],
    ['a time that has passed', facts(hour('08:00', '09:00')), ['booking.past']],
    ['the step under way, for a visitor', facts({ ...hour('09:00', '10:00'), now: to('09:07') }), ['booking.past']],
    ['the step under way, for the team', facts({ ...hour('09:00', '10:00'), now: to('09:07'), team: true }), []],
    [
      'the step before, for the team',
      facts({ ...hour('08:30', '10:00'), now: to('09:07'), team: true }),
      ['booking.past'],
    ],
    ['too late to be prepared', facts({ rules: { noticeMinutes: 360 } }), ['booking.notice']],
    ['just in time to be prepared', facts({ rules: { noticeMinutes: 300 } }), []],
    ['too far away', facts({ rules: { horizonDays: 0 } }), ['booking.horizon']],
    ['too short', facts({ rules: { minMinutes: 90 } }), ['booking.too_short']],
    ['too long', facts({ rules: { maxMinutes: 30 } }), ['booking.too_long']],
    ['before it opens', facts(hour('07:30', '08:30')), ['booking.past', 'booking.closed']],
    ['after it closes', facts(hour('19:30', '20:30')), ['booking.closed']],
    ['until it closes', facts(hour('19:30', '20:00')), []],
    ['between two steps', facts(hour('14:10', '15:10')), ['booking.step']],
    ['a length between two steps', facts(hour('14:00', '14:45')), ['booking.step']],
    [
      'the last step cut by the closing',
      facts({ ...hour('14:00', '14:45'), open: [{ start: to('08:00'), end: to('14:45') }] }),
      [],
    ],
    [
      'steps counted from the opening',
      facts({ ...hour('14:15', '15:15'), open: [{ start: to('08:15'), end: to('20:15') }] }),
      [],
    ],
    ['too many people', facts({ people: 9 }), ['booking.capacity']],
    ['several places of a pool', facts({ people: 9, place: { capacity: 1, units: 12 } }), []],
    ['for the team only', facts({ rules: { who: 'team' } }), ['booking.who_team']],
    ['for the team only, by the team', facts({ rules: { who: 'team' }, team: true }), []],
    ['for members', facts({ rules: { who: 'member' } }), ['booking.who_member']],
    [
      'for members, by one',
      facts({ rules: { who: 'member' }, booker: { signedIn: true, member: true, groups: [] } }),
      [],
    ],
    ['for a group', facts({ rules: { who: 'group', groupSlug: 'laser' } }), ['booking.who_group']],
    [
      'for a group, by one of it',
      facts({
        rules: { who: 'group', groupSlug: 'laser' },
        booker: { signedIn: true, member: false, groups: ['laser'] },
      }),
      [],
    ],
    [
      'one too many at once',
      facts({ rules: { personAtOnce: 1 }, person: { upcoming: 1, window: [], overlaps: [] } }),
      ['booking.person_at_once'],
    ],
    [
      'too much in the week',
      facts({
        rules: { personWindowMinutes: 90 },
        person: { upcoming: 1, window: [hour('10:00', '11:00')], overlaps: [] },
      }),
      ['booking.person_window'],
    ],
    [
      'just enough in the week',
      facts({
        rules: { personWindowMinutes: 120 },
        person: { upcoming: 1, window: [hour('10:00', '11:00')], overlaps: [] },
      }),
      [],
    ],
    [
      'over one’s own booking',
      facts({ rules: { ownOverlaps: false }, person: { upcoming: 1, window: [], overlaps: [hour('14:00', '15:00')] } }),
      ['booking.own_overlap'],
    ],
    [
      'over one’s own booking, where that is allowed',
      facts({ person: { upcoming: 1, window: [], overlaps: [hour('14:00', '15:00')] } }),
      [],
    ],
    [
      'the organisation has too many',
      facts({ rules: { organisationAtOnce: 2 }, organisation: { upcoming: 2, window: [] } }),
      ['booking.organisation_at_once'],
    ],
    [
      'the organisation has too much',
      facts({ rules: { organisationWindowMinutes: 30 }, organisation: { upcoming: 0, window: [] } }),
      ['booking.organisation_window'],
    ],
    ['two codes are awaited', facts({ unconfirmed: 2 }), ['booking.unconfirmed']],
    [
      'a kept start is not judged again',
      facts({
        ...hour('09:10', '09:40'),
        now: to('09:20'),
        keepsStart: true,
        open: [{ start: to('09:10'), end: to('12:00') }],
      }),
      [],
    ],
    [
      'every reason is said',
      facts({ people: 9, rules: { who: 'team', maxMinutes: 30 }, open: [] }),
      ['booking.who_team', 'booking.too_long', 'booking.closed', 'booking.capacity'],
    ],
  ];
  test.each(cases)('%s', (_, given, expected) => {
    expect(decide(given).map((reason) => reason.code)).toEqual(expected);
  });

  it('gives each reason a next step', () => {
    for (const [, given] of cases)
      for (const reason of decide(given)) expect(reason.next?.href, reason.code).toBeTruthy();
  });

  it('lets the team past habits, never past time and space', () => {
    const codes = (list: string[]) => list.map((code) => canOverride({ code, params: {} }));
    expect(codes(['booking.closed', 'booking.notice', 'booking.person_at_once'])).toEqual([true, true, true]);
    expect(codes(['booking.past', 'booking.taken', 'booking.capacity'])).toEqual([false, false, false]);
  });

  it('takes each rule from the nearest level that sets it', () => {
    const levels = {
      preset: 'members',
      resource: { maxMinutes: 60 },
      space: { maxMinutes: 90, horizonDays: 5 },
      site: { horizonDays: 9, noticeMinutes: 10, who: 'public' },
    } as const;
    expect(resolveRules(levels)).toMatchObject({
      maxMinutes: 60,
      horizonDays: 5,
      noticeMinutes: 10,
      who: 'member',
      minMinutes: 30,
    });
    expect([scopeOf(levels, 'maxMinutes'), scopeOf(levels, 'horizonDays'), scopeOf(levels, 'noticeMinutes')]).toEqual([
      'resource',
      'space',
      'site',
    ]);
  });

  it('lets a person change a booking until the deadline, and the team after', () => {
    const base = { start: to('14:00'), rules: { ...rules, cancelUntilMinutes: 60 }, team: false, place: facts().place };
    expect(decideChange({ ...base, now: to('13:00') })).toBeUndefined();
    expect(decideChange({ ...base, now: to('13:01') })?.code).toBe('booking.deadline');
    expect(decideChange({ ...base, now: to('13:01'), team: true })).toBeUndefined();
    expect(decideChange({ ...base, now: to('13:01') }, true)).toBeUndefined();
  });

  it('weighs the heaviest window that holds the booking', () => {
    const day = (n: number): Span => ({
      start: addMinutes(to('14:00'), n * 1440),
      end: addMinutes(to('15:00'), n * 1440),
    });
    expect(heaviestWindow([day(-6), day(0), day(6)], day(0).start, 7)).toBe(120);
    expect(heaviestWindow([day(-3), day(0), day(3)], day(0).start, 7)).toBe(180);
    expect(heaviestWindow([day(-7), day(0)], day(0).start, 7)).toBe(60);
  });
});

describe('the places of a pool', () => {
  const held = (id: string, unitId: string, start: number, end: number, movable = true): Held => ({
    id,
    unitId,
    start,
    end,
    movable,
  });

  it('fills the tightest hole first', () => {
    const claims = [held('a', 'one', 0, 10), held('b', 'two', 0, 8), held('c', 'two', 12, 20)];
    expect(bestFit(['one', 'two', 'three'], claims, { start: 8, end: 12 }, 1)).toEqual(['two']);
  });

  it('makes room when no instant is full though no unit is free', () => {
    const claims = [held('a', 'one', 0, 10), held('b', 'two', 10, 20)];
    expect(bestFit(['one', 'two'], claims, { start: 5, end: 15 }, 1)).toBeUndefined();
    const arranged = repack(['one', 'two'], claims, { start: 5, end: 15 }, 1);
    expect(arranged?.moved).toHaveLength(1);
  });

  it('never moves what is fixed', () => {
    const claims = [held('a', 'one', 0, 10, false), held('b', 'two', 10, 20, false)];
    expect(repack(['one', 'two'], claims, { start: 5, end: 15 }, 1)).toBeUndefined();
  });

  it('without fixed places, refuses only if some instant is full, and never lets two overlap', () => {
    const wish = fc.record({ start: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (wishes, size) => {
        const units = Array.from({ length: size }, (_, n) => `u${n}`);
        let claims: Held[] = [];
        for (const [n, { start, length }] of wishes.entries()) {
          const wanted = { start, end: start + length };
          const fit = bestFit(units, claims, wanted, 1);
          const arranged = fit ? { taken: fit, moved: [] } : repack(units, claims, wanted, 1);
          expect(arranged === undefined).toBe(isFull(units, claims, wanted, 1));
          if (!arranged) continue;
          claims = claims.map((one) => ({
            ...one,
            unitId: arranged.moved.find((moved) => moved.id === one.id)?.unitId ?? one.unitId,
          }));
          claims.push(held(`w${n}`, arranged.taken[0]!, wanted.start, wanted.end));
        }
        for (const a of claims) {
          for (const b of claims) {
            if (a.id !== b.id && a.unitId === b.unitId) expect(a.start < b.end && b.start < a.end).toBe(false);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the words', () => {
  const folder = import.meta.dirname;
  const source = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('sentences'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const topics = /topic = |topic: |entryOf\(|tell\(|kind: '/;
  const codes = new Set(
    source
      .split('\n')
      .filter((line) => !topics.test(line))
      .flatMap((line) =>
        [...line.matchAll(/(?:Refusal\(|add\(|code: |refuse\()\s*'((?:booking|idempotency)\.[\w.]+)'/g)].map(
          (match) => match[1]!,
        ),
      ),
  );

  it('explain every refusal in three languages, whatever fills them', () => {
    expect(codes.size).toBeGreaterThan(25);
    const params = {
      start: to('14:00'),
      end: to('15:00'),
      earliest: to('15:00'),
      last: to('15:00'),
      opens: to('08:00'),
      closes: to('20:00'),
      minutes: 90,
      days: 7,
      most: 2,
      people: 9,
      nearest: to('14:00'),
      deadline: to('13:00'),
      telephone: '03 00',
    };
    for (const locale of ['fr', 'nl', 'en'] as const) {
      const sentences = bookingSentences[locale];
      for (const code of codes) expect(sentences[code], `${locale} ${code}`).toBeDefined();
      for (const [code, say] of Object.entries(sentences)) {
        const words = say(params, { locale, timeZone: paris });
        expect(words, code).toMatch(/^\p{Lu}/u);
        expect(words, code).not.toMatch(/undefined|NaN|null| {2}/);
        if (locale === 'fr') expect(words, code).not.toMatch(/[^\u00a0][:;!?]/);
        expect(say({}, { locale, timeZone: paris }), code).not.toMatch(/undefined \w|NaN|null/);
      }
    }
  });
});
