import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { typeset } from '../src/core/i18n.ts';
import { projectRoot } from '../src/core/root.ts';

const locales = ['fr', 'nl', 'en'] as const;
type Locale = (typeof locales)[number];

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(messages|sentences)\.ts$|failures\.tsx$/.test(entry.name) ? [path] : [];
  });
}

type Said = { file: string; locale: Locale; text: string };

/** Every text written in a file of words, with the language it is in: what stands below `fr:`, `nl:` or `en:`. */
function textsOf(path: string): Said[] {
  const file = path.slice(projectRoot.length + 1);
  let locale: Locale | undefined;
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const head = /^ {2,4}(fr|nl|en): \{$/.exec(line) ?? /^const (fr|nl|en)\b.*\{$/.exec(line);
      if (head) locale = head[1] as Locale;
      if (!locale || /^\s*(\/\/|\*|\/\*\*|import )/.test(line)) return [];
      const now = locale;
      return [...line.matchAll(/'((?:[^'\\]|\\.)*)'|`([^`]*)`/g)]
        .map((match) => (match[1] ?? match[2] ?? '').replace(/\$\{[^}]*\}/g, '…').replace(/\\u00a0/g, ' '))
        .filter((text) => /\p{L}{2}/u.test(text) && !/^[\w./:#-]+$/.test(text))
        .map((text) => ({ file, locale: now, text }));
    });
}

const said = filesUnder(join(projectRoot, 'src')).flatMap(textsOf);
const faults = (locale: Locale, pattern: RegExp) =>
  said.filter((one) => one.locale === locale && pattern.test(one.text)).map((one) => `${one.file}: ${one.text}`);

describe('the words on the screen', () => {
  test('are found, in the three languages', () => {
    for (const locale of locales) expect(said.filter((one) => one.locale === locale).length).toBeGreaterThan(300);
  });

  test('in French leave a space before : ; ! ? » and after «, which is then printed so that no line breaks there', () => {
    expect(faults('fr', /[\p{L}\d][;!?»](\s|$)|\p{L}:(\s|$)|«\p{L}/u)).toEqual([]);
    expect(typeset('« Oui » : 9 h ; non ?')).toBe('«\u00a0Oui\u00a0»\u00a0: 9 h\u00a0; non\u00a0?');
  });

  test('in French use the curved apostrophe', () => {
    expect(faults('fr', /\p{L}\\?'\p{L}/u)).toEqual([]);
  });

  test('speak like people, not like software', () => {
    expect(
      faults(
        'fr',
        /\b(valider|validation|soumettre|allocation|ressources?|créneaux?|utilisateurs?|backend|token|slug|URL)\b|\bOK\b/i,
      ),
    ).toEqual([]);
    expect(faults('nl', /\b(valideren|gebruikers?|resources?|slug|URL)\b|\bOK\b/i)).toEqual([]);
    expect(faults('en', /\b(submit|users?|resources?|slug|URL)\b|\bOK\b/i)).toEqual([]);
  });
});
