import { defineMessages } from '../../core/i18n.ts';
import type { Formatter } from '../../ui/format.ts';
import type { Told } from '../notices/index.ts';

/** What happened to a booking, in plain words; what no sentence tells is told as a change. */
const sentences = defineMessages({
  fr: {
    requested: 'Demande envoyée',
    held: 'Réservé, en attente de confirmation',
    confirmed: 'Confirmé',
    approved: 'Accepté par l’équipe',
    declined: 'Refusé par l’équipe',
    moved: (from: string, to: string) => `Déplacé\u00a0: ${from} → ${to}`,
    changed: 'Modifié',
    cancelled: 'Annulé',
    displaced: 'Le lieu n’est plus disponible\u00a0: une place équivalente est proposée',
    checked_in: 'Arrivée notée',
    check_in_undone: 'Arrivée notée par erreur, effacée',
    ended_early: 'Place rendue avant l’heure',
    cut: 'Écourté\u00a0: le lieu a fermé',
    no_show: 'Personne n’est venu',
    released: 'Place rendue, faute d’arrivée à temps',
    expired: 'Place rendue, faute de réponse à temps',
    pardoned: 'Absence excusée',
    you: 'vous',
    team: 'l’équipe',
    software: 'automatique',
    person: 'la personne',
    colon: '\u00a0: ',
  },
  nl: {
    requested: 'Aanvraag verstuurd',
    held: 'Gereserveerd, wacht op bevestiging',
    confirmed: 'Bevestigd',
    approved: 'Aanvaard door het team',
    declined: 'Geweigerd door het team',
    moved: (from: string, to: string) => `Verplaatst: ${from} → ${to}`,
    changed: 'Gewijzigd',
    cancelled: 'Geannuleerd',
    displaced: 'De plaats is niet meer beschikbaar: er is een gelijkwaardige voorgesteld',
    checked_in: 'Aankomst genoteerd',
    check_in_undone: 'Aankomst bij vergissing genoteerd, gewist',
    ended_early: 'Plaats vroeger vrijgegeven',
    cut: 'Ingekort: de plaats ging dicht',
    no_show: 'Er kwam niemand',
    released: 'Plaats vrijgegeven, geen aankomst op tijd',
    expired: 'Plaats vrijgegeven, geen antwoord op tijd',
    pardoned: 'Afwezigheid verontschuldigd',
    you: 'u',
    team: 'het team',
    software: 'automatisch',
    person: 'de persoon',
    colon: ': ',
  },
  en: {
    requested: 'Request sent',
    held: 'Booked, waiting for confirmation',
    confirmed: 'Confirmed',
    approved: 'Accepted by the team',
    declined: 'Declined by the team',
    moved: (from: string, to: string) => `Moved: ${from} → ${to}`,
    changed: 'Changed',
    cancelled: 'Cancelled',
    displaced: 'The place is no longer available: an equivalent one is offered',
    checked_in: 'Arrival noted',
    check_in_undone: 'Arrival noted by mistake, removed',
    ended_early: 'Place given back early',
    cut: 'Cut short: the place closed',
    no_show: 'Nobody came',
    released: 'Place given back, no arrival in time',
    expired: 'Place given back, no answer in time',
    pardoned: 'Absence excused',
    you: 'you',
    team: 'the team',
    software: 'automatic',
    person: 'the person',
    colon: ': ',
  },
});

export type StoryLine = { when: string; text: string; who: string };

type Reader = { locale: 'fr' | 'nl' | 'en'; personId: string; readerIsOwner: boolean; format: Formatter };

const instantIn = (value: unknown): Date | undefined => {
  const at = typeof value === 'string' ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
};

const isPlain = (kind: string, m: Record<string, unknown>): boolean => typeof m[kind] === 'string';

/** A line of the story: when, what, who. Nobody of the team is named. */
export function tellLine(told: Told, { locale, personId, readerIsOwner, format }: Reader): StoryLine {
  const m = sentences[locale];
  const kind = told.kind.replace(/^booking\./, '');
  const from = instantIn((told.data.from as { start?: unknown } | undefined)?.start);
  const to = instantIn((told.data.to as { start?: unknown } | undefined)?.start);
  const text =
    kind === 'moved' && from && to
      ? m.moved(format.dayTime(from), format.dayTime(to))
      : isPlain(kind, m)
        ? (m[kind as 'confirmed'] as string)
        : m.changed;
  const own =
    told.actorId === personId ||
    (told.actorId === null && /^(held|requested|confirmed|cancelled|moved|checked_in|ended_early)$/.test(kind));
  const automatic = /^(released|expired)$/.test(kind);
  const who = automatic ? m.software : own ? (readerIsOwner ? m.you : m.person) : m.team;
  const reason = told.reason ? `${m.colon}${told.reason}` : '';
  return { when: format.dayTime(told.occurredAt), text: `${text}${reason}`, who };
}
