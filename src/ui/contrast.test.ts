import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('./css/', import.meta.url));
const tokens = readFileSync(`${folder}tokens.css`, 'utf8');
const sheets = readdirSync(folder)
  .filter((file) => file.endsWith('.css') && file !== 'print.css')
  .map((file) => readFileSync(`${folder}${file}`, 'utf8'))
  .join('\n');

type Rgb = [number, number, number];

/** OKLCH to linear sRGB, clipped to the gamut as the build does (Björn Ottosson, "A perceptual color space", 2020). */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return rgb.map((x) => Math.min(1, Math.max(0, x))) as Rgb;
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const colour = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g;
const palette = new Map<string, { light: Rgb; dark: Rgb }>();
for (const [, name, value] of tokens.matchAll(/(--[\w-]+):\s*([^;]*oklch[^;]*);/g)) {
  const found = [...value!.matchAll(colour)].map((m) => linear(Number(m[1]), Number(m[2]), Number(m[3])));
  palette.set(name!, { light: found[0]!, dark: found[1] ?? found[0]! });
}

const lines = ['orange', 'blue', 'teal', 'green', 'pink', 'violet', 'brown', 'slate'];
const grounds = ['--paper', '--surface', '--sunken'];
/** Text on ground: 4.5 to 1 at least (WCAG 1.4.3). */
const texts: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] =>
    ['--ink', '--ink-soft', '--action', '--action-strong', '--good', '--bad'].map((text) => [text, ground]),
  ),
  ...['--action-tint', '--good-tint', '--warning-tint', '--bad-tint'].flatMap((ground): [string, string][] => [
    ['--ink', ground],
    ['--ink-soft', ground],
    ['--action', ground],
  ]),
  ['--action-strong', '--action-tint'],
  ['--good', '--good-tint'],
  ['--warning', '--warning-tint'],
  ['--bad', '--bad-tint'],
  ['--on-action', '--action'],
  ['--on-action', '--action-strong'],
  ['--on-bad', '--bad'],
  ['--on-edge', '--edge'],
  ['--board-text', '--board'],
  ['--board-plain', '--board'],
  ['--board-soft', '--board'],
  ['--board-late', '--board'],
  ...lines.map((line): [string, string] => ['--on-line', `--line-${line}`]),
];
/** Borders, marks and the focus on their ground: 3 to 1 at least (WCAG 1.4.11). */
const marks: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['--border', ground],
    ['--ink', ground],
    ['--action', ground],
    ['--bad', ground],
    ['--good', ground],
  ]),
  ['--border', '--warning-tint'],
  ['--edge', '--board'],
  ['--board-plain', '--board'],
  ['--on-edge', '--edge'],
];
/** Decoration that carries no meaning: the words beside it do. */
const decoration = new Set(['--rule', '--edge-stud', '--board-rule']);

describe.each(['light', 'dark'] as const)('In %s', (mode) => {
  test.each(texts)('%s reads on %s', (text, ground) => {
    expect(contrast(palette.get(text)![mode], palette.get(ground)![mode])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(marks)('%s stands out on %s', (mark, ground) => {
    expect(contrast(palette.get(mark)![mode], palette.get(ground)![mode])).toBeGreaterThanOrEqual(3);
  });
});

test('Every colour belongs to a pair, or is decoration', () => {
  const paired = new Set([...texts, ...marks].flat());
  expect([...palette.keys()].filter((name) => !paired.has(name) && !decoration.has(name))).toEqual([]);
});

test('A rule that sets text and ground together uses a pair of the list', () => {
  const known = new Set(texts.map(([text, ground]) => `${text} on ${ground}`));
  const found: string[] = [];
  for (const [, body] of sheets.matchAll(/\{([^{}]*)\}/g)) {
    const text = body!.match(/(?:^|[\s;])color:\s*var\((--[\w-]+)\)/)?.[1];
    const ground = body!.match(/(?:^|[\s;])background:\s*var\((--[\w-]+)\)/)?.[1];
    if (text && ground && palette.has(ground)) found.push(`${text} on ${ground}`);
  }
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((pair) => !known.has(pair))).toEqual([]);
});

test('Outside the tokens no rule invents a colour', () => {
  const elsewhere = sheets.replace(tokens, '');
  expect(elsewhere.match(/oklch\(|#[0-9a-f]{3,8}\b|rgba?\(/gi) ?? []).toEqual([]);
});
