import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  bind,
  Checkbox,
  DescriptionList,
  ErrorSummary,
  Field,
  Lines,
  PageHead,
  Select,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { Reasons } from '../notices/index.ts';
import { VisitorFields, visitorLabels } from '../visitors/index.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import type { Chosen, Teller } from './take.input.ts';
import { placeLine } from './words.ts';

export type TakeView = {
  ctx: Ctx;
  chosen: Chosen;
  teller: Teller;
  values: FormValues;
  errors: FieldErrors;
  refused: readonly Explained[];
  /** The one-time mark of this form. */
  key: string;
  /** Where the form goes, and where one chooses another time. */
  action: string;
  backHref: string;
};

/** One time, who comes, one button. */
export const TakePage: FC<{ view: TakeView }> = ({ view }) => {
  const { ctx, chosen, errors, refused, values, key, teller } = view;
  const m = appointmentsMessages[ctx.locale];
  const write = formatter(ctx.locale, chosen.spot.site.timeZone);
  const time = write.time(chosen.start);
  const known = ctx.actor.kind === 'person';
  const f = bind({ values, errors });
  return (
    <>
      <PageHead
        title={m.takeTitle}
        lead={teller.kind === 'self' ? undefined : m.teamLead}
        back={{ href: view.backHref, label: m.back }}
      />
      <ErrorSummary
        title={m.errors}
        errors={Object.entries(errors).map(([field, message]) => ({ field, message }))}
        labels={
          teller.kind === 'self'
            ? { ...visitorLabels(ctx), autre_nom: m.otherName, mandat: m.mandate }
            : { nom: m.forName, telephone: m.forTelephone, email: m.forEmail }
        }
      />
      <Reasons ctx={ctx} site={chosen.spot.site} title={m.refused} reasons={refused} />
      <div class="columns booking-columns">
        <form method="post" action={view.action} class="stack form" novalidate>
          <input type="hidden" name="envoi" value={key} />
          {['raison', 'qui', 'lieu', 'arret', 'debut', 'pres'].map((name) =>
            values[name] ? <input type="hidden" name={name} value={values[name]} /> : null,
          )}
          {teller.kind === 'self' ? <OwnFields view={view} /> : <CallerFields view={view} />}
          {chosen.reason.places > 1 ? (
            <Select
              label={teller.kind === 'self' ? m.people : m.forPeople}
              name="personnes"
              value={values.personnes ?? '1'}
              error={errors.personnes}
              plain
              options={Array.from({ length: chosen.reason.places }, (_, index) => ({
                value: String(index + 1),
                label: teller.kind === 'self' ? m.peopleChoice(index + 1) : m.forPeopleChoice(index + 1),
              }))}
            />
          ) : null}
          <Field label={m.note} hint={m.noteHint} {...f('precision')} maxlength={300} />
          <Button>{known ? m.take(time) : m.hold(time)}</Button>
        </form>
        <Recap ctx={ctx} chosen={chosen} />
      </div>
    </>
  );
};

/** When, where, with whom, for what, and what to bring: read before anything is asked. */
const Recap: FC<{ ctx: Ctx; chosen: Chosen }> = ({ ctx, chosen }) => {
  const m = appointmentsMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const { reason, helper, spot } = chosen;
  const write = formatter(ctx.locale, spot.site.timeZone);
  const telephone = spot.site.telephone ?? ctx.territory.telephone;
  return (
    <section class="card booking-recap" aria-label={m.takeTitle}>
      <DescriptionList
        items={[
          {
            term: m.when,
            value: <strong>{`${write.day(chosen.start)}, ${write.range(chosen.start, chosen.end)}`}</strong>,
          },
          {
            term: m.where,
            value: (
              <Lines
                lines={[
                  placeLine(ctx, { site: { ...spot.site, kind: 'station' }, stop: spot.stop }),
                  telephone && <a href={telHref(telephone)}>{telephone}</a>,
                ]}
              />
            ),
          },
          { term: m.who, value: [helper.name, say(helper.does, ctx.locale, main)].filter(Boolean).join(', ') },
          { term: m.why, value: say(reason.name, ctx.locale, main) },
          { term: m.bring, value: say(reason.bring, ctx.locale, main) },
        ]}
      />
      <p class="meta private">{m.private}</p>
    </section>
  );
};

const OwnFields: FC<{ view: TakeView }> = ({ view: { ctx, values, errors } }) => {
  const f = bind({ values, errors });
  const m = appointmentsMessages[ctx.locale];
  const here = `/${ctx.locale}/rendez-vous/prendre?${new URLSearchParams(
    ['raison', 'qui', 'lieu', 'arret', 'debut'].flatMap((name) => (values[name] ? [[name, values[name]]] : [])),
  )}`;
  return (
    <>
      <VisitorFields
        ctx={ctx}
        values={values}
        errors={errors}
        back={here}
        emailHint={m.emailHint}
        telephoneHint={m.telephoneHint}
      />
      <Checkbox label={m.other} name="autre" checked={Boolean(values.autre)} />
      <div class="if-other group-body">
        <Field label={m.otherName} {...f('autre_nom')} maxlength={120} plain />
        <Field label={m.mandate} hint={m.mandateHint} {...f('mandat')} maxlength={120} plain />
      </div>
    </>
  );
};

/** What is asked of somebody on the telephone: a name and a number. */
const CallerFields: FC<{ view: TakeView }> = ({ view: { ctx, values, errors } }) => {
  const f = bind({ values, errors });
  const m = appointmentsMessages[ctx.locale];
  return (
    <>
      <Field label={m.forName} {...f('nom')} maxlength={120} required />
      <Field label={m.forTelephone} {...f('telephone')} type="tel" />
      <Field label={m.forEmail} hint={m.forEmailHint} {...f('email')} type="email" />
      <Field label={m.forMandate} hint={m.forMandateHint} {...f('mandat')} maxlength={120} />
    </>
  );
};
