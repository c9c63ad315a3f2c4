import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, EmptyState, Field, Notice, PageHead, TextArea } from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { feedbackMessages } from './feedback.messages.ts';
import { changeableUntil, type FeedbackFigures, type Score, scores } from './feedback.rules.ts';
import type { Answer, Asked } from './feedback.store.ts';

const mouths: Record<Score, string> = {
  1: 'M14 34Q24 22 34 34',
  2: 'M15 32Q24 28 33 32',
  3: 'M14 29Q24 36 34 29',
  4: 'M12 27Q24 42 36 27Z',
};

/** A face; the word beside it says the same. */
export const Face: FC<{ score: Score }> = ({ score }) => (
  <svg class="face" viewBox="0 0 48 48" aria-hidden="true">
    <circle class="face-round" cx="24" cy="24" r="21" />
    <circle class="face-eye" cx="17" cy="19" r="2.6" />
    <circle class="face-eye" cx="31" cy="19" r="2.6" />
    <path class={score === 4 ? 'face-mouth is-open' : 'face-mouth'} d={mouths[score]} />
  </svg>
);

const titleOf = (ctx: Ctx, of: Pick<Asked, 'kind' | 'title'>): string =>
  of.kind === 'appointment'
    ? feedbackMessages[ctx.locale].appointment
    : say(of.title, ctx.locale, ctx.territory.mainLanguage);

export type AskProps = {
  ctx: Ctx;
  asked: Asked;
  /** The secret of the mail’s link (a property called `key` never arrives: JSX keeps it for itself). */
  secret: string | undefined;
  /** Why one is not asked now, or why it was not taken. */
  reasons: readonly Explained[];
  open: boolean;
};

/** The one question, answered by one tap; then, for whoever wants, one line. */
export const AskPage: FC<AskProps> = ({ ctx, asked, secret, reasons, open }) => {
  const m = feedbackMessages[ctx.locale];
  const f = formatter(ctx.locale, asked.timeZone);
  const { given } = asked;
  const action = `/${ctx.locale}/avis/${asked.reference}`;
  const hidden = secret ? <input type="hidden" name="cle" value={secret} /> : null;
  return (
    <>
      <PageHead title={m.question} lead={m.about(titleOf(ctx, asked), f.day(asked.start))} />
      {given ? (
        <Notice kind="good" title={m.thanks}>
          <p>
            {m.yours(m.faces[given.score])} {open ? m.changeUntil(f.dayTime(changeableUntil(given.createdAt))) : ''}
          </p>
        </Notice>
      ) : null}
      {reasons.length > 0 && !(given && !open) ? (
        <Notice kind="info">
          {reasons.map((reason) => (
            <p>{reason.text}</p>
          ))}
        </Notice>
      ) : null}
      {open ? (
        <>
          <form method="post" action={action}>
            {hidden}
            {given?.words ? <input type="hidden" name="mots" value={given.words} /> : null}
            <fieldset class="faces">
              <legend class="hidden">{m.question}</legend>
              {scores.map((score) => (
                <button
                  class="face-button"
                  type="submit"
                  name="note"
                  value={String(score)}
                  aria-pressed={given?.score === score ? 'true' : 'false'}
                >
                  <Face score={score} />
                  {m.faces[score]}
                </button>
              ))}
            </fieldset>
          </form>
          {given ? (
            <form class="stack" method="post" action={action}>
              {hidden}
              <input type="hidden" name="note" value={String(given.score)} />
              <TextArea
                label={m.words}
                hint={m.wordsHint}
                name="mots"
                value={given.words ?? ''}
                rows={2}
                maxlength={300}
              />
              <div>
                <Button kind="secondary">{m.send}</Button>
              </div>
            </form>
          ) : (
            <p>{m.oneTap}</p>
          )}
          <p class="meta">{m.whoReads}</p>
        </>
      ) : null}
    </>
  );
};

const AnswerItem: FC<{ ctx: Ctx; f: Formatter; one: Answer; alone?: boolean; action?: string | undefined }> = ({
  ctx,
  f,
  one,
  alone,
  action,
}) => {
  const m = feedbackMessages[ctx.locale];
  return (
    <li class="answer">
      <p class="answer-head">
        <Face score={one.score} />
        <strong>{m.faces[one.score]}</strong>
        {one.person ? <span>{m.from(one.person)}</span> : null}
        {one.person && one.telephone && !one.handledAt ? <span class="nowrap">{one.telephone}</span> : null}
      </p>
      <p>{one.words ?? <span class="soft">{m.noWords}</span>}</p>
      <p class="meta">
        {alone ? null : (
          <>
            <a href={`/${ctx.locale}/presence/${one.sessionReference}`}>{titleOf(ctx, one)}</a>
            {`, ${f.day(one.start)} · `}
          </>
        )}
        {f.dayTime(one.createdAt)}
      </p>
      {/* An answer whose words were erased is closed without a note: nobody saw to it. */}
      {one.handledAt && one.note ? (
        <p>
          {m.handled(one.handledBy ?? m.someone, f.dayTime(one.handledAt))}
          {one.note}
        </p>
      ) : null}
      {action ? (
        <form class="answer-form" method="post" action={`${action}/${one.id}`}>
          <Field label={m.handle} hint={m.handleHint} name="suite" id={`suite-${one.id}`} maxlength={500} required />
          <Button kind="secondary">
            {m.handleSave}
            <span class="hidden">
              {' '}
              {[m.faces[one.score], one.person, titleOf(ctx, one), f.dayTime(one.createdAt)].filter(Boolean).join(', ')}
            </span>
          </Button>
        </form>
      ) : null}
    </li>
  );
};

/** All that was said at a site: what waits for somebody first. */
export const AnswersPage: FC<{
  ctx: Ctx;
  site: { slug: string; name: string; timeZone: string };
  waiting: Answer[];
  others: Answer[];
  figures: FeedbackFigures;
}> = ({ ctx, site, waiting, others, figures }) => {
  const m = feedbackMessages[ctx.locale];
  const f = formatter(ctx.locale, site.timeZone);
  const action = `/${ctx.locale}/equipe/${site.slug}/avis`;
  return (
    <>
      <PageHead
        title={m.teamTitle(site.name)}
        lead={m.teamLead}
        back={{ href: `/${ctx.locale}/equipe/${site.slug}`, label: m.back }}
      />
      {waiting.length === 0 ? (
        <EmptyState title={m.nothing}>
          <p>{m.nothingText}</p>
        </EmptyState>
      ) : (
        <section class="stack" aria-labelledby="a-traiter">
          <h2 id="a-traiter">{m.toHandle}</h2>
          <ul class="answers">
            {waiting.map((one) => (
              <AnswerItem ctx={ctx} f={f} one={one} action={action} />
            ))}
          </ul>
        </section>
      )}
      <section class="stack" aria-labelledby="autres">
        <h2 id="autres">{m.others}</h2>
        <p>{figures.count > 0 ? m.useful(figures.useful, figures.count) : m.noOthers}</p>
        <ul class="answers">
          {others.map((one) => (
            <AnswerItem ctx={ctx} f={f} one={one} />
          ))}
        </ul>
      </section>
    </>
  );
};

/** What was said of one session, below its list. */
export const SessionAnswers: FC<{ ctx: Ctx; answers: Answer[]; timeZone: string; useful: number }> = ({
  ctx,
  answers,
  timeZone,
  useful,
}) => {
  const m = feedbackMessages[ctx.locale];
  return (
    <section class="stack" aria-labelledby="avis">
      <h2 class="roll-heading" id="avis">
        {m.sessionTitle}
      </h2>
      <p>{answers.length > 0 ? m.useful(useful, answers.length) : m.sessionNone}</p>
      <ul class="answers">
        {answers.map((one) => (
          <AnswerItem ctx={ctx} f={formatter(ctx.locale, timeZone)} one={one} alone />
        ))}
      </ul>
    </section>
  );
};
