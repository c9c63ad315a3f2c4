import { beforeAll, describe, expect, test } from 'vitest';
import { actorByEmail, type Visitor } from '../../../test/harness/app.ts';
import { makeHelper, makePresence, makeReason } from '../../../test/harness/help.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, at, makeCommune, makeCtx, makePerson, makeSite } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';
import { appointmentsOf, makeAppointment } from '../appointments/index.ts';
import { freeTimes } from '../presence/index.ts';
import { mergePersons, unmerge } from '../privacy/index.ts';
import { registrationByReference } from '../registrations/index.ts';

const house = useHouse();
let admin: Visitor;
let inhabitant: Visitor;

beforeAll(async () => {
  admin = await house.signedIn('admin@quai.example');
  inhabitant = await house.signedIn('habitant@quai.example');
});

const tuesday = '2026-11-24';
const week = { from: at('2026-11-23', '00:00'), to: at('2026-11-30', '00:00') };

async function scene() {
  const site = await makeSite(house.db, { name: 'Lumbres', lat: 50.705, lon: 2.12 });
  const far = await makeSite(house.db, { name: 'Aire', lat: 50.638, lon: 2.396 });
  const reason = await makeReason(house.db);
  const helper = await makeHelper(house.db, site.id, [reason.id]);
  return { site, far, reason, helper };
}

type Scene = Awaited<ReturnType<typeof scene>>;
const lines = (...rows: [string, number, string, string][]) =>
  Object.fromEntries(
    rows.flatMap(([site, weekday, from, to], index) => [
      [`p${index}.site`, site],
      [`p${index}.weekday`, String(weekday)],
      [`p${index}.from`, from],
      [`p${index}.to`, to],
    ]),
  );
const opening = ({ helper, reason }: Scene, rows: Record<string, string>, geste: string) => ({
  qui: helper.id,
  from: '2026-11-24',
  to: '2026-12-23',
  reasons: reason.id,
  lignes: '4',
  geste,
  ...rows,
});
const clocksOf = (free: { starts: Date[] }[]) =>
  free.flatMap((one) => one.starts.map((start) => start.toISOString().slice(11, 16)));
const take = ({ helper, reason, site }: Scene, name: string, time: string, telephone?: string) =>
  makeAppointment(makeCtx(house.db, { actor: actorOf({ id: helper.person.id, name, email: null }, ['team']) }), {
    reasonSlug: reason.slug,
    helperId: helper.id,
    siteId: site.id,
    stopId: null,
    start: at(tuesday, time),
    person: { name, telephone },
    channel: 'desk',
  });

describe('the pages of those who receive', () => {
  test('are there for their team alone', async () => {
    const { helper } = await scene();
    for (const path of ['', '/ouvrir', '/absence', '/equipe', `/equipe/${helper.id}`, '/sujets', '/sujets/nouveau'])
      expect((await inhabitant.get(`/fr/permanences${path}`)).status, path).toBe(404);
    for (const path of ['/ouvrir', '/absence', `/equipe/${helper.id}`])
      expect((await inhabitant.post(`/fr/permanences${path}`, { qui: helper.id })).status, path).toBeGreaterThan(403);
    const elsewhere = await makeSite(house.db);
    const person = await makePerson(house.db);
    await house.db
      .insertInto('role_grant')
      .values({
        id: helper.unitId,
        person_id: person.id,
        role: 'team',
        site_id: elsewhere.id,
        created_at: house.now.at,
      })
      .execute();
    const stranger = await house.signedIn(person.email!);
    expect((await stranger.get('/fr/permanences')).status).toBe(200);
    expect((await stranger.get(`/fr/permanences/equipe/${helper.id}`)).status).toBe(404);
    expect(
      (
        await stranger.post('/fr/permanences/absence', {
          qui: helper.id,
          from: tuesday,
          to: tuesday,
          fromTime: '09:00',
          toTime: '10:00',
          geste: 'noter',
        })
      ).status,
    ).toBe(404);
  });
});

describe('opening a month', () => {
  test('shows what it gives, keeps nothing of it, then opens it all at once and once', async () => {
    const here = await scene();
    const rows = lines([here.site.id, 2, '09:00', '12:00'], [here.far.id, 4, '14:00', '17:00']);
    const seen = await admin.post('/fr/permanences/ouvrir', opening(here, rows, 'voir'));
    expect(seen.status).toBe(200);
    expect(seen.text).toContain('36 rendez-vous de 45');
    expect(await house.db.selectFrom('presence').selectAll().where('helper_id', '=', here.helper.id).execute()).toEqual(
      [],
    );
    for (let sent = 0; sent < 2; sent += 1)
      expect((await admin.post('/fr/permanences/ouvrir', opening(here, rows, 'ouvrir'))).status).toBe(303);
    const kept = await house.db.selectFrom('presence').selectAll().where('helper_id', '=', here.helper.id).execute();
    expect(kept.map((one) => [one.weekday, one.opens, one.closes, one.valid_from, one.valid_to]).sort()).toEqual([
      [2, 540, 720, '2026-11-24', '2026-12-23'],
      [4, 840, 1020, '2026-11-24', '2026-12-23'],
    ]);
    const free = await freeTimes(house.ctx(), { reasonSlug: here.reason.slug, ...week });
    expect(free.reduce((sum, one) => sum + one.starts.length, 0)).toBe(8);
    const api = '/api/v1/appointments/availability';
    const asked = `${api}?reason=${here.reason.slug}&near=62765&from=2026-11-23&to=2026-11-29`;
    const { minutes, items } = (await house.visitor().get(asked)).json() as {
      minutes: number;
      items: { starts: string[] }[];
    };
    expect([minutes, items.flatMap((one) => one.starts)[0]]).toEqual([45, '2026-11-24T09:00:00+01:00']);
    for (const wrong of [
      'reason=inconnu&from=2026-11-23&to=2026-11-29',
      `reason=${here.reason.slug}&from=2026-11-29&to=2026-11-23`,
    ])
      expect((await house.visitor().get(`${api}?${wrong}`)).status).toBe(422);
  });

  test('in the bus takes a tick a village: its stops, at their hours, once', async () => {
    const here = await scene();
    const bus = await makeSite(house.db, { name: 'Bus d’essai', kind: 'mobile' });
    const commune_code = await makeCommune(house.db, { name: 'Dohem-Essai' });
    const stops = ['2026-12-01', '2026-12-15'].map((day) => ({
      id: newId(),
      site_id: bus.id,
      commune_code,
      place: JSON.stringify({ fr: 'Place' }),
      lat: 50.6,
      lon: 2.2,
      starts_at: at(day, '13:30'),
      ends_at: at(day, '17:00'),
    }));
    await house.db.insertInto('stop').values(stops).execute();
    const seen = await admin.get(`/fr/permanences/ouvrir?qui=${here.helper.id}`);
    expect(seen.text).toContain('Dohem-Essai');
    expect(seen.text).not.toContain('déjà ouvert');
    const rows = { villages: commune_code };
    const looked = await admin.post('/fr/permanences/ouvrir', opening(here, rows, 'voir'));
    expect(looked.text).toMatch(/Dohem-Essai · 8 rendez-vous/);
    for (const _ of ['once', 'twice'])
      expect((await admin.post('/fr/permanences/ouvrir', opening(here, rows, 'ouvrir'))).status).toBe(303);
    const kept = await house.db
      .selectFrom('presence')
      .select(['day'])
      .where('helper_id', '=', here.helper.id)
      .execute();
    expect(kept.map((one) => one.day).sort()).toEqual(['2026-12-01', '2026-12-15']);
    const free = await freeTimes(house.ctx(), {
      reasonSlug: here.reason.slug,
      from: at('2026-12-01', '00:00'),
      to: at('2026-12-02', '00:00'),
    });
    expect(clocksOf(free)).toEqual(['12:30', '13:15', '14:00', '14:45']);
    expect((await admin.get(`/fr/permanences/ouvrir?qui=${here.helper.id}`)).text).toContain('déjà ouvert');
  });

  test('is refused where somebody is said to be elsewhere at the same hour, and names closed days', async () => {
    const here = await scene();
    await makePresence(house.db, here.helper.id, here.far.id, 2, 600, 660);
    const rows = lines([here.site.id, 2, '09:00', '12:00']);
    const seen = await admin.post('/fr/permanences/ouvrir', opening(here, rows, 'voir'));
    expect(seen.text).toContain('déjà annoncé ailleurs');
    expect((await admin.post('/fr/permanences/ouvrir', opening(here, rows, 'ouvrir'))).status).toBe(409);
    await house.db
      .insertInto('opening_exception')
      .values({
        id: here.helper.unitId,
        site_id: here.site.id,
        day: '2026-11-25',
        opens: null,
        closes: null,
        reason: '{}',
      })
      .execute();
    const wednesday = await admin.post(
      '/fr/permanences/ouvrir',
      opening(here, lines([here.site.id, 3, '09:00', '12:00']), 'voir'),
    );
    expect(wednesday.text).toContain('le lieu est fermé ce jour-là');
    const wrong = await admin.post(
      '/fr/permanences/ouvrir',
      opening(here, lines([here.site.id, 3, '12:00', '09:00']), 'voir'),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('La fin vient avant le début');
  });
});

describe('an absence', () => {
  test('names those it touches, offers them other times, and moves them there', async () => {
    const here = await scene();
    await makePresence(house.db, here.helper.id, here.site.id, 2);
    const made = await take(here, 'Yvette Essai', '10:30', '03 21 00 00 00');
    const absence = { qui: here.helper.id, from: tuesday, to: tuesday, fromTime: '10:00', toTime: '23:59' };
    const seen = await admin.post('/fr/permanences/absence', { ...absence, geste: 'voir' });
    expect(seen.text).toContain('Yvette Essai');
    expect((await admin.post('/fr/permanences/absence', { ...absence, geste: 'noter' })).status).toBe(303);
    const noted = await admin.get(`/fr/permanences/absence?${new URLSearchParams({ ...absence, fait: 'note' })}`);
    const [, heure = ''] = /name="heure" value="([^"]+)"/.exec(noted.text) ?? [];
    // The hour before the absence is the nearest one left.
    expect(heure).toContain('2026-11-24T08:00');
    const moved = await admin.post(`/fr/permanences/absence/${made.reference}`, {
      ...absence,
      heure,
      geste: 'deplacer',
    });
    expect(moved.status).toBe(303);
    const start = at(tuesday, '09:00');
    const [after] = await appointmentsOf(house.ctx(), here.helper.id, {
      start,
      end: new Date(start.getTime() + 60_000),
    });
    expect(after?.start).toEqual(start);
    expect((await registrationByReference(house.ctx(), made.reference))?.status).toBe('registered');
    expect(
      await freeTimes(house.ctx(), {
        reasonSlug: here.reason.slug,
        from: at(tuesday, '10:00'),
        to: at(tuesday, '12:00'),
      }),
    ).toEqual([]);
  });
});

describe('two records of somebody who receives', () => {
  test('made one, keep their appointments and their relay; made two again, they go back', async () => {
    const here = await scene();
    await makePresence(house.db, here.helper.id, here.site.id, 2);
    await take(here, 'Rose Essai', '09:45');
    const keep = await makePerson(house.db, { name: 'Nadia la même' });
    const commune = await house.db.selectFrom('commune').select('code').limit(1).executeTakeFirstOrThrow();
    const relay = { id: here.helper.unitId, person_id: here.helper.person.id, commune_code: commune.code };
    await house.db
      .insertInto('relay')
      .values({ ...relay, created_at: house.now.at })
      .execute();
    const boss = await actorByEmail(house.db, 'admin@quai.example');
    const window = { start: week.from, end: week.to };
    const comes = async () => (await appointmentsOf(house.ctx(), here.helper.id, window)).map((one) => one.helper.name);
    await mergePersons(house.ctx(boss), { keepId: keep.id, mergedId: here.helper.person.id, reason: 'la même' });
    expect(await comes()).toEqual(['Nadia la même']);
    expect(clocksOf(await freeTimes(house.ctx(), { reasonSlug: here.reason.slug, ...week }))).not.toContain('08:45');
    await unmerge(house.ctx(boss), here.helper.person.id, 'erreur');
    expect(await comes()).toEqual(['Nadia Essai']);
    const back = await house.db.selectFrom('relay').select('person_id').where('id', '=', relay.id).executeTakeFirst();
    expect(back?.person_id).toBe(here.helper.person.id);
  });
});

describe('why one comes', () => {
  test('is read nowhere but by who comes and by the team: no board, agenda, feed, call, planning of others nor subject', async () => {
    const here = await scene();
    await makePresence(house.db, here.helper.id, here.site.id, 2);
    const person = await makePerson(house.db, { name: 'Marcel Secret', email: 'marcel@essai.example' });
    const made = await makeAppointment(house.ctx(actorOf(person)), {
      reasonSlug: here.reason.slug,
      helperId: here.helper.id,
      siteId: here.site.id,
      stopId: null,
      start: at(tuesday, '09:00'),
      person: { id: person.id },
      channel: 'web',
    });
    await house.work();
    const letter = house.letters.find((one) => one.to === 'marcel@essai.example');
    expect(letter).toBeDefined();
    expect(letter!.text).toContain('relevés de compte');
    const files = letter!.attachments.map((file) => Buffer.from(file.content, 'base64').toString('utf8')).join(' ');
    expect(`${letter!.subject} ${files}`).not.toMatch(/surendettement|relevés/i);
    expect(files).toContain('BEGIN:VCALENDAR');
    // Nothing is listed for anybody to choose from any more: what is left to find would be a leak.
    await house.db.updateTable('appointment_reason').set({ archived_at: house.now.at }).execute();
    const { slug } = here.site;
    const days = '&from=2026-11-23&to=2026-11-30';
    const open = [
      '/fr',
      `/fr/tableau/${slug}`,
      '/fr/agenda?jour=2026-11-24',
      `/fr/agenda/semaine?lieu=${slug}`,
      `/fr/agenda/cadre?lieu=${slug}`,
      '/agenda.ics',
      `/agenda.ics?lieu=${slug}`,
      '/agenda.atom',
      '/agenda/openagenda.json',
      `/api/v1/sessions?site=${slug}${days}`,
      `/fr/lieux/${slug}`,
      '/fr/rendez-vous',
    ];
    const visitor = house.visitor();
    const team = await house.signedIn('equipe@quai.example');
    for (const path of open) {
      for (const who of [visitor, inhabitant, team]) {
        const { text, status } = await who.get(path);
        expect(status, path).toBe(200);
        expect(text, path).not.toMatch(/surendettement|relevés de compte|Marcel Secret/i);
      }
    }
    for (const path of ['', '/planning', '/programme', '/imprimer', '/planning?vue=semaine']) {
      const { text, status } = await admin.get(
        `/fr/equipe/${slug}${path}${path.includes('?') ? '&' : '?'}jour=${tuesday}`,
      );
      expect(status, path).toBeLessThan(500);
      expect(text, path).not.toMatch(/surendettement|relevés de compte/i);
    }
    const session = await house.db
      .selectFrom('session')
      .select('reference')
      .where('id', '=', made.sessionId)
      .executeTakeFirstOrThrow();
    for (const path of [
      `/fr/agenda/${session.reference}`,
      `/fr/agenda/${session.reference}/inscription`,
      `/fr/rendez-vous/${made.reference}`,
      `/fr/inscriptions/${made.reference}`,
    ]) {
      const answer = await visitor.get(path);
      expect(answer.text, path).not.toMatch(/surendettement|relevés|Marcel Secret/i);
    }
    expect((await inhabitant.get(`/fr/rendez-vous/${made.reference}`)).status).toBe(404);
    expect((await team.get(`/fr/rendez-vous/${made.reference}`)).status).toBe(404);
    expect((await admin.get(`/fr/rendez-vous/${made.reference}`)).text).toContain('surendettement');
  });
});
