import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { bind, Field } from '../../ui/components/index.ts';
import { isNameless } from './visitor.input.ts';
import { visitorsMessages } from './visitors.messages.ts';

/** Who asks: known by their account, or by what they write here. */
export const VisitorFields: FC<{
  ctx: Ctx;
  values: FormValues;
  errors: FieldErrors;
  /** Where signing in leads back to: this very form. */
  back: string;
  /** What the e-mail is for. */
  emailHint: string;
  /** What the telephone is for, where it is asked. */
  telephoneHint?: string;
}> = ({ ctx, values, errors, back, emailHint, telephoneHint }) => {
  const m = visitorsMessages[ctx.locale];
  const f = bind({ values, errors });
  const name = <Field label={m.name} {...f('nom')} autocomplete="name" maxlength={120} required />;
  if (ctx.actor.kind === 'person') return isNameless(ctx) ? name : <p>{m.signedIn(ctx.actor.name)}</p>;
  return (
    <>
      <p>
        <a href={`/${ctx.locale}/connexion?${new URLSearchParams({ retour: back })}`}>{m.signIn}</a>
      </p>
      {name}
      <Field label={m.email} hint={emailHint} {...f('email')} type="email" autocomplete="email" required />
      {telephoneHint ? (
        <Field label={m.telephone} hint={telephoneHint} {...f('telephone')} type="tel" autocomplete="tel" />
      ) : null}
    </>
  );
};

/** What the fields of a visitor are called, to name them where what is missing is listed. */
export const visitorLabels = ({ locale }: Ctx): { nom: string; email: string } => {
  const { name, email } = visitorsMessages[locale];
  return { nom: name, email };
};
