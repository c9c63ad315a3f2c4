import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { isDatabaseAway } from './core/db.ts';
import { Refusal, refusalStatus } from './core/errors.ts';
import { defineMessages } from './core/i18n.ts';
import { safeError } from './core/log.ts';
import { explainAll } from './core/sentences.ts';
import type { Env } from './core/web.ts';
import { Notice } from './ui/components/index.ts';
import { page } from './ui/page.tsx';

const messages = defineMessages({
  fr: {
    notFound: 'Cette page n’existe pas',
    notFoundText: 'L’adresse a peut-être changé, ou cette page n’est pas à vous. Le menu mène à tout ce qui existe.',
    refused: 'Ce n’est pas possible',
    away: 'Quai revient dans un instant',
    awayText:
      'Nous ne joignons pas notre base de données. Rien n’est perdu : ce qui vous a été confirmé le reste. Rechargez cette page dans une minute.',
    broken: 'Quelque chose s’est mal passé de notre côté',
    brokenText: (reference: string) =>
      `Rien n’a été fait à moitié. Recommencez ; si cela se reproduit, appelez-nous en donnant ce numéro : ${reference}.`,
    tooLarge: 'Cet envoi est trop gros',
    tooLargeText: 'Raccourcissez le texte, ou choisissez une image de moins de 10 Mo.',
    home: 'Trouver une place',
  },
  nl: {
    notFound: 'Deze pagina bestaat niet',
    notFoundText:
      'Het adres is misschien veranderd, of deze pagina is niet van u. Via het menu vindt u alles wat bestaat.',
    refused: 'Dat kan niet',
    away: 'Quai is zo terug',
    awayText:
      'We bereiken onze databank niet. Er gaat niets verloren: wat bevestigd is, blijft bevestigd. Laad deze pagina over een minuut opnieuw.',
    broken: 'Er liep iets mis bij ons',
    brokenText: (reference: string) =>
      `Er is niets half gedaan. Probeer opnieuw; gebeurt het nog eens, bel ons dan en geef dit nummer: ${reference}.`,
    tooLarge: 'Dit is te groot om te versturen',
    tooLargeText: 'Maak de tekst korter, of kies een afbeelding van minder dan 10 MB.',
    home: 'Een plaats vinden',
  },
  en: {
    notFound: 'This page does not exist',
    notFoundText: 'The address may have changed, or this page is not yours. The menu leads to everything there is.',
    refused: 'This is not possible',
    away: 'Quai will be back in a moment',
    awayText:
      'We cannot reach our database. Nothing is lost: what was confirmed to you stays confirmed. Reload this page in a minute.',
    broken: 'Something went wrong on our side',
    brokenText: (reference: string) =>
      `Nothing was left half done. Try again; if it happens again, call us and give this number: ${reference}.`,
    tooLarge: 'This is too large to send',
    tooLargeText: 'Make the text shorter, or choose a picture of less than 10 MB.',
    home: 'Find a place',
  },
});

type Said = {
  status: number;
  title: string;
  lines: { text: string; next?: { label: string; href: string } }[];
  kind: 'info' | 'warning' | 'bad';
};

/** What a failure is called, in the reader's words; anything unknown is a bug and is logged with its reference. */
function describe(error: unknown, c: Context<Env>, log: Logger): Said {
  const { ctx, requestId } = c.var;
  const m = messages[ctx.locale];
  if (error instanceof Refusal) {
    if (error.kind === 'not_found') {
      const lines = error.code === 'not_found' ? [{ text: m.notFoundText }] : explainAll(ctx, error);
      return { status: 404, title: m.notFound, lines, kind: 'info' };
    }
    return { status: refusalStatus[error.kind], title: m.refused, lines: explainAll(ctx, error), kind: 'warning' };
  }
  if (error instanceof HTTPException && error.status < 500) {
    return { status: error.status, title: m.refused, lines: [{ text: m.refused }], kind: 'warning' };
  }
  if ((error as { tooLarge?: boolean }).tooLarge)
    return { status: 413, title: m.tooLarge, lines: [{ text: m.tooLargeText }], kind: 'warning' };
  if (isDatabaseAway(error)) {
    log.warn({ requestId, error: safeError(error) }, 'database away');
    return { status: 503, title: m.away, lines: [{ text: m.awayText }], kind: 'warning' };
  }
  log.error({ requestId, error: safeError(error) }, 'failure');
  return { status: 500, title: m.broken, lines: [{ text: m.brokenText(requestId) }], kind: 'bad' };
}

/** The page of a failure: what happened, what to do, whom to call. */
export function answerFailure(error: unknown, c: Context<Env>, log: Logger): Response {
  const said = describe(error, c, log);
  const { locale, territory } = c.var.ctx;
  if (said.status === 503) c.header('Retry-After', '30');
  return page(
    c,
    { title: said.title, status: said.status },
    <div class="stack">
      <h1>{said.title}</h1>
      <Notice kind={said.kind}>
        {said.lines.map((line) => (
          <p>
            {line.text}
            {line.next ? (
              <>
                {' '}
                <a href={line.next.href}>{line.next.label}</a>
              </>
            ) : null}
          </p>
        ))}
      </Notice>
      <p>
        <a href={`/${locale}/trouver`}>{messages[locale].home}</a>
        {territory.telephone ? (
          <>
            {' '}
            · <a href={`tel:${territory.telephone.replace(/\s/g, '')}`}>{territory.telephone}</a>
          </>
        ) : null}
      </p>
    </div>,
  );
}
