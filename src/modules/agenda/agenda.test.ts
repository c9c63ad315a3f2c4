import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makeCommune, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId, newReference } from '../../core/ids.ts';

const house = useHouse({ max: 3 });

/** What a page says, in its main part, with plain spaces. */
const words = (html: string): string =>
  seen(
    html
      .replace(/^.*<main/s, '<main')
      .replace(/<script.*?<\/script>/gs, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&#39;/g, '’')
      .replace(/\s+/g, ' '),
  );

const read = async (path: string): Promise<string> => {
  const { status, text } = await house.visitor().get(path);
  expect(status, path).toBe(200);
  return words(text);
};

/** Gives seats of a session to somebody, and puts others on its list. */
async function fill(session: { id: string }, seats: number, waiting = 0): Promise<void> {
  const person = await makePerson(house.db);
  const row = (status: 'registered' | 'waiting', places: number) => ({
    id: newId(),
    reference: newReference(),
    session_id: session.id,
    person_id: person.id,
    kind: 'self' as const,
    status,
    places,
    channel: 'web' as const,
    created_at: house.now.at,
    waiting_since: status === 'waiting' ? house.now.at : null,
  });
  const one = row('registered', Math.max(1, seats));
  await house.db.insertInto('registration').values(one).execute();
  for (let seat = 1; seat <= seats; seat += 1) {
    await house.db
      .insertInto('attendee')
      .values({ id: newId(), registration_id: one.id, session_id: session.id, seat })
      .execute();
  }
  if (waiting > 0) await house.db.insertInto('registration').values(row('waiting', waiting)).execute();
}

const change = (id: string, values: object) =>
  house.db.updateTable('session').set(values).where('id', '=', id).execute();

const text = (fr: string) => JSON.stringify({ fr });

async function makeStop(siteId: string, over: object = {}) {
  const id = newId();
  const commune = await makeCommune(house.db, { name: 'Village-sur-Aa', lat: 50.75, lon: 2.25 });
  await house.db
    .insertInto('stop')
    .values({
      id,
      site_id: siteId,
      commune_code: commune,
      place: text('Grand-Place'),
      lat: 50.75,
      lon: 2.25,
      starts_at: at('2026-11-25', '14:00'),
      ends_at: at('2026-11-25', '17:30'),
      ...over,
    })
    .execute();
  return id;
}

describe('the list', () => {
  test('answers at once, with nothing filled in', async () => {
    const said = await read('/fr/agenda');
    expect(said).toContain('Agenda');
    expect(said).toMatch(/(Aujourd’hui|Demain), (lundi 23|mardi 24) novembre/);
  });

  test('says how each session stands, in words', async () => {
    const site = await makeSite(house.db, { name: 'Gare des mots' });
    const make = (title: string, over: object = {}) =>
      makeSession(house.db, { siteId: site.id, title: { fr: title }, start: at('2026-11-26', '14:00'), ...over });
    await make('Bien des places');
    await fill(await make('Presque plein'), 9);
    await fill(await make('Plein'), 12, 2);
    await fill(await make('Rendue, mais attendue'), 11, 1);
    await make('Sans limite', { seats: null });
    await change((await make('Portes ouvertes', { seats: null })).id, { enrolment: 'none' });
    await make('Plus tard', { opensAt: at('2026-11-25', '09:00') });
    await make('Trop tard', { closesAt: at('2026-11-22', '09:00') });
    await make('Supprimée', { status: 'cancelled' });
    await make('Repoussée', { status: 'postponed' });
    await make('Commencée', { start: at('2026-11-23', '08:00') });
    await make('Finie', { start: at('2026-11-23', '06:00') });
    const said = await read(`/fr/agenda?site=${site.slug}`);
    for (const one of [
      'Bien des places Atelier · Gare des mots ·',
      '12 places libres',
      'Il reste 3 places',
      'Complet, liste d’attente ouverte',
      'Inscription ouverte',
      'Sans inscription',
      'Inscription à partir de mercredi 25 novembre',
      'Inscriptions closes',
      'Annulé',
      'Reporté',
      'En ce moment',
    ]) {
      expect(said).toContain(one);
    }
    expect(said.match(/liste d’attente ouverte/g)).toHaveLength(2);
    expect(said).not.toContain('Finie');
  });

  test('leaves out drafts, appointments, what is for some only, and the parts of an event', async () => {
    const site = await makeSite(house.db);
    const event = await makeSession(house.db, { siteId: site.id, kind: 'event', title: { fr: 'La journée' } });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Une partie' }, parentId: event.id });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Brouillon' }, status: 'draft' });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Seul à seul' }, kind: 'appointment' });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Entre nous' }, audience: 'invited' });
    const said = await read(`/fr/agenda?site=${site.slug}`);
    expect(said).toContain('La journée');
    for (const hidden of ['Une partie', 'Brouillon', 'Seul à seul', 'Entre nous']) expect(said).not.toContain(hidden);
  });

  test('keeps to a line, an age, a number of places', async () => {
    const site = await makeSite(house.db);
    const line = await house.db
      .selectFrom('line')
      .select(['id', 'slug'])
      .orderBy('rank')
      .limit(1)
      .executeTakeFirstOrThrow();
    const make = (title: string, over: object) =>
      makeSession(house.db, { siteId: site.id, title: { fr: title }, ...over });
    await make('Fabriquer', { lineId: line.id });
    await make('Pour enfants', { audience: 'ages', ageMin: 8, ageMax: 12 });
    await fill(await make('Une place', { seats: 3 }), 2);
    await make('Annulée', { status: 'cancelled' });
    const list = (query: string) => read(`/fr/agenda?site=${site.slug}&${query}`);
    expect(await list(`ligne=${line.slug}`)).toContain('Fabriquer');
    expect(await list(`ligne=${line.slug}`)).not.toContain('Pour enfants');
    expect(await list('age=40')).not.toContain('Pour enfants');
    expect(await list('age=9')).toContain('Pour enfants');
    const forTwo = await list('places=2');
    expect(forTwo).toContain('Fabriquer');
    // What does not take place has no place left, whatever its seats.
    for (const other of ['Une place', 'Annulée']) expect(forTwo).not.toContain(other);
  });

  test('keeps to those for whom one looks, in the page, the calendar and the API alike', async () => {
    const site = await makeSite(house.db, { kind: 'mobile' });
    const make = (title: string, over: object = {}) =>
      makeSession(house.db, { siteId: site.id, title: { fr: title }, ...over });
    await make('Ouvert à tous');
    await make('De huit à douze', { audience: 'ages', ageMin: 8, ageMax: 12 });
    await make('Dès quatorze', { audience: 'ages', ageMin: 14 });
    await make('Entre membres', { audience: 'members' });
    await make('Membres majeurs', { audience: 'members', ageMin: 18 });
    await makeStop(site.id);
    const found = {
      tous: ['Ouvert à tous', 'Le bus à'],
      enfants: ['De huit à douze'],
      ados: ['De huit à douze', 'Dès quatorze'],
      adultes: ['Ouvert à tous', 'Dès quatorze', 'Entre membres', 'Membres majeurs', 'Le bus à'],
      membres: ['Entre membres', 'Membres majeurs'],
    };
    const english = { tous: 'everyone', enfants: 'children', ados: 'teenagers', adultes: 'adults', membres: 'members' };
    const all = ['Ouvert à tous', 'De huit à douze', 'Dès quatorze', 'Entre membres', 'Membres majeurs', 'Le bus à'];
    for (const [whom, titles] of Object.entries(found)) {
      const page = await read(`/fr/agenda?site=${site.slug}&pour=${whom}`);
      const list = page.slice(page.indexOf('Tout effacer'), page.indexOf('Garder cet agenda'));
      expect(
        all.filter((title) => list.includes(title)),
        whom,
      ).toEqual(all.filter((title) => titles.includes(title)));
      const { text: ics } = await house.visitor().get(`/agenda.ics?site=${site.slug}&pour=${whom}`);
      expect(ics.match(/BEGIN:VEVENT/g), whom).toHaveLength(titles.length);
      const api = await house
        .visitor()
        .get(`/api/v1/sessions?site=${site.slug}&audience=${english[whom as keyof typeof english]}`);
      expect(JSON.parse(api.text).items, whom).toHaveLength(titles.filter((title) => title !== 'Le bus à').length);
    }
    const page = (await house.visitor().get(`/fr/agenda?site=${site.slug}&pour=enfants`)).text;
    expect(words(page)).toContain('Enfants (moins de 12 ans) Tout effacer');
    expect(page).toContain(`/fr/agenda/publier?site=${site.slug}&amp;pour=enfants`);
    expect((await house.visitor().get('/fr/agenda?pour=chiens')).status).toBe(422);
  });

  test('keeps to the commune itself where one asks for nothing around it', async () => {
    const site = await makeSite(house.db, { kind: 'mobile' });
    const commune = await house.db
      .selectFrom('commune')
      .selectAll()
      .where('name', '=', 'Lumbres')
      .executeTakeFirstOrThrow();
    await makeStop(site.id, { commune_code: commune.code, lat: commune.lat, lon: commune.lon });
    await makeStop(site.id, { place: text('À deux pas'), lat: commune.lat + 0.01, lon: commune.lon });
    const said = await read(`/fr/agenda?site=${site.slug}&pres=Lumbres&km=0`);
    expect(said).toContain('Lumbres, dans la commune même');
    expect(said).toContain('Le bus à Lumbres');
    expect(said).not.toContain('À deux pas');
    const { text: ics } = await house.visitor().get(`/agenda.ics?site=${site.slug}&pres=Lumbres&km=0`);
    expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });

  test('finds what is near a commune and says how far, a Belgian one too', async () => {
    const near = await makeSite(house.db, { name: 'Près d’Ypres', lat: 50.86, lon: 2.73 });
    await makeSession(house.db, { siteId: near.id, title: { fr: 'À la frontière' } });
    const said = await read('/fr/agenda?pres=Poperinge&km=5');
    expect(said).toContain('Jusqu’à 5 km de Poperinge');
    expect(said).toMatch(/À la frontière Atelier · [^·]+ · [^·]+ · à moins de 1 km/);
    expect(await read('/fr/agenda?pres=Saint-Omer&km=10')).not.toContain('À la frontière');
    const nothing = await read('/fr/agenda?pres=Fauquembergues&km=5&site=inconnu');
    expect(nothing).toContain('Rien n’est prévu pour ce choix');
    expect(nothing).toContain('Chercher jusqu’à 10 km');
  });

  test('says what is wrong and shows the rest', async () => {
    const { status, text: html } = await house.visitor().get('/fr/agenda?age=900&jour=2026-02-30&pres=Zzzz&quand=hier');
    expect(status).toBe(422);
    expect(words(html)).toContain('Nous ne connaissons pas cette commune');
    expect(words(html)).toContain('Indiquez 120 au plus.');
  });

  test.each(['', '/semaine', '/cadre', '/publier'])('stands whatever is written in its address (%s)', async (rest) => {
    const nasty = [
      "'",
      '"><script>',
      '%',
      '\\',
      '\ud800',
      '\u0000',
      '-1',
      '1e309',
      'NaN',
      '../..',
      'é'.repeat(90),
      '2026-13-45',
      ';--',
    ];
    for (const name of ['quand', 'jour', 'ligne', 'site', 'pres', 'km', 'pour', 'age', 'places', 'apres', 'langue']) {
      for (const value of nasty) {
        // Of a place with nothing: what is wrong is in the address, and the rest need not be drawn each time.
        const query = new URLSearchParams({ site: 'inconnu', [name]: value.toWellFormed() });
        const { status, text: html } = await house.visitor().get(`/fr/agenda${rest}?${query}`);
        expect([200, 422], `${name}=${value}`).toContain(status);
        expect(html).not.toContain('"><script>');
      }
    }
  });

  test('goes on page by page, nothing twice and nothing lost', async () => {
    const site = await makeSite(house.db);
    const made: string[] = [];
    for (let index = 0; index < 34; index += 1) {
      // Some at the very same hour: the order must hold.
      const start = new Date(at('2026-12-01', '09:00').getTime() + Math.floor(index / 3) * 3_600_000);
      made.push((await makeSession(house.db, { siteId: site.id, start, seats: null })).reference);
    }
    const references = (html: string) => [...html.matchAll(/\/fr\/agenda\/([2-9A-Z]{10})"/g)].map((found) => found[1]!);
    const first = await house.visitor().get(`/fr/agenda?site=${site.slug}`);
    const next = /href="([^"]*apres=[^"]*)"/.exec(first.text)![1]!.replaceAll('&amp;', '&');
    const second = await house.visitor().get(next);
    expect([...references(first.text), ...references(second.text)].sort()).toEqual(made.sort());
    expect(second.text).not.toContain('Voir la suite');
  });

  test('shows where the bus stops, but neither a draft nor what was taken out of the plan', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile', name: 'Le bus' });
    await makeStop(bus.id);
    await makeStop(bus.id, { place: text('Au brouillon'), draft: true });
    await makeStop(bus.id, { place: text('Retirée'), cancelled_at: at('2026-11-20', '09:00') });
    await makeStop(bus.id, {
      place: text('En panne'),
      cancelled_at: at('2026-11-20', '09:00'),
      cancel_reason: text('le moteur est cassé'),
      aboard: JSON.stringify(['rien']),
    });
    await makeStop(bus.id, { place: text('Équipée'), aboard: JSON.stringify(['imprimante 3D', 'deux ordinateurs']) });
    const said = await read(`/fr/agenda?site=${bus.slug}`);
    expect(said).toContain('14 h – 17 h 30 Le bus à Village-sur-Aa Arrêt du bus · Grand-Place');
    expect(said).toContain('Le bus ne vient pas : le moteur est cassé');
    expect(said).toContain('À bord : imprimante 3D, deux ordinateurs');
    expect(said).not.toContain('À bord : rien');
    const dutch = (await house.visitor().get(`/nl/agenda?site=${bus.slug}`)).text;
    expect(dutch).toContain('Aan boord: <span lang="fr">imprimante 3D, deux ordinateurs</span>');
    expect(await read(`/fr/agenda/semaine?site=${bus.slug}`)).toContain('À bord : imprimante 3D');
    expect(said).not.toContain('Au brouillon');
    expect(said).not.toContain('Retirée');
  });

  test('says what comes next where today has nothing', async () => {
    const site = await makeSite(house.db);
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Samedi seulement' } });
    const said = await read(`/fr/agenda?site=${site.slug}&quand=aujourdhui`);
    expect(said).toContain('Rien n’est prévu pour ce choix');
    expect(said).toContain('Un peu plus tard');
    expect(said).toContain('Samedi seulement');
  });
});

describe('a session', () => {
  test('says when, where, for whom, at what price, with whom, and the way in', async () => {
    const site = await makeSite(house.db, { name: 'Gare pleine' });
    const room = await makeResource(house.db, site.id, { name: 'Salle Lys' });
    const session = await makeSession(house.db, {
      siteId: site.id,
      title: { fr: 'Réparer son vélo' },
      audience: 'ages',
      ageMin: 12,
      tariffs: [
        { key: 'plein', name: { fr: 'Plein tarif' }, cents: 1250 },
        { key: 'zero', name: { fr: 'Demandeurs d’emploi' }, cents: 0 },
      ],
    });
    await house.db.insertInto('session_thing').values({ session_id: session.id, resource_id: room.id }).execute();
    const leader = await makePerson(house.db, { name: 'Inès Meneuse' });
    await house.db.insertInto('session_leader').values({ session_id: session.id, person_id: leader.id }).execute();
    await change(session.id, { description: text('## À apporter\n\nUn **vélo**. <script>alert(1)</script>') });
    const { text: html } = await house.visitor().get(`/fr/agenda/${session.reference.toLowerCase()}`);
    const said = words(html);
    for (const one of [
      'Réparer son vélo',
      'Samedi 28 novembre, 14 h – 16 h',
      '12 places libres',
      'Gare pleine',
      'Salle Lys',
      'Dès 12 ans',
      'Plein tarif : 12,50 €',
      'Demandeurs d’emploi : Gratuit',
      'Inès Meneuse',
      'S’inscrire',
    ]) {
      expect(said).toContain(one);
    }
    expect(html).toContain('<h3>À apporter</h3>');
    expect(html).toContain('<strong>vélo</strong>');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain(`href="/fr/agenda/${session.reference}/inscription"`);
  });

  test.each([{ status: 'draft' }, { kind: 'appointment' }] as const)('that is %o is not there', async (over) => {
    const site = await makeSite(house.db);
    const session = await makeSession(house.db, { siteId: site.id, ...over });
    for (const path of [`/fr/agenda/${session.reference}`, `/fr/agenda/${session.reference}/agenda.ics`]) {
      expect((await house.visitor().get(path)).status, path).toBe(404);
    }
    const team = await house.signedIn('equipe@quai.example');
    expect((await team.get(`/fr/agenda/${session.reference}`)).status).toBe(404);
  });

  test.each(['x', 'AAAAAAAAAA', "'--", '%00', '..%2f..', 'é'.repeat(10)])(
    'is not there under the name %s',
    async (name) => {
      expect((await house.visitor().get(`/fr/agenda/${encodeURIComponent(name)}`)).status).toBe(404);
    },
  );

  test('online never shows its link', async () => {
    const site = await makeSite(house.db);
    const session = await makeSession(house.db, { siteId: site.id });
    await change(session.id, { place_kind: 'online', online_url: 'https://secret.example/salle' });
    const visitor = house.visitor();
    const paths = ['', '/agenda.ics'].map((path) => `/fr/agenda/${session.reference}${path}`);
    for (const path of [
      ...paths,
      `/agenda.ics?site=${site.slug}`,
      `/agenda/openagenda.json?site=${site.slug}`,
      `/api/v1/sessions/${session.id}`,
    ]) {
      const { status, text: body } = await visitor.get(path);
      expect(status, path).toBe(200);
      expect(body, path).not.toContain('secret.example');
    }
    expect(await read(`/fr/agenda/${session.reference}`)).toContain('Le lien vous est envoyé après votre inscription');
  });

  test('that is cancelled or postponed says so first, with why, and nobody can register', async () => {
    const site = await makeSite(house.db);
    for (const [status, title] of [
      ['cancelled', 'Cette séance est annulée'],
      ['postponed', 'Cette séance est reportée'],
    ] as const) {
      const session = await makeSession(house.db, { siteId: site.id, status });
      await change(session.id, { status_reason: text('Le plancher est mouillé.') });
      const { text: html } = await house.visitor().get(`/fr/agenda/${session.reference}`);
      expect(words(html)).toContain(title);
      expect(words(html)).toContain('Le plancher est mouillé.');
      expect(html).not.toContain('/inscription"');
    }
  });

  test('shows the other dates of its series and the choices of an event', async () => {
    const site = await makeSite(house.db);
    const series = newId();
    await house.db
      .insertInto('session_series')
      .values({ id: series, site_id: site.id, enrolment: 'course', created_at: house.now.at })
      .execute();
    const dates = ['2026-11-16', '2026-11-30', '2026-12-07'];
    const made = [];
    for (const day of dates)
      made.push(await makeSession(house.db, { siteId: site.id, seriesId: series, start: at(day, '18:00') }));
    const said = await read(`/fr/agenda/${made[1]!.reference}`);
    expect(said).toContain('Un parcours en 3 dates');
    expect(said).toContain('Lundi 7 décembre, 18 h – 20 h');
    expect(said).not.toContain('16 novembre');
    const event = await makeSession(house.db, { siteId: site.id, kind: 'event', title: { fr: 'Université' } });
    const part = { siteId: site.id, parentId: event.id, track: 'De 10 h à 11 h' };
    await makeSession(house.db, { ...part, title: { fr: 'Premier choix' } });
    const other = await makeSession(house.db, { ...part, title: { fr: 'Second choix' } });
    const whole = await read(`/fr/agenda/${event.reference}`);
    expect(whole).toContain('De 10 h à 11 h : un choix');
    expect(whole).toContain('Premier choix');
    expect(whole).toContain('Choisir et s’inscrire');
    const chosen = await house.visitor().get(`/fr/agenda/${other.reference}`);
    expect(words(chosen.text)).toContain('← Université');
    expect(chosen.text).toContain(`href="/fr/agenda/${event.reference}/inscription"`);
  });

  test('that is by invitation offers nobody to register: the invitation does', async () => {
    const site = await makeSite(house.db);
    const session = await makeSession(house.db, { siteId: site.id, audience: 'invited' });
    const { text: html } = await (await house.signedIn('admin@quai.example')).get(`/fr/agenda/${session.reference}`);
    expect(words(html)).toContain('Sur invitation');
    expect(html).not.toContain('/inscription"');
  });

  test('at a stop of the bus says what is aboard, on its page and wherever it is taken', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile', name: 'Le bus' });
    const stopId = await makeStop(bus.id, { aboard: JSON.stringify(['imprimante 3D']) });
    const session = await makeSession(house.db, { siteId: bus.id, stopId, start: at('2026-11-25', '14:00') });
    expect(await read(`/fr/agenda/${session.reference}`)).toContain('À bord imprimante 3D');
    const visitor = house.visitor();
    const get = async (path: string) => (await visitor.get(path)).text.replace(/\r\n[ \t]/g, '');
    expect(seen(await get(`/fr/agenda/${session.reference}/agenda.ics`))).toContain('À bord : imprimante 3D');
    expect(seen(await get(`/agenda.ics?site=${bus.slug}`)).match(/À bord : imprimante 3D/g)).toHaveLength(2);
    expect(seen(await get(`/agenda.atom?site=${bus.slug}`))).toContain('À bord : imprimante 3D');
    const { items } = JSON.parse(await get(`/api/v1/sessions?site=${bus.slug}`));
    expect(items[0].place.aboard).toEqual(['imprimante 3D']);
    const { stops } = JSON.parse(await get(`/api/v1/sites/${bus.slug}`));
    expect(stops[0].aboard).toEqual(['imprimante 3D']);
  });

  test('whose date changed says which it was, to people and to search engines', async () => {
    const site = await makeSite(house.db);
    const session = await makeSession(house.db, { siteId: site.id });
    const move = (from: Date, recorded_at: Date) =>
      house.db
        .insertInto('journal')
        .values({
          id: newId(),
          occurred_at: recorded_at,
          recorded_at,
          kind: 'session.moved',
          subject_kind: 'session',
          subject_id: session.id,
          data: JSON.stringify({ from, to: session.start, fields: [] }),
        })
        .execute();
    const linked = async () => {
      const { text: html } = await house.visitor().get(`/fr/agenda/${session.reference}`);
      return { said: words(html), event: JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(html)![1]!) };
    };
    // Moved while nobody could read of it: it is nobody's business.
    await move(at('2026-11-26', '14:00'), at('2026-10-30', '09:00'));
    expect((await linked()).event.eventStatus).toBe('https://schema.org/EventScheduled');
    await move(at('2026-11-27', '18:00'), at('2026-11-20', '09:00'));
    const { said, event } = await linked();
    expect(said).toContain('La date a changé. C’était d’abord le vendredi 27 novembre');
    expect(event).toMatchObject({
      eventStatus: 'https://schema.org/EventRescheduled',
      previousStartDate: '2026-11-27T18:00:00+01:00',
      startDate: '2026-11-28T14:00:00+01:00',
    });
    const feed = JSON.parse((await house.visitor().get(`/agenda/openagenda.json?site=${site.slug}`)).text);
    expect(feed.events[0].status).toBe(2);
  });

  test('has for search engines all they ask of an event, its price and where it is sold included', async () => {
    const site = await makeSite(house.db);
    const read = async (over: object) => {
      const { reference } = await makeSession(house.db, { siteId: site.id, ...over });
      const { text: html } = await house.visitor().get(`/fr/agenda/${reference}`);
      return JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(html)![1]!);
    };
    const event = await read({});
    // Google Search Central, "Event (Event) structured data": required, then recommended.
    for (const name of ['name', 'startDate', 'location', 'endDate', 'eventStatus', 'offers', 'organizer'])
      expect(event[name], name).toBeTruthy();
    expect(event.location.address['@type']).toBe('PostalAddress');
    expect(event.organizer[0]).toMatchObject({ name: expect.any(String), url: expect.stringMatching(/^http/) });
    expect(event.offers).toEqual([
      {
        '@type': 'Offer',
        price: '0.00',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
        url: event.url,
        validFrom: '2026-11-01T09:00:00+01:00',
      },
    ]);
    expect((await read({ opensAt: at('2026-11-25', '09:00') })).offers[0]).toMatchObject({
      availability: 'https://schema.org/PreOrder',
      validFrom: '2026-11-25T09:00:00+01:00',
    });
    expect((await read({ closesAt: at('2026-11-22', '09:00') })).offers[0].availability).toBe(
      'https://schema.org/SoldOut',
    );
  });

  test('tells search engines what it is, and nothing in it can leave its element', async () => {
    const site = await makeSite(house.db, { name: 'Gare </script><b>' });
    const session = await makeSession(house.db, {
      siteId: site.id,
      title: { fr: '</script><script>alert("x")</script>' },
      status: 'postponed',
      tariffs: [{ key: 'a', name: { fr: 'Plein' }, cents: 500 }],
    });
    const { text: html } = await house.visitor().get(`/fr/agenda/${session.reference}`);
    const scripts = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)];
    expect(scripts.map((found) => found[1]!.trim())).toEqual(['type="application/ld+json"']);
    const event = JSON.parse(scripts[0]![2]!);
    expect(event).toMatchObject({
      '@context': 'https://schema.org/',
      '@type': 'Event',
      name: '</script><script>alert("x")</script>',
      startDate: '2026-11-28T14:00:00+01:00',
      endDate: '2026-11-28T16:00:00+01:00',
      eventStatus: 'https://schema.org/EventPostponed',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      maximumAttendeeCapacity: 12,
    });
    expect(event.location['@type']).toBe('Place');
  });
});

describe('elsewhere in the house', () => {
  test('the home page shows the next few things, and the page of a site its own', async () => {
    expect(await read('/fr')).toContain('Voir tout l’agenda');
    const site = await makeSite(house.db);
    expect(await read(`/fr/lieux/${site.slug}`)).not.toContain('Bientôt ici');
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Chez nous' } });
    const said = await read(`/fr/lieux/${site.slug}`);
    expect(said).toContain('Bientôt ici');
    expect(said).toContain('Chez nous');
  });

  test('the page of a bus says what is on, however many stops come before', async () => {
    const bus = await makeSite(house.db, { kind: 'mobile' });
    for (let hour = 10; hour < 17; hour += 1) {
      const [starts_at, ends_at] = [at('2026-11-24', `${hour}:00`), at('2026-11-24', `${hour}:30`)];
      await makeStop(bus.id, { starts_at, ends_at });
    }
    const start = at('2026-11-26', '14:00');
    await makeSession(house.db, { siteId: bus.id, title: { fr: 'Photos à bord' }, start });
    expect(await read(`/fr/lieux/${bus.slug}`)).toContain('Photos à bord');
  });

  test('the week is printed by site, with what is cancelled and without what is private', async () => {
    const site = await makeSite(house.db, { name: 'Gare imprimée' });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Lundi matin' }, start: at('2026-11-23', '07:00') });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Samedi' }, status: 'cancelled' });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'Seul à seul' }, kind: 'appointment' });
    await makeSession(house.db, { siteId: site.id, title: { fr: 'La suivante' }, start: at('2026-11-30', '09:00') });
    const said = await read(`/fr/agenda/semaine?site=${site.slug}`);
    expect(said).toContain('Gare imprimée Du lundi 23 novembre au dimanche 29 novembre 2026');
    // What is over that day still stands on the paper of the week.
    expect(said).toContain('Lundi matin');
    expect(said).toMatch(/Samedi .*Annulé/);
    expect(said).not.toContain('Seul à seul');
    expect(said).not.toContain('La suivante');
    expect(await read(`/fr/agenda/semaine?site=${site.slug}&jour=2026-12-02`)).toContain('La suivante');
    expect(await read('/fr/agenda/semaine?pres=Lumbres&jour=zzz')).toContain('Près de Lumbres');
    const before = house.now.at;
    house.now.at = at('2026-11-29', '10:00');
    expect(await read(`/fr/agenda/semaine?site=${site.slug}`)).toContain('La suivante');
    house.now.at = before;
  });

  test('a week that takes several pages has its name and its code on each, a short one fills its own', async () => {
    const site = await makeSite(house.db);
    const add = (count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, index) => {
          const start = new Date(at('2026-11-23', '08:00').getTime() + index * 3 * 3_600_000);
          return makeSession(house.db, { siteId: site.id, start, seats: null });
        }),
      );
    const sheet = async () =>
      /<article class="([^"]*)"/.exec((await house.visitor().get(`/fr/agenda/semaine?site=${site.slug}`)).text)![1]!;
    await add(4);
    expect(await sheet()).toBe('week-sheet');
    await add(18);
    expect(await sheet()).toBe('week-sheet is-dense');
    await add(22);
    expect(await sheet()).toBe('week-sheet is-dense is-long');
  });

  test('only the frame may be shown in other sites, each time it is asked for', async () => {
    for (let times = 0; times < 2; times += 1) {
      const frame = await house.visitor().get('/fr/agenda/cadre');
      expect(frame.status).toBe(200);
      expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *');
      expect(frame.headers.has('x-frame-options')).toBe(false);
      expect(frame.text).not.toContain('<script');
      expect(frame.text).not.toContain('<form');
      const list = await house.visitor().get('/fr/agenda');
      expect(list.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });
});
