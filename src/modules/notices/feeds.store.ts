import { sql } from 'kysely';
import { hour } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText, Locale } from '../../core/i18n.ts';
import { hashSecret } from '../../core/ids.ts';

/** Whose calendar a secret opens; undefined once revoked. Its last use is noted once an hour. */
export async function feedOwner(ctx: Ctx, token: string): Promise<{ personId: string; locale: Locale } | undefined> {
  const row = await ctx.db
    .selectFrom('calendar_feed as f')
    .innerJoin('person as p', 'p.id', 'f.person_id')
    .select(['f.id', 'f.person_id', 'f.last_used_at', 'p.language'])
    .where('f.token_hash', '=', hashSecret(token))
    .where('f.revoked_at', 'is', null)
    .where('p.erased_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  if (!row.last_used_at || ctx.now.getTime() - row.last_used_at.getTime() > hour)
    await ctx.db.updateTable('calendar_feed').set({ last_used_at: ctx.now }).where('id', '=', row.id).execute();
  return { personId: row.person_id, locale: row.language };
}

export type TakenRow = { id: string; version: number; start: Date; end: Date; name: I18nText };

/** What is taken at a site from a time to another, without anybody's name. */
export async function takenAt(ctx: Ctx, siteId: string, from: Date, to: Date): Promise<TakenRow[]> {
  const { rows } = await sql<TakenRow>`
    select b.id, b.version, b.starts_at as start, b.ends_at as "end", r.name
    from resource r join booking b on b.resource_id = r.id
    where r.site_id = ${siteId} and b.status = any(${['confirmed', 'checked_in']}::text[])
      and b.ends_at > ${from} and b.starts_at < ${to}
    order by b.starts_at, b.id limit 2000`.execute(ctx.db);
  return rows;
}

export type StopRow = {
  id: string;
  version: number;
  start: Date;
  end: Date;
  place: I18nText;
  address: string | null;
  commune: string;
};

/** Where a mobile site will stand. */
export async function stopsOf(ctx: Ctx, siteId: string, from: Date, to: Date): Promise<StopRow[]> {
  const { rows } = await sql<StopRow>`
    select t.id, t.version, t.starts_at as start, t.ends_at as "end", t.place, t.address, c.name as commune
    from stop t join commune c on c.code = t.commune_code
    where t.site_id = ${siteId} and t.cancelled_at is null and not t.draft and t.ends_at > ${from} and t.starts_at < ${to}
    order by t.starts_at limit 1000`.execute(ctx.db);
  return rows;
}

/** A site that can be visited, by its slug. */
export const siteOf = (ctx: Ctx, slug: string) =>
  ctx.db
    .selectFrom('site as s')
    .leftJoin('commune as c', 'c.code', 's.commune_code')
    .select(['s.id', 's.name', 's.kind', 's.address', 'c.name as commune'])
    .where('s.slug', '=', slug)
    .where('s.archived_at', 'is', null)
    .executeTakeFirst();
