import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { Sheet } from './day.types.ts';

/** A booking of a site by its reference; undefined where there is none, or it is another site's. */
export async function findSheet(ctx: Ctx, siteId: string, reference: string): Promise<Sheet | undefined> {
  const plain = reference.toUpperCase();
  if (!/^[2-9A-Z]{10}$/.test(plain)) return undefined;
  const { rows } = await sql<Sheet>`
    select b.id, b.reference, b.status, b.version, b.starts_at as start, b.ends_at as "end", b.people, b.purpose,
      b.check_in_required, b.release_at, b.option_until, b.checked_in_at, b.pardoned_at, b.created_at, b.language,
      b.channel, b.hold_expires_at, b.override_reason, coalesce(kept.id, p.id) as person_id,
      coalesce(kept.erased_at, p.erased_at) is not null as erased,
      coalesce(kept.name, p.name) as person, coalesce(kept.telephone, p.telephone) as telephone,
      case when kept.id is null then p.email else kept.email end as email,
      o.name as organisation, maker.name as created_by, k.reason as outage,
      (select string_agg(u.label, ', ' order by u.rank) from allocation a join unit u on u.id = a.unit_id
        where a.cause_id = b.id and u.resource_id = b.resource_id
          and (select count(*) from unit v where v.resource_id = b.resource_id and v.archived_at is null) > 1) as places,
      (select count(*)::int from booking n where n.person_id = b.person_id and n.status = 'no_show'
        and n.pardoned_at is null) as absences,
      coalesce((select json_agg(json_build_object('day', c.due_day, 'kind', c.kind, 'outcome', c.outcome,
        'done', c.done_at is not null) order by c.due_day, c.id) from call c where c.booking_id = b.id), '[]') as calls,
      r.id as resource_id, r.slug as resource_slug, r.name as resource, s.name as space, s.floor,
      l.letter, l.colour, l.name as line
    from booking b join resource r on r.id = b.resource_id join person p on p.id = b.person_id
      left join person kept on kept.id = p.merged_into
      left join person maker on maker.id = b.created_by and maker.id <> b.person_id
      left join organisation o on o.id = b.organisation_id left join closure k on k.id = b.displaced_by
      left join space s on s.id = r.space_id left join line l on l.id = coalesce(r.line_id, s.line_id)
    where b.reference = ${plain} and r.site_id = ${siteId}`.execute(ctx.db);
  return rows[0];
}
