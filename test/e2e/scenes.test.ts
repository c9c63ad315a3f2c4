import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { territoryUrl } from '../../src/core/territories.ts';
import { useBrowser } from '../harness/browser.ts';
import { emptyDatabase, newSlug, quai, secret } from '../harness/cli.ts';
import { codeInMail, lastLetter, linkInMail, read, signIn } from '../harness/journey.ts';
import { newPerson, oldPhone, phone } from '../harness/person.ts';
import { type Served, serveApp, serveDatabase } from '../harness/served.ts';

let app: Served;
const browser = useBrowser();

describe('A week in November', () => {
  beforeAll(async () => {
    app = await serveApp();
    return () => app.close();
  });

  test('Monday, 20:10: Ginette, 70, in Renty, finds help at the bus’s stop on an old phone, and confirms twenty minutes later', async () => {
    app.now.at = new Date('2026-11-23T20:10:00+01:00');
    const { page, context } = await newPerson(browser, { javaScript: false, screen: oldPhone });
    await page.goto(`${app.url}/fr`);
    await page.locator('[name=besoin]').selectOption({ label: 'Être aidé avec le numérique' });
    await page.locator('[name=jour]').fill('2026-11-24');
    await page.locator('[name=pres]').fill('renty');
    await page.getByRole('button', { name: 'Chercher' }).click();
    const nearest = page.locator('.result').first();
    expect(await nearest.innerText()).toContain('Fauquembergues');
    expect(await nearest.innerText()).toMatch(/halte|étape|arrêt/);
    await nearest.locator('.slot').first().click();
    expect(await read(page)).toContain('Fauquembergues');
    await page.getByLabel('Votre nom').fill('Ginette Hochart');
    await page.getByLabel('Votre adresse e-mail').fill('ginette@essai.example');
    await page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
    expect(await read(page)).toContain('jusqu’à 20 h 40');
    const code = await codeInMail(app);
    app.now.at = new Date('2026-11-23T20:30:00+01:00');
    await page.getByLabel('Le code reçu par mail').fill(code);
    await page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
    const said = await read(page);
    expect(said).toContain('C’est confirmé');
    expect(said).toContain('Fauquembergues');
    const { text, attachments } = await lastLetter(app);
    expect(text).toContain('Fauquembergues');
    expect(attachments.map((one) => one.filename.split('.').at(-1)).sort()).toEqual(['ics', 'png']);
    await context.close();
  });

  test('Wednesday, 9:05: a neighbour with no e-mail telephones; Friday is booked, and Thursday’s call list has her name', async () => {
    app.now.at = new Date('2026-11-25T09:05:00+01:00');
    const { page, context } = await newPerson(browser, { screen: phone });
    await signIn(app, page, 'equipe@quai.example');
    await page.goto(`${app.url}/fr/equipe/la-station/accueil?jour=2026-11-27`);
    await page
      .getByRole('link', { name: /Aide numérique sur rendez-vous/ })
      .first()
      .click();
    await page.getByLabel('Nom', { exact: true }).fill('Renée Bollengier');
    await page.getByLabel('Téléphone').fill('03 21 00 00 07');
    await page.getByRole('button', { name: /^Réserver/ }).click();
    const done = await read(page);
    expect(done).toContain('C’est réservé.');
    expect(done).toContain('Renée Bollengier est sur la liste d’appels du jeudi 26 novembre');
    expect(done).toContain('vendredi 27 novembre');
    const letters = await page
      .locator('.slip-value, .slip dd')
      .first()
      .evaluate((one) => getComputedStyle(one).fontSize);
    expect(Number.parseFloat(letters), 'the slip is in large type').toBeGreaterThanOrEqual(20);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header').first().isVisible(), 'nothing but the slip is printed').toBe(false);
    await page.emulateMedia({ media: 'screen' });

    app.now.at = new Date('2026-11-26T09:00:00+01:00');
    await page.context().clearCookies();
    await signIn(app, page, 'equipe@quai.example');
    await page.goto(`${app.url}/fr/equipe/la-station/appels`);
    const calls = await read(page);
    expect(calls).toContain('Renée Bollengier');
    expect(calls).toContain('03 21 00 00 07');
    await context.close();
  });
});

/** Words that no Dutch sentence has. */
const french =
  /(?<![\p{L}’'-])(le|des|du|et|est|une|vous|votre|vos|nous|pour|avec|dans|sur|cette|ou|où|qui|sont|être|réserver|réservation|salle|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|décembre|janvier)(?![\p{L}’'-])/giu;

/** What a reader sees or hears of the page in its own language: not what says that it is in another one. */
async function ownWords(page: Page): Promise<string> {
  return page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    for (const other of copy.querySelectorAll('[lang]:not([lang=nl]), script, style')) other.remove();
    const labels = [...copy.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap((one) =>
      ['aria-label', 'title', 'placeholder', 'alt'].map((name) => one.getAttribute(name) ?? ''),
    );
    return `${document.title}\n${copy.innerText}\n${labels.join('\n')}`;
  });
}

describe('Tuesday 1 December: Mieke, who manages people in Poperinge, reads Dutch', () => {
  beforeAll(async () => {
    app = await serveApp({ now: new Date('2026-12-01T14:00:00+01:00') });
    return () => app.close();
  });

  /** Proper names that hold a French word. */
  const names =
    /La Station|Le Quai|La Salle des pas retrouvés|Pays de Saint-Omer|place du 8 Mai 1945|Mieke Vandamme|Vlasbeek bv/g;

  test('She books a room for twenty for an organisation without a SIRET and moves it from the mail, every word in Dutch', async () => {
    const { page, context } = await newPerson(browser, { locale: 'nl-BE' });
    const slips: string[] = [];
    const inDutch = async (where: string, text?: string) => {
      const words = (text ?? (await ownWords(page))).replace(names, '');
      for (const [word] of words.matchAll(french)) {
        const at = words.indexOf(word);
        slips.push(`${where}: “${word}” in “${words.slice(Math.max(0, at - 30), at + 40).replace(/\s+/g, ' ')}”`);
      }
    };
    await page.goto(`${app.url}/`);
    expect(new URL(page.url()).pathname, 'the browser asked for Dutch').toBe('/nl');
    await inDutch('home');
    await page.locator('[name=besoin]').selectOption({ label: 'Vergaderen' });
    await page.locator('[name=jour]').fill('2026-12-08');
    await page.locator('[name=personnes]').fill('20');
    await page.locator('[name=pres]').fill('Poperinge');
    await page.getByRole('button', { name: 'Zoeken' }).click();
    await inDutch('search');
    await page.locator('.result', { hasText: 'Zaal Marais' }).locator('.slot').first().click();
    await page.locator('button[value=reserver]:not([hidden])').click();
    await inDutch('missing fields');
    await page.locator('[name=nom]').fill('Mieke Vandamme');
    await page.locator('[name=email]').fill('mieke@vlasbeek.example');
    await page.locator('[name=pour]').check();
    await page.locator('[name=organisation]').fill('Vlasbeek bv');
    await page.locator('[name=pays]').selectOption({ value: 'BE' });
    await page.locator('button[value=reserver]:not([hidden])').click();
    await inDutch('code');
    await page.locator('[name=code]').fill('000000');
    await page.locator('main form button').first().click();
    await inDutch('wrong code');
    const asked = await lastLetter(app);
    await inDutch('mail with the code', `${asked.subject}\n${asked.text}`);
    await page.locator('[name=code]').fill(await codeInMail(app));
    await page.locator('main form button').first().click();
    expect(await read(page)).toContain('Het is bevestigd');
    await inDutch('booking');

    const mail = await lastLetter(app);
    await inDutch('mail of the booking', `${mail.subject}\n${mail.text}`);
    expect(mail.text).toContain('Zaal Marais');
    await page.goto(await linkInMail(app, '/deplacement'));
    await inDutch('when to move');
    await page.locator('.slots a').nth(2).click();
    await inDutch('moving');
    // From a link written over by hand: she is told why not, in Dutch.
    const refused = await context.newPage();
    await refused.goto(page.url().replace('personnes=20', 'personnes=60'));
    await refused.locator('main form button').first().click();
    await inDutch('refusal', await ownWords(refused));
    expect(await refused.locator('.notice-bad').count(), 'sixty people are refused').toBe(1);
    await page.locator('main form button').first().click();
    expect(await read(page)).toContain('Het is verplaatst');
    await inDutch('moved');
    const moved = await lastLetter(app);
    await inDutch('mail of the move', `${moved.subject}\n${moved.text}`);
    await page.goto(
      `${app.url}/nl/reserver/salle-marais?debut=2026-11-02T10:00:00Z&fin=2026-11-02T12:00:00Z&personnes=20`,
    );
    await inDutch('in the past');
    await page.goto(`${app.url}/nl/niets`);
    await inDutch('not found');
    for (const path of [
      'lieux',
      'lieux/la-station',
      'lieux/bus',
      'lieux/la-station/salle-marais',
      'tableau/la-station',
      'connexion',
    ]) {
      await page.goto(`${app.url}/nl/${path}`);
      await inDutch(path);
    }
    expect(slips).toEqual([]);
    await context.close();
  });
});

describe('Saturday: another hub, far from here', () => {
  const slug = newSlug();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quai-scene-'));
    return () => rm(folder, { recursive: true, force: true });
  });

  test('A territory is made, thirty members come from a file, a site and a room are set up, and a visitor books; nothing speaks of Saint-Omer', async () => {
    const database = await emptyDatabase(slug);
    const env = { DATABASE_URL: database.url };
    const communes = join(folder, 'communes.csv');
    await writeFile(
      communes,
      'insee,name,postcodes,lat,lon\n29019,Brest,29200,48.39,-4.486\n29189,Plougastel-Daoulas,29470,48.37,-4.37\n',
    );
    const made = await quai(
      env,
      'territory',
      'create',
      '--slug',
      slug,
      '--name',
      'Rade de Brest',
      '--admin',
      'yann@rade.example',
      '--telephone',
      '02 98 00 00 00',
      '--email',
      'bonjour@rade.example',
      '--communes',
      communes,
    );
    expect(made.code, made.notes).toBe(0);
    const members = join(folder, 'membres.csv');
    const lines = Array.from({ length: 30 }, (_, i) => `Le Goff ${i + 1};Prénom;membre${i + 1}@rade.example;membre`);
    await writeFile(members, ['nom;prénom;courriel;rôle', ...lines].join('\n'));
    const dry = await quai(env, 'import', 'people', members);
    expect(`${dry.out}${dry.notes}`).toContain('30');
    const imported = await quai(env, 'import', 'people', members, '--apply');
    expect(imported.code, imported.notes).toBe(0);

    app = await serveDatabase({ ...database, url: territoryUrl(database.url, secret, `territory_${slug}`) });
    try {
      const { people } = await app.db
        .selectFrom('person')
        .select((one) => one.fn.countAll<string>().as('people'))
        .executeTakeFirstOrThrow();
      expect(Number(people)).toBe(31);
      const said: string[] = [];
      const heard = (page: Page) =>
        page.on('response', async (answer) => {
          if (answer.headers()['content-type']?.includes('html'))
            said.push(`${answer.url()} ${await answer.text().catch(() => '')}`);
        });

      const admin = await newPerson(browser);
      heard(admin.page);
      await admin.page.goto(`${app.url}/fr/connexion`);
      await admin.page.getByLabel('Votre adresse e-mail').fill('yann@rade.example');
      await admin.page.getByRole('button', { name: 'Recevoir un code', exact: true }).click();
      await admin.page.getByLabel('Le code de six chiffres').fill(await codeInMail(app));
      await admin.page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click();
      await admin.page.goto(`${app.url}/fr/gestion`);
      await admin.page.getByRole('link', { name: 'Nouveau lieu' }).first().click();
      await admin.page.getByLabel('Nom du lieu', { exact: true }).fill('Le Grand Pont');
      await admin.page.getByLabel('Commune', { exact: true }).fill('Plougastel-Daoulas');
      await admin.page.getByRole('button', { name: 'Créer ce lieu' }).click();
      await admin.page.getByLabel('Lundi, ouverture 1').fill('09:00');
      await admin.page.getByLabel('Lundi, fermeture 1').fill('18:00');
      await admin.page.getByRole('button', { name: 'Copier lundi sur toute la semaine' }).click();
      await admin.page.getByRole('button', { name: 'Enregistrer, puis la première salle' }).click();
      await admin.page.getByLabel('Nom', { exact: true }).fill('Salle de l’Élorn');
      await admin.page.getByLabel('Nombre de personnes').fill('10');
      await admin.page.getByRole('button', { name: 'Ajouter', exact: true }).click();
      expect(await read(admin.page)).toContain('Le lieu est prêt');
      await admin.context.close();

      const visitor = await newPerson(browser, { javaScript: false, screen: oldPhone });
      heard(visitor.page);
      await visitor.page.goto(`${app.url}/fr`);
      await visitor.page.locator('[name=personnes]').fill('6');
      await visitor.page.locator('[name=pres]').fill('Brest');
      await visitor.page.getByRole('button', { name: 'Chercher' }).click();
      await visitor.page.locator('.result', { hasText: 'Salle de l’Élorn' }).locator('.slot').first().click();
      await visitor.page.getByLabel('Votre nom').fill('Soazig Kermarrec');
      await visitor.page.getByLabel('Votre adresse e-mail').fill('soazig@essai.example');
      await visitor.page.getByRole('button', { name: /puis confirmer par mail$/ }).click();
      await visitor.page.getByLabel('Le code reçu par mail').fill(await codeInMail(app));
      await visitor.page.getByRole('button', { name: 'Confirmer ma réservation' }).click();
      expect(await read(visitor.page)).toContain('C’est confirmé');
      for (const path of [
        '',
        '/lieux',
        '/lieux/le-grand-pont',
        '/tableau/le-grand-pont',
        '/mentions-legales',
        '/confidentialite',
        '/accessibilite',
        '/connexion',
        '/trouver?pres=Saint-Malo',
        '/inconnu',
      ])
        for (const locale of ['fr', 'nl', 'en']) await visitor.page.goto(`${app.url}/${locale}${path}`);
      await app.work();
      said.push(...app.letters.map((letter) => `${letter.subject} ${letter.text} ${letter.html}`));
      expect(said.length).toBeGreaterThan(35);
      expect(
        said.filter((page) => /saint.?omer|la station\b|audomar/i.test(page)).map((page) => page.slice(0, 200)),
      ).toEqual([]);
      await visitor.context.close();
    } finally {
      await app.close();
    }
  });
});
