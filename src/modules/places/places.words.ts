import type { Ctx } from '../../core/context.ts';
import type { Formatter } from '../../ui/format.ts';
import { placesMessages } from './places.messages.ts';
import type { OpenState } from './places.rules.ts';
import type { ResourceCard, StopCard } from './places.store.ts';

/** "Ouvert jusqu’à 19 h", "Ouvre demain à 9 h": what a passer-by wants to know. */
export function stateWords(ctx: Ctx, state: OpenState, write: Formatter): string {
  const words = placesMessages[ctx.locale].state;
  if (state.open) return words.openUntil(write.time(state.until));
  if (!state.next) return words.closed;
  return words.opens(write.relativeDay(state.next.start, ctx.now), write.time(state.next.start));
}

/** Where the bus stands, or will next. */
export function stopWords(ctx: Ctx, stop: StopCard | undefined, write: Formatter): string {
  const words = placesMessages[ctx.locale].state;
  if (!stop) return words.noStop;
  if (stop.start <= ctx.now) return words.standsUntil(stop.communeName, write.time(stop.end));
  return words.stands(stop.communeName, write.relativeDay(stop.start, ctx.now), write.range(stop.start, stop.end));
}

/** The price in words; one that nobody set is never said to be free. */
export function priceWords(ctx: Ctx, resource: ResourceCard, telephone: string | null, write: Formatter): string {
  const words = placesMessages[ctx.locale].resource;
  const { priceKind, priceCents, pricePer } = resource;
  if (priceKind === 'free') return words.free;
  if (priceKind === 'amount' && priceCents !== null && pricePer) return words.amount(write.money(priceCents), pricePer);
  return words.askPrice(telephone ?? ctx.territory.telephone);
}

/** How many people, or how many places of how many. */
export function capacityWords(ctx: Ctx, resource: ResourceCard): string {
  const words = placesMessages[ctx.locale].resource;
  return resource.units > 1 ? words.pool(resource.units, resource.capacity) : words.people(resource.capacity);
}

/** A sentence's first letter, where what is said stands alone. */
export const capital = (text: string, locale: Ctx['locale']): string =>
  text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

const dayMinutes = 24 * 60;

/** The rules in force as sentences; what nobody set is not said. */
export function ruleWords(ctx: Ctx, resource: ResourceCard, write: Formatter): string[] {
  const words = placesMessages[ctx.locale].rules;
  const { rules, preset } = resource;
  // A few days read better than 72 hours.
  const time = (minutes: number) =>
    minutes >= dayMinutes && minutes % dayMinutes === 0 ? words.days(minutes / dayMinutes) : write.duration(minutes);
  const said = [words.who[rules.who ?? (preset === 'members' ? 'member' : 'public')]];
  if (rules.approval ?? preset === 'on_request') said.push(words.approval);
  if (rules.noticeMinutes) said.push(words.notice(time(rules.noticeMinutes)));
  if (rules.minMinutes && rules.maxMinutes) said.push(words.length(time(rules.minMinutes), time(rules.maxMinutes)));
  else if (rules.minMinutes) said.push(words.atLeast(time(rules.minMinutes)));
  else if (rules.maxMinutes) said.push(words.atMost(time(rules.maxMinutes)));
  if (rules.horizonDays) said.push(words.horizon(rules.horizonDays));
  if (rules.personWindowMinutes) said.push(words.window(time(rules.personWindowMinutes), rules.windowDays ?? 7));
  if (rules.personAtOnce) said.push(words.atOnce(rules.personAtOnce));
  if (rules.cancelUntilMinutes) said.push(words.cancel(time(rules.cancelUntilMinutes)));
  if (rules.checkIn) said.push(rules.releaseMinutes ? words.checkIn(rules.releaseMinutes) : words.checkInOnly);
  return said;
}
