import type { FC } from 'hono/jsx';
import type { Locale } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  Checkbox,
  DataTable,
  DescriptionList,
  ErrorSummary,
  LinkButton,
  PageHead,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import type { Kept } from './hooks.ts';
import { privacyMessages } from './privacy.messages.ts';

export type DataView = {
  locale: Locale;
  timeZone: string;
  person: { name: string; email: string | null; telephone: string | null; created_at: Date };
};

/** What is kept of oneself, with the copy to take away. */
export const DataPage: FC<{ view: DataView }> = ({ view }) => {
  const m = privacyMessages[view.locale];
  const { person } = view;
  const base = `/${view.locale}/compte`;
  return (
    <>
      <PageHead title={m.dataTitle} lead={m.dataLead} back={{ href: base, label: m.back }} />
      <section class="section stack" aria-labelledby="on-file">
        <h2 id="on-file">{m.onFile}</h2>
        <DescriptionList
          items={[
            { term: m.name, value: person.name || m.none },
            { term: m.email, value: person.email ?? m.none },
            { term: m.telephone, value: person.telephone ?? m.none },
            { term: m.since, value: formatter(view.locale, view.timeZone).dayLong(person.created_at) },
            { term: m.taken, value: <a href={`/${view.locale}/mes-reservations`}>{m.takenSee}</a> },
          ]}
        />
        <div class="cluster">
          <LinkButton href={`${base}/donnees.json`} kind="primary" attrs={{ download: 'quai.json' }}>
            {m.download}
          </LinkButton>
          <LinkButton href={`/${view.locale}/confidentialite`}>{m.privacy}</LinkButton>
          <LinkButton href={`${base}/effacement`} kind="danger">
            {m.erase}
          </LinkButton>
        </div>
      </section>
    </>
  );
};

/** What erasing does, read before it is done. */
export const ErasePage: FC<{
  locale: Locale;
  erased: string[];
  kept: Kept[];
  error?: string | undefined;
  refused: Explained[];
}> = ({ locale, erased, kept, error, refused }) => {
  const m = privacyMessages[locale];
  const all: Kept[] = [
    { what: m.keptBookings, why: m.keptBookingsWhy, until: m.keptBookingsUntil },
    { what: m.keptJournal, why: m.keptJournalWhy, until: m.keptJournalUntil },
    ...kept,
  ];
  const errors = [
    ...(error ? [{ field: 'confirmed', message: error }] : []),
    ...refused.map((one) => ({ message: one.text })),
  ];
  return (
    <>
      <PageHead title={m.erase} lead={m.eraseLead} back={{ href: `/${locale}/compte/donnees`, label: m.dataTitle }} />
      {errors.length > 0 ? <ErrorSummary title={m.errors} errors={errors} /> : null}
      <section class="section stack" aria-labelledby="erased">
        <h2 id="erased">{m.erasedTitle}</h2>
        <ul>
          {[...m.erasedItems.split('\n'), ...erased].map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      </section>
      <section class="section" aria-labelledby="kept">
        <h2 id="kept">{m.keptTitle}</h2>
        <DataTable
          caption={m.keptTitle}
          quiet
          columns={[{ label: m.what, heading: true }, { label: m.why }, { label: m.until }]}
          rows={all.map((one) => [one.what, one.why, one.until])}
        />
      </section>
      <form method="post" action={`/${locale}/compte/effacement`} class="section stack prose" novalidate>
        <Checkbox label={m.confirm} name="confirmed" error={error} required />
        <Button kind="danger">{m.eraseButton}</Button>
      </form>
    </>
  );
};

/** The last page: nobody is signed in any more. */
export const GonePage: FC<{ locale: Locale }> = ({ locale }) => {
  const m = privacyMessages[locale];
  return (
    <>
      <PageHead title={m.gone} lead={m.goneText} />
      <LinkButton href={`/${locale}`} kind="primary">
        {m.home}
      </LinkButton>
    </>
  );
};
