import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, locales, pickText } from '../../core/i18n.ts';
import {
  EmptyState,
  Field,
  LinkButton,
  NetworkLine,
  PageHead,
  Select,
  Tag,
  TextArea,
} from '../../ui/components/index.ts';
import { setupMessages } from './setup.messages.ts';
import { bind, Folded, SetupForm, Text } from './setup.parts.tsx';
import type { Form } from './setup.web.ts';
import { zoneOptions } from './zones.ts';

type Words = { locale: Locale; main: Locale };
type SiteLine = {
  slug: string;
  kind: string;
  name: I18nText;
  commune: string | null;
  resources: string | number | null;
  archived_at: Date | null;
};

/** The door of the administration: the network's places, then what belongs to the territory. */
export const DashboardPage: FC<Words & { sites: SiteLine[]; territory: string | null }> = ({
  locale,
  main,
  sites,
  territory,
}) => {
  const m = setupMessages[locale];
  const live = sites.filter((site) => !site.archived_at);
  const gone = sites.filter((site) => site.archived_at);
  const href = (slug: string) => `/${locale}/gestion/lieux/${slug}`;
  return (
    <>
      <PageHead
        title={m.title}
        lead={territory ? m.lead(territory) : m.leadSite}
        actions={
          territory ? (
            <LinkButton kind="primary" href={`/${locale}/gestion/lieux/nouveau`}>
              {m.newSite}
            </LinkButton>
          ) : null
        }
      />
      <section class="section">
        <h2>{m.sites}</h2>
        {live.length === 0 ? (
          <EmptyState title={m.noSite}>
            <p>{m.noSiteText}</p>
          </EmptyState>
        ) : (
          <div class="setup-network">
            <NetworkLine
              label={m.sites}
              stops={live.map((site) => ({
                href: href(site.slug),
                label: pickText(site.name, locale, main).text,
                detail: [site.commune, m.resourceCount(Number(site.resources ?? 0))].filter(Boolean).join(' · '),
                moving: site.kind === 'mobile',
              }))}
            />
          </div>
        )}
        {gone.length > 0 ? (
          <Folded summary={m.archivedSites(gone.length)}>
            <ul class="setup-list">
              {gone.map((site) => (
                <li>
                  <a href={href(site.slug)}>
                    <Text text={site.name} locale={locale} main={main} />
                  </a>
                </li>
              ))}
            </ul>
          </Folded>
        ) : null}
      </section>
      <section class="section">
        <h2>{m.people}</h2>
        <ul class="setup-doors">
          <Door href={`/${locale}/gestion/equipe`} title={m.peopleDoor} text={m.peopleDoorText} />
        </ul>
      </section>
      {territory ? (
        <section class="section">
          <h2>{m.territory}</h2>
          <ul class="setup-doors">
            <Door href={`/${locale}/gestion/territoire`} title={m.territoryCard} text={m.territoryCardText} />
            <Door href={`/${locale}/gestion/communes`} title={m.communes} text={m.communesText} />
            <Door href={`/${locale}/gestion/lignes`} title={m.lines} text={m.linesText} />
          </ul>
        </section>
      ) : null}
    </>
  );
};

/** A way into a part of the administration: what it is, in a sentence. */
export const Door: FC<{ href: string; title: string; text: string; tag?: string | undefined }> = ({
  href,
  title,
  text,
  tag,
}) => (
  <li class="setup-door">
    <a href={href}>{title}</a> {tag ? <Tag>{tag}</Tag> : null}
    <p class="soft small">{text}</p>
  </li>
);

export const back = (locale: Locale) => ({ href: `/${locale}/gestion`, label: setupMessages[locale].title });

export const TerritoryPage: FC<Words & { form: Form }> = ({ locale, form }) => {
  const m = setupMessages[locale];
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
          <Field {...f('publisher.registration')} label={m.publisherRegistration} maxlength={60} plain />
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
