import type { FC } from 'hono/jsx';
import { addDays, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { type FormValues, hrefWith } from '../../core/input.ts';
import {
  Button,
  EmptyState,
  ErrorSummary,
  Field,
  LinkButton,
  PageHead,
  ResultCard,
  Select,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { NearField, WhichCommune } from '../communes/index.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import type { Answers, AskedTimes, DayOfTimes } from './find.input.ts';
import { placeMore, placeName, takeHref } from './words.ts';

type Head = { title: string; lead: string; back: { href: string; label: string } };
type Props = { ctx: Ctx; asked: AskedTimes; answers: Answers /** Where one looks for somebody else. */; head?: Head };

/** Who can help me with this, near here, this week: asked in one form, answered at once. */
export const FindPage: FC<Props> = (props) => {
  const { ctx, asked } = props;
  const m = appointmentsMessages[ctx.locale];
  const errors = Object.entries(asked.errors).map(([field, message]) => ({ field, message }));
  if (asked.reasons.length === 0) {
    return (
      <>
        <PageHead title={m.title} />
        <EmptyState title={m.nothingYet}>
          <p>{m.nothingYetText}</p>
          <Call ctx={ctx} />
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead {...(props.head ?? { title: m.title, lead: m.lead })} />
      <ErrorSummary title={m.errors} errors={errors} />
      <Finder {...props} />
      <WhichCommune
        ctx={ctx}
        typed={asked.values.pres}
        communes={asked.communes}
        href={(pres) => findHref(ctx, asked, { pres })}
      />
      {asked.reason ? <Results {...props} /> : <Reasons {...props} />}
    </>
  );
};

const findHref = (ctx: Ctx, { base, values }: AskedTimes, over: FormValues): string =>
  hrefWith(`/${ctx.locale}${base}`, values, over);

const Finder: FC<Props> = ({ ctx, asked }) => {
  const m = appointmentsMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const { values, errors } = asked;
  return (
    <search>
      <form class="finder" method="get" action={`/${ctx.locale}${asked.base}`} aria-label={m.form}>
        <Select
          label={m.reason}
          name="raison"
          plain
          value={values.raison}
          error={errors.raison}
          options={[
            { value: '', label: m.reasonNone },
            ...asked.reasons.map((reason) => ({ value: reason.slug, label: say(reason.name, ctx.locale, main) })),
          ]}
        />
        <NearField ctx={ctx} values={values} errors={errors} />
        <Field label={m.day} name="jour" type="date" plain value={values.jour} error={errors.jour} />
        <Button>{m.submit}</Button>
      </form>
    </search>
  );
};

/** Before anything is asked: what one may come for. */
const Reasons: FC<Props> = ({ ctx, asked }) => {
  const m = appointmentsMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const write = formatter(ctx.locale, ctx.territory.timeZone);
  return (
    <section class="section" aria-labelledby="sujets">
      <h2 id="sujets">{m.choose}</h2>
      <div class="results">
        {asked.reasons.map((reason) => (
          <ResultCard
            title={say(reason.name, ctx.locale, main)}
            href={findHref(ctx, asked, { raison: reason.slug })}
            meta={[say(reason.summary, ctx.locale, main), write.duration(reason.minutes)].filter(Boolean).join(' · ')}
          />
        ))}
      </div>
      <Call ctx={ctx} />
    </section>
  );
};

const Results: FC<Props> = ({ ctx, asked, answers }) => {
  const m = appointmentsMessages[ctx.locale];
  const { days, count, next } = answers;
  const shown = days.length > 0 ? days : next;
  const later = findHref(ctx, asked, { jour: addDays(asked.day, 7) });
  return (
    <section class="section" aria-label={m.answers}>
      {days.length > 0 ? (
        <>
          <h2>{m.results(count)}</h2>
          {asked.near ? <p class="meta nearest">{m.nearest(asked.near.label)}</p> : null}
        </>
      ) : (
        <EmptyState title={m.none}>
          <p>{next.length > 0 ? m.noneNext : m.noneAtAll}</p>
        </EmptyState>
      )}
      <div class="results">
        {shown.map((one) => (
          <DayCard ctx={ctx} asked={asked} one={one} />
        ))}
      </div>
      <p>
        <LinkButton href={later}>{m.laterWeek}</LinkButton>
      </p>
      <Call ctx={ctx} />
    </section>
  );
};

/** A day of somebody at one place, with its free times. */
const DayCard: FC<{ ctx: Ctx; asked: AskedTimes; one: DayOfTimes }> = ({ ctx, asked, one }) => {
  const m = appointmentsMessages[ctx.locale];
  const write = formatter(ctx.locale, one.timeZone);
  const day = write.day(instantOf(one.day, '12:00', one.timeZone));
  const does = say(one.helper.does, ctx.locale, ctx.territory.mainLanguage);
  return (
    <ResultCard
      title={`${day.charAt(0).toUpperCase()}${day.slice(1)}\u00a0— ${placeName(ctx, one)}`}
      meta={[
        placeMore(ctx, one),
        m.withHelper(one.helper.name, does),
        one.distanceKm === null ? '' : m.away(write.distance(one.distanceKm)),
      ]
        .filter(Boolean)
        .join(' · ')}
      slots={one.starts.map((start) => ({
        href: takeHref(ctx, asked, one, start),
        label: write.time(start),
        about: m.slotAbout(day, placeName(ctx, one)),
      }))}
    />
  );
};

/** By telephone, for who would rather. */
export const Call: FC<{ ctx: Ctx; telephone?: string | null }> = ({ ctx, telephone }) => {
  const number = telephone ?? ctx.territory.telephone;
  return number ? (
    <p class="meta">
      {appointmentsMessages[ctx.locale].call}{' '}
      <a class="nowrap" href={telHref(number)}>
        {number}
      </a>
    </p>
  ) : null;
};
