import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Locale, locales } from '../src/core/i18n.ts';
import { projectRoot } from '../src/core/root.ts';

// The guide names what is on the screens to the letter: a word changed there is changed here.

/** Everything the screens and the mails say, in each language; where something is filled in, "…" stands for it. */
async function said(): Promise<Record<Locale, string[]>> {
  const all: Record<Locale, string[]> = { fr: [], nl: [], en: [] };
  for (const file of globSync('src/**/*.{messages,sentences}.ts', { cwd: projectRoot })) {
    const module = (await import(join(projectRoot, file))) as Record<string, unknown>;
    for (const messages of Object.values(module)) {
      if (typeof messages !== 'object' || messages === null) continue;
      for (const locale of locales) all[locale].push(...texts((messages as Record<string, unknown>)[locale]));
    }
  }
  // The command line speaks English, to whoever looks after the machine.
  const commands = globSync('src/{cli,core}/**/*.ts', { cwd: projectRoot }).map((file) =>
    readFileSync(join(projectRoot, file), 'utf8'),
  );
  for (const locale of locales) all[locale].push(...commands);
  return all;
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [...filled(value, '…'), ...filled(value, 2), ...filled(value, 1)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

function filled(make: unknown, what: string | number): string[] {
  try {
    const told = (make as (...values: unknown[]) => unknown)(...Array.from({ length: 6 }, () => what));
    return typeof told === 'string' ? [told] : [];
  } catch {
    return [];
  }
}

const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replace(/[’']/g, '’')
    .replace(/ ?([:;!?])/g, '$1')
    .trim();

/** What a person types, rather than reads: "Lumbres (62380)". */
const isTyped = /\(\d{5}\)$/;

const quoted: Record<Locale, RegExp> = {
  fr: /«[\s\u00a0]*((?:[^«»]|«[^»]*»)+?)[\s\u00a0]*»/g,
  nl: /“([^”]+)”/g,
  en: /“([^”]+)”/g,
};

const pages = globSync('docs/guide/*.md', { cwd: projectRoot }).map((file) => ({
  file,
  locale: (['nl', 'en'] as const).find((locale) => basename(file) === `${locale}.md`) ?? ('fr' as const),
}));

describe('the guide', async () => {
  const known = await said();

  test.each(pages.filter(({ file }) => basename(file) !== 'api.md'))(
    '$file names only what is on a screen',
    ({ file, locale }) => {
      const text = readFileSync(join(projectRoot, file), 'utf8').replace(/```[\s\S]*?```/g, '');
      const words = new Set([...text.matchAll(quoted[locale])].map((match) => plain(match[1]!)));
      const screens = known[locale].map(plain);
      const parts = (one: string) =>
        one
          .split('…')
          .map((part) => part.trim())
          .filter(Boolean);
      const asWords = (part: string) =>
        new RegExp(`(?<![\\p{L}\\p{N}])${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u');
      const isThere = (one: string) => {
        const wanted = parts(one).map(asWords);
        return screens.some((screen) => wanted.every((part) => part.test(screen)));
      };
      expect([...words].filter((one) => one && !isTyped.test(one) && !isThere(one))).toEqual([]);
    },
  );
});
