import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { isUuid } from '../../core/ids.ts';
import type { SessionKind } from '../../core/schema.ts';
import { type FeedbackFigures, lowScore, type Score } from './feedback.rules.ts';

/** Who may answer for a registration, about what, and what they answered. */
export type Asked = {
  registrationId: string;
  reference: string;
  bookerId: string;
  sessionId: string;
  siteId: string;
  kind: SessionKind;
  title: I18nText;
  start: Date;
  end: Date;
  timeZone: string;
  /** Registered for a session that took place. */
  came: boolean;
  given: { id: string; score: Score; words: string | null; createdAt: Date } | null;
};

/** What a registration is asked about; with `lock`, nobody else answers for it meanwhile. */
export async function askedOf(ctx: Ctx, reference: string, lock = false): Promise<Asked | undefined> {
  const plain = reference.toUpperCase();
  if (!/^[2-9A-Z]{10}$/.test(plain)) return undefined;
  const { rows } = await sql<Asked & { given: (Asked['given'] & { createdAt: string }) | null }>`
    select r.id as "registrationId", r.reference, coalesce(p.merged_into, p.id) as "bookerId", s.id as "sessionId",
      s.site_id as "siteId", s.kind, s.title, s.starts_at as start, s.ends_at as "end", s.time_zone as "timeZone",
      r.status = 'registered' and s.status = 'published' as came,
      (select json_build_object('id', f.id, 'score', f.score, 'words', f.words, 'createdAt', f.created_at)
        from feedback f where f.registration_id = r.id) as given
    from registration r join session s on s.id = r.session_id join person p on p.id = r.person_id
    where r.reference = ${plain} ${lock ? sql`for update of r` : sql``}`.execute(ctx.db);
  const row = rows[0];
  return row && { ...row, given: row.given && { ...row.given, createdAt: new Date(row.given.createdAt) } };
}

/** What each person said last, of sessions that `which` chooses: somebody who comes each week is one person. */
const figures = (which: RawBuilder<unknown>) => sql<FeedbackFigures>`
  select count(*)::int as count, (count(*) filter (where score > ${lowScore}))::int as useful from (
    select distinct on (coalesce(p.merged_into, p.id, f.id)) f.score
    from feedback f join session s on s.id = f.session_id
      left join registration r on r.id = f.registration_id left join person p on p.id = r.person_id
    where ${which} order by coalesce(p.merged_into, p.id, f.id), f.created_at desc, f.id desc) said`;

/** How many people answered about these sessions, and how many found them useful; for the team and, from three on, for all. */
export async function figuresOf(ctx: Ctx, sessionIds: readonly string[]): Promise<FeedbackFigures> {
  const { rows } = await figures(sql`f.session_id = any(${[...sessionIds]}::uuid[])`).execute(ctx.db);
  return rows[0]!;
}

/** How many people answered at a site since an instant, and how many of them found it useful. */
export async function figuresSince(ctx: Ctx, siteId: string, since: Date): Promise<FeedbackFigures> {
  const { rows } = await figures(sql`s.site_id = ${siteId} and f.created_at >= ${since}`).execute(ctx.db);
  return rows[0]!;
}

/** An answer as the team reads it. */
export type Answer = {
  id: string;
  score: Score;
  words: string | null;
  createdAt: Date;
  person: string | null;
  telephone: string | null;
  sessionReference: string;
  kind: SessionKind;
  title: I18nText;
  start: Date;
  handledAt: Date | null;
  handledBy: string | null;
  note: string | null;
};

const answers = sql`
  select f.id, f.score, f.words, f.created_at as "createdAt", nullif(q.name, '') as person, q.telephone,
    s.reference as "sessionReference", s.kind, s.title, s.starts_at as start, f.handled_at as "handledAt",
    nullif(h.name, '') as "handledBy", f.handled_note as note
  from feedback f join session s on s.id = f.session_id left join registration r on r.id = f.registration_id
    left join person p on p.id = r.person_id left join person q on q.id = coalesce(p.merged_into, p.id)
    left join person h on h.id = f.handled_by`;

/** What was said of a session, the lowest first. */
export async function answersOf(ctx: Ctx, sessionId: string): Promise<Answer[]> {
  const { rows } = await sql<Answer>`${answers} where f.session_id = ${sessionId}
    order by f.score, f.created_at desc limit 200`.execute(ctx.db);
  return rows;
}

/** What a site's team has to do something about. */
export async function toHandle(ctx: Ctx, siteId: string): Promise<Answer[]> {
  const { rows } = await sql<Answer>`${answers}
    where f.score <= ${lowScore} and f.handled_at is null and s.site_id = ${siteId}
    order by f.created_at, f.id limit 100`.execute(ctx.db);
  return rows;
}

/** The last answers at a site since an instant that wait for nobody any more, the latest first. */
export async function saidSince(ctx: Ctx, siteId: string, since: Date): Promise<Answer[]> {
  const { rows } = await sql<Answer>`${answers}
    where s.site_id = ${siteId} and f.created_at >= ${since} and (f.score > ${lowScore} or f.handled_at is not null)
    order by f.created_at desc, f.id desc limit 30`.execute(ctx.db);
  return rows;
}

export async function writeAnswer(ctx: Ctx, asked: Asked, id: string, score: number, words: string | null) {
  if (asked.given) {
    // Whoever handled it handled what was said before.
    const anew = { handled_at: null, handled_by: null, handled_note: null };
    const same = asked.given.score === score && asked.given.words === words;
    await ctx.db
      .updateTable('feedback')
      .set({ score, words, ...(same ? {} : anew) })
      .where('id', '=', asked.given.id)
      .execute();
    return;
  }
  await ctx.db
    .insertInto('feedback')
    .values({
      id,
      session_id: asked.sessionId,
      registration_id: asked.registrationId,
      score,
      words,
      created_at: ctx.now,
    })
    .execute();
}

/** An answer with its site, held back from any other hand until the transaction ends. */
export async function lockAnswer(ctx: Ctx, id: string) {
  if (!isUuid(id)) return undefined;
  const { rows } = await sql<{ id: string; sessionId: string; siteId: string; handledAt: Date | null }>`
    select f.id, f.session_id as "sessionId", s.site_id as "siteId", f.handled_at as "handledAt"
    from feedback f join session s on s.id = f.session_id where f.id = ${id} for update of f`.execute(ctx.db);
  return rows[0];
}

export async function writeHandled(ctx: Ctx, id: string, note: string): Promise<void> {
  const set = { handled_at: ctx.now, handled_by: ctx.actor.personId, handled_note: note };
  await ctx.db.updateTable('feedback').set(set).where('id', '=', id).execute();
}

export type FeedbackSite = { id: string; slug: string; name: I18nText; timeZone: string };

export const siteBySlug = (ctx: Ctx, slug: string): Promise<FeedbackSite | undefined> =>
  ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'time_zone as timeZone'])
    .where('slug', '=', slug)
    .executeTakeFirst();
