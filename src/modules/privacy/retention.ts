import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { eachApart } from '../../core/each.ts';
import { Refusal } from '../../core/errors.ts';
import { daysAgo, erasePerson } from './erase.ts';

/** How long things are kept, in days; the privacy page is written from these. */
export const retention = {
  emailCode: 1,
  rateLimit: 1,
  endedSession: 30,
  keptMail: 30,
  idempotency: 7,
  outbox: 7,
  invitation: 90,
  inactivePerson: 3 * 365,
} as const;

const peopleAtOnce = 200;

/** The nightly tidying: what has served is deleted, people not seen for three years are erased. May be run twice. */
export async function tidy(ctx: Ctx): Promise<{ erased: number }> {
  const { db, now } = ctx;
  const before = (days: number) => daysAgo(now, days);
  // From its end: the code of a booking may be used until the booking begins.
  await db.deleteFrom('email_code').where('expires_at', '<', before(retention.emailCode)).execute();
  await db.deleteFrom('rate_limit').where('window_start', '<', before(retention.rateLimit)).execute();
  await db
    .deleteFrom('account_session')
    .where((eb) =>
      eb.or([
        eb('expires_at', '<', before(retention.endedSession)),
        eb('revoked_at', '<', before(retention.endedSession)),
      ]),
    )
    .execute();
  await db.deleteFrom('mail').where('created_at', '<', before(retention.keptMail)).execute();
  await db.deleteFrom('idempotency').where('created_at', '<', before(retention.idempotency)).execute();
  await db.deleteFrom('outbox').where('taken_at', '<', before(retention.outbox)).execute();
  await db.deleteFrom('invitation').where('expires_at', '<', before(retention.invitation)).execute();
  return { erased: await eraseInactive(ctx) };
}

async function eraseInactive(ctx: Ctx): Promise<number> {
  const all: string[] = [];
  for (let page: string[] | undefined; !page || page.length === peopleAtOnce; ) {
    page = await inactivePeople(ctx, all.at(-1) ?? '00000000-0000-0000-0000-000000000000');
    all.push(...page);
  }
  return eachApart(all, async (id) => {
    try {
      await erasePerson(ctx, id, 'retention');
      return true;
    } catch (error) {
      // The last administrator stays, however long away; so does anyone a module has a reason to keep.
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
}

/** People with nothing since three years: not seen, no session used, no booking made, ended or to come, no right in force. */
async function inactivePeople(ctx: Ctx, after: string): Promise<string[]> {
  const limit = daysAgo(ctx.now, retention.inactivePerson);
  const { rows } = await sql<{ id: string }>`
    select p.id from person p
    where p.id > ${after} and p.erased_at is null and p.merged_into is null
      and p.created_at < ${limit} and (p.last_seen_at is null or p.last_seen_at < ${limit})
      and not exists (select from account a join account_session s on s.account_id = a.id
        where a.person_id = p.id and s.last_used_at >= ${limit})
      and not exists (select from account a join api_token t on t.account_id = a.id
        where a.person_id = p.id and t.last_used_at >= ${limit})
      and not exists (select from booking b where b.person_id = p.id and (b.ends_at >= ${limit} or b.created_at >= ${limit}))
      and not exists (select from registration r join session s on s.id = r.session_id
        where r.person_id = p.id and (s.ends_at >= ${limit} or r.created_at >= ${limit}))
      and not exists (select from role_grant g where g.person_id = p.id and g.revoked_at is null
        and (g.expires_at is null or g.expires_at > ${ctx.now}))
    order by p.id limit ${peopleAtOnce}`.execute(ctx.db);
  return rows.map((row) => row.id);
}
