import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import {
  bind,
  Checkbox,
  DataTable,
  EmptyState,
  FieldGroup,
  LinkButton,
  PageHead,
  PostButton,
  Select,
} from '../../ui/components/index.ts';
import type { Helper, Reason } from '../presence/index.ts';
import { type Form, I18nField, SetupForm } from '../setup/index.ts';
import { openingMessages } from './opening.messages.ts';

type Words = { locale: Locale; main: Locale };
export const root = (locale: Locale): string => `/${locale}/permanences`;

/** Who receives, for what. */
export const HelpersPage: FC<Words & { helpers: Helper[]; reasons: Reason[] }> = ({
  locale,
  main,
  helpers,
  reasons,
}) => {
  const m = openingMessages[locale];
  const names = new Map(reasons.map((reason) => [reason.id, say(reason.name, locale, main)]));
  return (
    <>
      <PageHead
        title={m.helpers}
        back={{ href: root(locale), label: m.back }}
        lead={m.helpersLead}
        actions={
          <LinkButton kind="primary" href={`${root(locale)}/equipe/nouvelle`}>
            {m.helperNew}
          </LinkButton>
        }
      />
      <DataTable
        caption={m.helpers}
        quiet
        columns={[
          { label: m.person, heading: true },
          { label: m.belongs },
          { label: m.receivesFor },
          { label: m.edit, action: true },
        ]}
        rows={helpers.map((helper) => [
          helper.name,
          say(helper.siteName, locale, main),
          helper.archived ? m.helperStopped : helper.reasonIds.flatMap((id) => names.get(id) ?? []).join(' · ') || '—',
          helper.archived ? (
            ''
          ) : (
            <a href={`${root(locale)}/equipe/${helper.id}`}>
              {m.edit} <span class="hidden">{helper.name}</span>
            </a>
          ),
        ])}
        empty={
          <EmptyState title={m.helpersNone}>
            <p>{m.helpersNoneText}</p>
          </EmptyState>
        }
      />
    </>
  );
};

/** Somebody new who receives, or what is said of one who does. */
export const HelperPage: FC<
  Words & {
    form: Form;
    helper: Helper | undefined;
    people: { id: string; name: string }[];
    sites: { id: string; name: I18nText }[];
    reasons: Reason[];
  }
> = ({ locale, main, form, helper, people, sites, reasons }) => {
  const m = openingMessages[locale];
  const f = bind(form);
  const here = helper ? `${root(locale)}/equipe/${helper.id}` : `${root(locale)}/equipe/nouvelle`;
  const back = { href: `${root(locale)}/equipe`, label: m.helpers };
  if (!helper && people.length === 0) return <PageHead title={m.helperNew} back={back} lead={m.personNone} />;
  return (
    <>
      <PageHead title={helper ? m.helperEdit(helper.name) : m.helperNew} back={back} />
      <SetupForm locale={locale} form={form} action={here} verb={helper ? m.helperSave : m.helperVerb}>
        {helper ? null : (
          <Select
            {...f('person')}
            label={m.person}
            hint={m.personHint}
            required
            options={people.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
        <Select
          {...f('site')}
          label={m.belongs}
          required
          options={sites.map((site) => ({ value: site.id, label: say(site.name, locale, main) }))}
        />
        <I18nField {...{ form, locale, main }} name="does" label={m.does} hint={m.doesHint} max={160} />
        <FieldGroup legend={m.receivesFor}>
          {reasons.map((reason) => (
            <Checkbox
              name="reasons"
              value={reason.id}
              label={say(reason.name, locale, main)}
              checked={(form.ticked.reasons ?? []).includes(reason.id)}
            />
          ))}
        </FieldGroup>
      </SetupForm>
      {helper ? (
        <section class="section stack">
          <h2>{m.helperStopTitle}</h2>
          <p>{m.helperStopText}</p>
          <PostButton action={`${here}/arret`} label={m.helperStop} kind="danger" />
        </section>
      ) : null}
    </>
  );
};
