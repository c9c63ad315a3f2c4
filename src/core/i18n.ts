export const locales = ['fr', 'nl', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text written by the team: the main language is required by the form, the others are welcome. */
export type I18nText = { fr?: string; nl?: string; en?: string };

export const isLocale = (text: string | undefined): text is Locale => locales.includes(text as Locale);

/** The text in the wanted language, else in the main one, else in any, with the language it is really in. */
export function pickText(text: I18nText, locale: Locale, main: Locale = 'fr'): { text: string; lang: Locale } {
  for (const lang of [locale, main, ...locales]) {
    const found = text[lang];
    if (found) return { text: found, lang };
  }
  return { text: '', lang: locale };
}

/** The words of a text in the wanted language, for places where `lang` cannot be marked (mails, calendars). */
export const say = (text: I18nText, locale: Locale, main: Locale = 'fr'): string => pickText(text, locale, main).text;

// biome-ignore lint/suspicious/noExplicitAny: a message takes whatever its French sentence takes.
type Message = string | ((...args: any[]) => string);
type MessageTree = { [key: string]: Message | MessageTree };
type SameShape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : SameShape<T[K]>;
};

/** A module's words: French settles the keys and their parameters, Dutch and English must have each of them to compile. */
export function defineMessages<const T extends MessageTree>(messages: {
  fr: T;
  nl: SameShape<T>;
  en: SameShape<T>;
}): Record<Locale, SameShape<T>> {
  return messages as unknown as Record<Locale, SameShape<T>>;
}

/** The language to greet a visitor in, from the browser's preferences. */
export function preferredLocale(acceptLanguage: string | undefined, fallback: Locale): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const quality = Number(rest.find((item) => item.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { tag: tag.slice(0, 2).toLowerCase(), quality: Number.isFinite(quality) ? quality : 0 };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { tag, quality } of wanted) if (quality > 0 && isLocale(tag)) return tag;
  return fallback;
}
