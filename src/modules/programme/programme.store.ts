import { sql } from 'kysely';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { RegistrationStatus } from '../../core/schema.ts';

/** Why a session asks something of the team; `coming` are those registered, whatever else is held or offered. */
export type Matter = {
  sessionId: string;
  coming: number;
  why: 'minimum' | 'postponed' | 'option_over' | 'option_ends' | 'closed';
};

const soonDays = 3;

/** What is to be decided about the sessions of a site still to come, or about one of them, soonest first. */
export async function mattersOf(ctx: Ctx, siteId: string, sessionId: string | null = null): Promise<Matter[]> {
  const coming = sql`(select count(*) from attendee a join registration r on r.id = a.registration_id
    where a.session_id = s.id and r.status = 'registered')`;
  const { rows } = await sql<Matter>`
    select s.id as "sessionId", w.why, ${coming}::int as coming from session s cross join lateral (
      select 'minimum' as why where s.status = 'published' and s.minimum_asked_at is not null and ${coming} < s.minimum
      union all select 'postponed' where s.status = 'postponed'
      union all select 'option_ends' where s.status = 'draft' and s.option_until <= ${addMinutes(ctx.now, soonDays * 1440)}
      union all select 'option_over' where s.status = 'draft' and s.option_until is null and exists (
        select from journal j where j.subject_id = s.id and j.kind = 'session.option_lapsed')
      union all select 'closed' where s.status = 'published' and exists (
        select from session_thing h join closure c on c.resource_id = h.resource_id or exists (
          select from resource_content k where (k.container_id = c.resource_id and k.content_id = h.resource_id)
            or (k.container_id = h.resource_id and k.content_id = c.resource_id))
        where h.session_id = s.id and c.lifted_at is null and c.starts_at < s.ends_at and c.ends_at > s.starts_at)
    ) w
    where s.site_id = ${siteId} and (${sessionId}::uuid is null or s.id = ${sessionId}::uuid) and (s.starts_at > ${ctx.now} or s.status = 'postponed')
      and s.kind <> 'appointment'
    order by s.starts_at, s.id limit 100`.execute(ctx.db);
  return rows;
}

/** How those who registered for sessions would be told of a change, each person once. */
export type Told = { mail: number; call: number; unreachable: number };

/** Everybody who counts on coming, and those who come for sure: what is a word put right concerns these only. */
export const counting = ['registered', 'waiting', 'offered', 'invited'] as const;
export const sure = ['registered'] as const;

/** Who would be told if these sessions changed. */
export async function toldOf(
  ctx: Ctx,
  sessionIds: readonly string[],
  who: readonly RegistrationStatus[] = counting,
): Promise<Told> {
  const { rows } = await sql<Told>`
    select count(*) filter (where p.email is not null)::int as mail,
      count(*) filter (where p.email is null and p.telephone is not null)::int as call,
      count(*) filter (where p.email is null and p.telephone is null)::int as unreachable
    from person p where p.erased_at is null and p.id in (
      select coalesce(w.merged_into, w.id) from registration r join person w on w.id = r.person_id
        join session s on s.id = r.session_id
      where r.session_id = any(${[...sessionIds]}::uuid[]) and s.status <> 'draft'
        and r.status = any(${[...who]}::text[]))`.execute(ctx.db);
  return rows[0]!;
}
