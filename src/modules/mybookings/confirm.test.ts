import { describe, expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makeCtx, makeResource, makeSite } from '../../../test/harness/make.ts';
import { cancel, reserve } from '../booking/index.ts';

const app = useHouse({ eachTest: true });
const afternoon = { start: at('2026-11-24', '14:00'), end: at('2026-11-24', '16:00') };

/** Two rooms held by a visitor in one request: their bookings, and where the mail's link and its code are given. */
async function twoRooms() {
  const site = await makeSite(app.db);
  const rooms = [
    await makeResource(app.db, site.id, { name: 'Salle Otée' }),
    await makeResource(app.db, site.id, { name: 'Salle Gardée' }),
  ];
  const { bookings } = await reserve(makeCtx(app.db), {
    items: rooms.map((room) => ({ resourceId: room.id, ...afternoon })),
    people: 1,
    person: { name: 'Nina', email: 'nina@essai.example' },
    channel: 'web',
  });
  await app.work();
  const link = new URL(/https?:\S+\/confirmer\?jeton=\S+/.exec(app.letters.at(-1)!.text)![0]);
  const code = `/fr/reservations/${bookings[0]!.reference}/confirmation`;
  return { bookings, paths: [link.pathname + link.search, code] };
}

describe('What a visitor is shown to confirm', () => {
  test('by the link or the code, is what the team has not cancelled of it', async () => {
    const { bookings, paths } = await twoRooms();
    await cancel(app.ctx(), { booking: bookings[0]!.id, reason: 'travaux' });
    for (const path of paths) {
      const page = await app.visitor().get(path);
      expect(page).toMatchObject({ status: 200 });
      expect(page.text).toContain('Salle Gardée');
      expect(page.text).not.toContain('Salle Otée');
    }
  });

  test('is all of it where the team cancelled all, and confirming it is refused with a way out', async () => {
    const { bookings, paths } = await twoRooms();
    for (const { id } of bookings) await cancel(app.ctx(), { booking: id, reason: 'travaux' });
    for (const path of paths) expect((await app.visitor().get(path)).text).toContain('Salle Otée');
    const refused = await app.visitor().post('/fr/reservations/confirmer', {
      jeton: new URL(paths[0]!, 'http://localhost').searchParams.get('jeton')!,
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toMatch(/href="\/fr\/reservations\/[2-9A-Z]{10}">Voir la réservation/);
  });
});
