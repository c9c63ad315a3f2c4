import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, Field, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { Reasons } from '../notices/index.ts';
import type { Confirming, ConfirmingWords, ToConfirm } from './confirming.ts';
import { visitorsMessages } from './visitors.messages.ts';

/** Enough of an address to see a slip of the finger, not enough to learn it: "ca…@exemple.fr". */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, Math.min(2, at))}…${email.slice(at)}`;
}

type Common = { ctx: Ctx; how: Confirming; found: ToConfirm; refused: readonly Explained[] };

/** What it is called on the buttons. */
const wordsOf = ({ ctx, how, found }: Pick<Common, 'ctx' | 'how' | 'found'>): ConfirmingWords => ({
  ...how.words[ctx.locale],
  ...found.words,
});

/** What was refused, and what it is about. */
const What: FC<Common> = ({ ctx, found, refused }) => (
  <>
    <Reasons ctx={ctx} site={found.site} title={visitorsMessages[ctx.locale].refused} reasons={refused} />
    <section class="card about">
      {found.lines.map((line) => (
        <p class="recap-name">{line}</p>
      ))}
    </section>
  </>
);

/** In demonstration, where the mail is read that was just sent. */
export const DemoMail: FC<{ ctx: Ctx; demo: boolean }> = ({ ctx, demo }) =>
  demo ? (
    <p>
      <a href="/dev/mails">{visitorsMessages[ctx.locale].demo}</a>
    </p>
  ) : null;

/** The six digits of the mail. */
export const CodePage: FC<Common & { email: string; demo: boolean }> = ({ email, demo, ...common }) => {
  const { ctx, how, found } = common;
  const m = visitorsMessages[ctx.locale];
  const action = `/${ctx.locale}/${how.root}/${found.reference}/confirmation`;
  return (
    <>
      <PageHead title={m.codeTitle} lead={m.codeLead(maskEmail(email))} />
      <What {...common} />
      <form method="post" action={action} class="stack code-form">
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
        <Button>{wordsOf(common).confirm}</Button>
      </form>
      <p>{found.until}</p>
      <DemoMail ctx={ctx} demo={demo} />
    </>
  );
};

/** The mail's link opens this page; only the button confirms, because mail scanners open links too. */
export const LinkPage: FC<Common & { token: string; used: boolean }> = ({ token, used, ...common }) => {
  const { ctx, how, found } = common;
  const words = wordsOf(common);
  return (
    <>
      <PageHead title={words.linkTitle} lead={used ? undefined : words.linkLead} />
      <What {...common} />
      {used ? (
        <>
          <Notice kind="good">{visitorsMessages[ctx.locale].already}</Notice>
          <LinkButton kind="primary" href={`/${ctx.locale}${found.keyedPath}`}>
            {words.see}
          </LinkButton>
        </>
      ) : (
        <form method="post" action={`/${ctx.locale}/${how.root}/confirmer`}>
          <input type="hidden" name="jeton" value={token} />
          <Button>{words.confirm}</Button>
        </form>
      )}
    </>
  );
};

/** A link that is cut or unknown. */
export const LinkGonePage: FC<{ ctx: Ctx; how: Confirming }> = ({ ctx, how }) => {
  const words = how.words[ctx.locale];
  return (
    <>
      <PageHead title={visitorsMessages[ctx.locale].linkGone} lead={words.linkGoneText} />
      <LinkButton kind="primary" href={`/${ctx.locale}${how.startPath}`}>
        {words.startAgain}
      </LinkButton>
    </>
  );
};
