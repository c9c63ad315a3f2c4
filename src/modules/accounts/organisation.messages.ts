import { defineMessages } from '../../core/i18n.ts';

/** The words of where an organisation is registered. */
export const organisationMessages = defineMessages({
  fr: { otherCountry: 'Un autre pays' },
  nl: { otherCountry: 'Een ander land' },
  en: { otherCountry: 'Another country' },
});
