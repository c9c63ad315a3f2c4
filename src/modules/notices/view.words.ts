import { addMinutes, minute } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { defineMessages, type Locale, say } from '../../core/i18n.ts';
import type { BookingStatus } from '../../core/schema.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { type Rules, resolveRules } from '../booking/index.ts';
import { totalCents } from './view.rules.ts';
import type { BookingView, ResourceView } from './view.store.ts';

/** The words that pages, mails and calendars share about a booking. */
export const words = defineMessages({
  fr: {
    call: 'Une question\u00a0? Appelez-nous\u00a0:',
    instead: 'Libre à la place',
    reference: 'Réservation',
    calendar: (territory: string) => `Mes réservations · ${territory}`,
    taken: 'Réservé',
    stop: (place: string) => `Arrêt du bus\u00a0: ${place}`,
    people: (count: number) => (count === 1 ? '1\u00a0personne' : `${count}\u00a0personnes`),
    free: 'Gratuit',
    priceUnknown: 'Pas encore fixé\u00a0: demandez-le avant de venir.',
    priceCall: (telephone: string) => `Pas encore fixé\u00a0: demandez-le au ${telephone}.`,
    per: {
      hour: (money: string) => `${money} de l’heure`,
      half_day: (money: string) => `${money} la demi-journée`,
      day: (money: string) => `${money} la journée`,
      booking: (money: string) => `${money} par réservation`,
    },
    total: (price: string, total: string) => `${price}, soit ${total}`,
    cancelUntil: (when: string) => `Vous pouvez annuler ou déplacer jusqu’au ${when}.`,
    cancelAny: 'Vous pouvez annuler ou déplacer jusqu’au début.',
    tooLate: (until: string, telephone: string | null) =>
      `Il est trop tard pour changer ici\u00a0: c’était possible jusqu’au ${until}. En cas d’empêchement, appelez${telephone ? ` le ${telephone}` : '-nous'}.`,
    checkIn: (until: string) => `Signalez votre arrivée avant ${until}, sinon la place est rendue aux autres.`,
    approval: 'L’équipe lit votre demande, puis vous répond par mail.',
    minimumAge: (age: number) => `À partir de ${age}\u00a0ans.`,
    states: {
      requested: 'Demande envoyée, l’équipe va répondre',
      held: 'En attente de votre confirmation',
      option: 'Gardé pour vous par l’équipe',
      expired: 'Non confirmé à temps\u00a0: la place a été rendue',
      confirmed: 'Confirmé',
      checked_in: 'Arrivée notée',
      done: 'Terminé',
      cancelled: 'Annulé',
      displaced: 'Le lieu n’est plus disponible',
      no_show: 'Personne n’est venu\u00a0: la place a été rendue',
    },
  },
  nl: {
    call: 'Een vraag? Bel ons:',
    instead: 'In de plaats daarvan vrij',
    reference: 'Reservatie',
    calendar: (territory: string) => `Mijn reservaties · ${territory}`,
    taken: 'Gereserveerd',
    stop: (place: string) => `Halte van de bus: ${place}`,
    people: (count: number) => (count === 1 ? '1\u00a0persoon' : `${count}\u00a0personen`),
    free: 'Gratis',
    priceUnknown: 'Nog niet vastgelegd: vraag het voor u komt.',
    priceCall: (telephone: string) => `Nog niet vastgelegd: vraag het op ${telephone}.`,
    per: {
      hour: (money: string) => `${money} per uur`,
      half_day: (money: string) => `${money} per halve dag`,
      day: (money: string) => `${money} per dag`,
      booking: (money: string) => `${money} per reservatie`,
    },
    total: (price: string, total: string) => `${price}, in totaal ${total}`,
    cancelUntil: (when: string) => `U kunt annuleren of verplaatsen tot ${when}.`,
    cancelAny: 'U kunt annuleren of verplaatsen tot het begin.',
    tooLate: (until: string, telephone: string | null) =>
      `Het is te laat om dit hier te wijzigen: dat kon tot ${until}. Bent u verhinderd, bel dan ${telephone ?? 'ons'}.`,
    checkIn: (until: string) => `Meld uw aankomst vóór ${until}, anders gaat de plaats naar iemand anders.`,
    approval: 'Het team leest uw aanvraag en antwoordt per e-mail.',
    minimumAge: (age: number) => `Vanaf ${age}\u00a0jaar.`,
    states: {
      requested: 'Aanvraag verstuurd, het team zal antwoorden',
      held: 'Wacht op uw bevestiging',
      option: 'Door het team voor u vrijgehouden',
      expired: 'Niet op tijd bevestigd: de plaats is weer vrij',
      confirmed: 'Bevestigd',
      checked_in: 'U bent aangekomen',
      done: 'Voorbij',
      cancelled: 'Geannuleerd',
      displaced: 'De plaats is niet meer beschikbaar',
      no_show: 'Er kwam niemand: de plaats is weer vrij',
    },
  },
  en: {
    call: 'A question? Call us:',
    instead: 'Free instead',
    reference: 'Booking',
    calendar: (territory: string) => `My bookings · ${territory}`,
    taken: 'Booked',
    stop: (place: string) => `Bus stop: ${place}`,
    people: (count: number) => (count === 1 ? '1\u00a0person' : `${count}\u00a0people`),
    free: 'Free of charge',
    priceUnknown: 'Not set yet: ask before you come.',
    priceCall: (telephone: string) => `Not set yet: ask on ${telephone}.`,
    per: {
      hour: (money: string) => `${money} an hour`,
      half_day: (money: string) => `${money} a half day`,
      day: (money: string) => `${money} a day`,
      booking: (money: string) => `${money} a booking`,
    },
    total: (price: string, total: string) => `${price}, ${total} in all`,
    cancelUntil: (when: string) => `You can cancel or move it until ${when}.`,
    cancelAny: 'You can cancel or move it until it begins.',
    tooLate: (until: string, telephone: string | null) =>
      `It is too late to change it here: that was possible until ${until}. If you cannot come, call ${telephone ?? 'us'}.`,
    checkIn: (until: string) => `Say that you have arrived before ${until}, or the place goes to somebody else.`,
    approval: 'The team reads your request and answers by e-mail.',
    minimumAge: (age: number) => `From ${age}\u00a0years of age.`,
    states: {
      requested: 'Request sent, the team will answer',
      held: 'Waiting for you to confirm',
      option: 'Kept for you by the team',
      expired: 'Not confirmed in time: the place was given back',
      confirmed: 'Confirmed',
      checked_in: 'You have arrived',
      done: 'Over',
      cancelled: 'Cancelled',
      displaced: 'The place is no longer available',
      no_show: 'Nobody came: the place was given back',
    },
  },
});

/** Writes dates as they are where the thing is. */
export const formatOf = (resource: ResourceView, locale: Locale): Formatter =>
  formatter(locale, resource.site.timeZone);

/** "mardi 24 novembre 2026, 9 h – 11 h". */
export function whenOf(view: { start: Date; end: Date; resource: ResourceView }, locale: Locale): string {
  const format = formatOf(view.resource, locale);
  const range = format.range(view.start, view.end);
  // Over two days the range says both days itself.
  return format.isoDay(view.start) === format.isoDay(new Date(view.end.getTime() - 1))
    ? `${format.dayLong(view.start)}, ${range}`
    : range;
}

/** Where to go, line by line: the stop of a bus at that time, else the site, the room's space and floor. */
export function placeOf(resource: ResourceView, locale: Locale, main: Locale): string[] {
  const { site, stop, space } = resource;
  const name = say(site.name, locale, main);
  if (stop) {
    const place = words[locale].stop(say(stop.place, locale, main));
    return [name, place, addressOf(stop.address, stop.commune)].filter(Boolean);
  }
  const inside = space
    ? [say(space.name, locale, main), say(space.floor, locale, main)].filter(Boolean).join(', ')
    : '';
  return [name, inside, addressOf(site.address, site.commune)].filter(Boolean);
}

/** An address and its commune, said once: people often write it in the address already. */
export const addressOf = (address: string | null, commune: string | null): string =>
  [address, commune && address?.includes(commune) ? '' : commune].filter(Boolean).join(', ');

/** What it costs in words: never "free" unless somebody said so. */
export function priceOf(resource: ResourceView, minutes: number, locale: Locale): string {
  const m = words[locale];
  const { priceKind, priceCents, pricePer, site } = resource;
  if (priceKind === 'free') return m.free;
  if (priceKind === 'unknown' || priceCents === null || pricePer === null)
    return site.telephone ? m.priceCall(site.telephone) : m.priceUnknown;
  const format = formatOf(resource, locale);
  const each = m.per[pricePer](format.money(priceCents));
  const total = totalCents(resource, minutes);
  return total === undefined || pricePer === 'booking' ? each : m.total(each, format.money(total));
}

export const rulesOf = (resource: ResourceView): Rules => resolveRules({ preset: resource.preset, ...resource.rules });

export const minutesOf = (span: { start: Date; end: Date }): number =>
  (span.end.getTime() - span.start.getTime()) / minute;

/** Until when it can be changed without calling anybody. */
export const deadlineOf = (view: { start: Date; resource: ResourceView }): Date =>
  addMinutes(view.start, -rulesOf(view.resource).cancelUntilMinutes);

type Changeable = { status?: BookingStatus; start: Date; resource: ResourceView };

/** Whether a booking (or one about to be made) can no longer be changed without calling somebody; a request always can. */
export const isTooLate = (view: Changeable, now: Date): boolean =>
  (view.status ?? 'confirmed') === 'confirmed' && now > deadlineOf(view);

/** Until when a booking could be changed, and whom to call now; nothing while it still can, or once it has begun. */
export function tooLateSentence(ctx: Ctx, view: Changeable, locale: Locale): string {
  if (!isTooLate(view, ctx.now) || view.start <= ctx.now) return '';
  const telephone = view.resource.site.telephone ?? ctx.territory.telephone;
  return words[locale].tooLate(formatOf(view.resource, locale).dayTime(deadlineOf(view)), telephone);
}

/** The rules that matter to who books, one sentence each. */
export function ruleSentences(
  view: { start: Date; resource: ResourceView },
  locale: Locale,
  main: Locale,
  now: Date,
): string[] {
  const m = words[locale];
  const { resource, start } = view;
  const rules = rulesOf(resource);
  const format = formatOf(resource, locale);
  const deadline = deadlineOf(view);
  return [
    rules.approval ? m.approval : '',
    now > deadline ? '' : rules.cancelUntilMinutes > 0 ? m.cancelUntil(format.dayTime(deadline)) : m.cancelAny,
    rules.checkIn ? m.checkIn(format.time(addMinutes(start, rules.releaseMinutes))) : '',
    resource.minimumAge ? m.minimumAge(resource.minimumAge) : '',
    say(resource.requirement, locale, main),
  ].filter(Boolean);
}

/** A booking in one line, for lists in mails: "Salle Marais, mardi 24 novembre 2026, 9 h – 11 h". */
export const lineOf = (view: BookingView, locale: Locale, main: Locale): string =>
  `${say(view.resource.name, locale, main)}, ${whenOf(view, locale)}`;
