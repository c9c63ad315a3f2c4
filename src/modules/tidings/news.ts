import type { Ctx } from '../../core/context.ts';
import { type Locale, say } from '../../core/i18n.ts';
import type { Matter, SessionView } from '../timetable/index.ts';
import { mailMessages } from './mails.messages.ts';
import { newsMessages } from './news.messages.ts';

/** The mails that say what became of sessions; one of them is about all the dates of a person. */
export const newsKinds = ['moved', 'edited', 'resumed', 'postponed', 'session_cancelled'] as const;
export type NewsKind = (typeof newsKinds)[number];
export const isNews = (kind: string): kind is NewsKind => (newsKinds as readonly string[]).includes(kind);

export type News = { subject: (when: string) => string; title: string; paragraphs: string[] };

/** What weighs most for whoever reads it comes first. */
const weight = ['time', 'place', 'room', 'person', 'link', 'instructions'] as const;
const spoken = ['title', 'summary', 'description', 'accessibility', 'price'] as const;

/** The subject, the title and the sentences of such a mail; `before` is how the first date stood. */
export function newsOf(
  kind: NewsKind,
  locale: Locale,
  { what, count, before, instead }: { what: readonly Matter[]; count: number; before: string; instead: boolean },
): News {
  const m = mailMessages[locale];
  const n = newsMessages[locale];
  const words = spoken.filter((one) => what.includes(one)).map((one) => n.said[one]);
  const also = words.length > 0 ? n.changes(words.join(', ')) : '';
  const offered = kind === 'session_cancelled' && instead ? m.session_cancelled.instead : '';
  if (count > 1) {
    const { subject, title, text } = n.several[kind];
    const paragraphs = [text, also, offered].filter(Boolean);
    return { subject: (when) => subject(count, when), title: title(count), paragraphs };
  }
  if (kind === 'postponed' || kind === 'session_cancelled') {
    return { subject: m[kind].subject, title: m[kind].title, paragraphs: [m[kind].text, offered].filter(Boolean) };
  }
  const first = weight.find((one) => what.includes(one));
  if (kind === 'resumed' || first === 'time') {
    const { subject, title, text } = kind === 'resumed' ? m.resumed : m.moved;
    const both = kind !== 'resumed' && (what.includes('place') || what.includes('room'));
    return { subject, title: both ? n.both : title, paragraphs: [text(before), also].filter(Boolean) };
  }
  const { subject, title, text } = n.one[first ?? 'words'];
  return { subject, title, paragraphs: [also, text].filter(Boolean) };
}

/** What was said anew, word for word. */
export function saidAnew(ctx: Ctx, session: SessionView, what: readonly Matter[], locale: Locale) {
  const n = newsMessages[locale];
  const tell = (text: SessionView['title']) => say(text, locale, ctx.territory.mainLanguage);
  return [
    {
      label: mailMessages[locale].know,
      value: what.includes('instructions') ? tell(session.address?.instructions ?? {}) : '',
    },
    { label: n.summary, value: what.includes('summary') ? tell(session.summary) : '' },
    { label: n.accessibility, value: what.includes('accessibility') ? tell(session.accessibility) : '' },
  ].filter((fact) => fact.value !== '');
}
