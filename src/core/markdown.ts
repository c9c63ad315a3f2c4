import MarkdownIt from 'markdown-it';

/** Longer texts are cut before they are read: nobody writes as much for people to read. */
const mostCharacters = 20_000;

/** The level of the first heading a text may have: its page already has an h1, and its section an h2. */
const topHeading = 3;
const deepestHeading = 6;

/** Where a link may lead: other pages, a mailbox, a telephone. Anything else stays text. */
const safeLink = /^(?:https?:\/\/[^/\s]|mailto:[^\s]+@|tel:\+?[\d\s.-]+$|\/(?!\/))/i;

const reader = new MarkdownIt('default', { html: false, linkify: true, typographer: false, breaks: true });

// A picture would come from elsewhere, and without the words that say what it shows.
reader.disable('image');
reader.validateLink = (address) => safeLink.test(address.trim()) && !/[\p{Cc}\\]|%5c/iu.test(address);

const render = reader.renderer.render.bind(reader.renderer);

/**
 * Headings go below those of the page, one step at a time whatever marks were typed; links say nothing to search engines, and
 * nothing of us to where they lead.
 */
reader.renderer.render = (tokens, options, env) => {
  const headings = tokens.filter((token) => token.type === 'heading_open' || token.type === 'heading_close');
  const levels = [...new Set(headings.map((token) => token.tag))].sort();
  let above = topHeading - 1;
  for (const token of headings) {
    const wanted = Math.min(deepestHeading, topHeading + levels.indexOf(token.tag));
    if (token.type === 'heading_open') above = Math.min(wanted, above + 1);
    token.tag = `h${above}`;
  }
  for (const child of tokens.flatMap((token) => token.children ?? [])) {
    if (child.type !== 'link_open') continue;
    if (child.attrGet('href')) child.attrSet('rel', 'nofollow noopener noreferrer');
    else child.attrs = null;
  }
  return render(tokens, options, env);
};

/** A text that the team wrote in Markdown, as HTML that is safe in any page: no markup of its own, no picture, no script. */
export const markdownToHtml = (text: string): string => reader.render(text.toWellFormed().slice(0, mostCharacters));

/** The same text without its signs, for calendars, feeds and the description of a page. */
export function markdownToText(text: string): string {
  const lines: string[] = [];
  for (const token of reader.parse(text.toWellFormed().slice(0, mostCharacters), {})) {
    if (token.type === 'inline') {
      const words = (token.children ?? []).map((child) =>
        child.type === 'softbreak' || child.type === 'hardbreak' ? '\n' : child.content,
      );
      lines.push(words.join(''));
    } else if (token.type === 'fence' || token.type === 'code_block') lines.push(token.content.trim());
  }
  return lines.join('\n');
}
