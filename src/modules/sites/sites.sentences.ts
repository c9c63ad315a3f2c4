import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

const several = (params: Params): boolean => Number(params.bookings) > 1;

/** Why a change to a place, or its picture, is refused. */
export const sitesSentences: Record<Locale, Sentences> = {
  fr: {
    'sites.copy_unknown': () => 'Le lieu à copier n’existe plus.',
    'sites.kind_fixed': () => 'Un lieu fixe ne devient pas un bus, ni l’inverse\u00a0: créez un nouveau lieu.',
    'sites.has_bookings': (p) =>
      several(p)
        ? `${p.bookings} réservations à venir comptent dessus. Déplacez-les ou annulez-les d’abord\u00a0: chaque personne est alors prévenue.`
        : 'Une réservation à venir compte dessus. Déplacez-la ou annulez-la d’abord\u00a0: la personne est alors prévenue.',
    'sites.photo_missing': () => 'Choisissez une photo.',
    'file.kind': () =>
      'Ce fichier n’est pas une photo que nous savons lire. Choisissez un JPEG, un PNG, un WebP ou un AVIF.',
    'file.unreadable': () => 'Cette photo est abîmée\u00a0: nous n’arrivons pas à l’ouvrir. Choisissez-en une autre.',
    'file.too_big': (p) => `Cette photo pèse plus de ${p.most}\u00a0Mo. Choisissez-en une plus légère.`,
    'file.too_many_pixels': (p) =>
      `Cette photo a plus de ${p.most}\u00a0millions de points. Choisissez-en une plus petite.`,
  },
  nl: {
    'sites.copy_unknown': () => 'De te kopiëren plaats bestaat niet meer.',
    'sites.kind_fixed': () => 'Een vaste plaats wordt geen bus, en omgekeerd: maak een nieuwe plaats aan.',
    'sites.has_bookings': (p) =>
      several(p)
        ? `${p.bookings} komende reservaties rekenen hierop. Verplaats of annuleer ze eerst: iedereen wordt dan verwittigd.`
        : 'Eén komende reservatie rekent hierop. Verplaats of annuleer ze eerst: de persoon wordt dan verwittigd.',
    'sites.photo_missing': () => 'Kies een foto.',
    'file.kind': () => 'Dit bestand is geen foto die we kunnen lezen. Kies een JPEG, PNG, WebP of AVIF.',
    'file.unreadable': () => 'Deze foto is beschadigd: we krijgen ze niet open. Kies een andere.',
    'file.too_big': (p) => `Deze foto is groter dan ${p.most} MB. Kies een lichtere.`,
    'file.too_many_pixels': (p) => `Deze foto heeft meer dan ${p.most} miljoen punten. Kies een kleinere.`,
  },
  en: {
    'sites.copy_unknown': () => 'The place to copy no longer exists.',
    'sites.kind_fixed': () => 'A fixed place does not become a bus, nor the reverse: create a new place.',
    'sites.has_bookings': (p) =>
      several(p)
        ? `${p.bookings} bookings to come count on it. Move or cancel them first: each person is then told.`
        : 'One booking to come counts on it. Move or cancel it first: the person is then told.',
    'sites.photo_missing': () => 'Choose a photo.',
    'file.kind': () => 'This file is not a photo we can read. Choose a JPEG, PNG, WebP or AVIF.',
    'file.unreadable': () => 'This photo is damaged: we cannot open it. Choose another.',
    'file.too_big': (p) => `This photo is larger than ${p.most} MB. Choose a lighter one.`,
    'file.too_many_pixels': (p) => `This photo has more than ${p.most} million pixels. Choose a smaller one.`,
  },
};
