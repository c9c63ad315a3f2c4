import type { Territory } from './context.ts';
import { defineMessages, type Locale } from './i18n.ts';

export type LetterParts = {
  locale: Locale;
  territory: Pick<Territory, 'name' | 'telephone' | 'email'>;
  title: string;
  /** Read first in the list of a mailbox, after the subject. */
  preview?: string | undefined;
  paragraphs: string[];
  /** A code to be typed, in very large figures. */
  code?: string | undefined;
  facts?: { label: string; value: string }[] | undefined;
  /** The first is the main gesture; all are links that open a page, none acts by being opened. */
  actions?: { label: string; href: string }[] | undefined;
  /** An attached picture by its `cid`, such as the QR code of an entry. */
  image?: { cid: string; alt: string; width: number; caption?: string | undefined } | undefined;
  footer?: string[] | undefined;
};

const messages = defineMessages({
  fr: { question: 'Une question ? Appelez le', or: 'ou écrivez à', write: 'Une question ? Écrivez à' },
  nl: { question: 'Een vraag? Bel', or: 'of schrijf naar', write: 'Een vraag? Schrijf naar' },
  en: { question: 'A question? Call', or: 'or write to', write: 'A question? Write to' },
});

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!);

/** Only addresses of the web go in a mail's links. */
const link = (href: string): string => (/^(https?:\/\/|tel:|mailto:)/.test(href) ? escapeHtml(href) : '#');

/** A mail's two parts, from the same words: plain text, and HTML that needs neither picture nor style sheet. */
export function renderLetter(parts: LetterParts): { text: string; html: string } {
  return { text: toText(parts), html: toHtml(parts) };
}

function help({ locale, territory }: LetterParts): string {
  const m = messages[locale];
  const { telephone, email } = territory;
  if (telephone) return `${m.question} ${telephone}${email ? ` ${m.or} ${email}` : ''}.`;
  return email ? `${m.write} ${email}.` : '';
}

function toText(parts: LetterParts): string {
  const { title, paragraphs, code, facts = [], actions = [], image, footer = [], territory } = parts;
  const blocks = [
    title,
    ...paragraphs,
    code ?? '',
    facts
      .map((fact) => `${fact.label} : ${fact.value}`.replace(' :', parts.locale === 'fr' ? '\u00a0:' : ':'))
      .join('\n'),
    ...actions.map((action) => `${action.label}${parts.locale === 'fr' ? '\u00a0:' : ':'}\n${action.href}`),
    image?.caption ?? '',
    ...footer,
    [help(parts), territory.name].filter(Boolean).join('\n'),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

// Colours that keep their contrast when a mailbox turns them over for the night.
const font = "font-family:'Atkinson Hyperlegible Next',Verdana,Arial,sans-serif";
const body = `margin:0;padding:0;background:#fbfaf6;color:#16203a;${font}`;

function toHtml(parts: LetterParts): string {
  const { locale, title, preview, paragraphs, code, facts = [], actions = [], image, footer = [], territory } = parts;
  const paragraph = (words: string, style = 'font-size:17px') =>
    `<p style="margin:0 0 16px;${style};line-height:1.5">${escapeHtml(words).replaceAll('\n', '<br>')}</p>`;
  const phone = territory.telephone;
  const aid = escapeHtml(help(parts)).replace(
    escapeHtml(phone ?? '\u0000'),
    `<a href="tel:${(phone ?? '').replace(/[^\d+]/g, '')}" style="color:inherit;font-weight:bold;white-space:nowrap">${escapeHtml(phone ?? '')}</a>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>@media (prefers-color-scheme: dark) { .sheet { background: #0f1524 !important; color: #f1efe8 !important; } .main { background: #ffd34d !important; color: #16203a !important; } .other { color: #ffd34d !important; border-color: #ffd34d !important; } }</style>
</head>
<body class="sheet" style="${body}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview ?? paragraphs[0] ?? '')}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px"><tr><td style="${font}">
<p style="margin:0 0 24px;font-size:16px;font-weight:bold;border-bottom:5px solid #f2b705;padding-bottom:10px">quai · ${escapeHtml(territory.name)}</p>
<h1 style="margin:0 0 20px;font-size:26px;line-height:1.25">${escapeHtml(title)}</h1>
${paragraphs.map((words) => paragraph(words)).join('\n')}
${code ? `<p style="margin:0 0 20px;font-size:40px;font-weight:bold;letter-spacing:8px;font-family:monospace">${escapeHtml(code)}</p>` : ''}
${facts.length > 0 ? factTable(facts) : ''}
${image ? `<p style="margin:0 0 20px"><img src="cid:${escapeHtml(image.cid)}" alt="${escapeHtml(image.alt)}" width="${image.width}" height="${image.width}" style="background:#ffffff;padding:12px">${image.caption ? `<br><span style="font-size:15px;line-height:1.5">${escapeHtml(image.caption)}</span>` : ''}</p>` : ''}
${actions.map(button).join('\n')}
${footer.map((words) => paragraph(words, 'font-size:15px')).join('\n')}
<p style="margin:28px 0 0;padding-top:14px;border-top:1px solid #8a8f9c;font-size:16px;line-height:1.5">${aid}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

function factTable(facts: { label: string; value: string }[]): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th scope="row" align="left" valign="top" style="padding:6px 16px 6px 0;font-size:16px;font-weight:normal">${escapeHtml(label)}</th>` +
      `<td valign="top" style="padding:6px 0;font-size:18px">${factValue(value)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">${rows.join('')}</table>`;
}

/** The first line is what is looked for; an address or a former date under it stays quiet. */
function factValue(value: string): string {
  const [first = '', ...rest] = escapeHtml(value).split('\n');
  const more = rest.length > 0 ? `<br><span style="font-size:16px;line-height:1.4">${rest.join('<br>')}</span>` : '';
  return `<b>${first}</b>${more}`;
}

function button({ label, href }: { label: string; href: string }, index: number): string {
  const look =
    index === 0
      ? 'background:#1b2f6b;color:#ffffff;border:2px solid #1b2f6b'
      : 'color:#1b2f6b;border:2px solid #1b2f6b';
  return (
    `<p style="margin:0 0 14px"><a class="${index === 0 ? 'main' : 'other'}" href="${link(href)}" ` +
    `style="display:inline-block;${look};border-radius:6px;padding:14px 22px;font-size:18px;font-weight:bold;text-decoration:none">${escapeHtml(label)}</a></p>`
  );
}
