import { describe, expect, test } from 'vitest';
import { optionalTelephone, telephone } from './input.ts';

describe('a telephone number', () => {
  test.each([
    ['0321000010', '03 21 00 00 10'],
    ['03.21.00.00.10', '03 21 00 00 10'],
    [' 03-21-00 00\u00a010 ', '03 21 00 00 10'],
    ['+33321000010', '+33 3 21 00 00 10'],
    ['+33 (0)3 21 00 00 10', '+33 3 21 00 00 10'],
    ['0033321000010', '+33 3 21 00 00 10'],
    ['+32  57 33-40-81', '+32 57 33 40 81'],
    ['057 33 40 81', '057 33 40 81'],
    ['0470 12 34 56', '0470 12 34 56'],
    ['112233', '112233'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(telephone.parse(typed)).toBe(kept);
    expect(telephone.parse(kept)).toBe(kept);
  });

  test.each([
    '',
    '12',
    '0321 12',
    '03 21 00 00',
    '+33 3 21',
    'appelez-moi',
    '03 21 00 00 10 poste 4',
    '+',
    `1${'0'.repeat(15)}`,
  ])('%s is none', (typed) => {
    expect(telephone.safeParse(typed).success).toBe(false);
  });

  test('may be left empty', () => {
    expect(optionalTelephone.parse('')).toBeUndefined();
    expect(optionalTelephone.parse('  ')).toBeUndefined();
    expect(optionalTelephone.parse(undefined)).toBeUndefined();
    expect(optionalTelephone.safeParse('12').success).toBe(false);
  });
});
