import type { Ctx } from './context.ts';
import type { Reason, Refusal } from './errors.ts';
import { type Locale, typeset } from './i18n.ts';
import type { Saying, Sentences } from './module.ts';

const general: Record<Locale, Sentences> = {
  fr: {
    'request.malformed': () => 'Ce formulaire est arrivé abîmé. Rechargez la page, puis recommencez.',
    'request.invalid': () => 'Cette demande n’est pas complète ou pas comprise.',
    'request.foreign': () =>
      'Ce formulaire ne vient pas d’une page de ce site : rien n’a été fait. Ouvrez la page ici, puis recommencez.',
    'request.too_large': () => 'Cette requête est trop grosse : 256 ko au plus.',
    'request.cursor': () => 'Ce repère de page n’est pas valable.',
    'request.instant': () => 'Cette date n’est pas comprise. Exemple : 2026-11-23T09:00:00+01:00.',
    'request.if_match': () => 'L’en-tête If-Match doit porter la version lue, par exemple "3".',
    'token.missing': () => 'Il faut un jeton d’accès valable.',
    'token.scope': () => 'Ce jeton d’accès ne permet pas cela.',
    unavailable: () => 'Le service revient dans un instant.',
    'document.unavailable': () =>
      'Cette machine ne sait pas fabriquer de PDF. La page peut être imprimée et les lignes téléchargées (CSV) ; pour verrouiller des feuilles, Quai doit tourner sur un serveur Linux à processeur x64.',
    failure: () => 'Quelque chose s’est mal passé de notre côté.',
    not_found: () => 'Cette page n’existe pas, ou elle n’est pas à vous.',
    stale: () => 'Cette fiche a changé entre-temps : relisez-la, puis recommencez.',
    too_many: () => 'Trop d’essais. Attendez quelques minutes, puis recommencez.',
    'next.reload': () => 'Voir la fiche à jour',
  },
  nl: {
    'request.malformed': () => 'Dit formulier is beschadigd aangekomen. Laad de pagina opnieuw en probeer nog eens.',
    'request.invalid': () => 'Deze aanvraag is onvolledig of niet duidelijk.',
    'request.foreign': () =>
      'Dit formulier komt niet van een pagina van deze site: er is niets gedaan. Open de pagina hier en probeer opnieuw.',
    'request.too_large': () => 'Deze aanvraag is te groot: hoogstens 256 kB.',
    'request.cursor': () => 'Deze paginaverwijzing is niet geldig.',
    'request.instant': () => 'Deze datum is niet duidelijk. Voorbeeld: 2026-11-23T09:00:00+01:00.',
    'request.if_match': () => 'De header If-Match moet de gelezen versie bevatten, bijvoorbeeld "3".',
    'token.missing': () => 'Er is een geldig toegangstoken nodig.',
    'token.scope': () => 'Dit toegangstoken laat dat niet toe.',
    unavailable: () => 'De dienst is zo terug.',
    'document.unavailable': () =>
      'Deze machine kan geen pdf maken. De pagina kan afgedrukt worden en de regels gedownload (CSV); om lijsten te vergrendelen moet Quai op een Linux-server met x64-processor draaien.',
    failure: () => 'Er liep iets mis bij ons.',
    not_found: () => 'Deze pagina bestaat niet, of ze is niet van u.',
    stale: () => 'Deze fiche is intussen gewijzigd: lees ze opnieuw en probeer het nog eens.',
    too_many: () => 'Te veel pogingen. Wacht enkele minuten en probeer het opnieuw.',
    'next.reload': () => 'De bijgewerkte fiche bekijken',
  },
  en: {
    'request.malformed': () => 'This form arrived damaged. Reload the page, then try again.',
    'request.invalid': () => 'This request is not complete or not understood.',
    'request.foreign': () =>
      'This form does not come from a page of this site: nothing was done. Open the page here, then try again.',
    'request.too_large': () => 'This request is too large: 256 kB at most.',
    'request.cursor': () => 'This page marker is not valid.',
    'request.instant': () => 'This date is not understood. Example: 2026-11-23T09:00:00+01:00.',
    'request.if_match': () => 'The If-Match header must carry the version you read, for example "3".',
    'token.missing': () => 'A valid access token is needed.',
    'token.scope': () => 'This access token does not allow that.',
    unavailable: () => 'The service will be back in a moment.',
    'document.unavailable': () =>
      'This machine cannot make PDF documents. The page can be printed and the rows downloaded (CSV); to lock sheets, Quai has to run on a Linux server with an x64 processor.',
    failure: () => 'Something went wrong on our side.',
    not_found: () => 'This page does not exist, or it is not yours.',
    stale: () => 'This has changed in the meantime: read it again, then start over.',
    too_many: () => 'Too many attempts. Wait a few minutes, then try again.',
    'next.reload': () => 'See the current version',
  },
};

/** All the sentences of the house, by language: the general ones and each module's. */
export function gatherSentences(parts: (Record<Locale, Sentences> | undefined)[]): Record<Locale, Sentences> {
  const all = { fr: { ...general.fr }, nl: { ...general.nl }, en: { ...general.en } };
  for (const part of parts)
    if (part) for (const locale of ['fr', 'nl', 'en'] as const) Object.assign(all[locale], part[locale]);
  return all;
}

export type Explained = { code: string; text: string; next?: { label: string; href: string } };

/** One reason in the reader's words, with its next step; an unknown code is a bug and is thrown. */
export function explain(
  ctx: Pick<Ctx, 'locale' | 'territory' | 'sentences'>,
  reason: Reason,
  saying?: Partial<Saying>,
): Explained {
  const locale = saying?.locale ?? ctx.locale;
  const full: Saying = { locale, timeZone: saying?.timeZone ?? ctx.territory.timeZone };
  const sentence = (code: string) => {
    const found = ctx.sentences[locale][code];
    if (!found) throw new Error(`No sentence for "${code}"`);
    return found;
  };
  const set = locale === 'fr' ? typeset : (words: string) => words;
  const text = set(sentence(reason.code)(reason.params, full));
  if (!reason.next?.href) return { code: reason.code, text };
  const label = set(sentence(reason.next.code)(reason.next.params ?? {}, full));
  return {
    code: reason.code,
    text,
    next: { label, href: reason.next.href.startsWith('/') ? `/${locale}${reason.next.href}` : reason.next.href },
  };
}

/** Every reason of a refusal in the reader's words. */
export const explainAll = (
  ctx: Pick<Ctx, 'locale' | 'territory' | 'sentences'>,
  refusal: Refusal,
  saying?: Partial<Saying>,
): Explained[] => refusal.reasons.map((reason) => explain(ctx, reason, saying));
