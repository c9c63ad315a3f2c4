import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { browserslistToTargets, transform } from 'lightningcss';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('./css/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.css'));
const read = (file: string): string => readFileSync(`${folder}${file}`, 'utf8');
const emitted = transform({
  filename: 'quai.css',
  code: Buffer.from(['reset.css', ...files.filter((file) => file !== 'reset.css')].map(read).join('\n')),
  minify: true,
  targets: browserslistToTargets(['chrome 100', 'ios_saf 15.4']),
}).code.toString();

describe('The style sheet', () => {
  test('weighs less than 20 kB on the wire', () => {
    expect(gzipSync(emitted).length).toBeLessThan(20_000);
  });

  // Each came after Chrome 100 or iOS 15.4, the oldest phones served, and would take structure with it.
  test.each([':has(', '@container', 'color-mix(', 'light-dark(', 'subgrid', 'dvh', '@starting-style', 'oklch('])(
    'emits no %s',
    (feature) => {
      expect(emitted).not.toContain(feature);
    },
  );

  test('asks nothing of another site', () => {
    expect(emitted).not.toMatch(/url\(["']?(?:https?:)?\/\//);
  });

  test.each(files)('%s keeps to its layers', (file) => {
    const outside = read(file)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/@font-face \{[^}]*\}/g, '')
      .replace(/@layer [\w, ]+;/, '')
      .trim();
    expect(outside).toMatch(/^@layer [a-z]+ \{/);
  });

  test('uses logical sides, so that a script written from right to left would hold', () => {
    const physical = /(?:margin|padding|border)-(?:left|right|top|bottom)\s*:|[\s;](?:left|right|float)\s*:/;
    expect(files.filter((file) => physical.test(read(file)))).toEqual([]);
  });
});
