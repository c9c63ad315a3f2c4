import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why somebody is not made a relay. */
export const relaysSentences: Record<Locale, Sentences> = {
  fr: {
    'relay.known': () => 'Cette personne est déjà relais de cette commune.',
    'relay.person': () => 'Personne n’a cette adresse : demandez-lui de se connecter une première fois.',
    'relay.commune': () => 'Nous ne connaissons pas cette commune. Donnez son nom avec son code postal.',
  },
  nl: {
    'relay.known': () => 'Deze persoon is al contactpersoon van die gemeente.',
    'relay.person': () => 'Niemand heeft dat adres: vraag om zich een eerste keer aan te melden.',
    'relay.commune': () => 'Wij kennen die gemeente niet. Geef de naam met de postcode.',
  },
  en: {
    'relay.known': () => 'This person is already a relay of that commune.',
    'relay.person': () => 'Nobody has that address: ask them to sign in a first time.',
    'relay.commune': () => 'We do not know that commune. Give its name with its postcode.',
  },
};
