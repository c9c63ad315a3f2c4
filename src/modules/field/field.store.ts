import { sql } from 'kysely';
import { has } from '../../core/access.ts';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type {
  Expected,
  FieldDay,
  FieldLine,
  FieldNote,
  FieldSession,
  FieldSite,
  FieldStop,
  WalkIn,
} from './field.types.ts';

const longestMs = 31 * 86_400_000;

/** The sites where one works, of these ids, or all of them. */
export async function fieldSites(ctx: Ctx, ids: readonly string[] | null): Promise<FieldSite[]> {
  const { rows } = await sql<FieldSite>`
    select id, slug, name, kind, time_zone as "timeZone" from site
    where archived_at is null and (${ids === null} or id = any(${[...(ids ?? [])]}::uuid[])) order by rank, slug`.execute(
    ctx.db,
  );
  return rows;
}

/** A site by its slug. */
export async function fieldSite(ctx: Ctx, slug: string): Promise<FieldSite | undefined> {
  const { rows } = await sql<FieldSite>`
    select id, slug, name, kind, time_zone as "timeZone" from site where slug = ${slug} and archived_at is null`.execute(
    ctx.db,
  );
  return rows[0];
}

async function stopsOn(ctx: Ctx, siteId: string, { start, end }: Span): Promise<FieldStop[]> {
  const { rows } = await sql<FieldStop>`
    select t.id, t.place, c.name as commune, t.starts_at as start, t.ends_at as "end", t.aboard
    from stop t join commune c on c.code = t.commune_code
    where t.site_id = ${siteId} and t.cancelled_at is null and not t.draft
      and t.starts_at < ${end} and t.ends_at > ${start} order by t.starts_at`.execute(ctx.db);
  return rows;
}

async function bookingsOn(ctx: Ctx, siteId: string, { start, end }: Span): Promise<Expected[]> {
  const { rows } = await sql<Expected>`
    select b.id, b.reference, b.status, b.starts_at as start, b.ends_at as "end", b.people,
      coalesce(kept.name, p.name) as person, r.name as resource, b.checked_in_at as "checkedInAt"
    from resource r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
      left join person kept on kept.id = p.merged_into
    where r.site_id = ${siteId} and b.starts_at < ${end} and b.ends_at > ${start}
      and b.starts_at > ${new Date(start.getTime() - longestMs)}
      and b.status in ('confirmed', 'checked_in', 'no_show') order by b.starts_at, b.id`.execute(ctx.db);
  return rows;
}

/** Whoever registers a class is not of it: its seats have no name, and come after those who have one. */
const attendeeName = sql`coalesce(a.name, ap.name,
  case when a.rank = 0 and g.kind <> 'group' then coalesce(kept.name, rp.name) end)`;

/** Sessions of a site with who registered for them and what was noted; names and times only, neither mail nor telephone. */
async function sessionsOn(ctx: Ctx, siteId: string, { start, end }: Span): Promise<FieldSession[]> {
  const { rows } = await sql<FieldSession>`
    select s.id, s.site_id as "siteId", s.reference, s.kind, s.title, w.name as reason, s.starts_at as start, s.ends_at as "end",
      s.time_zone as "timeZone", s.stop_id as "stopId",
      coalesce((select json_agg(p.name order by p.name) from session_leader d join person p on p.id = d.person_id
        where d.session_id = s.id), '[]') as leaders,
      coalesce((select json_agg(json_build_object('id', a.id,
          'name', ${attendeeName},
          'marks', coalesce((select json_agg(json_build_object('id', m.id, 'halfDay', m.half_day, 'state', m.state,
            'mode', m.mode, 'at', m.occurred_at)) from attendance m
            where m.attendee_id = a.id and m.replaced_at is null), '[]'))
          order by lower(${attendeeName}) nulls last, g.created_at, g.id, a.rank, a.id)
        from attendee a join registration g on g.id = a.registration_id and g.status = 'registered'
          join person rp on rp.id = g.person_id left join person kept on kept.id = rp.merged_into
          left join person ap on ap.id = a.person_id
        where a.session_id = s.id and a.erased_at is null), '[]') as attendees
    from session s left join appointment_reason w on w.id = s.reason_id
    where (s.site_id = ${siteId} or s.stop_id in (select t.id from stop t where t.site_id = ${siteId}
        and t.starts_at < ${end} and t.ends_at > ${start})) and s.status = 'published' and s.starts_at < ${end} and s.ends_at > ${start}
      and s.starts_at > ${new Date(start.getTime() - longestMs)} order by s.starts_at, s.id`.execute(ctx.db);
  return rows.filter((session) => has(ctx.actor, 'team', session.siteId));
}

async function walkInsOn(ctx: Ctx, siteId: string, { start, end }: Span): Promise<WalkIn[]> {
  const { rows } = await sql<WalkIn>`
    select id, stop_id as "stopId", coalesce(age_band, 'unsaid') as "ageBand", occurred_at as at
    from visit where site_id = ${siteId} and occurred_at >= ${start} and occurred_at < ${end} and withdrawn_at is null
    order by occurred_at desc, id desc`.execute(ctx.db);
  return rows;
}

async function notesOn(ctx: Ctx, siteId: string, day: string): Promise<FieldNote[]> {
  const { rows } = await sql<FieldNote>`
    select n.id, n.body, p.name as author, n.created_at as at from day_note n left join person p on p.id = n.author_id
    where n.site_id = ${siteId} and n.day = ${day}::date order by n.created_at, n.id limit 100`.execute(ctx.db);
  return rows;
}

const allLines = async (ctx: Ctx): Promise<FieldLine[]> =>
  ctx.db.selectFrom('line').select(['id', 'letter', 'name']).orderBy('rank').execute();

async function toSettle(ctx: Ctx, siteId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from field_entry where outcome <> 'done' and settled_at is null
      and (answer ->> 'siteId' = ${siteId} or person_id = ${ctx.actor.personId})`.execute(ctx.db);
  return rows[0]!.n;
}

/** All that a day of a site holds for whoever goes there with a phone. */
export async function readFieldDay(
  ctx: Ctx,
  site: FieldSite,
  span: Span,
  day: string,
): Promise<Omit<FieldDay, 'isToday'>> {
  const [stops, bookings, sessions, walkIns, notes, lines, open] = await Promise.all([
    site.kind === 'mobile' ? stopsOn(ctx, site.id, span) : [],
    bookingsOn(ctx, site.id, span),
    sessionsOn(ctx, site.id, span),
    walkInsOn(ctx, site.id, span),
    notesOn(ctx, site.id, day),
    allLines(ctx),
    toSettle(ctx, site.id),
  ]);
  return { site, day, stops, bookings, sessions, walkIns, notes, lines, toSettle: open };
}
