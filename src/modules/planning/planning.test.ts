import { beforeAll, describe, expect, test } from 'vitest';
import { actorByEmail, type Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeResource, makeSite } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';
import { reserve } from '../booking/index.ts';

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
