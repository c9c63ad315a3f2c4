import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { resourceKinds } from '../../core/schema.ts';
import {
  bind,
  Checkbox,
  Field,
  FieldGroup,
  fieldId,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  RadioGroup,
  Select,
} from '../../ui/components/index.ts';
import { kindWord, needKeys, needSentence } from '../finding/index.ts';
import {
  ArchiveBox,
  backToSite,
  Folded,
  type Form,
  GuideSteps,
  I18nField,
  RuleFields,
  SetupForm,
  type SiteRow,
} from '../setup/index.ts';
import { furnishingMessages } from './furnishing.messages.ts';

type Words = { locale: Locale; main: Locale };
type Named = { id: string; name: I18nText };
export type ResourceFormData = {
  site: SiteRow;
  spaces: Named[];
  lines: (Named & { letter: string })[];
  groups: { slug: string; name: I18nText }[];
  others: Named[];
};
type Own = { slug: string; version: number; archived: boolean };

const lineOptions = (lines: ResourceFormData['lines'], locale: Locale, main: Locale, none: string) => [
  { value: '', label: none },
  ...lines.map((line) => ({ value: line.id, label: `${line.letter} · ${say(line.name, locale, main)}` })),
];

/** Something bookable: what everybody must know in sight, the rest folded. */
export const ResourcePage: FC<Words & ResourceFormData & { form: Form; own: Own | undefined; guide: boolean }> = (
  props,
) => {
  const { locale, main, site, form, own, guide } = props;
  const m = furnishingMessages[locale];
  const root = `/${locale}/gestion/lieux/${site.slug}/ressources`;
  const here = `${root}/${own?.slug ?? 'nouvelle'}`;
  return (
    <>
      <PageHead
        title={
          own
            ? say({ [main]: form.values[`name.${main}`] ?? '' }, main) || m.resourceEdit
            : site.kind === 'mobile'
              ? m.resourceNewAboard
              : m.resourceNew
        }
        back={backToSite(locale, main, site)}
        actions={
          own ? (
            <>
              <LinkButton href={`/${locale}/lieux/${site.slug}/${own.slug}`}>{m.seePublic}</LinkButton>
              {site.kind === 'mobile' ? null : <LinkButton href={`${here}/horaires`}>{m.hoursOwn}</LinkButton>}
              <LinkButton href={`${here}/photo`}>{m.photo}</LinkButton>
            </>
          ) : null
        }
      />
      {guide ? <GuideSteps locale={locale} at={3} mobile={site.kind === 'mobile'} /> : null}
      {guide ? (
        <p>
          {m.noRoomYet} <a href={`/${locale}/equipe/${site.slug}/programme/nouvelle`}>{m.firstSession}</a>
        </p>
      ) : null}
      {own?.archived ? <ArchivedNotice {...{ locale, here, version: own.version }} /> : null}
      <SetupForm
        locale={locale}
        form={form}
        action={`${here}${guide ? '?guide=1' : ''}`}
        verb={own ? m.save : m.resourceVerb}
      >
        <ResourceBasics {...props} />
        <ResourceMore {...props} />
        <RuleFields {...{ form, locale, main }} level="resource" groups={props.groups} />
      </SetupForm>
      {own && !own.archived ? (
        <ArchiveBox
          locale={locale}
          action={`${here}/archivage`}
          version={own.version}
          text={m.archiveResourceText}
          verb={m.archiveVerb}
        />
      ) : null}
    </>
  );
};

const ArchivedNotice: FC<{ locale: Locale; here: string; version: number }> = ({ locale, here, version }) => {
  const m = furnishingMessages[locale];
  return (
    <Notice kind="warning" title={m.archivedNotice}>
      <PostButton action={`${here}/reprise`} version={version} label={m.restore} />
    </Notice>
  );
};

const ResourceBasics: FC<Words & ResourceFormData & { form: Form }> = ({ locale, main, site, form, spaces }) => {
  const m = furnishingMessages[locale];
  const f = bind(form);
  return (
    <>
      <Select
        {...f('kind')}
        label={m.resourceKind}
        required
        options={resourceKinds.map((kind) => ({ value: kind, label: kindWord(kind, locale) }))}
      />
      <I18nField
        {...{ form, locale, main }}
        name="name"
        label={m.name}
        hint={site.kind === 'mobile' ? m.resourceNameHintAboard : m.resourceNameHint}
        required
        max={120}
      />
      {spaces.length > 0 ? (
        <Select
          {...f('space_id')}
          label={m.space}
          options={[
            { value: '', label: m.spaceNone },
            ...spaces.map((one) => ({ value: one.id, label: say(one.name, locale, main) })),
          ]}
        />
      ) : null}
      <div class="group-row">
        <Field {...f('capacity')} label={m.capacity} hint={m.capacityHint} required inputmode="numeric" maxlength={6} />
        <Field {...f('units')} label={m.units} hint={m.unitsHint} required inputmode="numeric" maxlength={4} />
      </div>
      <RadioGroup
        {...f('preset')}
        label={m.presetLabel}
        required
        options={(['open', 'members', 'on_request'] as const).map((preset) => ({
          value: preset,
          label: m.presets[preset],
          hint: m.presetHints[preset],
        }))}
      />
      <RadioGroup
        {...f('price_kind')}
        label={m.price}
        required
        options={(['unknown', 'free', 'amount'] as const).map((kind) => ({ value: kind, label: m.prices[kind] }))}
      />
      <div class="group-row">
        <Field {...f('price')} label={m.priceAmount} hint={m.priceHint} inputmode="decimal" maxlength={12} plain />
        <Select
          {...f('price_per')}
          label={m.pricePer}
          plain
          options={(['hour', 'half_day', 'day', 'booking'] as const).map((per) => ({
            value: per,
            label: m.pricePers[per],
          }))}
        />
      </div>
    </>
  );
};

const ResourceMore: FC<Words & ResourceFormData & { form: Form }> = ({ locale, main, form, lines, others }) => {
  const m = furnishingMessages[locale];
  const f = bind(form);
  const words = { form, locale, main };
  const ticked = (name: string, value: string) => form.ticked[name]?.includes(value) ?? false;
  const wrong = (...names: string[]) => Object.keys(form.errors).some((name) => names.includes(name.split('.')[0]!));
  return (
    <>
      <Folded summary={m.needsTitle} open={wrong('needs')}>
        <FieldGroup legend={m.needs} hint={m.needsHint} id={fieldId('needs')} error={form.errors.needs}>
          <div class="furnishing-boxes">
            {needKeys.map((need) => (
              <Checkbox name="needs" value={need} label={needSentence(need, locale)} checked={ticked('needs', need)} />
            ))}
          </div>
        </FieldGroup>
      </Folded>
      <Folded summary={m.describeTitle} open={wrong('summary', 'equipment', 'requirement', 'minimum_age', 'line_id')}>
        <I18nField {...words} name="summary" label={m.summary} hint={m.resourceSummaryHint} max={600} rows={3} />
        <I18nField {...words} name="equipment" label={m.equipment} hint={m.equipmentHint} max={4000} rows={5} />
        <I18nField {...words} name="requirement" label={m.requirement} hint={m.requirementHint} max={300} />
        <Field {...f('minimum_age')} label={m.minimumAge} inputmode="numeric" maxlength={2} />
        <Select {...f('line_id')} label={m.line} options={lineOptions(lines, locale, main, m.lineOfSpace)} />
      </Folded>
      <Folded summary={m.timesTitle} open={wrong('step_minutes', 'buffer_before', 'buffer_after', 'price_tax')}>
        <Field {...f('step_minutes')} label={m.step} hint={m.stepHint} plain maxlength={20} />
        <div class="group-row">
          <Field {...f('buffer_before')} label={m.bufferBefore} hint={m.bufferHint} plain maxlength={20} />
          <Field {...f('buffer_after')} label={m.bufferAfter} plain maxlength={20} />
        </div>
        <Field {...f('price_tax')} label={m.priceTax} hint={m.priceTaxHint} inputmode="decimal" plain maxlength={6} />
      </Folded>
      {others.length > 0 ? (
        <Folded summary={m.containsTitle} open={wrong('contents')}>
          <FieldGroup legend={m.contains} hint={m.containsHint} id={fieldId('contents')} error={form.errors.contents}>
            <div class="furnishing-boxes">
              {others.map((one) => (
                <Checkbox
                  name="contents"
                  value={one.id}
                  label={say(one.name, locale, main)}
                  checked={ticked('contents', one.id)}
                />
              ))}
            </div>
          </FieldGroup>
        </Folded>
      ) : null}
    </>
  );
};

/** A space: a part of a place with its own name, line and rules. */
export const SpacePage: FC<Words & ResourceFormData & { form: Form; own: Own | undefined }> = (props) => {
  const { locale, main, site, form, own, lines, groups } = props;
  const m = furnishingMessages[locale];
  const f = bind(form);
  const words = { form, locale, main };
  const here = `/${locale}/gestion/lieux/${site.slug}/espaces/${own?.slug ?? 'nouveau'}`;
  return (
    <>
      <PageHead
        title={own ? m.spaceEdit : m.spaceNew}
        back={backToSite(locale, main, site)}
        lead={own ? undefined : m.spacesText}
        actions={
          own ? (
            <>
              {site.kind === 'mobile' ? null : <LinkButton href={`${here}/horaires`}>{m.hoursOwn}</LinkButton>}
              <LinkButton href={`${here}/photo`}>{m.photo}</LinkButton>
            </>
          ) : null
        }
      />
      {own?.archived ? <ArchivedNotice {...{ locale, here, version: own.version }} /> : null}
      <SetupForm locale={locale} form={form} action={here} verb={own ? m.save : m.spaceVerb}>
        <I18nField {...words} name="name" label={m.name} hint={m.spaceNameHint} required max={120} />
        <Select
          {...f('line_id')}
          label={m.line}
          hint={m.lineHint}
          options={lineOptions(lines, locale, main, m.lineNone)}
        />
        <I18nField {...words} name="floor" label={m.floor} hint={m.floorHint} max={120} />
        <Field {...f('area_m2')} label={m.area} inputmode="numeric" maxlength={6} />
        <I18nField {...words} name="summary" label={m.summary} max={600} rows={3} />
        <RuleFields {...words} level="space" groups={groups} />
      </SetupForm>
      {own && !own.archived ? (
        <ArchiveBox
          locale={locale}
          action={`${here}/archivage`}
          version={own.version}
          text={m.archiveSpaceText}
          verb={m.archiveVerb}
        />
      ) : null}
    </>
  );
};
