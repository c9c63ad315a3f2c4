import { codeFor, linkTokenFor } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { uuidOf } from '../../core/idempotency.ts';
import { isUuid } from '../../core/ids.ts';
import { type LetterParts, renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import type { Handler } from '../../core/module.ts';
import type { MailAttachment } from '../../core/schema.ts';
import { bookingCalendar, type CalendarMethod } from './calendar.ts';
import { insteadLabel, insteadOf } from './instead.ts';
import { mailLink } from './links.ts';
import { mailMessages } from './mails.messages.ts';
import { permanentAddress, qrPng } from './qr.tsx';
import { stateOf } from './view.rules.ts';
import { type BookingView, reasonOfClosure, viewsByIds, viewsTogether } from './view.store.ts';
import {
  formatOf,
  isTooLate,
  lineOf,
  minutesOf,
  placeOf,
  priceOf,
  ruleSentences,
  tooLateSentence,
  whenOf,
  words,
} from './view.words.ts';

type Kind =
  | 'confirmed'
  | 'requested'
  | 'approved'
  | 'declined'
  | 'moved'
  | 'cancelled'
  | 'displaced'
  | 'released'
  | 'reminder';

const qrCid = 'qr@quai';
const holdingKinds: readonly Kind[] = ['confirmed', 'approved', 'moved', 'reminder'];

type Facts = NonNullable<LetterParts['facts']>;

/** One booking is told in full; several in one request or series, a line each. */
function factsOf(ctx: Ctx, views: readonly BookingView[], locale: Locale): Facts {
  const m = mailMessages[locale];
  const main = ctx.territory.mainLanguage;
  const [first] = views;
  if (!first) return [];
  if (views.length > 1) {
    return views.map((view) => ({
      label: say(view.resource.name, locale, main),
      value: `${whenOf(view, locale)}\n${placeOf(view.resource, locale, main).join(', ')}\n${m.reference} ${view.reference}`,
    }));
  }
  return [
    { label: m.what, value: say(first.resource.name, locale, main) },
    { label: m.when, value: whenOf(first, locale) },
    { label: m.where, value: placeOf(first.resource, locale, main).join('\n') },
    { label: m.people, value: words[locale].people(first.people) },
    { label: m.price, value: priceOf(first.resource, minutesOf(first), locale) },
    { label: m.reference, value: first.reference },
  ];
}

/** The calendar file: an invitation where it is sure, its withdrawal where it is over, nothing while it is only asked. */
function calendarFile(
  ctx: Ctx,
  kind: Kind,
  views: readonly BookingView[],
  locale: Locale,
  to: string,
): MailAttachment[] {
  if (kind === 'requested' || kind === 'reminder' || kind === 'declined') return [];
  const method: CalendarMethod = holdingKinds.includes(kind) ? 'REQUEST' : 'CANCEL';
  const content = bookingCalendar(ctx, views, locale, method, to);
  return [
    {
      filename: mailMessages[locale].file,
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content: Buffer.from(content, 'utf8').toString('base64'),
    },
  ];
}

async function qrFile(ctx: Ctx, view: BookingView): Promise<MailAttachment> {
  const png = await qrPng(permanentAddress(ctx.publicUrl, view.reference));
  return { filename: 'qr.png', contentType: 'image/png', content: png.toString('base64'), cid: qrCid };
}

/** What the reader can do from the mail; each link opens a page that asks before it acts. */
async function actionsOf(ctx: Ctx, kind: Kind, view: BookingView, locale: Locale) {
  const m = mailMessages[locale];
  const link = (gesture: Parameters<typeof mailLink>[3], query = {}) => mailLink(ctx, view, locale, gesture, query);
  if (kind === 'displaced') return displacedActions(ctx, view, locale);
  if (kind === 'released') {
    const { site, slug } = view.resource;
    return [{ label: m.released.again, href: `${ctx.publicUrl}/${locale}/lieux/${site.slug}/${slug}` }];
  }
  const see = { label: m.see, href: link('') };
  if (kind === 'cancelled' || kind === 'declined' || isTooLate(view, ctx.now)) return [see];
  const [move, cancel] = [
    { label: m.move, href: link('deplacement') },
    { label: m.cancel, href: link('annulation') },
  ];
  return kind === 'reminder' ? [cancel, see, move] : [see, move, cancel];
}

async function displacedActions(ctx: Ctx, view: BookingView, locale: Locale) {
  const m = mailMessages[locale].displaced;
  const { id: resourceId } = view.resource;
  const found = await insteadOf(ctx, { resourceId, start: view.start, end: view.end, people: view.people, limit: 3 });
  const main = ctx.territory.mainLanguage;
  const take = found.map((one) => ({
    label: m.action(insteadLabel(one, locale, main)),
    href: mailLink(ctx, view, locale, 'deplacement', {
      ressource: one.slug,
      debut: one.start.toISOString(),
      fin: one.end.toISOString(),
    }),
  }));
  return [...take, { label: m.other, href: mailLink(ctx, view, locale, 'deplacement') }];
}

/** The bookings a mail is about: all of one request where they go together. */
async function subjectsOf(ctx: Ctx, kind: Kind, bookingId: string): Promise<BookingView[]> {
  const [view] = await viewsByIds(ctx, [bookingId]);
  if (!view) return [];
  if (kind !== 'confirmed' && kind !== 'requested') return [view];
  const together = await viewsTogether(ctx, view);
  const alike = together.filter((other) => other.status === view.status && other.person.id === view.person.id);
  return alike.length > 1 ? alike : [view];
}

/** What a message says beside the booking. */
type More = { reason?: string | undefined; lapsed?: boolean; closureId?: string | undefined };

/** Writes and sends one mail; who has no e-mail is called by the team instead. */
export async function tell(ctx: Ctx, kind: Kind, bookingId: string, more: More = {}): Promise<void> {
  const views = await subjectsOf(ctx, kind, bookingId);
  const [view] = views;
  const to = view?.person.email;
  if (!view || !to) return;
  const state = stateOf(view, ctx.now);
  // Given back before the mail could leave: the mail of the cancellation says it all.
  if (holdingKinds.includes(kind) && state !== 'confirmed' && state !== 'checked_in' && state !== 'requested') return;
  const locale = view.language;
  const main = ctx.territory.mainLanguage;
  const m = mailMessages[locale];
  const text = m[kind];
  // Moved to what the team must approve: it is asked, not booked.
  const said = kind === 'moved' && state === 'requested' ? m.requested : text;
  const format = formatOf(view.resource, locale);
  const actions = await actionsOf(ctx, kind, view, locale);
  const sure = holdingKinds.includes(kind);
  const late = sure ? tooLateSentence(ctx, view, locale) : '';
  const facts = factsOf(ctx, views, locale);
  const closed = more.closureId ? await reasonOfClosure(ctx, more.closureId) : undefined;
  const reason = more.reason ?? (closed && say(closed, locale, main));
  if (reason) facts.unshift({ label: m.reason, value: reason });
  const howToCome = say(view.resource.site.howToCome, locale, main);
  const parts: LetterParts = {
    locale,
    territory: { ...ctx.territory, telephone: view.resource.site.telephone ?? ctx.territory.telephone },
    title: text.title,
    preview: lineOf(view, locale, main),
    paragraphs: [
      more.lapsed ? m.lapsed : kind === 'reminder' && late ? '' : said.text,
      late,
      kind === 'displaced' && actions.length === 1 ? m.displaced.none : '',
    ].filter(Boolean),
    facts,
    actions,
    image:
      sure && views.length === 1 ? { cid: qrCid, alt: m.qrAlt(view.reference), width: 200, caption: m.qr } : undefined,
    footer: [
      sure && howToCome ? `${m.come}${locale === 'fr' ? '\u00a0:' : ':'} ${howToCome}` : '',
      ...(sure || kind === 'requested' ? ruleSentences(view, locale, main, ctx.now) : []),
    ].filter(Boolean),
  };
  const attachments = calendarFile(ctx, kind, views, locale, to);
  if (parts.image) attachments.push(await qrFile(ctx, view));
  await sendLetter(ctx, {
    id: uuidOf(`booking.${kind}:${view.id}:${view.version}`),
    to,
    subject: text.subject(format.dayTime(view.start)),
    ...renderLetter(parts),
    attachments,
    language: locale,
  });
}

/** The mail with the code: it goes to the address that was typed, which belongs to nobody yet. */
async function tellCode(ctx: Ctx, bookingId: string, codeId: string): Promise<void> {
  const [view] = await viewsByIds(ctx, [bookingId]);
  const code = await ctx.db
    .selectFrom('email_code')
    .select(['id', 'email', 'used_at'])
    .where('id', '=', codeId)
    .executeTakeFirst();
  if (!view || !code || code.used_at || stateOf(view, ctx.now) !== 'held') return;
  const views = await viewsTogether(ctx, view);
  const locale = view.language;
  const m = mailMessages[locale];
  const main = ctx.territory.mainLanguage;
  const format = formatOf(view.resource, locale);
  const all = views.length > 1 ? views : [view];
  const link = new URLSearchParams({ jeton: linkTokenFor(ctx.secret, code.id) });
  const digits = codeFor(ctx.secret, code.id);
  const parts: LetterParts = {
    locale,
    territory: { ...ctx.territory, telephone: view.resource.site.telephone ?? ctx.territory.telephone },
    title: m.confirmAsked.title,
    preview: digits,
    paragraphs: [m.confirmAsked.text(lineOf(view, locale, main), format.time(view.holdExpiresAt ?? view.start))],
    code: digits,
    facts: factsOf(ctx, all, locale).filter((fact) => fact.label !== m.reference),
    actions: [{ label: m.confirmAsked.action, href: `${ctx.publicUrl}/${locale}/reservations/confirmer?${link}` }],
    footer: [m.confirmAsked.late, m.confirmAsked.notYou],
  };
  await sendLetter(ctx, {
    id: uuidOf(`booking.confirm_asked:${code.id}`),
    to: code.email,
    subject: m.confirmAsked.subject(''),
    ...renderLetter(parts),
    attachments: [],
    language: locale,
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** The bookings a message names, one or several. */
function idsIn(payload: Record<string, unknown>): string[] {
  const many = Array.isArray(payload.bookingIds) ? payload.bookingIds : [payload.bookingId];
  return many.filter((id): id is string => typeof id === 'string' && isUuid(id));
}

const teller =
  (kind: Kind): Handler =>
  async (ctx, payload) => {
    const closureId = textOf(payload.closureId);
    const more = { reason: textOf(payload.reason), lapsed: payload.lapsed === true, closureId };
    for (const id of idsIn(payload)) await tell(ctx, kind, id, more);
  };

/** What booking leaves in the outbox, and what people receive of it. */
export const handlers: Record<string, Handler> = {
  'booking.confirm_asked': async (ctx, payload) => {
    const codeId = textOf(payload.codeId);
    for (const id of idsIn(payload)) if (codeId && isUuid(codeId)) await tellCode(ctx, id, codeId);
  },
  'booking.confirmed': teller('confirmed'),
  'booking.requested': teller('requested'),
  'booking.approved': teller('approved'),
  'booking.declined': teller('declined'),
  'booking.moved': teller('moved'),
  'booking.cancelled': teller('cancelled'),
  'booking.displaced': teller('displaced'),
  'booking.released': teller('released'),
  'booking.reminder': teller('reminder'),
};
