import type { FC } from 'hono/jsx';
import { bind, Checkbox, Field, FieldGroup, fieldId, RadioGroup, Select } from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import { I18nField } from '../setup/index.ts';
import { Boxes, type FormProps, More, texts, words } from './fold.tsx';
import { audiences, dateNumbers, priceKinds, questionNumbers, tariffNumbers } from './form.fields.ts';

/** What people read before they come. */
export const WordFields: FC<FormProps> = ({ pen, form, options }) => {
  const m = words(pen);
  const f = bind(form);
  const shared = { ...texts(pen), form };
  return (
    <More
      form={form}
      names={/^(resume|texte|acces|ligne|langue)/}
      empty={{ langue: pen.ctx.territory.mainLanguage }}
      summary={m.wordsTitle}
    >
      <I18nField {...shared} name="resume" label={m.summary} hint={m.summaryHint} max={300} rows={2} />
      <I18nField {...shared} name="texte" label={m.description} hint={m.descriptionHint} max={8000} rows={6} />
      <Select
        {...f('ligne')}
        label={m.line}
        options={[
          { value: '', label: m.noChoice },
          ...options.lines.map((line) => ({ value: line.id, label: `${pen.say(line.name)} (${line.letter})` })),
        ]}
      />
      <Select
        {...f('langue')}
        label={m.language}
        plain
        options={(['fr', 'nl', 'en'] as const).map((one) => ({ value: one, label: m.languages[one] }))}
      />
      <I18nField {...shared} name="acces" label={m.accessibility} hint={m.accessibilityHint} max={500} rows={2} />
    </More>
  );
};

/** For whom it is, from when on one registers. */
export const AudienceFields: FC<FormProps> = ({ pen, form, options }) => {
  const m = words(pen);
  const f = bind(form);
  return (
    <More
      form={form}
      names={/^(public|age-|groupe|par-organisation|minimum|ouvre-|ferme-)/}
      empty={{ public: 'all' }}
      summary={m.audienceTitle}
    >
      <RadioGroup
        label={m.audience}
        name="public"
        value={form.values.public || 'all'}
        error={form.errors.public}
        options={audiences.map((one) => ({ value: one, label: m.audiences[one] }))}
      />
      <FieldGroup legend={m.ages} row>
        <Field {...f('age-min')} label={m.ageMin} inputmode="numeric" maxlength={3} />
        <Field {...f('age-max')} label={m.ageMax} inputmode="numeric" maxlength={3} />
      </FieldGroup>
      <Select
        {...f('groupe')}
        label={m.group}
        options={[
          { value: '', label: m.noChoice },
          ...options.groups.map((group) => ({ value: group.id, label: pen.say(group.name) })),
        ]}
      />
      <Field {...f('par-organisation')} label={m.perOrganisation} hint={m.perOrganisationHint} inputmode="numeric" />
      <Field {...f('minimum')} label={m.minimum} hint={m.minimumHint} inputmode="numeric" />
      {(['ouvre', 'ferme'] as const).map((edge) => (
        <FieldGroup legend={m[edge]} row>
          <Field
            {...f(`${edge}-jour`)}
            label={m.day}
            type="date"
            hint={dayInWords(form.values[`${edge}-jour`], pen.ctx.locale)}
          />
          <Field {...f(`${edge}-heure`)} label={m.hour} type="time" />
        </FieldGroup>
      ))}
    </More>
  );
};

/** What it costs; never said free by default. */
export const PriceFields: FC<FormProps> = ({ pen, form }) => {
  const m = words(pen);
  const f = bind(form);
  return (
    <More form={form} names={/^(prix|tarif-)/} empty={{ prix: 'unknown' }} summary={m.priceTitle}>
      <RadioGroup
        label={m.price}
        name="prix"
        value={form.values.prix || 'unknown'}
        error={form.errors.prix}
        options={priceKinds.map((one) => ({ value: one, label: m.prices[one] }))}
      />
      {tariffNumbers.map((n) => (
        <FieldGroup legend={m.tariff(n)} row>
          <Field
            {...f(`tarif-${n}-nom`)}
            label={m.tariffName}
            hint={n === 1 ? m.tariffHint : undefined}
            maxlength={80}
          />
          <Field {...f(`tarif-${n}-euros`)} label={m.euros} inputmode="decimal" maxlength={10} />
        </FieldGroup>
      ))}
    </More>
  );
};

/** Questions asked when one registers: short, few, each with its purpose. */
export const QuestionFields: FC<FormProps> = ({ pen, form }) => {
  const m = words(pen);
  const f = bind(form);
  return (
    <More
      form={form}
      names={/^question-/}
      empty={Object.fromEntries(questionNumbers.map((n) => [`question-${n}-jours`, '30']))}
      summary={m.questionsTitle}
    >
      <p class="field-hint">{m.questionsHint}</p>
      {questionNumbers.map((n) => (
        <FieldGroup legend={m.question(n)}>
          <Field {...f(`question-${n}`)} label={m.questionLabel} maxlength={200} />
          <Field
            {...f(`question-${n}-but`)}
            label={m.questionPurpose}
            hint={n === 1 ? m.questionPurposeHint : undefined}
            maxlength={200}
          />
          <Field {...f(`question-${n}-jours`)} label={m.questionDays} inputmode="numeric" maxlength={4} />
          <Checkbox
            name={`question-${n}-exige`}
            label={m.questionRequired}
            checked={form.values[`question-${n}-exige`] === 'on'}
          />
        </FieldGroup>
      ))}
    </More>
  );
};

/** Who leads, for whom, how long the room is needed around it. */
export const TeamFields: FC<FormProps> = ({ pen, form, options }) => {
  const m = words(pen);
  const f = bind(form);
  const named = (list: { id: string; name: string }[]) => list.map(({ id, name }): [string, string] => [id, name]);
  return (
    <>
      <More form={form} names={/^(qui|organisations|avant|apres)$/} summary={m.teamTitle}>
        <Boxes form={form} name="qui" legend={m.leaders} hint={m.leadersHint} options={named(options.leaders)} />
        {options.organisations.length > 0
          ? [0, 1].map((index) => (
              <Select
                name="organisations"
                id={`${fieldId('organisations')}-${index}`}
                label={index === 0 ? m.organisation : m.organisationToo}
                value={form.ticked.organisations?.[index] ?? ''}
                error={index === 0 ? form.errors.organisations : undefined}
                options={[
                  { value: '', label: m.noChoice },
                  ...options.organisations.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            ))
          : null}
        <FieldGroup legend={m.around} hint={m.aroundHint} row>
          <Field {...f('avant')} label={m.setUp} inputmode="numeric" maxlength={4} />
          <Field {...f('apres')} label={m.cleanUp} inputmode="numeric" maxlength={4} />
        </FieldGroup>
      </More>
      <More form={form} names={/^(embleme|operation-)/} summary={m.funderTitle}>
        <Field {...f('embleme')} label={m.emblem} hint={m.emblemHint} maxlength={80} />
        <Field {...f('operation-numero')} label={m.operationNumber} maxlength={80} />
        <Field {...f('operation-titre')} label={m.operationTitle} maxlength={200} />
      </More>
    </>
  );
};

/** How it comes again. */
export const SeriesFields: FC<FormProps> = ({ pen, form }) => {
  const m = words(pen);
  const f = bind(form);
  const weekdays = ([1, 2, 3, 4, 5, 6, 7] as const).map((n): [string, string] => [String(n), m.weekdays[n]]);
  return (
    <More
      form={form}
      names={/^(repeter|toutes|jours|fois|jusquau|date-|feries|cours)/}
      empty={{ repeter: 'once', toutes: '1', feries: 'on' }}
      summary={m.seriesTitle}
    >
      <RadioGroup
        label={m.repeat}
        name="repeter"
        value={form.values.repeter || 'once'}
        error={form.errors.repeter}
        options={(['once', 'weekly', 'monthly', 'monthly_last', 'dates'] as const).map((one) => ({
          value: one,
          label: m.repeats[one],
        }))}
      />
      <Field {...f('toutes')} label={m.every} hint={m.everyHint} inputmode="numeric" maxlength={2} />
      <Boxes form={form} name="jours" legend={m.onDays} hint={m.onDaysHint} options={weekdays} />
      <FieldGroup legend={m.stopTitle} hint={m.stopHint} row>
        <Field {...f('fois')} label={m.times} inputmode="numeric" maxlength={3} />
        <Field {...f('jusquau')} label={m.lastDay} type="date" hint={dayInWords(form.values.jusquau, pen.ctx.locale)} />
      </FieldGroup>
      <FieldGroup legend={m.otherDates} row>
        {dateNumbers.map((n) => (
          <Field {...f(`date-${n}`)} label={m.otherDate(n)} type="date" plain />
        ))}
      </FieldGroup>
      <Checkbox name="feries" label={m.skipHolidays} checked={form.values.feries === 'on'} />
      <Checkbox name="cours" label={m.course} hint={m.courseHint} checked={form.values.cours === 'on'} />
    </More>
  );
};
