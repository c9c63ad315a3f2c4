import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, bind, Checkbox, Field, FieldGroup, RadioGroup, Select, TextArea } from '../../ui/components/index.ts';
import { majority } from '../registrations/index.ts';
import { formatOf } from '../tidings/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { enrolmentMessages } from './enrolment.messages.ts';
import { mostRows, rowsOf } from './form.input.ts';

export type FormView = {
  ctx: Ctx;
  session: SessionView;
  /** All the dates of its course that are still to come; empty for a single session. */
  dates: readonly SessionView[];
  parts: readonly SessionView[];
  values: FormValues;
  errors: FieldErrors;
  refused: readonly Explained[];
  key: string;
};

type Words = (typeof enrolmentMessages)['fr'];

/** "de 8 à 12 ans"; empty where everybody may come. */
export function agesOf(session: Pick<SessionView, 'ageMin' | 'ageMax'>, m: Words): string {
  const { ageMin, ageMax } = session;
  if (ageMin !== null && ageMax !== null) return m.ages.both(ageMin, ageMax);
  if (ageMin !== null) return m.ages.from(ageMin);
  return ageMax === null ? '' : m.ages.to(ageMax);
}

const Tariff: FC<{ ctx: Ctx; session: SessionView; name: string; value: string | undefined }> = ({
  ctx,
  session,
  name,
  value,
}) => {
  if (session.priceKind !== 'amount' || session.tariffs.length < 2) return null;
  const format = formatOf(session, ctx.locale);
  const options = session.tariffs.map((tariff) => ({
    value: tariff.key,
    label: `${say(tariff.name, ctx.locale, ctx.territory.mainLanguage)}, ${format.money(tariff.cents)}`,
  }));
  return <Select label={enrolmentMessages[ctx.locale].tariff} name={name} options={options} value={value} plain />;
};

/** A first name and a year of birth, nothing more, for each who comes along. */
export const PersonRow: FC<{
  ctx: Ctx;
  session: SessionView;
  row: number;
  values: FormValues;
  errors: FieldErrors;
}> = ({ ctx, session, row, values, errors }) => {
  const f = bind({ values, errors });
  const m = enrolmentMessages[ctx.locale];
  const ages = agesOf(session, m);
  return (
    <FieldGroup legend={m.person(row + 1)}>
      <div class="person-row">
        <Field label={m.firstName} {...f(`prenom-${row}`)} maxlength={80} autocomplete="off" plain />
        <Field
          label={m.born}
          hint={row === 0 && !ages ? m.bornHint : undefined}
          {...f(`annee-${row}`)}
          inputmode="numeric"
          maxlength={4}
          autocomplete="off"
          plain={ages !== ''}
        />
      </div>
      <Tariff ctx={ctx} session={session} name={`tarif-${row}`} value={values[`tarif-${row}`]} />
    </FieldGroup>
  );
};

/** Oneself, a household or a group: what was not chosen is not read. */
export const Who: FC<{ view: FormView }> = ({ view }) => {
  const { ctx, session, values, errors } = view;
  const m = enrolmentMessages[ctx.locale];
  const ages = agesOf(session, m);
  const f = bind({ values, errors });
  const rows = rowsOf(values);
  // Nothing was sent yet: who registers several usually comes too, but not among children.
  const fresh = values.pour === undefined;
  const forChildren = session.ageMax !== null && session.ageMax < majority;
  return (
    <>
      <RadioGroup
        label={m.whoComes}
        name="pour"
        value={values.pour ?? (forChildren ? 'famille' : 'moi')}
        options={[
          { value: 'moi', label: m.self },
          { value: 'famille', label: m.household },
          { value: 'groupe', label: m.group },
        ]}
      />
      <div class="for-self group-body">
        <div class="for-household">
          <Checkbox label={m.selfComes} name="vient" checked={(fresh && !forChildren) || values.vient !== undefined} />
        </div>
        {ages ? (
          <Field
            label={m.birthYear}
            hint={m.birthYearHint(ages)}
            {...f('annee')}
            inputmode="numeric"
            maxlength={4}
            autocomplete="bday-year"
            plain
          />
        ) : null}
        <Tariff ctx={ctx} session={session} name="tarif" value={values.tarif} />
      </div>
      <div class="for-household group-body">
        {Array.from({ length: rows }, (_, row) => (
          <PersonRow ctx={ctx} session={session} row={row} values={values} errors={errors} />
        ))}
        <input type="hidden" name="lignes" value={String(rows)} />
        {rows < mostRows ? (
          <Button kind="secondary" name="geste" value="ajouter" formnovalidate>
            {m.addPerson}
          </Button>
        ) : null}
      </div>
      <div class="for-group group-body">
        <Field label={m.organisation} {...f('organisation')} autocomplete="organization" maxlength={200} plain />
        <div class="person-row">
          {(['jeunes', 'adultes'] as const).map((name) => (
            <Field
              label={name === 'jeunes' ? m.young : m.adults}
              {...f(name)}
              inputmode="numeric"
              maxlength={3}
              autocomplete="off"
              plain
            />
          ))}
        </div>
        <Checkbox
          label={m.groupSelf}
          name="present"
          checked={values.pour !== 'groupe' || values.present !== undefined}
        />
        <TextArea label={m.groupNames} hint={m.groupNamesHint} {...f('noms')} rows={3} maxlength={2000} />
        <Field label={m.groupAges} hint={m.groupAgesHint} name="ages" value={values.ages ?? ''} maxlength={300} />
      </div>
      <div class="for-household">
        <Checkbox
          label={m.consent}
          hint={m.consentHint}
          name="accord"
          checked={values.accord !== undefined}
          error={errors.accord}
        />
      </div>
    </>
  );
};
