import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import type { Party } from './assess.ts';
import type { Booker } from './booking.types.ts';
import { belongingsOf } from './limits.store.ts';
import type { Rows } from './write.store.ts';

/** Who a booking is for, and whether they still have to confirm their e-mail. */
export type Resolved = {
  personId: string;
  /** The row of somebody new, to be written with the booking. */
  created: NonNullable<Rows['person']>;
  language: Locale;
  hasEmail: boolean;
  /** The e-mail a code must confirm before the booking holds. */
  toConfirm: string | null;
  party: Party;
};

/**
 * Finds or prepares the person a booking is for. A visitor who types an e-mail never reaches the person who has it: they are
 * somebody new until the e-mail is confirmed. The team may name anybody.
 */
export async function resolveBooker(
  ctx: Ctx,
  booker: Booker,
  organisationId: string | null,
  team: boolean,
): Promise<Resolved> {
  const known = { organisationId, unconfirmedEmail: null };
  if ('id' in booker) {
    if (booker.id === ctx.actor.personId) return self(ctx, known);
    if (!team) throw notFound();
    return existing(ctx, booker.id, known);
  }
  const anonymous = ctx.actor.kind === 'anonymous';
  // Somebody signed in books for themselves; only the team names another.
  if (!team && !anonymous) throw notFound();
  if (!team && !booker.email) throw notFound();
  if (team && booker.email) {
    const found = await ctx.db
      .selectFrom('person')
      .select('id')
      .where('email', '=', booker.email)
      .where('merged_into', 'is', null)
      .executeTakeFirst();
    if (found) return existing(ctx, found.id, known);
  }
  const personId = newId();
  const language = booker.language ?? ctx.locale;
  const row = {
    id: personId,
    name: booker.name,
    email: team ? (booker.email ?? null) : null,
    telephone: booker.telephone ?? null,
    language,
    created_at: ctx.now,
  };
  const toConfirm = team ? null : booker.email!;
  return {
    personId,
    created: [row],
    language,
    hasEmail: Boolean(booker.email),
    toConfirm,
    party: { personId: null, organisationId, unconfirmedEmail: toConfirm, signedIn: false, sites: [], groups: [] },
  };
}

type Known = Pick<Party, 'organisationId' | 'unconfirmedEmail'>;

function self(ctx: Ctx, known: Known): Resolved {
  const { actor } = ctx;
  return {
    personId: actor.personId!,
    created: [],
    language: ctx.locale,
    hasEmail: actor.email !== null,
    toConfirm: null,
    party: {
      ...known,
      personId: actor.personId,
      signedIn: true,
      sites: actor.grants.map((grant) => grant.siteId),
      groups: actor.groups,
    },
  };
}

/** Somebody who is already known here; somebody merged or erased is not there any more. */
export async function existing(ctx: Ctx, personId: string, known: Known): Promise<Resolved> {
  const person = await belongingsOf(ctx.db, personId, ctx.now);
  if (!person) throw notFound();
  return {
    personId,
    created: [],
    language: person.language,
    hasEmail: person.email !== null,
    toConfirm: null,
    party: { ...known, personId, signedIn: true, sites: person.sites, groups: person.groups },
  };
}
