import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import {
  bind,
  DataTable,
  EmptyState,
  Field,
  LinkButton,
  PageHead,
  PostButton,
  Select,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import type { Reason } from '../presence/index.ts';
import { type Form, I18nField, SetupForm } from '../setup/index.ts';
import { root } from './helpers.pages.tsx';
import { openingMessages } from './opening.messages.ts';

type Words = { locale: Locale; main: Locale };

/** Why people come: how long it takes, who may. */
export const ReasonsPage: FC<Words & { reasons: Reason[]; counts: ReadonlyMap<string, number> }> = ({
  locale,
  main,
  reasons,
  counts,
}) => {
  const m = openingMessages[locale];
  const write = formatter(locale, 'UTC');
  const own = `${root(locale)}/sujets`;
  return (
    <>
      <PageHead
        title={m.reasons}
        back={{ href: root(locale), label: m.back }}
        lead={m.reasonsLead}
        actions={
          <LinkButton kind={reasons.length > 0 ? 'primary' : 'secondary'} href={`${own}/nouveau`}>
            {m.reasonNew}
          </LinkButton>
        }
      />
      <DataTable
        caption={m.reasons}
        quiet
        columns={[
          { label: m.reasonName, heading: true },
          { label: m.duration },
          { label: m.reasonWho },
          { label: m.helpers },
          { label: m.edit, action: true },
        ]}
        rows={reasons.map((reason) => [
          say(reason.name, locale, main),
          write.duration(reason.minutes),
          reason.archived ? m.reasonArchived : m.who[reason.who],
          m.helperCount(counts.get(reason.id) ?? 0),
          <a href={`${own}/${reason.slug}`}>
            {m.edit} <span class="hidden">{say(reason.name, locale, main)}</span>
          </a>,
        ])}
        empty={
          <EmptyState
            title={m.reasonsNone}
            action={<PostButton action={`${own}/courants`} label={m.reasonsUsual} kind="primary" />}
          >
            <p>{m.reasonsNoneText}</p>
          </EmptyState>
        }
      />
    </>
  );
};

/** A reason to come, new or changed. */
export const ReasonPage: FC<
  Words & { form: Form; reason: Reason | undefined; lines: { id: string; name: I18nText }[] }
> = ({ locale, main, form, reason, lines }) => {
  const m = openingMessages[locale];
  const f = bind(form);
  const own = `${root(locale)}/sujets`;
  const here = reason ? `${own}/${reason.slug}` : `${own}/nouveau`;
  return (
    <>
      <PageHead title={reason ? say(reason.name, locale, main) : m.reasonNew} back={{ href: own, label: m.reasons }} />
      <SetupForm locale={locale} form={form} action={here} verb={reason ? m.reasonSave : m.reasonVerb}>
        <I18nField
          {...{ form, locale, main }}
          name="name"
          label={m.reasonName}
          hint={m.reasonNameHint}
          max={80}
          required
        />
        <I18nField {...{ form, locale, main }} name="summary" label={m.reasonSummary} max={300} />
        <I18nField
          {...{ form, locale, main }}
          name="bring"
          label={m.reasonBring}
          hint={m.reasonBringHint}
          max={600}
          rows={3}
        />
        <div class="group-row">
          <Field {...f('minutes')} label={m.reasonMinutes} type="number" min={5} max={480} step={5} required />
          <Field {...f('places')} label={m.reasonPlaces} type="number" min={1} max={20} required />
        </div>
        <Select
          {...f('who')}
          label={m.reasonWho}
          required
          options={(['public', 'member', 'team'] as const).map((who) => ({ value: who, label: m.who[who] }))}
        />
        <Field {...f('notice')} label={m.reasonNotice} hint={m.reasonNoticeHint} maxlength={20} />
        <Field {...f('horizon')} label={m.reasonHorizon} type="number" min={1} max={400} required />
        <Select
          {...f('line')}
          label={m.reasonLine}
          plain
          options={[
            { value: '', label: m.reasonNoLine },
            ...lines.map((line) => ({ value: line.id, label: say(line.name, locale, main) })),
          ]}
        />
      </SetupForm>
      {reason ? (
        <p>
          <PostButton
            action={`${here}/${reason.archived ? 'reprise' : 'arret'}`}
            label={reason.archived ? m.reasonResume : m.reasonArchive}
            kind="secondary"
          />
        </p>
      ) : null}
    </>
  );
};
