import { type I18nText, type Locale, pickText } from '../core/i18n.ts';
import type { Line } from './components/index.ts';

/** Who reads, and in which language a territory writes first. */
type Reader = { locale: Locale; territory: { mainLanguage: Locale } };

/** A text of the team in the reader's language, or in the one it was written in. */
export const tell = ({ locale, territory }: Reader, text: I18nText | null): string =>
  text ? pickText(text, locale, territory.mainLanguage).text : '';

/** The language a text is really in, to be marked where it is not the page's. */
export function langOf({ locale, territory }: Reader, text: I18nText): Locale | undefined {
  const { lang, text: found } = pickText(text, locale, territory.mainLanguage);
  return found && lang !== locale ? lang : undefined;
}

/** A line as the components draw it. */
export const drawn = (reader: Reader, line: { letter: string; colour: string; name: I18nText }): Line => ({
  letter: line.letter,
  colour: line.colour as Line['colour'],
  name: tell(reader, line.name),
});
