import { defineMessages } from '../../core/i18n.ts';

/** The words of the organisation somebody books for at the desk. */
export const organisationMessages = defineMessages({
  fr: {
    legend: 'Pour une entreprise, une association, une école',
    name: 'Nom de l’organisation',
    nameHint: 'Laissez vide si la personne réserve pour elle-même.',
    country: 'Pays de l’organisation',
    registration: 'Numéro d’entreprise',
    registrationHint: 'SIRET en France, numéro d’entreprise ailleurs. Vous pouvez laisser vide.',
    nameMissing: 'Indiquez le nom de l’organisation, ou retirez son numéro.',
    length: 'Un SIRET a 14\u00a0chiffres. Vérifiez-le, ou laissez vide.',
    key: 'Ce SIRET n’existe pas\u00a0: un chiffre est faux. Vérifiez-le, ou laissez vide.',
  },
  nl: {
    legend: 'Voor een bedrijf, een vereniging, een school',
    name: 'Naam van de organisatie',
    nameHint: 'Laat leeg als de persoon voor zichzelf reserveert.',
    country: 'Land van de organisatie',
    registration: 'Ondernemingsnummer',
    registrationHint: 'SIRET in Frankrijk, ondernemingsnummer elders. U mag dit leeg laten.',
    nameMissing: 'Vul de naam van de organisatie in, of haal het nummer weg.',
    length: 'Een SIRET telt 14\u00a0cijfers. Kijk het na, of laat het leeg.',
    key: 'Deze SIRET bestaat niet: er is een cijfer fout. Kijk het na, of laat het leeg.',
  },
  en: {
    legend: 'For a company, an association, a school',
    name: 'Name of the organisation',
    nameHint: 'Leave empty if the person books for themselves.',
    country: 'Country of the organisation',
    registration: 'Company number',
    registrationHint: 'SIRET in France, company number elsewhere. You may leave it empty.',
    nameMissing: 'Enter the organisation’s name, or remove its number.',
    length: 'A SIRET has 14\u00a0digits. Check it, or leave it empty.',
    key: 'This SIRET does not exist: one digit is wrong. Check it, or leave it empty.',
  },
});
