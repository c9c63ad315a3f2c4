import { describe, expect, test } from 'vitest';
import { at, makePerson, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { reserve } from '../booking/index.ts';
import { planSessions } from '../sessions/index.ts';

const monday = '2026-11-23';
const station = '/fr/equipe/la-station';

const here = useStation();
const { app, bookingsOf, room } = here;

describe('an outage', () => {
  test('who is affected is shown first, then sent; who has no e-mail joins the call list; it is lifted', async () => {
    const thing = await room('Découpeuse en panne');
    await room('Découpeuse de rechange');
    const known = await makePerson(app.db, { name: 'Quentin Mail' });
    const silent = await makePerson(app.db, { name: 'Rolande Silence', email: null });
    const take = (id: string, from: string, to: string) =>
      reserve(app.ctx(), {
        items: [{ resourceId: thing.id, start: at(monday, from), end: at(monday, to) }],
        people: 1,
        person: { id },
        channel: 'desk',
      });
    await take(known.id, '10:00', '11:00');
    await take(silent.id, '14:00', '15:00');
    const form = {
      ressource: thing.slug,
      'de-jour': monday,
      'de-heure': '09:30',
      'a-jour': monday,
      'a-heure': '20:00',
      'raison-fr': 'Le tube est à changer.',
    };
    const preview = seen((await here.nadia.post(`${station}/panne`, form)).text);
    expect(preview).toContain('2 réservations sont touchées');
    expect(preview).toContain('Quentin Mail');
    expect(preview).toContain('recevra un mail');
    expect(preview).toContain('Rolande Silence');
    expect(preview).toContain('/fr/lieux/');
    expect((await bookingsOf(thing.id)).map((one) => one.status)).toEqual(['confirmed', 'confirmed']);
    const sent = await here.nadia.post(`${station}/panne`, { ...form, envoyer: 'oui' });
    expect(sent.location).toBe(`${station}#pannes`);
    expect((await bookingsOf(thing.id)).map((one) => one.status)).toEqual(['displaced', 'displaced']);
    const day = seen((await here.nadia.get(station)).text);
    expect(day).toContain('Le tube est à changer.');
    expect(day).toContain('à replacer');
    const list = seen((await here.nadia.get(`${station}/appels`)).text);
    expect(list).toContain('Rolande Silence');
    expect(list).not.toContain('Quentin Mail');
    const closure = await app.db
      .selectFrom('closure')
      .selectAll()
      .where('resource_id', '=', thing.id)
      .executeTakeFirstOrThrow();
    const stranger = await app.signedIn('habitant@quai.example');
    expect((await stranger.post(`${station}/panne/${closure.id}/levee`)).status).toBe(404);
    expect((await here.nadia.post(`/fr/equipe/bus/panne/${closure.id}/levee`)).status).toBe(404);
    await here.nadia.post(`${station}/panne/${closure.id}/levee`, { jour: monday });
    const after = await app.db
      .selectFrom('closure')
      .select('lifted_at')
      .where('id', '=', closure.id)
      .executeTakeFirstOrThrow();
    expect(after.lifted_at).toEqual(monday9);
  });

  test('sessions that lose their room are listed for the team to move, and stay until it does', async () => {
    const thing = await room('Salle inondée');
    const site = await app.db
      .selectFrom('site')
      .select('id')
      .where('slug', '=', 'la-station')
      .executeTakeFirstOrThrow();
    const planned = await planSessions(app.ctx(), {
      kind: 'workshop',
      title: { fr: 'Atelier mouillé' },
      siteId: site.id,
      placeKind: 'site',
      things: [{ resourceId: thing.id, people: 1 }],
      dates: [{ start: at(monday, '14:00'), end: at(monday, '16:00') }],
      publish: true,
    });
    const { id, reference } = planned.sessions[0]!;
    const form = {
      ressource: thing.slug,
      'de-jour': monday,
      'de-heure': '09:30',
      'a-jour': monday,
      'a-heure': '20:00',
      'raison-fr': 'Une fuite.',
    };
    const preview = await here.nadia.post(`${station}/panne`, form);
    expect(seen(preview.text)).toContain('1 séance y est prévue');
    expect(preview.text).toContain(`/fr/equipe/la-station/programme/${reference}/deplacer`);
    await here.nadia.post(`${station}/panne`, { ...form, envoyer: 'oui' });
    const held = await app.db.selectFrom('allocation').select('id').where('cause_id', '=', id).execute();
    expect(held).toHaveLength(1);
    const programme = seen((await here.nadia.get(`${station}/programme`)).text);
    expect(programme).toContain('Atelier mouillé');
    expect(programme).toContain('Une de ses salles est fermée à ce moment');
  });

  test('a form half filled comes back filled, with what is missing', async () => {
    const thing = await room('Machine sans raison');
    const answer = await here.nadia.post(`${station}/panne`, {
      ressource: thing.slug,
      'de-jour': monday,
      'de-heure': '12:00',
      'a-jour': monday,
      'a-heure': '11:00',
      'raison-fr': 'Vapeur',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Vapeur');
    expect((await here.nadia.post(`${station}/panne`, { ressource: 'x' })).status).toBe(422);
  });
});
