import { describe, expect, test } from 'vitest';
import { at, makePerson, monday9 } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { newId } from '../../core/ids.ts';
import { reserve } from '../booking/index.ts';

const monday = '2026-11-23';
const station = '/fr/equipe/la-station';

const here = useStation();
const { app, bookingsOf, room } = here;

/** What a browser would send of the desk's form at an address, before anything is typed. */
function fieldsOf(html: string): Record<string, string> {
  const form = html.slice(html.indexOf('name="ressource"') - 200);
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const ticked = /<input[^>]*name="deja"[^>]*checked/.test(html) ? { deja: 'on' } : {};
  return { ...Object.fromEntries(hidden.map((match) => [match[1]!, match[2]!])), ...ticked, geste: 'reserver' };
}

describe('the desk', () => {
  test('three gestures: what is free now, a name, the button; the person is there at once', async () => {
    app.now.at = at(monday, '09:05');
    const thing = await room('Salle des trois gestes');
    const list = (await here.nadia.get(`${station}/accueil`)).text;
    const href = list.match(new RegExp(`href="([^"]*ressource=${thing.slug}[^"]*)"`))![1]!.replaceAll('&amp;', '&');
    const page = (await here.nadia.get(href)).text;
    expect(seen(page)).toContain('Réserver 9 h – 10 h');
    const form = { ...fieldsOf(page), nom: 'Hortense Passage' };
    const done = await here.nadia.post(`${station}/accueil`, form);
    expect(done.status).toBe(303);
    const [one] = await bookingsOf(thing.id);
    expect(one).toMatchObject({ status: 'checked_in', starts_at: monday9, channel: 'desk', people: 1 });
    // The same form sent twice books once.
    expect((await here.nadia.post(`${station}/accueil`, form)).location).toBe(done.location);
    expect(await bookingsOf(thing.id)).toHaveLength(1);
  });

  test('somebody books for an organisation: found again by its number, its limits counted, its number checked', async () => {
    const thing = await room('Salle des associations', { rules: { organisationAtOnce: 1 } });
    const wish = async (hour: number, more: Record<string, string>) => {
      const chosen = `ressource=${thing.slug}&debut=2026-11-27T${hour}:00:00.000Z&fin=2026-11-27T${hour + 1}:00:00.000Z`;
      const page = (await here.nadia.get(`${station}/accueil?${chosen}`)).text;
      return here.nadia.post(`${station}/accueil`, { ...fieldsOf(page), nom: `Personne de ${hour} h`, ...more });
    };
    const marais = { organisation: 'Les Amis du marais', pays: 'FR', numero: '732 829 320 00074' };
    const wrong = await wish(10, { ...marais, numero: '732 829 320 00075' });
    expect(wrong.status).toBe(422);
    expect(seen(wrong.text)).toContain('Ce SIRET n’existe pas');
    expect((await wish(10, { ...marais, organisation: '' })).status).toBe(422);
    const done = await wish(10, marais);
    expect(done.status).toBe(303);
    const sheet = seen((await here.nadia.get(done.location!.replace(/\/ticket.*/, ''))).text);
    expect(sheet).toContain('Les Amis du marais');
    const second = await wish(14, { ...marais, organisation: 'Amis du marais (les)' });
    expect(second.status).toBe(422);
    const registered = app.db.selectFrom('organisation').select('name').where('registration', '=', '73282932000074');
    expect(await registered.execute()).toEqual([{ name: 'Les Amis du marais' }]);
    expect((await wish(14, { organisation: '', numero: '' })).status).toBe(303);
  });

  test('Wednesday 9:05, a neighbour with no e-mail telephones: Friday is booked, the slip printed, Thursday’s list has the name', async () => {
    app.now.at = at('2026-11-25', '09:05');
    const thing = await room('Salle du vendredi');
    const chosen = `ressource=${thing.slug}&debut=2026-11-27T13:00:00.000Z&fin=2026-11-27T15:00:00.000Z`;
    const page = (await here.nadia.get(`${station}/accueil?${chosen}`)).text;
    expect(seen(page)).toContain('Réserver 14 h – 16 h');
    expect(page).not.toContain('name="deja"');
    const done = await here.nadia.post(`${station}/accueil`, {
      ...fieldsOf(page),
      nom: 'Josiane Duvoisin',
      telephone: '03 21 00 12 34',
    });
    const slip = seen((await here.nadia.get(done.location!)).text);
    expect(slip).toContain('Josiane Duvoisin est sur la liste d’appels du jeudi 26 novembre');
    expect(slip).toContain('class="slip"');
    expect(slip).toContain('vendredi 27 novembre 2026, 14 h – 16 h');
    app.now.at = at('2026-11-26', '09:00');
    const list = seen((await here.nadia.get(`${station}/appels?jour=2026-11-26`)).text);
    expect(list).toContain('Josiane Duvoisin');
    expect(list).toContain('tel:0321001234');
    const offers = seen(
      (await here.nadia.get(`${station}/accueil?jour=2026-11-27&de=17:00&ressource=${thing.slug}`)).text,
    );
    expect(offers).toContain('17 h – 18 h');
    expect(offers).not.toContain('9 h – 10 h');
    expect(seen((await here.nadia.get(`${station}/appels?jour=2026-11-25`)).text)).not.toContain('Josiane Duvoisin');
    // Today's page has it too; once reached, the list is done.
    const call = await app.db
      .selectFrom('call as c')
      .innerJoin('booking as b', 'b.id', 'c.booking_id')
      .select('c.id')
      .where('b.resource_id', '=', thing.id)
      .executeTakeFirstOrThrow();
    const answer = (suite: string) => here.nadia.post(`${station}/appels/${call.id}`, { suite, retour: '2026-11-26' });
    await answer('unreachable');
    expect(seen((await here.nadia.get(station)).text)).toContain('essayé, pas de réponse');
    expect((await answer('reached')).location).toBe(`${station}/appels?jour=2026-11-26`);
    const row = () => app.db.selectFrom('call').selectAll().where('id', '=', call.id).executeTakeFirstOrThrow();
    expect(await row()).toMatchObject({ outcome: 'reached', done_at: app.now.at });
    await here.nadia.post(`${station}/appels/${call.id}/annulation`, { retour: 'journee' });
    expect(await row()).toMatchObject({ outcome: null, done_at: null });
    expect((await answer('peut-être')).status).toBe(404);
  });

  test('all the reasons against it are shown, then the team books anyway and says why', async () => {
    const thing = await room('Salle très réglée', { rules: { maxMinutes: 60, noticeMinutes: 120 } });
    const chosen = `ressource=${thing.slug}&debut=2026-11-23T08:30:00.000Z&fin=2026-11-23T12:00:00.000Z`;
    const page = (await here.nadia.get(`${station}/accueil?${chosen}`)).text;
    expect(page).toContain('Réserver quand même, parce que…');
    expect(page.match(/<li>[^<]*<\/?/g)!.length).toBeGreaterThan(1);
    const form = { ...fieldsOf(page), nom: 'Lucie Exception' };
    expect((await here.nadia.post(`${station}/accueil`, form)).status).toBe(422);
    expect(await bookingsOf(thing.id)).toHaveLength(0);
    const done = await here.nadia.post(`${station}/accueil`, {
      ...form,
      malgre: 'Visite du maire, prévue de longue date.',
    });
    expect(done.status).toBe(303);
    expect((await bookingsOf(thing.id))[0]).toMatchObject({
      override_reason: 'Visite du maire, prévue de longue date.',
    });
  });

  test('what is taken cannot be passed, whatever the reason: no field is offered', async () => {
    const thing = await room('Salle prise');
    const other = await makePerson(app.db);
    const item = { resourceId: thing.id, start: at(monday, '10:00'), end: at(monday, '12:00') };
    await reserve(app.ctx(), { items: [item], people: 1, person: { id: other.id }, channel: 'desk' });
    const chosen = `ressource=${thing.slug}&debut=2026-11-23T09:00:00.000Z&fin=2026-11-23T10:00:00.000Z`;
    const page = (await here.nadia.get(`${station}/accueil?${chosen}`)).text;
    expect(page).not.toContain('name="malgre"');
    const answer = await here.nadia.post(`${station}/accueil`, { ...fieldsOf(page), nom: 'Paul', malgre: 'Parce que' });
    expect(answer.status).toBe(409);
    expect(await bookingsOf(thing.id)).toHaveLength(1);
  });

  test('somebody who came before is found by a part of the name, and only among those of this site', async () => {
    const thing = await room('Salle des habitués');
    const chosen = `ressource=${thing.slug}&debut=2026-11-24T09:00:00.000Z&fin=2026-11-24T10:00:00.000Z`;
    const page = (await here.nadia.get(`${station}/accueil?${chosen}`)).text;
    const fields = fieldsOf(page);
    const found = (await here.nadia.post(`${station}/accueil`, { ...fields, geste: 'chercher', nom: 'inès' })).text;
    expect(found).toContain('Inès Bacquart');
    expect(
      (await here.nadia.post(`${station}/accueil`, { ...fields, geste: 'chercher', nom: 'INES b' })).text,
    ).toContain('Inès Bacquart');
    const ines = await app.db
      .selectFrom('person')
      .select('id')
      .where('email', '=', 'ines@quai.example')
      .executeTakeFirstOrThrow();
    // Or by the end of a telephone number, however it was grouped.
    for (const telephone of ['0321009988', '03 21 00 99 88']) {
      await app.db.updateTable('person').set({ telephone }).where('id', '=', ines.id).execute();
      const asked = { ...fields, geste: 'chercher', nom: '21 00 9988' };
      expect((await here.nadia.post(`${station}/accueil`, asked)).text).toContain('Inès Bacquart');
    }
    await here.nadia.post(`${station}/accueil`, { ...fields, personne: ines.id });
    expect((await bookingsOf(thing.id))[0]!.person_id).toBe(ines.id);
    const stranger = await makePerson(app.db, { name: 'Inès Ailleurs' });
    expect(
      (await here.nadia.post(`${station}/accueil`, { ...fields, geste: 'chercher', nom: 'Inès' })).text,
    ).not.toContain('Inès Ailleurs');
    const forged = await here.nadia.post(`${station}/accueil`, { ...fields, cle: newId(), personne: stranger.id });
    expect(forged.status).toBe(422);
  });

  test('an option is held until the end of a day, and confirmed from its sheet', async () => {
    const thing = await room('Salle en option');
    const chosen = `ressource=${thing.slug}&debut=2026-11-30T09:00:00.000Z&fin=2026-11-30T10:00:00.000Z`;
    const fields = fieldsOf((await here.nadia.get(`${station}/accueil?${chosen}`)).text);
    const bad = await here.nadia.post(`${station}/accueil`, { ...fields, nom: 'Odile Option', option: '2026-12-05' });
    expect(bad.status).toBe(422);
    const done = await here.nadia.post(`${station}/accueil`, { ...fields, nom: 'Odile Option', option: '2026-11-26' });
    expect(done.status).toBe(303);
    const [one] = await bookingsOf(thing.id);
    expect(one).toMatchObject({ status: 'held', option_until: at('2026-11-27', '00:00') });
    await here.nadia.post(`${station}/reservations/${one!.reference}/option`);
    expect((await bookingsOf(thing.id))[0]!.status).toBe('confirmed');
  });

  test.each([
    ['a thing of nowhere', 'ressource=nulle-part&debut=2026-11-24T09:00:00.000Z'],
    ['no date', 'ressource=x&debut=hier'],
    ['the year 9999', 'ressource=x&debut=9999-01-01T09:00:00.000Z'],
  ])('%s in the address shows what is free', async (_, query) => {
    expect((await here.nadia.get(`${station}/accueil?${query}`)).status).toBe(200);
  });
});
