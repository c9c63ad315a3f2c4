import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import type { TagKind } from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { tell } from '../../ui/told.ts';
import { type SessionView, seatsLeft, stateOf } from '../timetable/index.ts';
import { agendaMessages } from './agenda.messages.ts';
import type { AgendaItem, StopView } from './agenda.types.ts';

export const zoneOf = (item: AgendaItem): string =>
  item.kind === 'session' ? item.session.timeZone : item.stop.timeZone;

export const writeIn = (ctx: Ctx, item: AgendaItem): Formatter => formatter(ctx.locale, zoneOf(item));

/** Few: two, or a quarter of them; said of every session that fills up, it would warn of nothing. */
const areFew = (left: number, seats: number): boolean => left <= 2 || left * 4 <= seats;

/** How a session stands, in words a passer-by understands; the kind gives the colour that doubles them. */
export function stateWords(ctx: Ctx, session: SessionView): { kind: TagKind; words: string } {
  const m = agendaMessages[ctx.locale].state;
  const write = formatter(ctx.locale, session.timeZone);
  const left = seatsLeft(session);
  switch (stateOf(session, ctx.now)) {
    case 'cancelled':
      return { kind: 'bad', words: m.cancelled };
    case 'postponed':
    case 'draft':
      return { kind: 'warning', words: m.postponed };
    case 'done':
      return { kind: 'plain', words: m.done };
    case 'running':
      return { kind: 'good', words: m.running };
    case 'not_yet':
      return { kind: 'info', words: m.notYet(write.relativeDay(session.opensAt!, ctx.now)) };
    case 'closed':
      return { kind: 'plain', words: m.closed };
    case 'full':
      return { kind: 'warning', words: m.fullList };
    case 'open':
      if (session.enrolment === 'none') return { kind: 'good', words: m.noEnrolment };
      if (left === null) return { kind: 'good', words: m.open };
      return areFew(left, session.seats ?? left)
        ? { kind: 'warning', words: m.few(left) }
        : { kind: 'good', words: m.left(left) };
  }
}

/** Whether one may ask for a seat now: on the list of those who wait where none is left. */
export function canRegister(ctx: Ctx, session: SessionView): boolean {
  const state = stateOf(session, ctx.now);
  return session.enrolment === 'seat' && (state === 'open' || state === 'full');
}

/** Where a session happens: the names, from the nearest to the widest. */
export function placeWords(ctx: Ctx, session: SessionView): string[] {
  const { site, stop, address } = session;
  switch (session.placeKind) {
    case 'online':
      return [agendaMessages[ctx.locale].where.online];
    case 'stop':
      return stop ? [tell(ctx, stop.place), stop.commune] : [];
    case 'address':
      return [address?.name ?? '', address?.town ?? ''].filter(Boolean);
    case 'site': {
      const name = tell(ctx, site.name);
      return [name, site.commune && !name.includes(site.commune) ? site.commune : ''].filter(Boolean);
    }
  }
}

/** The same as one would write it on a letter. */
export function addressWords(ctx: Ctx, session: SessionView): string {
  const { site, stop, address } = session;
  if (session.placeKind === 'stop' && stop)
    return [tell(ctx, stop.place), stop.address, stop.commune].filter(Boolean).join(', ');
  if (session.placeKind === 'address' && address) {
    const town = [address.postcode, address.town].filter(Boolean).join(' ');
    return [address.name, address.street, town].filter(Boolean).join(', ');
  }
  if (session.placeKind !== 'site') return '';
  const written = site.address ?? '';
  return [tell(ctx, site.name), written, site.commune && !written.includes(site.commune) ? site.commune : '']
    .filter(Boolean)
    .join(', ');
}

/** The point on the map where it happens. */
export function pointOf({ placeKind, site, stop, address }: SessionView): { lat: number; lon: number } | undefined {
  const at = placeKind === 'stop' ? stop : placeKind === 'address' ? address : placeKind === 'site' ? site : null;
  const [lat, lon] = [at?.lat ?? null, at?.lon ?? null];
  return lat !== null && lon !== null ? { lat, lon } : undefined;
}

/** Who it is for; undefined where it is for everyone and nothing needs saying. */
export function whoWords(ctx: Ctx, session: SessionView): string | undefined {
  const m = agendaMessages[ctx.locale].who;
  const { ageMin, ageMax } = session;
  const ages =
    ageMin !== null && ageMax !== null
      ? m.ages(ageMin, ageMax)
      : ageMin !== null
        ? m.from(ageMin)
        : ageMax !== null
          ? m.upTo(ageMax)
          : undefined;
  if (session.audience === 'members') return [m.members, ages].filter(Boolean).join(' · ');
  if (session.audience === 'group') return m.group;
  if (session.audience === 'invited') return m.invited;
  return ages;
}

/** The price in a word; one that nobody set is never said to be free. */
export function priceWords(ctx: Ctx, session: SessionView): string | undefined {
  const m = agendaMessages[ctx.locale].price;
  if (session.priceKind === 'free') return m.free;
  if (session.priceKind === 'unknown') return undefined;
  const cents = session.tariffs.map((tariff) => tariff.cents);
  const least = Math.min(...cents);
  const money = formatter(ctx.locale, session.timeZone).money(least);
  return cents.length > 1 ? m.from(money) : money;
}

/** What one finds aboard, as a line of text; undefined where nothing is said. It is written once, in the main language. */
export const aboardWords = (ctx: Ctx, aboard: readonly string[] | undefined): string | undefined =>
  aboard && aboard.length > 0
    ? `${agendaMessages[ctx.locale].stop.aboard}${ctx.locale === 'fr' ? '\u00a0' : ''}: ${aboard.join(', ')}`
    : undefined;

export const stopTitle = (ctx: Ctx, stop: StopView): string => agendaMessages[ctx.locale].stop.title(stop.commune);

export const titleOf = (ctx: Ctx, item: AgendaItem): string =>
  item.kind === 'session' ? tell(ctx, item.session.title) : stopTitle(ctx, item.stop);

/** The address of a session's page, or of the bus for a stop. */
export const hrefOf = (ctx: Pick<Ctx, 'locale'>, item: AgendaItem): string =>
  item.kind === 'session'
    ? `/${ctx.locale}/agenda/${item.session.reference}`
    : `/${ctx.locale}/lieux/${item.stop.siteSlug}`;

/** A first letter raised, where what is said stands alone. */
export const capital = (text: string, locale: Locale): string =>
  text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
