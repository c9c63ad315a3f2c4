import { addDays, dayOf, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachApart, inTurn } from '../../core/each.ts';
import type { Schedule } from '../../core/module.ts';
import { later } from '../../core/outbox.ts';
import { askAfterAbsence, expireHolds, lapseRequests, releaseLate } from '../booking/index.ts';
import { isDaytime } from './eve.rules.ts';
import { type BookingView, markReminded, timeZones, toRemind } from './view.store.ts';

/** Reminds those who come tomorrow, each once, however many processes try. Who has no e-mail is on the eve's call list. */
export async function remind(ctx: Ctx): Promise<number> {
  const due: BookingView[] = [];
  for (const timeZone of await timeZones(ctx)) {
    if (!isDaytime(ctx.now, timeZone)) continue;
    const tomorrow = addDays(dayOf(ctx.now, timeZone), 1);
    const [start, end] = [tomorrow, addDays(tomorrow, 1)].map((day) => instantOf(day, '00:00', timeZone)) as [
      Date,
      Date,
    ];
    due.push(...(await toRemind(ctx, timeZone, start, end)));
  }
  return eachApart(due, (view) =>
    atomically(ctx, async (inside) => {
      if (!(await markReminded(inside, view.id))) return false;
      if (view.person.email) await later(inside, { topic: 'booking.reminder', payload: { bookingId: view.id } });
      return true;
    }),
  );
}

export const schedules: Schedule[] = [
  { name: 'bookings-holds', everyMinutes: 1, run: inTurn(expireHolds, lapseRequests) },
  {
    name: 'bookings-late',
    everyMinutes: 1,
    // Nobody is noted absent before what fell while nobody listened has become a question.
    run: async (ctx) => {
      await askAfterAbsence(ctx);
      await releaseLate(ctx);
    },
  },
  { name: 'bookings-eve', everyMinutes: 5, run: async (ctx) => void (await remind(ctx)) },
];
