import { defineMessages } from '../../core/i18n.ts';

export const boardMessages = defineMessages({
  fr: {
    title: (site: string) => `Aujourd’hui à ${site}`,
    until: (time: string) => `jusqu’à ${time}`,
    stop: (place: string) => `Le bus est à ${place}`,
    closed: 'fermé',
    empty: 'Rien n’est réservé pour la suite de la journée : les places sont à vous.',
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
    empty: 'Voor de rest van de dag is niets gereserveerd: de plaatsen zijn voor u.',
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
    empty: 'Nothing is booked for the rest of the day: the places are yours.',
    lost: 'Network lost: board as of {time}',
    places: (taken: number, of: number) => `${taken} of ${of} places taken`,
    seeAll: 'See the board full screen',
  },
});
