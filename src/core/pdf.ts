import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { Refusal } from './errors.ts';
import { projectRoot } from './root.ts';

const folder = 'node_modules/@expo-google-fonts/atkinson-hyperlegible-next';
const fonts = ['400Regular', '700Bold'].map((name) => `${folder}/${name}/AtkinsonHyperlegibleNext_${name}.ttf`);

/**
 * The fonts of a document, to be set with `fallback: false`: left to itself the typesetter takes what the machine happens to have
 * installed, and the same rows would make other bytes elsewhere. The second comes with it and has Greek, Cyrillic and Hebrew.
 */
export const documentFonts = '("Atkinson Hyperlegible Next", "Libertinus Serif")';

const tagged = { pdfStandard: 'ua-1' } as const;

/**
 * The typesetter, tried on an empty page: some machines have no binary of this version, or an older one that makes no tagged document.
 * There a document is refused with a sentence, and all the rest works.
 */
export async function wake(
  load: () => Promise<{ NodeCompiler: typeof NodeCompiler }> = () => import('@myriaddreamin/typst-ts-node-compiler'),
): Promise<NodeCompiler> {
  try {
    const { NodeCompiler } = await load();
    const fontBlobs = fonts.map((path) => readFileSync(join(projectRoot, path)));
    const typst = NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
    typst.pdf(typst.compile({ mainFileContent: '#set document(title: "x")\nx' }).result!, tagged);
    return typst;
  } catch (cause) {
    throw Object.assign(new Refusal('document.unavailable', 'conflict'), { cause });
  }
}

let waking: Promise<NodeCompiler> | undefined;

/** Woken by the first document only: it weighs some 40 MB that a server without documents need not carry. */
const compiler = (): Promise<NodeCompiler> => {
  waking ??= wake();
  return waking;
};

/**
 * A tagged PDF (PDF/UA-1, which a screen reader reads) from a Typst source and what fills it. The data reaches the source as
 * `#let data = json(bytes(sys.inputs.data))` and is never part of it: no text typed by anybody is read as Typst. `at` is the
 * document's date, so that the same rows make the same bytes. A letter that no font has is set as a square, a drawing (🙂) is left
 * out, and `data.unreadable` tells the source of squares. Throws when the source does not compile.
 */
export async function makePdf(source: string, data: object, at: Date): Promise<Buffer> {
  const typst = await compiler();
  const options = { ...tagged, creationTimestamp: Math.floor(at.getTime() / 1000) };
  const set = (filling: object): Buffer => {
    const result = typst.compile({ mainFileContent: source, inputs: { data: JSON.stringify(filling) } });
    const failure = result.takeError();
    if (!result.result || failure) throw new Error(JSON.stringify(failure?.shortDiagnostics ?? ''));
    return typst.pdf(result.result, options);
  };
  try {
    return setReadable(set, { ...data, unreadable: false });
  } finally {
    typst.evictCache(10);
  }
}

function setReadable(set: (filling: object) => Buffer, data: object, triesLeft = 3): Buffer {
  try {
    return set(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const missing = missingIn(message);
    // What the typesetter quotes may be somebody's name: no log is to hold it.
    if (missing.length === 0 || triesLeft === 0) {
      throw new Error(`A document could not be typeset: ${message.replace(/`[^`]*`/g, '`…`')}`);
    }
    return setReadable(set, withoutLetters(data, missing), triesLeft - 1);
  }
}

/** The pieces of text that no font of the document has, as the typesetter tells them: all of them at once. */
function missingIn(message: string): string[] {
  const told = message.matchAll(/the text `\\*"([^`]+?)\\*"` could not be displayed/g);
  return [...told].map(([, text = '']) =>
    text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))),
  );
}

const drawings = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{C}\p{M}]+$/u;

function withoutLetters(data: object, missing: readonly string[]): object {
  let squares = false;
  const readable = (_: string, value: unknown): unknown => {
    if (typeof value !== 'string' || !missing.some((text) => value.includes(text))) return value;
    const set = missing.reduce((text, piece) => {
      if (drawings.test(piece)) return text.replaceAll(piece, '');
      squares ||= text.includes(piece);
      return text.replaceAll(piece, '□'.repeat([...piece].length));
    }, value);
    return set.replace(/ {2,}/g, ' ').trim();
  };
  const filling = JSON.parse(JSON.stringify(data, readable)) as { unreadable?: boolean };
  return { ...filling, unreadable: filling.unreadable || squares };
}
