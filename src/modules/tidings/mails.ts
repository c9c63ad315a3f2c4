import type { Ctx } from '../../core/context.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { uuidOf } from '../../core/idempotency.ts';
import { type LetterParts, renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import type { MailAttachment } from '../../core/schema.ts';
import { permanentAddress, qrPng } from '../notices/index.ts';
import { type RegistrationView, registrationsByIds, requestOf } from '../registrations/index.ts';
import { type SessionView, sessionsByIds } from '../sessions/index.ts';
import { type Both, registrationCalendar, registrationLink } from './calendar.ts';
import { mailMessages } from './mails.messages.ts';
import { moreFacts, moreWaysOut } from './more.ts';
import { formatOf, namesOf, priceOf, titleOf, whenOf, whereOf, words } from './said.ts';

export type Kind = Exclude<keyof (typeof mailMessages)['fr'], 'confirmAsked'> &
  (
    | 'registered'
    | 'changed'
    | 'waiting'
    | 'offered'
    | 'offer_expired'
    | 'moved'
    | 'resumed'
    | 'postponed'
    | 'cancelled'
    | 'session_cancelled'
    | 'reminder'
    | 'invited'
    | 'thanks'
  );

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
  resumed: ['registered', 'waiting', 'offered', 'invited'],
  postponed: ['registered', 'waiting', 'offered', 'invited'],
};

const qrCid = 'qr@quai';

type Facts = NonNullable<LetterParts['facts']>;

/** One registration is told in full; the dates of a course, the parts of an event, a line each. */
export function factsOf(ctx: Ctx, all: readonly Both[], locale: Locale): Facts {
  const m = mailMessages[locale];
  const [first] = all;
  if (!first) return [];
  const { view, session } = first;
  if (all.length > 1) {
    return all.map((one) => ({
      label: titleOf(ctx, one.session, locale),
      value: `${whenOf(one.session, locale)}\n${whereOf(ctx, one.session, locale).join(', ')}\n${m.reference} ${one.view.reference}`,
    }));
  }
  const facts = [
    { label: m.what, value: titleOf(ctx, session, locale) },
    { label: m.when, value: whenOf(session, locale) },
    { label: m.where, value: whereOf(ctx, session, locale).join('\n') },
    { label: m.who, value: namesOf(view, locale).join('\n') },
    { label: m.price, value: priceOf(ctx, session, locale, view.attendees) },
    { label: m.reference, value: view.reference },
  ];
  if (session.onlineUrl && session.placeKind === 'online' && view.status === 'registered')
    facts.splice(3, 0, { label: m.link, value: session.onlineUrl });
  return facts.filter((fact) => fact.value !== '');
}

/** An invitation where the seat is sure, its withdrawal where it is given back, nothing while one waits. */
function calendarFile(ctx: Ctx, kind: Kind, all: readonly Both[], locale: Locale, to: string): MailAttachment[] {
  const sure = (['registered', 'changed', 'moved', 'resumed'] as Kind[]).includes(kind);
  const gone = (['cancelled', 'session_cancelled', 'postponed'] as Kind[]).includes(kind);
  const known = all.filter(({ view }) => (sure ? view.status === 'registered' : gone && view.registeredAt !== null));
  if (known.length === 0) return [];
  const method = sure ? 'REQUEST' : 'CANCEL';
  return [
    {
      filename: mailMessages[locale].file,
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content: Buffer.from(registrationCalendar(ctx, known, locale, method, to), 'utf8').toString('base64'),
    },
  ];
}

async function qrFile(ctx: Ctx, view: RegistrationView): Promise<MailAttachment> {
  const png = await qrPng(permanentAddress(ctx.publicUrl, view.reference));
  return { filename: 'qr.png', contentType: 'image/png', content: png.toString('base64'), cid: qrCid };
}

/** What a message says beside the registration. */
export type More = {
  reason?: string | I18nText | null | undefined;
  before?: { start: Date; end: Date } | undefined;
  instead?: readonly SessionView[] | undefined;
  ids?: readonly string[] | undefined;
};

/** What the reader can do from the mail; each link opens a page that asks before it acts. */
function actionsOf(ctx: Ctx, kind: Kind, { view, session }: Both, locale: Locale, more: More) {
  const m = mailMessages[locale];
  const link = (gesture = '') => registrationLink(ctx, view, locale, gesture);
  const agenda = `${ctx.publicUrl}/${locale}/agenda`;
  const see = { label: m.see, href: link() };
  const cancel = { label: m.cancel, href: link('annulation') };
  const other = { label: m.other, href: agenda };
  switch (kind) {
    case 'offered':
      return [{ label: m.offered.take, href: link('place') }, { label: m.offered.leave, href: link('place') }, see];
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
      return [cancel, see];
    default:
      return [see, cancel];
  }
}

const insteadAction = (ctx: Ctx, session: SessionView, locale: Locale) => ({
  label: mailMessages[locale].session_cancelled.take(formatOf(session, locale).dayTime(session.start)),
  href: `${ctx.publicUrl}/${locale}/agenda/${session.reference}/inscription`,
});

/** The registrations a mail is about: all of one request that stand alike. */
async function subjectsOf(ctx: Ctx, kind: Kind, id: string, more: More): Promise<Both[]> {
  const [view] = await registrationsByIds(ctx, [id]);
  if (!view) return [];
  const together = (['invited', 'registered', 'waiting', 'offered', 'offer_expired', 'cancelled'] as Kind[]).includes(
    kind,
  );
  const views = together
    ? (await requestOf(ctx, view)).filter(
        (other) =>
          other.status === view.status &&
          other.person.id === view.person.id &&
          (!more.ids || more.ids.includes(other.id)),
      )
    : [view];
  const sessions = await sessionsByIds(
    ctx,
    views.map((one) => one.sessionId),
  );
  const byId = new Map(sessions.map((one) => [one.id, one]));
  return views.flatMap((one) => {
    const session = byId.get(one.sessionId);
    return session ? [{ view: one, session }] : [];
  });
}

/** Writes and sends one mail; who has no e-mail is called by the team instead. */
export async function tellMail(ctx: Ctx, kind: Kind, registrationId: string, more: More = {}): Promise<void> {
  const all = await subjectsOf(ctx, kind, registrationId, more);
  const one = all.find(({ view }) => view.id === registrationId);
  const to = one?.view.person.email;
  if (!one || !to) return;
  const { view, session } = one;
  const allowed = asLongAs[kind];
  if (allowed && !allowed.includes(view.status)) return;
  const locale = view.language;
  const main = ctx.territory.mainLanguage;
  const m = mailMessages[locale];
  const text = m[kind];
  const format = formatOf(session, locale);
  const sure = view.status === 'registered' && kind !== 'thanks' && kind !== 'postponed';
  const facts = kind === 'thanks' ? [] : factsOf(ctx, all, locale);
  if (sure && all.length === 1) facts.push(...(await moreFacts(ctx, session, locale)));
  const reason = typeof more.reason === 'string' ? more.reason : more.reason ? say(more.reason, locale, main) : '';
  if (reason) facts.unshift({ label: m.reason, value: reason });
  // What was, where that is what the mail is about: a date cancelled or moved has another in the database by now.
  const before = more.before ?? { start: session.start, end: session.end };
  const subjectAt = kind === 'postponed' || kind === 'session_cancelled' ? before.start : session.start;
  const ways = kind === 'session_cancelled' ? await moreWaysOut(ctx, session, locale) : [];
  const words = bodyOf(kind, locale, {
    view,
    until: view.offerExpiresAt ? format.dayTime(view.offerExpiresAt) : '',
    before: `${format.day(before.start)}, ${format.range(before.start, before.end)}`,
    instead: (more.instead ?? []).length + ways.length > 0,
  });
  const parts: LetterParts = {
    locale,
    territory: { ...ctx.territory, telephone: session.site.telephone ?? ctx.territory.telephone },
    title: text.title,
    preview: `${titleOf(ctx, session, locale)}, ${whenOf(session, locale)}`,
    paragraphs: words,
    facts,
    actions: [...ways, ...actionsOf(ctx, kind, one, locale, more)],
    image: sure && all.length === 1 ? { cid: qrCid, alt: m.qrAlt(view.reference), width: 200 } : undefined,
    footer: sure ? footerOf(session, locale, main, all.length === 1) : [],
  };
  const attachments = calendarFile(ctx, kind, all, locale, to);
  if (parts.image) attachments.push(await qrFile(ctx, view));
  await sendLetter(ctx, {
    id: uuidOf(`registration.${kind}:${view.id}:${view.version}`),
    to,
    subject: typeof text.subject === 'string' ? text.subject : text.subject(format.dayTime(subjectAt)),
    ...renderLetter(parts),
    attachments,
    language: locale,
  });
}

function bodyOf(
  kind: Kind,
  locale: Locale,
  told: { view: RegistrationView; until: string; before: string; instead: boolean },
): string[] {
  const m = mailMessages[locale];
  switch (kind) {
    case 'offered':
      return [m.offered.text(told.until)];
    case 'moved':
    case 'resumed':
      return [m[kind].text(told.before)];
    case 'waiting':
      return [m.waiting.text, told.view.rank ? m.waiting.rank(words[locale].rank(told.view.rank)) : ''].filter(Boolean);
    case 'session_cancelled':
      return [m.session_cancelled.text, told.instead ? m.session_cancelled.instead : ''].filter(Boolean);
    default:
      return [m[kind].text as string];
  }
}

function footerOf(session: SessionView, locale: Locale, main: Locale, qr: boolean): string[] {
  const m = mailMessages[locale];
  const colon = locale === 'fr' ? '\u00a0:' : ':';
  const come = session.placeKind === 'site' ? say(session.site.howToCome, locale, main) : '';
  const know = session.placeKind === 'address' ? say(session.address?.instructions ?? {}, locale, main) : '';
  return [qr ? m.qr : '', come ? `${m.come}${colon} ${come}` : '', know ? `${m.know}${colon} ${know}` : ''].filter(
    Boolean,
  );
}
