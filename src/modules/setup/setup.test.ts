import { beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeSite } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';

const house = useHouse();
let admin: Visitor;

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
});

describe('who may enter', () => {
  it('shows the administration to administrators and to nobody else', async () => {
    expect((await admin.get('/fr/gestion')).status).toBe(200);
    expect((await house.visitor().get('/fr/gestion')).status).toBe(404);
    const team = await house.signedIn('equipe@quai.example');
    for (const path of [
      '/fr/gestion',
      '/fr/gestion/territoire',
      '/fr/gestion/lieux/la-station',
      '/fr/gestion/communes',
    ]) {
      expect((await team.get(path)).status, path).toBe(404);
    }
    expect((await team.post('/fr/gestion/lieux/la-station/archivage', { version: '1' })).status).toBe(404);
    expect((await team.get('/fr')).text).not.toContain('href="/fr/gestion"');
    expect((await admin.get('/fr')).text).toContain('href="/fr/gestion"');
  });

  it('gives the administrator of one place that place only', async () => {
    const site = await makeSite(house.db);
    const other = await makeSite(house.db);
    const person = await makePerson(house.db);
    await house.db
      .insertInto('role_grant')
      .values({ id: newId(), person_id: person.id, site_id: site.id, role: 'administrator', created_at: house.now.at })
      .execute();
    const local = await house.signedIn(person.email!);
    expect((await local.get('/fr/gestion')).text).toContain(`/fr/gestion/lieux/${site.slug}`);
    expect((await local.get('/fr/gestion')).text).not.toContain(`/fr/gestion/lieux/${other.slug}`);
    expect((await local.get(`/fr/gestion/lieux/${site.slug}/fiche`)).status).toBe(200);
    for (const path of [`lieux/${other.slug}`, 'territoire', 'communes', 'lignes', 'lieux/nouveau']) {
      expect((await local.get(`/fr/gestion/${path}`)).status, path).toBe(404);
    }
  });

  it('speaks Dutch and English on every page', async () => {
    for (const locale of ['nl', 'en']) {
      for (const path of [
        '',
        '/territoire',
        '/communes',
        '/lignes',
        '/lignes/nouvelle',
        '/lieux/nouveau',
        '/lieux/la-station',
        '/lieux/la-station/fiche',
        '/lieux/la-station/horaires',
        '/lieux/la-station/ressources/nouvelle',
        '/lieux/la-station/espaces/nouveau',
        '/lieux/bus/tournee',
        '/lieux/bus/tournee/nouvelle',
        '/lieux/la-station/photo',
      ]) {
        const answer = await admin.get(`/${locale}/gestion${path}`);
        expect(answer.status, path).toBe(200);
        expect(answer.text).not.toMatch(/ style="|undefined|\[object/);
        expect(answer.text.match(/<h1/g)?.length).toBe(1);
      }
    }
  });
});
