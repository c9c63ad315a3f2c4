import type { Child, FC } from 'hono/jsx';
import { has, isTerritoryAdministrator } from '../../core/access.ts';
import { dayOf, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type FieldErrors, type FormValues, hrefWith } from '../../core/input.ts';
import { resourceKinds } from '../../core/schema.ts';
import {
  Button,
  bind,
  EmptyState,
  ErrorSummary,
  Field,
  LinkButton,
  PageHead,
  Select,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { NearField, WhichCommune } from '../communes/index.ts';
import { AnswerCard } from './answer-card.tsx';
import { findingMessages } from './finding.messages.ts';
import { type Asked, kindValue, lengths, moreShown } from './form.ts';
import { kindWord, needKeys, needSentence } from './needs.ts';
import { offersFor } from './offers.ts';
import type { Found } from './search.ts';

export type FindPageProps = {
  ctx: Ctx;
  asked: Asked;
  found: Found;
  /** The home page says what Quai is for; the search page only searches. */
  home: boolean;
  aside: Child[];
  below: Child[];
};

/** The home page and the search page: one form, what is free, and what other modules show beside it. */
export const FindPage: FC<FindPageProps> = ({ ctx, asked, found, home, aside, below }) => {
  const words = findingMessages[ctx.locale];
  const errors = Object.entries(asked.errors).map(([field, message]) => ({ field, message }));
  const results = <Results ctx={ctx} asked={asked} found={found} home={home} />;
  return (
    <>
      <PageHead title={home ? words.hero : words.menu} hero={home} />
      {errors.length > 0 ? <ErrorSummary title={words.errors} errors={errors} /> : null}
      <Finder ctx={ctx} values={asked.values} errors={asked.errors} />
      {asked.communes.length > 0 ? (
        <div id={answersId} class="finder-answers">
          <WhichCommune
            ctx={ctx}
            typed={asked.values.pres}
            communes={asked.communes}
            href={(pres) => searchHref(ctx, asked.values, { pres })}
          />
        </div>
      ) : null}
      {aside.length > 0 ? (
        <div class="columns">
          {results}
          <div class="stack">{aside}</div>
        </div>
      ) : (
        results
      )}
      {below}
    </>
  );
};

const Finder: FC<{ ctx: Ctx; values: FormValues; errors: FieldErrors }> = ({ ctx, values, errors }) => {
  const { locale } = ctx;
  const words = findingMessages[locale];
  const write = formatter(locale, ctx.territory.timeZone);
  const f = bind({ values, errors });
  const duration = Number(values.duree);
  const choices = lengths.includes(duration as (typeof lengths)[number])
    ? lengths
    : [...lengths, duration].sort((a, b) => a - b);
  return (
    <search>
      <form class="finder" method="get" action={`/${locale}#${answersId}`} id={finderId} aria-label={words.form}>
        <Select
          label={words.need}
          {...f('besoin')}
          plain
          options={[
            { value: '', label: words.anything },
            ...needKeys.map((need) => ({ value: need, label: needSentence(need, locale), group: words.needsGroup })),
            ...resourceKinds.map((kind) => ({
              value: kindValue(kind),
              label: kindWord(kind, locale),
              group: words.kindsGroup,
            })),
          ]}
        />
        <Field label={words.day} {...f('jour')} type="date" plain />
        <Field label={words.from} {...f('heure')} type="time" plain />
        <Select
          label={words.minutes}
          {...f('duree')}
          plain
          options={choices.map((minutes) => ({ value: String(minutes), label: write.duration(minutes) }))}
        />
        <Field label={words.people} {...f('personnes')} type="number" inputmode="numeric" min={1} max={10_000} plain />
        <NearField ctx={ctx} values={values} errors={errors} />
        <Button>{words.submit}</Button>
      </form>
    </search>
  );
};

/** Where a search lands on a phone: its answers, unless something must first be put right above them. */
const answersId = 'reponses';
const finderId = 'recherche';

/** Midday of a day, as an instant to write it with. */
const noonOf = (ctx: Ctx, day: string | undefined): Date =>
  instantOf(day || dayOf(ctx.now, ctx.territory.timeZone), '12:00', ctx.territory.timeZone);

/** The address of the same search with some fields changed, at its answers. */
const searchHref = (ctx: Ctx, values: FormValues, over: FormValues): string =>
  `${hrefWith(`/${ctx.locale}`, values, over)}#${answersId}`;

const Results: FC<{ ctx: Ctx; asked: Asked; found: Found; home: boolean }> = ({ ctx, asked, found, home }) => {
  const words = findingMessages[ctx.locale];
  const day = formatter(ctx.locale, ctx.territory.timeZone).day(noonOf(ctx, asked.query.day));
  const { results, nearestTimes } = found;
  const people = asked.query.people;
  if (found.missing) return <NotYet ctx={ctx} missing={found.missing} telephone={found.telephone} />;
  // What was not understood cannot be waited for.
  const understood = Object.keys(asked.errors).length === 0 && asked.communes.length === 0;
  const offers = understood ? offersFor(ctx, { values: asked.values, free: results.length > 0 }) : null;
  return (
    <section class="section finder-answers" aria-label={words.answers} id={understood && !home ? answersId : undefined}>
      {results.length > 0 ? (
        <>
          <h2>{words.results(results.length, found.more, day)}</h2>
          {asked.query.near ? <p class="meta">{words.nearLine(asked.query.near.label)}</p> : null}
          {home ? null : <ChangeSearch ctx={ctx} />}
        </>
      ) : (
        <EmptyState title={words.nothing(day)}>
          <p>{nearestTimes.length > 0 ? words.nothingNext : words.nothingAtAll}</p>
          {home ? null : <ChangeSearch ctx={ctx} />}
          {offers}
          <Call ctx={ctx} telephone={found.telephone} />
        </EmptyState>
      )}
      <div class="results">
        {results.map((answer) => (
          <AnswerCard ctx={ctx} answer={answer} people={people} day={asked.query.day} short={home} />
        ))}
        {nearestTimes.map((answer) => (
          <AnswerCard ctx={ctx} answer={answer} people={people} />
        ))}
      </div>
      {found.more && asked.query.limit < moreShown && results.length > 0 ? (
        <p>
          <LinkButton href={searchHref(ctx, asked.values, { voir: String(moreShown) })}>{words.more}</LinkButton>
        </p>
      ) : null}
      {results.length > 0 && !home ? offers : null}
      {results.length > 0 ? <Call ctx={ctx} telephone={found.telephone} /> : null}
    </section>
  );
};

/** A territory that begins: nothing was ever free, so neither another hour nor a shorter time would help. */
const NotYet: FC<{ ctx: Ctx; missing: 'sites' | 'things'; telephone: string | null }> = ({
  ctx,
  missing,
  telephone,
}) => {
  const words = findingMessages[ctx.locale];
  const door = `/${ctx.locale}/gestion`;
  const begins = missing === 'sites' && isTerritoryAdministrator(ctx.actor);
  const finishes = missing === 'things' && has(ctx.actor, 'administrator');
  const action = begins ? (
    <LinkButton href={`${door}/lieux/nouveau`}>{words.firstSite}</LinkButton>
  ) : finishes ? (
    <LinkButton href={door}>{words.finishSites}</LinkButton>
  ) : null;
  return (
    <section class="section" aria-label={words.answers}>
      <EmptyState title={words.notYet} action={action}>
        <p>{words.notYetText}</p>
        <Call ctx={ctx} telephone={telephone} />
      </EmptyState>
    </section>
  );
};

/** On a phone the form is then above, out of sight. */
const ChangeSearch: FC<{ ctx: Ctx }> = ({ ctx }) => (
  <p class="finder-back">
    <a href={`#${finderId}`}>{findingMessages[ctx.locale].change}</a>
  </p>
);

const Call: FC<{ ctx: Ctx; telephone: string | null }> = ({ ctx, telephone }) =>
  telephone ? (
    <p class="meta">
      {findingMessages[ctx.locale].call} <a href={telHref(telephone)}>{telephone}</a>
    </p>
  ) : null;
