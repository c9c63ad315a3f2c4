import { sql } from 'kysely';
import type { EraseHook, PersonalDataPart } from '../privacy/index.ts';

/** When and where somebody receives, in the copy of their data. */
export const personalDataPart: PersonalDataPart = {
  name: 'presence',
  collect: async (ctx, personId) => {
    const { rows } = await sql<object>`
      select s.slug as site, e.weekday, e.day, e.opens, e.closes, e.valid_from as "validFrom", e.valid_to as "validTo"
      from helper h join presence e on e.helper_id = h.id join site s on s.id = e.site_id
      where h.person_id = ${personId} order by e.id`.execute(ctx.db);
    const absences = await sql<object>`
      select a.starts_at as start, a.ends_at as "end" from helper h join absence a on a.helper_id = h.id
      where h.person_id = ${personId} order by a.starts_at`.execute(ctx.db);
    return { presence: rows, absences: absences.rows };
  },
};

/** Whoever is erased receives nobody any more; where they were to be is not kept. */
export const eraseHook: EraseHook = {
  name: 'presence',
  erase: async (ctx, personId) => {
    const theirs = sql`select id from helper where person_id = ${personId}`;
    await sql`delete from presence where helper_id in (${theirs})`.execute(ctx.db);
    await sql`delete from absence where helper_id in (${theirs})`.execute(ctx.db);
    await sql`update helper set archived_at = coalesce(archived_at, ${ctx.now}), does = '{}', version = version + 1
      where person_id = ${personId}`.execute(ctx.db);
  },
};
