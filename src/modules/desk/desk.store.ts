import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { Preset, RuleSet } from '../../core/schema.ts';
import type { Bookable, Known } from './desk.types.ts';

type Row = Bookable & { preset: Preset; rules: RuleSet; space_rules: RuleSet; site_rules: RuleSet };

/** What can be booked at a site, in the order of its spaces. */
export async function bookablesOf(ctx: Ctx, siteId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id as resource_id, r.slug as resource_slug, r.name as resource, s.name as space, l.letter, l.colour,
      l.name as line, r.capacity, r.step_minutes, r.preset, r.rules, coalesce(s.rules, '{}') as space_rules,
      v.rules as site_rules,
      (select count(*)::int from unit u where u.resource_id = r.id and u.archived_at is null) as units,
      (with recursive inside as (
        select r.id as member
        union
        select c.content_id from inside i join resource_content c on c.container_id = i.member
      ) select max(greatest(x.buffer_before, x.buffer_after)) from inside i join resource x on x.id = i.member) as gap
    from resource r join site v on v.id = r.site_id left join space s on s.id = r.space_id
      left join line l on l.id = coalesce(r.line_id, s.line_id)
    where r.site_id = ${siteId} and r.archived_at is null
    order by l.rank nulls last, s.rank nulls last, r.rank, r.slug`.execute(ctx.db);
  return rows;
}

const accents = { from: 'àâäáãéèêëíìîïóòôöõúùûüçñ', to: 'aaaaaeeeeiiiiooooouuuucn' };
const plain = (value: ReturnType<typeof sql>) => sql`translate(lower(${value}), ${accents.from}, ${accents.to})`;

/** People who have booked at this site before, by a part of their name, their e-mail or their telephone number. */
export async function findKnown(ctx: Ctx, siteId: string, wanted: string): Promise<Known[]> {
  const text = wanted.trim();
  if (text.length < 2) return [];
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const digits = text.replace(/\D/g, '');
  const { rows } = await sql<Known>`
    select p.id, p.name, p.email, p.telephone, v.last
    from person p join lateral (
      select max(b.starts_at) as last from booking b join resource r on r.id = b.resource_id
      where b.person_id = p.id and r.site_id = ${siteId}
    ) v on v.last is not null
    where p.merged_into is null and p.erased_at is null
      and (${plain(sql`p.name`)} like ${plain(sql`${like}::text`)} or p.email = lower(${text})
        or (${digits.length >= 6} and regexp_replace(p.telephone, '[^0-9]', '', 'g') like ${`%${digits}`}))
    order by v.last desc, p.id limit 8`.execute(ctx.db);
  return rows;
}

/** Somebody who has booked at this site before, by id. */
export async function knownById(ctx: Ctx, siteId: string, personId: string): Promise<Known | undefined> {
  const { rows } = await sql<Known>`
    select p.id, p.name, p.email, p.telephone, p.created_at as last from person p
    where p.id = ${personId} and p.merged_into is null and p.erased_at is null
      and exists (select from booking b join resource r on r.id = b.resource_id
        where b.person_id = p.id and r.site_id = ${siteId})`.execute(ctx.db);
  return rows[0];
}

/** The organisations of a country with that number, or that name. */
export async function organisationsNamed(
  ctx: Ctx,
  named: { name: string; country: string; registration: string | null },
): Promise<{ id: string; registration: string | null }[]> {
  const { rows } = await sql<{ id: string; registration: string | null }>`
    select o.id, o.registration from organisation o
    where o.country = ${named.country} and (o.registration = ${named.registration} or lower(o.name) = lower(${named.name}))
    order by o.id limit 20`.execute(ctx.db);
  return rows;
}
