import { sql } from 'kysely';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, type Reason, Refusal } from '../../core/errors.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { type Equivalent, equivalents } from '../finding/index.ts';
import { loadOpenings } from './assess.ts';
import { giveBack } from './booking.store.ts';
import { rewriteClosures } from './closures.ts';
import { claimRows, currentClaims, lockFor, type Seating, seat, type Wanted } from './taking.ts';
import { loadHelpers, loadThings, type Thing } from './thing.store.ts';
import { write } from './write.store.ts';

/** Something a session needs for a time, set-up and clean-up included: a resource, or the time of a helper. */
export type SessionWant = Span & { sessionId: string; people: number } & (
    | { resourceId: string; helperId?: undefined }
    | { helperId: string; resourceId?: undefined }
  );

/** What stands in the way of one want; `warning` is for the team to know: it keeps nobody from going on. */
export type Clash = SessionWant & {
  name: I18nText;
  reasons: Reason[];
  warnings: Reason[];
  alternatives: Equivalent[];
};

const idOf = (want: SessionWant): string => want.resourceId ?? want.helperId;

/** How many a thing seats, all its places together. */
const seatsIn = (thing: Thing): number =>
  thing.capacity * Math.max(1, thing.units.filter((unit) => unit.resourceId === thing.id).length);

async function loadWanted(ctx: Ctx, wants: readonly SessionWant[]): Promise<Wanted[]> {
  const named = (key: 'resourceId' | 'helperId') => [...new Set(wants.flatMap((want) => want[key] ?? []))];
  const resources = named('resourceId');
  const things = new Map<string, Thing>([
    ...(resources.length > 0 ? await loadThings(ctx.db, resources) : []),
    ...(await loadHelpers(ctx.db, named('helperId'))),
  ]);
  return wants.map((want) => {
    const thing = things.get(idOf(want));
    if (!thing) throw notFound();
    if (want.end <= want.start) throw new Refusal('booking.order', 'unprocessable');
    const item = { resourceId: thing.id, start: want.start, end: want.end };
    // How many squeeze in is the team's to say: a room too small is worth a word, it is not taken.
    return { causeId: want.sessionId, item, thing, people: Math.min(want.people, seatsIn(thing)) };
  });
}

/** Where nothing is left to take, or what is wanted is no longer used: nobody goes past these. */
function reasonsOf(ctx: Ctx, one: Wanted, units: readonly string[] | undefined): Reason[] {
  const thing = say(one.thing.name, ctx.locale, ctx.territory.mainLanguage);
  if (one.thing.archived) return [{ code: 'booking.thing_archived', params: { thing } }];
  if (units) return [];
  return [{ code: 'booking.thing_taken', params: { thing, start: one.item.start, end: one.item.end } }];
}

async function seatAll(ctx: Ctx, wanted: readonly Wanted[], instead: readonly string[]): Promise<Seating> {
  await lockFor(
    ctx,
    wanted.map((one) => one.thing),
  );
  if (instead.length > 0) await giveBack(ctx.db, instead);
  return seat(ctx, wanted, await currentClaims(ctx, wanted));
}

/**
 * Takes all that sessions need, in the caller's transaction: all of it or nothing. `instead` names the sessions whose former
 * holdings are given back first. What is kept as an option is free again after `optionUntil`.
 */
export function holdForSessions(
  ctx: Ctx,
  wants: readonly SessionWant[],
  how: { instead?: readonly string[]; optionUntil?: Date | null } = {},
): Promise<void> {
  return atomically(ctx, async (inside) => {
    const wanted = await loadWanted(inside, wants);
    const closed = how.instead?.length ? await heldUnderClosures(inside, how.instead) : [];
    const seating = await seatAll(inside, wanted, how.instead ?? []);
    const reasons = wanted.flatMap((one, index) => reasonsOf(inside, one, seating.units[index]));
    if (reasons.length > 0) throw Refusal.all('conflict', reasons);
    const allocation = await claimRows(inside, wanted, seating, {
      fixed: true,
      expiresAt: how.optionUntil ?? null,
      causeKind: 'session',
    });
    await write(inside.db, { allocation });
    await closeAgain(inside, closed);
  });
}

/** Gives back all that these sessions hold, in the caller's transaction. */
export async function giveBackSessions(ctx: Ctx, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  const closed = await heldUnderClosures(ctx, sessionIds);
  await giveBack(ctx.db, sessionIds);
  await closeAgain(ctx, closed);
}

type UnderClosure = Span & { resourceId: string };

/** What sessions still hold although it has been closed since: a closing takes only what nobody holds. */
async function heldUnderClosures(ctx: Ctx, sessionIds: readonly string[]): Promise<UnderClosure[]> {
  const { rows } = await sql<UnderClosure>`
    select distinct u.resource_id as "resourceId", lower(a.during) as start, upper(a.during) as "end"
    from allocation a join unit u on u.id = a.unit_id
    where a.cause_id = any(${[...sessionIds]}::uuid[]) and u.resource_id is not null
      and upper(a.during) > ${ctx.now} and exists (
        select from closure c where c.lifted_at is null and c.starts_at < upper(a.during) and c.ends_at > lower(a.during))
    order by 1`.execute(ctx.db);
  return rows;
}

/** Once given back, it is the closing's. */
async function closeAgain(ctx: Ctx, freed: readonly UnderClosure[]): Promise<void> {
  if (freed.length === 0) return;
  const things = await loadThings(ctx.db, [...new Set(freed.map((one) => one.resourceId))]);
  await lockFor(ctx, things.values());
  for (const span of freed) await rewriteClosures(ctx, things.get(span.resourceId)!, span);
}

/** What would stand in the way, want by want, with what is free instead; nothing is kept, nor written. */
export async function previewHolding(
  ctx: Ctx,
  wants: readonly SessionWant[],
  instead: readonly string[] = [],
): Promise<Clash[]> {
  class Undo extends Error {}
  let clashes: Clash[] = [];
  try {
    await atomically(ctx, async (inside) => {
      const wanted = await loadWanted(inside, wants);
      const seating = await seatAll(inside, wanted, instead);
      const warnings = await warningsOf(inside, wants, wanted);
      clashes = wanted.map((one, index) => ({
        ...wants[index]!,
        name: one.thing.name,
        reasons: reasonsOf(inside, one, seating.units[index]),
        warnings: warnings[index]!,
        alternatives: [],
      }));
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return withAlternatives(ctx, clashes);
}

/** So many are looked for at a time: the others who are served meanwhile need connections too. */
const together = 4;
/** For one date a few are enough; for several, one room free at all of them is looked for among more. */
const fewAlternatives = 4;
const manyAlternatives = 24;

async function withAlternatives(ctx: Ctx, clashes: readonly Clash[]): Promise<Clash[]> {
  const taken = clashes.filter((clash) => clash.reasons.length > 0 && clash.resourceId);
  const limit = taken.length > 1 ? manyAlternatives : fewAlternatives;
  const found = new Map<Clash, Equivalent[]>();
  for (let at = 0; at < taken.length; at += together) {
    await Promise.all(
      taken.slice(at, at + together).map(async (clash) => {
        const { start, end, people } = clash;
        const query = { resourceId: clash.resourceId!, start, end, people, limit, freely: true };
        found.set(clash, await equivalents(ctx, query));
      }),
    );
  }
  return clashes.map((clash) => ({ ...clash, alternatives: found.get(clash) ?? [] }));
}

/** What the team should know before it goes on: the place is closed then, or seats fewer. */
async function warningsOf(ctx: Ctx, wants: readonly SessionWant[], wanted: readonly Wanted[]): Promise<Reason[][]> {
  const resources = wanted.filter((_, index) => wants[index]!.resourceId !== undefined);
  const open = await loadOpenings(ctx, resources);
  return wanted.map((one, index) => {
    if (wants[index]!.resourceId === undefined) return [];
    const thing = say(one.thing.name, ctx.locale, ctx.territory.mainLanguage);
    const inside = (open.get(one.thing.id) ?? []).some(
      (span) => span.start <= one.item.start && span.end >= one.item.end,
    );
    const seats = seatsIn(one.thing);
    return [
      ...(inside
        ? []
        : [{ code: 'booking.thing_closed', params: { thing, start: one.item.start, end: one.item.end } }]),
      ...(wants[index]!.people > seats ? [{ code: 'booking.thing_small', params: { thing, most: seats } }] : []),
    ];
  });
}
