import type { FC } from 'hono/jsx';
import type { I18nText, Locale } from '../../core/i18n.ts';
import {
  bind,
  DataTable,
  EmptyState,
  Field,
  LineBullet,
  type LineColour,
  LinkButton,
  lineColours,
  PageHead,
  Pagination,
  RadioGroup,
  Select,
} from '../../ui/components/index.ts';
import { countryName } from '../../ui/format.ts';
import { back, type Form, I18nField, SetupForm, Text } from '../setup/index.ts';
import { territoryMessages } from './territory.messages.ts';

type Words = { locale: Locale; main: Locale };

type CommuneRow = { code: string; name: string; country: string; postcodes: string[]; in_territory: boolean };

export const CommunesPage: FC<
  Words & { asked: string; rows: CommuneRow[]; page: number; more: boolean; form: Form }
> = ({ locale, asked, rows, page, more, form }) => {
  const m = territoryMessages[locale];
  const f = bind(form);
  const here = `/${locale}/gestion/communes`;
  const to = (number: number) =>
    `${here}?${new URLSearchParams({ ...(asked ? { nom: asked } : {}), page: String(number) })}`;
  return (
    <>
      <PageHead
        title={m.communes}
        back={back(locale)}
        lead={m.communesText}
        actions={<LinkButton href="#ajouter">{m.communeAdd}</LinkButton>}
      />
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
        rows={rows.map((row) => [row.name, row.postcodes.join(', '), countryName(locale, row.country), row.code])}
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
              options={['FR', 'BE', 'NL', 'LU', 'DE', 'GB', 'CH', 'ES', 'IT'].map((code) => ({
                value: code,
                label: countryName(locale, code),
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
  const m = territoryMessages[locale];
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
  const m = territoryMessages[locale];
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
        <div class="territory-colours">
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
