import type { Ctx } from '../../core/context.ts';
import { email, text } from '../../core/input.ts';
import type { Booker } from '../booking/index.ts';

/** What whoever has no account must say of themselves, as the fields of a form's schema. */
export const visitorShape = { nom: text(120), email };

type Written = { nom?: string | undefined; email?: string | undefined; telephone?: string | undefined };

/** Who asks: the account that is signed in, or what the form says. */
export function askerOf(ctx: Ctx, form: Written): Booker {
  const { personId } = ctx.actor;
  if (personId) return { id: personId };
  return { name: form.nom ?? '', email: form.email, telephone: form.telephone, language: ctx.locale };
}
