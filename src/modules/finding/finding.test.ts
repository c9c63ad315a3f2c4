import { describe, expect, test } from 'vitest';
import { makeApp } from '../../../test/harness/app.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, makeCommune, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';

const base = useDatabase({ max: 2 });

const plain = (html: string) => seen(html).replaceAll('&amp;', '&');
async function open(path: string, now = monday9) {
  const { visitor } = await makeApp(base.db, { now });
  const answer = await visitor().get(path);
  return { ...answer, text: plain(answer.text) };
}

describe('the home page', () => {
  test.each(['fr', 'nl', 'en'])('answers for today with nothing filled in, in %s', async (locale) => {
    const { status, text } = await open(`/${locale}`);
    expect(status).toBe(200);
    expect(text).toContain(`lang="${locale}"`);
    expect(text).toContain('value="2026-11-23"');
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text.match(/class="result[ "]/g)!.length).toBeGreaterThan(5);
    expect(text).toContain(`/${locale}/reserver/`);
    expect(text).not.toMatch(/undefined|\[object|null km/);
  });

  test('of a territory that begins says what will be here, and shows its administrator where to begin', () =>
    rolledBack(base.db, async (trx) => {
      const { visitor, signedIn } = await makeApp(trx);
      await trx.updateTable('resource').set({ archived_at: monday9 }).execute();
      const admin = await signedIn('admin@quai.example');
      for (const path of ['/fr', '/fr/trouver']) {
        const text = plain((await visitor().get(path)).text);
        expect(text).toContain('Rien à réserver pour l’instant');
        expect(text).not.toMatch(/durée plus courte|gestion/);
        expect(plain((await admin.get(path)).text)).toContain('Compléter vos lieux');
      }
      await trx.updateTable('site').set({ archived_at: monday9 }).execute();
      expect((await admin.get('/fr')).text).toMatch(
        /href="\/fr\/gestion\/lieux\/nouveau"[^>]*>Ajouter un premier lieu/,
      );
      expect((await visitor().get('/fr')).text).not.toContain('gestion/lieux');
    }));

  test('answers a search in its own place, and neither page is kept for the other', async () => {
    const { visitor } = await makeApp(base.db);
    const somebody = visitor();
    const read = async (path: string) => plain((await somebody.get(path)).text);
    const welcome = await read('/fr');
    const answers = await read('/fr?besoin=work_quietly&jour=2026-11-24&pres=renty');
    expect(answers).toContain('depuis Renty');
    expect(answers).toContain('id="reponses"');
    expect(answers).not.toContain('un coup de main');
    expect(answers).toContain('action="/fr#reponses"');
    expect(await read('/fr')).toBe(welcome);
    expect(await read('/fr?besoin=&pres=')).toContain('un coup de main');
    expect(await read('/fr/trouver?besoin=work_quietly&jour=2026-11-24&pres=renty')).toContain('depuis Renty');
    // What must be put right stands at the top of the page.
    expect(await read('/fr?pres=Atlantis')).not.toContain('id="reponses"');
  });

  test('only answers to a language of the house', async () => {
    expect((await open('/de')).status).toBe(404);
  });
});

describe('the search page', () => {
  test('finds a quiet place near a commune, with its distance, its price and slots that say everything', async () => {
    const { status, text } = await open(
      '/fr/trouver?besoin=work_quietly&jour=2026-11-24&heure=14%3A00&duree=120&personnes=1&pres=renty',
    );
    expect(status).toBe(200);
    expect(text).toContain('mardi 24 novembre');
    expect(text).toContain('Les plus proches d’abord, depuis Renty.');
    expect(text).toMatch(/à [\d,]+ km/);
    expect(text).toContain('14 h – 16 h<span class="hidden"> : ');
    expect(text).toContain(
      '?debut=2026-11-24T14%3A00%3A00%2B01%3A00&fin=2026-11-24T16%3A00%3A00%2B01%3A00&personnes=1',
    );
    expect(text).toContain('value="Renty"');
    expect(text).toMatch(/<option value="work_quietly" selected/);
  });

  test('never says that a place without a price is free', () =>
    rolledBack(base.db, async (trx) => {
      await trx.updateTable('resource').set({ price_kind: 'unknown', price_cents: null }).execute();
      const { visitor } = await makeApp(trx);
      const text = plain((await visitor().get('/fr/trouver')).text);
      expect(text).toContain('Prix : demander au 03');
      expect(text).not.toContain('Gratuit');
    }));

  test('says when nothing is free, what is next and whom to call', async () => {
    const { status, text } = await open('/fr/trouver', at('2026-11-23', '23:30'));
    expect(status).toBe(200);
    expect(text).toContain('Rien de libre lundi 23 novembre');
    expect(text).toContain('demain ');
    expect(text).toContain('href="tel:');
  });

  test('lets one choose between communes of one name', async () => {
    const { text } = await open('/fr/trouver?pres=62910');
    expect(text).toContain('Plusieurs communes répondent à « 62910 »');
    expect(text).toContain('pres=Houlle+%2862910%29');
    expect((await open('/fr/trouver?pres=Houlle+%2862910%29')).text).toContain('depuis Houlle');
  });

  test.each([
    ['pres=Atlantis', 'Atlantis'],
    ['jour=2026-02-31', '2026-02-31'],
    ['jour=0001-01-01', '0001-01-01'],
    ['heure=25%3A00', '25:00'],
    ['personnes=-4', '-4'],
    ['personnes=beaucoup', 'beaucoup'],
    ['duree=999999', 'Cette réponse|Indiquez'],
    ['besoin=rien', 'Choisissez|comprise'],
    ['pres=%3Cscript%3E', '&lt;script&gt;'],
  ])('shows the form again, filled in, with what is wrong and what is free: %s', async (query, shown) => {
    const { status, text } = await open(`/fr/trouver?${query}`);
    expect(status).toBe(422);
    expect(text).toMatch(new RegExp(shown));
    expect(text).toContain('class="result"');
    expect(text).toContain('role="alert"');
    expect(text).not.toContain('<script>');
  });

  test.each([
    'jour=1999-01-01',
    'jour=2099-12-31',
    'pres=%00%ED%A0%80',
    'voir=-1',
    'besoin=&jour=&heure=&duree=&personnes=&pres=',
  ])('bears anything: %s', async (query) => {
    expect([200, 422]).toContain((await open(`/fr/trouver?${query}`)).status);
  });
});

describe('GET /availability', () => {
  type Body = {
    items: {
      resource: { slug: string; name: string; kind: string; site: string };
      distance_km: number | null;
      slots: { start: string; end: string; stop?: string }[];
    }[];
    next: string | null;
  };
  const call = async (query: string, headers = {}) => {
    const { visitor } = await makeApp(base.db);
    const answer = await visitor().get(`/api/v1/availability?${query}`, headers);
    return { status: answer.status, body: answer.json() as Body & { code: string } };
  };

  test('gives each bookable start, with the offset of the place, nearest first', async () => {
    const { status, body } = await call(
      'from=2026-11-24&to=2026-11-24&minutes=60&kind=meeting_room&people=6&near=62704',
    );
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(0);
    const distances = body.items.map((one) => one.distance_km!);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    for (const { resource, slots } of body.items) {
      expect(resource.kind).toBe('meeting_room');
      expect(slots.length).toBeGreaterThan(0);
      for (const { start, end } of slots) {
        expect(start).toMatch(/^2026-11-24T\d\d:\d\d:00\+01:00$/);
        expect(Date.parse(end) - Date.parse(start)).toBeGreaterThanOrEqual(3_600_000);
      }
    }
  });

  test('keeps slots inside the instants asked, and knows no distance without a place', async () => {
    const { body } = await call(
      'from=2026-11-24T10:00:00%2B01:00&to=2026-11-24T11:30:00%2B01:00&minutes=60&kind=meeting_room',
    );
    expect(body.items[0]!.distance_km).toBeNull();
    const slots = body.items.flatMap((one) => one.slots);
    expect(slots.every(({ start, end }) => start >= '2026-11-24T10:00' && end <= '2026-11-24T11:30:00+01:00')).toBe(
      true,
    );
  });

  test('goes through everything by pages, once each, in the caller’s language', async () => {
    const all = (await call('from=2026-11-24&to=2026-11-24&limit=100')).body.items;
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page: Body = (await call(`from=2026-11-24&to=2026-11-24&limit=7${next ? `&cursor=${next}` : ''}`)).body;
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map((one) => `${one.resource.slug} ${one.slots[0]!.start}`));
      next = page.next;
    } while (next);
    expect(seen).toEqual(all.map((one) => `${one.resource.slug} ${one.slots[0]!.start}`));
    const english = await call('from=2026-11-24&to=2026-11-24&kind=machine', { 'accept-language': 'en' });
    expect(english.body.items.map((one) => one.resource.name)).toContain('Laser cutter');
  });

  test('lists what travels once, with the times of all its stops, at the distance of the nearest where it is free', () =>
    rolledBack(base.db, async (trx) => {
      await trx.updateTable('site').set({ archived_at: monday9 }).execute();
      const bus = await makeSite(trx, { kind: 'mobile', lat: 50.75, lon: 2.25 });
      const lab = await makeResource(trx, bus.id, { kind: 'mobile_lab', step: 60 });
      const room = await makeResource(trx, (await makeSite(trx, { lat: 50.6, lon: 2.1 })).id, { step: 60 });
      const commune = await makeCommune(trx, { code: '62704', name: 'Renty', lat: 50.58, lon: 2.07 });
      const stop = async (from: string, to: string, lat: number, lon: number, place: string) =>
        trx
          .insertInto('stop')
          .values({
            id: newId(),
            site_id: bus.id,
            commune_code: commune,
            place: JSON.stringify({ fr: place }),
            lat,
            lon,
            starts_at: at('2026-11-24', from),
            ends_at: at('2026-11-24', to),
          })
          .execute();
      await stop('10:00', '12:00', 50.75, 2.25, 'Place de la mairie');
      await stop('14:00', '16:00', 50.58, 2.07, 'Place du bourg');
      await stop('17:00', '17:30', 50.58, 2.07, 'Trop court');
      const { visitor } = await makeApp(trx);
      const read = async (query: string, headers = {}) =>
        visitor().get(`/api/v1/availability?from=2026-11-24&to=2026-11-24&near=62704${query}`, headers);
      const whole = await read('');
      const { items } = whole.json() as Body;
      expect(items.map((one) => one.resource.slug)).toEqual([lab.slug, room.slug]);
      expect(items[0]!.distance_km).toBeLessThan(1);
      expect(items[0]!.slots.map(({ start, stop }) => [start.slice(11, 16), stop])).toEqual([
        ['10:00', 'Place de la mairie'],
        ['11:00', 'Place de la mairie'],
        ['14:00', 'Place du bourg'],
        ['15:00', 'Place du bourg'],
      ]);
      // Once over all the pages too.
      const first = (await read('&limit=1')).json() as Body;
      const second = (await read(`&limit=5&cursor=${first.next}`)).json() as Body;
      expect([...first.items, ...second.items].map((one) => one.resource.slug)).toEqual([lab.slug, room.slug]);
      const again = await read('', { 'if-none-match': whole.headers.get('etag')! });
      expect([again.status, again.text]).toEqual([304, '']);
    }));

  test.each([
    ['from=2026-11-24&to=2026-11-23', 'availability.order'],
    ['from=2026-11-24&to=2026-12-31', 'availability.window'],
    ['from=2026-11-24&to=2026-11-24&near=99999', 'availability.near'],
    ['from=2026-11-24&to=2026-11-24&cursor=%21', 'request.cursor'],
    ['from=0001-01-01&to=9999-12-31', 'request.instant'],
    ['from=hier&to=demain', 'request.instant'],
    ['from=2026-11-24&to=2026-11-24&kind=castle', 'request.invalid'],
    ['from=2026-11-24&to=2026-11-24&people=0', 'request.invalid'],
    ['to=2026-11-24', 'request.invalid'],
  ])('refuses %s: %s', async (query, code) => {
    const { status, body } = await call(query);
    expect([status, body.code]).toEqual([422, code]);
  });
});

test('the search shows only places that still exist, and writes their names safely', () =>
  rolledBack(base.db, async (trx) => {
    await trx.updateTable('site').set({ archived_at: monday9 }).execute();
    const room = await makeResource(trx, (await makeSite(trx)).id, { name: 'Salle <Marais>' });
    const { visitor } = await makeApp(trx);
    const { text } = await visitor().get('/fr');
    expect(text).toContain(`/fr/reserver/${room.slug}`);
    expect(text).toContain('Salle &lt;Marais&gt;');
    expect(text.match(/class="result[ "]/g)).toHaveLength(1);
  }));
