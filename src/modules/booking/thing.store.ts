import { sql } from 'kysely';
import { among, type Db } from '../../core/db.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Preset, ResourceKind, RuleSet } from '../../core/schema.ts';

/** What changes with a thing (r), its space (p) or its site (s). */
export const stamp = sql`concat_ws('.', r.version, s.version, p.version)`;

export type UnitRow = { id: string; resourceId: string; gap: number };

/** A resource with what it contains, what contains it, and the rules of its three levels. */
export type Thing = {
  id: string;
  slug: string;
  kind: ResourceKind;
  name: I18nText;
  siteId: string;
  spaceId: string | null;
  capacity: number;
  stepMinutes: number;
  gap: number;
  archived: boolean;
  /** Changes whenever the thing, its space or its site does: what was read before the locks is checked by it. */
  stamp: string;
  preset: Preset;
  rules: RuleSet;
  spaceRules: RuleSet;
  siteRules: RuleSet;
  siteSlug: string;
  siteTelephone: string | null;
  timeZone: string;
  /** Itself and all it contains. */
  below: string[];
  above: string[];
  /** Its own units, then those of what it contains. */
  units: UnitRow[];
};

/** The things of these ids with their trees; one that does not exist is absent. */
export async function loadThings(db: Db, ids: readonly string[]): Promise<Map<string, Thing>> {
  const wanted = among(ids);
  const { rows } = await sql<Thing>`
    with recursive below (root, id) as (
      select r.id, r.id from resource r where r.id ${wanted}
      union
      select b.root, c.content_id from below b join resource_content c on c.container_id = b.id
    ),
    above (root, id) as (
      select c.content_id, c.container_id from resource_content c where c.content_id ${wanted}
      union
      select a.root, c.container_id from above a join resource_content c on c.content_id = a.id
    )
    select r.id, r.slug, r.kind, r.name, r.site_id as "siteId", r.space_id as "spaceId", r.capacity,
      r.step_minutes as "stepMinutes", greatest(r.buffer_before, r.buffer_after) as gap,
      r.archived_at is not null or s.archived_at is not null as archived, ${stamp} as stamp, r.preset, r.rules,
      coalesce(p.rules, '{}') as "spaceRules", s.rules as "siteRules", s.slug as "siteSlug",
      s.telephone as "siteTelephone", s.time_zone as "timeZone",
      (select json_agg(b.id) from below b where b.root = r.id) as below,
      coalesce((select json_agg(a.id) from above a where a.root = r.id), '[]') as above,
      coalesce((
        select json_agg(json_build_object('id', u.id, 'resourceId', u.resource_id,
            'gap', greatest(r.buffer_before, r.buffer_after, x.buffer_before, x.buffer_after))
          order by (u.resource_id <> r.id), u.resource_id, u.rank, u.id)
        from below b join resource x on x.id = b.id join unit u on u.resource_id = b.id and u.archived_at is null
        where b.root = r.id), '[]') as units
    from resource r join site s on s.id = r.site_id left join space p on p.id = r.space_id
    where r.id ${wanted}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The time of those who help, as things of one unit: what nobody can give twice. */
export async function loadHelpers(db: Db, ids: readonly string[]): Promise<Map<string, Thing>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string; unitId: string; archived: boolean } & HelperSite>`
    select h.id, p.name, u.id as "unitId", h.archived_at is not null as archived, s.id as "siteId", s.slug as "siteSlug",
      s.telephone as "siteTelephone", s.time_zone as "timeZone"
    from helper h join person p on p.id = h.person_id join unit u on u.helper_id = h.id join site s on s.id = h.site_id
    where h.id ${among(ids)}`.execute(db);
  return new Map(rows.map((row) => [row.id, helperThing(row)]));
}

type HelperSite = Pick<Thing, 'siteId' | 'siteSlug' | 'siteTelephone' | 'timeZone'>;

const helperThing = ({
  unitId,
  name,
  ...row
}: { id: string; name: string; unitId: string; archived: boolean } & HelperSite): Thing => ({
  ...row,
  stamp: '',
  slug: '',
  kind: 'office',
  name: { fr: name },
  spaceId: null,
  // One person helps one group, however many they are.
  capacity: 10_000,
  stepMinutes: 5,
  gap: 0,
  preset: 'open',
  rules: {},
  spaceRules: {},
  siteRules: {},
  below: [row.id],
  above: [],
  units: [{ id: unitId, resourceId: row.id, gap: 0 }],
});
