import { sql } from 'kysely';
import { addDays, dayOf, hour, timeOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachApart } from '../../core/each.ts';
import type { Schedule } from '../../core/module.ts';
import { later } from '../../core/outbox.ts';

/** People are written to between these hours of the place: never at night. */
const from = '10:00';
const until = '20:00';
const batch = 200;

type Due = { id: string; email: string | null; created_at: Date; time_zone: string };

const byDay = (ctx: Ctx, row: Due): boolean => {
  const clock = timeOf(ctx.now, row.time_zone);
  return clock >= from && clock < until;
};

/** Notes once, whatever the number of processes, that somebody was written to; then leaves the mail to be sent. */
function once(ctx: Ctx, rows: readonly Due[], column: 'reminded_at' | 'thanked_at', topic: string): Promise<number> {
  return eachApart(rows, (row) =>
    atomically(ctx, async (inside) => {
      const { numUpdatedRows } = await inside.db
        .updateTable('registration')
        .set({ [column]: inside.now })
        .where('id', '=', row.id)
        .where('status', '=', 'registered')
        .where(column, 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      // Registered today for tomorrow: the mail of the registration has just said it.
      const fresh =
        column === 'reminded_at' && dayOf(row.created_at, row.time_zone) === dayOf(inside.now, row.time_zone);
      if (row.email && !fresh) await later(inside, { topic, payload: { registrationId: row.id } });
      return true;
    }),
  );
}

/** Reminds those who come tomorrow, each once. Who has no e-mail is on the eve's call list. */
export async function remind(ctx: Ctx): Promise<number> {
  const horizon = new Date(ctx.now.getTime() + 50 * hour);
  const { rows } = await sql<Due & { starts_at: Date }>`
    select r.id, p.email, r.created_at, s.time_zone, s.starts_at
    from session s join registration r on r.session_id = s.id join person p on p.id = r.person_id
    where s.status = 'published' and s.starts_at > ${ctx.now} and s.starts_at < ${horizon}
      and r.status = 'registered' and r.reminded_at is null and not r.demonstration
    order by s.starts_at limit ${batch * 5}`.execute(ctx.db);
  const tomorrow = rows.filter((row) => {
    const day = addDays(dayOf(ctx.now, row.time_zone), 1);
    return byDay(ctx, row) && dayOf(row.starts_at, row.time_zone) === day;
  });
  return once(ctx, tomorrow, 'reminded_at', 'registration.reminder');
}

/** Thanks those who were there, or whom nobody marked, once the session is over; three days later it is too late to ask. */
export async function thank(ctx: Ctx): Promise<number> {
  const { rows } = await sql<Due>`
    select r.id, p.email, r.created_at, s.time_zone
    from session s join registration r on r.session_id = s.id join person p on p.id = r.person_id
    where s.status = 'published' and s.ends_at > ${new Date(ctx.now.getTime() - 72 * hour)} and s.ends_at <= ${ctx.now}
      and s.starts_at > ${new Date(ctx.now.getTime() - 34 * 24 * hour)}
      and r.status = 'registered' and r.thanked_at is null and not r.demonstration and p.email is not null
      and (not exists (select from attendance t where t.session_id = s.id and t.replaced_at is null
          and t.attendee_id in (select a.id from attendee a where a.registration_id = r.id))
        or exists (select from attendance t where t.session_id = s.id and t.replaced_at is null and t.state = 'present'
          and t.attendee_id in (select a.id from attendee a where a.registration_id = r.id)))
    order by s.ends_at limit ${batch * 5}`.execute(ctx.db);
  return once(
    ctx,
    rows.filter((row) => byDay(ctx, row)),
    'thanked_at',
    'registration.thanks',
  );
}

/** Erases the answers to questions once they have served: so many days after the session, as the form said. */
export async function eraseAnswers(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string; answers: Record<string, string>; kept: string[] }>`
    select r.id, r.answers, array(select q ->> 'key' from jsonb_array_elements(s.questions) q
      where s.ends_at + make_interval(days => coalesce((q ->> 'keepDays')::int, 0)) > ${ctx.now}) as kept
    from session s join registration r on r.session_id = s.id
    where s.ends_at <= ${ctx.now} and s.questions <> '[]' and r.answers <> '{}'
      and exists (select from jsonb_object_keys(r.answers) k where not exists (
        select from jsonb_array_elements(s.questions) q where q ->> 'key' = k
          and s.ends_at + make_interval(days => coalesce((q ->> 'keepDays')::int, 0)) > ${ctx.now}))
    limit ${batch * 10}`.execute(ctx.db);
  return eachApart(rows, async (row) => {
    const answers = Object.fromEntries(Object.entries(row.answers).filter(([key]) => row.kept.includes(key)));
    const update = ctx.db.updateTable('registration').set({ answers: JSON.stringify(answers) });
    await update.where('id', '=', row.id).execute();
    return true;
  });
}

export const schedules: Schedule[] = [
  {
    name: 'registrations-mails',
    everyMinutes: 5,
    run: async (ctx) => {
      await remind(ctx);
      await thank(ctx);
    },
  },
  { name: 'registrations-answers', everyMinutes: 24 * 60, run: async (ctx) => void (await eraseAnswers(ctx)) },
];
