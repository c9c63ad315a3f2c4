import { addMinutes, dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { record } from '../../core/journal.ts';
import { later } from '../../core/outbox.ts';
import { type Found, search } from '../finding/index.ts';
import { asAnybody } from './ask.ts';
import { linkMinutes } from './links.store.ts';
import { type Offer, offersIn, type Question, textOf, unclaimed } from './waiting.rules.ts';
import { anyWaiting, deleteOver, lockLook, markTold, toldSince, type Wish, waitingWishes } from './waiting.store.ts';

/** How long a slot told to somebody is told to nobody else: the time to read a mail and book. */
const headStart = 10;
/** How many slots a mail shows. */
const shown = 4;

/**
 * Looks whether what people wait for is free, those who wait longest first; each slot found is told to one of them, so
 * that a place given back does not call a crowd. Returns how many were told.
 */
export async function look(ctx: Ctx): Promise<number> {
  if (!(await anyWaiting(ctx))) return 0;
  return atomically(ctx, async (inside) => {
    await lockLook(inside);
    const claims = await toldSince(inside, addMinutes(ctx.now, -headStart));
    const find = searchOnce(inside);
    let told = 0;
    for (const wish of await waitingWishes(inside, dayOf(ctx.now, ctx.territory.timeZone))) {
      const free = unclaimed(offersIn((await find(wish.question)).results, wish.seen), claims);
      const [first] = free;
      if (!first || !(await tell(inside, wish, free.slice(0, shown)))) continue;
      claims.push(first);
      told += 1;
    }
    return told;
  });
}

/** Many wait for the same: each question is searched once a look. */
function searchOnce(ctx: Ctx): (question: Question) => Promise<Found> {
  const found = new Map<string, Promise<Found>>();
  return (question) => {
    const key = textOf(question);
    const known = found.get(key) ?? search(asAnybody(ctx), question);
    found.set(key, known);
    return known;
  };
}

async function tell(ctx: Ctx, wish: Wish, offers: Offer[]): Promise<boolean> {
  const count = await markTold(ctx, wish.id, offers[0]!);
  // Stopped a moment ago.
  if (count === undefined) return false;
  const slots = offers.map(({ slug, start, end }) => ({ slug, start, end }));
  await later(ctx, { topic: 'waiting.told', payload: { wishId: wish.id, count, slots } });
  await record(ctx, { kind: 'wish.told', subjectKind: 'wish', subjectId: wish.id, data: { slots: slots.length } });
  return true;
}

/** The night after: wishes whose day is over are erased, and those nobody confirmed. */
export const forgetOver = (ctx: Ctx): Promise<void> =>
  deleteOver(ctx, dayOf(ctx.now, ctx.territory.timeZone), addMinutes(ctx.now, -linkMinutes));
