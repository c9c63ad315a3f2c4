import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { cancelRegistration, register } from '../../src/modules/registrations/index.ts';
import { makeSession, type SessionOver } from '../harness/agenda.ts';
import { useBrowser } from '../harness/browser.ts';
import { codeInMail, lastLetter, linkInMail, read, signIn } from '../harness/journey.ts';
import { actorOf, makeCtx, makePerson } from '../harness/make.ts';
import { expectFit, newPerson } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';
import { shoot } from '../harness/shots.ts';

const app = useServed({ now: new Date('2026-11-23T09:00:00+01:00') });
const browser = useBrowser();
let siteId: string;

beforeAll(async () => {
  const site = await app.db.selectFrom('site').select('id').where('kind', '=', 'station').executeTakeFirstOrThrow();
  siteId = site.id;
});

async function open(width = 360, javaScript = true): Promise<Page> {
  return (await newPerson(browser, { screen: { width, height: 780 }, javaScript })).page;
}

async function check(page: Page, name: string, scripts: boolean): Promise<void> {
  await shoot(page, name);
  if (scripts) await expectFit(page);
}

const session = (over: Partial<SessionOver> = {}) =>
  makeSession(app.db, { siteId, title: { fr: 'Découpe laser : une boîte à la maison' }, ...over });

const formOf = (reference: string) => `${app.url}/fr/agenda/${reference}/inscription`;

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('%s', (_name, javaScript) => {
  const shot = javaScript ? 'js' : 'nojs';

  test('an inhabitant registers a child and a neighbour from a phone, without an account', async () => {
    const one = await session({
      questions: [
        {
          key: 'lunettes',
          label: { fr: 'Portez-vous des lunettes ?' },
          required: false,
          purpose: { fr: 'Pour préparer les protections.' },
          keepDays: 7,
        },
      ],
    });
    const page = await open(360, javaScript);
    await page.goto(formOf(one.reference));
    await check(page, `${shot}-form-self`, javaScript);
    await page.getByLabel('Mes enfants, ma famille').check();
    await page.getByLabel('Votre nom').fill('Nadia Delattre');
    await page.getByLabel('Votre adresse e-mail').fill(`nadia.${shot}@essai.example`);
    await page.getByLabel('Prénom', { exact: true }).first().fill('Léo');
    await page.getByLabel('Année de naissance').first().fill('2016');
    await page.getByLabel('Prénom', { exact: true }).nth(1).fill('Monique');
    await page.getByRole('button', { name: 'Ajouter une personne' }).click();
    expect(await page.getByLabel('Prénom', { exact: true }).count()).toBe(3);
    expect(await page.getByLabel('Prénom', { exact: true }).first().inputValue()).toBe('Léo');
    await page.getByRole('button', { name: 'Recevoir mon code' }).click();
    expect(await read(page)).toContain('il faut l’accord d’un parent');
    await check(page, `${shot}-form-refused`, javaScript);
    await page.getByLabel('Je suis le parent').check();
    await page.getByRole('button', { name: 'Recevoir mon code' }).click();
    expect(await read(page)).toContain('Plus qu’un geste');
    await check(page, `${shot}-code`, javaScript);
    await page.getByLabel('Le code reçu par mail').fill(await codeInMail(app));
    await page.getByRole('button', { name: 'Confirmer mon inscription' }).click();
    const said = await read(page);
    for (const words of ['votre inscription est notée', 'Nadia Delattre', 'Léo, naissance en 2016', 'Monique'])
      expect(said).toContain(words);
    await check(page, `${shot}-registration`, javaScript);
    const letter = await lastLetter(app);
    expect(letter.subject).toMatch(/^Inscription confirmée/);
    const ics = Buffer.from(letter.attachments[0]!.content, 'base64').toString();
    for (const line of ['METHOD:REQUEST', 'STATUS:CONFIRMED', 'SEQUENCE:2']) expect(ics).toContain(line);
    // One child less.
    await page.getByRole('link', { name: 'Changer qui vient' }).click();
    await check(page, `${shot}-people`, javaScript);
    await page.getByLabel('Léo').uncheck();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await read(page)).not.toContain('Léo');
    await page.getByRole('link', { name: 'Annuler', exact: true }).click();
    await check(page, `${shot}-cancel`, javaScript);
    await page.getByRole('button', { name: 'Annuler l’inscription' }).click();
    expect(await read(page)).toContain('C’est annulé');
    const gone = Buffer.from((await lastLetter(app)).attachments[0]!.content, 'base64').toString();
    for (const line of ['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:4']) expect(gone).toContain(line);
  });

  test('from the waiting list to a seat, by the mail', async () => {
    const one = await session({ seats: 1 });
    const sits = await makePerson(app.db);
    const his = makeCtx(app.db, { actor: actorOf(sits), now: app.now.at });
    const input = { sessionIds: [one.id], kind: 'self' as const, attendees: [{ self: true }], channel: 'web' as const };
    const { registrations } = await register(his, { ...input, person: { id: sits.id } });
    const page = await open(360, javaScript);
    await signIn(app, page, 'habitant@quai.example');
    await page.goto(formOf(one.reference));
    expect(await read(page)).toContain('Complet');
    await check(page, `${shot}-form-full`, javaScript);
    await page.getByRole('button', { name: 'M’inscrire sur la liste d’attente' }).click();
    expect(await read(page)).toContain('Vous êtes en 1re position');
    await check(page, `${shot}-waiting`, javaScript);
    await app.work();
    await cancelRegistration(his, { registration: registrations[0]!.id });
    const link = await linkInMail(app, '/place');
    // From the mail, on another device: nobody is signed in there.
    const other = await open(320, javaScript);
    await other.goto(link);
    expect(await read(other)).toContain('Une place vous est proposée jusqu’au');
    await check(other, `${shot}-offered`, javaScript);
    await other.getByRole('button', { name: 'Prendre la place' }).click();
    expect(await read(other)).toContain('La place est à vous');
    await page.goto(`${app.url}/fr/mes-reservations`);
    expect(await read(page)).toContain('Découpe laser');
    await check(page, `${shot}-mine`, javaScript);
  });
});

test('a class is registered by its number, with the ages as a note', async () => {
  const one = await session({ seats: 40 });
  const page = await open(320);
  await signIn(app, page, 'habitant@quai.example');
  await page.goto(formOf(one.reference));
  await page.getByLabel('Un groupe').check();
  await page.getByLabel('Nom de l’organisme').fill('École Jules-Ferry');
  await page.getByLabel('Nombre d’enfants').fill('22');
  await page.getByLabel('Nombre d’adultes').fill('2');
  await page.getByLabel('Âges, classe').fill('CM1');
  await check(page, 'group-form', true);
  await page.getByRole('button', { name: 'M’inscrire' }).click();
  const said = await read(page);
  for (const words of ['22 enfants ou jeunes', '1 adulte', 'École Jules-Ferry', 'CM1']) expect(said).toContain(words);
  await check(page, 'group-registration', true);
});

test('whoever is too young is told for whom it is, in three languages', async () => {
  const one = await session({ ageMin: 8, ageMax: 12 });
  for (const [locale, words] of [
    ['fr', 'de 8 à 12 ans'],
    ['nl', 'van 8 tot 12 jaar'],
    ['en', 'for ages 8 to 12'],
  ] as const) {
    const page = await open(320);
    await page.goto(formOf(one.reference).replace('/fr/', `/${locale}/`));
    expect(await read(page)).toContain(words);
    await check(page, `ages-${locale}`, true);
  }
});

describe.each([
  ['on a phone, without scripts', 320, false],
  ['at a desk', 1280, true],
])('the team %s', (_name, width, javaScript) => {
  test('writes down who telephones, then a whole list', async () => {
    const one = await session({ seats: 3 });
    const shot = `team-${width}`;
    const page = await open(width, javaScript);
    await signIn(app, page, 'equipe@quai.example');
    await page.goto(`${app.url}/fr/inscriptions/seance/${one.reference}`);
    await page.getByLabel('Nom et prénom').fill('Hortense Passage');
    await page.getByLabel('Téléphone').fill('03 21 00 00 12');
    await page.getByRole('button', { name: 'Inscrire' }).click();
    expect(await read(page)).toContain('Inscription faite');
    await page.getByRole('link', { name: 'Ajouter une liste' }).click();
    await check(page, `${shot}-import`, javaScript);
    const lines = ['nom;e-mail;organisation', 'Ada;ada@essai.example;SOFIE', 'Bob;pas-un-mail;', 'Zoé;;', 'Tom;;SOFIE'];
    await page.getByLabel('Ou la liste collée ici').fill(lines.join('\n'));
    await page.getByRole('button', { name: 'Vérifier la liste' }).click();
    expect(await read(page)).toContain('3 personnes seront ajoutées, dont 1 sur la liste d’attente');
    await check(page, `${shot}-check`, javaScript);
    await page.getByRole('button', { name: 'Ajouter 3 personnes' }).click();
    const said = await read(page);
    for (const words of ['3 personnes ajoutées', '3 places prises sur 3', 'en attente, 1re', 'SOFIE'])
      expect(said).toContain(words);
    await check(page, `${shot}-list`, javaScript);
  });
});
