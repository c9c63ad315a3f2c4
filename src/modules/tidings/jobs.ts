import { sql } from 'kysely';
import { addDays, dayOf, hour } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachInPages, inTurn } from '../../core/each.ts';
import type { Schedule } from '../../core/module.ts';
import { later } from '../../core/outbox.ts';
import { isDaytime, toldSince } from '../notices/index.ts';

const batch = 200;

/** Before every id. */
const first = '00000000-0000-0000-0000-000000000000';

/** Somebody to write to; `at` orders them. */
type Due = { id: string; email: string | null; time_zone: string; at: Date };

/** Notes once, whatever the number of processes, that somebody was thanked; then leaves the mail to be sent. */
function thankOnce(ctx: Ctx, row: Due): Promise<boolean> {
  return atomically(ctx, async (inside) => {
    const { numUpdatedRows } = await inside.db
      .updateTable('registration')
      .set({ thanked_at: inside.now })
      .where('id', '=', row.id)
      .where('status', '=', 'registered')
      .where('thanked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await later(inside, { topic: 'registration.thanks', payload: { registrationId: row.id } });
    return true;
  });
}

/**
 * Notes once that a person is reminded of all they asked for in one go that begins the same day: an event and its parts are one
 * mail, about the event first.
 */
function remindOnce(ctx: Ctx, row: Due): Promise<boolean> {
  return atomically(ctx, async (inside) => {
    const { rows } = await sql<{ id: string }>`
      with told as (
        update registration r set reminded_at = ${inside.now} from session s
        where s.id = r.session_id and s.status = 'published' and r.status = 'registered' and r.reminded_at is null
          and (r.id = ${row.id} or (r.request_id = (select request_id from registration where id = ${row.id})
            and r.person_id = (select person_id from registration where id = ${row.id})
            and (s.starts_at at time zone s.time_zone)::date = ${dayOf(row.at, row.time_zone)}::date))
        returning r.id, s.parent_id, s.starts_at)
      select id from told order by parent_id nulls first, starts_at, id`.execute(inside.db);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return false;
    if (row.email) await later(inside, { topic: 'registration.reminder', payload: { registrationId: ids[0]!, ids } });
    return true;
  });
}

/**
 * Reminds those who come tomorrow, each once; who was confirmed within the day has just been told, but for a list brought in,
 * of which nobody was. Who has no e-mail is on the eve's call list.
 */
export function remind(ctx: Ctx): Promise<number> {
  const horizon = new Date(ctx.now.getTime() + 50 * hour);
  const due = async (after: Due | undefined) => {
    const { rows } = await sql<Due>`
      select r.id, p.email, s.time_zone, s.starts_at as at
      from session s join registration r on r.session_id = s.id join person p on p.id = r.person_id
      where s.status = 'published' and s.starts_at > ${ctx.now} and s.starts_at < ${horizon}
        and r.status = 'registered' and r.reminded_at is null and not r.demonstration
        and (r.channel = 'import' or coalesce(r.registered_at, r.created_at) <= ${toldSince(ctx.now)})
        and (s.starts_at, r.id) > (${after?.at ?? ctx.now}, ${after?.id ?? first}::uuid)
      order by s.starts_at, r.id limit ${batch}`.execute(ctx.db);
    return rows;
  };
  const tomorrow = (row: Due): boolean =>
    isDaytime(ctx.now, row.time_zone) && dayOf(row.at, row.time_zone) === addDays(dayOf(ctx.now, row.time_zone), 1);
  return eachInPages(due, batch, async (row) => tomorrow(row) && remindOnce(ctx, row));
}

/**
 * Thanks those who were there, or whom nobody marked, once the session is over; three days later it is too late to ask. Whoever
 * has a seat in an event is asked about the event, not about each of its parts.
 */
export function thank(ctx: Ctx): Promise<number> {
  const since = new Date(ctx.now.getTime() - 72 * hour);
  const due = async (after: Due | undefined) => {
    // The sessions first, whatever the planner thinks: all who ever registered are never read for those of three days.
    const { rows } = await sql<Due>`
      select r.id, p.email, s.time_zone, s.ends_at as at
      from session s join registration r on r.session_id = s.id join person p on p.id = r.person_id
      where r.session_id = any(array(select o.id from session o where o.status = 'published'
          and o.starts_at > ${new Date(ctx.now.getTime() - 34 * 24 * hour)} and o.starts_at < ${ctx.now}
          and o.ends_at > ${since} and o.ends_at <= ${ctx.now}))
        and r.status = 'registered' and r.thanked_at is null and not r.demonstration and p.email is not null
        and not exists (select from registration e where e.session_id = s.parent_id and e.person_id = r.person_id
          and e.status = 'registered')
        and (not exists (select from attendance t where t.session_id = s.id and t.replaced_at is null
            and t.attendee_id in (select a.id from attendee a where a.registration_id = r.id))
          or exists (select from attendance t where t.session_id = s.id and t.replaced_at is null and t.state = 'present'
            and t.attendee_id in (select a.id from attendee a where a.registration_id = r.id)))
        and (s.ends_at, r.id) > (${after?.at ?? since}, ${after?.id ?? first}::uuid)
      order by s.ends_at, r.id limit ${batch}`.execute(ctx.db);
    return rows;
  };
  return eachInPages(due, batch, async (row) => isDaytime(ctx.now, row.time_zone) && thankOnce(ctx, row));
}

/**
 * Erases the answers to questions once they have served: so many days after the session, as the form said; right after it
 * where the question is asked no more. What is put off is still to come.
 */
export function eraseAnswers(ctx: Ctx): Promise<number> {
  type Row = { id: string; answers: Record<string, string>; kept: string[] };
  const due = async (after: Row | undefined) => {
    const { rows } = await sql<Row>`
      select r.id, r.answers, array(select q ->> 'key' from jsonb_array_elements(s.questions) q
        where s.ends_at + make_interval(days => coalesce((q ->> 'keepDays')::int, 0)) > ${ctx.now}) as kept
      from session s join registration r on r.session_id = s.id
      where s.ends_at <= ${ctx.now} and s.status <> 'postponed' and r.answers <> '{}'
        and exists (select from jsonb_object_keys(r.answers) k where not exists (
          select from jsonb_array_elements(s.questions) q where q ->> 'key' = k
            and s.ends_at + make_interval(days => coalesce((q ->> 'keepDays')::int, 0)) > ${ctx.now}))
        and r.id > ${after?.id ?? first}::uuid
      order by r.id limit ${batch}`.execute(ctx.db);
    return rows;
  };
  return eachInPages(due, batch, async (row) => {
    const answers = Object.fromEntries(Object.entries(row.answers).filter(([key]) => row.kept.includes(key)));
    const update = ctx.db.updateTable('registration').set({ answers: JSON.stringify(answers) });
    await update.where('id', '=', row.id).execute();
    return true;
  });
}

export const schedules: Schedule[] = [
  { name: 'registrations-mails', everyMinutes: 5, run: inTurn(remind, thank) },
  { name: 'registrations-answers', everyMinutes: 24 * 60, run: async (ctx) => void (await eraseAnswers(ctx)) },
];
