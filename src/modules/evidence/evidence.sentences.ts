import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Saying, Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const when = (p: Params, s: Saying): string =>
  p.end instanceof Date ? formatter(s.locale, s.timeZone).dayTime(p.end) : '';

/** Why a sheet cannot be locked or handed over. */
export const evidenceSentences: Record<Locale, Sentences> = {
  fr: {
    'evidence.not_over': (p, s) =>
      `Ce n’est pas terminé : vous pourrez verrouiller la feuille à partir du ${when(p, s)}.`,
    'evidence.already': () =>
      'Cette feuille vient d’être verrouillée par quelqu’un d’autre. Relisez-la : une correction demande un motif.',
    'evidence.reason': () => 'Donnez le motif de la correction : il sera imprimé sur la nouvelle édition.',
    'evidence.differs': () =>
      'Le document ne peut plus être refait exactement comme il a été signé : il n’est donc pas remis. Les lignes restent lisibles en CSV ; prévenez la personne qui administre Quai.',
  },
  nl: {
    'evidence.not_over': (p, s) => `Het is niet voorbij: u kunt de lijst vergrendelen vanaf ${when(p, s)}.`,
    'evidence.already': () =>
      'Iemand anders heeft deze lijst net vergrendeld. Lees ze opnieuw: een verbetering vraagt een reden.',
    'evidence.reason': () => 'Geef de reden van de verbetering: die wordt op de nieuwe uitgave gedrukt.',
    'evidence.differs': () =>
      'Het document kan niet meer precies zo gemaakt worden als het getekend werd: het wordt dus niet gegeven. De regels blijven leesbaar als CSV; verwittig wie Quai beheert.',
  },
  en: {
    'evidence.not_over': (p, s) => `This is not over: you can lock the sheet from ${when(p, s)}.`,
    'evidence.already': () => 'Somebody else has just locked this sheet. Read it again: a correction needs a reason.',
    'evidence.reason': () => 'Give the reason for the correction: it will be printed on the new edition.',
    'evidence.differs': () =>
      'The document can no longer be made exactly as it was signed, so it is not handed over. The rows can still be read as CSV; tell whoever administers Quai.',
  },
};
