import type { FC } from 'hono/jsx';
import { dayOf, type Span, toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { type LineColour, ResultCard, Tag } from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { findingMessages } from './finding.messages.ts';
import { spread } from './finding.rules.ts';
import { type Answer, durationOf } from './slots.ts';

/** With the link to the whole day, full rows: of two on a phone, one line on a wide screen. */
const slotsShown = 5;
const fewSlots = 3;

/** Where a slot leads: the booking of that place at that time. */
export function bookingHref(locale: string, slug: string, slot: Span, people: number, timeZone: string): string {
  const query = new URLSearchParams({
    debut: toRfc3339(slot.start, timeZone),
    fin: toRfc3339(slot.end, timeZone),
    personnes: String(people),
  });
  return `/${locale}/reserver/${slug}?${query}`;
}

/** One answer with a few of its free times, fewer when `short`; without `day` its times are on other days, which are then said. */
export const AnswerCard: FC<{ ctx: Ctx; answer: Answer; people: number; day?: string; short?: boolean }> = ({
  ctx,
  answer,
  people,
  day,
  short,
}) => {
  const { locale, territory } = ctx;
  const words = findingMessages[locale];
  const write = formatter(locale, answer.timeZone);
  const name = say(answer.name, locale, territory.mainLanguage);
  const site = say(answer.siteName, locale, territory.mainLanguage);
  const href = `/${locale}/lieux/${answer.siteSlug}/${answer.slug}`;
  const slots = spread(answer.slots, short ? fewSlots : slotsShown);
  const shownDay = day ?? (slots[0] && dayOf(slots[0].start, answer.timeZone));
  const requirement = say(answer.requirement, locale, territory.mainLanguage);
  const { lineLetter, lineColour, lineName } = answer;
  return (
    <ResultCard
      {...(lineLetter && lineColour && lineName
        ? {
            line: {
              letter: lineLetter,
              colour: lineColour as LineColour,
              name: say(lineName, locale, territory.mainLanguage),
            },
          }
        : {})}
      title={`${name}\u00a0— ${site}`}
      href={shownDay ? `${href}?jour=${shownDay}` : href}
      meta={facts(ctx, answer, write).join(' · ')}
      tags={<Conditions ctx={ctx} answer={answer} write={write} />}
      price={priceOf(ctx, answer, write)}
      slots={slots.map((slot) => ({
        href: bookingHref(locale, answer.slug, slot, people, answer.timeZone),
        label: labelOf(slot, write, day, ctx.now),
        about: words.slotAbout(name, site),
      }))}
      more={
        day && slots.length < answer.slots.length
          ? { href: `${href}?jour=${day}`, label: words.wholeDay, about: words.slotAbout(name, site) }
          : undefined
      }
      next={requirement ? `${words.toKnow} ${requirement}` : undefined}
    />
  );
};

function labelOf(slot: Span, write: Formatter, day: string | undefined, now: Date): string {
  const range = write.range(slot.start, slot.end);
  // A range over two days already says both.
  return day || write.isoDay(slot.start) !== write.isoDay(new Date(slot.end.getTime() - 1))
    ? range
    : `${write.relativeDay(slot.start, now)} ${range}`;
}

/** Where it is, how far, how large, what it costs when that must be asked. */
function facts(ctx: Ctx, answer: Answer, write: Formatter): string[] {
  const words = findingMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const { stopPlace, stopStart, stopEnd, spaceName, communeName, distanceKm, priceKind } = answer;
  return [
    stopPlace ? say(stopPlace, ctx.locale, main) : '',
    spaceName && !stopPlace ? say(spaceName, ctx.locale, main) : '',
    communeName ?? '',
    stopStart && stopEnd ? words.stop(write.range(stopStart, stopEnd)) : '',
    distanceKm === null
      ? ''
      : stopStart
        ? words.busAway(write.distance(distanceKm), write.relativeDay(stopStart, ctx.now))
        : words.away(write.distance(distanceKm)),
    answer.capacity > 1 && answer.kind !== 'machine' ? words.room(answer.capacity) : '',
    priceKind === 'unknown' ? words.askPrice(answer.telephone ?? ctx.territory.telephone) : '',
  ].filter(Boolean);
}

/** The price where one was set; a place without one is never said to be free. */
function priceOf(ctx: Ctx, { priceKind, priceCents, pricePer }: Answer, write: Formatter): string | undefined {
  const words = findingMessages[ctx.locale];
  if (priceKind === 'free') return words.free;
  if (priceKind === 'amount' && priceCents !== null && pricePer) return words.price(write.money(priceCents), pricePer);
  return undefined;
}

const Conditions: FC<{ ctx: Ctx; answer: Answer; write: Formatter }> = ({ ctx, answer, write }) => {
  const words = findingMessages[ctx.locale];
  const { rules, minimumAge } = answer;
  const least = durationOf(answer, 0);
  return (
    <>
      {minimumAge ? <Tag kind="info">{words.age(minimumAge)}</Tag> : null}
      {rules.who === 'public' ? null : <Tag kind="warning">{words.members}</Tag>}
      {rules.approval ? <Tag kind="info">{words.approval}</Tag> : null}
      {least > 60 ? <Tag kind="plain">{words.least(write.duration(least))}</Tag> : null}
    </>
  );
};
