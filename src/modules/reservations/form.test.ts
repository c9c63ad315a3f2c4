import { expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';

const app = useHouse();

test.each([
  ['fr', 'À votre nom.', 'Au nom de Odile.'],
  ['nl', 'Op uw naam.', 'Op naam van Odile.'],
  ['en', 'In your name.', 'In the name of Odile.'],
] as const)(
  'The form says in %s in whose name it books, also for who has given none yet',
  async (locale, none, named) => {
    const { slug } = await makeResource(app.db, (await makeSite(app.db)).id);
    const path = `/${locale}/reserver/${slug}?debut=2026-11-24T14:00:00%2B01:00&fin=2026-11-24T16:00:00%2B01:00`;
    for (const [name, said] of [
      ['', none],
      ['Odile', named],
    ] as const) {
      const person = await makePerson(app.db, { name });
      expect((await (await app.signedIn(person.email!)).get(path)).text).toContain(`<p>${said}</p>`);
    }
  },
);
