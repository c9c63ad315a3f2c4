import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, Field, LinkButton, PageHead } from '../../ui/components/index.ts';
import { type Gesture, placeOf, Reasons, When } from '../notices/index.ts';
import type { Seen } from './access.ts';
import { bookingMessages } from './booking.messages.ts';
import { hrefOf } from './booking.pages.tsx';

/** A gesture asked once more before it is done: what it is about, what follows, one button, one way back. */
export const AskPage: FC<{
  ctx: Ctx;
  seen: Seen;
  gesture: Gesture;
  title: string;
  text: string;
  yes: string;
  no?: string | undefined;
  danger?: boolean | undefined;
  refused: readonly Explained[];
  children?: Child;
}> = ({ ctx, seen, gesture, title, text, yes, no, danger, refused, children }) => {
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const main = ctx.territory.mainLanguage;
  const { view, key } = seen;
  return (
    <>
      <PageHead title={title} back={{ href: hrefOf(ctx, seen), label: m.backBooking }} />
      <Reasons ctx={ctx} site={seen.view.resource.site} title={m.refused} reasons={refused} />
      <section class="card about">
        <p class="recap-name">{say(view.resource.name, locale, main)}</p>
        <p>
          <strong>
            <When view={view} locale={locale} />
          </strong>
        </p>
        <p class="meta">{placeOf(view.resource, locale, main).join(' · ')}</p>
      </section>
      <p>{text}</p>
      <form method="post" action={hrefOf(ctx, { view, key: undefined }, gesture)} class="stack">
        {key ? <input type="hidden" name="cle" value={key} /> : null}
        <input type="hidden" name="version" value={String(view.version)} />
        {children}
        <div class="cluster">
          <Button kind={danger ? 'danger' : 'primary'}>{yes}</Button>
          {no ? <LinkButton href={hrefOf(ctx, seen)}>{no}</LinkButton> : null}
        </div>
      </form>
    </>
  );
};

/** Why it is cancelled: the team says it to the person; the person need not. */
export const ReasonField: FC<{ ctx: Ctx; value: string; needed: boolean }> = ({ ctx, value, needed }) => {
  const m = bookingMessages[ctx.locale];
  return (
    <Field
      label={m.cancelReason}
      hint={needed ? m.cancelReasonTeam : undefined}
      name="motif"
      value={value}
      maxlength={500}
      required={needed}
    />
  );
};
