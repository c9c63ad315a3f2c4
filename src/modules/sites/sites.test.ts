import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { journalKinds } from '../../../test/harness/bookings.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makeSite } from '../../../test/harness/make.ts';

const house = useHouse();
let admin: Visitor;

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
});

describe('a new place', () => {
  it('takes at most five pages and twelve required fields to have a room that can be booked', async () => {
    const required = (html: string) => {
      const main = html.slice(html.indexOf('<main'));
      const controls = [...main.matchAll(/<(?:input|select|textarea)[^>]*\srequired[^>]*>/g)].map(([tag]) => tag);
      return new Set(controls.map((tag) => /name="([^"]+)"/.exec(tag)?.[1])).size;
    };
    const pages = [await admin.get('/fr/gestion')];
    expect(pages[0]!.text).toContain('href="/fr/gestion/lieux/nouveau"');
    pages.push(await admin.get('/fr/gestion/lieux/nouveau'));
    const site = {
      ...fieldsOf(pages[1]!.text, '/fr/gestion/lieux/nouveau'),
      'name.fr': 'La Halte d’Arques',
      commune: 'Arques',
    };
    const created = await admin.post('/fr/gestion/lieux/nouveau', site);
    expect(created.status, created.text).toBe(303);
    expect(created.location).toBe('/fr/gestion/lieux/la-halte-d-arques/horaires?guide=1');
    pages.push(await admin.get(created.location!));
    const hours = fieldsOf(pages[2]!.text, '/fr/gestion/lieux/la-halte-d-arques/horaires?guide=1');
    const copied = await admin.post(created.location!, {
      ...hours,
      'h1.0.from': '09:00',
      'h1.0.to': '17:00',
      copier: '5',
    });
    expect(copied.status).toBe(200);
    const week = fieldsOf(copied.text, '/fr/gestion/lieux/la-halte-d-arques/horaires?guide=1');
    expect(week['h5.0.to']).toBe('17:00');
    const saved = await admin.post(created.location!, week);
    expect(saved.location).toBe('/fr/gestion/lieux/la-halte-d-arques/ressources/nouvelle?guide=1');
    pages.push(await admin.get(saved.location!));
    const room = fieldsOf(pages[3]!.text, saved.location!);
    const done = await admin.post(saved.location!, { ...room, 'name.fr': 'Salle du Canal', capacity: '8' });
    expect(done.location, done.text).toBe('/fr/gestion/lieux/la-halte-d-arques?guide=1');
    pages.push(await admin.get(done.location!));
    expect(pages[4]!.text).toContain('Le lieu est prêt');
    expect(pages.length).toBeLessThanOrEqual(5);
    expect(pages.reduce((sum, page) => sum + required(page.text), 0)).toBeLessThanOrEqual(12);
    const free = await house.visitor().get('/fr/lieux/la-halte-d-arques/salle-du-canal');
    expect(free.status).toBe(200);
    const row = await house.db
      .selectFrom('site')
      .select('id')
      .where('slug', '=', 'la-halte-d-arques')
      .executeTakeFirstOrThrow();
    expect(await journalKinds(house.db, row.id)).toEqual(['site.created', 'site.hours_changed']);
  });

  it('can begin as a copy of another, hours, spaces and rooms included', async () => {
    const form = fieldsOf(
      (await admin.get('/fr/gestion/lieux/nouveau?copie=la-station')).text,
      '/fr/gestion/lieux/nouveau',
    );
    const made = await admin.post('/fr/gestion/lieux/nouveau', {
      ...form,
      'name.fr': 'La Station bis',
      commune: 'Arques',
    });
    expect(made.location, made.text).toBe('/fr/gestion/lieux/la-station-bis?fait=copie');
    const count = async (slug: string, table: 'space' | 'resource') => {
      const rows = await house.db
        .selectFrom(table)
        .innerJoin('site', 'site.id', `${table}.site_id`)
        .select(`${table}.id`)
        .where('site.slug', '=', slug)
        .where(`${table}.archived_at`, 'is', null)
        .execute();
      return rows.length;
    };
    expect(await count('la-station-bis', 'resource')).toBe(await count('la-station', 'resource'));
    expect(await count('la-station-bis', 'space')).toBe(await count('la-station', 'space'));
    expect((await admin.get('/fr/lieux/la-station-bis')).status).toBe(200);
  });

  it('asks which commune when several bear the name, and says when none does', async () => {
    for (const code of ['TEST-1', 'TEST-2']) {
      await house.db
        .insertInto('commune')
        .values({ code, name: 'Deuxfois', search_name: 'deuxfois', lat: 50.7, lon: 2.2 })
        .execute();
    }
    const form = fieldsOf((await admin.get('/fr/gestion/lieux/nouveau')).text, '/fr/gestion/lieux/nouveau');
    const asked = await admin.post('/fr/gestion/lieux/nouveau', {
      ...form,
      'name.fr': 'Chez nous',
      commune: 'Deuxfois',
    });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('value="TEST-2"');
    expect(asked.text).toContain('value="Chez nous"');
    const none = await admin.post('/fr/gestion/lieux/nouveau', {
      ...form,
      'name.fr': 'Chez nous',
      commune: 'Nullepart',
    });
    expect(none.status).toBe(422);
    expect(none.text).toContain('Aucune commune ne s’appelle');
    const chosen = { ...form, 'name.fr': 'Chez nous', commune: 'Deuxfois', commune_code: 'TEST-2' };
    expect((await admin.post('/fr/gestion/lieux/nouveau', chosen)).status).toBe(303);
  });
});

describe('a bus', () => {
  it('may belong to no commune, and asks for what is booked on board', async () => {
    const path = '/fr/gestion/lieux/nouveau';
    const form = { ...fieldsOf((await admin.get(path)).text, path), 'name.fr': 'Le Bus du soir', commune: '' };
    const fixed = await admin.post(path, { ...form, kind: 'station' });
    expect(fixed.status).toBe(422);
    expect(fixed.text).toContain('Ce champ est nécessaire.');
    const wrong = await admin.post(path, { ...form, kind: 'mobile', telephone: '12' });
    expect(wrong.text).toContain('La première chose à réserver à bord');
    expect(wrong.text).not.toContain('La première salle');
    const made = await admin.post(path, { ...form, kind: 'mobile', telephone: '0321000010' });
    expect(made.location, made.text).toBe('/fr/gestion/lieux/le-bus-du-soir/tournee/nouvelle?guide=1');
    const card = '/fr/gestion/lieux/le-bus-du-soir/fiche';
    const kept = fieldsOf((await admin.get(card)).text, card);
    expect(kept).toMatchObject({ commune: '', telephone: '03 21 00 00 10' });
    expect((await admin.post(card, { ...kept, commune: 'Lumbres (62380)' })).status).toBe(303);
    expect(fieldsOf((await admin.get(card)).text, card).commune).toBe('Lumbres (62380)');
    const room = await admin.get('/fr/gestion/lieux/le-bus-du-soir/ressources/nouvelle?guide=1');
    expect(room.text).toContain('Nouvelle chose à réserver à bord');
    expect((await house.visitor().get('/fr/lieux/le-bus-du-soir')).status).toBe(200);
    expect((await house.visitor().get('/fr/lieux')).status).toBe(200);
  });
});

describe('a change', () => {
  it('is refused when the page is stale, keeping what was written', async () => {
    const site = await makeSite(house.db, { name: 'Avant' });
    await house.db.updateTable('site').set({ version: 1 }).where('id', '=', site.id).execute();
    const path = `/fr/gestion/lieux/${site.slug}/fiche`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const first = await admin.post(path, { ...form, 'name.fr': 'Premier' });
    expect(first.status, first.text).toBe(303);
    const second = await admin.post(path, { ...form, 'name.fr': 'Second' });
    expect(second.status).toBe(412);
    expect(second.text).toContain('value="Second"');
    expect(second.text).toContain('a changé entre-temps');
    expect(await journalKinds(house.db, site.id)).toEqual(['site.changed']);
  });

  it('meets hostile values with a clear refusal', async () => {
    const site = await makeSite(house.db);
    const path = `/fr/gestion/lieux/${site.slug}/fiche`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const hostile: Record<string, string>[] = [
      { version: '-1' },
      { version: '99999999999999999999' },
      { 'name.fr': '' },
      { 'name.fr': 'x'.repeat(5000) },
      { kind: 'palace' },
      { time_zone: 'Mars/Olympus' },
      { lat: '1e400', lon: '0' },
      { 'rules.maxMinutes': 'DROP TABLE' },
      { 'rules.horizonDays': '1e9' },
      { telephone: '\u0000<script>' },
      { commune: '%_\\' },
    ];
    for (const values of hostile) {
      const answer = await admin.post(path, { ...form, ...values });
      expect(answer.status, JSON.stringify(values).slice(0, 80)).toBe(422);
    }
    const script = await admin.post(path, { ...form, 'name.fr': '<script>alert(1)</script>\u0000\ud800' });
    expect(script.status).toBe(303);
    expect((await admin.get(`/fr/gestion/lieux/${site.slug}`)).text).not.toContain('<script>alert');
    for (const slug of ['%00', "a'b", '..%2f', randomUUID() + randomUUID() + randomUUID()]) {
      expect((await admin.get(`/fr/gestion/lieux/${slug}`)).status, slug).toBe(404);
    }
    const foreign = await admin.post(path, form, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
  });
});

describe('photos', () => {
  const form = (file: Blob, name: string) => {
    const data = new FormData();
    data.set('version', '1');
    data.set('alt.fr', 'La salle, vue de la porte');
    data.set('photo', file, name);
    return data;
  };

  it('keeps a photo without what the camera wrote in it', async () => {
    const site = await makeSite(house.db);
    const jpeg = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#3355aa' } })
      .withExif({ IFD0: { Make: 'Secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 45/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(jpeg).metadata()).exif).toBeDefined();
    const path = `/fr/gestion/lieux/${site.slug}/photo`;
    const kept = await admin.upload(path, form(new Blob([new Uint8Array(jpeg)]), 'salle.jpg'));
    expect(kept.status, kept.text).toBe(303);
    const row = await house.db
      .selectFrom('site')
      .innerJoin('file', 'file.id', 'site.photo_id')
      .select(['file.sha256', 'file.alt', 'file.width'])
      .where('site.id', '=', site.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ width: 1200, alt: { fr: 'La salle, vue de la porte' } });
    const answer = await house.app.request(`http://localhost:3000/files/${row.sha256}/400.webp`);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const picture = Buffer.from(await answer.arrayBuffer());
    const seen = await sharp(picture).metadata();
    expect(seen).toMatchObject({ format: 'webp', width: 400 });
    expect(seen.exif).toBeUndefined();
    expect(picture.includes('Secret')).toBe(false);
    expect((await house.visitor().get(`/fr/lieux/${site.slug}`)).text).toContain(row.sha256);
    expect((await admin.post(`${path}/retrait`, { version: '2' })).status).toBe(303);
  });

  it('refuses what is no photo, whatever its name says', async () => {
    const site = await makeSite(house.db);
    const path = `/fr/gestion/lieux/${site.slug}/photo`;
    const disguised = [
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'MZ\u0090\u0000',
      '\u00ff\u00d8\u00ffnot a jpeg at all',
    ];
    for (const content of disguised) {
      const answer = await admin.upload(
        path,
        form(new Blob([Buffer.from(content, 'latin1')], { type: 'image/jpeg' }), 'photo.jpg'),
      );
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('La salle, vue de la porte');
    }
    const huge = await sharp({ create: { width: 8000, height: 5200, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const answer = await admin.upload(path, form(new Blob([new Uint8Array(huge)]), 'photo.png'));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('millions de points');
    for (const name of [
      '../../etc/passwd',
      '..%2f..%2fetc%2fpasswd',
      `${'a'.repeat(64)}/400.webp`,
      `${'a'.repeat(64)}/9.webp`,
    ]) {
      expect((await house.visitor().get(`/files/${name}`)).status, name).toBe(404);
    }
  });
});
