import type { Locale } from '../../core/i18n.ts';
import { countryName } from '../../ui/format.ts';
import { organisationMessages } from './organisation.messages.ts';
import { countries } from './organisation.rules.ts';

/** Where an organisation may be registered, to choose from. */
export const countryOptions = (locale: Locale): { value: string; label: string }[] =>
  countries.map((code) => ({
    value: code,
    label: code === 'other' ? organisationMessages[locale].otherCountry : countryName(locale, code),
  }));
