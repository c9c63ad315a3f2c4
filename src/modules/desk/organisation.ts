import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { type FieldErrors, type FormValues, optionalText, parse } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { checkRegistration, countries } from '../accounts/index.ts';
import { organisationsNamed } from './desk.store.ts';
import { organisationMessages } from './organisation.messages.ts';

export type Named = { name: string; country: string; registration: string | null };

const fields = z.object({
  organisation: optionalText(200),
  pays: z.enum(countries).default('FR'),
  numero: optionalText(40),
});

/** The organisation a form of the desk names, if any; its number is checked by its key. */
export function readOrganisation(values: FormValues, locale: Locale): { named?: Named; errors: FieldErrors } {
  const words = organisationMessages[locale];
  const parsed = parse(fields, values, locale);
  if (!parsed.ok) return { errors: parsed.errors };
  const { organisation: name, pays: country, numero } = parsed.data;
  const check = checkRegistration(country, numero);
  if (!check.ok) return { errors: { numero: words[check.fault] } };
  if (!name) return { errors: check.registration ? { organisation: words.nameMissing } : {} };
  return { named: { name, country, registration: check.registration }, errors: {} };
}

/** The organisation of that number, else the only one of that name, else a new one: the team knows whom it has before it. */
export async function organisationAtDesk(ctx: Ctx, named: Named): Promise<string> {
  const known = await knownAs(ctx, named);
  if (known) return known;
  const id = newId();
  const made = await ctx.db
    .insertInto('organisation')
    .values({ id, ...named, created_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  // Another desk wrote the same number down in this very instant.
  if (made.numInsertedOrUpdatedRows === 0n) return (await knownAs(ctx, named))!;
  await record(ctx, { kind: 'organisation.created', subjectKind: 'organisation', subjectId: id });
  return id;
}

async function knownAs(ctx: Ctx, named: Named): Promise<string | undefined> {
  const alike = await organisationsNamed(ctx, named);
  const byNumber = alike.find((one) => named.registration && one.registration === named.registration);
  // The same name under another number is another organisation.
  const byName = alike.filter((one) => !named.registration || !one.registration);
  return (byNumber ?? (byName.length === 1 ? byName[0] : undefined))?.id;
}
