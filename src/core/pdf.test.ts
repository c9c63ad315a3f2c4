import { expect, it } from 'vitest';
import { makePdf } from './pdf.ts';

const source = `#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(font: "Atkinson Hyperlegible Next", lang: "fr")
= #data.title
#table(columns: 2, table.header([Nom], [Heures]), ..data.rows.map(row => (row.name, row.hours)).flatten())`;

const rows = [{ name: '#panic("non") $x$ *gras* <b>', hours: '2 h' }];

it('makes a tagged document whose bytes depend on the rows alone, and reads nobody’s text as its own', async () => {
  const at = new Date('2026-11-24T10:00:00Z');
  const one = await makePdf(source, { title: 'Feuille', rows }, at);
  expect(one.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(one.toString('latin1')).toContain('pdfuaid:part');
  expect(one.toString('latin1')).toContain('/StructTreeRoot');
  expect(one.toString('latin1')).toContain('AtkinsonHyperlegible');
  expect((await makePdf(source, { title: 'Feuille', rows }, at)).equals(one)).toBe(true);
  expect((await makePdf(source, { title: 'Feuille', rows: [] }, at)).equals(one)).toBe(false);
});

it('says that a source of ours is wrong rather than give half a document', async () => {
  await expect(makePdf('#let', {}, new Date(0))).rejects.toThrow('could not be typeset');
});
