import { sql } from 'kysely';
import type { Span } from '../../core/clock.ts';
import type { Db } from '../../core/db.ts';
import { holding } from './booking.store.ts';

export type OtherBooking = Span & {
  id: string;
  reference: string;
  resourceId: string;
  spaceId: string | null;
  siteId: string;
};

/** What somebody already has from an instant on: what limits count. Displaced bookings do not count, nor those given back. */
export async function othersOf(
  db: Db,
  owner: { personId?: string; organisationId?: string },
  since: Date,
  now: Date,
  except: readonly string[],
): Promise<OtherBooking[]> {
  const rows = await db
    .selectFrom('booking as b')
    .innerJoin('resource as r', 'r.id', 'b.resource_id')
    .select(['b.id', 'b.reference', 'b.starts_at', 'b.ends_at', 'b.resource_id', 'r.space_id', 'r.site_id'])
    .where('b.starts_at', '>=', since)
    .where(sql<boolean>`b.status = any(${[...holding]}::text[])`)
    .where(sql<boolean>`(b.hold_expires_at is null or b.status <> 'held' or b.hold_expires_at > ${now})`)
    .where(sql<boolean>`b.id <> all(${[...except]}::uuid[])`)
    .$if(owner.personId !== undefined, (query) => query.where('b.person_id', '=', owner.personId!))
    .$if(owner.organisationId !== undefined, (query) => query.where('b.organisation_id', '=', owner.organisationId!))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    start: row.starts_at,
    end: row.ends_at,
    resourceId: row.resource_id,
    spaceId: row.space_id,
    siteId: row.site_id,
  }));
}

/** The requests of an e-mail that are held and wait for their code: bookings and registrations alike. */
export async function unconfirmedOf(db: Db, email: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from email_code c
      left join booking b on c.purpose = 'booking' and b.id = c.subject_id
      left join registration r on c.purpose = 'registration' and r.id = c.subject_id
    where c.email = ${email} and c.purpose in ('booking', 'registration') and c.used_at is null
      and coalesce(b.status, r.status) = 'held' and coalesce(b.hold_expires_at, r.hold_expires_at) > ${now}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** What a person belongs to: roles at each site, and groups. */
export async function belongingsOf(db: Db, personId: string, now: Date) {
  const { rows } = await sql<{
    id: string;
    name: string;
    email: string | null;
    language: 'fr' | 'nl' | 'en';
    sites: (string | null)[];
    groups: string[];
  }>`
    select p.id, p.name, p.email, p.language,
      coalesce((select json_agg(g.site_id) from role_grant g where g.person_id = p.id and g.revoked_at is null
        and (g.expires_at is null or g.expires_at > ${now})), '[]') as sites,
      coalesce((select json_agg(k.slug) from person_group_member m join person_group k on k.id = m.group_id
        where m.person_id = p.id), '[]') as groups
    from person p where p.id = ${personId} and p.merged_into is null and p.erased_at is null`.execute(db);
  return rows[0];
}

/** For whom a visitor turns out to book once known: an organisation of theirs with that number or name, else the one they named. */
export async function organisationLike(
  db: Db,
  personId: string | undefined,
  named: string | null,
): Promise<string | null> {
  if (!personId || !named) return named;
  const { rows } = await sql<{ id: string }>`
    select o.id from organisation n join organisation_member m on m.person_id = ${personId}
      join organisation o on o.id = m.organisation_id and o.country = n.country
    where n.id = ${named} and (o.registration = n.registration
      or (lower(o.name) = lower(n.name) and (o.registration is null or n.registration is null)))
    order by (o.registration = n.registration) desc nulls last, o.id limit 1`.execute(db);
  return rows[0]?.id ?? named;
}
