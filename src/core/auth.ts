import { sql } from 'kysely';
import { addMinutes } from './clock.ts';
import { type Actor, anonymous, type Grant } from './context.ts';
import { asOf, type Db } from './db.ts';
import type { Locale } from './i18n.ts';
import { hashSecret, newId, newToken } from './ids.ts';

/** A session lasts 30 days after its last use, 180 days in all (OWASP ASVS 7.3: idle and absolute limits). */
const idleDays = 30;
const absoluteDays = 180;
const dayMinutes = 24 * 60;
/** On a shared tablet a session locks two minutes after its last use, twelve hours in all. */
const deviceIdleMinutes = 2;
const deviceAbsoluteMinutes = 12 * 60;

type Row = {
  session_id: string | null;
  account_id: string;
  person_id: string;
  name: string;
  email: string | null;
  language: Locale;
  last_used_at: Date | null;
  device_id: string | null;
  device_site_id: string | null;
  scopes: string[] | null;
  grants: Grant[] | null;
  groups: string[] | null;
  relay: boolean;
};

export type Signed = { actor: Actor; language: Locale };
/** `asOf` tells what the database could show at that instant (see `core/db.ts`). */
type SignedIn = Signed & { asOf: string | null };

const rights = (now: Date) => sql`
  (select json_agg(json_build_object('role', g.role, 'siteId', g.site_id)) from role_grant g
    where g.person_id = p.id and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${now})) as grants,
  (select array_agg(pg.slug) from person_group_member m join person_group pg on pg.id = m.group_id where m.person_id = p.id) as groups,
  exists (select from relay r where r.person_id = p.id and r.revoked_at is null) as relay`;

/** A PIN opens less than a mail does: on a tablet one acts for its site only, and as the team at most. */
const onDevice = (grants: readonly Grant[], siteId: string): Grant[] =>
  grants
    .filter((grant) => grant.siteId === null || grant.siteId === siteId)
    .map((grant) => ({ role: grant.role === 'administrator' ? 'team' : grant.role, siteId }));

const toActor = (row: Row): Actor => ({
  ...anonymous,
  kind: 'person',
  personId: row.person_id,
  accountId: row.account_id,
  sessionId: row.session_id,
  name: row.name,
  email: row.email,
  grants: row.device_id ? onDevice(row.grants ?? [], row.device_site_id!) : (row.grants ?? []),
  groups: row.groups ?? [],
  relay: row.relay,
  deviceId: row.device_id,
  scopes: row.scopes,
});

/** Who holds a session's cookie, with their rights; undefined when the session is unknown, old or revoked. One query. */
export async function findSession(db: Db, token: string, now: Date): Promise<SignedIn | undefined> {
  const { rows } = await sql<Row & { as_of: string | null }>`
    select s.id as session_id, a.id as account_id, p.id as person_id, p.name, p.email, p.language, s.last_used_at, s.device_id,
      d.site_id as device_site_id, null as scopes, ${rights(now)}, ${asOf(db)} as as_of
    from account_session s join account a on a.id = s.account_id join person p on p.id = a.person_id
      left join device d on d.id = s.device_id and d.revoked_at is null
    where s.token_hash = ${hashSecret(token)} and s.revoked_at is null and s.expires_at > ${now}
      and s.last_used_at > ${addMinutes(now, -idleDays * dayMinutes)}
      and (s.device_id is null or (d.id is not null and s.last_used_at > ${addMinutes(now, -deviceIdleMinutes)}))
      and a.disabled_at is null and p.erased_at is null and p.merged_into is null`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  // Once an hour is enough to know that a session lives, and spares a write on each page; a tablet's clock is finer.
  const fresh = row.device_id ? 10_000 : 3_600_000;
  if (row.last_used_at && now.getTime() - row.last_used_at.getTime() > fresh) {
    await db.updateTable('account_session').set({ last_used_at: now }).where('id', '=', row.session_id!).execute();
  }
  return { actor: toActor(row), language: row.language, asOf: row.as_of };
}

/** Who holds an API token, with its scopes; undefined when it is unknown, expired or revoked. */
export async function findToken(db: Db, token: string, now: Date): Promise<Signed | undefined> {
  const { rows } = await sql<Row & { token_id: string }>`
    select t.id as token_id, null as session_id, a.id as account_id, p.id as person_id, p.name, p.email, p.language, t.last_used_at,
      null as device_id, null as device_site_id, t.scopes, ${rights(now)}
    from api_token t join account a on a.id = t.account_id join person p on p.id = a.person_id
    where t.token_hash = ${hashSecret(token)} and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})
      and a.disabled_at is null and p.erased_at is null and p.merged_into is null`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() > 3_600_000) {
    await db.updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.token_id).execute();
  }
  return { actor: toActor(row), language: row.language };
}

/** Opens a session and returns its secret, which is stored nowhere. `agent` is a short label such as "Firefox, Android". */
export async function openSession(
  db: Db,
  now: Date,
  accountId: string,
  agent: string,
  deviceId: string | null = null,
): Promise<string> {
  const token = newToken();
  await db
    .insertInto('account_session')
    .values({
      id: newId(),
      account_id: accountId,
      token_hash: hashSecret(token),
      created_at: now,
      last_used_at: now,
      expires_at: addMinutes(now, deviceId ? deviceAbsoluteMinutes : absoluteDays * dayMinutes),
      agent,
      device_id: deviceId,
    })
    .execute();
  return token;
}
