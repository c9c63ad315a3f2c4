import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, Field, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { maskEmail } from '../mybookings/index.ts';
import { Reasons } from '../notices/index.ts';
import { type Both, formatOf, titleOf, whenOf } from '../tidings/index.ts';
import { enrolmentMessages } from './enrolment.messages.ts';

const What: FC<{ ctx: Ctx; all: readonly Both[] }> = ({ ctx, all }) => (
  <section class="card about">
    {all.map(({ session }) => (
      <p class="recap-name">
        {titleOf(ctx, session, ctx.locale)}, {whenOf(session, ctx.locale)}
      </p>
    ))}
  </section>
);

/** The six digits of the mail. */
export const CodePage: FC<{
  ctx: Ctx;
  all: readonly [Both, ...Both[]];
  email: string;
  demo: boolean;
  refused: readonly Explained[];
}> = ({ ctx, all, email, demo, refused }) => {
  const { locale } = ctx;
  const m = enrolmentMessages[locale];
  const [{ view, session }] = all;
  const until = view.holdExpiresAt ?? session.start;
  return (
    <>
      <PageHead title={m.codeTitle} lead={m.codeLead(maskEmail(email))} />
      <Reasons ctx={ctx} site={session.site} title={m.codeRefused} reasons={refused} />
      <What ctx={ctx} all={all} />
      <form method="post" action={`/${locale}/inscriptions/${view.reference}/confirmation`} class="stack code-form">
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
      <p>{view.waitingSince ? m.codeWait : m.codeUntil(formatOf(session, locale).time(until))}</p>
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
  all: readonly [Both, ...Both[]];
  token: string;
  seeHref: string | undefined;
  refused: readonly Explained[];
}> = ({ ctx, all, token, seeHref, refused }) => {
  const { locale } = ctx;
  const m = enrolmentMessages[locale];
  return (
    <>
      <PageHead title={m.linkTitle} lead={seeHref ? undefined : m.linkLead} />
      <Reasons ctx={ctx} site={all[0].session.site} title={m.codeRefused} reasons={refused} />
      <What ctx={ctx} all={all} />
      {seeHref ? (
        <>
          <Notice kind="good">{m.already}</Notice>
          <LinkButton kind="primary" href={seeHref}>
            {m.see}
          </LinkButton>
        </>
      ) : (
        <form method="post" action={`/${locale}/inscriptions/confirmer`}>
          <input type="hidden" name="jeton" value={token} />
          <Button>{m.confirm}</Button>
        </form>
      )}
    </>
  );
};

/** A link that is cut or unknown. */
export const LinkGonePage: FC<{ ctx: Ctx }> = ({ ctx }) => {
  const m = enrolmentMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.linkGone} lead={m.linkGoneText} />
      <LinkButton kind="primary" href={`/${ctx.locale}/agenda`}>
        {m.agenda}
      </LinkButton>
    </>
  );
};
