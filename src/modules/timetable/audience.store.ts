import { type RawBuilder, sql } from 'kysely';

/**
 * Whose eyes a session is read with: a person, whoever has the link of one registration, and the sites whose team they are of
 * (null: all).
 */
export type Reader = {
  personId: string | null;
  registrationId?: string | undefined;
  teamOf?: readonly string[] | null | undefined;
};

/** What is for some only: a group, those invited. Members and ages are told to all: they decide who comes, not who reads. */
const narrow = sql`('group', 'invited')`;

/** Of an event that is not published, or is for some only, the parts are no more anybody's than the event. */
const apart = sql`exists (select from session p where p.id = s.parent_id and (p.status = 'draft' or p.audience in ${narrow}))`;

/** A session `s` that anybody may read of; `parts` where parts of events are asked for too. */
export const openToAll = (parts: boolean): RawBuilder<unknown> =>
  parts ? sql`s.audience not in ${narrow} and not ${apart}` : sql`s.audience not in ${narrow}`;

/** Whether a reader belongs to a session's group; sessions for no group in particular let in everybody but where one must be invited. */
const letIn = (name: 's' | 'p', personId: string | null): RawBuilder<unknown> => {
  const one = sql.ref(name);
  return sql`(${one}.audience not in ${narrow} or (${one}.audience = 'group' and ${one}.group_id = any(array(
    select m.group_id from person_group_member m where m.person_id = ${personId}::uuid))))`;
};

/**
 * A session `s` that this reader may read of: it is for all, for a group of theirs, they are invited, come or lead, or are of its
 * site's team. Whoever comes to an event reads its parts, whoever comes to a part reads the event.
 */
export function readBy({ personId, registrationId, teamOf }: Reader): RawBuilder<unknown> {
  if (teamOf === null) return sql`true`;
  const own = sql`array(
    select r.session_id from registration r join person p on p.id = r.person_id
      where (p.id = ${personId}::uuid or p.merged_into = ${personId}::uuid) and r.status <> 'cancelled'
    union all select r.session_id from attendee a join registration r on r.id = a.registration_id
      where a.person_id = ${personId}::uuid and r.status <> 'cancelled'
    union all select r.session_id from registration r
      where r.id = ${registrationId ?? null}::uuid and r.status <> 'cancelled'
    union all select d.session_id from session_leader d where d.person_id = ${personId}::uuid)`;
  return sql`(s.site_id = any(${[...(teamOf ?? [])]}::uuid[])
    or s.id = any(${own}) or s.parent_id = any(${own})
    or exists (select from session c where c.parent_id = s.id and c.id = any(${own}))
    or (${letIn('s', personId)} and (s.parent_id is null or exists (
      select from session p where p.id = s.parent_id and p.status <> 'draft' and ${letIn('p', personId)}))))`;
}
