import { expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';

const app = useHouse();

const nameOf = (id: string) =>
  app.db.selectFrom('person').select('name').where('id', '=', id).executeTakeFirstOrThrow();

test.each([
  ['fr', 'Votre nom', 'À votre nom\u00a0: Odile.'],
  ['nl', 'Uw naam', 'Op naam van Odile.'],
  ['en', 'Your name', 'In the name of Odile.'],
] as const)('The form says in %s in whose name it books, and asks whoever has none', async (locale, asked, named) => {
  const { slug } = await makeResource(app.db, (await makeSite(app.db)).id);
  const path = `/${locale}/reserver/${slug}?debut=2026-11-24T14:00:00%2B01:00&fin=2026-11-24T16:00:00%2B01:00`;
  const nameless = await app.signedIn((await makePerson(app.db, { name: '' })).email!);
  const form = (await nameless.get(path)).text;
  expect(form).toContain(asked);
  expect(form).toContain('name="nom"');
  const odile = await app.signedIn((await makePerson(app.db, { name: 'Odile' })).email!);
  expect((await odile.get(path)).text).toContain(`<p>${named}</p>`);
});

test('The name of whoever had none is needed, kept, and asked once; sent twice, the form books once', async () => {
  const { slug } = await makeResource(app.db, (await makeSite(app.db)).id);
  const person = await makePerson(app.db, { name: '' });
  const visitor = await app.signedIn(person.email!);
  const form = {
    chose: `${slug}|2026-11-24T14:00:00+01:00|2026-11-24T16:00:00+01:00`,
    personnes: '1',
    envoi: newId(),
    geste: 'reserver',
  };
  const refused = await visitor.post('/fr/reservations', form);
  expect([refused.status, (await nameOf(person.id)).name]).toEqual([422, '']);
  const booked = await visitor.post('/fr/reservations', { ...form, nom: 'Rita Essai' });
  expect([booked.status, (await nameOf(person.id)).name]).toEqual([303, 'Rita Essai']);
  const again = await visitor.post('/fr/reservations', { ...form, nom: 'Rita Essai' });
  expect([again.status, again.location]).toEqual([303, booked.location]);
  const other = await visitor.post('/fr/reservations', {
    ...form,
    chose: `${slug}|2026-11-25T14:00:00+01:00|2026-11-25T16:00:00+01:00`,
    envoi: newId(),
    nom: 'Somebody else',
  });
  expect([other.status, (await nameOf(person.id)).name]).toEqual([303, 'Rita Essai']);
});
