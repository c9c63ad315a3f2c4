import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { makePerson, monday9 } from '../../../test/harness/make.ts';
import { sessionForm as basic, programmeHome as home, wordsOf as seen } from '../../../test/harness/programme.ts';
import { seen as plain } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { newId } from '../../core/ids.ts';
import { findSessions, sessionByReference } from '../timetable/index.ts';

const here = useStation();
const { app, room } = here;

/** Publishes a session, or a series; gives its dates in their order. */
async function published(over: Record<string, string | string[]> = {}) {
  const form = basic(over);
  expect((await here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'publier' })).status).toBe(303);
  const query = { from: monday9, to: new Date('2027-12-31'), siteSlug: 'la-station', closed: true };
  const all = await findSessions(app.ctx(), { ...query, limit: 500 });
  return all.filter((one) => one.title.fr === form['titre.fr']);
}

/** The value of a button of a page, by its words. */
const choiceIn = (html: string, words: string): string => {
  const found = [...html.matchAll(/<button[^>]*name="autre"[^>]*value="([^"]*)"[^>]*>([^<]*)/g)];
  return found.find((one) => seen(one[2]!).includes(words))?.[1] ?? '';
};

const series = { repeter: 'weekly', fois: '4', feries: 'on' };

beforeAll(() => {
  app.now.at = monday9;
});
beforeEach(async () => {
  await app.work();
  app.letters.length = 0;
});

describe('several dates of a new series that do not go', () => {
  const taken = async (title: string, jour: string) => {
    const hall = await room(`${title} prise`);
    await room(`${title} libre`);
    for (const day of ['2027-02-02', '2027-02-09']) {
      await published({ salles: hall.id, jour: day, 'titre.fr': `${title} ${day}` });
    }
    const form = basic({ ...series, salles: hall.id, jour, 'titre.fr': `${title} la suite` });
    return { form, preview: await here.nadia.post(`${home}/nouvelle`, { ...form, geste: 'voir' }) };
  };

  test('go in one gesture to a room free at all of them', async () => {
    const { form, preview } = await taken('Une', '2027-01-26');
    expect(seen(preview.text)).toContain('2 dates sur 4');
    const all = choiceIn(preview.text, 'pour ces 2 dates');
    const done = await here.nadia.post(`${home}/nouvelle`, { ...form, autre: all, geste: 'publier' });
    expect(done.status).toBe(303);
    const dates = (
      await findSessions(app.ctx(), {
        from: monday9,
        to: new Date('2027-12-31'),
        closed: true,
        limit: 500,
      })
    ).filter((one) => one.title.fr === 'Une la suite');
    expect(dates.map((one) => one.things.some(({ id }) => id === all.split('|')[2]))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('or are left out in one gesture; nothing is kept before', async () => {
    const { form, preview } = await taken('Deux', '2027-01-26');
    const out = choiceIn(preview.text, 'Enlever ces 2 dates');
    const left = await here.nadia.post(`${home}/nouvelle`, { ...form, autre: out });
    expect(seen(left.text)).toContain('Publier les 2 dates');
    expect(seen(left.text)).toContain('2 dates enlevées');
  });
});

describe('a series moved where some dates do not go', () => {
  const toMove = async (title: string) => {
    const hall = await room(`${title} prise`);
    await room(`${title} libre`);
    const dates = await published({ ...series, salles: hall.id, jour: '2027-03-02', 'titre.fr': title });
    for (const day of ['2027-03-11', '2027-03-18']) {
      await published({ salles: hall.id, jour: day, 'titre.fr': `${title} ${day}` });
    }
    const path = `${home}/${dates[0]!.reference}/deplacer`;
    const form = {
      ...fieldsOf((await here.nadia.get(path)).text, path),
      salles: hall.id,
      jour: '2027-03-04',
      portee: 'all',
    };
    const preview = await here.nadia.post(path, { ...form, geste: 'voir' });
    const standing = () => Promise.all(dates.map((one) => sessionByReference(app.ctx(), one.reference)));
    return { dates, path, form, preview, standing };
  };

  test('shows each with its ways out, and one for all of them: another room', async () => {
    const { dates, path, form, preview, standing } = await toMove('Trois');
    const person = await makePerson(app.db);
    for (const date of dates) await makeRegistration(app.db, date.id, { person });
    const caller = await makePerson(app.db, { email: null });
    await app.db.updateTable('person').set({ telephone: '03 21 00 00 10' }).where('id', '=', caller.id).execute();
    await makeRegistration(app.db, dates[0]!.id, { person: caller }, 2);
    expect(seen(preview.text)).toContain('2 dates sur 4');
    expect(seen(preview.text)).toContain('Laisser cette date comme elle est');
    const all = choiceIn(preview.text, 'pour ces 2 dates');
    const free = await here.nadia.post(path, { ...form, autre: all });
    expect(seen(free.text)).toContain('Déplacer et prévenir 1 personne par mail, 1 à appeler');
    expect((await here.nadia.post(path, { ...form, autre: all, geste: 'deplacer' })).status).toBe(303);
    const views = await standing();
    expect(views.map((one) => one!.start.getTime() - dates[views.indexOf(one)]!.start.getTime())).toEqual(
      Array(4).fill(2 * 86_400_000),
    );
    expect(views.map((one) => one!.things.some(({ id }) => id === all.split('|')[2]))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    await app.work();
    expect(app.letters.map((letter) => plain(letter.subject))).toEqual([
      'Changement pour 4 dates : la première sera jeudi 4 mars à 18 h',
    ]);
  });

  test('or leaves them as they are', async () => {
    const { dates, path, form, preview, standing } = await toMove('Quatre');
    const stay = choiceIn(preview.text, 'Laisser ces 2 dates comme elles sont');
    const every = stay.replace(/^[^|]*/, dates.map((one) => one.start.toISOString().slice(0, 10)).join());
    const none = await here.nadia.post(path, { ...form, autre: every });
    expect(seen(none.text)).toContain('Il ne reste aucune date à déplacer');
    const rest = await here.nadia.post(path, { ...form, autre: stay });
    expect(seen(rest.text)).toContain('2 dates restent comme elles sont');
    expect((await here.nadia.post(path, { ...form, autre: stay, geste: 'deplacer' })).status).toBe(303);
    const days = (await standing()).map((one, index) => one!.start.getTime() - dates[index]!.start.getTime());
    expect(days.map((shift) => shift / 86_400_000)).toEqual([2, 0, 0, 2]);
  });
});

describe('a form gone back to', () => {
  test('and changed is another session; sent twice as it is, one; a draft sent to be published stays the one draft', async () => {
    const form = basic({ 'titre.fr': 'Reprise', jour: '2027-04-06' });
    const send = (over: Record<string, string>) => here.nadia.post(`${home}/nouvelle`, { ...form, ...over });
    const [one, twin] = await Promise.all([send({ geste: 'brouillon' }), send({ geste: 'brouillon' })]);
    expect(twin!.location).toBe(one!.location);
    expect((await send({ geste: 'publier' })).location).toBe(one!.location);
    const other = await send({ geste: 'brouillon', jour: '2027-04-13' });
    expect(other.status).toBe(303);
    expect(other.location).not.toBe(one!.location);
  });
});

describe('a word put right', () => {
  const edited = async (over: Record<string, string>) => {
    const [view] = await published({ 'titre.fr': `Mot ${newId()}`, jour: '2027-05-04' });
    const person = await makePerson(app.db);
    await makeRegistration(app.db, view!.id, { person });
    const path = `${home}/${view!.reference}/modifier`;
    const page = await here.nadia.get(path);
    const said = seen(page.text);
    const answer = await here.nadia.post(path, { ...fieldsOf(page.text, path), ...over });
    await app.work();
    return { said, location: answer.location ?? '', told: app.letters.map((letter) => letter.to), person };
  };

  test('is said to those who come only where the team asks; they are counted before', async () => {
    const quiet = await edited({ 'titre.fr': 'Couture' });
    expect(quiet.said).toContain('Faut-il prévenir les personnes inscrites ?');
    expect(quiet.said).toContain('1 par mail');
    expect(quiet.told).toEqual([]);
    expect(quiet.location).toContain('fait=modifie');
    const told = await edited({ 'titre.fr': 'Tricot', prevenir: 'oui' });
    expect(told.told).toEqual([told.person.email]);
    expect(told.location).toContain('fait=modifie_dit');
  });

  test('a link changed says how many will be told, and is told as a link', async () => {
    const [view] = await published({
      'titre.fr': 'En ligne',
      jour: '2027-05-11',
      lieu: 'online',
      lien: 'https://visio.example/a',
    });
    await makeRegistration(app.db, view!.id);
    await makeRegistration(app.db, view!.id, { status: 'invited' });
    await app.work();
    app.letters.length = 0;
    const path = `${home}/${view!.reference}/deplacer`;
    const form = { ...fieldsOf((await here.nadia.get(path)).text, path), lien: 'https://visio.example/b' };
    const preview = await here.nadia.post(path, { ...form, geste: 'voir' });
    expect(seen(preview.text)).toContain('Enregistrer et prévenir 1 personne');
    expect((await here.nadia.post(path, { ...form, geste: 'deplacer' })).status).toBe(303);
    await app.work();
    expect(app.letters.map((letter) => plain(letter.subject))).toEqual(['Nouveau lien : mardi 11 mai à 18 h']);
  });
});
