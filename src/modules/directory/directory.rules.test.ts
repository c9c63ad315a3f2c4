import { describe, expect, test } from 'vitest';
import { isEnough, wantedOf } from './directory.rules.ts';

describe('what is typed to find a person', () => {
  test.each([
    ['03 21 00 12 34', expect.arrayContaining(['321001234'])],
    ['+33 3 21 00 12 34', expect.arrayContaining(['321001234'])],
    ['0033 321 001 234', expect.arrayContaining(['321001234'])],
    ['+33 (0)3.21.00.12.34', expect.arrayContaining(['321001234'])],
    ['+352 621 000 111', expect.arrayContaining(['621000111'])],
    ['1234', []],
    ['rue 123456', []],
  ])('reads the telephone in "%s"', (typed, ends) => {
    expect(wantedOf(typed).telephones).toEqual(ends);
  });

  test('is words without accents, whole e-mails, and more than a letter', () => {
    expect(wantedOf(' Sœur  HÉLOÏSE-Marie ').words).toEqual(['soeur', 'heloise', 'marie']);
    expect(wantedOf('Anne@Exemple.FR').email).toBe('anne@exemple.fr');
    expect(wantedOf('Anne Exemple').email).toBe('');
    expect(['', ' ', 'a', '%', '12'].map((typed) => isEnough(wantedOf(typed)))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});
