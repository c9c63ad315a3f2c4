import type { FC } from 'hono/jsx';
import type { Locale } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, ErrorSummary, Field, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { signInMessages } from './sign-in.messages.ts';

type Common = { locale: Locale; returnTo: string | undefined };

const Return: FC<{ path: string | undefined }> = ({ path }) =>
  path ? <input type="hidden" name="retour" value={path} /> : null;

/** The next steps of a refusal, as links below its words. */
export const Refused: FC<{ title: string; refused: Explained[]; field?: string }> = ({ title, refused, field }) => (
  <>
    <ErrorSummary title={title} errors={refused.map((one) => ({ field, message: one.text }))} />
    {refused.map((one) =>
      one.next ? (
        <p>
          <a href={one.next.href}>{one.next.label}</a>
        </p>
      ) : null,
    )}
  </>
);

/** One question: the e-mail. */
export const SignInPage: FC<
  Common & { email: string; error?: string | undefined; refused: Explained[]; signedIn: boolean; demo: boolean }
> = ({ locale, returnTo, email, error, refused, signedIn, demo }) => {
  const m = signInMessages[locale];
  return (
    <div class="stack">
      <PageHead title={m.title} lead={m.lead} />
      {signedIn ? (
        <Notice>
          {m.signedIn} <a href={`/${locale}/compte`}>{m.toAccount}</a>
        </Notice>
      ) : null}
      {error ? <ErrorSummary title={m.errors} errors={[{ field: 'email', message: error }]} /> : null}
      {refused.length > 0 ? <Refused title={m.errors} refused={refused} /> : null}
      <form method="post" action={`/${locale}/connexion`} class="stack prose" novalidate>
        <Field label={m.email} name="email" type="email" autocomplete="email" value={email} error={error} required />
        <Return path={returnTo} />
        <Button>{m.send}</Button>
      </form>
      <p>{m.first}</p>
      {demo ? <DemoAccounts locale={locale} returnTo={returnTo} /> : null}
    </div>
  );
};

const DemoAccounts: FC<Common> = ({ locale, returnTo }) => {
  const m = signInMessages[locale];
  const accounts = [
    ['habitant@quai.example', m.demoInhabitant],
    ['equipe@quai.example', m.demoTeam],
    ['admin@quai.example', m.demoAdmin],
  ] as const;
  return (
    <section class="section stack" aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{m.demoTitle}</h2>
      <p>
        {m.demoText} <a href="/dev/mails">{m.demoMails}</a>
      </p>
      <div class="cluster">
        {accounts.map(([email, label]) => (
          <form class="post-button" method="post" action={`/${locale}/connexion`}>
            <input type="hidden" name="email" value={email} />
            <Return path={returnTo} />
            <Button kind="secondary">
              {label} ({email})
            </Button>
          </form>
        ))}
      </div>
    </section>
  );
};

/** The code just sent. The page never says whether the address is known. */
export const CodePage: FC<Common & { refused: Explained[]; demo: boolean }> = ({ locale, returnTo, refused, demo }) => {
  const m = signInMessages[locale];
  return (
    <div class="stack">
      <PageHead title={m.codeTitle} lead={m.sent} />
      {refused.length > 0 ? <Refused title={m.errors} refused={refused} field="code" /> : null}
      {demo ? (
        <Notice>
          {m.demoText} <a href="/dev/mails">{m.demoMails}</a>
        </Notice>
      ) : null}
      <form method="post" action={`/${locale}/connexion/code`} class="stack prose" novalidate>
        <Field
          label={m.code}
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={12}
          error={refused[0]?.text}
          required
        />
        <Return path={returnTo} />
        <Button>{m.enter}</Button>
      </form>
      <p>
        {m.spam} <a href={`/${locale}/connexion`}>{m.again}</a>
      </p>
    </div>
  );
};

/** The page a mail's link opens: it only signs in when its button is pressed. */
export const LinkPage: FC<Common & { email: string; linkToken: string }> = ({ locale, returnTo, email, linkToken }) => {
  const m = signInMessages[locale];
  return (
    <div class="stack">
      <PageHead title={m.linkTitle} />
      <p>
        {m.linkLead} <b>{email}</b>
      </p>
      <form method="post" action={`/${locale}/connexion/lien`} class="stack prose">
        <input type="hidden" name="jeton" value={linkToken} />
        <Return path={returnTo} />
        <Button>{m.linkEnter}</Button>
      </form>
    </div>
  );
};

/** A link that was used or is too old. */
export const LinkGonePage: FC<{ locale: Locale; refused: Explained[] }> = ({ locale, refused }) => {
  const m = signInMessages[locale];
  return (
    <div class="stack">
      <PageHead title={m.linkGone} />
      <Notice kind="warning">{refused.map((one) => one.text).join(' ')}</Notice>
      <div class="cluster">
        <LinkButton href={`/${locale}/connexion`} kind="primary">
          {m.newCode}
        </LinkButton>
      </div>
    </div>
  );
};
