import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { EraseHook, PersonalDataPart } from '../privacy/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { feedbackMessages } from './feedback.messages.ts';
import { SessionAnswers } from './feedback.pages.tsx';
import { lowScore } from './feedback.rules.ts';
import { answersOf } from './feedback.store.ts';

/** What was said of a session, below the list of who was there. */
export async function answersSection(ctx: Ctx, { id, timeZone, start }: SessionView) {
  if (start > ctx.now) return null;
  const answers = await answersOf(ctx, id);
  const useful = answers.filter(({ score }) => score > lowScore).length;
  return <SessionAnswers ctx={ctx} answers={answers} timeZone={timeZone} useful={useful} />;
}

const theirs = (personId: string) => sql`(select r.id from registration r join person p on p.id = r.person_id
  where p.id = ${personId} or p.merged_into = ${personId})`;

/** All one said of sessions. */
export const feedbackData: PersonalDataPart = {
  name: 'feedback',
  collect: async (ctx, personId) => {
    const { rows } = await sql`
      select f.session_id as "sessionId", f.score, f.words, f.created_at as "createdAt" from feedback f
      where f.registration_id in ${theirs(personId)} order by f.created_at, f.id`.execute(ctx.db);
    return rows;
  },
};

/** The words go, and what the team wrote about them; the score stays counted. */
export const eraseFeedback: EraseHook = {
  name: 'feedback',
  erase: async (ctx, personId) => {
    await sql`update feedback set words = null, handled_note = null, handled_at = coalesce(handled_at, ${ctx.now})
      where registration_id in ${theirs(personId)}`.execute(ctx.db);
  },
  erased: async (ctx, personId) => {
    const { rows } = await sql`
      select 1 from feedback f where f.registration_id in ${theirs(personId)} and f.words is not null limit 1`.execute(
      ctx.db,
    );
    return rows.length > 0 ? [feedbackMessages[ctx.locale].erased] : [];
  },
};
