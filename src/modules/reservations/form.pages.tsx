import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import {
  Button,
  bind,
  Checkbox,
  DescriptionList,
  EnterButton,
  ErrorSummary,
  Field,
  LineBullet,
  Lines,
  PageHead,
  Select,
} from '../../ui/components/index.ts';
import { telHref } from '../../ui/layout.tsx';
import { countryOptions } from '../accounts/index.ts';
import {
  formatOf,
  InsteadList,
  minutesOf,
  placeOf,
  priceOf,
  Reasons,
  ruleSentences,
  rulesOf,
  When,
  words,
} from '../notices/index.ts';
import { VisitorFields, visitorLabels } from '../visitors/index.ts';
import { weekPath } from './form.input.ts';
import { formMessages } from './form.messages.ts';
import { type FormView, formHref, More, type WantedView, writeItem } from './form.parts.tsx';

/** What, where, when, how much, and what to know: read before anything is asked. */
const Recap: FC<{ ctx: Ctx; item: WantedView }> = ({ ctx, item }) => {
  const { locale } = ctx;
  const m = formMessages[locale];
  const main = ctx.territory.mainLanguage;
  const { resource } = item;
  const format = formatOf(resource, locale);
  const telephone = resource.site.telephone ?? ctx.territory.telephone;
  const most = resource.capacity * Math.max(1, resource.units);
  return (
    <DescriptionList
      items={[
        {
          term: m.when,
          value: (
            <>
              <strong>
                <When view={item} locale={locale} />
              </strong>{' '}
              ({format.duration(minutesOf(item))})
              <br />
              <a href={`/${locale}${weekPath(resource, item)}`}>{m.change}</a>
            </>
          ),
        },
        {
          term: m.where,
          value: (
            <Lines
              lines={[...placeOf(resource, locale, main), telephone && <a href={telHref(telephone)}>{telephone}</a>]}
            />
          ),
        },
        { term: m.price, value: priceOf(resource, minutesOf(item), locale) },
        {
          term: m.rules,
          value: <Lines lines={[m.seats(words[locale].people(most)), ...ruleSentences(item, locale, main, ctx.now)]} />,
        },
      ]}
    />
  );
};

/** Who will come and for whom: everything a person types. */
const Questions: FC<{ view: FormView }> = ({ view: { ctx, values, errors, items } }) => {
  const { locale } = ctx;
  const m = formMessages[locale];
  const most = items[0].resource.capacity * Math.max(1, items[0].resource.units);
  const f = bind({ values, errors });
  const open = values.pour === 'organisation';
  return (
    <>
      <VisitorFields
        ctx={ctx}
        values={values}
        errors={errors}
        back={formHref(ctx, items[0], values)}
        emailHint={m.emailHint}
      />
      {most > 1 ? (
        <Field
          label={m.people}
          name="personnes"
          type="number"
          inputmode="numeric"
          min={1}
          max={10_000}
          value={values.personnes ?? '1'}
          error={errors.personnes}
          required
        />
      ) : (
        <input type="hidden" name="personnes" value={values.personnes ?? '1'} />
      )}
      <Field label={m.purpose} hint={m.purposeHint} {...f('objet')} maxlength={500} />
      <Checkbox label={m.forOrganisation} name="pour" value="organisation" checked={open} id="f-pour" />
      <div class="if-organisation group-body">
        <Field label={m.organisationName} {...f('organisation')} autocomplete="organization" maxlength={200} plain />
        <Select
          label={m.country}
          name="pays"
          value={values.pays ?? ctx.territory.country}
          options={countryOptions(locale)}
          plain
        />
        <Field label={m.registration} hint={m.registrationHint} {...f('numero')} inputmode="text" maxlength={40} />
      </div>
    </>
  );
};

/** The button says what will happen: book, ask the team, or hold until the mail is answered. */
function submitLabel({ ctx, items }: FormView): string {
  const m = formMessages[ctx.locale];
  const [first] = items;
  const range = formatOf(first.resource, ctx.locale).range(first.start, first.end);
  if (ctx.actor.kind !== 'person') return m.hold(range);
  return items.some((item) => rulesOf(item.resource).approval) ? m.ask(range) : m.book(range);
}

/** What each fault is about, said again in the list on top. */
function fieldLabels(ctx: Ctx): Record<string, string> {
  const m = formMessages[ctx.locale];
  return { ...visitorLabels(ctx), organisation: m.organisationName, numero: m.registration, objet: m.purpose };
}

/** The whole page of a booking: what one gets, what is asked, one button. */
export const BookingFormPage: FC<{ view: FormView }> = ({ view }) => {
  const { ctx, items, errors, refused, instead, key, values } = view;
  const { locale } = ctx;
  const m = formMessages[locale];
  const main = ctx.territory.mainLanguage;
  const [first] = items;
  const name = say(first.resource.name, locale, main);
  const { line } = first.resource;
  const people = Number(values.personnes) || 1;
  const title: Child = (
    <>
      {line ? <LineBullet letter={line.letter} colour={line.colour} /> : null} {m.title(name)}
    </>
  );
  return (
    <>
      <PageHead title={title} back={{ href: `/${locale}${weekPath(first.resource, first)}`, label: m.back(name) }} />
      <ErrorSummary
        title={m.errors}
        errors={Object.entries(errors).map(([field, message]) => ({ field, message }))}
        labels={fieldLabels(ctx)}
      />
      <Reasons ctx={ctx} site={first.resource.site} title={m.refused} reasons={refused} />
      <InsteadList ctx={ctx} found={instead} people={people} />
      <div class="columns booking-columns">
        <form method="post" action={`/${locale}/reservations`} class="stack booking-form" novalidate>
          <EnterButton name="geste" value="reserver" />
          <input type="hidden" name="envoi" value={key} />
          {items.map((item) => (
            <input type="hidden" name="chose" value={writeItem(item)} />
          ))}
          <Questions view={view} />
          {items.length > 1 ? <Together view={view} /> : null}
          <Button name="geste" value="reserver">
            {submitLabel(view)}
          </Button>
          <More view={view} />
        </form>
        <section class="card booking-recap" aria-label={m.what}>
          <Recap ctx={ctx} item={first} />
        </section>
      </div>
    </>
  );
};

/** Several things booked at once, each of which may be taken out again. */
const Together: FC<{ view: FormView }> = ({ view: { ctx, items } }) => {
  const m = formMessages[ctx.locale];
  return (
    <section class="together" aria-labelledby="together">
      <h2 id="together">{m.together}</h2>
      <ul>
        {items.map((item, index) => {
          const name = say(item.resource.name, ctx.locale, ctx.territory.mainLanguage);
          return (
            <li>
              <span>{name}</span>
              <span class="meta">{priceOf(item.resource, minutesOf(item), ctx.locale)}</span>
              {index === 0 ? null : (
                <Button kind="quiet" name="geste" value={`retirer ${item.resource.slug}`} formnovalidate>
                  {m.remove} <span class="hidden">{name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
