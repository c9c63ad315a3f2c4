import { defineMessages } from '../../core/i18n.ts';

/** The words with which a search asks around which commune one looks. */
export const communesMessages = defineMessages({
  fr: {
    near: 'Ma commune',
    unknown: 'Nous ne connaissons pas cette commune. Essayez un autre nom proche, ou son code postal.',
    several: (text: string) => `Plusieurs communes répondent à « ${text} ». Laquelle est la vôtre ?`,
  },
  nl: {
    near: 'Mijn gemeente',
    unknown: 'Wij kennen deze gemeente niet. Probeer een andere naam in de buurt, of de postcode.',
    several: (text: string) => `Er zijn meerdere gemeenten met “${text}”. Welke is de uwe?`,
  },
  en: {
    near: 'My town',
    unknown: 'We do not know this town. Try another name nearby, or its postcode.',
    several: (text: string) => `Several towns match “${text}”. Which one is yours?`,
  },
});
