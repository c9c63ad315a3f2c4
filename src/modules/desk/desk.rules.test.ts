import { expect, test } from 'vitest';
import { at } from '../../../test/harness/make.ts';
import { endsOf, stretchesOf } from './desk.rules.ts';

const monday = '2026-11-23';
const lengths = { stepMinutes: 30, minMinutes: 30, maxMinutes: 240, gapMinutes: 0 };
const span = (from: string, to: string) => ({ start: at(monday, from), end: at(monday, to) });

test('whoever comes in during a step is given the step under way', () => {
  const room = { open: [span('08:00', '12:00')], full: [span('10:00', '11:00')] };
  expect(stretchesOf(room, at(monday, '09:05'), lengths)).toEqual([span('09:00', '10:00'), span('11:00', '12:00')]);
});

test('the gap after a booking is kept free before the next one', () => {
  const room = { open: [span('08:00', '12:00')], full: [span('10:00', '11:00')] };
  const gap = { ...lengths, gapMinutes: 15 };
  expect(stretchesOf(room, at(monday, '08:00'), gap)).toEqual([span('08:00', '09:30'), span('11:00', '12:00')]);
});

test('nothing is offered after closing, nor where the shortest booking does not fit', () => {
  const room = { open: [span('08:00', '12:00')], full: [] };
  expect(stretchesOf(room, at(monday, '12:00'), lengths)).toEqual([]);
  expect(stretchesOf(room, at(monday, '11:00'), { ...lengths, minMinutes: 120 })).toEqual([]);
});

test('the ends offered are usual lengths that the rules allow', () => {
  const ends = endsOf(span('08:00', '12:00'), lengths).map(
    (end) => (end.getTime() - at(monday, '08:00').getTime()) / 60_000,
  );
  expect(ends).toEqual([60, 120, 180, 240]);
  expect(endsOf(span('08:00', '08:30'), lengths)).toEqual([at(monday, '08:30')]);
});
