import { beforeAll, describe, expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';
import { seen } from '../../../test/harness/seen.ts';
import { readAround } from './index.ts';

const house = useHouse();

beforeAll(async () => {
  const commune = (code: string, name: string, postcode: string) => ({
    code,
    name,
    search_name: name.toLowerCase(),
    postcodes: [postcode],
    lat: 50.7,
    lon: 2.2,
  });
  await house.db
    .insertInto('commune')
    .values([
      commune('90001', 'Villessai', '90100'),
      commune('90002', 'Villessai', '90200'),
      commune('90003', 'Doublessai', '90300'),
      commune('90004', 'Doublessai', '90300'),
    ])
    .execute();
});

const shownFor = async (text: string) => (await readAround(house.ctx(), text)).shown;

describe('Around which commune one looks', () => {
  test('what is shown once it is known means the same when it is sent again', async () => {
    for (const typed of ['Lumbres', '90100', 'villessai (90200)', 'Doublessai (90004)']) {
      const { commune, shown } = await readAround(house.ctx(), typed);
      expect((await readAround(house.ctx(), shown)).commune, typed).toEqual(commune);
    }
    expect([await shownFor('90100'), await shownFor('villessai (90200)')]).toEqual([
      'Villessai (90100)',
      'Villessai (90200)',
    ]);
    expect(await shownFor('Nulle-part')).toBe('Nulle-part');
  });

  test.each(['trouver?', 'agenda?', 'rendez-vous?'])('is chosen in /fr/%s among those of one name', async (path) => {
    const open = async (pres: string) => (await house.visitor().get(`/fr/${path}pres=${pres}`)).text;
    const two = await open('Villessai');
    expect(seen(two)).toContain('Plusieurs communes répondent à « Villessai »');
    // By their postcode, as people write it; by their code where that is the same.
    for (const code of ['90100', '90200']) expect(two).toMatch(new RegExp(`pres=Villessai\\+%28${code}%29`));
    const same = await open('Doublessai');
    for (const code of ['90003', '90004']) expect(same).toMatch(new RegExp(`pres=Doublessai\\+%28${code}%29`));
    expect(await open('Villessai+%2890200%29')).toContain('value="Villessai (90200)"');
    expect(await open('90100')).toContain('value="Villessai (90100)"');
  });
});
