import { beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { seen as asRead } from '../../../test/harness/seen.ts';
import { bookingKey, codeFor } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import { accountSection, eraseHook, personalDataPart } from '../mybookings/hooks.tsx';

const secret = 'a secret of the tests, thirty-two characters long';
const app = useHouse({ eachTest: true });
let site: { id: string; slug: string };

beforeAll(async () => {
  site = await makeSite(app.db, {
    rules: { checkIn: true, releaseMinutes: 30, cancelUntilMinutes: 60, horizonDays: 90 },
  });
});

const tuesday = (hour: number, day = '24') => `2026-11-${day}T${String(hour).padStart(2, '0')}:00:00+01:00`;
const chose = (slug: string, from = 14, to = 16, day = '24') => `${slug}|${tuesday(from, day)}|${tuesday(to, day)}`;
const visitorForm = (slug: string, more: Record<string, string | string[]> = {}) => ({
  envoi: newId(),
  chose: chose(slug),
  personnes: '3',
  nom: 'Ada Essai',
  email: `ada-${newId().slice(-6)}@essai.example`,
  ...more,
});
/** The words as they are read: non-breaking spaces as spaces, what keeps hours on one line left out. */
const seen = (text: string) => asRead(text).replace(/<span class="nowrap">([^<]*)<\/span>/g, '$1');
const refOf = (location: string | null) => /\/reservations\/([2-9A-Z]{10})/.exec(location ?? '')?.[1] ?? 'none';
const bookingsOf = (resourceId: string) =>
  app.db.selectFrom('booking').selectAll().where('resource_id', '=', resourceId).execute();

async function codeOf(reference: string): Promise<string> {
  const row = await app.db
    .selectFrom('email_code as c')
    .innerJoin('booking as b', 'b.id', 'c.subject_id')
    .select('c.id')
    .where('b.reference', '=', reference)
    .executeTakeFirstOrThrow();
  return codeFor(secret, row.id);
}

async function bookSignedIn(
  visitor: Visitor,
  slug: string,
  more: Record<string, string | string[]> = {},
): Promise<string> {
  const answer = await visitor.post('/fr/reservations', {
    envoi: newId(),
    chose: chose(slug),
    personnes: '2',
    ...more,
  });
  expect(answer.status).toBe(303);
  return refOf(answer.location);
}

const inhabitant = () => app.signedIn('habitant@quai.example');

describe('The booking form', () => {
  test('says what, when, where, how much and what to know, without asking to sign in', async () => {
    const room = await makeResource(app.db, site.id, { name: 'Salle Lys' });
    const query = new URLSearchParams({ debut: tuesday(14), fin: tuesday(16), personnes: '4' });
    const answer = await app.visitor().get(`/fr/reserver/${room.slug}?${query}`);
    expect(answer.status).toBe(200);
    const text = seen(answer.text);
    expect(text).toContain('Salle Lys');
    expect(text).toContain('mardi 24 novembre 2026, 14 h – 16 h');
    expect(text).toContain('03 00 00 00 01');
    expect(text).toContain('Gratuit');
    expect(text).toContain('Vous pouvez annuler ou déplacer jusqu’au mardi 24 novembre à 13 h.');
    expect(text).toContain('Signalez votre arrivée avant 14 h 30');
    expect(text).toContain('value="4"');
    expect(text).toContain('Réserver 14 h – 16 h, puis confirmer par mail');
  });

  test('says before it is filled in that the time is taken, and what is free instead', async () => {
    const room = await makeResource(app.db, site.id);
    const other = await makeResource(app.db, site.id, { name: 'Salle voisine' });
    await bookSignedIn(await inhabitant(), room.slug);
    const query = new URLSearchParams({ debut: tuesday(14), fin: tuesday(16) });
    const answer = await app.visitor().get(`/fr/reserver/${room.slug}?${query}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Ce n’est pas possible ainsi');
    expect(answer.text).toContain('Libre à la place');
    expect(answer.text).toContain(`/fr/reserver/${other.slug}?`);
  });

  test('without a time, leads to the week', async () => {
    const room = await makeResource(app.db, site.id);
    for (const query of ['', '?debut=0001-01-01T00:00:00Z&fin=9999-01-01T00:00:00Z', '?debut=x&fin=y']) {
      const answer = await app.visitor().get(`/fr/reserver/${room.slug}${query}`);
      expect(answer.status).toBe(302);
      expect(answer.location).toBe(`/fr/lieux/${site.slug}/${room.slug}`);
    }
    expect((await app.visitor().get(`/fr/reserver/nulle-part?debut=${tuesday(9)}`)).status).toBe(404);
  });

  test('keeps what was typed and says what is missing', async () => {
    const room = await makeResource(app.db, site.id);
    const form = visitorForm(room.slug, {
      email: 'pas-une-adresse',
      nom: '<b>Zoé</b>',
      pour: 'organisation',
      pays: 'FR',
      numero: '12345678901234',
    });
    const answer = await app.visitor().post('/fr/reservations', form);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Cette adresse ne semble pas complète');
    expect(answer.text).toContain('Ce SIRET n’existe pas');
    expect(answer.text).toContain('&lt;b&gt;Zoé&lt;/b&gt;');
    expect(await bookingsOf(room.id)).toEqual([]);
  });

  test('sent twice, even at once, books once; changed, it is another request', async () => {
    const room = await makeResource(app.db, site.id, { units: 3, capacity: 4 });
    const visitor = await inhabitant();
    const form = { envoi: newId(), chose: chose(room.slug), personnes: '2' };
    const twins = await Promise.all([visitor.post('/fr/reservations', form), visitor.post('/fr/reservations', form)]);
    const again = await visitor.post('/fr/reservations', form);
    expect(new Set([...twins, again].map((one) => one.location)).size).toBe(1);
    expect(await bookingsOf(room.id)).toHaveLength(1);
    expect((await visitor.post('/fr/reservations', { ...form, personnes: '3' })).status).toBe(303);
    expect(await bookingsOf(room.id)).toHaveLength(2);
  });

  test('takes several rooms together, or none', async () => {
    const [one, two] = [
      await makeResource(app.db, site.id, { name: 'Une' }),
      await makeResource(app.db, site.id, { name: 'Deux' }),
    ];
    const visitor = await inhabitant();
    const form = { envoi: newId(), chose: chose(one.slug), personnes: '2' };
    const added = await visitor.post('/fr/reservations', { ...form, geste: 'ajouter', autre: two.slug });
    expect(added.status).toBe(200);
    expect(added.text).toContain('tout ou rien');
    // Enter in a field presses the first button there is: it must not take a room out.
    expect(/name="geste" value="(\w+)/.exec(added.text)?.[1]).toBe('reserver');
    const both = { ...form, chose: [chose(one.slug), chose(two.slug)] };
    const removed = await visitor.post('/fr/reservations', { ...both, geste: `retirer ${two.slug}` });
    expect(removed.text).not.toContain('tout ou rien');
    expect(await bookingsOf(one.id)).toEqual([]);
    const done = await visitor.post('/fr/reservations', both);
    expect(done.status).toBe(303);
    const [first] = await bookingsOf(one.id);
    const [second] = await bookingsOf(two.id);
    expect(first!.request_id).toBe(second!.request_id);
    const third = await makeResource(app.db, site.id);
    const refused = await visitor.post('/fr/reservations', {
      ...form,
      envoi: newId(),
      chose: [chose(third.slug), chose(two.slug)],
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('role="alert"');
    expect(await bookingsOf(third.id)).toEqual([]);
  });

  test('books each week: dates are shown first, then kept', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = await inhabitant();
    await bookSignedIn(await app.signedIn('theo@quai.example'), room.slug, {
      chose: `${room.slug}|2026-12-01T15:00:00+01:00|2026-12-01T17:00:00+01:00`,
    });
    const form = { envoi: newId(), chose: chose(room.slug), personnes: '2', semaines: '3' };
    const shown = await visitor.post('/fr/reservations', { ...form, geste: 'semaines' });
    expect(shown.status).toBe(200);
    expect(seen(shown.text)).toContain('mardi 8 décembre 2026, 14 h – 16 h');
    expect(shown.text).toContain('Pas possible');
    const kept = [...shown.text.matchAll(/type="checkbox" name="(date-\d+)" value="([^"]+)"/g)];
    expect(kept).toHaveLength(2);
    expect(await bookingsOf(room.id)).toHaveLength(1);
    const dates = Object.fromEntries(kept.map((match) => [match[1]!, match[2]!.replaceAll('&amp;', '&')]));
    const done = await visitor.post('/fr/reservations/chaque-semaine', { ...form, ...dates });
    expect(done.status).toBe(303);
    const rows = (await bookingsOf(room.id)).filter((row) => row.series_id);
    expect(rows).toHaveLength(2);
    const none = await visitor.post('/fr/reservations/chaque-semaine', { ...form, envoi: newId() });
    expect(none.status).toBe(422);
    expect(none.text).toContain('Choisissez au moins une date');
    expect((await app.visitor().post('/fr/reservations', { ...form, geste: 'semaines' })).status).toBe(404);
  });

  test('notes the organisation of a visitor, foreign ones included', async () => {
    const room = await makeResource(app.db, site.id);
    const form = visitorForm(room.slug, {
      pour: 'organisation',
      organisation: 'Vlas & Co',
      pays: 'BE',
      numero: 'BE 0403.019.261',
    });
    expect((await app.visitor().post('/nl/reservations', form)).status).toBe(303);
    const [row] = await bookingsOf(room.id);
    const organisation = await app.db
      .selectFrom('organisation')
      .selectAll()
      .where('id', '=', row!.organisation_id)
      .executeTakeFirstOrThrow();
    expect(organisation).toMatchObject({ name: 'Vlas & Co', country: 'BE', registration: 'BE0403019261' });
    expect(row!.language).toBe('nl');
  });

  test.each([
    ['nothing', {}],
    ['a reversed time', { chose: 'x|2026-11-24T16:00:00+01:00|2026-11-24T14:00:00+01:00' }],
    ['years 0001 and 9999', { chose: 'x|0001-01-01T00:00:00Z|9999-12-31T00:00:00Z' }],
    ['NUL and a lone surrogate', { chose: 'x\u0000|\ud800|', nom: '\u0000' }],
  ])('answers %s with words', async (_name, form) => {
    const answer = await app.visitor().post('/fr/reservations', form);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Choisissez d’abord');
  });
});

describe('Confirming by mail', () => {
  test('a visitor types the code, then has the key to the booking', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = app.visitor();
    const posted = await visitor.post('/fr/reservations', visitorForm(room.slug, { email: 'zelda@essai.example' }));
    expect(posted.location).toMatch(/^\/fr\/reservations\/[2-9A-Z]{10}\/confirmation$/);
    const page = await visitor.get(posted.location!);
    expect(page.text).toContain('ze…@essai.example');
    expect(page.text).not.toContain('zelda@essai.example');
    const reference = refOf(posted.location);
    const wrong = await visitor.post(posted.location!, { code: '000001' });
    expect(wrong.status).toBe(422);
    const right = await visitor.post(posted.location!, { code: await codeOf(reference) });
    expect(right.status).toBe(303);
    expect(right.location).toContain('cle=');
    const shown = await visitor.get(right.location!);
    expect(shown.text).toContain('C’est confirmé');
    expect(shown.text).toContain('aria-label="Code de la réservation');
    const replayed = await visitor.post(posted.location!, { code: await codeOf(reference) });
    expect(replayed.status).toBe(409);
    expect((await visitor.get(`/fr/reservations/${reference}`)).status).toBe(404);
  });

  test('the sixth wrong code is refused whatever it is', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = app.visitor();
    const { location } = await visitor.post('/fr/reservations', visitorForm(room.slug));
    for (let i = 0; i < 5; i += 1) expect((await visitor.post(location!, { code: '1' })).status).toBe(422);
    expect((await visitor.post(location!, { code: await codeOf(refOf(location)) })).status).toBe(429);
  });

  test('the link opens a page; only its button confirms', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = app.visitor();
    const { location } = await visitor.post('/fr/reservations', visitorForm(room.slug));
    await app.work();
    const link = /http:\/\/localhost:3000(\/fr\/reservations\/confirmer\?jeton=[\w-]+)/.exec(
      app.letters.at(-1)!.text,
    )![1]!;
    const opened = await visitor.get(link);
    expect(opened.status).toBe(200);
    expect((await bookingsOf(room.id))[0]!.status).toBe('held');
    const token = new URLSearchParams(link.split('?')[1]).get('jeton')!;
    const done = await visitor.post('/fr/reservations/confirmer', { jeton: token });
    expect(done.status).toBe(303);
    expect((await bookingsOf(room.id))[0]!.status).toBe('confirmed');
    expect((await visitor.get(link)).text).toContain('C’est déjà confirmé');
    expect((await visitor.get('/fr/reservations/confirmer?jeton=faux')).status).toBe(404);
    expect(refOf(location)).toBe(refOf(done.location));
  });

  test('is shown what is left to confirm, where the team cancelled one of several rooms', async () => {
    const [gone, kept] = [
      await makeResource(app.db, site.id, { name: 'Salle Otée' }),
      await makeResource(app.db, site.id, { name: 'Salle Gardée' }),
    ];
    const visitor = app.visitor();
    const form = visitorForm(gone.slug, { chose: [chose(gone.slug), chose(kept.slug)] });
    const { location } = await visitor.post('/fr/reservations', form);
    await app.db
      .deleteFrom('allocation')
      .where('cause_id', '=', (await bookingsOf(gone.id))[0]!.id)
      .execute();
    await app.db
      .updateTable('booking')
      .set({ status: 'cancelled', cancelled_at: monday9, hold_expires_at: null })
      .where('resource_id', '=', gone.id)
      .execute();
    const text = seen((await visitor.get(location!)).text);
    expect(text).toContain('Salle Gardée');
    expect(text).not.toContain('Salle Otée');
    await visitor.post(location!, { code: await codeOf(refOf(location)) });
    expect((await bookingsOf(kept.id))[0]!.status).toBe('confirmed');
  });

  test('late, it is still given if it is free, and refused with a way out if not', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = app.visitor();
    const late = await visitor.post('/fr/reservations', visitorForm(room.slug));
    app.now.at = new Date(monday9.getTime() + 45 * 60_000);
    await bookSignedIn(await inhabitant(), room.slug);
    const refused = await visitor.post(late.location!, { code: await codeOf(refOf(late.location)) });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('/fr/trouver');
    const free = await makeResource(app.db, site.id);
    app.now.at = monday9;
    const other = await visitor.post('/fr/reservations', visitorForm(free.slug));
    app.now.at = new Date(monday9.getTime() + 45 * 60_000);
    expect((await visitor.post(other.location!, { code: await codeOf(refOf(other.location)) })).status).toBe(303);
  });
});

describe('A booking', () => {
  test('is seen by its person, by the team of the site, by who has the key; by nobody else', async () => {
    const station = await app.db
      .selectFrom('site')
      .select('id')
      .where('slug', '=', 'la-station')
      .executeTakeFirstOrThrow();
    const room = await makeResource(app.db, station.id);
    const visitor = await inhabitant();
    const answer = await visitor.post('/fr/reservations', { envoi: newId(), chose: chose(room.slug), personnes: '2' });
    const reference = refOf(answer.location);
    const [row] = await bookingsOf(room.id);
    const path = `/fr/reservations/${reference}`;
    expect((await visitor.get(path)).status).toBe(200);
    expect((await (await app.signedIn('equipe@quai.example')).get(path)).status).toBe(200);
    const stranger = await app.signedIn('theo@quai.example');
    for (const gesture of ['', '/annulation', '/deplacement', '/presence', '/fin', '/bulletin', '/agenda.ics'])
      expect([gesture, (await stranger.get(path + gesture)).status]).toEqual([gesture, 404]);
    for (const gesture of ['/annulation', '/presence', '/fin'])
      expect((await stranger.post(path + gesture, { version: '1' })).status).toBe(404);
    expect((await stranger.post(`${path}/deplacement`, { debut: tuesday(17), fin: tuesday(18) })).status).toBe(404);
    expect((await app.visitor().get(`${path}?cle=faux`)).status).toBe(404);
    expect((await app.visitor().get(`${path}?cle=${bookingKey(secret, row!.id)}`)).status).toBe(200);
    expect((await app.visitor().get('/fr/reservations/22222AAAAA')).status).toBe(404);
  });

  test('is moved and cancelled with the key of the mail, and tells its story', async () => {
    const room = await makeResource(app.db, site.id);
    const reference = await bookSignedIn(await inhabitant(), room.slug);
    const [row] = await bookingsOf(room.id);
    const key = bookingKey(secret, row!.id);
    const visitor = app.visitor();
    const path = `/fr/reservations/${reference}`;
    const days = await visitor.get(`${path}/deplacement?cle=${key}`);
    expect(seen(days.text)).toContain('mercredi 25 novembre');
    const slot = /href="(\/fr\/reservations\/[^"]*deplacement\?debut=2026-11-25T10[^"]*)"/
      .exec(days.text)![1]!
      .replaceAll('&amp;', '&');
    const asked = await visitor.get(slot);
    expect(seen(asked.text)).toContain('Déplacer au mer. 25 nov., 10 h – 12 h');
    const query = new URLSearchParams(slot.split('?')[1]);
    const moved = await visitor.post(`${path}/deplacement`, {
      cle: key,
      version: '1',
      debut: query.get('debut')!,
      fin: query.get('fin')!,
      ressource: room.slug,
    });
    expect(moved.status).toBe(303);
    const shown = await visitor.get(moved.location!);
    expect(seen(shown.text)).toContain('mercredi 25 novembre 2026, 10 h – 12 h');
    expect(seen(shown.text)).toContain('Déplacé : mardi 24 novembre à 14 h → mercredi 25 novembre à 10 h');
    const stale = await visitor.post(`${path}/annulation`, { cle: key, version: '1' });
    expect(stale.status).toBe(412);
    const gone = await visitor.post(`${path}/annulation`, { cle: key, version: '2' });
    expect(gone.status).toBe(303);
    expect((await visitor.get(gone.location!)).text).toContain('Annulé');
    const twice = await visitor.post(`${path}/annulation`, { cle: key });
    expect(twice.status).toBe(409);
  });

  test('past its deadline is for the telephone', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = await inhabitant();
    const reference = await bookSignedIn(visitor, room.slug);
    app.now.at = new Date('2026-11-24T13:30:00+01:00');
    const page = await visitor.get(`/fr/reservations/${reference}`);
    expect(seen(page.text)).toContain(
      'Il est trop tard pour changer ici : c’était possible jusqu’au mardi 24 novembre à 13 h. En cas d’empêchement, appelez le 03 00 00 00 01.',
    );
    expect(page.text).not.toContain('/annulation');
    // The link of a mail read too late leads to that very sentence.
    for (const gesture of ['annulation', 'deplacement'])
      expect(await visitor.get(`/fr/reservations/${reference}/${gesture}`)).toMatchObject({ status: 303 });
    const refused = await visitor.post(`/fr/reservations/${reference}/annulation`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('tel:');
  });

  test('is checked in when it is time, and given back early', async () => {
    const room = await makeResource(app.db, site.id);
    const visitor = await inhabitant();
    const reference = await bookSignedIn(visitor, room.slug);
    const path = `/fr/reservations/${reference}`;
    expect((await visitor.get(path)).text).not.toContain('Je suis là');
    expect((await visitor.post(`${path}/presence`)).status).toBe(422);
    app.now.at = new Date('2026-11-24T13:50:00+01:00');
    expect((await visitor.get(path)).text).toContain('Je suis là');
    expect((await visitor.post(`${path}/presence`)).status).toBe(303);
    app.now.at = new Date('2026-11-24T15:00:00+01:00');
    expect((await visitor.get(path)).text).toContain('rendre la place');
    expect((await visitor.post(`${path}/fin`)).status).toBe(303);
    expect((await visitor.get(path)).text).toContain('Terminé');
  });

  test('has a slip in large type', async () => {
    const room = await makeResource(app.db, site.id, { name: 'Salle Aa' });
    const visitor = await inhabitant();
    const reference = await bookSignedIn(visitor, room.slug);
    const slip = await visitor.get(`/fr/reservations/${reference}/bulletin`);
    expect(seen(slip.text)).toContain('mardi 24 novembre 2026');
    expect(slip.text).toContain(reference);
    expect(slip.text).toContain('<svg class="qr"');
  });

  test('its permanent address leads its person to it and tells others what to do', async () => {
    const room = await makeResource(app.db, site.id, { name: 'Salle secrète' });
    const visitor = await inhabitant();
    const reference = await bookSignedIn(visitor, room.slug);
    expect((await visitor.get(`/r/${reference}`)).location).toBe(`/fr/reservations/${reference}`);
    expect((await visitor.get(`/r/${reference.toLowerCase()}`)).status).toBe(302);
    const stranger = await app.visitor().get(`/r/${reference}`);
    const nothing = await app.visitor().get('/r/22222AAAAA');
    expect(stranger.status).toBe(200);
    expect(nothing.status).toBe(200);
    expect(stranger.text).not.toContain('secrète');
    expect(stranger.text.replaceAll(reference, '')).toBe(nothing.text.replaceAll('22222AAAAA', ''));
  });
});

describe('My bookings', () => {
  test('asks to sign in, then lists what is to come and what is past', async () => {
    expect((await app.visitor().get('/fr/mes-reservations')).location).toBe(
      '/fr/connexion?retour=%2Ffr%2Fmes-reservations',
    );
    const room = await makeResource(app.db, site.id, { name: 'Salle des listes' });
    const visitor = await app.signedIn('oriane@quai.example');
    const reference = await bookSignedIn(visitor, room.slug);
    const list = await visitor.get('/fr/mes-reservations');
    expect(list.text).toContain('Salle des listes');
    expect(list.text).toContain(`/fr/reservations/${reference}/annulation`);
    expect(list.text).toContain('demain');
    app.now.at = new Date('2026-11-25T09:00:00+01:00');
    expect((await visitor.get('/fr/mes-reservations')).text).not.toContain('Salle des listes');
    expect((await visitor.get('/fr/mes-reservations?passees=1')).text).toContain('Salle des listes');
    expect((await (await app.signedIn('kofi@quai.example')).get('/fr/mes-reservations')).text).not.toContain(
      'Salle des listes',
    );
  });

  test.each(['nl', 'en'] as const)('and every page speaks %s', async (locale) => {
    const room = await makeResource(app.db, site.id);
    const visitor = await inhabitant();
    const reference = await bookSignedIn(visitor, room.slug);
    const query = new URLSearchParams({ debut: tuesday(9), fin: tuesday(10) });
    const paths = ['', '/annulation', '/deplacement', '/bulletin'].map(
      (part) => `/${locale}/reservations/${reference}${part}`,
    );
    for (const path of [...paths, `/${locale}/mes-reservations`, `/${locale}/reserver/${room.slug}?${query}`]) {
      const page = await visitor.get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).not.toMatch(/Réserver|réservation|Annuler\b|Déplacer/);
    }
  });
});

describe('Where and whose', () => {
  test('the bus is where its stop is at that time', async () => {
    const stop = await app.db
      .selectFrom('stop as t')
      .innerJoin('commune as c', 'c.code', 't.commune_code')
      .select(['t.starts_at', 'c.name'])
      .where('t.starts_at', '>', new Date('2026-11-24T00:00:00+01:00'))
      .orderBy('t.starts_at')
      .limit(1)
      .executeTakeFirstOrThrow();
    const query = new URLSearchParams({
      debut: stop.starts_at.toISOString(),
      fin: new Date(stop.starts_at.getTime() + 30 * 60_000).toISOString(),
    });
    const page = await app.visitor().get(`/fr/reserver/aide-numerique-bus?${query}`);
    expect(page.status).toBe(200);
    expect(seen(page.text)).toContain('Arrêt du bus :');
    expect(page.text).toContain(stop.name.replaceAll("'", '&#39;'));
    expect(page.text).not.toContain('Ce n’est pas possible ainsi');
  });

  test('the account page shows the next bookings, the copy of one’s data all of them', async () => {
    const room = await makeResource(app.db, site.id, { name: 'Salle du compte' });
    const visitor = await app.signedIn('lieve@quai.example');
    const reference = await bookSignedIn(visitor, room.slug, { objet: 'Atelier' });
    const person = await app.db
      .selectFrom('person')
      .select('id')
      .where('email', '=', 'lieve@quai.example')
      .executeTakeFirstOrThrow();
    const actor = { ...app.ctx().actor, kind: 'person' as const, personId: person.id };
    expect(String(await accountSection.render(app.ctx(actor)))).toContain('Salle du compte');
    const copy = await personalDataPart.collect(app.ctx(actor), person.id);
    expect(copy).toEqual(expect.arrayContaining([expect.objectContaining({ reference, purpose: 'Atelier' })]));
    await eraseHook.erase(app.ctx(actor), person.id);
    const [row] = await bookingsOf(room.id);
    expect(row).toMatchObject({ status: 'cancelled', purpose: null });
  });
});
