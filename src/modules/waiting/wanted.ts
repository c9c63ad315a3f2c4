import type { Ctx } from '../../core/context.ts';
import type { FormValues } from '../../core/input.ts';
import { readSearch } from '../finding/index.ts';
import { resourceView } from '../notices/index.ts';
import type { Question } from './waiting.rules.ts';
import { resourceName } from './waiting.store.ts';
import type { Wanted } from './waiting.words.ts';

/** A question with the name of what it is about. */
export const nameOf = async (ctx: Ctx, question: Question): Promise<Wanted> => ({
  question,
  name: question.only ? await resourceName(ctx, question.only) : undefined,
});

/** Reads what is wanted from the fields of a search; undefined when they are not understood. */
export async function readWanted(ctx: Ctx, form: FormValues): Promise<(Wanted & { values: FormValues }) | undefined> {
  const { ressource, email: _, ...search } = form;
  const { query, values, errors, communes } = await readSearch(ctx, search);
  if (Object.keys(errors).length > 0 || communes.length > 0) return undefined;
  const resource = ressource ? await resourceView(ctx, ressource, ctx.now, ctx.now) : undefined;
  if (ressource && (!resource || resource.archived)) return undefined;
  const { need, kind, day, from, minutes, people, near } = query;
  const question = { need, kind, only: resource?.id, day, from, minutes, people, near };
  const filled = Object.entries({ ...values, ressource: resource?.slug ?? '' }).filter(([, value]) => value !== '');
  return { question, name: resource?.name, values: Object.fromEntries(filled) };
}
