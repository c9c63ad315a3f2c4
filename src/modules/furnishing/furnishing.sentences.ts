import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

const several = (params: Params): boolean => Number(params.bookings) > 1;

/** Why a space or a thing to book is refused. */
export const furnishingSentences: Record<Locale, Sentences> = {
  fr: {
    'furnishing.units_booked': (p) =>
      several(p)
        ? `${p.bookings} réservations à venir occupent les places à retirer. Déplacez-les d’abord, ou gardez ce nombre.`
        : 'Une réservation à venir occupe une place à retirer. Déplacez-la d’abord, ou gardez ce nombre.',
    'furnishing.space_unknown': () => 'Cet espace n’est pas dans ce lieu.',
    'furnishing.content_unknown': () => 'Une des choses cochées n’est pas dans ce lieu.',
    'furnishing.content_loop': () =>
      'Ce qui est coché contient déjà cette fiche\u00a0: l’un ne peut pas contenir l’autre et l’inverse.',
    'furnishing.price_amount': () => 'Indiquez un montant en euros. Exemple\u00a0: 12,50.',
    'furnishing.price_per': () => 'Indiquez pour quoi vaut ce montant\u00a0: une heure, une journée…',
  },
  nl: {
    'furnishing.units_booked': (p) =>
      several(p)
        ? `${p.bookings} komende reservaties nemen de plaatsen in die zouden verdwijnen. Verplaats ze eerst, of behoud dit aantal.`
        : 'Eén komende reservatie neemt een plaats in die zou verdwijnen. Verplaats ze eerst, of behoud dit aantal.',
    'furnishing.space_unknown': () => 'Deze ruimte ligt niet in deze plaats.',
    'furnishing.content_unknown': () => 'Iets van wat u aanvinkte, hoort niet bij deze plaats.',
    'furnishing.content_loop': () =>
      'Wat u aanvinkte bevat al deze fiche: het ene kan niet in het andere zitten en omgekeerd.',
    'furnishing.price_amount': () => 'Vul een bedrag in euro in. Voorbeeld: 12,50.',
    'furnishing.price_per': () => 'Zeg waarvoor dit bedrag geldt: een uur, een dag…',
  },
  en: {
    'furnishing.units_booked': (p) =>
      several(p)
        ? `${p.bookings} bookings to come hold the places that would go. Move them first, or keep this number.`
        : 'One booking to come holds a place that would go. Move it first, or keep this number.',
    'furnishing.space_unknown': () => 'This space is not in this place.',
    'furnishing.content_unknown': () => 'Something you ticked is not in this place.',
    'furnishing.content_loop': () => 'What you ticked already contains this one: they cannot contain each other.',
    'furnishing.price_amount': () => 'Enter an amount in euros. Example: 12.50.',
    'furnishing.price_per': () => 'Say what this amount is for: an hour, a day…',
  },
};
