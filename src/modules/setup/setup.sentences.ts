import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const several = (params: Params): boolean => Number(params.bookings) > 1;
const weekdays = {
  fr: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
  nl: ['Maandag', 'Dinsdag', 'Woensdag', 'Donderdag', 'Vrijdag', 'Zaterdag', 'Zondag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const weekday = (params: Params, locale: Locale): string => weekdays[locale][Number(params.weekday) - 1] ?? '';

/** Why the administration of places refuses something. */
export const setupSentences: Record<Locale, Sentences> = {
  fr: {
    'setup.same_name': () =>
      'Ce nom vient d’être donné par quelqu’un d’autre. Recommencez, ou choisissez un autre nom.',
    'setup.commune_unknown': (p) =>
      `Aucune commune ne s’appelle «\u00a0${p.name}\u00a0». Vérifiez l’orthographe\u00a0; l’administration du territoire peut l’ajouter sous Gestion, Communes.`,
    'setup.commune_several': () => 'Plusieurs communes portent ce nom\u00a0: choisissez la bonne.',
    'setup.commune_code': () => 'Ce code n’est pas possible\u00a0: des chiffres et des lettres, 12 au plus.',
    'setup.commune_name': () => 'Ce nom ne contient aucune lettre.',
    'setup.commune_known': (p) => `Une commune a déjà le code ${p.code}.`,
    'setup.line_letter': () => 'Une ou deux lettres ou chiffres, sans accent.',
    'setup.line_letter_taken': (p) => `Une autre ligne porte déjà ${p.letter}.`,
    'setup.copy_unknown': () => 'Le lieu à copier n’existe plus.',
    'setup.kind_fixed': () => 'Un lieu fixe ne devient pas un bus, ni l’inverse\u00a0: créez un nouveau lieu.',
    'setup.has_bookings': (p) =>
      several(p)
        ? `${p.bookings} réservations à venir comptent dessus. Déplacez-les ou annulez-les d’abord\u00a0: chaque personne est alors prévenue.`
        : 'Une réservation à venir compte dessus. Déplacez-la ou annulez-la d’abord\u00a0: la personne est alors prévenue.',
    'setup.units_booked': (p) =>
      several(p)
        ? `${p.bookings} réservations à venir occupent les places à retirer. Déplacez-les d’abord, ou gardez ce nombre.`
        : 'Une réservation à venir occupe une place à retirer. Déplacez-la d’abord, ou gardez ce nombre.',
    'setup.hours_overlap': (p) => `${weekday(p, 'fr')}\u00a0: deux ouvertures se chevauchent.`,
    'setup.hours_missing': () => 'Indiquez l’heure de début et l’heure de fin.',
    'setup.day_past': () => 'Ce jour est déjà passé.',
    'setup.space_unknown': () => 'Cet espace n’est pas dans ce lieu.',
    'setup.content_unknown': () => 'Une des choses cochées n’est pas dans ce lieu.',
    'setup.content_loop': () =>
      'Ce qui est coché contient déjà cette fiche\u00a0: l’un ne peut pas contenir l’autre et l’inverse.',
    'setup.price_amount': () => 'Indiquez un montant en euros. Exemple\u00a0: 12,50.',
    'setup.price_per': () => 'Indiquez pour quoi vaut ce montant\u00a0: une heure, une journée…',
    'setup.stop_meets': (p, { timeZone }) =>
      `Le bus est déjà ailleurs à ce moment-là\u00a0: ${formatter('fr', timeZone).dayTime(p.at as Date)}.`,
    'setup.stop_booked': (p) =>
      several(p)
        ? `${p.bookings} réservations comptent sur cette étape (${p.references}). Déplacez-les ou annulez-les d’abord\u00a0: chaque personne est alors prévenue.`
        : `Une réservation compte sur cette étape (${p.references}). Déplacez-la ou annulez-la d’abord\u00a0: la personne est alors prévenue.`,
    'setup.photo_missing': () => 'Choisissez une photo.',
    'file.kind': () =>
      'Ce fichier n’est pas une photo que nous savons lire. Choisissez un JPEG, un PNG, un WebP ou un AVIF.',
    'file.unreadable': () => 'Cette photo est abîmée\u00a0: nous n’arrivons pas à l’ouvrir. Choisissez-en une autre.',
    'file.too_big': (p) => `Cette photo pèse plus de ${p.most}\u00a0Mo. Choisissez-en une plus légère.`,
    'file.too_many_pixels': (p) =>
      `Cette photo a plus de ${p.most}\u00a0millions de points. Choisissez-en une plus petite.`,
  },
  nl: {
    'setup.same_name': () => 'Iemand anders heeft net deze naam gegeven. Probeer opnieuw, of kies een andere naam.',
    'setup.commune_unknown': (p) =>
      `Geen gemeente heet “${p.name}”. Kijk de spelling na; het beheer van de streek kan ze toevoegen onder Beheer, Gemeenten.`,
    'setup.commune_several': () => 'Meerdere gemeenten dragen deze naam: kies de juiste.',
    'setup.commune_code': () => 'Deze code kan niet: cijfers en letters, hoogstens 12.',
    'setup.commune_name': () => 'Deze naam bevat geen enkele letter.',
    'setup.commune_known': (p) => `Een gemeente heeft al de code ${p.code}.`,
    'setup.line_letter': () => 'Een of twee letters of cijfers, zonder accent.',
    'setup.line_letter_taken': (p) => `Een andere lijn heeft al ${p.letter}.`,
    'setup.copy_unknown': () => 'De te kopiëren plaats bestaat niet meer.',
    'setup.kind_fixed': () => 'Een vaste plaats wordt geen bus, en omgekeerd: maak een nieuwe plaats aan.',
    'setup.has_bookings': (p) =>
      several(p)
        ? `${p.bookings} komende reservaties rekenen hierop. Verplaats of annuleer ze eerst: iedereen wordt dan verwittigd.`
        : 'Eén komende reservatie rekent hierop. Verplaats of annuleer ze eerst: de persoon wordt dan verwittigd.',
    'setup.units_booked': (p) =>
      several(p)
        ? `${p.bookings} komende reservaties nemen de plaatsen in die zouden verdwijnen. Verplaats ze eerst, of behoud dit aantal.`
        : 'Eén komende reservatie neemt een plaats in die zou verdwijnen. Verplaats ze eerst, of behoud dit aantal.',
    'setup.hours_overlap': (p) => `${weekday(p, 'nl')}: twee openingen overlappen elkaar.`,
    'setup.hours_missing': () => 'Vul het begin- en einduur in.',
    'setup.day_past': () => 'Die dag is al voorbij.',
    'setup.space_unknown': () => 'Deze ruimte ligt niet in deze plaats.',
    'setup.content_unknown': () => 'Iets van wat u aanvinkte, hoort niet bij deze plaats.',
    'setup.content_loop': () =>
      'Wat u aanvinkte bevat al deze fiche: het ene kan niet in het andere zitten en omgekeerd.',
    'setup.price_amount': () => 'Vul een bedrag in euro in. Voorbeeld: 12,50.',
    'setup.price_per': () => 'Zeg waarvoor dit bedrag geldt: een uur, een dag…',
    'setup.stop_meets': (p, { timeZone }) =>
      `De bus is op dat moment al elders: ${formatter('nl', timeZone).dayTime(p.at as Date)}.`,
    'setup.stop_booked': (p) =>
      several(p)
        ? `${p.bookings} reservaties rekenen op deze halte (${p.references}). Verplaats of annuleer ze eerst: iedereen wordt dan verwittigd.`
        : `Eén reservatie rekent op deze halte (${p.references}). Verplaats of annuleer ze eerst: de persoon wordt dan verwittigd.`,
    'setup.photo_missing': () => 'Kies een foto.',
    'file.kind': () => 'Dit bestand is geen foto die we kunnen lezen. Kies een JPEG, PNG, WebP of AVIF.',
    'file.unreadable': () => 'Deze foto is beschadigd: we krijgen ze niet open. Kies een andere.',
    'file.too_big': (p) => `Deze foto is groter dan ${p.most} MB. Kies een lichtere.`,
    'file.too_many_pixels': (p) => `Deze foto heeft meer dan ${p.most} miljoen punten. Kies een kleinere.`,
  },
  en: {
    'setup.same_name': () => 'Somebody else has just given this name. Try again, or choose another name.',
    'setup.commune_unknown': (p) =>
      `No commune is called “${p.name}”. Check the spelling; the territory’s administrators can add it under Manage, Communes.`,
    'setup.commune_several': () => 'Several communes bear this name: choose the right one.',
    'setup.commune_code': () => 'This code is not possible: figures and letters, 12 at most.',
    'setup.commune_name': () => 'This name has no letter in it.',
    'setup.commune_known': (p) => `A commune already has the code ${p.code}.`,
    'setup.line_letter': () => 'One or two letters or figures, without accents.',
    'setup.line_letter_taken': (p) => `Another line already has ${p.letter}.`,
    'setup.copy_unknown': () => 'The place to copy no longer exists.',
    'setup.kind_fixed': () => 'A fixed place does not become a bus, nor the reverse: create a new place.',
    'setup.has_bookings': (p) =>
      several(p)
        ? `${p.bookings} bookings to come count on it. Move or cancel them first: each person is then told.`
        : 'One booking to come counts on it. Move or cancel it first: the person is then told.',
    'setup.units_booked': (p) =>
      several(p)
        ? `${p.bookings} bookings to come hold the places that would go. Move them first, or keep this number.`
        : 'One booking to come holds a place that would go. Move it first, or keep this number.',
    'setup.hours_overlap': (p) => `${weekday(p, 'en')}: two openings overlap.`,
    'setup.hours_missing': () => 'Enter the start and the end.',
    'setup.day_past': () => 'That day is already over.',
    'setup.space_unknown': () => 'This space is not in this place.',
    'setup.content_unknown': () => 'Something you ticked is not in this place.',
    'setup.content_loop': () => 'What you ticked already contains this one: they cannot contain each other.',
    'setup.price_amount': () => 'Enter an amount in euros. Example: 12.50.',
    'setup.price_per': () => 'Say what this amount is for: an hour, a day…',
    'setup.stop_meets': (p, { timeZone }) =>
      `The bus is already elsewhere at that time: ${formatter('en', timeZone).dayTime(p.at as Date)}.`,
    'setup.stop_booked': (p) =>
      several(p)
        ? `${p.bookings} bookings count on this stop (${p.references}). Move or cancel them first: each person is then told.`
        : `One booking counts on this stop (${p.references}). Move or cancel it first: the person is then told.`,
    'setup.photo_missing': () => 'Choose a photo.',
    'file.kind': () => 'This file is not a photo we can read. Choose a JPEG, PNG, WebP or AVIF.',
    'file.unreadable': () => 'This photo is damaged: we cannot open it. Choose another.',
    'file.too_big': (p) => `This photo is larger than ${p.most} MB. Choose a lighter one.`,
    'file.too_many_pixels': (p) => `This photo has more than ${p.most} million pixels. Choose a smaller one.`,
  },
};
