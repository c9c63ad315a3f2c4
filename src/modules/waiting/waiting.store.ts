import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { hashSecret, newId } from '../../core/ids.ts';
import type { Database, SeenStarts } from '../../core/schema.ts';
import type { Claim, Question } from './waiting.rules.ts';

type Row = Selectable<Database['wish']>;

/** A wish as the module speaks of it. */
export type Wish = Pick<Row, 'id' | 'email' | 'language' | 'status' | 'seen'> & {
  question: Question;
  toldCount: number;
  createdAt: Date;
};

const toWish = (row: Row): Wish => ({
  id: row.id,
  email: row.email,
  language: row.language,
  status: row.status,
  seen: row.seen,
  toldCount: row.told_count,
  createdAt: row.created_at,
  question: {
    need: row.need ?? undefined,
    kind: row.kind ?? undefined,
    only: row.resource_id ?? undefined,
    day: row.day,
    from: row.starts_from ?? undefined,
    minutes: row.minutes,
    people: row.people,
    near: row.near ?? undefined,
  },
});

const wishes = (ctx: Ctx) => ctx.db.selectFrom('wish').selectAll();

/** One wish by its id. */
export async function readWish(ctx: Ctx, id: string): Promise<Wish | undefined> {
  const row = await wishes(ctx).where('id', '=', id).executeTakeFirst();
  return row && toWish(row);
}

/** The wishes of some e-mails that were confirmed, the oldest first. */
export async function wishesOf(ctx: Ctx, emails: readonly string[]): Promise<Wish[]> {
  const rows = await wishes(ctx)
    .where(sql<boolean>`email = any(${[...emails]})`)
    .where('status', '<>', 'asked')
    .orderBy('id')
    .execute();
  return rows.map(toWish);
}

/** All who wait for a day that is not over, those who wait longest first. */
export async function waitingWishes(ctx: Ctx, today: string): Promise<Wish[]> {
  const rows = await wishes(ctx)
    .where('status', '=', 'waiting')
    .where('day', '>=', today)
    .orderBy('waiting_since')
    .orderBy('id')
    .execute();
  return rows.map(toWish);
}

/** Whether anybody waits at all. */
export async function anyWaiting(ctx: Ctx): Promise<boolean> {
  const row = await ctx.db.selectFrom('wish').select('id').where('status', '=', 'waiting').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The slots people were told of since an instant. */
export async function toldSince(ctx: Ctx, since: Date): Promise<Claim[]> {
  const rows = await ctx.db
    .selectFrom('wish')
    .select('offered')
    .where('status', '=', 'told')
    .where('told_at', '>', since)
    .execute();
  return rows.flatMap(({ offered }) =>
    offered ? [{ resourceId: offered.resourceId, start: new Date(offered.start), end: new Date(offered.end) }] : [],
  );
}

/** One at a time for an e-mail, so that nobody goes past the limit by asking twice at once. */
export async function lockEmail(ctx: Ctx, email: string): Promise<void> {
  await lock(ctx, `wish:${hashSecret(email)}`);
}

/** One look at a time, whatever the number of processes. */
export const lockLook = (ctx: Ctx): Promise<void> => lock(ctx, 'wish:look');

// The territory goes along: several share a database, and its advisory locks.
async function lock(ctx: Ctx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.territory.id}:${name}`}, 0))`.execute(ctx.db);
}

export async function insertWish(
  ctx: Ctx,
  email: string,
  question: Question,
  seen: SeenStarts,
  status: 'asked' | 'waiting',
): Promise<string> {
  const id = newId();
  const { need, kind, only, day, from, minutes, people, near } = question;
  await ctx.db
    .insertInto('wish')
    .values({
      id,
      email,
      language: ctx.locale,
      need: need ?? null,
      kind: kind ?? null,
      resource_id: only ?? null,
      day,
      starts_from: from ?? null,
      minutes,
      people,
      near: near ? JSON.stringify(near) : null,
      seen: JSON.stringify(seen),
      status,
      created_at: ctx.now,
      waiting_since: status === 'waiting' ? ctx.now : null,
    })
    .execute();
  return id;
}

/** Lets a wish wait from now on, behind those who already do; false when it was waiting or is gone. */
export async function letWait(ctx: Ctx, id: string, seen?: SeenStarts): Promise<boolean> {
  const row = await ctx.db
    .updateTable('wish')
    .set({ status: 'waiting', waiting_since: ctx.now, ...(seen ? { seen: JSON.stringify(seen) } : {}) })
    .where('id', '=', id)
    .where('status', '<>', 'waiting')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks a wish told of a slot, once; how many times it was told, or undefined when it no longer waits. */
export async function markTold(ctx: Ctx, id: string, { resourceId, start, end }: Claim): Promise<number | undefined> {
  const row = await ctx.db
    .updateTable('wish')
    .set((eb) => ({
      status: 'told',
      told_at: ctx.now,
      told_count: eb('told_count', '+', 1),
      offered: JSON.stringify({ resourceId, start, end }),
    }))
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .returning('told_count')
    .executeTakeFirst();
  return row?.told_count;
}

/** Erases a wish and the link that confirmed it. */
export async function deleteWish(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.deleteFrom('email_code').where('purpose', '=', 'wish').where('subject_id', '=', id).execute();
  await ctx.db.deleteFrom('wish').where('id', '=', id).execute();
}

/** Erases every wish of some e-mails. */
export async function deleteWishesOf(ctx: Ctx, emails: readonly string[]): Promise<void> {
  await ctx.db
    .deleteFrom('wish')
    .where(sql<boolean>`email = any(${[...emails]})`)
    .execute();
}

/** Erases the wishes whose day is over, and those nobody confirmed in time. */
export async function deleteOver(ctx: Ctx, today: string, unconfirmedBefore: Date): Promise<void> {
  await ctx.db.deleteFrom('wish').where('day', '<', today).execute();
  await ctx.db.deleteFrom('wish').where('status', '=', 'asked').where('created_at', '<', unconfirmedBefore).execute();
}

/** The e-mails of a person, and of those who were made one with them. */
export async function emailsOf(ctx: Ctx, personId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('person')
    .select('email')
    .where((eb) => eb.or([eb('id', '=', personId), eb('merged_into', '=', personId)]))
    .execute();
  return rows.flatMap(({ email }) => email ?? []);
}

/** The name of the one thing somebody waits for. */
export async function resourceName(ctx: Ctx, id: string) {
  const row = await ctx.db.selectFrom('resource').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name;
}
