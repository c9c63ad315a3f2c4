import type { Page } from 'playwright-core';
import { desktop, phone } from './person.ts';

/** Where the pages' pictures go, to be looked at; none are taken when it is not said. */
const shots = process.env.SHOTS;

/** A picture of the whole page as it is. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** A picture of the page on paper; it is then again as it was on a phone. */
export async function shootPaper(page: Page, name: string): Promise<void> {
  if (!shots) return;
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  await shoot(page, `${name}-print`);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(phone);
}

/** Pictures of the page on a phone, on a desk and on paper. */
export async function shootAll(page: Page, name: string): Promise<void> {
  if (!shots) return;
  await page.setViewportSize(phone);
  await shoot(page, `${name}-phone`);
  await page.setViewportSize(desktop);
  await shoot(page, `${name}-desk`);
  await shootPaper(page, name);
}
