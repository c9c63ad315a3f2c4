import { defineMessages } from '../../core/i18n.ts';

export const boardMessages = defineMessages({
  fr: {
    title: (site: string) => `Aujourd’hui à ${site}`,
    until: (time: string) => `jusqu’à ${time}`,
    stop: (place: string) => `Le bus est à ${place}`,
    closed: 'fermé',
    session: {
      cancelled: 'annulé',
      postponed: 'reporté',
      full: 'complet',
      left: (seats: number) => (seats === 1 ? '1 place libre' : `${seats} places libres`),
      was: (time: string) => `au lieu de ${time}`,
      moved: (day: string, time: string) => `déplacé : ${day} à ${time}`,
      online: 'en ligne',
    },
    empty: 'Rien n’est prévu pour la suite de la journée : les places sont à vous.',
    lost: 'Réseau coupé : tableau à jour à {time}',
    places: (taken: number, of: number) =>
      taken === 1 ? `1 place prise sur ${of}` : `${taken} places prises sur ${of}`,
    seeAll: 'Voir le tableau en grand',
  },
  nl: {
    title: (site: string) => `Vandaag in ${site}`,
    until: (time: string) => `tot ${time}`,
    stop: (place: string) => `De bus staat in ${place}`,
    closed: 'gesloten',
    session: {
      cancelled: 'geannuleerd',
      postponed: 'uitgesteld',
      full: 'volzet',
      left: (seats: number) => (seats === 1 ? '1 plaats vrij' : `${seats} plaatsen vrij`),
      was: (time: string) => `in plaats van ${time}`,
      moved: (day: string, time: string) => `verplaatst: ${day} om ${time}`,
      online: 'online',
    },
    empty: 'Voor de rest van de dag is niets gepland: de plaatsen zijn voor u.',
    lost: 'Geen netwerk: bord bijgewerkt om {time}',
    places: (taken: number, of: number) =>
      taken === 1 ? `1 van de ${of} plaatsen bezet` : `${taken} van de ${of} plaatsen bezet`,
    seeAll: 'Het bord groot bekijken',
  },
  en: {
    title: (site: string) => `Today at ${site}`,
    until: (time: string) => `until ${time}`,
    stop: (place: string) => `The bus is in ${place}`,
    closed: 'closed',
    session: {
      cancelled: 'cancelled',
      postponed: 'postponed',
      full: 'full',
      left: (seats: number) => (seats === 1 ? '1 place left' : `${seats} places left`),
      was: (time: string) => `instead of ${time}`,
      moved: (day: string, time: string) => `moved: ${day} at ${time}`,
      online: 'online',
    },
    empty: 'Nothing is planned for the rest of the day: the places are yours.',
    lost: 'Network lost: board as of {time}',
    places: (taken: number, of: number) => `${taken} of ${of} places taken`,
    seeAll: 'See the board full screen',
  },
});
