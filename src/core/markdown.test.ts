import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownToHtml, markdownToText } from './markdown.ts';

describe('a text in Markdown', () => {
  test('has paragraphs, lists, emphasis and links', () => {
    const html = markdownToHtml(
      'Venez **avec** votre téléphone.\n\n- un chargeur\n- vos lunettes\n\n[Plan](https://exemple.fr/plan)',
    );
    expect(html).toContain('<strong>avec</strong>');
    expect(html).toContain('<li>un chargeur</li>');
    expect(html).toContain('<a href="https://exemple.fr/plan" rel="nofollow noopener noreferrer">Plan</a>');
  });

  test.each([
    ['# Un\n\n## Deux\n\n###### Six', '3 4 5'],
    ['## Un\n\n## Deux', '3 3'],
    ['Un\n===\n\nDeux\n---', '3 4'],
    // The first cannot be deeper than the section it stands in.
    ['### Un\n\n# Deux\n\n### Trois', '3 3 4'],
    ['# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6', '3 4 5 6 6 6'],
  ])('puts its headings below those of the page, without skipping one: %j', (text, levels) => {
    expect([...markdownToHtml(text).matchAll(/<h(\d)>/g)].map((found) => found[1]).join(' ')).toBe(levels);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<svg/onload=alert(1)>',
    '<style>*{display:none}</style>',
    '<iframe src="https://exemple.fr"></iframe>',
    '<!-- --><base href="https://exemple.fr">',
  ])('shows markup as the text it is: %s', (text) => {
    expect(markdownToHtml(text).replace(/<\/?p>/g, '')).not.toMatch(/<(?!a href="https:|\/a>)/);
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:msgbox)',
    '[x](file:///etc/passwd)',
    '[x](//exemple.fr)',
    '[x](/\\exemple.fr)',
    '[x](\u0001javascript:alert(1))',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
  ])('follows no link but to a page, a mailbox or a telephone: %s', (text) => {
    expect(markdownToHtml(text)).not.toContain('<a ');
  });

  test('keeps links to a page of ours, a mailbox and a telephone', () => {
    const html = markdownToHtml('[a](/fr/lieux) [b](mailto:a@exemple.fr) [c](tel:+33321000000)');
    expect([...html.matchAll(/href="([^"]+)"/g)].map((found) => found[1])).toEqual([
      '/fr/lieux',
      'mailto:a@exemple.fr',
      'tel:+33321000000',
    ]);
  });

  test('shows no picture: it would come from elsewhere', () => {
    expect(markdownToHtml('![chat](https://exemple.fr/chat.png)')).not.toContain('<img');
  });

  test('leaves no way out of an attribute', () => {
    expect(markdownToHtml('[x](https://a.fr/"onmouseover="alert(1))')).not.toMatch(/"\s*onmouseover=/);
    expect(markdownToHtml('[x](https://a.fr "t\\" onclick=\\"alert(1)")')).not.toMatch(/"\s+onclick=/);
  });

  test('whatever is written, only elements of text come out, with known attributes', () => {
    const known = /^<\/?(p|br|em|strong|s|ul|ol|li|h[3-6]|blockquote|hr|pre|code|a|table|thead|tbody|tr|th|td)\b/;
    const bits = fc.constantFrom(
      '<',
      '>',
      '[x](',
      ')',
      '"',
      "'",
      '`',
      '*',
      '\n',
      '# ',
      'javascript:',
      '&lt;',
      '![',
      '|',
      '---',
      'https://a.fr',
      '\\',
      ' ',
      'a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ maxLength: 8 })), { maxLength: 40 }), (parts) => {
        const html = markdownToHtml(parts.join(''));
        for (const [tag] of html.matchAll(/<[^>]*>/g)) {
          expect(tag).toMatch(known);
          expect(tag).not.toMatch(/\son\w+=/i);
          const address = /href="([^"]*)"/.exec(tag)?.[1];
          if (address !== undefined) expect(address).toMatch(/^(https?:|mailto:|tel:|\/(?!\/))/i);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a very long or very deep text is answered all the same', () => {
    expect(markdownToHtml('>'.repeat(50_000)).length).toBeLessThan(200_000);
    expect(markdownToHtml('[a]('.repeat(9_000)).length).toBeGreaterThan(0);
    expect(markdownToHtml('*a_'.repeat(9_000)).length).toBeGreaterThan(0);
  });
});

test('without its signs a text keeps its words and its lines', () => {
  expect(markdownToText('# Titre\n\nVenez **avec** [un plan](https://exemple.fr).\n\n- a\n- b')).toBe(
    'Titre\nVenez avec un plan.\na\nb',
  );
});
