import { z } from 'zod';
import { isTerritoryAdministrator } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { email, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { normaliseName } from '../../core/names.ts';
import { personByEmail } from '../accounts/index.ts';

export const groupInput = z.object({ name: text(80) });
export const memberInput = z.object({ email });

/** Groups open places of every site: only who administers the whole territory makes them. */
export function mustManageGroups(ctx: Ctx): void {
  if (!isTerritoryAdministrator(ctx.actor) || ctx.actor.deviceId) throw notFound();
}

/** Makes a group that rules can name ("members of the incubator"). */
export async function createGroup(ctx: Ctx, input: z.output<typeof groupInput>): Promise<string> {
  mustManageGroups(ctx);
  const id = newId();
  const slug = normaliseName(input.name).replaceAll(' ', '-').slice(0, 60) || id.slice(-8);
  return atomically(ctx, async (inside) => {
    const made = await inside.db
      .insertInto('person_group')
      .values({ id, slug, name: JSON.stringify({ [ctx.locale]: input.name }), created_at: ctx.now })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new Refusal('team.group_exists', 'conflict');
    await record(inside, { kind: 'group.created', subjectKind: 'group', subjectId: id });
    return id;
  });
}

/** Adds to a group whoever holds an e-mail; someone unknown is noted, and reached once they confirm it. */
export async function addToGroup(ctx: Ctx, groupId: string, input: z.output<typeof memberInput>): Promise<void> {
  mustManageGroups(ctx);
  const add = async (inside: Ctx) => {
    await mustExist(inside, groupId);
    const personId = (await personByEmail(inside, input.email))?.id ?? (await notePerson(inside, input.email));
    await inside.db
      .insertInto('person_group_member')
      .values({ group_id: groupId, person_id: personId, created_at: ctx.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await record(inside, { kind: 'group.joined', subjectKind: 'person', subjectId: personId, data: { groupId } });
  };
  // Somebody unknown may be written down elsewhere at the same time.
  await onceMore(() => atomically(ctx, add));
}

async function notePerson(ctx: Ctx, address: string): Promise<string> {
  const id = newId();
  await ctx.db
    .insertInto('person')
    .values({ id, name: '', email: address, language: ctx.locale, created_at: ctx.now })
    .execute();
  return id;
}

/** Takes someone out of a group. */
export async function removeFromGroup(ctx: Ctx, groupId: string, personId: string): Promise<void> {
  mustManageGroups(ctx);
  await atomically(ctx, async (inside) => {
    const gone = await inside.db
      .deleteFrom('person_group_member')
      .where('group_id', '=', groupId)
      .where('person_id', '=', personId)
      .returning('person_id')
      .executeTakeFirst();
    if (!gone) throw notFound();
    await record(inside, { kind: 'group.left', subjectKind: 'person', subjectId: personId, data: { groupId } });
  });
}

async function mustExist(ctx: Ctx, groupId: string): Promise<void> {
  const group = await ctx.db.selectFrom('person_group').select('id').where('id', '=', groupId).executeTakeFirst();
  if (!group) throw notFound();
}
