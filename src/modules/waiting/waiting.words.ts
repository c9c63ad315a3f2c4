import { instantOf } from '../../core/clock.ts';
import { wishKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { formatter } from '../../ui/format.ts';
import { isNeed, kindWord, needSentence } from '../finding/index.ts';
import { waitingMessages } from './waiting.messages.ts';
import type { Question } from './waiting.rules.ts';

/** A question and the name of the one thing it is about, if it is about one. */
export type Wanted = { question: Question; name: I18nText | undefined };

/** What is wanted, and when: "Se réunir", "mardi 24 novembre, à partir de 14 h". */
export function wantedWords(ctx: Ctx, { question, name }: Wanted, locale: Locale): { what: string; how: string } {
  const m = waitingMessages[locale];
  const zone = ctx.territory.timeZone;
  const write = formatter(locale, zone);
  const { need, kind, day, from, minutes, people, near } = question;
  const what = name
    ? say(name, locale, ctx.territory.mainLanguage)
    : need && isNeed(need)
      ? needSentence(need, locale)
      : kind
        ? kindWord(kind, locale)
        : m.anything;
  const how = [
    write.day(instantOf(day, '12:00', zone)),
    from ? m.from(write.time(instantOf(day, from, zone))) : '',
    m.during(write.duration(minutes)),
    m.people(people),
    near ? m.near(near.label) : '',
  ];
  return { what, how: how.filter(Boolean).join(', ') };
}

/** The path of a wish or of one of its gestures, without its locale; the key goes along for who is not signed in. */
export function wishPath(id: string, key?: string, query: Record<string, string> = {}): string {
  const params = new URLSearchParams({ ...query, ...(key ? { cle: key } : {}) }).toString();
  return `/me-prevenir/${id}${params ? `?${params}` : ''}`;
}

/** The address by which a mail opens a wish without signing in; it does nothing by being opened. */
export const wishLink = (ctx: Ctx, id: string, locale: Locale): string =>
  `${ctx.publicUrl}/${locale}${wishPath(id, wishKey(ctx.secret, id))}`;
