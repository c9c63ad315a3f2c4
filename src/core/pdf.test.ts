import { expect, it } from 'vitest';
import { documentFonts, makePdf, wake } from './pdf.ts';

const source = `#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(font: ${documentFonts}, fallback: false, lang: "fr")
= #data.title
#table(columns: 2, table.header([Nom], [Heures]), ..data.rows.map(row => (row.name, row.hours)).flatten())
#if data.unreadable [#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"), format: "svg", alt: "squares")]`;

const rows = [{ name: '#panic("non") $x$ *gras* <b>', hours: '2 h' }];
const at = new Date('2026-11-24T10:00:00Z');
const textOf = (pdf: Buffer) => pdf.toString('latin1');

it('makes a tagged document whose bytes depend on the rows alone, and reads nobody’s text as its own', async () => {
  const one = await makePdf(source, { title: 'Feuille', rows }, at);
  expect(one.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(textOf(one)).toContain('pdfuaid:part');
  expect(textOf(one)).toContain('/StructTreeRoot');
  expect(textOf(one)).toMatch(/\/Lang\s*\(fr\)/);
  expect(textOf(one)).toMatch(/\/DisplayDocTitle true/);
  expect((await makePdf(source, { title: 'Feuille', rows }, at)).equals(one)).toBe(true);
  expect((await makePdf(source, { title: 'Feuille', rows: [] }, at)).equals(one)).toBe(false);
});

it('has fonts of its own for the letters of Europe, whatever is installed on the machine', async () => {
  const names = ['Łukasz Wiśniewski', 'Олександра', 'Αλέξανδρος', 'אברהם', 'Ngô Thị Ánh'];
  const pdf = textOf(await makePdf(source, { title: 'Noms', rows: names.map((name) => ({ name, hours: '' })) }, at));
  const used = [...pdf.matchAll(/\/FontName\s*\/[A-Z]{6}\+([A-Za-z]+)/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(['AtkinsonHyperlegibleNext', 'LibertinusSerif']);
  expect(pdf).not.toContain('squares');
});

it('sets a name that no font can write as squares and says so, and leaves drawings out', async () => {
  const make = (name: string) => makePdf(source, { title: 'Noms', rows: [{ name, hours: '' }] }, at);
  expect(textOf(await make('فاطمة 李小龍 राम'))).toContain('squares');
  for (const name of ['Zoé 🙂 Œuvrard', 'Zoé 👩🏽‍🦰\u0007 Œuvrard', 'Zoé 🇧🇪 Œuvrard']) {
    expect((await make(name)).equals(await make('Zoé Œuvrard')), name).toBe(true);
  }
});

it('says that a source of ours is wrong rather than give half a document, and quotes nobody', async () => {
  await expect(makePdf('#let', {}, new Date(0))).rejects.toThrow('could not be typeset');
  const unreadable = `#set document(title: "x")\n#set text(font: ${documentFonts}, fallback: false)\n李小龍`;
  await expect(makePdf(unreadable, {}, new Date(0))).rejects.toThrow(/^(?!.*李).*could not be typeset/s);
});

it('says on a machine without a typesetter, or with an older one, that it makes no document', async () => {
  await expect(wake(() => Promise.reject(new Error('Cannot find native binding')))).rejects.toThrow(
    'document.unavailable',
  );
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  class Older extends NodeCompiler {}
  const older = {
    create: () => ({ compile: () => ({}), pdf: () => Older.prototype.pdf.call({} as never, {} as never) }),
  };
  await expect(wake(async () => ({ NodeCompiler: older as never }))).rejects.toThrow('document.unavailable');
});
