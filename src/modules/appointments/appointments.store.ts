import { type RawBuilder, sql } from 'kysely';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { AppointmentView, MakeInput } from './appointments.types.ts';

/** Each appointment with who comes and why: read by the person, the helper and the team alone. */
async function read(ctx: Ctx, which: RawBuilder<unknown>): Promise<AppointmentView[]> {
  const { rows } = await sql<AppointmentView>`
    select s.id as "sessionId", s.reference as "sessionReference", r.reference, r.id as "registrationId", r.version,
      r.status, r.hold_expires_at as "holdExpiresAt", s.starts_at as start, s.ends_at as "end",
      s.time_zone as "timeZone", json_build_object('id', h.id, 'personId', d.person_id, 'name', dp.name) as helper,
      s.reason_id as "reasonId", e.slug as "reasonSlug", e.name as reason, e.bring,
      json_build_object('id', y.id, 'slug', y.slug, 'name', y.name, 'telephone', y.telephone) as site,
      case when t.id is not null then json_build_object('id', t.id, 'place', t.place, 'commune', tc.name) end as stop,
      coalesce(tc.name, c.name) as commune,
      json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'telephone', p.telephone) as person,
      coalesce((select json_agg(json_build_object('name', a.name, 'self', a.person_id is not null) order by a.rank)
        from attendee a where a.registration_id = r.id), '[]') as attendees,
      r.places, r.mandate, r.note, r.commune_code as "communeCode",
      r.created_by as "takenBy", r.created_at as "takenAt"
    from session s
    join registration r on r.session_id = s.id
    join person p on p.id = r.person_id
    join session_leader d on d.session_id = s.id
    join person dp on dp.id = d.person_id
    left join helper h on h.person_id = d.person_id
    join site y on y.id = s.site_id
    left join commune c on c.code = y.commune_code
    left join stop t on t.id = s.stop_id
    left join commune tc on tc.code = t.commune_code
    left join appointment_reason e on e.id = s.reason_id
    where s.kind = 'appointment' and ${which}
    order by s.starts_at, r.id`.execute(ctx.db);
  return rows;
}

/** The appointment whose registration has this reference. Who may see it is for the caller to say. */
export async function appointmentByReference(ctx: Ctx, reference: string): Promise<AppointmentView | undefined> {
  const plain = reference.toUpperCase();
  return /^[2-9A-Z]{10}$/.test(plain) ? (await read(ctx, sql`r.reference = ${plain}`))[0] : undefined;
}

/** What a helper has taken between two instants: those given back are left out. */
export const appointmentsOf = (ctx: Ctx, helperId: string, { start, end }: Span): Promise<AppointmentView[]> =>
  read(
    ctx,
    sql`h.id = ${helperId} and s.starts_at < ${end} and s.ends_at > ${start}
      and (r.status = 'registered' or r.status = 'offered' or (r.status = 'held' and r.hold_expires_at > ${ctx.now}))`,
  );

/** Appointments of a helper that stand in that time although nobody comes any more. */
export async function givenUp(ctx: Ctx, helperId: string, { start, end }: Span): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct s.id from unit u
    join allocation a on a.unit_id = u.id and a.during && tstzrange(${start}::timestamptz, ${end}::timestamptz)
    join session s on s.id = a.cause_id and s.kind = 'appointment' and s.status = 'published' and s.ends_at > ${ctx.now}
    where u.helper_id = ${helperId}
      and exists (select from registration r where r.session_id = s.id)
      and not exists (select from registration r where r.session_id = s.id and (r.status = 'registered'
        or r.status = 'offered' or (r.status = 'held' and r.hold_expires_at > ${ctx.now})))`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** Whether a session is an appointment still to come to which nobody comes any more. */
export async function isEmpty(ctx: Ctx, sessionId: string): Promise<boolean> {
  const { rows } = await sql`
    select from session s where s.id = ${sessionId} and s.kind = 'appointment' and s.status = 'published'
      and s.ends_at > ${ctx.now}
      and not exists (select from registration r where r.session_id = s.id
        and r.status in ('registered', 'offered', 'held', 'waiting'))`.execute(ctx.db);
  return rows.length > 0;
}

/** Under what somebody's appointments are found: who they are, and the e-mails they give. */
export type Names = { persons: string[]; emails: string[] };

/** All that somebody is known by: signed in or with an e-mail that waits for its code, they are the same one. */
export async function namesOf(ctx: Ctx, person: MakeInput['person']): Promise<Names> {
  const email = 'email' in person ? (person.email ?? null) : null;
  const id = 'id' in person ? person.id : null;
  const { rows } = await sql<{ id: string; email: string | null }>`
    select p.id, p.email from person p
    where p.id = ${id}::uuid or p.merged_into = ${id}::uuid or p.email = ${email}::text`.execute(ctx.db);
  const emails = [email, ...rows.map((row) => row.email)].filter((one) => one !== null);
  return { persons: rows.map((row) => row.id), emails: [...new Set(emails)] };
}

/** How many appointments of one kind somebody has before them. */
export async function aheadOf(ctx: Ctx, { persons, emails }: Names, reasonId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from registration r
    join session s on s.id = r.session_id and s.kind = 'appointment' and s.reason_id = ${reasonId}
      and s.starts_at > ${ctx.now}
    join person p on p.id = r.person_id
    where (r.status = 'registered' or (r.status = 'held' and r.hold_expires_at > ${ctx.now}))
      and (p.id = any(${persons}::uuid[]) or p.email = any(${emails}::text[])
        or exists (select from email_code c where c.subject_id = r.id and c.purpose = 'registration'
          and c.used_at is null and c.email = any(${emails}::text[])))`.execute(ctx.db);
  return rows[0]?.n ?? 0;
}

export type Spot = {
  site: {
    id: string;
    slug: string;
    name: AppointmentView['site']['name'];
    commune: string | null;
    telephone: string | null;
    timeZone: string;
    howToCome: AppointmentView['site']['name'];
  };
  stop: { id: string; place: AppointmentView['site']['name']; commune: string; communeCode: string } | null;
};

/** A place by the names its address carries, with one stop of the bus where one is meant. */
export async function spotOf(ctx: Ctx, slug: string, stopId: string | null): Promise<Spot | undefined> {
  const { rows } = await sql<Spot>`
    select json_build_object('id', y.id, 'slug', y.slug, 'name', y.name, 'commune', c.name, 'telephone', y.telephone,
      'timeZone', y.time_zone, 'howToCome', y.how_to_come) as site,
      case when t.id is not null then json_build_object('id', t.id, 'place', t.place, 'commune', tc.name,
        'communeCode', t.commune_code) end as stop
    from site y left join commune c on c.code = y.commune_code
    left join stop t on t.site_id = y.id and t.id = ${stopId}::uuid and t.cancelled_at is null and not t.draft
    left join commune tc on tc.code = t.commune_code
    where y.slug = ${slug} and y.archived_at is null`.execute(ctx.db);
  const [found] = rows;
  return found && (stopId === null || found.stop) ? found : undefined;
}
