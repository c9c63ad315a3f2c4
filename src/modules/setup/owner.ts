import { sql } from 'kysely';
import { isTerritoryAdministrator, mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal, sqlState } from '../../core/errors.ts';

/** What hours, rules, photos and archiving are about. */
export type OwnerKind = 'site' | 'space' | 'resource';
export type Owner = { kind: OwnerKind; id: string; siteId: string };

/** Lines, communes and new places belong to those who run the whole territory. */
export function mustRunTerritory(ctx: Ctx): void {
  if (!isTerritoryAdministrator(ctx.actor)) throw notFound();
}

/** A place belongs to those who administer it. */
export const mustRunSite = (ctx: Ctx, siteId: string): void => mustHave(ctx.actor, 'administrator', siteId);

export const stale = (): Refusal => new Refusal('stale', 'stale');

/** A refusal that is shown beside one field of the form. */
export const refuseField = (field: string, code: string, params: Record<string, string | number> = {}): Refusal =>
  new Refusal(code, 'unprocessable', { ...params, field });

/** Takes the next version of something for oneself: stale when another change came first. */
export async function claim(ctx: Ctx, table: OwnerKind | 'stop' | 'territory', id: string, version: number) {
  const { rows } = await sql`
    update ${sql.table(table)} set version = version + 1 where id = ${id} and version = ${version} returning id`.execute(
    ctx.db,
  );
  if (rows.length === 0) throw stale();
}

/** Two people gave the same name at the same moment: the constraint decides, the second is told. */
export async function namedOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === '23505') throw new Refusal('setup.same_name', 'conflict');
    throw error;
  }
}
