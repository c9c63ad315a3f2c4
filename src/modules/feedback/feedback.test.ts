import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { actorByEmail } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { registrationKey } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import { erasePerson } from '../privacy/index.ts';
import { handleFeedback } from './handle.ts';
import { feedbackOf, giveFeedback, lowAnswers } from './index.ts';

const here = useStation();
const { app } = here;
const day = '2026-11-23';

/** A session that began this Monday at ten, with somebody registered who holds the key of their mail. */
async function attended() {
  app.now.at = at(day, '12:30');
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const session = await makeSession(app.db, { siteId: site.id, start: at(day, '10:00') });
  const one = async (name = 'Jeanne Martel', seat = 1, status: 'registered' | 'cancelled' = 'registered') => {
    const person = await makePerson(app.db, { name });
    const own = await makeRegistration(app.db, session.id, { person, status }, seat);
    return { ...own, person, url: `/fr/avis/${own.reference}`, cle: registrationKey(app.ctx().secret, own.id) };
  };
  const rows = () => app.db.selectFrom('feedback').selectAll().where('session_id', '=', session.id).execute();
  return { session, site, one, rows };
}

describe('the question after a session', () => {
  test('is answered by one tap, once, and changed for a day', async () => {
    const { one, rows } = await attended();
    const { url, cle } = await one();
    const nobody = app.visitor();
    expect(seen((await nobody.get(`${url}?cle=${cle}`)).text)).toMatch(
      /Pas du tout[\s\S]*Un peu[\s\S]*Oui[\s\S]*Beaucoup/,
    );
    await Promise.all([nobody.post(url, { cle, note: '4' }), nobody.post(url, { cle, note: '4' })]);
    expect((await nobody.post(url, { cle, note: '3', mots: 'Merci à Nadia <b>' })).location).toBe(`${url}?cle=${cle}`);
    expect(await rows()).toMatchObject([{ score: 3, words: 'Merci à Nadia <b>' }]);
    expect((await nobody.get(`${url}?cle=${cle}`)).text).not.toContain('Nadia <b>');
    app.now.at = at('2026-11-24', '13:00');
    expect((await nobody.post(url, { cle, note: '1' })).status).toBe(409);
    expect(seen((await nobody.get(`${url}?cle=${cle}`)).text)).toContain('Votre réponse : Oui.');
    expect(await rows()).toMatchObject([{ score: 3 }]);
  });

  test('is not for somebody else’s key, nor before, nor without a place, nor for long', async () => {
    const { one, rows } = await attended();
    const [own, other, gone] = [await one(), await one('Autre', 2), await one('Parti', 3, 'cancelled')];
    const nobody = app.visitor();
    for (const cle of ['', 'x', other.cle, 'x'.repeat(5_000)]) {
      expect((await nobody.get(`${own.url}?cle=${cle}`)).status).toBe(404);
      expect((await nobody.post(own.url, { cle, note: '4' })).status).toBe(404);
    }
    expect((await nobody.get('/fr/avis/ABCDEFGHJK')).status).toBe(404);
    expect((await nobody.post(gone.url, { cle: gone.cle, note: '4' })).status).toBe(409);
    for (const forged of [{ note: '5' }, { note: '0' }, { note: 'x' }, { note: '4', mots: 'x'.repeat(301) }])
      expect((await nobody.post(own.url, { cle: own.cle, ...forged })).status).toBe(422);
    app.now.at = at(day, '09:00');
    expect((await nobody.post(own.url, { cle: own.cle, note: '4' })).status).toBe(409);
    app.now.at = at('2027-02-01', '09:00');
    expect((await nobody.post(own.url, { cle: own.cle, note: '4' })).status).toBe(409);
    expect(await rows()).toEqual([]);
    app.now.at = at(day, '12:30');
    const signedIn = await app.signedIn(own.person.email!);
    expect((await signedIn.post(own.url, { note: '4' })).status).toBe(303);
  });
});

describe('what becomes of the answers', () => {
  test('in public a number, from three on', async () => {
    const { one, session } = await attended();
    const figures = () => feedbackOf(app.ctx(), [session.id]);
    for (const [at, note] of ['4', '1', '3'].entries()) {
      expect(await figures()).toBeNull();
      const { url, cle } = await one(`Personne ${at}`, at + 1);
      await app.visitor().post(url, { cle, note });
    }
    expect(await figures()).toEqual({ count: 3, useful: 2 });
    const page = seen((await app.visitor().get(`/fr/agenda/${session.reference}`)).text);
    expect(page).toContain('2 personnes sur 3 l’ont trouvée utile');
    expect(page).not.toContain('Personne 1');
  });

  test('somebody who answers each week is one person, whose last answer counts', async () => {
    const { one, session, site } = await attended();
    const mine = await one('Fidèle');
    const ids = [session.id];
    const say = async (own: { url: string; cle: string }, note: string) =>
      app.visitor().post(own.url, { cle: own.cle, note });
    await say(mine, '1');
    for (const [at_, note] of ['3', '4'].entries()) {
      const next = await makeSession(app.db, { siteId: site.id, start: at(`2026-11-2${4 + at_}`, '10:00') });
      app.now.at = at(`2026-11-2${4 + at_}`, '12:30');
      const own = await makeRegistration(app.db, next.id, { person: mine.person });
      await say({ url: `/fr/avis/${own.reference}`, cle: registrationKey(app.ctx().secret, own.id) }, note);
      ids.push(next.id);
    }
    expect(await feedbackOf(app.ctx(), ids)).toBeNull();
    for (const name of ['Deux', 'Trois']) await say(await one(name, name.length), '2');
    expect(await feedbackOf(app.ctx(), ids)).toEqual({ count: 3, useful: 1 });
  });

  test('a low one waits for somebody of the team, who says what was done; answering anew makes it wait again', async () => {
    const { one, session, site, rows } = await attended();
    const { url, cle } = await one('Rose Triste');
    const waiting = await lowAnswers(app.ctx(), site.id);
    await app.visitor().post(url, { cle, note: '1', mots: 'Trop rapide' });
    expect(await lowAnswers(app.ctx(), site.id)).toBe(waiting + 1);
    const list = '/fr/equipe/la-station/avis';
    expect(seen((await here.nadia.get(list)).text)).toMatch(/Pas du tout[\s\S]*par Rose Triste[\s\S]*Trop rapide/);
    expect(seen((await here.nadia.get(`/fr/presence/${session.reference}`)).text)).toContain('Trop rapide');
    const [row] = await rows();
    expect((await here.nadia.post(`${list}/${row!.id}`, { suite: '' })).status).toBe(422);
    await here.nadia.post(`${list}/${row!.id}`, { suite: 'Rappelée' });
    await here.nadia.post(`${list}/${row!.id}`, { suite: 'Deux fois' });
    expect(await rows()).toMatchObject([{ handled_note: 'Rappelée', handled_at: app.now.at }]);
    expect(await lowAnswers(app.ctx(), site.id)).toBe(waiting);
    await app.visitor().post(url, { cle, note: '2', mots: 'Toujours trop rapide' });
    expect(await rows()).toMatchObject([{ handled_note: null, handled_at: null }]);
    for (const who of [app.visitor(), await app.signedIn('habitant@quai.example')]) {
      expect((await who.get(list)).status).toBe(404);
      expect((await who.post(`${list}/${row!.id}`, { suite: 'x' })).status).toBe(404);
    }
    for (const id of ['x', newId()]) expect((await here.nadia.post(`${list}/${id}`, { suite: 'x' })).status).toBe(404);
    const elsewhere = await makeSite(app.db);
    const nadia = await actorByEmail(app.db, 'equipe@quai.example', app.now.at);
    const actor = { ...nadia, grants: [{ role: 'team' as const, siteId: elsewhere.id }] };
    await expect(handleFeedback(app.ctx(actor), { feedbackId: row!.id, note: 'x' })).rejects.toThrow('not_found');
  });

  test('erasing somebody takes their words, never the number', async () => {
    const { one, rows } = await attended();
    const { reference, person, cle } = await one('Efface Moi');
    const ctx = app.ctx();
    await giveFeedback(ctx, { registration: reference, key: cle, score: 1, words: 'Je m’appelle Efface' });
    const visitor = await app.signedIn(person.email!);
    expect((await visitor.get('/fr/compte/donnees.json')).text).toContain('Je m’appelle Efface');
    expect(seen((await visitor.get('/fr/compte/effacement')).text)).toContain('Les mots de vos avis');
    await erasePerson(ctx, person.id, 'asked');
    expect(await rows()).toMatchObject([{ score: 1, words: null }]);
    expect(seen((await here.nadia.get('/fr/equipe/la-station/avis')).text)).not.toContain('Efface');
  });
});
