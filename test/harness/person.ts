import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Windows } from './browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Screen = { width: number; height: number };
export const oldPhone: Screen = { width: 320, height: 568 };
export const phone: Screen = { width: 360, height: 720 };
export const desktop: Screen = { width: 1280, height: 900 };

export type Habits = { javaScript?: boolean; screen?: Screen; locale?: string; dark?: boolean; timeZone?: string };

/** A person before a browser, with their own cookies. Errors on the page fail the journey. */
export async function newPerson(
  browser: Windows,
  habits: Habits = {},
): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
  const context = await browser.newContext({
    javaScriptEnabled: habits.javaScript ?? true,
    viewport: habits.screen ?? phone,
    locale: habits.locale ?? 'fr-FR',
    ...(habits.timeZone ? { timezoneId: habits.timeZone } : {}),
    colorScheme: habits.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A refused form answers 4xx, which the browser also writes to its console.
    if (message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(message.text()))
      problems.push(message.text());
  });
  return { page, context, problems };
}

type AxeNode = { target: unknown; failureSummary?: string };
type AxeResult = { violations: { id: string; help: string; nodes: AxeNode[] }[] };

/** What axe finds on the page as it is shown, as sentences. It is handed over by the browser's tools: the page's policy forbids foreign scripts. */
export async function axeFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axeSource);
  const result = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult;
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} at ${JSON.stringify(node.target)}`),
  );
}

/** By how much the page is wider than the screen, as a sentence; none when it is not. */
export async function sideways(page: Page): Promise<string[]> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  return scrollWidth > clientWidth ? [`scrolls sideways by ${scrollWidth - clientWidth} px`] : [];
}

/** What makes a page unfit for a person: axe's faults, something wider than the screen, not one main heading. */
export async function unfitness(page: Page): Promise<string[]> {
  const faults = [...(await axeFaults(page)), ...(await sideways(page))];
  const headings = await page.locator('h1').count();
  if (headings !== 1) faults.push(`has ${headings} main headings`);
  return faults;
}

/** The page is fit for a person: no axe fault, nothing wider than the screen, one main heading. */
export async function expectFit(page: Page): Promise<void> {
  expect(await unfitness(page), new URL(page.url()).pathname).toEqual([]);
}
