import type { Ctx } from '../../core/context.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { uuidOf } from '../../core/idempotency.ts';
import { type LetterParts, renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import type { MailAttachment } from '../../core/schema.ts';
import { permanentAddress, qrPng } from '../notices/index.ts';
import { type RegistrationView, registrationsByIds, requestOf } from '../registrations/index.ts';
import { type Matter, type SessionView, sessionsByIds } from '../timetable/index.ts';
import { type Both, registrationCalendar, registrationLink } from './calendar.ts';
import { mailMessages } from './mails.messages.ts';
import { moreFacts, moreWaysOut } from './more.ts';
import { newsMessages } from './news.messages.ts';
import { isNews, type News, type NewsKind, newsOf, saidAnew } from './news.ts';
import { formatOf, namesOf, priceOf, titleOf, whenOf, whereOf, words } from './said.ts';
import { visitMessages } from './visits.messages.ts';
import { isVisit, visitActions, visitNews } from './visits.ts';

/** The mails whose words depend on what became of a session. */
type Plain =
  | 'registered'
  | 'changed'
  | 'waiting'
  | 'offered'
  | 'offer_expired'
  | 'cancelled'
  | 'reminder'
  | 'invited'
  | 'thanks';
export type Kind = Plain | NewsKind;

/** What a registration must still be for a mail to make sense; given back meanwhile, its cancellation has said it all. */
const asLongAs: Partial<Record<Kind, readonly RegistrationView['status'][]>> = {
  registered: ['registered'],
  changed: ['registered'],
  waiting: ['waiting'],
  offered: ['offered'],
  reminder: ['registered'],
  invited: ['invited'],
  thanks: ['registered'],
  moved: ['registered', 'waiting', 'offered', 'invited'],
  edited: ['registered'],
  resumed: ['registered', 'waiting', 'offered', 'invited'],
  postponed: ['registered', 'waiting', 'offered', 'invited'],
};

const qrCid = 'qr@quai';

type Facts = NonNullable<LetterParts['facts']>;

/** One registration is told in full; the dates of a course, the parts of an event, a line each. */
export function factsOf(ctx: Ctx, all: readonly Both[], locale: Locale, before: Before = {}): Facts {
  const m = mailMessages[locale];
  const [first] = all;
  if (!first) return [];
  const { view, session } = first;
  if (all.length > 1) {
    return all.map((one) => ({ label: titleOf(ctx, one.session, locale), value: lineOf(ctx, one, locale, before) }));
  }
  const facts = [
    { label: m.what, value: titleOf(ctx, session, locale) },
    { label: m.when, value: whenOf(session, locale) },
    { label: m.where, value: whereOf(ctx, session, locale).join('\n') },
    {
      label: visitMessages[locale].helper,
      value: isVisit(session) ? session.leaders.map((one) => one.name).join(', ') : '',
    },
    { label: m.who, value: namesOf(view, locale).join('\n') },
    { label: m.price, value: priceOf(ctx, session, locale, view.attendees) },
    { label: m.reference, value: view.reference },
  ];
  if (session.onlineUrl && session.placeKind === 'online' && view.status === 'registered')
    facts.splice(3, 0, { label: m.link, value: session.onlineUrl });
  return facts.filter((fact) => fact.value !== '');
}

/** One of several registrations: when, when it was before, where, its number; and that one waits, where one does. */
function lineOf(ctx: Ctx, { view, session }: Both, locale: Locale, before: Before): string {
  const n = newsMessages[locale];
  const was = before[view.id];
  const moved = was && was.start.getTime() !== session.start.getTime();
  const link = session.placeKind === 'online' && view.status === 'registered' ? session.onlineUrl : null;
  return [
    whenOf(session, locale),
    moved ? n.before(whenOf({ ...was, timeZone: session.timeZone }, locale)) : '',
    whereOf(ctx, session, locale).join(', '),
    link ? n.link(link) : '',
    view.status === 'waiting' ? words[locale].states.waiting : '',
    `${mailMessages[locale].reference} ${view.reference}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** An invitation where the seat is sure, its withdrawal where it is given back, nothing while one waits. */
function calendarFile(ctx: Ctx, kind: Kind, all: readonly Both[], locale: Locale, to: string): MailAttachment[] {
  const sure = (['registered', 'changed', 'moved', 'edited', 'resumed'] as Kind[]).includes(kind);
  const gone = (['cancelled', 'session_cancelled', 'postponed'] as Kind[]).includes(kind);
  const known = all.filter(({ view }) => (sure ? view.status === 'registered' : gone && view.registeredAt !== null));
  if (known.length === 0) return [];
  const method = sure ? 'REQUEST' : 'CANCEL';
  return [
    {
      filename: (all.every((one) => isVisit(one.session)) ? visitMessages : mailMessages)[locale].file,
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content: Buffer.from(registrationCalendar(ctx, known, locale, method, to), 'utf8').toString('base64'),
    },
  ];
}

async function qrFile(ctx: Ctx, view: RegistrationView): Promise<MailAttachment> {
  const png = await qrPng(permanentAddress(ctx.publicUrl, view.reference));
  return { filename: 'qr.png', contentType: 'image/png', content: png.toString('base64'), cid: qrCid };
}

/** When registrations were for, before the change a mail is about. */
type Before = Record<string, { start: Date; end: Date }>;

/** What a message says beside the registration. */
export type More = {
  reason?: string | I18nText | null | undefined;
  before?: Before | undefined;
  instead?: readonly SessionView[] | undefined;
  /** All the registrations it is about. */
  ids?: readonly string[] | undefined;
  what?: readonly Matter[] | undefined;
};

/** What the reader can do from the mail; each link opens a page that asks before it acts. */
function actionsOf(ctx: Ctx, kind: Kind, one: Both, locale: Locale, more: More, several: boolean) {
  const { view, session } = one;
  if (isVisit(session) && kind !== 'thanks' && !several) return visitActions(ctx, kind, one, locale);
  const m = mailMessages[locale];
  const link = (gesture = '') => registrationLink(ctx, view, locale, gesture);
  const agenda = `${ctx.publicUrl}/${locale}/agenda`;
  const see = { label: m.see, href: link() };
  const cancel = { label: m.cancel, href: link('annulation') };
  const other = { label: m.other, href: agenda };
  switch (kind) {
    case 'offered':
      return [
        { label: m.offered.take(view.places), href: link('place') },
        { label: m.offered.leave(view.places), href: link('place') },
        see,
      ];
    case 'offer_expired':
      return [{ label: m.offer_expired.again, href: `${agenda}/${session.reference}/inscription` }, other];
    case 'invited':
      return [{ label: m.invited.take, href: link('invitation') }];
    case 'thanks': {
      const path = link().replace('/inscriptions/', '/avis/');
      return [{ label: m.thanks.action, href: path }];
    }
    case 'session_cancelled':
      return [...(more.instead ?? []).map((one) => insteadAction(ctx, one, locale)), other];
    case 'cancelled':
      return [see, other];
    case 'reminder':
      return several ? [see] : [cancel, see];
    default:
      return several ? [see] : [see, cancel];
  }
}

const insteadAction = (ctx: Ctx, session: SessionView, locale: Locale) => ({
  label: mailMessages[locale].session_cancelled.take(formatOf(session, locale).dayTime(session.start)),
  href: `${ctx.publicUrl}/${locale}/agenda/${session.reference}/inscription`,
});

/** The registrations a mail is about: all of one request that stand alike, or those that one gesture or one day concerns. */
async function viewsOf(ctx: Ctx, kind: Kind, id: string, { ids }: More): Promise<RegistrationView[]> {
  if (isNews(kind) || (kind === 'reminder' && ids)) {
    const named = ids ?? [id];
    const order = new Map(named.map((one, index) => [one, index]));
    const views = await registrationsByIds(ctx, named);
    return views.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  }
  const [view] = await registrationsByIds(ctx, [id]);
  if (!view) return [];
  const together: readonly Kind[] = ['invited', 'registered', 'waiting', 'offered', 'offer_expired', 'cancelled'];
  if (!together.includes(kind)) return [view];
  return (await requestOf(ctx, view)).filter(
    (other) => other.status === view.status && other.person.id === view.person.id && (!ids || ids.includes(other.id)),
  );
}

/** Those of them that the mail still makes sense for; what has no day any more is told when it has one again. */
async function subjectsOf(ctx: Ctx, kind: Kind, id: string, more: More): Promise<Both[]> {
  const allowed = asLongAs[kind];
  const views = (await viewsOf(ctx, kind, id, more)).filter((view) => !allowed || allowed.includes(view.status));
  const sessions = await sessionsByIds(
    ctx,
    views.map((one) => one.sessionId),
  );
  const byId = new Map(sessions.map((one) => [one.id, one]));
  return views.flatMap((one) => {
    const session = byId.get(one.sessionId);
    const dayless = ['moved', 'edited', 'resumed'].includes(kind) && session?.status !== 'published';
    return session && !dayless ? [{ view: one, session }] : [];
  });
}

/** Writes and sends one mail; who has no e-mail is called by the team instead. */
export async function tellMail(ctx: Ctx, kind: Kind, registrationId: string, more: More = {}): Promise<void> {
  const all = await subjectsOf(ctx, kind, registrationId, more);
  // Given back meanwhile, the first one leaves the mail to the others it is about.
  const one = all.find(({ view }) => view.id === registrationId) ?? (more.ids || isNews(kind) ? all[0] : undefined);
  const to = one?.view.person.email;
  if (!one || !to) return;
  const { view, session } = one;
  const several = all.length > 1;
  const locale = view.language;
  const main = ctx.territory.mainLanguage;
  const m = mailMessages[locale];
  const format = formatOf(session, locale);
  const sure = view.status === 'registered' && kind !== 'thanks' && kind !== 'postponed';
  const what = more.what ?? [];
  const told = factsOf(ctx, all, locale, more.before);
  // Whoever came three times in a week is asked about one of them.
  const facts = kind === 'thanks' ? told.filter(({ label }) => label === m.what || label === m.when) : told;
  if (sure && !several) facts.push(...(await moreFacts(ctx, session, locale)));
  facts.unshift(...saidAnew(ctx, session, what, locale));
  const reason = typeof more.reason === 'string' ? more.reason : more.reason ? say(more.reason, locale, main) : '';
  if (reason) facts.unshift({ label: m.reason, value: reason });
  // What was, where that is what the mail is about: a date cancelled or moved has another in the database by now.
  const before = more.before?.[view.id] ?? { start: session.start, end: session.end };
  const subjectAt = kind === 'postponed' || kind === 'session_cancelled' ? before.start : session.start;
  const ways = kind === 'session_cancelled' ? await moreWaysOut(ctx, session, locale) : [];
  const was = `${format.day(before.start)}, ${format.range(before.start, before.end)}`;
  const instead = (more.instead ?? []).length + ways.length > 0;
  const usual = isNews(kind)
    ? newsOf(kind, locale, { what, count: all.length, before: was, instead })
    : plainOf(kind, locale, one, view.offerExpiresAt ? format.dayTime(view.offerExpiresAt) : '');
  if (kind === 'offered' && (await hasBegun(ctx, one))) usual.paragraphs.push(m.offered.begun);
  const text = (isVisit(session) && !several && visitNews(kind, locale, what, was)) || usual;
  const attachments = calendarFile(ctx, kind, all, locale, to);
  const parts: LetterParts = {
    locale,
    territory: { ...ctx.territory, telephone: session.site.telephone ?? ctx.territory.telephone },
    title: text.title,
    preview: `${titleOf(ctx, session, locale)}, ${whenOf(session, locale)}`,
    paragraphs: attachments.length > 0 ? text.paragraphs : unseated(kind, text.paragraphs, locale),
    facts,
    actions: [...ways, ...actionsOf(ctx, kind, one, locale, more, several)],
    image: sure && !several ? { cid: qrCid, alt: m.qrAlt(view.reference), width: 200, caption: m.qr } : undefined,
    footer: sure ? footerOf(session, locale, main, what.includes('instructions')) : [],
  };
  if (parts.image) attachments.push(await qrFile(ctx, view));
  // The same message sent again after a failure is the same mail, whoever gave a date back in between.
  const about = isNews(kind) && more.ids ? more.ids.join() : view.id;
  await sendLetter(ctx, {
    id: uuidOf(`registration.${kind}:${about}:${view.version}`),
    to,
    subject: text.subject(format.dayTime(subjectAt)),
    ...renderLetter(parts),
    attachments,
    language: locale,
  });
}

/** The same for whoever only waited, or was invited: no seat of theirs is given to somebody else, no file is joined. */
function unseated(kind: Kind, paragraphs: string[], locale: Locale): string[] {
  const words: Partial<Record<Kind, string>> = mailMessages[locale].unseated;
  const said = words[kind];
  return said ? [said, ...paragraphs.slice(1)] : paragraphs;
}

/** Whether a date of a course that was asked for with this one has begun: what is offered is what remains. */
async function hasBegun(ctx: Ctx, { view, session }: Both): Promise<boolean> {
  if (!session.course) return false;
  const ids = (await requestOf(ctx, view)).map((one) => one.sessionId);
  return (await sessionsByIds(ctx, ids)).some((one) => one.start <= ctx.now);
}

/** The words of the mails that are always the same. */
function plainOf(kind: Plain, locale: Locale, { view, session }: Both, until: string): News {
  const m = mailMessages[locale];
  const { places } = view;
  if (kind === 'offered') {
    const { subject, title, text } = m.offered;
    return { subject: (when) => subject(when, places), title: title(places), paragraphs: [text(until, places)] };
  }
  const { subject, title } = m[kind];
  const free = session.seats === null ? 0 : session.seats - session.taken;
  const waits = free > 0 && free < places ? m.waiting.few(free, places) : m.waiting.text;
  const text = kind === 'registered' ? m.registered.text(places) : kind === 'waiting' ? waits : m[kind].text;
  const rank = kind === 'waiting' && view.rank ? m.waiting.rank(words[locale].rank(view.rank)) : '';
  return {
    subject: typeof subject === 'string' ? () => subject : subject,
    title,
    paragraphs: [text, rank].filter((line): line is string => typeof line === 'string' && line !== ''),
  };
}

function footerOf(session: SessionView, locale: Locale, main: Locale, known: boolean): string[] {
  const m = mailMessages[locale];
  const colon = locale === 'fr' ? '\u00a0:' : ':';
  const come = session.placeKind === 'site' ? say(session.site.howToCome, locale, main) : '';
  const know = session.placeKind === 'address' && !known ? say(session.address?.instructions ?? {}, locale, main) : '';
  return [come ? `${m.come}${colon} ${come}` : '', know ? `${m.know}${colon} ${know}` : ''].filter(Boolean);
}
