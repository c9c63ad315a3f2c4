import { sql } from 'kysely';
import { z } from 'zod';
import { mustHave, sitesWith } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { offer, runHelper } from '../presence/index.ts';
import { i18nFields, stale, textFrom, version } from '../setup/index.ts';

export const helperInput = z.object({
  version: version.optional(),
  person: uuid.optional(),
  site: uuid,
  ...i18nFields('does', 160),
  reasons: z.array(uuid).max(200).default([]),
});
export type HelperInput = z.output<typeof helperInput>;

/** The places of whose teams one is. */
export async function teamSites(ctx: Ctx): Promise<{ id: string; slug: string; name: I18nText }[]> {
  const ids = sitesWith(ctx.actor, 'team');
  const { rows } = await sql<{ id: string; slug: string; name: I18nText }>`
    select id, slug, name from site where archived_at is null
      ${ids === null ? sql`` : sql`and id = any(${ids}::uuid[])`} order by rank, slug`.execute(ctx.db);
  return rows;
}

/** Those of the teams one belongs to whose time cannot be taken yet. */
export async function teamPeople(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  const ids = sitesWith(ctx.actor, 'team');
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from person p
    where p.erased_at is null and p.merged_into is null
      and exists (select from role_grant g where g.person_id = p.id and g.role <> 'member' and g.revoked_at is null
        and (g.expires_at is null or g.expires_at > ${ctx.now})
        ${ids === null ? sql`` : sql`and (g.site_id is null or g.site_id = any(${ids}::uuid[]))`})
      and not exists (select from helper h where h.person_id = p.id and h.archived_at is null)
    order by p.name, p.id limit 500`.execute(ctx.db);
  return rows;
}

/** A place that is not there, or whose team one is not of, is not found. */
async function mustBeTheirSite(ctx: Ctx, siteId: string): Promise<void> {
  if (!(await teamSites(ctx)).some((site) => site.id === siteId)) throw notFound();
}

async function keepOffers(ctx: Ctx, helperId: string, reasonIds: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('appointment_offer').where('helper_id', '=', helperId).execute();
  await offer(ctx, helperId, reasonIds);
}

/** Makes of somebody of the team a person whose time others may take; their time is a unit, as a room is. */
export function addHelper(ctx: Ctx, input: HelperInput): Promise<string> {
  return onceMore(() =>
    atomically(ctx, async (inside) => {
      await mustBeTheirSite(inside, input.site);
      const person = (await teamPeople(inside)).find((one) => one.id === input.person);
      if (!person) throw notFound();
      const does = JSON.stringify(textFrom(input, 'does'));
      const known = await inside.db
        .updateTable('helper')
        .set((set) => ({ archived_at: null, site_id: input.site, does, version: set('version', '+', 1) }))
        .where('person_id', '=', person.id)
        .returning('id')
        .executeTakeFirst();
      const id = known?.id ?? newId();
      if (!known) {
        const row = { id, person_id: person.id, site_id: input.site, does, created_at: ctx.now };
        await inside.db.insertInto('helper').values(row).execute();
        await inside.db.insertInto('unit').values({ id: newId(), helper_id: id, label: '' }).execute();
      }
      await keepOffers(inside, id, input.reasons);
      await record(inside, {
        kind: 'helper.added',
        subjectKind: 'helper',
        subjectId: id,
        data: { siteId: input.site },
      });
      return id;
    }),
  );
}

/** Changes the place somebody belongs to, what they do and what one may come to them for. */
export async function editHelper(ctx: Ctx, helperId: string, input: HelperInput): Promise<void> {
  await runHelper(ctx, helperId);
  await atomically(ctx, async (inside) => {
    await mustBeTheirSite(inside, input.site);
    const row = await inside.db
      .updateTable('helper')
      .set((set) => ({
        site_id: input.site,
        does: JSON.stringify(textFrom(input, 'does')),
        version: set('version', '+', 1),
      }))
      .where('id', '=', helperId)
      .where('version', '=', input.version ?? 0)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw stale();
    await keepOffers(inside, helperId, input.reasons);
    await record(inside, { kind: 'helper.changed', subjectKind: 'helper', subjectId: helperId });
  });
}

/** From now on nobody can take this person's time; what was taken stands. */
export async function archiveHelper(ctx: Ctx, helperId: string): Promise<void> {
  const helper = await runHelper(ctx, helperId);
  mustHave(ctx.actor, 'team', helper.siteId);
  await atomically(ctx, async (inside) => {
    await inside.db
      .updateTable('helper')
      .set((set) => ({ archived_at: ctx.now, version: set('version', '+', 1) }))
      .where('id', '=', helperId)
      .execute();
    await record(inside, { kind: 'helper.archived', subjectKind: 'helper', subjectId: helperId });
  });
}
