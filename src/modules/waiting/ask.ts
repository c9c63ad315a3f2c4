import { addDays, dayOf } from '../../core/clock.ts';
import { sameSecret, wishKey } from '../../core/codes.ts';
import { anonymous, type Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { limit } from '../../core/limits.ts';
import { later } from '../../core/outbox.ts';
import type { SeenStarts } from '../../core/schema.ts';
import { search } from '../finding/index.ts';
import { insertLink, wishByLink } from './links.store.ts';
import { type Question, sameQuestion, seenIn } from './waiting.rules.ts';
import { deleteWish, insertWish, letWait, lockEmail, readWish, type Wish, wishesOf } from './waiting.store.ts';

/** How many wishes of one e-mail may wait at once. */
export const mostWishes = 5;
/** How far ahead one may wait, in days: an e-mail is not kept for a year. */
const daysAhead = 180;
/** Further than the mails look: what is just beyond their answers was free all along. */
const seenAnswers = 40;

const perEmail = { name: 'wish.email', hits: 5, minutes: 60 };
const perAddress = { name: 'wish.address', hits: 20, minutes: 60 };
const tries = { name: 'wish.links', hits: 60, minutes: 15 };

/** A mail goes to whoever asked, so the search is made as anybody may make it. */
export const asAnybody = (ctx: Ctx): Ctx => ({ ...ctx, actor: anonymous });

/** Whose e-mail this is when no mail has to prove it: signed in, and not on a tablet that many share. */
export const ownEmail = ({ actor }: Ctx): string | undefined =>
  actor.kind === 'person' && !actor.deviceId ? (actor.email ?? undefined) : undefined;

/** Why a question can't be waited for, if it can't. */
export function whyNot(ctx: Ctx, { day }: Pick<Question, 'day'>): Refusal | undefined {
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const next = { code: 'wish.next.find', href: '/trouver' };
  if (day < today) return new Refusal('wish.past', 'unprocessable', {}, next);
  if (day > addDays(today, daysAhead)) return new Refusal('wish.too_far', 'unprocessable', { days: daysAhead }, next);
  return undefined;
}

function mustBeToCome(ctx: Ctx, question: Question): void {
  const refusal = whyNot(ctx, question);
  if (refusal) throw refusal;
}

async function freeNow(ctx: Ctx, question: Question, before?: SeenStarts): Promise<SeenStarts> {
  const { results } = await search(asAnybody(ctx), { ...question, limit: seenAnswers });
  return seenIn(results, before);
}

/** The wish that already waits for the same; past the limit, a refusal. Under the lock of the e-mail. */
async function twinOf(ctx: Ctx, email: string, question: Question): Promise<Wish | undefined> {
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const live = (await wishesOf(ctx, [email])).filter((wish) => wish.status === 'waiting' && wish.question.day >= today);
  const twin = live.find((wish) => sameQuestion(wish.question, question));
  if (!twin && live.length >= mostWishes) {
    const next = { code: 'wish.next.mine', href: '/compte' };
    throw new Refusal('wish.too_many', 'conflict', { max: mostWishes }, next);
  }
  return twin;
}

const told = (ctx: Ctx, kind: string, subjectId: string) => record(ctx, { kind, subjectKind: 'wish', subjectId });

/** Waits for whoever is signed in; the same question asked twice waits once. Returns the wish's id. */
export async function askMyself(ctx: Ctx, question: Question): Promise<string> {
  const email = ownEmail(ctx);
  if (!email) throw notFound();
  mustBeToCome(ctx, question);
  const seen = await freeNow(ctx, question);
  return atomically(ctx, async (inside) => {
    await lockEmail(inside, email);
    const twin = await twinOf(inside, email, question);
    if (twin) return twin.id;
    const id = await insertWish(inside, email, question, seen, 'waiting');
    await told(inside, 'wish.asked', id);
    return id;
  });
}

/** Sends the link that lets a wish wait. The answer is the same for any e-mail: it says nothing about anybody. */
export async function askByMail(ctx: Ctx, question: Question, email: string, address: string): Promise<void> {
  mustBeToCome(ctx, question);
  await limit(ctx, perAddress, address);
  await limit(ctx, perEmail, email);
  const seen = await freeNow(ctx, question);
  await atomically(ctx, async (inside) => {
    const id = await insertWish(inside, email, question, seen, 'asked');
    const linkId = await insertLink(inside, email, id);
    await later(inside, { topic: 'waiting.confirm_asked', payload: { linkId } });
    await told(inside, 'wish.asked', id);
  });
}

const linkGone = () => new Refusal('wish.link_gone', 'unprocessable', {}, { code: 'wish.next.find', href: '/trouver' });

/** Lets a wish wait, by the link of its mail; the link pressed twice does it once. */
export async function confirmWish(ctx: Ctx, token: string, address: string): Promise<string> {
  await limit(ctx, tries, address);
  return atomically(ctx, async (inside) => {
    const found = await wishByLink(inside, token);
    if (!found || whyNot(ctx, found.question)) throw linkGone();
    await lockEmail(inside, found.email);
    const wish = await readWish(inside, found.id);
    if (!wish) throw linkGone();
    if (wish.status !== 'asked') return wish.id;
    const twin = await twinOf(inside, wish.email, wish.question);
    if (twin) {
      await deleteWish(inside, wish.id);
      return twin.id;
    }
    await letWait(inside, wish.id);
    await told(inside, 'wish.confirmed', wish.id);
    return wish.id;
  });
}

/** One's own wish, by its mail's key or as the person signed in; anybody else finds nothing. */
export async function ownWish(ctx: Ctx, id: string, key: string | undefined): Promise<Wish> {
  const wish = isUuid(id) ? await readWish(ctx, id) : undefined;
  const mine =
    wish && (wish.email === ownEmail(ctx) || (key !== undefined && sameSecret(key, wishKey(ctx.secret, wish.id))));
  if (!mine) throw new Refusal('wish.gone', 'not_found');
  return wish;
}

/** Ends a wish and erases it. */
export async function stopWish(ctx: Ctx, id: string, key: string | undefined): Promise<void> {
  const wish = await ownWish(ctx, id, key);
  await atomically(ctx, async (inside) => {
    await deleteWish(inside, wish.id);
    await told(inside, 'wish.stopped', wish.id);
  });
}

/** Waits again after a mail whose places did not suit: what is free now is not told a second time. */
export async function askAgain(ctx: Ctx, id: string, key: string | undefined): Promise<void> {
  const { question, seen: before } = await ownWish(ctx, id, key);
  mustBeToCome(ctx, question);
  const seen = await freeNow(ctx, question, before);
  await atomically(ctx, async (inside) => {
    const wish = await ownWish(inside, id, key);
    if (wish.status !== 'told') return;
    await lockEmail(inside, wish.email);
    // The same wish made anew meanwhile waits in its place.
    if (await twinOf(inside, wish.email, question)) return;
    if (await letWait(inside, id, seen)) await told(inside, 'wish.asked_again', id);
  });
}
