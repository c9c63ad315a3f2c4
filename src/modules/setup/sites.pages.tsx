import type { Child, FC } from 'hono/jsx';
import { type I18nText, type Locale, pickText, say } from '../../core/i18n.ts';
import type { ResourceKind } from '../../core/schema.ts';
import {
  DataTable,
  EmptyState,
  Field,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  RadioGroup,
  Select,
  Steps,
  Tag,
} from '../../ui/components/index.ts';
import { kindWord } from '../finding/index.ts';
import { RuleFields } from './rules.parts.tsx';
import { setupMessages } from './setup.messages.ts';
import { bind, CommuneField, Folded, I18nField, SetupForm } from './setup.parts.tsx';
import type { SiteRow } from './setup.store.ts';
import type { Form } from './setup.web.ts';
import { back, Door } from './territory.pages.tsx';
import { zoneOptions } from './zones.ts';

type Words = { locale: Locale; main: Locale };
export type SiteFormData = {
  names: { code: string; name: string }[];
  choices: { code: string; label: string }[];
  groups: { slug: string; name: I18nText }[];
};

/** The three steps from nothing to a place where a room can be booked. */
export const GuideSteps: FC<{ locale: Locale; at: 1 | 2 | 3 | 4; mobile?: boolean }> = ({ locale, at, mobile }) => {
  const m = setupMessages[locale];
  const labels = [m.stepSite, mobile ? m.stepTour : m.stepHours, m.stepRoom];
  const state = (index: number) => (index + 1 < at ? 'done' : index + 1 === at ? 'current' : 'todo');
  return <Steps label={m.steps} steps={labels.map((label, index) => ({ label, state: state(index) }))} />;
};

/** A place's own card; the same fields for a new one. */
const SiteFields: FC<Words & SiteFormData & { form: Form; fixedKind: boolean }> = (props) => {
  const { locale, main, form, names, choices, groups, fixedKind } = props;
  const m = setupMessages[locale];
  const f = bind(form);
  const words = { form, locale, main };
  const folded = ['lat', 'lon', 'time_zone', 'how_to_come', 'accessibility', 'summary', 'email'];
  const wrong = Object.keys(form.errors).some((name) => folded.includes(name.split('.')[0]!));
  const kinds = (['station', 'mini_station', 'mobile'] as const).filter(
    (kind) => !fixedKind || (form.values.kind === 'mobile') === (kind === 'mobile'),
  );
  return (
    <>
      <RadioGroup
        {...f('kind')}
        label={m.siteKind}
        required
        options={kinds.map((kind) => ({ value: kind, label: m.siteKinds[kind], hint: m.siteKindHints[kind] }))}
      />
      <I18nField {...words} name="name" label={m.siteName} hint={m.siteNameHint} required max={120} />
      <CommuneField {...words} names={names} choices={choices} />
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
  const m = setupMessages[locale];
  return (
    <>
      <PageHead title={m.newSite} back={back(locale)} lead={m.newSiteLead} />
      <GuideSteps locale={locale} at={1} />
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

/** The way back to a place's door. */
export const backToSite = (locale: Locale, main: Locale, site: Pick<SiteRow, 'slug' | 'name'>) => ({
  href: `/${locale}/gestion/lieux/${site.slug}`,
  label: say(site.name, locale, main),
});

export const EditSitePage: FC<Words & SiteFormData & { form: Form; site: SiteRow }> = (props) => {
  const { locale, main, form, site } = props;
  const m = setupMessages[locale];
  return (
    <>
      <PageHead title={m.siteCard} back={backToSite(locale, main, site)} />
      <SetupForm locale={locale} form={form} action={`/${locale}/gestion/lieux/${site.slug}/fiche`} verb={m.save}>
        <SiteFields {...props} fixedKind />
      </SetupForm>
    </>
  );
};

type SpaceLine = { id: string; slug: string; name: I18nText; archived_at: Date | null };
type ResourceLine = {
  slug: string;
  name: I18nText;
  kind: ResourceKind;
  space_id: string | null;
  capacity: number;
  preset: 'open' | 'members' | 'on_request';
  archived_at: Date | null;
  units: string | number | null;
};

/** All that can be managed of one place. */
export const SitePage: FC<
  Words & {
    site: SiteRow;
    spaces: SpaceLine[];
    resources: ResourceLine[];
    done: boolean;
    canCopy: boolean;
    openDays: number;
    stops: number;
  }
> = ({ locale, main, site, spaces, resources, done, canCopy, openDays, stops }) => {
  const m = setupMessages[locale];
  const own = `/${locale}/gestion/lieux/${site.slug}`;
  const mobile = site.kind === 'mobile';
  const live = resources.filter((one) => !one.archived_at);
  const gone = [
    ...spaces.filter((one) => one.archived_at).map((one) => ({ ...one, at: 'espaces' })),
    ...resources.filter((one) => one.archived_at).map((one) => ({ ...one, at: 'ressources' })),
  ];
  return (
    <>
      <PageHead
        title={say(site.name, locale, main)}
        back={back(locale)}
        lead={[m.siteKinds[site.kind], site.commune].filter(Boolean).join(' · ')}
        actions={
          <>
            <LinkButton href={`/${locale}/lieux/${site.slug}`}>{m.seePublic}</LinkButton>
            {canCopy ? (
              <LinkButton kind="quiet" href={`/${locale}/gestion/lieux/nouveau?copie=${site.slug}`}>
                {m.copyThis}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {done ? (
        <>
          <GuideSteps locale={locale} at={4} mobile={mobile} />
          <Notice kind="good" title={m.guideDone} level={2}>
            <p>{m.guideDoneText}</p>
          </Notice>
        </>
      ) : null}
      {site.archived_at ? (
        <Notice kind="warning" title={m.archivedNotice}>
          <p>{m.archivedText}</p>
          <PostButton action={`${own}/reprise`} version={site.version} label={m.restore} />
        </Notice>
      ) : null}
      <ul class="setup-doors">
        <Door href={`${own}/fiche`} title={m.siteCard} text={m.siteCardText} />
        {mobile ? (
          <Door href={`${own}/tournee`} title={m.tour} text={stops > 0 ? m.tourCount(stops) : m.tourNone} />
        ) : (
          <Door href={`${own}/horaires`} title={m.hours} text={openDays > 0 ? m.hoursCount(openDays) : m.hoursNone} />
        )}
        <Door href={`${own}/photo`} title={m.photo} text={site.photo ? m.photoSet : m.photoNone} />
      </ul>
      <section class="section">
        <div class="setup-section-head">
          <h2>{m.resources}</h2>
          <LinkButton kind="primary" href={`${own}/ressources/nouvelle`}>
            {m.resourceNew}
          </LinkButton>
        </div>
        {live.length === 0 ? (
          <EmptyState title={m.noResource}>
            <p>{m.noResourceText}</p>
          </EmptyState>
        ) : (
          <ResourceTable {...{ locale, main, own, spaces }} resources={live} />
        )}
      </section>
      <section class="section">
        <div class="setup-section-head">
          <h2>{m.spaces}</h2>
          <LinkButton href={`${own}/espaces/nouveau`}>{m.spaceNew}</LinkButton>
        </div>
        <p class="soft small">{m.spacesText}</p>
        <ul class="setup-list">
          {spaces
            .filter((one) => !one.archived_at)
            .map((one) => (
              <li>
                <a href={`${own}/espaces/${one.slug}`}>{pickText(one.name, locale, main).text}</a>
              </li>
            ))}
        </ul>
      </section>
      {gone.length > 0 ? (
        <Folded summary={m.archived(gone.length)}>
          <ul class="setup-list">
            {gone.map((one) => (
              <li>
                <a href={`${own}/${one.at}/${one.slug}`}>{pickText(one.name, locale, main).text}</a>
              </li>
            ))}
          </ul>
        </Folded>
      ) : null}
      {site.archived_at ? null : (
        <ArchiveBox
          locale={locale}
          action={`${own}/archivage`}
          version={site.version}
          text={m.archiveSiteText}
          verb={m.archiveSite}
        />
      )}
    </>
  );
};

const ResourceTable: FC<Words & { own: string; resources: ResourceLine[]; spaces: SpaceLine[] }> = (props) => {
  const { locale, main, own, resources, spaces } = props;
  const m = setupMessages[locale];
  const spaceName = (id: string | null) => {
    const space = spaces.find((one) => one.id === id);
    return space ? say(space.name, locale, main) : '';
  };
  return (
    <DataTable
      caption={m.resources}
      quiet
      columns={[
        { label: m.name, heading: true },
        { label: m.resourceKind },
        { label: m.space },
        { label: m.capacityShort, number: true },
        { label: m.unitsShort, number: true },
        { label: m.presetShort },
      ]}
      rows={resources.map((one): Child[] => [
        <a href={`${own}/ressources/${one.slug}`}>{say(one.name, locale, main)}</a>,
        kindWord(one.kind, locale),
        spaceName(one.space_id) || '—',
        one.capacity,
        Number(one.units ?? 0),
        <Tag kind={one.preset === 'open' ? 'good' : 'info'}>{m.presets[one.preset]}</Tag>,
      ])}
    />
  );
};

/** Closing for good: folded, saying what it does. */
export const ArchiveBox: FC<{ locale: Locale; action: string; version: number; text: string; verb: string }> = ({
  locale,
  action,
  version,
  text,
  verb,
}) => (
  <Folded summary={setupMessages[locale].archiveTitle}>
    <p>{text}</p>
    <PostButton kind="danger" action={action} version={version} label={verb} />
  </Folded>
);

/** A gesture that was refused, alone on its page: why, and the way back. */
export const RefusedPage: FC<{ locale: Locale; form: Form; title: string; back: { href: string; label: string } }> = ({
  locale,
  form,
  title,
  back: way,
}) => (
  <>
    <PageHead title={title} back={way} />
    <Notice kind="bad" title={setupMessages[locale].refusedTitle}>
      {[...Object.values(form.errors), ...form.refusals.map((one) => one.text)].map((text) => (
        <p>{text}</p>
      ))}
    </Notice>
  </>
);
