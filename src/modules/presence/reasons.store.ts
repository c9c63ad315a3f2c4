import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { Helper, Reason } from './presence.types.ts';

const columns = sql`r.id, r.slug, r.name, r.summary, r.bring, r.line_id as "lineId", r.minutes, r.places, r.who,
  r.notice_minutes as "noticeMinutes", r.horizon_days as "horizonDays", r.version, r.archived_at is not null as archived`;

/** Why people come, in the order of the list; those given up only where it says so. */
export async function reasons(ctx: Ctx, { archived = false } = {}): Promise<Reason[]> {
  const { rows } = await sql<Reason>`
    select ${columns} from appointment_reason r
    ${archived ? sql`` : sql`where r.archived_at is null`} order by r.archived_at nulls first, r.rank, r.slug`.execute(
    ctx.db,
  );
  return rows;
}

/** The reasons for which somebody receives today. */
export async function reasonsOffered(ctx: Ctx): Promise<Reason[]> {
  const { rows } = await sql<Reason>`
    select ${columns} from appointment_reason r
    where r.archived_at is null and exists (
      select from appointment_offer o join helper h on h.id = o.helper_id and h.archived_at is null
      where o.reason_id = r.id
    ) order by r.rank, r.slug`.execute(ctx.db);
  return rows;
}

/** A reason by the short name its address carries. */
export async function reasonBySlug(ctx: Ctx, slug: string): Promise<Reason | undefined> {
  if (!/^[a-z0-9_-]{1,120}$/.test(slug)) return undefined;
  const { rows } = await sql<Reason>`
    select ${columns} from appointment_reason r where r.slug = ${slug}`.execute(ctx.db);
  return rows[0];
}

/** Reasons by id, given up ones among them: an appointment keeps the one it was taken for. */
export async function reasonsById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Reason>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Reason>`
    select ${columns} from appointment_reason r where r.id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those whose time can be taken, by name; those who stopped only where it says so. */
export async function helpers(ctx: Ctx, { archived = false } = {}): Promise<Helper[]> {
  const { rows } = await sql<Helper>`
    select h.id, h.person_id as "personId", p.name, p.email, h.site_id as "siteId", s.name as "siteName", h.does,
      h.line_id as "lineId", h.version, h.archived_at is not null as archived,
      coalesce((select json_agg(o.reason_id) from appointment_offer o where o.helper_id = h.id), '[]') as "reasonIds"
    from helper h join person p on p.id = h.person_id join site s on s.id = h.site_id
    ${archived ? sql`` : sql`where h.archived_at is null`} order by h.archived_at nulls first, p.name, h.id`.execute(
    ctx.db,
  );
  return rows;
}

/** The helper a person is, if they are one. */
export async function helperOfPerson(ctx: Ctx, personId: string | null): Promise<Helper | undefined> {
  return personId === null ? undefined : (await helpers(ctx)).find((helper) => helper.personId === personId);
}
