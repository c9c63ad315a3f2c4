import type { Child, FC } from 'hono/jsx';
import { type Locale, locales } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DataTable,
  DescriptionList,
  ErrorSummary,
  Field,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  RadioGroup,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { accountMessages } from './account.messages.ts';

export type SessionItem = { id: string; agent: string; last_used_at: Date; device_id: string | null };

export type AccountView = {
  locale: Locale;
  timeZone: string;
  email: string | null;
  values: FormValues;
  errors: FieldErrors;
  pinRefused: Explained[];
  pinError?: string | undefined;
  returnTo: string | undefined;
  welcome: boolean;
  saved: boolean;
  sections: Child[];
  organisations: { name: string; registration: string | null }[];
  sessions: SessionItem[];
  currentSession: string;
  feedSince: Date | undefined;
  /** Shown once, right after it was made. */
  newFeed?: string | undefined;
  isTeam: boolean;
};

/** Everything of one's own on one page: who I am, my bookings, where I am signed in, my data. */
export const AccountPage: FC<{ view: AccountView }> = ({ view }) => {
  const m = accountMessages[view.locale];
  const base = `/${view.locale}/compte`;
  const errors = Object.entries(view.errors).map(([field, message]) => ({ field, message }));
  return (
    <>
      <PageHead title={view.welcome ? m.welcome : m.title} lead={view.welcome ? m.welcomeText : undefined} />
      {view.saved ? <Notice kind="good">{m.saved}</Notice> : null}
      {errors.length > 0 ? <ErrorSummary title={m.errors} errors={errors} /> : null}
      {view.newFeed ? <Secret text={m.calendarNew} value={view.newFeed} /> : null}
      {view.welcome ? null : view.sections.map((section) => section)}
      <Profile view={view} />
      {view.welcome ? null : (
        <>
          <Organisations view={view} />
          <Sessions view={view} />
          <section class="section stack" aria-labelledby="calendar">
            <h2 id="calendar">{m.calendar}</h2>
            <p>{m.calendarText}</p>
            {view.feedSince ? (
              <p>{m.calendarOn(formatter(view.locale, view.timeZone).dayLong(view.feedSince))}</p>
            ) : null}
            <div class="cluster">
              <PostButton action={`${base}/agenda`} label={view.feedSince ? m.calendarAgain : m.calendarMake} />
              {view.feedSince ? (
                <PostButton action={`${base}/agenda/retrait`} label={m.calendarStop} kind="quiet" />
              ) : null}
            </div>
          </section>
          {view.isTeam ? <Pin view={view} /> : null}
          <section class="section stack" aria-labelledby="keys">
            <h2 id="keys">{m.keys}</h2>
            <p>{m.keysText}</p>
            <LinkButton href={`${base}/cles`}>{m.keysLink}</LinkButton>
          </section>
          <section class="section stack" aria-labelledby="data">
            <h2 id="data">{m.data}</h2>
            <p>{m.dataText}</p>
            <div class="cluster">
              <LinkButton href={`${base}/donnees`}>{m.dataLink}</LinkButton>
              <LinkButton href={`${base}/journal`}>{m.journalLink}</LinkButton>
            </div>
          </section>
        </>
      )}
    </>
  );
};

/** A secret shown this once, in a box that selects as a whole. */
export const Secret: FC<{ text: string; value: string }> = ({ text, value }) => (
  <Notice kind="good" title={text}>
    <p>
      <code class="secret">{value}</code>
    </p>
  </Notice>
);

const Profile: FC<{ view: AccountView }> = ({ view }) => {
  const m = accountMessages[view.locale];
  return (
    <section class="section" aria-labelledby="me">
      <h2 id="me">{m.me}</h2>
      <form method="post" action={`/${view.locale}/compte`} class="stack prose" novalidate>
        <Field
          label={m.name}
          name="name"
          autocomplete="name"
          value={view.values.name}
          error={view.errors.name}
          maxlength={120}
          required
        />
        {view.email ? <DescriptionList items={[{ term: m.email, value: view.email }]} /> : null}
        <RadioGroup
          label={m.language}
          name="language"
          value={view.values.language}
          error={view.errors.language}
          options={locales.map((value) => ({ value, label: <span lang={value}>{m.languages[value]}</span> }))}
        />
        <Field
          label={m.telephone}
          name="telephone"
          type="tel"
          autocomplete="tel"
          hint={m.telephoneHint}
          value={view.values.telephone}
          error={view.errors.telephone}
        />
        {view.returnTo ? <input type="hidden" name="retour" value={view.returnTo} /> : null}
        {view.welcome ? <input type="hidden" name="bienvenue" value="1" /> : null}
        <Button>{m.save}</Button>
      </form>
    </section>
  );
};

const Organisations: FC<{ view: AccountView }> = ({ view }) =>
  view.organisations.length === 0 ? null : (
    <section class="section" aria-labelledby="organisations">
      <h2 id="organisations">{accountMessages[view.locale].organisations}</h2>
      <ul>
        {view.organisations.map((one) => (
          <li>
            {one.name}
            {one.registration ? ` (${one.registration})` : ''}
          </li>
        ))}
      </ul>
    </section>
  );

const Sessions: FC<{ view: AccountView }> = ({ view }) => {
  const m = accountMessages[view.locale];
  const format = formatter(view.locale, view.timeZone);
  const base = `/${view.locale}/compte/connexions`;
  return (
    <section class="section stack" aria-labelledby="sessions">
      <h2 id="sessions">{m.sessions}</h2>
      <DataTable
        caption={m.sessions}
        quiet
        columns={[{ label: m.device, heading: true }, { label: m.lastUsed }, { label: m.action, action: true }]}
        rows={view.sessions.map((session) => {
          const label = session.agent || m.unknownDevice;
          const here = session.id === view.currentSession;
          return [
            `${label}${session.device_id ? `, ${m.sharedTablet}` : ''}${here ? ` (${m.thisOne})` : ''}`,
            format.dayLong(session.last_used_at),
            here ? (
              ''
            ) : (
              <PostButton action={`${base}/${session.id}/retrait`} label={m.close} about={label} kind="quiet" />
            ),
          ];
        })}
      />
      {view.sessions.length > 1 ? <PostButton action={`${base}/retrait`} label={m.closeOthers} /> : null}
    </section>
  );
};

const Pin: FC<{ view: AccountView }> = ({ view }) => {
  const m = accountMessages[view.locale];
  return (
    <section class="section stack" aria-labelledby="pin">
      <h2 id="pin">{m.pin}</h2>
      <p>{m.pinText}</p>
      <form method="post" action={`/${view.locale}/compte/code`} class="stack prose" novalidate>
        <Field
          label={m.pinLabel}
          name="pin"
          type="password"
          inputmode="numeric"
          autocomplete="new-password"
          maxlength={6}
          error={view.pinError ?? view.pinRefused[0]?.text}
          required
        />
        <Button kind="secondary">{m.pinSet}</Button>
      </form>
    </section>
  );
};
