import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, locales, pickText } from '../../core/i18n.ts';
import {
  DataTable,
  EmptyState,
  Field,
  LineBullet,
  type LineColour,
  LinkButton,
  lineColours,
  NetworkLine,
  PageHead,
  Pagination,
  RadioGroup,
  Select,
  Tag,
  TextArea,
} from '../../ui/components/index.ts';
import { setupMessages } from './setup.messages.ts';
import { bind, Folded, I18nField, SetupForm, Text } from './setup.parts.tsx';
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

type CommuneRow = { code: string; name: string; country: string; postcodes: string[]; in_territory: boolean };

export const CommunesPage: FC<
  Words & { asked: string; rows: CommuneRow[]; page: number; more: boolean; form: Form }
> = ({ locale, asked, rows, page, more, form }) => {
  const m = setupMessages[locale];
  const f = bind(form);
  const here = `/${locale}/gestion/communes`;
  const to = (number: number) =>
    `${here}?${new URLSearchParams({ ...(asked ? { nom: asked } : {}), page: String(number) })}`;
  return (
    <>
      <PageHead title={m.communes} back={back(locale)} lead={m.communesText} />
      <form class="finder" method="get" action={here}>
        <Field name="nom" value={asked} label={m.communeSearch} plain type="search" maxlength={80} />
        <button class="button button-secondary" type="submit">
          {m.search}
        </button>
      </form>
      <DataTable
        caption={m.communes}
        quiet
        columns={[{ label: m.name, heading: true }, { label: m.postcode }, { label: m.country }, { label: m.code }]}
        rows={rows.map((row) => [row.name, row.postcodes.join(', '), row.country, row.code])}
        empty={<p>{m.communeNone}</p>}
      />
      <Pagination previous={page > 1 ? to(page - 1) : undefined} next={more ? to(page + 1) : undefined} />
      <section class="section" id="ajouter">
        <h2>{m.communeAdd}</h2>
        <SetupForm locale={locale} form={form} action={here} verb={m.communeAddVerb}>
          <Field {...f('name')} label={m.name} required maxlength={120} />
          <div class="group-row">
            <Field {...f('postcode')} label={m.postcode} required maxlength={12} autocomplete="off" />
            <Select
              {...f('country')}
              label={m.country}
              required
              options={(['FR', 'BE', 'NL', 'LU', 'DE', 'GB', 'CH', 'ES', 'IT'] as const).map((code) => ({
                value: code,
                label: m.countries[code],
              }))}
            />
          </div>
          <div class="group-row">
            <Field {...f('lat')} label={m.latitude} hint={m.latitudeHint} required inputmode="decimal" maxlength={12} />
            <Field
              {...f('lon')}
              label={m.longitude}
              hint={m.longitudeHint}
              required
              inputmode="decimal"
              maxlength={12}
            />
          </div>
          <Field {...f('code')} label={m.code} hint={m.codeHint} maxlength={12} />
        </SetupForm>
      </section>
    </>
  );
};

type LineRow = { slug: string; letter: string; colour: string; name: I18nText };

export const LinesPage: FC<Words & { lines: LineRow[] }> = ({ locale, main, lines }) => {
  const m = setupMessages[locale];
  return (
    <>
      <PageHead
        title={m.lines}
        back={back(locale)}
        lead={m.linesText}
        actions={
          <LinkButton kind="primary" href={`/${locale}/gestion/lignes/nouvelle`}>
            {m.lineNew}
          </LinkButton>
        }
      />
      {lines.length === 0 ? (
        <EmptyState title={m.noLine}>
          <p>{m.noLineText}</p>
        </EmptyState>
      ) : (
        <ul class="setup-list">
          {lines.map((line) => (
            <li class="cluster">
              <LineBullet letter={line.letter} colour={line.colour as LineColour} />
              <a href={`/${locale}/gestion/lignes/${line.slug}`}>
                <Text text={line.name} locale={locale} main={main} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

export const LinePage: FC<Words & { form: Form; slug: string | undefined }> = ({ locale, main, form, slug }) => {
  const m = setupMessages[locale];
  const f = bind(form);
  const letter = form.values.letter || '?';
  return (
    <>
      <PageHead title={slug ? m.lineEdit : m.lineNew} back={{ href: `/${locale}/gestion/lignes`, label: m.lines }} />
      <SetupForm
        locale={locale}
        form={form}
        action={`/${locale}/gestion/lignes/${slug ?? 'nouvelle'}`}
        verb={slug ? m.save : m.lineAddVerb}
      >
        {form.values.seen ? <input type="hidden" name="seen" value={form.values.seen} /> : null}
        <I18nField {...{ form, locale, main }} name="name" label={m.name} hint={m.lineNameHint} required max={80} />
        <Field {...f('letter')} label={m.letter} hint={m.letterHint} required maxlength={2} autocomplete="off" />
        <div class="setup-colours">
          <RadioGroup
            {...f('colour')}
            label={m.colour}
            required
            options={lineColours.map((colour) => ({
              value: colour,
              label: (
                <>
                  <LineBullet letter={letter.slice(0, 2).toUpperCase()} colour={colour} /> {m.colours[colour]}
                </>
              ),
            }))}
          />
        </div>
      </SetupForm>
    </>
  );
};
