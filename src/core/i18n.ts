export const locales = ['fr', 'nl', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text written by the team: the main language is required by the form, the others are welcome. */
export type I18nText = { fr?: string; nl?: string; en?: string };

export const isLocale = (text: string | undefined): text is Locale => locales.includes(text as Locale);

/** French as it is printed: no line may begin with : ; ! ? » nor end with «, whatever space was typed. */
export const typeset = (french: string): string =>
  / [:;!?»]|« /.test(french) ? french.replace(/ ([:;!?»])/g, '\u00a0$1').replace(/« /g, '«\u00a0') : french;

/** The text in the wanted language, else in the main one, else in any, with the language it is really in. */
export function pickText(text: I18nText, locale: Locale, main: Locale = 'fr'): { text: string; lang: Locale } {
  for (const lang of [locale, main, ...locales]) {
    const found = text[lang];
    if (found) return { text: lang === 'fr' ? typeset(found) : found, lang };
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

/** A tree of French words, typeset: what is text now, what is a sentence to fill in when it is filled in. */
function typesetTree<T extends MessageTree>(tree: T): T {
  const set = (value: Message | MessageTree): Message | MessageTree => {
    if (typeof value === 'string') return typeset(value);
    return typeof value === 'function' ? (...filling: unknown[]) => typeset(value(...filling)) : typesetTree(value);
  };
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, set(value)])) as T;
}

/** A module's words: French settles the keys and their parameters, Dutch and English must have each of them to compile. */
export function defineMessages<const T extends MessageTree>(messages: {
  fr: T;
  nl: SameShape<T>;
  en: SameShape<T>;
}): Record<Locale, SameShape<T>> {
  return { ...messages, fr: typesetTree(messages.fr) } as unknown as Record<Locale, SameShape<T>>;
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
