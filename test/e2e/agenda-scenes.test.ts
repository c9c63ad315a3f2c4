import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../src/core/db.ts';
import { newId } from '../../src/core/ids.ts';
import { territoryUrl } from '../../src/core/territories.ts';
import { thank } from '../../src/modules/tidings/index.ts';
import { makeSession } from '../harness/agenda.ts';
import { type Answer, makeApp, type TestApp, type Visitor } from '../harness/app.ts';
import { emptyDatabase, newSlug, quai, secret } from '../harness/cli.ts';
import type { Clone } from '../harness/cluster.ts';
import { useHouse } from '../harness/house.ts';
import { at, makePerson } from '../harness/make.ts';
import { seen } from '../harness/seen.ts';
import { formsOf } from '../hostile/forms.ts';

// Stories of the agenda with the clock set, told over HTTP: what a browser adds is in the journeys of each module.

/** The form of a page that goes where it is said, as it would be sent if nobody touched it. */
function formTo(answer: Answer, from: string, action: RegExp) {
  const found = formsOf(answer.text, from).find((form) => form.method === 'post' && action.test(form.action));
  if (!found) throw new Error(`${from} (${answer.status}) has no form to ${action}`);
  return found;
}

/** Opens an address as a browser does, which follows where it is sent. */
async function visit(who: Visitor, path: string): Promise<Answer & { path: string }> {
  const answer = await who.get(path);
  return answer.location ? visit(who, pathOf(answer.location)) : { ...answer, path: path.split('?')[0]! };
}

/** Opens a page, fills in its form and sends it. */
async function fill(who: Visitor, address: string, action: RegExp, over: Record<string, string | string[]>) {
  const page = await visit(who, address);
  const form = formTo(page, page.path, action);
  return who.post(form.action, { ...form.fields, ...over });
}

const pathOf = (link: string): string => link.replace(/^https?:\/\/[^/]+/, '');

/** The link of the last letter to somebody that goes to an address with these words. */
function linkIn(app: Pick<TestApp, 'letters'>, to: string, words: string): string {
  const letter = app.letters.findLast((one) => one.to.includes(to));
  const links = (letter?.text ?? '').match(/https?:\/\/\S+/g) ?? [];
  const found = links.find((link) => link.includes(words));
  if (!found) throw new Error(`The letter to ${to} has no link to ${words}: ${links.join(' ')}`);
  return pathOf(found);
}

const siteId = async (db: Db): Promise<string> =>
  (await db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow()).id;

describe('Monday 30 November: SOFIE’s autumn university', () => {
  const house = useHouse();
  const things = ['halle', 'salle-aa', 'salle-belandre', 'salle-lys'];
  const root = '/fr/equipe/la-station/programme';
  let sofie: Visitor;
  let ids: Map<string, string>;
  let university: string;
  let station: string;

  beforeAll(async () => {
    house.now.at = at('2026-11-30', '10:00');
    station = await siteId(house.db);
    const person = await makePerson(house.db, { name: 'Sofie Vanhove', email: 'sofie@quai.example' });
    const grant = { id: newId(), person_id: person.id, role: 'team' as const, created_at: house.now.at };
    await house.db
      .insertInto('role_grant')
      .values({ ...grant, site_id: station })
      .execute();
    sofie = await house.signedIn('sofie@quai.example');
    const rows = await house.db.selectFrom('resource').select(['slug', 'id']).where('slug', 'in', things).execute();
    ids = new Map(rows.map(({ slug, id }) => [slug, id]));
  });

  /** What is held that Friday of these things. */
  const held = () =>
    house.db
      .selectFrom('allocation as a')
      .innerJoin('unit as u', 'u.id', 'a.unit_id')
      .innerJoin('resource as r', 'r.id', 'u.resource_id')
      .select(['r.slug', 'a.cause_id'])
      .where('a.cause_kind', '=', 'session')
      .where('r.site_id', '=', station)
      .where((where) => where('a.during', '&&', '[2026-12-11 07:00+01,2026-12-11 14:00+01)' as never))
      .orderBy('r.slug')
      .execute();

  const wishes = (over: Record<string, string | string[]>) => ({
    'titre.fr': 'Université d’automne : l’intelligence artificielle',
    genre: 'event',
    jour: '2026-12-11',
    de: '08:30',
    a: '12:30',
    places: '160',
    salles: things.map((slug) => ids.get(slug)!),
    ...over,
  });

  test('she asks for the hall and three rooms; one is taken: she is shown what is free instead, and nothing is half kept', async () => {
    const other = { 'titre.fr': 'Comité', genre: 'meeting', places: '10', salles: [ids.get('salle-lys')!] };
    const taken = await sofie.post(`${root}/nouvelle`, {
      ...wishes(other),
      de: '09:00',
      geste: 'publier',
    });
    expect(taken.status, seen(taken.text)).toBe(303);
    const before = await held();
    expect(before.map(({ slug }) => slug)).toEqual(['salle-lys']);

    const preview = await sofie.post(`${root}/nouvelle`, wishes({ geste: 'voir' }));
    const shown = seen(preview.text);
    expect(shown).toContain('Ce n’est pas libre');
    expect(shown).toContain('Salle Lys');
    expect(await held()).toEqual(before);
    const forced = await sofie.post(`${root}/nouvelle`, wishes({ geste: 'publier' }));
    expect(forced.status).toBe(409);
    expect(await held()).toEqual(before);
    const kept = await house.db
      .selectFrom('session')
      .select('id')
      .where('kind', '=', 'event')
      .where('starts_at', '>', at('2026-12-11', '00:00'))
      .where('starts_at', '<', at('2026-12-12', '00:00'))
      .execute();
    expect(kept).toEqual([]);
  });

  test('she takes a room that is offered: all four are hers, once', async () => {
    const path = `${root}/nouvelle`;
    const preview = await sofie.post(path, wishes({ geste: 'voir' }));
    const ways = [...preview.text.matchAll(/name="autre" value="([^"]+)"/g)].map(([, value]) => value!);
    const instead = ways.find((way) => way.startsWith(`2026-12-11|${ids.get('salle-lys')}|`))!;
    expect(instead, ways.join(' ')).toBeTruthy();
    const free = await sofie.post(path, wishes({ geste: '', autre: [instead], envoi: newId() }));
    expect(seen(free.text)).toContain('Tout est libre');
    const form = formTo(free, path, /nouvelle$/);
    const done = await sofie.post(path, { ...form.fields, geste: 'publier' });
    expect(done.status, seen(done.text)).toBe(303);
    university = /programme\/([2-9A-Z]{10})/.exec(done.location!)![1]!;
    // Sent again, as somebody who pressed twice: kept once.
    expect((await sofie.post(path, { ...form.fields, geste: 'publier' })).location).toBe(done.location);
    const session = await house.db
      .selectFrom('session')
      .selectAll()
      .where('reference', '=', university)
      .executeTakeFirstOrThrow();
    const hers = (await held()).filter((one) => one.cause_id === session.id).map(({ slug }) => slug);
    // The hall with its two halves.
    expect(new Set(hers.filter((slug) => !slug.startsWith('halle-'))).size).toBe(4);
    expect(hers).toEqual(expect.arrayContaining(['halle', 'salle-aa', 'salle-belandre']));
    expect(hers).not.toContain('salle-lys');
    expect([session.starts_at, session.ends_at]).toEqual([at('2026-12-11', '08:30'), at('2026-12-11', '12:30')]);
  });

  test('150 guests come from a file: tried first, then invited, each by a link of their own', async () => {
    const lines = Array.from(
      { length: 150 },
      (_, n) => `Invitée ${n + 1};invitee${n + 1}@essai.example;Lycée ${n % 7}`,
    );
    const path = `/fr/inscriptions/seance/${university}/liste`;
    const count = async () => {
      const [registrations, persons] = await Promise.all([
        house.db
          .selectFrom('registration as r')
          .innerJoin('session as s', 's.id', 'r.session_id')
          .select('r.status')
          .where('s.reference', '=', university)
          .execute(),
        house.db.selectFrom('person').select('id').where('email', 'like', 'invitee%').execute(),
      ]);
      return [registrations.filter(({ status }) => status === 'invited').length, registrations.length, persons.length];
    };
    const upload = new FormData();
    upload.set(
      'fichier',
      new Blob([`nom;e-mail;organisation\n${lines.join('\n')}\nSans mail;;\n`], { type: 'text/csv' }),
      'liste.csv',
    );
    upload.set('mode', 'inviter');
    upload.set('geste', 'verifier');
    const tried = await sofie.upload(path, upload);
    expect(tried.status, seen(tried.text).slice(0, 2_000)).toBe(200);
    expect(seen(tried.text)).toMatch(/150/);
    expect(await count()).toEqual([0, 0, 0]);
    const form = formTo(tried, path, /liste$/);
    const done = await sofie.post(path, { ...form.fields, geste: 'ajouter' });
    expect(done.location, seen(done.text).slice(0, 2_000)).toContain('nombre=150');
    expect(await count()).toEqual([150, 150, 150]);
    // Once more, and nobody is invited twice.
    await sofie.post(path, { ...form.fields, geste: 'ajouter' });
    expect(await count()).toEqual([150, 150, 150]);
    await house.work();
    const letters = house.letters.filter(({ to }) => /invitee\d+@/.test(to));
    expect(letters).toHaveLength(150);
    const links = letters.map(({ to }) => linkIn(house, to, '/invitation'));
    expect(new Set(links).size).toBe(150);
    const guest = house.visitor();
    const answered = await fill(guest, links[0]!, /invitation$/, { geste: 'oui' });
    expect(answered.status, seen(answered.text).slice(0, 2_000)).toBe(303);
    expect(await count()).toEqual([149, 150, 150]);
  });
});

describe('Saturday’s workshop', () => {
  const house = useHouse();
  const day = '2026-11-28';

  test('a child and a neighbour wait, get the places of somebody who cancels, are marked at the door, and find it useful', async () => {
    house.now.at = at('2026-11-24', '19:00');
    const session = await makeSession(house.db, { siteId: await siteId(house.db), seats: 2, start: at(day, '14:00') });
    const form = `/fr/agenda/${session.reference}/inscription`;
    const first = await house.signedIn('maud@quai.example');
    const taken = await fill(first, form, /inscription$/, {
      pour: 'famille',
      vient: 'on',
      'prenom-0': 'Jo',
      geste: '',
    });
    expect(taken.location, seen(taken.text).slice(0, 2_000)).toContain('fait=inscription');

    // From a phone, without an account.
    const nadia = house.visitor();
    const asked = await fill(nadia, form, /inscription$/, {
      ...{ pour: 'famille', vient: [], nom: 'Nadia Delattre', email: 'nadia.delattre@essai.example', geste: '' },
      ...{ 'prenom-0': 'Léo', 'annee-0': '2016', 'prenom-1': 'Monique', accord: 'on' },
    });
    expect(asked.location ?? seen(asked.text)).toMatch(/confirmation/);
    await house.work();
    const code = /\b\d{6}\b/.exec(house.letters.findLast(({ to }) => to.includes('nadia.delattre'))!.text)![0];
    const confirmed = await fill(nadia, asked.location!, /confirmation$/, { code });
    expect(confirmed.status, seen(confirmed.text).slice(0, 2_000)).toBe(303);
    await house.work();
    const waiting = linkIn(house, 'nadia.delattre', '/inscriptions/');
    expect(seen((await visit(house.visitor(), waiting)).text)).toContain('1re position');

    const reference = /inscriptions\/([2-9A-Z]{10})/.exec(taken.location!)![1]!;
    const gone = await fill(first, `/fr/inscriptions/${reference}/annulation`, /annulation$/, { geste: 'oui' });
    expect(gone.status).toBe(303);
    await house.work();
    const offer = linkIn(house, 'nadia.delattre', '/place');
    const phone = house.visitor();
    expect(seen((await visit(phone, offer)).text)).toContain('vous sont proposées jusqu’au');
    expect((await fill(phone, offer, /place$/, { geste: 'oui' })).status).toBe(303);
    await house.work();

    // Saturday, at the door.
    house.now.at = at(day, '13:50');
    const team = await house.signedIn('equipe@quai.example');
    const roll = `/fr/presence/${session.reference}`;
    for (const name of ['Léo', 'Monique']) {
      const page = await team.get(roll);
      expect(seen(page.text)).toContain(name);
      const rows = formsOf(page.text, roll).filter(({ action, fields }) => /pointage$/.test(action) && fields.personne);
      const people = await house.db
        .selectFrom('attendee')
        .select(['id', 'name'])
        .where('session_id', '=', session.id)
        .execute();
      const own = rows.find(({ fields }) => people.find(({ id }) => id === fields.personne![0])?.name === name)!;
      expect((await team.post(own.action, { ...own.fields, etat: 'present' })).status).toBe(303);
    }
    const marks = await house.db
      .selectFrom('attendance')
      .select(['state', 'mode'])
      .where('session_id', '=', session.id)
      .execute();
    expect(marks).toEqual([
      { state: 'present', mode: 'desk' },
      { state: 'present', mode: 'desk' },
    ]);

    // When it is over they are thanked and asked one thing.
    house.now.at = at(day, '19:00');
    await thank(house.ctx());
    await house.work();
    const asking = linkIn(house, 'nadia.delattre', '/avis/');
    const said = await fill(house.visitor(), asking, /avis/, { note: '4' });
    expect(said.status, seen(said.text).slice(0, 2_000)).toBe(303);
    const answers = await house.db
      .selectFrom('feedback')
      .select(['score', 'words'])
      .where('session_id', '=', session.id)
      .execute();
    expect(answers).toEqual([{ score: 4, words: null }]);
    const read = seen((await team.get('/fr/equipe/la-station/avis')).text);
    expect(read).toContain('Atelier d’essai');
  });
});

describe('Wednesday 2 December: November’s figures', () => {
  const slug = newSlug();
  const noon = at('2026-12-02', '12:00');
  let folder: string;
  let source: Clone;
  let db: Db;
  let app: TestApp;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quai-scenes-'));
    source = await emptyDatabase(slug);
    expect(await quai(envOf(source, 'source'), 'seed', '--territory', slug)).toMatchObject({ code: 0 });
    ({ db, app } = await open(source));
  }, 120_000);

  afterAll(async () => {
    await db?.destroy();
    await source?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const envOf = ({ url }: Clone, name: string) => ({ DATABASE_URL: url, DATA_DIR: join(folder, name) });

  async function open({ url }: Clone) {
    const opened = connect(territoryUrl(url, secret, `territory_${slug}`), { max: 4 });
    return { db: opened, app: await makeApp(opened, { now: noon }) };
  }

  /** November as the territory reads it, and as the station does. */
  async function november(house: TestApp): Promise<string[]> {
    const admin = await house.signedIn('admin@quai.example');
    const pages = await Promise.all(
      ['/fr/preuves?mois=2026-11', '/fr/preuves/la-station?mois=2026-11'].map((path) => admin.get(path)),
    );
    for (const page of pages) expect(page.status).toBe(200);
    return pages.flatMap(
      ({ text }) => seen(text).match(/<d[td][^>]*>[^<]*<\/d[td]>|<t[dh][^>]*>[^<]*<\/t[dh]>/g) ?? [],
    );
  }

  /** Somebody with an e-mail who was there. */
  const participant = () =>
    db
      .selectFrom('attendance as m')
      .innerJoin('attendee as a', 'a.id', 'm.attendee_id')
      .innerJoin('session as s', 's.id', 'm.session_id')
      .innerJoin('site as y', 'y.id', 's.site_id')
      .innerJoin('person as p', 'p.id', 'a.person_id')
      .select(['p.id', 'p.email', 'p.name', 's.reference', 's.id as session'])
      .where('y.slug', '=', 'la-station')
      .where('m.state', '=', 'present')
      .where('m.replaced_at', 'is', null)
      .where('p.email', 'is not', null)
      .where('s.starts_at', '>', at('2026-11-01', '00:00'))
      .orderBy('s.starts_at', 'desc')
      .executeTakeFirstOrThrow();

  test('open down to a locked sheet; somebody erases themselves: the total stands, the reason is shown; restored, the same', async () => {
    const who = await participant();
    const sheet = `/fr/presence/${who.reference}/feuille`;
    const nadia = await app.signedIn('equipe@quai.example');
    const locked = await nadia.post(sheet, { nom: 'Nadia Équipe', apres: '0' });
    expect(locked.status, seen(locked.text).slice(0, 2_000)).toBe(303);
    const figures = await november(app);
    expect(figures.join(' ')).toMatch(/[1-9]/);
    const admin = await app.signedIn('admin@quai.example');
    expect((await admin.get('/fr/preuves?mois=2026-11')).text).toContain('/fr/preuves/la-station?mois=2026-11');
    expect((await admin.get('/fr/preuves/la-station?mois=2026-11')).text).toContain(sheet);
    expect(seen((await nadia.get(sheet)).text)).toContain(who.name);

    const own = await app.signedIn(who.email!);
    const page = seen((await own.get('/fr/compte/effacement')).text);
    expect(page).toMatch(/feuilles? d’émargement verrouillées?/);
    expect(page).toMatch(/jusqu’au .* 20\d\d/i);
    const erased = await fill(own, '/fr/compte/effacement', /effacement$/, { accord: 'on', oui: 'on', sur: 'on' });
    expect(erased.status, seen(erased.text).slice(0, 2_000)).toBeLessThan(400);
    const gone = await db
      .selectFrom('person')
      .select(['name', 'erased_at'])
      .where('id', '=', who.id)
      .executeTakeFirstOrThrow();
    expect(gone.erased_at).toEqual(noon);
    expect(await november(app)).toEqual(figures);
    const after = seen((await nadia.get(sheet)).text);
    expect(after).toMatch(/a demandé l’effacement|ont demandé l’effacement/);
    expect(after).toContain('Feuille');

    const file = join(folder, 'backup.quai');
    expect(await quai(envOf(source, 'source'), 'backup', file)).toMatchObject({ code: 0 });
    await db.destroy();
    await source.drop();
    source = await emptyDatabase(slug);
    expect(await quai(envOf(source, 'target'), 'restore', file)).toMatchObject({ code: 0 });
    ({ db, app } = await open(source));
    expect(await november(app)).toEqual(figures);
    const again = await app.signedIn('equipe@quai.example');
    expect(seen((await again.get(sheet)).text)).toMatch(/demandé l’effacement/);
    const rows = await db
      .selectFrom('attendance_sheet')
      .select(['id', 'rows'])
      .where('session_id', '=', who.session)
      .execute();
    expect(JSON.stringify(rows)).toContain(who.name);
    expect((await again.get(`/fr/preuves/feuilles/${rows[0]!.id}.pdf`)).status).toBe(200);
  }, 120_000);
});
