import { dayOf } from '../../core/clock.ts';
import type { AccountSection } from '../accounts/index.ts';
import type { EraseHook, PersonalDataPart } from '../privacy/index.ts';
import { ownEmail } from './ask.ts';
import { waitingMessages } from './waiting.messages.ts';
import { MyWishes } from './waiting.pages.tsx';
import { deleteWishesOf, emailsOf, wishesOf } from './waiting.store.ts';
import { nameOf } from './wanted.ts';

/** What one waits for, on the account page; nothing when one waits for nothing. */
export const accountSection: AccountSection = {
  name: 'waiting',
  rank: 20,
  render: async (ctx) => {
    const email = ownEmail(ctx);
    const today = dayOf(ctx.now, ctx.territory.timeZone);
    const all = email ? await wishesOf(ctx, [email]) : [];
    const wishes = all.filter((wish) => wish.question.day >= today);
    if (wishes.length === 0) return null;
    const named = await Promise.all(wishes.map(async (wish) => ({ wish, ...(await nameOf(ctx, wish.question)) })));
    return <MyWishes ctx={ctx} wishes={named} />;
  },
};

/** What one waits for, in the copy of one's data. */
export const personalDataPart: PersonalDataPart = {
  name: 'wishes',
  collect: async (ctx, personId) => {
    const wishes = await wishesOf(ctx, await emailsOf(ctx, personId));
    return wishes.map(({ id, email, language, status, question, createdAt, toldCount }) => ({
      id,
      email,
      language,
      status,
      ...question,
      createdAt,
      toldCount,
    }));
  },
};

/** Erasing a person erases what they wait for. */
export const eraseHook: EraseHook = {
  name: 'waiting',
  erase: async (ctx, personId) => deleteWishesOf(ctx, await emailsOf(ctx, personId)),
  erased: async (ctx, personId) => {
    const wishes = await wishesOf(ctx, await emailsOf(ctx, personId));
    return wishes.length > 0 ? [waitingMessages[ctx.locale].erased] : [];
  },
};
