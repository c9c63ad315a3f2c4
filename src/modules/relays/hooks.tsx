import { sql } from 'kysely';
import type { AccountSection } from '../accounts/index.ts';
import type { EraseHook, PersonalDataPart } from '../privacy/index.ts';
import { relaysMessages } from './relays.messages.ts';
import { communesOf, relayHistory } from './relays.store.ts';

/** For who is a relay, the door to their commune on the account page. */
export const accountSection: AccountSection = {
  name: 'relays',
  rank: 30,
  render: async (ctx) => {
    const communes = await communesOf(ctx, ctx.actor.personId);
    if (communes.length === 0) return null;
    const m = relaysMessages[ctx.locale];
    return (
      <section class="section" aria-labelledby="relais">
        <h2 id="relais">{m.accountTitle}</h2>
        <ul>
          {communes.map((commune) => (
            <li>
              <a href={`/${ctx.locale}/relais/${commune.code}`}>{m.accountLink(commune.name)}</a>
            </li>
          ))}
        </ul>
      </section>
    );
  },
};

/** For whose residents somebody acts or acted, in the copy of their data. */
export const personalDataPart: PersonalDataPart = {
  name: 'relays',
  collect: relayHistory,
};

/** Whoever is erased is no relay any more. */
export const eraseHook: EraseHook = {
  name: 'relays',
  erase: async (ctx, personId) => {
    await sql`update relay set revoked_at = ${ctx.now} where person_id = ${personId} and revoked_at is null`.execute(
      ctx.db,
    );
  },
  erased: async (ctx, personId) =>
    (await communesOf(ctx, personId)).length > 0 ? [relaysMessages[ctx.locale].kept] : [],
};
