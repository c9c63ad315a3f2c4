import type { FC } from 'hono/jsx';
import { type Locale, locales } from '../../core/i18n.ts';
import { bind, Field, PageHead, Select, TextArea } from '../../ui/components/index.ts';
import { back, Folded, type Form, SetupForm, zoneOptions } from '../setup/index.ts';
import { territoryMessages } from './territory.messages.ts';

type Words = { locale: Locale; main: Locale };
export const TerritoryPage: FC<Words & { form: Form }> = ({ locale, form }) => {
  const m = territoryMessages[locale];
  const f = bind(form);
  const publisherWrong = Object.keys(form.errors).some((name) => name.startsWith('publisher.'));
  return (
    <>
      <PageHead title={m.territoryCard} back={back(locale)} lead={m.territoryCardText} />
      <SetupForm locale={locale} form={form} action={`/${locale}/gestion/territoire`} verb={m.save}>
        <Field {...f('name')} label={m.territoryName} required maxlength={120} />
        <Field {...f('telephone')} label={m.telephone} hint={m.telephoneHint} type="tel" maxlength={30} />
        <Field {...f('email')} label={m.email} type="email" maxlength={254} />
        <Select
          {...f('main_language')}
          label={m.mainLanguage}
          hint={m.mainLanguageHint}
          required
          options={locales.map((one) => ({ value: one, label: m.languages[one] }))}
        />
        <Select {...f('time_zone')} label={m.timeZone} required options={zoneOptions(form.values.time_zone)} />
        <Folded summary={m.publisher} open={publisherWrong}>
          <p class="field-hint">{m.publisherHint}</p>
          <Field {...f('publisher.name')} label={m.publisherName} maxlength={200} plain />
          <Field {...f('publisher.form')} label={m.publisherForm} hint={m.publisherFormHint} maxlength={200} plain />
          <TextArea {...f('publisher.address')} label={m.publisherAddress} rows={3} maxlength={300} plain />
          <Field
            {...f('publisher.registration')}
            label={m.publisherRegistration}
            hint={m.publisherRegistrationHint}
            maxlength={60}
            plain
          />
          <Field {...f('publisher.director')} label={m.publisherDirector} maxlength={200} plain />
          <Field {...f('publisher.telephone')} label={m.telephone} type="tel" maxlength={40} plain />
          <TextArea
            {...f('publisher.host')}
            label={m.publisherHost}
            hint={m.publisherHostHint}
            rows={3}
            maxlength={400}
            plain
          />
        </Folded>
      </SetupForm>
    </>
  );
};
