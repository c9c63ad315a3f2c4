import type { FC } from 'hono/jsx';
import { say } from '../../core/i18n.ts';
import {
  Button,
  bind,
  Checkbox,
  DescriptionList,
  EnterButton,
  ErrorSummary,
  Field,
  FieldGroup,
  Lines,
  Notice,
  PageHead,
  RadioGroup,
} from '../../ui/components/index.ts';
import { telHref } from '../../ui/layout.tsx';
import { Reasons } from '../notices/index.ts';
import { formatOf, priceOf, titleOf, whenOf, whereOf } from '../tidings/index.ts';
import { type SessionView, seatsLeft } from '../timetable/index.ts';
import { VisitorFields, visitorLabels } from '../visitors/index.ts';
import { enrolmentMessages } from './enrolment.messages.ts';
import { partField, tracksOf } from './form.input.ts';
import { LineMark } from './parts.tsx';
import { agesOf, type FormView, Who } from './who.pages.tsx';

/** What, when, where, how much: read before anything is asked. */
const Recap: FC<{ view: FormView }> = ({ view: { ctx, session, dates } }) => {
  const { locale } = ctx;
  const m = enrolmentMessages[locale];
  const left = seatsLeft(session);
  const telephone = session.site.telephone ?? ctx.territory.telephone;
  return (
    <DescriptionList
      items={[
        {
          term: m.when,
          value:
            dates.length > 1 ? (
              <>
                {m.course(dates.length)}
                <Lines lines={dates.map((date) => whenOf(date, locale))} />
              </>
            ) : (
              <strong>{whenOf(session, locale)}</strong>
            ),
        },
        {
          term: m.where,
          value: (
            <Lines
              lines={[...whereOf(ctx, session, locale), telephone && <a href={telHref(telephone)}>{telephone}</a>]}
            />
          ),
        },
        { term: m.who, value: agesOf(session, m) },
        { term: m.price, value: priceOf(ctx, session, locale) },
        { term: m.seats, value: left === null ? m.unlimited : left === 0 ? '' : m.left(left) },
      ]}
    />
  );
};

const Questions: FC<{ view: FormView }> = ({ view: { ctx, session, values, errors } }) => {
  const f = bind({ values, errors });
  const m = enrolmentMessages[ctx.locale];
  const tell = (words: SessionView['title']) => say(words, ctx.locale, ctx.territory.mainLanguage);
  if (session.questions.length === 0) return null;
  return (
    <FieldGroup legend={m.questions}>
      {session.questions.map((question) => (
        <Field
          label={tell(question.label)}
          hint={m.questionHint(tell(question.purpose), question.keepDays)}
          {...f(`q-${question.key}`)}
          maxlength={300}
          required={question.required}
        />
      ))}
    </FieldGroup>
  );
};

const Parts: FC<{ view: FormView }> = ({ view: { ctx, parts, values, errors } }) => {
  const m = enrolmentMessages[ctx.locale];
  return (
    <>
      {tracksOf(parts).map(([, set], index) => {
        const format = formatOf(set[0]!, ctx.locale);
        return (
          <RadioGroup
            label={m.part(format.dayTime(set[0]!.start))}
            name={partField(index)}
            value={values[partField(index)]}
            error={errors[partField(index)]}
            options={[
              ...set.map((part) => ({
                value: part.reference,
                label: titleOf(ctx, part, ctx.locale),
                hint: [whereOf(ctx, part, ctx.locale).slice(0, 2).join(', '), seatsLeft(part) === 0 ? m.submitWait : '']
                  .filter(Boolean)
                  .join(' · '),
              })),
              { value: '-', label: m.partNone },
            ]}
          />
        );
      })}
    </>
  );
};

/** What the fields are called whose errors do not say it themselves. */
function labelsOf({ ctx, session, errors }: FormView): Record<string, string> {
  const m = enrolmentMessages[ctx.locale];
  const questions = session.questions.map(({ key, label }) => [
    `q-${key}`,
    say(label, ctx.locale, ctx.territory.mainLanguage),
  ]);
  const born = Object.keys(errors).flatMap((field) => {
    const row = /^annee-(\d+)$/.exec(field)?.[1];
    return row ? [[field, `${m.person(Number(row) + 1)}, ${m.born}`]] : [];
  });
  return {
    ...visitorLabels(ctx),
    annee: m.birthYear,
    adultes: m.adults,
    ...Object.fromEntries([...questions, ...born]),
  };
}

/** The whole page: what one comes to, who comes, one button. */
export const EnrolmentPage: FC<{ view: FormView }> = ({ view }) => {
  const { ctx, session, errors, refused, key, values } = view;
  const { locale } = ctx;
  const m = enrolmentMessages[locale];
  const f = bind({ values, errors });
  const name = titleOf(ctx, session, locale);
  const full = seatsLeft(session) === 0;
  const submit = full ? m.submitWait : ctx.actor.kind === 'person' ? m.submit : m.submitHold;
  return (
    <>
      <PageHead
        title={
          <>
            <LineMark session={session} /> {m.title(name)}
          </>
        }
        back={{ href: `/${locale}/agenda/${session.reference}`, label: m.back }}
      />
      <ErrorSummary
        title={m.errors}
        errors={Object.entries(errors).map(([field, message]) => ({ field, message }))}
        labels={labelsOf(view)}
      />
      <Reasons ctx={ctx} site={session.site} title={m.refused} reasons={refused} />
      {full ? <Notice kind="info">{m.fullNow}</Notice> : null}
      <div class="columns booking-columns">
        <form
          method="post"
          action={`/${locale}/agenda/${session.reference}/inscription`}
          class="stack booking-form enrolment-form"
          novalidate
        >
          <EnterButton name="geste" value="inscrire" />
          <input type="hidden" name="envoi" value={key} />
          <VisitorFields
            ctx={ctx}
            values={values}
            errors={errors}
            back={`/${locale}/agenda/${session.reference}/inscription`}
            emailHint={m.emailHint}
          />
          <Parts view={view} />
          <Who view={view} />
          {errors.ensemble || values.ensemble ? (
            <Checkbox
              label={m.together}
              name="ensemble"
              checked={values.ensemble !== undefined}
              error={errors.ensemble}
            />
          ) : null}
          <Questions view={view} />
          <Field label={m.note} hint={m.noteHint} {...f('precision')} maxlength={300} />
          <p class="meta">{m.privacy}</p>
          <Button name="geste" value="inscrire">
            {submit}
          </Button>
        </form>
        <section class="card booking-recap" aria-label={m.about}>
          <Recap view={view} />
        </section>
      </div>
    </>
  );
};
