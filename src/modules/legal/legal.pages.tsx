import type { FC } from 'hono/jsx';
import type { Territory } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import { DataTable, DescriptionList, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { telHref } from '../../ui/layout.tsx';
import { keptYears } from '../evidence/index.ts';
import { retention } from '../privacy/index.ts';
import { legalMessages } from './legal.messages.ts';

type Props = { locale: Locale; territory: Territory };

const publisherName = (territory: Territory): string => territory.publisher.name || territory.name;

const Contact: FC<Props> = ({ locale, territory }) => {
  const m = legalMessages[locale];
  const { telephone, email } = territory;
  return (
    <DescriptionList
      items={[
        { term: m.telephone, value: telephone ? <a href={telHref(telephone)}>{telephone}</a> : m.missing },
        { term: m.email, value: email ? <a href={`mailto:${email}`}>{email}</a> : m.missing },
      ]}
    />
  );
};

/** The accessibility statement, in the form French law asks for; without an audit it can only say "not compliant". */
export const AccessibilityPage: FC<Props> = ({ locale, territory }) => {
  const m = legalMessages[locale];
  return (
    <>
      <PageHead title={m.accessibility} lead={m.accessibilityLead(publisherName(territory))} />
      <div class="section prose">
        <h2>{m.state}</h2>
        <p>{m.stateText}</p>
        <h2>{m.done}</h2>
        <p>{m.doneText}</p>
        <h2>{m.notAccessible}</h2>
        <p>{m.notAccessibleText}</p>
        <h2>{m.help}</h2>
        <p>{m.helpText}</p>
        <Contact locale={locale} territory={territory} />
        <h2>{m.remedies}</h2>
        <p>{m.remediesText}</p>
        <ul>
          <li>
            <a href="https://formulaire.defenseurdesdroits.fr/">{m.remedyWrite}</a>
          </li>
          <li>
            <a href="https://www.defenseurdesdroits.fr/saisir/delegues">{m.remedyDelegate}</a>
          </li>
          <li>{m.remedyPost}</li>
        </ul>
        <h2>{m.built}</h2>
        <p>{m.builtText}</p>
      </div>
    </>
  );
};

/** Who publishes and hosts; what nobody filled in is said rather than hidden. */
export const LegalPage: FC<Props> = ({ locale, territory }) => {
  const m = legalMessages[locale];
  const { publisher } = territory;
  const given = (key: string) => publisher[key] || m.missing;
  const complete = ['name', 'address', 'director', 'host'].every((key) => publisher[key]);
  return (
    <>
      <PageHead title={m.legal} lead={m.legalLead} />
      {territory.demonstration ? <Notice>{m.demonstration}</Notice> : null}
      {complete ? null : <Notice kind="warning">{m.incomplete}</Notice>}
      <div class="section prose">
        <h2>{m.publisher}</h2>
        <DescriptionList
          items={[
            { term: m.publisherName, value: given('name') },
            { term: m.address, value: given('address') },
            { term: m.registration, value: given('registration') },
            { term: m.director, value: given('director') },
          ]}
        />
        <h2>{m.contact}</h2>
        <Contact locale={locale} territory={territory} />
        <h2>{m.host}</h2>
        <p>{given('host')}</p>
        <h2>{m.software}</h2>
        <p>{m.softwareText}</p>
      </div>
    </>
  );
};

/** What is kept, why and how long, from the very numbers the nightly tidying uses. */
export const PrivacyPage: FC<Props> = ({ locale, territory }) => {
  const m = legalMessages[locale];
  const inactive = m.years(Math.round(retention.inactivePerson / 365));
  return (
    <>
      <PageHead title={m.privacy} lead={m.privacyLead} />
      <section class="section" aria-labelledby="kept">
        <h2 id="kept">{m.kept}</h2>
        <DataTable
          caption={m.kept}
          quiet
          columns={[{ label: m.what, heading: true }, { label: m.why }, { label: m.howLong }]}
          rows={[
            [m.rowPerson, m.rowPersonWhy, m.rowPersonTime(inactive)],
            [m.rowBookings, m.rowBookingsWhy, m.rowBookingsTime],
            [m.rowRegistrations, m.rowRegistrationsWhy, m.rowBookingsTime],
            [m.rowSheets, m.rowSheetsWhy, m.rowSheetsTime(m.years(keptYears))],
            [m.rowFeedback, m.rowFeedbackWhy, m.rowFeedbackTime],
            [m.rowOrganisation, m.rowOrganisationWhy, m.rowOrganisationTime],
            [m.rowCodes, m.rowCodesWhy, m.rowSessionsTime(m.days(retention.emailCode))],
            [m.rowSessions, m.rowSessionsWhy, m.rowSessionsTime(m.days(retention.endedSession))],
            [m.rowWishes, m.rowWishesWhy, m.rowWishesTime],
            [m.rowLimits, m.rowLimitsWhy, m.days(retention.rateLimit)],
            [m.rowInvitations, m.rowInvitationsWhy, m.days(retention.invitation)],
            [m.rowQueue, m.rowQueueWhy, m.days(retention.outbox)],
            [m.rowMails, m.rowMailsWhy, m.days(retention.keptMail)],
            [m.rowJournal, m.rowJournalWhy, m.rowJournalTime],
          ]}
        />
      </section>
      <div class="section prose">
        <h2>{m.rights}</h2>
        <p>{m.rightsText}</p>
        <LinkButton href={`/${locale}/compte/donnees`}>{m.rightsLink}</LinkButton>
        <h2>{m.never}</h2>
        <p>{m.neverText}</p>
        <h2>{m.basis}</h2>
        <p>{m.basisText}</p>
        <h2>{m.controller}</h2>
        <p>{m.controllerText(publisherName(territory))}</p>
        <Contact locale={locale} territory={territory} />
        <p>
          {m.cnil} <a href="https://www.cnil.fr/fr/plaintes">cnil.fr</a>
        </p>
      </div>
    </>
  );
};
