import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp, type TestApp, type Visitor } from '../../../test/harness/app.ts';
import { type Clone, cloneDatabase } from '../../../test/harness/cluster.ts';
import { at, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { connect } from '../../core/db.ts';
import { newId, newReference } from '../../core/ids.ts';

let clone: Clone;
let test: TestApp;
let admin: Visitor;

beforeAll(async () => {
  clone = await cloneDatabase();
  test = await makeApp(connect(clone.url));
  admin = await test.signedIn('admin@quai.example');
});
afterAll(async () => {
  await test.db.destroy();
  await clone.drop();
});

/** The fields of the form on a page, as a browser would send them untouched. */
function fieldsOf(html: string, action: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  const form = html.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const plain = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const get = (name: string) => plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
    if (/type="(radio|checkbox)"/.test(tag)) {
      if (!/\schecked/.test(tag)) continue;
      if (/type="checkbox"/.test(tag)) {
        found[get('name')] = [...[found[get('name')] ?? []].flat(), get('value')];
        continue;
      }
    }
    found[get('name')] = get('value');
  }
  for (const [, name, text] of form.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</g))
    found[name!] = plain(text!);
  for (const [, name, list] of form.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)) {
    const values = [...list!.matchAll(/<option value="([^"]*)"([^>]*)>/g)];
    const chosen = values.find((one) => one[2]!.includes('selected')) ?? values[0];
    found[name!] = plain(chosen?.[1] ?? '');
  }
  return found;
}

async function book(resourceId: string, unitId: string, start: Date, end: Date): Promise<string> {
  const person = await makePerson(test.db);
  const id = newId();
  const reference = newReference();
  await test.db
    .insertInto('booking')
    .values({
      id,
      reference,
      resource_id: resourceId,
      person_id: person.id,
      status: 'confirmed',
      starts_at: start,
      ends_at: end,
      channel: 'web',
      created_at: test.now.at,
    })
    .execute();
  await test.db
    .insertInto('allocation')
    .values({
      id: newId(),
      unit_id: unitId,
      during: `[${start.toISOString()},${end.toISOString()})`,
      cause_kind: 'booking',
      cause_id: id,
    })
    .execute();
  return reference;
}

const journalKinds = async (subjectId: string) =>
  (await test.db.selectFrom('journal').select('kind').where('subject_id', '=', subjectId).execute()).map(
    (row) => row.kind,
  );

describe('who may enter', () => {
  it('shows the administration to administrators and to nobody else', async () => {
    expect((await admin.get('/fr/gestion')).status).toBe(200);
    expect((await test.visitor().get('/fr/gestion')).status).toBe(404);
    const team = await test.signedIn('equipe@quai.example');
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
    const site = await makeSite(test.db);
    const other = await makeSite(test.db);
    const person = await makePerson(test.db);
    await test.db
      .insertInto('role_grant')
      .values({ id: newId(), person_id: person.id, site_id: site.id, role: 'administrator', created_at: test.now.at })
      .execute();
    const local = await test.signedIn(person.email!);
    expect((await local.get('/fr/gestion')).text).toContain(`/fr/gestion/lieux/${site.slug}`);
    expect((await local.get('/fr/gestion')).text).not.toContain(`/fr/gestion/lieux/${other.slug}`);
    expect((await local.get(`/fr/gestion/lieux/${site.slug}/fiche`)).status).toBe(200);
    for (const path of [`lieux/${other.slug}`, 'territoire', 'communes', 'lignes', 'lieux/nouveau']) {
      expect((await local.get(`/fr/gestion/${path}`)).status, path).toBe(404);
    }
  });
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
    const free = await test.visitor().get('/fr/lieux/la-halte-d-arques/salle-du-canal');
    expect(free.status).toBe(200);
    const row = await test.db
      .selectFrom('site')
      .select('id')
      .where('slug', '=', 'la-halte-d-arques')
      .executeTakeFirstOrThrow();
    expect(await journalKinds(row.id)).toEqual(['site.created', 'site.hours_changed']);
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
      const rows = await test.db
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
      await test.db
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

describe('a change', () => {
  it('is refused when the page is stale, keeping what was written', async () => {
    const site = await makeSite(test.db, { name: 'Avant' });
    await test.db.updateTable('site').set({ version: 1 }).where('id', '=', site.id).execute();
    const path = `/fr/gestion/lieux/${site.slug}/fiche`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const first = await admin.post(path, { ...form, 'name.fr': 'Premier' });
    expect(first.status, first.text).toBe(303);
    const second = await admin.post(path, { ...form, 'name.fr': 'Second' });
    expect(second.status).toBe(412);
    expect(second.text).toContain('value="Second"');
    expect(second.text).toContain('a changé entre-temps');
    expect(await journalKinds(site.id)).toEqual(['site.changed']);
  });

  it('meets hostile values with a clear refusal', async () => {
    const site = await makeSite(test.db);
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

  it('reads lengths of time as people write them', async () => {
    const site = await makeSite(test.db);
    const room = await makeResource(test.db, site.id);
    const path = `/nl/gestion/lieux/${site.slug}/ressources/${room.slug}`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const rules = {
      'rules.maxMinutes': '2 u 30',
      'rules.noticeMinutes': '3 dagen',
      'rules.approval': 'yes',
      step_minutes: '15',
    };
    const saved = await admin.post(path, {
      ...form,
      ...rules,
      needs: ['meet'],
      price_kind: 'amount',
      price: '12,50',
      price_per: 'hour',
    });
    expect(saved.status, saved.text).toBe(303);
    const row = await test.db.selectFrom('resource').selectAll().where('id', '=', room.id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ price_cents: 1250, step_minutes: 15, needs: ['meet'] });
    expect(row.rules).toEqual({ maxMinutes: 150, noticeMinutes: 4320, approval: true });
    expect(fieldsOf((await admin.get(path)).text, path)).toMatchObject({
      'rules.maxMinutes': '2 u 30',
      needs: ['meet'],
    });
  });
});

describe('hours', () => {
  it('refuses openings that overlap, beside their day', async () => {
    const site = await makeSite(test.db);
    const path = `/fr/gestion/lieux/${site.slug}/horaires`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const wrong = await admin.post(path, {
      ...form,
      'h2.0.from': '09:00',
      'h2.0.to': '13:00',
      'h2.1.from': '12:00',
      'h2.1.to': '18:00',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Mardi\u00a0: deux ouvertures se chevauchent');
    const half = await admin.post(path, { ...form, 'h2.0.from': '09:00', 'h2.0.to': '' });
    expect(half.status).toBe(422);
    expect(half.text).toContain('il manque une heure');
  });

  it('closes one day, saying how many bookings fall outside', async () => {
    const site = await makeSite(test.db);
    const room = await makeResource(test.db, site.id);
    await book(room.id, room.units[0]!, at('2026-12-24', '10:00'), at('2026-12-24', '11:00'));
    const path = `/fr/gestion/lieux/${site.slug}`;
    const added = await admin.post(`${path}/exceptions`, { day: '2026-12-24', open: 'closed', 'reason.fr': 'Fête' });
    expect(added.location).toBe(`${path}/horaires?fait=exception&hors=1`);
    const page = await admin.get(added.location!);
    expect(page.text).toContain('jeudi 24\u00a0décembre');
    const remove = /action="([^"]+\/suppression)"/.exec(page.text)?.[1];
    expect((await admin.post(remove!)).status).toBe(303);
    expect((await admin.post(remove!)).status).toBe(404);
    expect((await admin.post(`${path}/exceptions`, { day: '2020-01-01', open: 'closed' })).status).toBe(422);
  });
});

describe('fewer places', () => {
  it('goes down to those that bookings hold, and no further', async () => {
    const site = await makeSite(test.db);
    const pool = await makeResource(test.db, site.id, { units: 4, kind: 'coworking_desk', capacity: 1 });
    await book(pool.id, pool.units[0]!, at('2026-11-24', '10:00'), at('2026-11-24', '11:00'));
    await book(pool.id, pool.units[3]!, at('2026-11-25', '10:00'), at('2026-11-25', '11:00'));
    const path = `/fr/gestion/lieux/${site.slug}/ressources/${pool.slug}`;
    const form = async () => fieldsOf((await admin.get(path)).text, path);
    expect((await admin.post(path, { ...(await form()), units: '2' })).status).toBe(303);
    const refused = await admin.post(path, { ...(await form()), units: '1' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Une réservation à venir occupe une place');
    const live = async () =>
      (
        await test.db
          .selectFrom('unit')
          .select('id')
          .where('resource_id', '=', pool.id)
          .where('archived_at', 'is', null)
          .execute()
      )
        .map((row) => row.id)
        .sort();
    expect(await live()).toEqual([pool.units[0], pool.units[3]].sort());
    expect((await admin.post(path, { ...(await form()), units: '5' })).status).toBe(303);
    expect((await live()).length).toBe(5);
    const archived = await admin.post(`${path}/archivage`, { version: String((await form()).version) });
    expect(archived.status).toBe(409);
    expect(archived.text).toContain('2 réservations à venir');
  });

  it('never lets a thing contain what contains it', async () => {
    const site = await makeSite(test.db);
    const half = await makeResource(test.db, site.id);
    const hall = await makeResource(test.db, site.id, { contains: [half.id] });
    const path = `/fr/gestion/lieux/${site.slug}/ressources/${half.slug}`;
    const form = fieldsOf((await admin.get(path)).text, path);
    const loop = await admin.post(path, { ...form, contents: [hall.id] });
    expect(loop.status).toBe(422);
    expect(loop.text).toContain('contient déjà cette fiche');
  });
});

describe('the tour', () => {
  it('adds a stop every two weeks, and refuses to drop people who booked', async () => {
    const bus = await makeSite(test.db, { kind: 'mobile' });
    const aid = await makeResource(test.db, bus.id, { kind: 'mobile_lab' });
    const path = `/fr/gestion/lieux/${bus.slug}/tournee`;
    const stop = {
      commune: 'Arques',
      'place.fr': 'Devant la mairie',
      day: '2026-12-01',
      from: '10:00',
      to: '16:00',
      every: '2',
      times: '3',
    };
    expect((await admin.post(`${path}/nouvelle`, stop)).location).toBe(`${path}?fait=etape`);
    const rows = await test.db
      .selectFrom('stop')
      .selectAll()
      .where('site_id', '=', bus.id)
      .orderBy('starts_at')
      .execute();
    expect(rows.map((row) => row.starts_at.toISOString())).toEqual([
      '2026-12-01T09:00:00.000Z',
      '2026-12-15T09:00:00.000Z',
      '2026-12-29T09:00:00.000Z',
    ]);
    const meeting = await admin.post(`${path}/nouvelle`, { ...stop, day: '2026-12-15', every: '0' });
    expect(meeting.status).toBe(409);
    const reference = await book(aid.id, aid.units[0]!, at('2026-12-01', '15:00'), at('2026-12-01', '15:30'));
    const one = `${path}/${rows[0]!.id}`;
    expect((await admin.get(`${one}/annulation`)).text).toContain(reference);
    const refused = await admin.post(`${one}/annulation`, { version: '1', told: '0' });
    expect(refused.status).toBe(409);
    const form = fieldsOf((await admin.get(one)).text, one);
    const shorter = await admin.post(one, { ...form, to: '15:00' });
    expect(shorter.status).toBe(409);
    expect(shorter.text).toContain(reference);
    expect((await admin.post(one, { ...form, to: '17:00' })).status).toBe(303);
    const free = `${path}/${rows[1]!.id}`;
    expect((await admin.post(`${free}/annulation`, { version: '1', told: '0' })).status).toBe(303);
    expect((await admin.get(free)).status).toBe(404);
    expect(await journalKinds(rows[1]!.id)).toEqual(['stop.added', 'stop.cancelled']);
    const seen = fieldsOf((await admin.get(`${one}/annulation`)).text, `${one}/annulation`);
    expect(seen).toEqual({ version: '2', told: '1' });
    expect((await admin.post(`${one}/annulation`, seen)).status).toBe(303);
    const booking = await test.db
      .selectFrom('booking')
      .select(['id', 'status'])
      .where('reference', '=', reference)
      .executeTakeFirstOrThrow();
    expect(booking.status).toBe('displaced');
    expect(await journalKinds(booking.id)).toContain('booking.displaced');
    expect(
      (await test.db.selectFrom('allocation').select('id').where('unit_id', '=', aid.units[0]!).execute()).length,
    ).toBe(0);
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
    const site = await makeSite(test.db);
    const jpeg = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#3355aa' } })
      .withExif({ IFD0: { Make: 'Secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 45/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(jpeg).metadata()).exif).toBeDefined();
    const path = `/fr/gestion/lieux/${site.slug}/photo`;
    const kept = await admin.upload(path, form(new Blob([new Uint8Array(jpeg)]), 'salle.jpg'));
    expect(kept.status, kept.text).toBe(303);
    const row = await test.db
      .selectFrom('site')
      .innerJoin('file', 'file.id', 'site.photo_id')
      .select(['file.sha256', 'file.alt', 'file.width'])
      .where('site.id', '=', site.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ width: 1200, alt: { fr: 'La salle, vue de la porte' } });
    const answer = await test.app.request(`http://localhost:3000/files/${row.sha256}/400.webp`);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const picture = Buffer.from(await answer.arrayBuffer());
    const seen = await sharp(picture).metadata();
    expect(seen).toMatchObject({ format: 'webp', width: 400 });
    expect(seen.exif).toBeUndefined();
    expect(picture.includes('Secret')).toBe(false);
    expect((await test.visitor().get(`/fr/lieux/${site.slug}`)).text).toContain(row.sha256);
    expect((await admin.post(`${path}/retrait`, { version: '2' })).status).toBe(303);
  });

  it('refuses what is no photo, whatever its name says', async () => {
    const site = await makeSite(test.db);
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
      expect((await test.visitor().get(`/files/${name}`)).status, name).toBe(404);
    }
  });
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
