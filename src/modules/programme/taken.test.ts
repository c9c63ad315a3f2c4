import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { bookUnit } from '../../../test/harness/bookings.ts';
import { makeHelper } from '../../../test/harness/help.ts';
import { at, makeSite } from '../../../test/harness/make.ts';
import { seen as plain } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { newId } from '../../core/ids.ts';
import { holdForSessions } from '../booking/index.ts';

const home = '/fr/equipe/la-station/programme';
const seen = (html: string): string => plain(html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
const here = useStation();
const { app } = here;

const asked = (over: Record<string, string>) => ({
  ...{ genre: 'workshop', 'titre.fr': 'Couture', jour: '2026-12-01', de: '18:00', a: '20:00', places: '8' },
  ...{ inscription: 'seat', lieu: 'site', public: 'all', prix: 'unknown', repeter: 'once', envoi: newId() },
  ...over,
});
const preview = (over: Record<string, string>) =>
  here.nadia.post(`${home}/nouvelle`, { ...asked(over), geste: 'voir' });

test('what is not free says by what, at which hours, and leads there', async () => {
  const hall = await here.room('Salle occupée');
  const first = await here.nadia.post(`${home}/nouvelle`, {
    ...asked({ salles: hall.id, de: '17:00', a: '18:30', 'titre.fr': 'Chorale' }),
    geste: 'publier',
  });
  const session = /programme\/([2-9A-Z]{10})/.exec(first.location ?? '')![1]!;
  const units = await app.db.selectFrom('unit').select('id').where('resource_id', '=', hall.id).execute();
  const [start, end] = [at('2026-12-01', '19:30'), at('2026-12-01', '21:00')];
  const booking = await bookUnit(app.db, hall.id, units[0]!.id, start, end);
  const { text } = await preview({ salles: hall.id });
  expect(seen(text)).toContain('Déjà pris (Salle occupée) : mardi 1er décembre, 17 h – 18 h 30. Chorale');
  expect(text).toContain(`href="${home}/${session}"`);
  expect(seen(text)).toContain('Déjà pris (Salle occupée) : mardi 1er décembre, 19 h 30 – 21 h. Réservation :');
  expect(text).toContain(`href="/fr/equipe/la-station/reservations/${booking}"`);
  expect((await here.nadia.get(`/fr/equipe/la-station/reservations/${booking}`)).status).toBe(200);
});

test('a session does not stand in its own way when it moves', async () => {
  const hall = await here.room('Salle à soi');
  const fields = asked({ salles: hall.id, 'titre.fr': 'Chant', jour: '2026-12-02' });
  const first = await here.nadia.post(`${home}/nouvelle`, { ...fields, geste: 'publier' });
  const path = `${first.location!.split('?')[0]}/deplacer`;
  const form = { ...fields, version: '1', de: '19:00', a: '21:00', portee: 'one', geste: 'voir' };
  expect(seen((await here.nadia.post(path, form)).text)).not.toContain('Déjà pris');
});

test('of what another place’s team answers for, and of appointments, only the hours are told', async () => {
  const elsewhere = await makeSite(app.db, { name: 'Ailleurs' });
  const { id: stationId } = await app.db
    .selectFrom('site')
    .select('id')
    .where('slug', '=', 'la-station')
    .executeTakeFirstOrThrow();
  const helper = await makeHelper(app.db, stationId, []);
  const grant = { role: 'team' as const, site_id: stationId, created_at: app.now.at };
  await app.db
    .insertInto('role_grant')
    .values({ id: newId(), person_id: helper.person.id, ...grant })
    .execute();
  const foreign = { siteId: elsewhere.id, title: { fr: 'Secret d’ailleurs' }, start: at('2026-12-03', '18:00') };
  const session = await makeSession(app.db, foreign);
  const met = await makeSession(app.db, {
    ...{
      siteId: stationId,
      kind: 'appointment',
      title: { fr: 'Rendez-vous secret' },
      start: at('2026-12-04', '18:00'),
    },
  });
  for (const one of [session, met]) {
    await holdForSessions(app.ctx(), [
      { sessionId: one.id, helperId: helper.id, start: one.start, end: one.end, people: 1 },
    ]);
  }
  for (const jour of ['2026-12-03', '2026-12-04']) {
    const { text } = await preview({ jour, qui: helper.person.id });
    expect(seen(text)).toMatch(/Déjà pris \(Nadia Essai\) : .* 18 h – 20 h\./);
    expect(text).not.toMatch(/[Ss]ecret/);
  }
});
