import type { Ctx } from '../../core/context.ts';
import { defineMessages, type Locale, say } from '../../core/i18n.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import type { RegistrationView } from '../registrations/index.ts';
import type { SessionView } from '../timetable/index.ts';

/** The words that pages, mails and calendars share about a registration. */
export const words = defineMessages({
  fr: {
    appointment: 'Rendez-vous',
    online: 'En ligne',
    stop: (place: string) => `Arrêt du bus\u00a0: ${place}`,
    reference: 'Inscription',
    calendar: (territory: string) => `Mes inscriptions · ${territory}`,
    people: (count: number) => (count === 1 ? '1\u00a0personne' : `${count}\u00a0personnes`),
    rank: (rank: number) => (rank === 1 ? '1re' : `${rank}e`),
    bornIn: (year: number) => `naissance en ${year}`,
    unnamed: (count: number) => (count === 1 ? '1 personne sans nom' : `${count} personnes sans nom`),
    young: (count: number) => (count === 1 ? '1 enfant ou jeune' : `${count} enfants ou jeunes`),
    grown: (count: number) => (count === 1 ? '1 adulte' : `${count} adultes`),
    free: 'Gratuit',
    priceUnknown: 'Pas encore fixé\u00a0: demandez-le avant de venir.',
    states: {
      held: 'En attente de votre confirmation',
      registered: 'Inscription faite',
      waiting: 'Sur la liste d’attente',
      offered: 'Une place vous est proposée',
      invited: 'Invitation reçue',
      cancelled: 'Annulé',
      done: 'Terminé',
    },
  },
  nl: {
    appointment: 'Afspraak',
    online: 'Online',
    stop: (place: string) => `Halte van de bus: ${place}`,
    reference: 'Inschrijving',
    calendar: (territory: string) => `Mijn inschrijvingen · ${territory}`,
    people: (count: number) => (count === 1 ? '1\u00a0persoon' : `${count}\u00a0personen`),
    rank: (rank: number) => `${rank}e`,
    bornIn: (year: number) => `geboren in ${year}`,
    unnamed: (count: number) => (count === 1 ? '1 persoon zonder naam' : `${count} personen zonder naam`),
    young: (count: number) => (count === 1 ? '1 kind of jongere' : `${count} kinderen of jongeren`),
    grown: (count: number) => (count === 1 ? '1 volwassene' : `${count} volwassenen`),
    free: 'Gratis',
    priceUnknown: 'Nog niet vastgelegd: vraag het voor u komt.',
    states: {
      held: 'Wacht op uw bevestiging',
      registered: 'Ingeschreven',
      waiting: 'Op de wachtlijst',
      offered: 'Er is een plaats voor u',
      invited: 'Uitgenodigd',
      cancelled: 'Geannuleerd',
      done: 'Voorbij',
    },
  },
  en: {
    appointment: 'Appointment',
    online: 'Online',
    stop: (place: string) => `Bus stop: ${place}`,
    reference: 'Registration',
    calendar: (territory: string) => `My registrations · ${territory}`,
    people: (count: number) => (count === 1 ? '1\u00a0person' : `${count}\u00a0people`),
    rank: (rank: number) => {
      const last = rank % 100 > 10 && rank % 100 < 14 ? 0 : rank % 10;
      return `${rank}${last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
    },
    bornIn: (year: number) => `born in ${year}`,
    unnamed: (count: number) => (count === 1 ? '1 person without a name' : `${count} people without a name`),
    young: (count: number) => (count === 1 ? '1 child or young person' : `${count} children or young people`),
    grown: (count: number) => (count === 1 ? '1 adult' : `${count} adults`),
    free: 'Free of charge',
    priceUnknown: 'Not set yet: ask before you come.',
    states: {
      held: 'Waiting for you to confirm',
      registered: 'Registered',
      waiting: 'On the waiting list',
      offered: 'A seat is offered to you',
      invited: 'Invited',
      cancelled: 'Cancelled',
      done: 'Over',
    },
  },
});

type Reader = Pick<Ctx, 'territory'>;

/** Writes dates as they are where the session is. */
export const formatOf = (session: Pick<SessionView, 'timeZone'>, locale: Locale): Formatter =>
  formatter(locale, session.timeZone);

/** What a session is called. What passes between two people is an appointment, and nothing more is said of it. */
export const titleOf = ({ territory }: Reader, session: Pick<SessionView, 'title' | 'kind'>, locale: Locale): string =>
  session.kind === 'appointment' ? words[locale].appointment : say(session.title, locale, territory.mainLanguage);

/** "samedi 28 novembre 2026, 14 h – 16 h". */
export function whenOf(session: Pick<SessionView, 'start' | 'end' | 'timeZone'>, locale: Locale): string {
  const format = formatOf(session, locale);
  const range = format.range(session.start, session.end);
  return format.isoDay(session.start) === format.isoDay(new Date(session.end.getTime() - 1))
    ? `${format.dayLong(session.start)}, ${range}`
    : range;
}

/** Where to go, line by line. */
export function whereOf({ territory }: Reader, session: SessionView, locale: Locale): string[] {
  const tell = (text: SessionView['title']) => say(text, locale, territory.mainLanguage);
  const { site, stop, address, placeKind } = session;
  if (placeKind === 'online') return [words[locale].online];
  if (placeKind === 'stop' && stop)
    return [words[locale].stop(tell(stop.place)), [stop.address, stop.commune].filter(Boolean).join(', ')];
  if (placeKind === 'address' && address) {
    const town = [address.postcode, address.town].filter(Boolean).join(' ');
    return [address.name, [address.street, town].filter(Boolean).join(', ')].filter((line): line is string =>
      Boolean(line),
    );
  }
  const rooms = session.kind === 'appointment' ? '' : session.things.map((thing) => tell(thing.name)).join(', ');
  const written = site.address ?? '';
  const commune = site.commune && !written.includes(site.commune) ? site.commune : '';
  return [tell(site.name), rooms, [written, commune].filter(Boolean).join(', ')].filter(Boolean);
}

/** What it costs these people, or what it may cost; never "free" unless somebody said so. */
export function priceOf(
  { territory }: Reader,
  session: SessionView,
  locale: Locale,
  attendees?: readonly { tariff: string | null }[],
): string {
  // Nobody sells an appointment: there is no price to wait for.
  if (session.kind === 'appointment' && session.priceKind === 'unknown') return '';
  if (session.priceKind === 'free') return words[locale].free;
  if (session.priceKind === 'unknown') return words[locale].priceUnknown;
  const format = formatOf(session, locale);
  const chosen = attendees?.map((one) => session.tariffs.find((tariff) => tariff.key === one.tariff)?.cents ?? 0);
  if (chosen && chosen.length > 0) return format.money(chosen.reduce((sum, cents) => sum + cents, 0));
  const { mainLanguage } = territory;
  return session.tariffs.map((one) => `${say(one.name, locale, mainLanguage)} ${format.money(one.cents)}`).join(' · ');
}

/** Who comes, one line each: a first name, a year; those without a name together, a class as so many children and adults. */
export function namesOf(view: Pick<RegistrationView, 'attendees'>, locale: Locale): string[] {
  const m = words[locale];
  const lines = view.attendees.flatMap(({ name, birthYear }) => {
    if (name === null) return [];
    return [birthYear ? `${name}, ${m.bornIn(birthYear)}` : name];
  });
  const unnamed = view.attendees.filter((one) => one.name === null);
  const young = unnamed.filter((one) => one.minor).length;
  const others = unnamed.length - young;
  if (young > 0) lines.push(m.young(young));
  if (others > 0) lines.push(young > 0 ? m.grown(others) : m.unnamed(others));
  return lines;
}

/** The state in which a registration is read. */
export type ReadState = RegistrationView['status'] | 'done';

/** What time makes of a registration. */
export const readState = (view: Pick<RegistrationView, 'status'>, session: SessionView, now: Date): ReadState =>
  view.status === 'registered' && session.end <= now ? 'done' : view.status;
