import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, EmptyState, Field, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { type BookingView, formatOf, lineOf, Reasons } from '../notices/index.ts';
import { confirmMessages } from './confirm.messages.ts';

/** Enough of an address to see a slip of the finger, not enough to learn it: "ca…@exemple.fr". */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, Math.min(2, at))}…${email.slice(at)}`;
}

const What: FC<{ ctx: Ctx; views: readonly BookingView[] }> = ({ ctx, views }) => (
  <section class="card about">
    {views.map((view) => (
      <p class="recap-name">{lineOf(view, ctx.locale, ctx.territory.mainLanguage)}</p>
    ))}
  </section>
);

/** The six digits of the mail. */
export const CodePage: FC<{
  ctx: Ctx;
  views: readonly [BookingView, ...BookingView[]];
  email: string;
  demo: boolean;
  refused: readonly Explained[];
}> = ({ ctx, views, email, demo, refused }) => {
  const { locale } = ctx;
  const m = confirmMessages[locale];
  const [first] = views;
  const until = first.holdExpiresAt ?? first.start;
  return (
    <>
      <PageHead title={m.title} lead={m.lead(maskEmail(email))} />
      <Reasons ctx={ctx} site={first.resource.site} title={m.refused} reasons={refused} />
      <What ctx={ctx} views={views} />
      <form method="post" action={`/${locale}/reservations/${first.reference}/confirmation`} class="stack code-form">
        <Field
          label={m.code}
          hint={m.codeHint}
          name="code"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={12}
          required
        />
        <Button>{m.confirm}</Button>
      </form>
      <p>{m.until(formatOf(first.resource, locale).time(until))}</p>
      {demo ? (
        <p>
          <a href="/dev/mails">{m.demo}</a>
        </p>
      ) : null}
    </>
  );
};

/** The mail's link opens this page; only the button confirms, because mail scanners open links too. */
export const LinkPage: FC<{
  ctx: Ctx;
  views: readonly BookingView[];
  token: string;
  seeHref: string | undefined;
  refused: readonly Explained[];
}> = ({ ctx, views, token, seeHref, refused }) => {
  const { locale } = ctx;
  const m = confirmMessages[locale];
  return (
    <>
      <PageHead title={m.linkTitle} lead={seeHref ? undefined : m.linkLead} />
      <Reasons ctx={ctx} site={views[0]?.resource.site} title={m.refused} reasons={refused} />
      <What ctx={ctx} views={views} />
      {seeHref ? (
        <>
          <Notice kind="good">{m.already}</Notice>
          <LinkButton kind="primary" href={seeHref}>
            {m.see}
          </LinkButton>
        </>
      ) : (
        <form method="post" action={`/${locale}/reservations/confirmer`}>
          <input type="hidden" name="jeton" value={token} />
          <Button>{m.confirm}</Button>
        </form>
      )}
    </>
  );
};

/** A link that is cut or unknown. */
export const LinkGonePage: FC<{ ctx: Ctx }> = ({ ctx }) => {
  const m = confirmMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.linkGone} lead={m.linkGoneText} />
      <LinkButton kind="primary" href={`/${ctx.locale}/trouver`}>
        {m.find}
      </LinkButton>
    </>
  );
};

/** What a stranger reads who scans a code: what it is and what to do, nothing of whose it is. */
export const ScanPage: FC<{ ctx: Ctx; path: string }> = ({ ctx, path }) => {
  const m = confirmMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.scanTitle} />
      <EmptyState
        title={m.scanTeam}
        action={
          <LinkButton kind="primary" href={`/${ctx.locale}/connexion?${new URLSearchParams({ retour: path })}`}>
            {m.signIn}
          </LinkButton>
        }
      >
        <p>{m.scanOwn}</p>
      </EmptyState>
    </>
  );
};
