import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { bind, Field, Notice, PageHead, RadioGroup, Select } from '../../ui/components/index.ts';
import {
  back,
  backToSite,
  CommuneField,
  Folded,
  type Form,
  GuideSteps,
  I18nField,
  RuleFields,
  SetupForm,
  type SiteRow,
  zoneOptions,
} from '../setup/index.ts';
import { sitesMessages } from './sites.messages.ts';

type Words = { locale: Locale; main: Locale };
export type SiteFormData = {
  names: string[];
  choices: { code: string; label: string }[];
  groups: { slug: string; name: I18nText }[];
};

/** A place's own card; the same fields for a new one. */
const SiteFields: FC<Words & SiteFormData & { form: Form; fixedKind: boolean }> = (props) => {
  const { locale, main, form, names, choices, groups, fixedKind } = props;
  const m = sitesMessages[locale];
  const f = bind(form);
  const words = { form, locale, main };
  const folded = ['lat', 'lon', 'time_zone', 'how_to_come', 'accessibility', 'summary', 'email'];
  const wrong = Object.keys(form.errors).some((name) => folded.includes(name.split('.')[0]!));
  const kinds = (['station', 'mini_station', 'mobile'] as const).filter(
    (kind) => !fixedKind || (form.values.kind === 'mobile') === (kind === 'mobile'),
  );
  // While one may still choose, the page cannot tell: the form is told off when a fixed place has none.
  const communeNeeded = fixedKind && form.values.kind !== 'mobile';
  const communeHint = communeNeeded ? m.communeHint : `${m.communeHint} ${m.communeHintBus}`;
  return (
    <>
      <RadioGroup
        {...f('kind')}
        label={m.siteKind}
        required
        options={kinds.map((kind) => ({ value: kind, label: m.siteKinds[kind], hint: m.siteKindHints[kind] }))}
      />
      <I18nField {...words} name="name" label={m.siteName} hint={m.siteNameHint} required max={120} />
      <CommuneField {...words} names={names} choices={choices} required={communeNeeded} hint={communeHint} />
      <Field {...f('address')} label={m.address} hint={m.addressHint} maxlength={200} autocomplete="off" />
      <Field
        {...f('telephone')}
        label={m.telephone}
        hint={m.siteTelephoneHint}
        type="tel"
        maxlength={30}
        autocomplete="off"
      />
      <Folded summary={m.siteMore} open={wrong}>
        <I18nField {...words} name="summary" label={m.summary} hint={m.summaryHint} max={600} rows={3} />
        <I18nField {...words} name="how_to_come" label={m.howToCome} hint={m.howToComeHint} max={2000} rows={4} />
        <I18nField
          {...words}
          name="accessibility"
          label={m.accessibility}
          hint={m.accessibilityHint}
          max={2000}
          rows={4}
        />
        <Field {...f('email')} label={m.email} type="email" maxlength={254} autocomplete="off" />
        <div class="group-row">
          <Field {...f('lat')} label={m.latitude} hint={m.pointHint} inputmode="decimal" maxlength={12} />
          <Field {...f('lon')} label={m.longitude} inputmode="decimal" maxlength={12} />
        </div>
        <Select {...f('time_zone')} label={m.timeZone} plain options={zoneOptions(form.values.time_zone)} />
      </Folded>
      <RuleFields {...words} level="site" groups={groups} />
    </>
  );
};

export const NewSitePage: FC<Words & SiteFormData & { form: Form; models: { id: string; name: I18nText }[] }> = (
  props,
) => {
  const { locale, main, form, models } = props;
  const m = sitesMessages[locale];
  const mobile = form.values.kind === 'mobile';
  return (
    <>
      <PageHead title={m.newSite} back={back(locale)} lead={mobile ? m.newBusLead : m.newSiteLead} />
      <GuideSteps locale={locale} at={1} mobile={mobile} />
      <SetupForm locale={locale} form={form} action={`/${locale}/gestion/lieux/nouveau`} verb={m.newSiteVerb}>
        <SiteFields {...props} fixedKind={false} />
        {models.length > 0 ? (
          <Folded summary={m.copyTitle} open={Boolean(form.values.copy_of)}>
            <Select
              {...bind(form)('copy_of')}
              label={m.copyFrom}
              hint={m.copyHint}
              plain
              options={[
                { value: '', label: m.copyNothing },
                ...models.map((site) => ({ value: site.id, label: say(site.name, locale, main) })),
              ]}
            />
          </Folded>
        ) : null}
      </SetupForm>
    </>
  );
};

export const EditSitePage: FC<Words & SiteFormData & { form: Form; site: SiteRow }> = (props) => {
  const { locale, main, form, site } = props;
  const m = sitesMessages[locale];
  return (
    <>
      <PageHead title={m.siteCard} back={backToSite(locale, main, site)} />
      <SetupForm locale={locale} form={form} action={`/${locale}/gestion/lieux/${site.slug}/fiche`} verb={m.save}>
        <SiteFields {...props} fixedKind />
      </SetupForm>
    </>
  );
};

/** A gesture that was refused, alone on its page: why, and the way back. */
export const RefusedPage: FC<{ locale: Locale; form: Form; title: string; back: { href: string; label: string } }> = ({
  locale,
  form,
  title,
  back: way,
}) => (
  <>
    <PageHead title={title} back={way} />
    <Notice kind="bad" title={sitesMessages[locale].refusedTitle}>
      {[...Object.values(form.errors), ...form.refusals.map((one) => one.text)].map((text) => (
        <p>{text}</p>
      ))}
    </Notice>
  </>
);
