import { expect, test } from 'vitest';
import { useBrowser } from '../harness/browser.ts';
import { linkInMail, read, signIn } from '../harness/journey.ts';
import { expectFit, newPerson, oldPhone, phone } from '../harness/person.ts';
import { useServed } from '../harness/served.ts';

/** At half past eleven at night nothing is open any more: the search has the waiting step to offer. */
const tooLate = '/fr/trouver?jour=2026-11-24&besoin=meet&heure=23:30';

const app = useServed();
const browser = useBrowser();

test('A visitor who finds nothing asks to be told, confirms by mail and stops, without JavaScript', async () => {
  const { page, problems } = await newPerson(browser, { screen: phone, javaScript: false });
  const looker = await newPerson(browser, { screen: phone });
  const lookAtIt = async () => {
    await looker.page.goto(page.url());
    await expectFit(looker.page);
    await looker.page.setViewportSize(oldPhone);
    await expectFit(looker.page);
    await looker.page.setViewportSize(phone);
  };
  await page.goto(`${app.url}${tooLate}`);
  await lookAtIt();
  await page.getByRole('link', { name: 'Prévenez-moi si une place se libère' }).click();
  await lookAtIt();
  expect(await read(page)).toContain('Se réunir');
  await page.getByLabel('Votre adresse e-mail').fill('claire@essai.example');
  await page.getByRole('button', { name: 'Recevoir le mail de confirmation' }).click();
  await lookAtIt();
  await page.goto(await linkInMail(app, '/me-prevenir/confirmer'));
  await lookAtIt();
  await page.getByRole('button', { name: 'Confirmer ma demande' }).click();
  expect(await read(page)).toContain('C’est noté');
  await lookAtIt();
  await page.getByRole('button', { name: 'Arrêter et effacer' }).click();
  expect(await read(page)).toContain('C’est arrêté');
  await lookAtIt();
  expect([...problems, ...looker.problems]).toEqual([]);
});

test('Who is signed in asks in one gesture and finds it on the account page', async () => {
  const { page, problems } = await newPerson(browser, { screen: phone });
  await signIn(app, page, 'habitant@quai.example');
  await page.goto(`${app.url}${tooLate}`);
  await page.getByRole('button', { name: 'Prévenez-moi si une place se libère' }).click();
  await expectFit(page);
  await page.goto(`${app.url}/fr/compte`);
  expect(await read(page)).toContain('Un mail si une place se libère');
  await expectFit(page);
  await page.getByRole('button', { name: 'Arrêter et effacer' }).click();
  expect(await read(page)).not.toContain('Un mail si une place');
  expect(problems).toEqual([]);
});
