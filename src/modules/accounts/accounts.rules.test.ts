import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentLabel, isWeakPin, localPath } from './accounts.rules.ts';
import { checkRegistration, checkSiret, isSiret } from './organisation.rules.ts';

describe('where a sign-in may lead', () => {
  test.each(['/fr', '/fr/compte', '/fr/trouver?jour=2026-11-23&quoi=laser', '/r/ABCDEFGHJK'])('%s stays', (path) => {
    expect(localPath(path)).toBe(path);
  });

  test.each([
    undefined,
    '',
    'fr/compte',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example\n',
    'https://evil.example/fr',
    'javascript:alert(1)',
    '/fr\\..\\..',
    '/./\\evil.example',
    '/.//evil.example',
    `/${'a'.repeat(600)}`,
  ])('%j goes nowhere', (path) => {
    expect(localPath(path)).toBeUndefined();
  });

  test('whatever is given, a browser stays on this site', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((text) => `/${text}`),
        ),
        (given) => {
          const path = localPath(given);
          if (path !== undefined) expect(new URL(path, 'https://quai.example').origin).toBe('https://quai.example');
        },
      ),
    );
  });
});

test.each([
  ['Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0', 'Firefox, Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605 Version/15.0 Mobile Safari/604.1',
    'Safari, iPhone',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge, Windows'],
  ['curl/8', ''],
  [undefined, ''],
])('the browser %j is called %j', (agent, label) => {
  expect(agentLabel(agent)).toBe(label);
});

test.each(['000000', '999999', '123456', '654321', '345678', '121212', '123123', '890123'])(
  'the PIN %s is too easy',
  (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  },
);
test.each(['804159', '112233', '735291'])('the PIN %s is accepted', (pin) => {
  expect(isWeakPin(pin)).toBe(false);
});

describe('a SIRET', () => {
  test.each([
    ['73282932000074', true],
    ['732 829 320 00074', true],
    ['35600000000048', true, 'La Poste, head office'],
    ['35600000049837', true, 'La Poste, a place of its own: digits that add up to a multiple of five'],
    ['35600000049838', false, 'La Poste, one digit off'],
    ['73282932000075', false],
    ['7328293200007', false],
    ['732829320000744', false],
    ['00000000000000', false],
    ['73282932OOOO74', false],
    ['', false],
  ] as [string, boolean, string?][])('%s: %s %s', (text, good) => {
    expect(checkSiret(text).ok).toBe(good);
  });

  test('one wrong digit is always seen, La Poste excepted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (at, step) => {
        const digits = [...'73282932000074'];
        digits[at] = String((Number(digits[at]) + step) % 10);
        expect(isSiret(digits.join(''))).toBe(false);
      }),
    );
  });

  test('elsewhere than in France any number is welcome, or none', () => {
    expect(checkRegistration('BE', '0403.170.701')).toEqual({ ok: true, registration: '0403170701' });
    expect(checkRegistration('BE', '')).toEqual({ ok: true, registration: null });
    expect(checkRegistration('FR', null)).toEqual({ ok: true, registration: null });
    expect(checkRegistration('NL', 'KvK <script>').ok).toBe(false);
    expect(checkRegistration('FR', '12345')).toEqual({ ok: false, fault: 'length' });
    expect(checkRegistration('FR', '73282932000075')).toEqual({ ok: false, fault: 'key' });
  });
});
