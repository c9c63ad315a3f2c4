import type { z } from 'zod';
import { has, isTerritoryAdministrator } from '../../core/access.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { explainAll } from '../../core/sentences.ts';
import { seeOther, type Web } from '../../core/web.ts';

/** A form as it is shown: what is written in it, what is wrong with it. */
export type Form = {
  values: FormValues;
  /** Boxes of one name that are ticked. */
  ticked: Record<string, readonly string[]>;
  errors: FieldErrors;
  /** What is not about one field: said on top, with the way out. */
  refusals: { text: string; next?: { label: string; href: string } }[];
  status: number;
};

export const blank = (values: FormValues, ticked: Form['ticked'] = {}): Form => ({
  values,
  ticked,
  errors: {},
  refusals: [],
  status: 200,
});

/** The form again, with what was written in it and what a refusal says of it. */
export function refused(c: Web, form: Form, error: unknown): Form {
  if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
  const { ctx } = c.var;
  const said = explainAll(ctx, error);
  const errors: FieldErrors = {};
  const refusals: Form['refusals'] = [];
  error.reasons.forEach((reason, i) => {
    const field = reason.params.field;
    const line = said[i]!;
    if (typeof field === 'string') errors[field] ??= line.text;
    else refusals.push(line.next ? { text: line.text, next: line.next } : { text: line.text });
  });
  if (error.kind === 'stale') {
    const { pathname, search } = new URL(c.req.url);
    const label = ctx.sentences[ctx.locale]['next.reload']!(
      {},
      { locale: ctx.locale, timeZone: ctx.territory.timeZone },
    );
    for (const one of refusals) one.next ??= { label, href: pathname + search };
  }
  return { ...form, errors, refusals, status: refusalStatus[error.kind] };
}

/**
 * Takes a form: checked, acted upon, then the browser goes to the path `run` gives. Whatever is wrong, the same page comes back
 * with all that was written.
 */
export async function submit<S extends z.ZodType>(
  c: Web,
  schema: S,
  form: Form,
  run: (data: z.output<S>) => Promise<string>,
  show: (form: Form) => Response | Promise<Response>,
): Promise<Response> {
  const parsed = parse(schema, { ...form.values, ...form.ticked }, c.var.ctx.locale);
  if (!parsed.ok) return show({ ...form, errors: parsed.errors, status: 422 });
  try {
    return seeOther(c, await run(parsed.data));
  } catch (error) {
    return show(refused(c, form, error));
  }
}

/** Everything here is only there for those who administer something. */
export function mustManage(c: Web): void {
  if (!has(c.var.ctx.actor, 'administrator')) throw notFound();
}

export const runsTerritory = (c: Web): boolean => isTerritoryAdministrator(c.var.ctx.actor);

/** The language of a page, and the one every text of the team has. */
export const languagesOf = (c: Web) => ({ locale: c.var.ctx.locale, main: c.var.ctx.territory.mainLanguage });

/** Whether one is in the steps of a new place. */
export const isGuide = (c: Web): boolean => c.req.query('guide') === '1';
