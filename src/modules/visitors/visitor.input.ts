import type { Ctx } from '../../core/context.ts';
import { email, optionalText, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import type { Booker } from '../booking/index.ts';

/** What whoever has no account must say of themselves, as the fields of a form's schema. */
export const visitorShape = { nom: text(120), email };

/** Whether somebody is signed in who never said what they are called. */
export const isNameless = ({ actor }: Ctx): boolean => actor.personId !== null && !actor.name.trim();

/** The same for whoever is signed in: a name where their account has none. It is read after too, so that a form sent twice is one. */
export const ownShape = (ctx: Ctx) => ({ nom: isNameless(ctx) ? text(120) : optionalText(120) });

/** Keeps the name that whoever has none wrote with what they ask for; a name that is known stays. */
export async function keepName(inside: Ctx, nom: string | undefined): Promise<void> {
  const { personId } = inside.actor;
  if (!personId || !nom || !isNameless(inside)) return;
  const kept = await inside.db
    .updateTable('person')
    .set((eb) => ({ name: nom, version: eb('version', '+', 1) }))
    .where('id', '=', personId)
    .where('name', '=', '')
    .executeTakeFirst();
  if (kept.numUpdatedRows === 0n) return;
  await record(inside, { kind: 'person.updated', subjectKind: 'person', subjectId: personId });
}

type Written = { nom?: string | undefined; email?: string | undefined; telephone?: string | undefined };

/** Who asks: the account that is signed in, or what the form says. */
export function askerOf(ctx: Ctx, form: Written): Booker {
  const { personId } = ctx.actor;
  if (personId) return { id: personId };
  return { name: form.nom ?? '', email: form.email, telephone: form.telephone, language: ctx.locale };
}
