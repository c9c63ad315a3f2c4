import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why a number, a commune or a line is refused. */
export const territorySentences: Record<Locale, Sentences> = {
  fr: {
    'territory.commune_code': () => 'Ce code n’est pas possible\u00a0: des chiffres et des lettres, 12 au plus.',
    'territory.commune_name': () => 'Ce nom ne contient aucune lettre.',
    'territory.commune_known': (p) => `Une commune a déjà le code ${p.code}.`,
    'territory.line_letter': () => 'Une ou deux lettres ou chiffres, sans accent.',
    'territory.siret': () => 'Ce SIRET n’existe pas\u00a0: un chiffre est faux.',
    'territory.line_letter_taken': (p) => `Une autre ligne porte déjà ${p.letter}.`,
  },
  nl: {
    'territory.commune_code': () => 'Deze code kan niet: cijfers en letters, hoogstens 12.',
    'territory.commune_name': () => 'Deze naam bevat geen enkele letter.',
    'territory.commune_known': (p) => `Een gemeente heeft al de code ${p.code}.`,
    'territory.line_letter': () => 'Een of twee letters of cijfers, zonder accent.',
    'territory.siret': () => 'Deze SIRET bestaat niet: er is een cijfer fout.',
    'territory.line_letter_taken': (p) => `Een andere lijn heeft al ${p.letter}.`,
  },
  en: {
    'territory.commune_code': () => 'This code is not possible: figures and letters, 12 at most.',
    'territory.commune_name': () => 'This name has no letter in it.',
    'territory.commune_known': (p) => `A town already has the code ${p.code}.`,
    'territory.line_letter': () => 'One or two letters or figures, without accents.',
    'territory.siret': () => 'This SIRET does not exist: one digit is wrong.',
    'territory.line_letter_taken': (p) => `Another line already has ${p.letter}.`,
  },
};
