import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { projectRoot } from './root.ts';

const folder = 'node_modules/@expo-google-fonts/atkinson-hyperlegible-next';
const fonts = ['400Regular', '700Bold'].map((name) => `${folder}/${name}/AtkinsonHyperlegibleNext_${name}.ttf`);

let making: Promise<NodeCompiler> | undefined;

/** The typesetter, woken by the first document only: it weighs some 40 MB that a server without documents need not carry. */
function compiler(): Promise<NodeCompiler> {
  making ??= import('@myriaddreamin/typst-ts-node-compiler').then(({ NodeCompiler }) =>
    NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts.map((path) => readFileSync(join(projectRoot, path))) }] }),
  );
  return making;
}

/**
 * A tagged PDF (PDF/UA-1, which a screen reader reads) from a Typst source and what fills it. The data reaches the source as
 * `#let data = json(bytes(sys.inputs.data))` and is never part of it: no text typed by anybody is read as Typst. `at` is the
 * document's date, so that the same rows make the same bytes. Throws when the source does not compile.
 */
export async function makePdf(source: string, data: object, at: Date): Promise<Buffer> {
  const typst = await compiler();
  const inputs = { data: JSON.stringify(data) };
  const result = typst.compile({ mainFileContent: source, inputs });
  const failure = result.takeError();
  if (!result.result || failure) {
    // The diagnostics quote the source, which is ours, never the data.
    throw new Error(`A document could not be typeset: ${JSON.stringify(failure?.shortDiagnostics ?? '')}`);
  }
  const pdf = typst.pdf(result.result, { pdfStandard: 'ua-1', creationTimestamp: Math.floor(at.getTime() / 1000) });
  typst.evictCache(10);
  return pdf;
}
