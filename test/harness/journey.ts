import type { Page } from 'playwright-core';
import { openSession } from '../../src/core/auth.ts';
import type { Letter } from '../../src/core/mail.ts';
import { seen } from './seen.ts';
import type { Served } from './served.ts';

/** Signs a person of the world in, without the mail and the code (people.test.ts plays those). */
export async function signIn(app: Pick<Served, 'db' | 'now' | 'url'>, page: Page, email: string): Promise<void> {
  const account = await app.db
    .selectFrom('account as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select('a.id')
    .where('p.email', '=', email)
    .executeTakeFirstOrThrow();
  const value = await openSession(app.db, app.now.at, account.id, 'test');
  await page.context().addCookies([{ name: 'quai_session', value, url: app.url, httpOnly: true, sameSite: 'Lax' }]);
}

/** The addresses of the pages shown from now on, each time one is loaded: how many screens a journey takes. */
export function screensOf(page: Page): string[] {
  const screens: string[] = [];
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) screens.push(new URL(frame.url()).pathname);
  });
  return screens;
}

/** What the page says, its no-break spaces as plain ones. */
export async function read(page: Page, where = 'main'): Promise<string> {
  return seen(await page.locator(where).first().innerText());
}

/** The last mail sent, once the work left for later is done. */
export async function lastLetter(app: Pick<Served, 'work' | 'letters'>): Promise<Letter> {
  await app.work();
  const letter = app.letters.at(-1);
  if (!letter) throw new Error('No mail was sent.');
  return letter;
}

/** The six figures of the last mail. */
export async function codeInMail(app: Pick<Served, 'work' | 'letters'>): Promise<string> {
  return /^\d{6}$/m.exec((await lastLetter(app)).text)![0];
}

/** The address in the last mail whose path has this in it. */
export async function linkInMail(app: Pick<Served, 'work' | 'letters'>, part: string): Promise<string> {
  const { text } = await lastLetter(app);
  const found = [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link).find((link) => link.includes(part));
  if (!found) throw new Error(`No link with "${part}" in: ${text}`);
  return found;
}

/**
 * Presses Tab until what has the focus is what is wanted, and says each stop on the way where the focus could not be
 * seen.
 */
export async function tabTo(page: Page, wanted: string): Promise<string[]> {
  const unseen: string[] = [];
  let last = '';
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate((selector) => {
      const active = document.activeElement;
      if (!active || active === document.body) return { there: false, id: '', name: '', seen: true };
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(active);
      const box = active.getBoundingClientRect();
      const drawn = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      const inView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
      return {
        there: active.matches(selector),
        id: active.id,
        name: `${active.tagName} ${active.textContent?.trim().slice(0, 30) || active.id}`,
        seen: drawn && inView,
      };
    }, wanted);
    // A date has several stops of its own, the last of which, its calendar, is marked by the browser itself.
    if (!stop.seen && (stop.id === '' || stop.id !== last)) unseen.push(stop.name);
    last = stop.id;
    if (stop.there) return unseen;
  }
  throw new Error(`Tab never reaches ${wanted} on ${page.url()}`);
}
