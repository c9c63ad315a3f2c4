import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import { type Body, joinStandings, type Standing } from './join.rules.ts';

const own = (id: string): Body => ({ id, own: true, name: null, birthYear: null });
const child = (id: string, name: string, birthYear: number | null = 2016): Body => ({
  id,
  own: false,
  name,
  birthYear,
});
const pupil = (id: string): Body => ({ id, own: false, name: null, birthYear: null });

const stand = (id: string, status: Standing['status'], people: Body[], more: Partial<Standing> = {}): Standing => ({
  id,
  status,
  waitingSince: null,
  createdAt: monday9,
  organisationId: null,
  marked: false,
  people,
  ...more,
});

describe('two registrations of one person', () => {
  it.each<[string, Standing, Standing, object]>([
    [
      'who sits goes before who waits',
      stand('a', 'waiting', [own('a1')]),
      stand('b', 'registered', [own('b1')]),
      { kept: 'b', other: 'a', outcome: 'given', twice: ['a1'] },
    ],
    [
      'the earlier turn goes before the later',
      stand('a', 'waiting', [own('a1')], { waitingSince: addMinutes(monday9, 5) }),
      stand('b', 'waiting', [own('b1')], { waitingSince: monday9 }),
      { kept: 'b', other: 'a', outcome: 'given' },
    ],
    [
      'a child of each comes; the parent comes once',
      stand('a', 'registered', [own('a1'), child('a2', 'Léo')]),
      stand('b', 'registered', [own('b1'), child('b2', 'Zoé')]),
      { kept: 'a', outcome: 'moved', twice: ['b1'], alone: ['b2'] },
    ],
    [
      'the same child, however it was typed, comes once',
      stand('a', 'registered', [child('a1', 'Léo')]),
      stand('b', 'registered', [child('b1', ' léo ')]),
      { outcome: 'given', twice: ['b1'] },
    ],
    [
      'two children of one first name, born in two years, both come',
      stand('a', 'registered', [child('a1', 'Léo', 2016)]),
      stand('b', 'registered', [child('b1', 'Léo', 2018)]),
      { outcome: 'moved', alone: ['b1'] },
    ],
    [
      'those without a name are nobody else',
      stand('a', 'registered', [pupil('a1'), pupil('a2')]),
      stand('b', 'registered', [pupil('b1'), pupil('b2')]),
      { outcome: 'moved', alone: ['b1', 'b2'] },
    ],
    [
      'those for whom it waits go on waiting in their turn',
      stand('a', 'registered', [own('a1')]),
      stand('b', 'waiting', [own('b1'), child('b2', 'Zoé')], { waitingSince: monday9 }),
      { kept: 'a', outcome: 'apart', twice: ['b1'], alone: ['b2'] },
    ],
    [
      'what was written down on the list stays',
      stand('a', 'registered', [own('a1')], { marked: true }),
      stand('b', 'registered', [own('b1')], { marked: true }),
      { outcome: 'left' },
    ],
    [
      'the one that was written down is kept',
      stand('a', 'registered', [own('a1')]),
      stand('b', 'registered', [own('b1')], { marked: true }),
      { kept: 'b', outcome: 'given' },
    ],
    [
      'two classes of two schools stay two',
      stand('a', 'registered', [own('a1')], { organisationId: 'x' }),
      stand('b', 'registered', [own('b1')], { organisationId: 'y' }),
      { outcome: 'left' },
    ],
  ])('%s', (_name, a, b, expected) => {
    expect(joinStandings([a, b])).toMatchObject([expected]);
    expect(joinStandings([b, a])).toMatchObject([expected]);
  });

  it('however many there are: nobody is lost, and nobody named comes twice', () => {
    const other = fc.record({
      own: fc.constant(false),
      name: fc.constantFrom('Léo', 'Zoé', null),
      birthYear: fc.constantFrom(2016, null),
    });
    const self = { own: true, name: null, birthYear: null };
    const people = fc
      .tuple(fc.boolean(), fc.array(other, { maxLength: 3 }))
      .map(([comes, others]) => (comes || others.length === 0 ? [self, ...others] : others));
    const standing = fc.record({
      status: fc.constantFrom<Standing['status']>('registered', 'registered', 'offered', 'waiting', 'invited'),
      people,
      wait: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(standing, { minLength: 2, maxLength: 4 }), (list) => {
        const all = list.map(({ status, people, wait }, at) =>
          stand(
            `${at}`,
            status,
            people.map((one, n) => ({ ...one, id: `${at}-${n}` })),
            { waitingSince: status === 'waiting' ? addMinutes(monday9, wait) : null },
          ),
        );
        const joinings = joinStandings(all);
        const kept = all.find((one) => one.id === joinings[0]!.kept)!;
        const coming = [...kept.people];
        for (const { other, outcome, twice, alone } of joinings) {
          const people = all.find((one) => one.id === other)!.people;
          expect([...twice, ...alone].sort()).toEqual(people.map(({ id }) => id).sort());
          if (outcome === 'moved') coming.push(...people.filter(({ id }) => alone.includes(id)));
          if (outcome === 'given') expect(alone).toEqual([]);
          // Who comes twice is among those who come already.
          const of = (one: Body) => `${one.own} ${one.name} ${one.birthYear}`;
          for (const id of twice) expect(coming.map(of)).toContain(of(people.find((one) => one.id === id)!));
        }
        const selves = coming.filter((one) => one.own).length;
        expect(selves).toBeLessThanOrEqual(Math.max(1, kept.people.filter((one) => one.own).length));
      }),
    );
  });
});
