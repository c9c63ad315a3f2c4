import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, ErrorSummary, Field, LinkButton, Notice, PageHead, PostButton } from '../../ui/components/index.ts';
import type { Searched } from '../finding/index.ts';
import { Reasons } from '../notices/index.ts';
import { DemoMail } from '../visitors/index.ts';
import { waitingMessages } from './waiting.messages.ts';
import type { Wish } from './waiting.store.ts';
import { type Wanted, wantedWords } from './waiting.words.ts';

const Recap: FC<{ ctx: Ctx; wanted: Wanted }> = ({ ctx, wanted }) => {
  const { what, how } = wantedWords(ctx, wanted, ctx.locale);
  return (
    <section class="card about">
      <p class="recap-name">{what}</p>
      <p>{how}</p>
    </section>
  );
};

const Hidden: FC<{ values: FormValues }> = ({ values }) => (
  <>
    {Object.entries(values).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

const filled = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** What the search offers when nothing is free: one gesture for who is signed in, a page for others. */
export const WaitingOffer: FC<Searched & { ctx: Ctx; known: boolean }> = ({ ctx, known, free, about, ...searched }) => {
  const m = waitingMessages[ctx.locale];
  const values = filled(searched.values);
  const path = `/${ctx.locale}/me-prevenir`;
  const href = `${path}?${new URLSearchParams(values)}`;
  if (free) {
    return (
      <p class="meta">
        {m.offerOther} <a href={href}>{m.offerOtherLink}</a>
      </p>
    );
  }
  if (known) return <PostButton action={path} label={m.offer} hidden={values} about={about} />;
  return (
    <p>
      <LinkButton href={href}>
        {m.offer}
        {about ? <span class="hidden"> {about}</span> : null}
      </LinkButton>
    </p>
  );
};

/** Asking to be told: an e-mail, or nothing at all for who is signed in. */
export const AskPage: FC<{
  ctx: Ctx;
  wanted: Wanted;
  values: FormValues;
  known: boolean;
  email?: string | undefined;
  error?: string | undefined;
  refused?: readonly Explained[];
}> = ({ ctx, wanted, values, known, email, error, refused = [] }) => {
  const m = waitingMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.title} lead={m.lead} />
      {error ? <ErrorSummary title={m.errors} errors={[{ field: 'email', message: error }]} /> : null}
      <Reasons ctx={ctx} site={undefined} title={m.refused} reasons={refused} />
      <h2>{m.wanted}</h2>
      <Recap ctx={ctx} wanted={wanted} />
      <form method="post" action={`/${ctx.locale}/me-prevenir`} class="stack prose" novalidate>
        <Hidden values={values} />
        {known ? null : (
          <Field
            label={m.email}
            hint={m.emailHint}
            name="email"
            type="email"
            autocomplete="email"
            maxlength={254}
            value={email}
            error={error}
            required
          />
        )}
        <Button>{known ? m.tellMe : m.send}</Button>
      </form>
      <p>
        <a href={`/${ctx.locale}/trouver?${new URLSearchParams(withoutThing(values))}`}>{m.change}</a>
      </p>
    </>
  );
};

const withoutThing = ({ ressource: _, ...values }: FormValues): FormValues => values;

/** After asking by e-mail: the same words whatever the e-mail. */
export const SentPage: FC<{ ctx: Ctx; demo: boolean }> = ({ ctx, demo }) => {
  const m = waitingMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.sentTitle} lead={m.sent} />
      <p>{m.spam}</p>
      <DemoMail ctx={ctx} demo={demo} />
    </>
  );
};

/** Opened from the mail that asks whether the address is theirs. */
export const ConfirmPage: FC<{ ctx: Ctx; wanted: Wanted; token: string; refused: readonly Explained[] }> = ({
  ctx,
  wanted,
  token,
  refused,
}) => {
  const m = waitingMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.confirmTitle} lead={m.confirmLead} />
      <Reasons ctx={ctx} site={undefined} title={m.refused} reasons={refused} />
      <Recap ctx={ctx} wanted={wanted} />
      <PostButton
        action={`/${ctx.locale}/me-prevenir/confirmer`}
        label={m.confirmAction}
        kind="primary"
        hidden={{ jeton: token }}
      />
    </>
  );
};

/** One's wish: where it stands, how to renew it or stop it. */
export const WishPage: FC<{
  ctx: Ctx;
  wish: Wish;
  wanted: Wanted;
  linkKey: string | undefined;
  noted: boolean;
  refused: readonly Explained[];
}> = ({ ctx, wish, wanted, linkKey, noted, refused }) => {
  const m = waitingMessages[ctx.locale];
  const base = `/${ctx.locale}/me-prevenir/${wish.id}`;
  const hidden: Record<string, string> = linkKey ? { cle: linkKey } : {};
  const told = wish.status === 'told';
  return (
    <>
      <PageHead title={m.wish} />
      {noted && !told ? <Notice kind="good">{m.noted}</Notice> : null}
      <Reasons ctx={ctx} site={undefined} title={m.refused} reasons={refused} />
      <Recap ctx={ctx} wanted={wanted} />
      <p>{told ? m.told : m.waiting}</p>
      <div class="cluster" id="arret">
        {told ? <PostButton action={`${base}/encore`} label={m.again} kind="primary" hidden={hidden} /> : null}
        <PostButton action={`${base}/arret`} label={m.stop} hidden={hidden} />
      </div>
    </>
  );
};

/** The end of a wish, or of a link: nothing is left to show. */
export const EndPage: FC<{ ctx: Ctx; end: 'stopped' | 'gone' }> = ({ ctx, end }) => {
  const m = waitingMessages[ctx.locale];
  return (
    <>
      <PageHead title={end === 'stopped' ? m.stoppedTitle : m.gone} lead={end === 'stopped' ? m.stopped : m.goneText} />
      <p>
        <LinkButton href={`/${ctx.locale}/trouver`}>{m.find}</LinkButton>
      </p>
    </>
  );
};

/** What one waits for, on the account page. */
export const MyWishes: FC<{ ctx: Ctx; wishes: readonly (Wanted & { wish: Wish })[] }> = ({ ctx, wishes }) => {
  const m = waitingMessages[ctx.locale];
  return (
    <section class="section stack" aria-labelledby="my-wishes">
      <h2 id="my-wishes">{m.mine}</h2>
      <ul class="stack">
        {wishes.map(({ wish, ...wanted }) => {
          const { what, how } = wantedWords(ctx, wanted, ctx.locale);
          return (
            <li>
              <a href={`/${ctx.locale}/me-prevenir/${wish.id}`}>{what}</a>, {how}
              {wish.status === 'told' ? ` (${m.mineTold})` : null}
              <PostButton
                action={`/${ctx.locale}/me-prevenir/${wish.id}/arret`}
                label={m.stop}
                kind="quiet"
                about={`${what}, ${how}`}
                hidden={{ retour: 'compte' }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
};
