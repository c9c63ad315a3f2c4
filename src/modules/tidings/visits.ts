import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Matter, SessionView } from '../timetable/index.ts';
import { type Both, registrationLink } from './calendar.ts';
import type { News } from './news.ts';
import { visitMessages } from './visits.messages.ts';

const kinds = ['registered', 'changed', 'moved', 'cancelled', 'session_cancelled', 'reminder'] as const;
type VisitKind = (typeof kinds)[number];
const hasWords = (kind: string): kind is VisitKind => (kinds as readonly string[]).includes(kind);

/** Whether it passes between two people: its mails say "appointment" and lead to its own pages. */
export const isVisit = (session: Pick<SessionView, 'kind'>): boolean => session.kind === 'appointment';

/** What a mail about an appointment says instead of what it says of a session; undefined where both say the same. */
export function visitNews(kind: string, locale: Locale, what: readonly Matter[], before: string): News | undefined {
  if (!hasWords(kind)) return undefined;
  // At the same time, but elsewhere or with somebody else: that is said of every session.
  if (kind === 'moved' && what.length > 0 && !what.includes('time')) return undefined;
  const { subject, title, text } = visitMessages[locale][kind];
  return { subject, title, paragraphs: [typeof text === 'string' ? text : text(before)] };
}

/** What its reader can do: see it, have it at another time, give it back; or make another. */
export function visitActions(
  ctx: Ctx,
  kind: string,
  { view }: Both,
  locale: Locale,
): { label: string; href: string }[] {
  const m = visitMessages[locale];
  const link = (gesture = '') =>
    registrationLink(ctx, view, locale, gesture).replace('/inscriptions/', '/rendez-vous/');
  const another = { label: m.other, href: `${ctx.publicUrl}/${locale}/rendez-vous` };
  if (kind === 'cancelled' || kind === 'session_cancelled') return [another];
  // Its own page is where it is given back.
  const see = { label: m.see, href: link() };
  const move = { label: m.move, href: link('deplacer') };
  return [see, move];
}
