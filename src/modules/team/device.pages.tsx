import type { FC } from 'hono/jsx';
import { encode } from 'uqr';
import type { Locale } from '../../core/i18n.ts';
import type { FieldErrors } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DescriptionList,
  ErrorSummary,
  Field,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  RadioGroup,
} from '../../ui/components/index.ts';
import { teamMessages } from './team.messages.ts';

/** A QR code as one path, black on white in any theme so that a camera reads it. */
const Qr: FC<{ text: string; label: string }> = ({ text, label }) => {
  const { data, size } = encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="220" height="220" role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};

/** What the administrator shows to the tablet: a QR code, or an address and a code to type. */
export const EnrolmentPage: FC<{ locale: Locale; name: string; code: string | undefined; publicUrl: string }> = ({
  locale,
  name,
  code,
  publicUrl,
}) => {
  const m = teamMessages[locale];
  const address = `${publicUrl}/${locale}/appareil`;
  return (
    <>
      <PageHead title={m.enrolTitle(name)} back={{ href: `/${locale}/gestion/equipe`, label: m.back }} />
      {code ? (
        <div class="section stack">
          <p>{m.enrolText}</p>
          <Qr text={`${address}?code=${code}`} label={m.enrolCode} />
          <DescriptionList
            items={[
              { term: m.enrolAddress, value: address },
              { term: m.enrolCode, value: <code class="enrol-code">{`${code.slice(0, 5)} ${code.slice(5)}`}</code> },
            ]}
          />
        </div>
      ) : (
        <Notice>{m.enrolDone}</Notice>
      )}
    </>
  );
};

/** A browser that is not a shared tablet yet: it becomes one by typing the code. */
export const EnrolPage: FC<{ locale: Locale; code: string; refused: Explained[] }> = ({ locale, code, refused }) => {
  const m = teamMessages[locale];
  return (
    <>
      <PageHead title={m.tabletEnrol} lead={m.tabletEnrolText} />
      <ErrorSummary title={m.errors} errors={refused.map((one) => ({ field: 'code', message: one.text }))} />
      <form method="post" action={`/${locale}/appareil`} class="section stack prose" novalidate>
        <Field
          label={m.tabletCode}
          name="code"
          value={code}
          autocomplete="off"
          spellcheck={false}
          maxlength={20}
          error={refused[0]?.text}
          required
        />
        <Button>{m.tabletEnrolButton}</Button>
      </form>
    </>
  );
};

export type TabletPerson = { personId: string; name: string };

/** The tablet's own page: who takes it in hand, or who holds it. */
export const TabletPage: FC<{
  locale: Locale;
  site: string;
  people: TabletPerson[];
  holder: string | undefined;
  chosen: string | undefined;
  /** What is wrong, beside the name or the PIN. */
  errors: FieldErrors;
}> = ({ locale, site, people, holder, chosen, errors }) => {
  const m = teamMessages[locale];
  if (holder !== undefined) {
    return (
      <>
        <PageHead title={m.tabletAt(site)} lead={m.tabletAs(holder)} />
        <div class="section cluster">
          <LinkButton href={`/${locale}/equipe`} kind="primary">
            {m.tabletEnter}
          </LinkButton>
          <PostButton action={`/${locale}/appareil/verrou`} label={m.tabletLock} />
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title={m.tabletAt(site)} lead={m.tabletWho} />
      <ErrorSummary title={m.errors} errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {people.length === 0 ? (
        <Notice>{m.tabletNobody}</Notice>
      ) : (
        <form method="post" action={`/${locale}/appareil/entree`} class="section stack prose tablet-form" novalidate>
          <RadioGroup
            label={m.tabletName}
            name="person"
            value={chosen}
            error={errors.person}
            options={people.map((person) => ({ value: person.personId, label: person.name || m.noName }))}
            required
          />
          <Field
            label={m.tabletPin}
            name="pin"
            type="password"
            inputmode="numeric"
            autocomplete="off"
            maxlength={6}
            error={errors.pin}
            required
          />
          <Button>{m.tabletEnter}</Button>
        </form>
      )}
    </>
  );
};

/** An invitation, read before it is accepted. */
export const InvitationPage: FC<{ locale: Locale; text: string; hint: string; email: string; linkToken: string }> = ({
  locale,
  text,
  hint,
  email,
  linkToken,
}) => {
  const m = teamMessages[locale];
  return (
    <>
      <PageHead title={m.invitation} lead={text} />
      <p>{hint}</p>
      <p>
        {m.invitationAs} <b>{email}</b>
      </p>
      <form method="post" action={`/${locale}/invitation`} class="section stack prose">
        <input type="hidden" name="jeton" value={linkToken} />
        <Button>{m.accept}</Button>
      </form>
    </>
  );
};
