import type { Ctx } from '../../core/context.ts';
import type { Web } from '../../core/web.ts';
import { findCommune } from '../communes/index.ts';
import { refuseField } from './owner.ts';
import type { Form } from './setup.web.ts';

/** The commune a text means; refused beside the field when it means none, or several. */
export async function communeOf(ctx: Ctx, asked: string, chosen: string | undefined) {
  const found = await findCommune(ctx, asked);
  if (found.kind === 'one') return found.commune;
  if (found.kind === 'none') throw refuseField('commune', 'setup.commune_unknown', { name: asked });
  const picked = found.communes.find((one) => one.code === chosen);
  if (picked) return picked;
  throw refuseField('commune_code', 'setup.commune_several', { name: asked });
}

/** The communes to choose from, when the name written is borne by several. */
export async function communeChoices(c: Web, form: Form): Promise<{ code: string; label: string }[]> {
  if (!form.errors.commune_code && !form.values.commune_code) return [];
  const found = await findCommune(c.var.ctx, form.values.commune ?? '');
  if (found.kind !== 'several') return [];
  return found.communes.map((one) => ({
    code: one.code,
    label: `${one.name} (${one.postcodes[0] ?? one.code}, ${one.country})`,
  }));
}
