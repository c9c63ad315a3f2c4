import { describe, expect, test } from 'vitest';
import { at, makeCtx, territory } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import type { Db } from '../../core/db.ts';
import type { BookingStatus } from '../../core/schema.ts';
import type { ResourceView } from './view.store.ts';
import { addressOf, isTooLate, placeOf, ruleSentences, tooLateSentence } from './view.words.ts';

const room: ResourceView = {
  id: '01900000-0000-7000-8000-000000000002',
  slug: 'salle',
  kind: 'meeting_room',
  name: { fr: 'Salle' },
  capacity: 8,
  units: 1,
  stepMinutes: 30,
  gapMinutes: 0,
  requirement: {},
  minimumAge: null,
  priceKind: 'free',
  priceCents: null,
  pricePer: null,
  preset: 'open',
  rules: { resource: { cancelUntilMinutes: 60 }, space: {}, site: {} },
  archived: false,
  line: null,
  space: null,
  site: {
    id: '01900000-0000-7000-8000-000000000003',
    slug: 'gare',
    kind: 'station',
    name: { fr: 'Gare' },
    address: '1 rue de la Gare',
    commune: 'Renty',
    telephone: '03 00 00 00 01',
    timeZone: 'Europe/Paris',
    howToCome: {},
    accessibility: {},
  },
  stop: null,
};
const at14 = { start: at('2026-11-24', '14:00'), resource: room };
const ctxAt = (time: string) => makeCtx(undefined as unknown as Db, { now: at('2026-11-24', time) });

describe('Where to go', () => {
  const lastOf = (resource: ResourceView) => placeOf(resource, 'fr', 'fr').at(-1);
  const stop = { place: { fr: 'Place de l’église' }, address: '2 place de l’Église', commune: 'Fauquembergues' };

  test.each([
    ['1 rue de la Gare', 'Renty', '1 rue de la Gare, Renty'],
    ['1 rue de la Gare, 62560 Renty', 'Renty', '1 rue de la Gare, 62560 Renty'],
    [null, 'Renty', 'Renty'],
    ['1 rue de la Gare', null, '1 rue de la Gare'],
    [null, null, ''],
  ])('of %s in %s, the commune is said once', (address, commune, said) => {
    expect(addressOf(address, commune)).toBe(said);
    expect(lastOf({ ...room, site: { ...room.site, address, commune } })).toBe(said || 'Gare');
  });

  test('the commune of a stop is said once too', () => {
    expect(lastOf({ ...room, stop })).toBe('2 place de l’Église, Fauquembergues');
    expect(lastOf({ ...room, stop: { ...stop, address: 'Fauquembergues, place' } })).toBe('Fauquembergues, place');
  });
});

describe('Until when it may be changed', () => {
  const said = (time: string) => ruleSentences(at14, 'fr', 'fr', at('2026-11-24', time)).map(seen).join(' ');

  test('is said while it may, and no more once it is past', () => {
    expect(said('13:00')).toContain('Vous pouvez annuler ou déplacer jusqu’au mardi 24 novembre à 13 h.');
    expect(said('13:01')).not.toContain('annuler');
  });

  test.each<[string, BookingStatus | undefined, boolean]>([
    ['13:00', 'confirmed', false],
    ['13:01', 'confirmed', true],
    ['13:01', undefined, true],
    ['13:01', 'requested', false],
    ['13:01', 'held', false],
  ])('at %s, %s: too late is %s', (time, status, late) => {
    expect(isTooLate({ ...at14, ...(status ? { status } : {}) }, at('2026-11-24', time))).toBe(late);
  });

  test('too late, whom to call is said until it begins', () => {
    expect(tooLateSentence(ctxAt('13:00'), at14, 'fr')).toBe('');
    expect(seen(tooLateSentence(ctxAt('13:01'), at14, 'fr'))).toContain('appelez le 03 00 00 00 01.');
    expect(tooLateSentence(ctxAt('14:00'), at14, 'fr')).toBe('');
  });

  test.each([
    ['fr', 'appelez le 03 00 00 00 00.', 'appelez-nous.'],
    ['nl', 'bel dan 03 00 00 00 00.', 'bel dan ons.'],
    ['en', 'call 03 00 00 00 00.', 'call us.'],
  ] as const)('a site with no telephone gives the territory’s, in %s', (locale, number, nobody) => {
    const mute = { ...at14, resource: { ...room, site: { ...room.site, telephone: null } } };
    const ctx = ctxAt('13:30');
    expect(seen(tooLateSentence(ctx, mute, locale))).toContain(number);
    const lost = { ...ctx, territory: { ...territory, telephone: null } };
    expect(seen(tooLateSentence(lost, mute, locale))).toContain(nobody);
  });
});
