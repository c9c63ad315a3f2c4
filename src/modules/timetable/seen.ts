import { sql } from 'kysely';
import { sitesWith } from '../../core/access.ts';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { readBy } from './audience.store.ts';
import { isPublic } from './sessions.rules.ts';
import { sessionByReference, sessionsByIds } from './sessions.store.ts';
import type { SessionView } from './sessions.types.ts';

/** The link of an invitation or a registration: its reference, and the secret that goes with it; and where one comes back signed in. */
export type Pass = { registration?: string | undefined; key?: string | undefined; back?: string | undefined };

/** What an address carries of a pass. */
export const passOf = (query: Record<string, string>): Pass => ({ registration: query.inscription, key: query.cle });

/** The end of an address that carries a pass; nothing where there is none. */
export const passQuery = ({ registration, key }: Pass): string =>
  registration && key ? `?${new URLSearchParams({ inscription: registration, cle: key })}` : '';

async function registrationOf(ctx: Ctx, { registration, key }: Pass): Promise<string | undefined> {
  const reference = registration?.toUpperCase() ?? '';
  if (!/^[2-9A-Z]{10}$/.test(reference) || !key || key.length > 100) return undefined;
  const rows = ctx.db.selectFrom('registration').select('id').where('reference', '=', reference);
  const row = await rows.executeTakeFirst();
  return row && sameSecret(key, registrationKey(ctx.secret, row.id)) ? row.id : undefined;
}

/** For all, as far as its own row tells: a part is as open as its event, which only the database knows. */
const isPlain = ({ audience, parentId }: SessionView): boolean =>
  parentId === null && audience !== 'group' && audience !== 'invited';

/**
 * Those of these sessions that the reader may read of: the one policy of every door (pages, calendars, API, the board, the code at
 * the door). Never a draft nor an appointment.
 */
export async function readable(ctx: Ctx, views: readonly SessionView[], pass: Pass = {}): Promise<SessionView[]> {
  const some = views.filter(isPublic);
  const asked = some.filter((view) => !isPlain(view)).map(({ id }) => id);
  if (asked.length === 0) return some;
  const reader = {
    personId: ctx.actor.personId,
    registrationId: await registrationOf(ctx, pass),
    teamOf: sitesWith(ctx.actor, 'team'),
  };
  const { rows } = await sql<{ id: string }>`
    select s.id from session s where s.id = any(${asked}::uuid[]) and ${readBy(reader)}`.execute(ctx.db);
  const read = new Set(rows.map(({ id }) => id));
  return some.filter((view) => isPlain(view) || read.has(view.id));
}

/** Whether a page about it is the same for everybody, and may be kept by whoever passes it on. */
export async function isForAll(ctx: Ctx, view: SessionView): Promise<boolean> {
  if (isPlain(view)) return true;
  const { rows } = await sql`
    select from session s where s.id = ${view.id} and ${readBy({ personId: null })}`.execute(ctx.db);
  return rows.length > 0;
}

/**
 * The session of an id or a reference, for those who may read of it. For the others it is not there, in the same words as one that
 * never was: whoever is of the group or invited learns to sign in, nobody learns that it exists.
 */
export async function sessionFor(ctx: Ctx, idOrReference: string, pass: Pass = {}): Promise<SessionView> {
  const found = isUuid(idOrReference)
    ? (await sessionsByIds(ctx, [idOrReference]))[0]
    : await sessionByReference(ctx, idOrReference);
  const [session] = found ? await readable(ctx, [found], pass) : [];
  if (session) return session;
  const back = pass.back ? `?${new URLSearchParams({ retour: pass.back })}` : '';
  const signIn = { code: 'session.next.sign_in', href: `/connexion${back}` };
  throw new Refusal('session.unread', 'not_found', {}, ctx.actor.kind === 'anonymous' ? signIn : undefined);
}
