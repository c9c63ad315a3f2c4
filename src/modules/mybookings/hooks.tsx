import type { Child } from 'hono/jsx';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { defineMessages } from '../../core/i18n.ts';
import type { AccountSection } from '../accounts/index.ts';
import { cancel } from '../booking/index.ts';
import { type BookingView, formatOf, listOf, upcomingOf } from '../notices/index.ts';
import type { EraseHook, Kept, PersonalDataPart } from '../privacy/index.ts';
import { NextBookings } from './mine.pages.tsx';
import { mineSections } from './sections.ts';

const shown = 3;

/** The next bookings, on the account page. */
export const accountSection: AccountSection = {
  name: 'reservations',
  rank: 10,
  render: async (ctx) => {
    if (!ctx.actor.personId) return null;
    const others: Child[] = [];
    for (const section of mineSections.toSorted((a, b) => a.rank - b.rank)) {
      const child = await section.render(ctx, false);
      if (child) others.push(child);
    }
    return <NextBookings ctx={ctx} views={await upcomingOf(ctx, ctx.actor.personId, shown)} others={others} />;
  },
};

const copyOf = (view: BookingView) => ({
  id: view.id,
  reference: view.reference,
  status: view.status,
  resource: view.resource.slug,
  site: view.resource.site.slug,
  start: view.start,
  end: view.end,
  people: view.people,
  purpose: view.purpose,
  organisation: view.organisation,
  channel: view.channel,
  createdAt: view.createdAt,
});

/** All one's bookings, for the copy of one's data; every one of them, page after page. */
export const personalDataPart: PersonalDataPart = {
  name: 'bookings',
  collect: async (ctx, personId) => {
    const all: ReturnType<typeof copyOf>[] = [];
    let before: string | undefined;
    for (;;) {
      const views = await listOf(ctx, personId, before, 500);
      all.push(...views.map(copyOf));
      if (views.length < 500) return all;
      before = views.at(-1)!.id;
    }
  },
};

const messages = defineMessages({
  fr: {
    erased: 'Compte effacé.',
    coming: (count: number) =>
      count === 1 ? 'Votre réservation à venir, annulée.' : `Vos ${count} réservations à venir, annulées.`,
    purposes: 'Ce que vous avez écrit sur vos réservations.',
    past: (count: number) => `Vos ${count} réservations passées, sans votre nom`,
    why: 'Les lieux comptent leurs visites pour ceux qui les financent',
    until: 'Sans limite : plus rien n’y mène à vous',
    hold: 'La trace d’une réservation en cours',
    holdWhy: 'La salle est encore à votre nom.',
  },
  nl: {
    erased: 'Account gewist.',
    coming: (count: number) =>
      count === 1 ? 'Uw komende reservatie, geannuleerd.' : `Uw ${count} komende reservaties, geannuleerd.`,
    purposes: 'Wat u bij uw reservaties schreef.',
    past: (count: number) => `Uw ${count} vroegere reservaties, zonder uw naam`,
    why: 'De plaatsen tellen hun bezoeken voor wie ze financiert',
    until: 'Onbeperkt: niets leidt nog naar u',
    hold: 'Het spoor van een lopende reservatie',
    holdWhy: 'De zaal staat nog op uw naam.',
  },
  en: {
    erased: 'Account erased.',
    coming: (count: number) =>
      count === 1 ? 'Your booking to come, cancelled.' : `Your ${count} bookings to come, cancelled.`,
    purposes: 'What you wrote on your bookings.',
    past: (count: number) => `Your ${count} past bookings, without your name`,
    why: 'The places count their visits for those who fund them',
    until: 'No limit: nothing in it leads to you any more',
    hold: 'The trace of a booking under way',
    holdWhy: 'The room is still in your name.',
  },
});

const idsOf = async (ctx: Ctx, personId: string): Promise<string[]> => {
  const rows = await ctx.db
    .selectFrom('booking as b')
    .innerJoin('person as p', 'p.id', 'b.person_id')
    .select('b.id')
    .where((eb) => eb.or([eb('p.id', '=', personId), eb('p.merged_into', '=', personId)]))
    .execute();
  return rows.map((row) => row.id);
};

/** Erasing a person cancels what they have to come and blanks their words; past bookings stay, without anybody. */
export const eraseHook: EraseHook = {
  name: 'reservations',
  erase: async (ctx, personId) => {
    const asTeam = { ...ctx, actor: { ...ctx.actor, grants: [{ role: 'team' as const, siteId: null }] } };
    for (const view of await upcomingOf(ctx, personId)) {
      if (['requested', 'held', 'confirmed', 'displaced'].includes(view.status) && view.start > ctx.now)
        await cancel(asTeam, { booking: view.id, reason: messages[ctx.territory.mainLanguage].erased });
    }
    const ids = await idsOf(ctx, personId);
    if (ids.length > 0) await ctx.db.updateTable('booking').set({ purpose: null }).where('id', 'in', ids).execute();
  },
  erased: async (ctx, personId) => {
    const coming = (await upcomingOf(ctx, personId)).filter((view) => view.start > ctx.now).length;
    const m = messages[ctx.locale];
    return coming > 0 ? [m.coming(coming), m.purposes] : [m.purposes];
  },
  kept: async (ctx, personId) => {
    const m = messages[ctx.locale];
    const ids = await idsOf(ctx, personId);
    const coming = await upcomingOf(ctx, personId);
    const past = ids.length - coming.length;
    const kept: Kept[] = past > 0 ? [{ what: m.past(past), why: m.why, until: m.until }] : [];
    for (const view of coming.filter((one) => one.start <= ctx.now)) {
      const until = formatOf(view.resource, ctx.locale).dayTime(addMinutes(view.end, 0));
      kept.push({ what: m.hold, why: m.holdWhy, until });
    }
    return kept;
  },
};
