import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** The refusals of the team's pages. */
export const teamSentences: Record<Locale, Sentences> = {
  fr: {
    'team.last_administrator': () =>
      'C’est la dernière personne qui administre tout le territoire. Donnez d’abord ce rôle à quelqu’un d’autre.',
    'team.invitation_gone': () =>
      'Cette invitation ne sert plus : elle a déjà servi, elle a été retirée, ou elle a plus de 7 jours.',
    'team.group_exists': () => 'Un groupe porte déjà ce nom.',
    'team.device_code_gone': () =>
      'Ce code ne sert pas : il est mal tapé, il a déjà servi, ou il a plus de 30 minutes.',
  },
  nl: {
    'team.last_administrator': () =>
      'Dit is de laatste persoon die het hele gebied beheert. Geef die rol eerst aan iemand anders.',
    'team.invitation_gone': () =>
      'Deze uitnodiging werkt niet meer: ze is al gebruikt, ingetrokken, of ouder dan 7 dagen.',
    'team.group_exists': () => 'Er is al een groep met deze naam.',
    'team.device_code_gone': () => 'Deze code werkt niet: ze is verkeerd getypt, al gebruikt, of ouder dan 30 minuten.',
  },
  en: {
    'team.last_administrator': () =>
      'This is the last person who administers the whole territory. Give that role to someone else first.',
    'team.invitation_gone': () => 'This invitation no longer works: it was used, withdrawn, or is over 7 days old.',
    'team.group_exists': () => 'A group already has this name.',
    'team.device_code_gone': () => 'This code does not work: it was mistyped, used already, or is over 30 minutes old.',
  },
};
