import { addDays, dayOf, instantOf, timeOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachApart } from '../../core/each.ts';
import type { Schedule } from '../../core/module.ts';
import { later } from '../../core/outbox.ts';
import { askAfterAbsence, expireHolds, lapseRequests, releaseLate } from '../booking/index.ts';
import { type BookingView, markReminded, timeZones, toRemind } from './view.store.ts';

/** People are reminded on the eve, between these hours of the place: never at night. */
const from = '10:00';
const until = '20:00';

/** Reminds those who come tomorrow, each once, however many processes try. Who has no e-mail is on the eve's call list. */
export async function remind(ctx: Ctx): Promise<number> {
  const due: { view: BookingView; timeZone: string }[] = [];
  for (const timeZone of await timeZones(ctx)) {
    const clock = timeOf(ctx.now, timeZone);
    if (clock < from || clock >= until) continue;
    const tomorrow = addDays(dayOf(ctx.now, timeZone), 1);
    const [start, end] = [tomorrow, addDays(tomorrow, 1)].map((day) => instantOf(day, '00:00', timeZone)) as [
      Date,
      Date,
    ];
    for (const view of await toRemind(ctx, timeZone, start, end)) due.push({ view, timeZone });
  }
  return eachApart(due, ({ view, timeZone }) =>
    atomically(ctx, async (inside) => {
      if (!(await markReminded(inside, view.id))) return false;
      // Booked today for tomorrow: the mail of the booking has just said it.
      const fresh = dayOf(view.createdAt, timeZone) === dayOf(ctx.now, timeZone);
      if (view.person.email && !fresh)
        await later(inside, { topic: 'booking.reminder', payload: { bookingId: view.id } });
      return true;
    }),
  );
}

export const schedules: Schedule[] = [
  {
    name: 'bookings-holds',
    everyMinutes: 1,
    run: async (ctx) => {
      await expireHolds(ctx);
      await lapseRequests(ctx);
    },
  },
  {
    name: 'bookings-late',
    everyMinutes: 1,
    run: async (ctx) => {
      await askAfterAbsence(ctx);
      await releaseLate(ctx);
    },
  },
  {
    name: 'bookings-eve',
    everyMinutes: 5,
    run: async (ctx) => {
      await remind(ctx);
    },
  },
];
