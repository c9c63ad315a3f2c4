import { sql } from 'kysely';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { isUuid } from '../../core/ids.ts';
import { type Entry, record } from '../../core/journal.ts';
import type { SessionStatus } from '../../core/schema.ts';
import { lockSessions } from '../booking/index.ts';
import {
  type Matter,
  partsOf,
  type SessionView,
  sessionByReference,
  sessionsByIds,
  sessionsOfSeries,
} from '../timetable/index.ts';
import { onSessionChange, type SessionChange } from './hooks.ts';

/** "This one", "this and following", "all": which dates of a series a change is for. */
export const scopes = ['one', 'following', 'all'] as const;
export type Scope = (typeof scopes)[number];

/** Which session, by id or reference, as it was last read, and which dates of its series with it. */
export type SessionTarget = { session: string; version?: number | undefined; scope?: Scope | undefined };

/** A session by what an address or a call names it with. */
export async function findSession(ctx: Ctx, idOrReference: string): Promise<SessionView> {
  const view = isUuid(idOrReference)
    ? (await sessionsByIds(ctx, [idOrReference]))[0]
    : await sessionByReference(ctx, idOrReference);
  if (!view) throw notFound();
  return view;
}

export type Targets = { named: SessionView; all: SessionView[] };

/** The dates a change is for, as they stand: the past is never among them, but where it is named. */
async function datesOf(ctx: Ctx, named: SessionView, scope: Scope): Promise<SessionView[]> {
  if (scope === 'one' || !named.seriesId) return [named];
  const dates = await sessionsOfSeries(ctx, named.seriesId);
  return dates.filter(
    (view) =>
      view.id === named.id ||
      (view.status !== 'cancelled' && view.start > ctx.now && (scope === 'all' || view.start >= named.start)),
  );
}

/** What a change is for, with the parts of its events; nothing is locked. */
export async function targetsOf(ctx: Ctx, target: SessionTarget): Promise<Targets> {
  const named = await findSession(ctx, target.session);
  const dates = await datesOf(ctx, named, target.scope ?? 'one');
  const events = dates.filter((view) => view.kind === 'event' && !view.parentId);
  const parts = (await Promise.all(events.map((view) => partsOf(ctx, view.id)))).flat();
  return { named, all: [...dates, ...parts.filter((part) => part.status !== 'cancelled')] };
}

/**
 * Locks what a change is for and reads it again under the locks. With `access`, all of it must belong to sites whose team the
 * actor is.
 */
export async function lockTargets(inside: Ctx, target: SessionTarget, access: boolean): Promise<Targets> {
  const before = await targetsOf(inside, target);
  if (access) for (const view of before.all) mustHave(inside.actor, 'team', view.site.id);
  const all = await lockWithParts(inside, idsOf(before.all));
  if (access) for (const view of all) mustHave(inside.actor, 'team', view.site.id);
  const named = all.find((view) => view.id === before.named.id)!;
  if (target.version !== undefined && target.version !== named.version) {
    throw new Refusal('stale', 'stale', {}, seeSession(named));
  }
  return { named, all };
}

const idsOf = (views: readonly SessionView[]): string[] => views.map((view) => view.id);

/** Locks sessions and reads them; a part that was added to one of them while one waited for its lock is of them. */
async function lockWithParts(inside: Ctx, ids: readonly string[]): Promise<SessionView[]> {
  await lockSessions(inside, ids);
  const { rows } = await sql<{ id: string }>`
    select id from session where parent_id = any(${[...ids]}::uuid[]) and status <> 'cancelled'
      and id <> all(${[...ids]}::uuid[])`.execute(inside.db);
  return rows.length > 0 ? lockWithParts(inside, [...ids, ...rows.map((row) => row.id)]) : sessionsByIds(inside, ids);
}

/** Several sessions with their parts, locked and read again under the locks. */
export async function lockTogether(inside: Ctx, sessionIds: readonly string[]): Promise<Targets> {
  const parts = (await Promise.all(sessionIds.map((id) => partsOf(inside, id)))).flat();
  const all = await lockWithParts(inside, [...new Set([...sessionIds, ...idsOf(parts)])]);
  const named = all.find((view) => view.id === sessionIds[0]);
  if (!named) throw notFound();
  return { named, all };
}

const seeSession = (view: SessionView) => ({
  code: 'next.reload',
  href: `/equipe/${view.site.slug}/programme/${view.reference}`,
});

/** Refuses a session that is over, or not in one of these states. What was put off has no day: it is never over. */
export function mustBe(ctx: Ctx, view: SessionView, ...statuses: SessionStatus[]): void {
  if (!statuses.includes(view.status)) throw new Refusal(`session.state_${view.status}`, 'conflict');
  if (view.end <= ctx.now && view.status !== 'postponed') throw new Refusal('session.over', 'conflict');
}

type Telling = {
  reason?: I18nText | undefined;
  data?: (view: SessionView) => Entry['data'];
  what?: (view: SessionView) => readonly Matter[];
  insteadIds?: (view: SessionView) => readonly string[];
  /** Left out, they are told. */
  tell?: boolean | undefined;
};

/** Notes what became of sessions, and lets those act who must in the same transaction. Drafts concern nobody yet. */
export async function tellChange(
  inside: Ctx,
  kind: SessionChange['kind'] | 'published',
  before: readonly SessionView[],
  { reason, data, what, insteadIds, tell = true }: Telling = {},
): Promise<void> {
  await record(
    inside,
    ...before.map((view) => ({
      kind: `session.${kind}`,
      subjectKind: 'session',
      subjectId: view.id,
      data: data?.(view) ?? {},
    })),
  );
  const known = before.filter((view) => view.status !== 'draft');
  if (known.length === 0 || kind === 'published') return;
  const dates = known.map((view) => ({
    sessionId: view.id,
    before: { start: view.start, end: view.end, version: view.version },
    what: what?.(view) ?? [],
    insteadIds: insteadIds?.(view),
  }));
  for (const hook of onSessionChange) await hook(inside, { kind, dates, tell, reason });
}

export type Changed = { id: string; reference: string; start: Date; end: Date; version: number };

/** Sessions as they are after a change, the named one first. */
export async function changedOf(inside: Ctx, { named, all }: Targets): Promise<Changed[]> {
  const views = await sessionsByIds(
    inside,
    all.map((view) => view.id),
  );
  const order = [...views].sort((a, b) => Number(b.id === named.id) - Number(a.id === named.id));
  return order.map(({ id, reference, start, end, version }) => ({ id, reference, start, end, version }));
}
