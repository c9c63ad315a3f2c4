import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

export type RelayCommune = { code: string; name: string; lat: number; lon: number; postcodes: string[] };

/** The communes for whose residents somebody may act. */
export async function communesOf(ctx: Ctx, personId: string | null): Promise<RelayCommune[]> {
  if (!personId) return [];
  const { rows } = await sql<RelayCommune>`
    select c.code, c.name, c.lat, c.lon, c.postcodes from relay r join commune c on c.code = r.commune_code
    where r.person_id = ${personId} and r.revoked_at is null order by c.name, c.code`.execute(ctx.db);
  return rows;
}

/** Of which communes somebody is or was the relay, and since when. */
export async function relayHistory(ctx: Ctx, personId: string) {
  const { rows } = await sql<object>`
    select r.commune_code as "communeCode", c.name as commune, r.created_at as since, r.revoked_at as until
    from relay r join commune c on c.code = r.commune_code
    where r.person_id in (select id from person where id = ${personId} or merged_into = ${personId})
    order by r.created_at, r.id`.execute(ctx.db);
  return rows;
}

export type RelayRow = { id: string; name: string; email: string | null; commune: string; code: string };

/** Every relay in force. */
export async function relays(ctx: Ctx): Promise<RelayRow[]> {
  const { rows } = await sql<RelayRow>`
    select r.id, p.name, p.email, c.name as commune, c.code
    from relay r join person p on p.id = r.person_id join commune c on c.code = r.commune_code
    where r.revoked_at is null order by c.name, p.name, r.id`.execute(ctx.db);
  return rows;
}

export type Registered = {
  reference: string;
  appointment: boolean;
  title: I18nText;
  start: Date;
  end: Date;
  timeZone: string;
  person: string;
  site: I18nText;
  siteId: string;
  commune: string | null;
  stopCommune: string | null;
};

/** What is taken for the residents of one commune, from now on; never why they come. */
export async function registeredFor(ctx: Ctx, communeCode: string): Promise<Registered[]> {
  const { rows } = await sql<Registered>`
    select r.reference, s.kind = 'appointment' as appointment, s.title, s.starts_at as start, s.ends_at as "end",
      s.time_zone as "timeZone",
      coalesce((select a.name from attendee a where a.registration_id = r.id order by a.rank limit 1), p.name) as person,
      y.name as site, y.id as "siteId", c.name as commune,
      tc.name as "stopCommune"
    from registration r join session s on s.id = r.session_id join person p on p.id = r.person_id
    join site y on y.id = s.site_id left join commune c on c.code = y.commune_code
    left join stop t on t.id = s.stop_id left join commune tc on tc.code = t.commune_code
    where r.commune_code = ${communeCode} and r.channel = 'relay' and s.ends_at > ${ctx.now}
      and r.status = any('{registered,waiting,offered}'::text[])
    order by s.starts_at, r.id limit 300`.execute(ctx.db);
  return rows;
}

export type StopOfCommune = { start: Date; end: Date; timeZone: string; place: I18nText };

/** The next stops of a bus in a commune. */
export async function stopsIn(ctx: Ctx, communeCode: string): Promise<StopOfCommune[]> {
  const { rows } = await sql<StopOfCommune>`
    select t.starts_at as start, t.ends_at as "end", s.time_zone as "timeZone", t.place
    from stop t join site s on s.id = t.site_id and s.archived_at is null
    where t.commune_code = ${communeCode} and t.ends_at > ${ctx.now} and t.cancelled_at is null and not t.draft
    order by t.starts_at limit 6`.execute(ctx.db);
  return rows;
}
