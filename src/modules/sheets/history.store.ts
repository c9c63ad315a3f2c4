import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Happened, Sheet } from '../day/index.ts';

/** What happened to a booking, the latest first. */
export async function historyOf(ctx: Ctx, sheet: Pick<Sheet, 'id' | 'person_id'>): Promise<Happened[]> {
  const { rows } = await sql<Happened>`
    select j.occurred_at as at, j.kind, j.reason, j.data, p.name as actor,
      coalesce(j.actor_id = ${sheet.person_id}, false) as own
    from journal j left join person p on p.id = j.actor_id
    where j.subject_id = ${sheet.id} and j.subject_kind = 'booking'
    order by j.occurred_at desc, j.id desc`.execute(ctx.db);
  return rows;
}

/** The names of resources by id, for a history that names them. */
export async function resourceNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, I18nText>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('resource')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
