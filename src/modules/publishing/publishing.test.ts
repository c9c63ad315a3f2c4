import { fromSchemaLieuDeMediationNumerique } from '@gouvfr-anct/lieux-de-mediation-numerique';
import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';
import { mediationPlaces } from './mediation.ts';

const house = useHouse({ max: 3 });

const change = (id: string, values: object) =>
  house.db.updateTable('session').set(values).where('id', '=', id).execute();

const text = (fr: string) => JSON.stringify({ fr });

const get = async (path: string) => {
  const answer = await house.visitor().get(path);
  expect(answer.status, path).toBe(200);
  return answer;
};

/** The events of a calendar, as a library of others reads them. */
async function eventsOf(path: string): Promise<ICAL.Event[]> {
  const calendar = new ICAL.Component(ICAL.parse((await get(path)).text));
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
}

describe('the calendar', () => {
  test('has the right hours in both weeks the clocks change', async () => {
    const site = await makeSite(house.db);
    house.now.at = at('2026-10-20', '09:00', '+02:00');
    // A Saturday 14:00 in summer time, a Sunday 14:00 in winter time; then the same in March.
    const starts = [
      at('2026-10-24', '14:00', '+02:00'),
      at('2026-10-25', '14:00'),
      at('2027-03-27', '14:00'),
      at('2027-03-28', '14:00', '+02:00'),
    ];
    for (const start of starts) await makeSession(house.db, { siteId: site.id, start });
    const events = await eventsOf(`/agenda.ics?site=${site.slug}`);
    expect(events.map((event) => event.startDate.toJSDate().toISOString())).toEqual(
      starts.map((start) => start.toISOString()),
    );
    expect(events.map((event) => event.endDate.toJSDate().getTime() - event.startDate.toJSDate().getTime())).toEqual(
      starts.map(() => 2 * 3_600_000),
    );
    house.now.at = at('2026-11-23', '09:00');
  });

  test('without a language in its address is in the reader’s: whoever passes it on keeps one for each', async () => {
    const asked = (language: string) => house.visitor().get('/agenda.ics', { 'accept-language': language });
    const [fr, nl] = await Promise.all([asked('fr'), asked('nl')]);
    expect(fr.text).not.toBe(nl.text);
    expect(fr.headers.get('cache-control')).toContain('public');
    expect(fr.headers.get('vary') ?? '').toContain('Accept-Language');
  });

  test('keeps the UID of a session for ever, counts its changes, and says what is off', async () => {
    const site = await makeSite(house.db, { name: 'Gare; avec, ponctuation' });
    const session = await makeSession(house.db, { siteId: site.id, title: { fr: 'Un titre, à virgule; et plus' } });
    const [before] = await eventsOf(`/agenda.ics?site=${site.slug}`);
    expect(before!.summary).toBe('Un titre, à virgule; et plus');
    expect(before!.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    await change(session.id, {
      version: 4,
      status: 'cancelled',
      starts_at: at('2026-11-29', '10:00'),
      ends_at: at('2026-11-29', '12:00'),
    });
    const [after] = await eventsOf(`/agenda.ics?site=${site.slug}`);
    expect(after!.uid).toBe(before!.uid);
    expect(after!.uid).toContain(session.id);
    expect(after!.sequence).toBe(4);
    expect(after!.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(after!.summary).toBe('Annulé\u00a0: Un titre, à virgule; et plus');
    expect(after!.startDate.toJSDate()).toEqual(at('2026-11-29', '10:00'));
    const [alone] = await eventsOf(`/fr/agenda/${session.reference}/agenda.ics`);
    expect([alone!.uid, alone!.sequence]).toEqual([after!.uid, 4]);
  });

  test('asks the same question as the page, whatever day it was showing', async () => {
    const near = await makeSite(house.db, { lat: 50.86, lon: 2.73 });
    await makeSession(house.db, { siteId: near.id, title: { fr: 'Près de Poperinge' } });
    const titles = async (query: string) => (await eventsOf(`/agenda.ics?${query}`)).map((event) => event.summary);
    expect(await titles('pres=Poperinge&km=5')).toEqual(['Près de Poperinge']);
    expect(await titles('pres=Poperinge&km=5&quand=aujourdhui&jour=2027-08-01')).toEqual(['Près de Poperinge']);
    expect(await titles(`site=${near.slug}&age=3`)).toEqual(['Près de Poperinge']);
  });

  test('is not sent again to who has it', async () => {
    const { headers } = await get('/agenda.ics');
    const again = await house.visitor().get('/agenda.ics', { 'if-none-match': headers.get('etag')! });
    expect([again.status, again.text]).toEqual([304, '']);
    // As it comes back through a server in front that compresses.
    for (const path of ['/agenda.ics', '/agenda.atom', '/api/v1/sites']) {
      const tag = (await get(path)).headers.get('etag')!;
      const named = await house.visitor().get(path, { 'if-none-match': `"autre", W/${tag}` });
      expect(named.status, path).toBe(304);
    }
  });

  test('tells programs that follow it when each thing last changed, and when to look again', async () => {
    const site = await makeSite(house.db);
    const session = await makeSession(house.db, { siteId: site.id });
    const { text: ics } = await get(`/agenda.ics?site=${site.slug}`);
    expect(ics).toMatch(/^REFRESH-INTERVAL;VALUE=DURATION:PT1H\r$/m);
    expect(ics).toMatch(/^X-PUBLISHED-TTL:PT1H\r$/m);
    const recorded_at = at('2026-11-20', '10:00');
    const row = { id: newId(), occurred_at: recorded_at, recorded_at, kind: 'session.edited', data: '{}' };
    await house.db
      .insertInto('journal')
      .values({ ...row, subject_kind: 'session', subject_id: session.id })
      .execute();
    const [event] = await eventsOf(`/agenda.ics?site=${site.slug}`);
    expect(event!.component.getFirstPropertyValue('last-modified')!.toString()).toBe('2026-11-20T09:00:00Z');
  });
});

/** Everything that others may take away, for one site. */
const exportsOf = (slug: string) => [
  `/agenda.ics?site=${slug}`,
  `/agenda.atom?site=${slug}`,
  `/agenda/openagenda.json?site=${slug}`,
  `/api/v1/sessions?site=${slug}&from=2026-11-23`,
  `/fr/agenda/cadre?site=${slug}`,
];

test('nothing that leaves the house names a person, shows a draft, an appointment or what is for some only', async () => {
  const site = await makeSite(house.db);
  const session = await makeSession(house.db, { siteId: site.id, title: { fr: 'Public' } });
  const leader = await makePerson(house.db, { name: 'Odile Discrète' });
  await house.db.insertInto('session_leader').values({ session_id: session.id, person_id: leader.id }).execute();
  await makeSession(house.db, { siteId: site.id, title: { fr: 'Caché' }, status: 'draft' });
  await makeSession(house.db, { siteId: site.id, title: { fr: 'Caché' }, kind: 'appointment' });
  await makeSession(house.db, { siteId: site.id, title: { fr: 'Caché' }, audience: 'invited' });
  for (const path of exportsOf(site.slug)) {
    const { text: body } = await get(path);
    expect(body, path).toContain('Public');
    expect(body, path).not.toContain('Caché');
    expect(body, path).not.toContain('Odile');
  }
});

test('a title full of marks breaks no form', async () => {
  const site = await makeSite(house.db);
  const title = 'A < B & "C" \' ]]> \u0001\uFFFE\nEND:VEVENT\r\nBEGIN:VEVENT';
  await makeSession(house.db, { siteId: site.id, title: { fr: title } });
  expect(await eventsOf(`/agenda.ics?site=${site.slug}`)).toHaveLength(1);
  const { text: atom } = await get(`/agenda.atom?site=${site.slug}`);
  expect(atom.match(/<entry>/g)).toHaveLength(1);
  expect(atom).toContain('A &lt; B &amp; &quot;C&quot; &#39; ]]&gt;');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there.
  expect(atom).not.toMatch(/[\u0000-\u0008\uFFFE]/);
  const { events } = JSON.parse((await get(`/agenda/openagenda.json?site=${site.slug}`)).text);
  expect(events[0].title.fr).toContain('A < B & "C"');
});

test('the news feed says when each thing last changed', async () => {
  const site = await makeSite(house.db);
  const session = await makeSession(house.db, { siteId: site.id });
  await house.db
    .insertInto('journal')
    .values({
      id: newId(),
      occurred_at: at('2026-11-20', '10:00'),
      recorded_at: at('2026-11-20', '10:00'),
      kind: 'session.edited',
      subject_kind: 'session',
      subject_id: session.id,
      data: '{}',
    })
    .execute();
  const { text: atom, headers } = await get(`/agenda.atom?site=${site.slug}&langue=nl`);
  expect(headers.get('content-type')).toContain('application/atom+xml');
  expect(atom).toContain('<updated>2026-11-20T09:00:00+00:00</updated>');
  expect(atom).toContain(`<id>urn:uuid:${session.id}</id>`);
  expect(atom).toContain('xml:lang="nl"');
});

test('an event for OpenAgenda has its own number, its time with its offset, its place and its state', async () => {
  const site = await makeSite(house.db, { name: 'Gare ouverte' });
  const session = await makeSession(house.db, {
    siteId: site.id,
    seats: 0,
    title: { fr: 'Été : l’essai' },
    ageMin: 8,
    audience: 'ages',
  });
  await change(session.id, { summary: text('x'.repeat(300)) });
  const read = async () => JSON.parse((await get(`/agenda/openagenda.json?site=${site.slug}`)).text);
  const { events, after } = await read();
  expect(after).toBeNull();
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    slug: `ete-l-essai-${session.reference.toLowerCase()}`,
    timings: [{ begin: '2026-11-28T14:00:00+01:00', end: '2026-11-28T16:00:00+01:00' }],
    attendanceMode: 1,
    status: 5,
    age: { min: 8, max: 120 },
    location: { name: 'Gare ouverte', latitude: 50.75, longitude: 2.25, countryCode: 'FR' },
    conditions: { fr: 'Gratuit' },
  });
  expect(Number.isSafeInteger(events[0].uid)).toBe(true);
  expect(events[0].description.fr).toHaveLength(200);
  expect((await read()).events[0].uid).toBe(events[0].uid);
});

describe('OpenAgenda', () => {
  /** What its documentation says of an event and of a place: developers.openagenda.com, "Structure d'un événement" and "d'un lieu". */
  const whole = z.number().int();
  const place = z.strictObject({
    uid: whole,
    name: z.string().min(1).max(100),
    address: z.string().min(1).max(255),
    countryCode: z.string().regex(/^[A-Z]{2}$/),
    access: z.partialRecord(z.enum(['fr', 'nl', 'en']), z.string().max(1000)).optional(),
    city: z.string().optional(),
    postalCode: z.string().optional(),
    insee: z
      .string()
      .regex(/^\w{5}$/)
      .optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    timezone: z.string().optional(),
    phone: z.string().optional(),
  });
  const some = <T extends z.ZodType>(type: T) => z.partialRecord(z.enum(['fr', 'nl', 'en']), type);
  const timing = z
    .strictObject({ begin: z.iso.datetime({ offset: true }), end: z.iso.datetime({ offset: true }) })
    .refine(
      ({ begin, end }) => Date.parse(end) > Date.parse(begin) && Date.parse(end) - Date.parse(begin) <= 86_400_000,
    );
  const event = z
    .strictObject({
      uid: whole,
      slug: z.string().regex(/^[a-z0-9-]+$/),
      extIds: z.array(z.strictObject({ key: z.string(), value: z.string() })),
      title: some(z.string().min(1).max(140)),
      description: some(z.string().min(1).max(200)),
      longDescription: some(z.string().max(10_000)),
      conditions: some(z.string().max(255)),
      keywords: some(z.array(z.string())),
      timings: z.array(timing).min(1).max(800),
      timezone: z.string(),
      location: place.nullable(),
      attendanceMode: z.literal([1, 2, 3]),
      onlineAccessLink: z.url().optional(),
      status: z.literal([1, 2, 3, 4, 5, 6]),
      state: z.literal([-1, 0, 1, 2]),
      registration: z.array(z.strictObject({ type: z.enum(['link', 'phone', 'email']), value: z.string() })),
      age: z.strictObject({ min: whole.min(0).max(120), max: whole.min(0).max(120) }).nullable(),
      image: z.strictObject({ url: z.url(), base: z.url(), filename: z.string() }).nullable(),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    })
    .refine(({ attendanceMode, location }) => attendanceMode === 2 || location)
    .refine(({ attendanceMode, onlineAccessLink }) => attendanceMode === 1 || onlineAccessLink);
  const answer = z.strictObject({
    success: z.literal(true),
    total: whole,
    events: z.array(event),
    after: z.array(z.string()).nullable(),
  });

  test('is given events in its own form, whatever they are', async () => {
    const site = await makeSite(house.db, { kind: 'mobile' });
    const line = await house.db.selectFrom('line').select('id').limit(1).executeTakeFirstOrThrow();
    await makeSession(house.db, { siteId: site.id, lineId: line.id, title: { fr: 'x'.repeat(150) } });
    const long = await makeSession(house.db, {
      siteId: site.id,
      start: at('2026-10-24', '18:00', '+02:00'),
      end: at('2026-10-26', '12:00'),
    });
    await change(long.id, { starts_at: at('2027-03-26', '18:00'), ends_at: at('2027-03-28', '12:00', '+02:00') });
    const online = await makeSession(house.db, { siteId: site.id, ageMax: 12, audience: 'ages' });
    await change(online.id, { place_kind: 'online', online_url: 'https://secret.example/salle' });
    const priced = await makeSession(house.db, {
      siteId: site.id,
      status: 'cancelled',
      tariffs: [
        { key: 'a', name: { fr: 'Plein' }, cents: 1250 },
        { key: 'b', name: { fr: 'Réduit' }, cents: 0 },
      ],
    });
    await change(priced.id, { accessibility: text('Ascenseur'), description: text('**Tout** dire') });
    const read = answer.parse(JSON.parse((await get(`/agenda/openagenda.json?site=${site.slug}`)).text));
    expect(read.total).toBe(4);
    const named = (id: string) => read.events.find(({ extIds }) => extIds[0]!.value === id)!;
    expect(named(long.id).timings).toEqual([
      { begin: '2027-03-26T18:00:00+01:00', end: '2027-03-27T00:00:00+01:00' },
      { begin: '2027-03-27T00:00:00+01:00', end: '2027-03-28T00:00:00+01:00' },
      { begin: '2027-03-28T00:00:00+01:00', end: '2027-03-28T12:00:00+02:00' },
    ]);
    expect(named(online.id)).toMatchObject({ attendanceMode: 2, location: null, age: { min: 0, max: 12 } });
    expect(named(online.id).onlineAccessLink).toContain(online.reference);
    expect(named(priced.id).status).toBe(6);
    expect(named(priced.id).longDescription.fr).toBe('**Tout** dire\n\nAscenseur');
    expect(seen(named(priced.id).conditions.fr!)).toBe('Plein : 12,50 €, Réduit : Gratuit');
  });

  test('is given, page by page, all there is and how much that is', async () => {
    const all = answer.parse(JSON.parse((await get('/agenda/openagenda.json')).text));
    expect(all.total).toBe(all.events.length);
    expect(all.after).toBeNull();
    const first = `${all.events[0]!.timings[0]!.begin}`;
    const cursor = Buffer.from(`${new Date(first).toISOString()}_${all.events[0]!.extIds[0]!.value}`).toString(
      'base64url',
    );
    const rest = answer.parse(JSON.parse((await get(`/agenda/openagenda.json?after[]=${cursor}`)).text));
    expect(rest.total).toBe(all.total);
    expect(rest.events.map(({ uid }) => uid)).toEqual(all.events.slice(1).map(({ uid }) => uid));
  });
});

describe('the national list of places', () => {
  /** The list as a territory with this number publishes it. */
  const listed = (registration: string) => {
    const ctx = house.ctx();
    const publisher = { name: 'Communauté d’essai', registration };
    return mediationPlaces({ ...ctx, publicUrl: 'https://quai.essai.fr', territory: { ...ctx.territory, publisher } });
  };

  test('leaves everything out while the publisher has no number, and tells the team why', async () => {
    const { text: csv, headers } = await get('/lieux-de-mediation-numerique.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(csv.trim().split('\r\n')).toHaveLength(1);
    const team = await house.signedIn('equipe@quai.example');
    expect((await team.get('/fr/agenda/publier')).text).toContain('le numéro SIRET de l’organisme');
    expect((await get('/fr/agenda/publier')).text).not.toContain('le numéro SIRET');
    const admin = await house.signedIn('admin@quai.example');
    const page = (await admin.get('/fr/agenda/publier')).text;
    expect(page).toMatch(/La Station<\/th>.*?<a href="\/fr\/gestion\/territoire">le numéro SIRET/s);
    // Both at once: nobody comes back for what was missing too.
    await house.db.updateTable('site').set({ address: null }).where('slug', '=', 'mini-station-lumbres').execute();
    const whyOf = async (number: string) =>
      (await listed(number)).left.find(({ slug }) => slug === 'mini-station-lumbres')?.why;
    expect([await whyOf(''), await whyOf('732 829 320 00074')]).toEqual([['pivot', 'address'], ['address']]);
  });

  test('is read by the national library, line by line, the bus included', async () => {
    const { csv, rows: count } = await listed('732 829 320 00074');
    const rows = parse(csv, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(count);
    expect(count).toBeGreaterThan(5);
    for (const row of rows) {
      expect(Object.keys(row)).toHaveLength(32);
      const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
      const numbers = Object.fromEntries(
        Object.entries(filled).map(([key, value]) => [key, /^(lat|long)itude$/.test(key) ? Number(value) : value]),
      );
      const place = fromSchemaLieuDeMediationNumerique(numbers as never);
      expect(place.adresse.commune).toBe(row.commune);
      expect(place.services!.length).toBeGreaterThan(0);
      expect(row.telephone).toMatch(/^(\+33\d{9})?$/);
      expect(row.adresse).not.toMatch(/\d{5}/);
    }
    const station = rows.find((row) => row.nom === 'La Station')!;
    expect(station).toMatchObject({
      pivot: '73282932000074',
      code_postal: '62500',
      code_insee: '62765',
      horaires: 'Mo-Fr 08:00-20:00; Sa 09:00-18:00; PH off',
      itinerance: 'Fixe',
      frais_a_charge: 'Gratuit|Payant',
    });
    const bus = rows.find((row) => row.itinerance === 'Itinérant')!;
    expect([bus.nom, bus.latitude, bus.horaires]).toEqual(['Le bus', '', '']);
  });
});

describe('REST', () => {
  const list = async (query: string) => JSON.parse((await get(`/api/v1/sessions?${query}`)).text);

  test('gives the sessions of a span, a site, a line, and how far they are', async () => {
    const site = await makeSite(house.db, { lat: 50.86, lon: 2.73 });
    const one = await makeSession(house.db, { siteId: site.id, ageMin: 8, audience: 'ages' });
    await makeSession(house.db, { siteId: site.id, start: at('2026-12-28', '14:00') });
    const { items, next } = await list(`from=2026-11-28&to=2026-11-28&site=${site.slug}&near=BE-33021`);
    expect(next).toBeNull();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: one.id,
      reference: one.reference,
      title: { fr: 'Atelier d’essai' },
      kind: 'workshop',
      status: 'published',
      registration: 'open',
      start: '2026-11-28T14:00:00+01:00',
      end: '2026-11-28T16:00:00+01:00',
      place: { kind: 'site', name: 'Gare d’essai', lat: 50.86, lon: 2.73 },
      site: site.slug,
      seats: 12,
      seats_left: 12,
      waiting: 0,
      price: { kind: 'free', tariffs: [] },
      audience: { kind: 'ages', age_min: 8, age_max: null },
      url: `http://localhost:3000/fr/agenda/${one.reference}`,
    });
    expect(items[0].distance_km).toBeLessThan(1);
    expect((await list(`from=2026-11-28&to=2027-01-10&site=${site.slug}`)).items).toHaveLength(2);
    expect((await list(`from=2026-11-28&site=${site.slug}&line=inconnue`)).items).toEqual([]);
  });

  test('goes on with a cursor, and answers 304 to who has it already', async () => {
    const site = await makeSite(house.db);
    const made = [];
    for (let index = 0; index < 5; index += 1) made.push((await makeSession(house.db, { siteId: site.id })).id);
    const found: string[] = [];
    let cursor = '';
    do {
      const { items, next } = await list(`from=2026-11-28&site=${site.slug}&limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...items.map(({ id }: { id: string }) => id));
      cursor = next ?? '';
    } while (cursor);
    expect(found.sort()).toEqual(made.sort());
    const path = `/api/v1/sessions?from=2026-11-28&site=${site.slug}`;
    const { headers } = await get(path);
    expect((await house.visitor().get(path, { 'if-none-match': headers.get('etag')! })).status).toBe(304);
  });

  test('gives one session with its parts, and nothing of what is not public', async () => {
    const site = await makeSite(house.db);
    const event = await makeSession(house.db, { siteId: site.id, kind: 'event' });
    const part = await makeSession(house.db, { siteId: site.id, parentId: event.id });
    const read = JSON.parse((await get(`/api/v1/sessions/${event.id}`)).text);
    expect(read.parts).toMatchObject([{ id: part.id, event: event.id }]);
    const draft = await makeSession(house.db, { siteId: site.id, status: 'draft' });
    const meeting = await makeSession(house.db, { siteId: site.id, kind: 'appointment' });
    for (const id of [draft.id, meeting.id, 'x', event.reference, '00000000-0000-7000-8000-000000000000']) {
      expect((await house.visitor().get(`/api/v1/sessions/${id}`)).status, id).toBe(404);
    }
  });

  test.each([
    'from=hier',
    'from=2026-11-28&to=2026-11-27',
    'from=2026-01-01&to=2028-01-01',
    'near=99999',
    'cursor=eHh4',
    'limit=0',
    'within_km=-1',
    `site=${'x'.repeat(200)}`,
  ])('refuses what it does not understand: %s', async (query) => {
    const { status, headers } = await house.visitor().get(`/api/v1/sessions?${query}`);
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  test('is described', async () => {
    const { paths } = JSON.parse((await get('/api/v1/openapi.json')).text);
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/sessions', '/sessions/{id}']));
  });
});

test('the page for other sites gives lines that keep the choice, and that no name can break', async () => {
  const { text: html } = await get('/fr/agenda/publier?pres=Lumbres&km=10&quand=semaine');
  expect(html).toContain('http://localhost:3000/agenda.ics?pres=Lumbres&amp;km=10&amp;langue=fr');
  expect(html).toContain('&lt;iframe src=&quot;http://localhost:3000/fr/agenda/cadre?pres=Lumbres&amp;amp;km=10&quot;');
  const { text: hostile } = await get(
    `/fr/agenda/publier?ligne=${encodeURIComponent('"><script>')}&pres=%22%3E%3Cscript%3E`,
  );
  expect(hostile).not.toContain('"><script>');
});
