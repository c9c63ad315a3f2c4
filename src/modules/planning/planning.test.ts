import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { actorByEmail, type Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { system } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';
import { holdForSessions, reserve } from '../booking/index.ts';

const house = useHouse();
let team: Visitor;
let inhabitant: Visitor;
let site: { id: string; slug: string };
let room: { id: string; slug: string };
let other: { id: string; slug: string };
let lab: { id: string; slug: string };
let machine: { id: string; slug: string };

beforeAll(async () => {
  site = await makeSite(house.db);
  room = await makeResource(house.db, site.id, { name: 'Salle <Haute>' });
  other = await makeResource(house.db, site.id, { name: 'Salle Basse' });
  machine = await makeResource(house.db, site.id, { name: 'Scie', kind: 'machine' });
  lab = await makeResource(house.db, site.id, { name: 'Atelier', kind: 'fab_lab', contains: [machine.id] });
  const leader = await makePerson(house.db, { name: 'Rosalie Cheffe', email: 'rosalie@quai.example' });
  await house.db
    .insertInto('role_grant')
    .values({ id: newId(), person_id: leader.id, site_id: site.id, role: 'team', created_at: house.now.at })
    .execute();
  team = await house.signedIn('rosalie@quai.example');
  inhabitant = await house.signedIn('habitant@quai.example');
});

const path = (rest = '') => `/fr/equipe/${site.slug}/planning${rest}`;

async function book(resourceId: string, from: string, to: string, name = 'Paulette Voisine') {
  const person = await makePerson(house.db, { name });
  const ctx = house.ctx(await actorByEmail(house.db, 'rosalie@quai.example'));
  const { bookings } = await reserve(ctx, {
    items: [{ resourceId, start: at('2026-11-24', from), end: at('2026-11-24', to) }],
    people: 2,
    person: { id: person.id },
    channel: 'desk',
  });
  return bookings[0]!;
}

const gesture = (form: Record<string, string>) => team.post(path('/deplacement'), form, { accept: 'application/json' });

describe('the planning of a site', () => {
  test('is for its team: for others it does not exist', async () => {
    expect((await team.get(path())).status).toBe(200);
    expect((await inhabitant.get(path())).status).toBe(404);
    expect((await house.visitor().get(path())).status).toBe(404);
    expect((await (await house.signedIn('equipe@quai.example')).get(path())).status).toBe(404);
  });

  test('shows who has booked what, with names escaped, by day and by week', async () => {
    await book(room.id, '09:00', '10:00', '<b>Gaston</b>');
    for (const view of ['?jour=2026-11-24', '?jour=2026-11-26&vue=semaine']) {
      const { text } = await team.get(path(view));
      expect(text).toContain('&lt;b&gt;Gaston&lt;/b&gt;');
      expect(text).toContain('Salle &lt;Haute&gt;');
      expect(text).not.toContain('<b>Gaston');
    }
  });

  test('an impossible day shows today', async () => {
    for (const day of ['2026-02-31', '0001-01-01', '9999-12-31', 'x', '%00']) {
      const answer = await team.get(path(`?jour=${day}`));
      expect(answer.status).toBe(200);
      expect(answer.text).toMatch(/lundi.23.novembre.2026/);
    }
  });

  test('a machine is away while its whole workshop is booked', async () => {
    await book(lab.id, '14:00', '16:00');
    const { text } = await team.get(path('?jour=2026-11-24'));
    const row = text.slice(text.indexOf(`data-resource="${machine.slug}"`)).split('</tr>')[0]!;
    expect(row).toMatch(/is-away[^>]*><span class="grid-text"><span class="grid-when">14.h.–\u2060.16.h/);
    expect(row).toContain('pris avec autre chose');
  });
});

describe('a gesture on the planning', () => {
  test('moves a booking to another room and hour, and can be undone', async () => {
    const booking = await book(room.id, '11:00', '12:00');
    const answer = await gesture({
      reservation: booking.reference,
      version: String(booking.version),
      ressource: other.slug,
      debut: at('2026-11-24', '17:00').toISOString(),
      fin: at('2026-11-24', '18:30').toISOString(),
    });
    expect(answer.status).toBe(200);
    const { said, back } = answer.json() as {
      said: string;
      back: { version: string; resource: string; start: number; end: number };
    };
    expect(said).toContain('Salle Basse');
    const undone = await gesture({
      reservation: booking.reference,
      version: back.version,
      ressource: back.resource,
      debut: new Date(back.start).toISOString(),
      fin: new Date(back.end).toISOString(),
    });
    expect(undone.status).toBe(200);
    const row = await house.db.selectFrom('booking').selectAll().where('id', '=', booking.id).executeTakeFirstOrThrow();
    expect([row.resource_id, row.starts_at, row.ends_at]).toEqual([
      room.id,
      at('2026-11-24', '11:00'),
      at('2026-11-24', '12:00'),
    ]);
  });

  test('what is refused is explained, and nothing has moved', async () => {
    const first = await book(room.id, '13:00', '14:00');
    const second = await book(other.id, '13:00', '14:00');
    const answer = await gesture({
      reservation: second.reference,
      version: String(second.version),
      ressource: room.slug,
      debut: first.start.toISOString(),
      fin: first.end.toISOString(),
    });
    expect(answer.status).toBe(409);
    const { reasons } = answer.json() as { reasons: { code: string; text: string }[] };
    expect(reasons[0]!.code).toBe('booking.taken');
    expect(reasons[0]!.text.length).toBeGreaterThan(10);
    const row = await house.db
      .selectFrom('booking')
      .select('resource_id')
      .where('id', '=', second.id)
      .executeTakeFirstOrThrow();
    expect(row.resource_id).toBe(other.id);
  });

  test('made on a stale screen is refused', async () => {
    const booking = await book(room.id, '15:00', '16:00');
    const form = {
      reservation: booking.reference,
      version: String(booking.version),
      ressource: room.slug,
      debut: at('2026-11-24', '16:00').toISOString(),
      fin: at('2026-11-24', '17:00').toISOString(),
    };
    expect((await gesture(form)).status).toBe(200);
    expect((await gesture({ ...form, fin: at('2026-11-24', '18:00').toISOString() })).status).toBe(412);
  });

  test('forged or malformed does nothing', async () => {
    const booking = await book(room.id, '18:00', '19:00');
    const form = { reservation: booking.reference, version: '1', ressource: room.slug, debut: 'demain', fin: '' };
    expect((await gesture(form)).status).toBe(422);
    expect(
      (
        await gesture({
          ...form,
          reservation: 'ZZZZZZZZZZ',
          debut: booking.start.toISOString(),
          fin: booking.end.toISOString(),
        })
      ).status,
    ).toBe(404);
    expect((await inhabitant.post(path('/deplacement'), form)).status).toBe(404);
  });
});

test('shows what a session takes with its title, free to nobody, and an appointment without what it is about', async () => {
  const here = await makeSite(house.db);
  const single = await makeResource(house.db, here.id, { name: 'Salle seule' });
  const office = await makeResource(house.db, here.id, { name: 'Petit bureau' });
  const session = await makeSession(house.db, { siteId: here.id, title: { fr: 'Réparer son vélo' } });
  const meeting = await makeSession(house.db, { siteId: here.id, kind: 'appointment', title: { fr: 'Dettes' } });
  const span = { start: at('2026-11-28', '13:30'), end: at('2026-11-28', '16:00'), people: 5 };
  await holdForSessions(house.ctx(system), [
    { ...span, sessionId: session.id, resourceId: single.id },
    { ...span, sessionId: meeting.id, resourceId: office.id },
  ]);
  const admin = await house.signedIn('admin@quai.example');
  const { text } = await admin.get(`/fr/equipe/${here.slug}/planning?jour=2026-11-28`);
  const row = (slug: string) => new RegExp(`<tr data-resource="${slug}">.*?</tr>`).exec(text)![0];
  expect(row(single.slug)).toContain('Réparer son vélo');
  expect(row(single.slug)).toContain(`href="../${here.slug}/programme/${session.reference}"`);
  expect(seen(row(single.slug))).toMatch(/13 h 30 – 16 h/);
  expect(row(single.slug)).not.toContain('data-reference');
  expect(row(office.slug)).toContain('Rendez-vous');
  expect(text).not.toContain('Dettes');
  const week = await admin.get(`/fr/equipe/${here.slug}/planning?jour=2026-11-28&vue=semaine`);
  expect(week.text).toContain(`/fr/equipe/${here.slug}/programme/${session.reference}`);
  expect(week.text).not.toContain('Dettes');
});
