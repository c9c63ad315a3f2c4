import { beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';

const house = useHouse();
let admin: Visitor;

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
});

describe('the territory', () => {
  it('changes its card, its communes and its lines', async () => {
    const path = '/fr/gestion/territoire';
    const form = fieldsOf((await admin.get(path)).text, path);
    expect((await admin.post(path, { ...form, name: 'Pays neuf', 'publisher.director': 'La directrice' })).status).toBe(
      303,
    );
    expect((await admin.post(path, { ...form, name: 'Autre' })).status).toBe(412);
    const commune = { name: 'Villeneuve-l’Essai', country: 'FR', postcode: '99999', lat: '50,5', lon: '2,5' };
    const added = await admin.post('/fr/gestion/communes', commune);
    expect(added.status).toBe(303);
    expect((await admin.get(added.location!)).text).toContain('Villeneuve-l’Essai');
    expect((await admin.post('/fr/gestion/communes', { ...commune, lat: '500' })).status).toBe(422);
    const line = { letter: 'x', colour: 'green', 'name.fr': 'Nature' };
    expect((await admin.post('/fr/gestion/lignes/nouvelle', line)).status).toBe(303);
    const same = await admin.post('/fr/gestion/lignes/nouvelle', line);
    expect(same.status).toBe(422);
    expect(same.text).toContain('Une autre ligne porte déjà X');
    const own = '/fr/gestion/lignes/nature';
    const shown = fieldsOf((await admin.get(own)).text, own);
    expect((await admin.post(own, { ...shown, 'name.nl': 'Natuur' })).status).toBe(303);
    expect((await admin.post(own, { ...shown, 'name.nl': 'Te laat' })).status).toBe(412);
  });

  it('takes a SIRET that exists, spaces included, another number as it comes, and no false SIRET', async () => {
    const path = '/fr/gestion/territoire';
    const send = async (number: string) =>
      admin.post(path, { ...fieldsOf((await admin.get(path)).text, path), 'publisher.registration': number });
    const wrong = await send('732 829 320 00075');
    expect([wrong.status, wrong.text.includes('Ce SIRET n’existe pas')]).toEqual([422, true]);
    for (const number of ['732 829 320 00074', '356 000 000 49837', 'W595012345', '0470.123.456', '']) {
      expect((await send(number)).status, number).toBe(303);
    }
  });
});
