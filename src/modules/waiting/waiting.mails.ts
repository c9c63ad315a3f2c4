import { z } from 'zod';
import { linkTokenFor } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { uuidOf } from '../../core/idempotency.ts';
import { isUuid } from '../../core/ids.ts';
import { type LetterParts, renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import type { Handler } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';
import { bookingHref } from '../finding/index.ts';
import { type ResourceView, resourceView } from '../notices/index.ts';
import { wishToConfirm } from './links.store.ts';
import { look } from './look.ts';
import { waitingMessages } from './waiting.messages.ts';
import { letWait, readWish, type Wish } from './waiting.store.ts';
import { wantedWords, wishLink } from './waiting.words.ts';
import { nameOf } from './wanted.ts';

async function send(
  ctx: Ctx,
  wish: Wish,
  name: string,
  subject: string,
  parts: Omit<LetterParts, 'locale' | 'territory'>,
): Promise<void> {
  const locale = wish.language;
  await sendLetter(ctx, {
    id: uuidOf(name),
    to: wish.email,
    subject,
    ...renderLetter({ locale, territory: ctx.territory, ...parts }),
    attachments: [],
    language: locale,
  });
}

/** The mail that asks whether the address is theirs; nothing else goes to it before. */
const confirmAsked: Handler = async (ctx, payload) => {
  const linkId = String(payload.linkId);
  const wish = isUuid(linkId) ? await wishToConfirm(ctx, linkId) : undefined;
  if (!wish) return;
  const m = waitingMessages[wish.language];
  const { what, how } = wantedWords(ctx, await nameOf(ctx, wish.question), wish.language);
  const query = new URLSearchParams({ jeton: linkTokenFor(ctx.secret, linkId) });
  await send(ctx, wish, `wish.confirm:${linkId}`, m.confirmSubject, {
    title: m.confirmTitle,
    paragraphs: [m.confirmMail, `${what}\n${how}`],
    actions: [{ label: m.confirmAction, href: `${ctx.publicUrl}/${wish.language}/me-prevenir/confirmer?${query}` }],
    footer: [m.confirmFooter],
  });
};

const toldPayload = z.object({
  wishId: z.uuid(),
  count: z.number(),
  slots: z.array(z.object({ slug: z.string(), start: z.coerce.date(), end: z.coerce.date() })),
});

type Slot = { start: Date; end: Date; resource: ResourceView };

/** The slots that can still be booked when the mail leaves. */
async function slotsToCome(ctx: Ctx, given: z.output<typeof toldPayload>['slots']): Promise<Slot[]> {
  const slots: Slot[] = [];
  for (const { slug, start, end } of given) {
    const resource = start > ctx.now ? await resourceView(ctx, slug, start, end) : undefined;
    if (resource && !resource.archived) slots.push({ start, end, resource });
  }
  return slots;
}

/** The mail somebody waited for. */
const told: Handler = async (ctx, payload) => {
  const { wishId, count, slots: given } = toldPayload.parse(payload);
  const wish = await readWish(ctx, wishId);
  // Stopped, or asked again, since.
  if (wish?.status !== 'told' || wish.toldCount !== count) return;
  const slots = await slotsToCome(ctx, given);
  // The mail is late, and its slots with it: the wish goes on waiting.
  if (!slots[0]) return void (await letWait(ctx, wish.id));
  const locale = wish.language;
  const m = waitingMessages[locale];
  const { what, how } = wantedWords(ctx, await nameOf(ctx, wish.question), locale);
  const link = wishLink(ctx, wish.id, locale);
  const write = (slot: Slot) => formatter(locale, slot.resource.site.timeZone);
  await send(ctx, wish, `wish.told:${wish.id}:${count}`, m.toldSubject(write(slots[0]).dayTime(slots[0].start)), {
    title: m.toldTitle,
    preview: `${what}, ${how}`,
    paragraphs: [m.toldMail, `${what}\n${how}`, m.toldFirst],
    actions: [
      ...slots.map((slot) => ({
        label: m.book(whenOf(slot, write(slot)), placeOf(ctx, slot.resource, locale)),
        href: `${ctx.publicUrl}${bookingHref(locale, slot.resource.slug, slot, wish.question.people, slot.resource.site.timeZone)}`,
      })),
      { label: m.toldAgain, href: link },
      { label: m.toldStop, href: `${link}#arret` },
    ],
    footer: [m.toldFooter],
  });
};

/** "mardi 24 novembre 9 h – 11 h"; over two days the range says both days itself. */
const whenOf = ({ start, end }: Slot, write: ReturnType<typeof formatter>): string =>
  write.isoDay(start) === write.isoDay(new Date(end.getTime() - 1))
    ? `${write.day(start)} ${write.range(start, end)}`
    : write.range(start, end);

const placeOf = (ctx: Ctx, { name, site }: ResourceView, locale: Wish['language']): string =>
  [name, site.name].map((text) => say(text, locale, ctx.territory.mainLanguage)).join(', ');

/** What is left in the outbox by the waiting step, and by a booking given back. */
export const handlers: Record<string, Handler> = {
  'waiting.confirm_asked': confirmAsked,
  'waiting.told': told,
  'booking.given_back': async (ctx) => void (await look(ctx)),
};
